//! Many writes of tasks in few requests, in both update modes of the simulator.

use std::collections::BTreeMap;

use jiff::civil::date;
use ticktick::date::FixedClock;
use ticktick::error::ErrorClass;
use ticktick::models::{BatchTasks, Object};
use ticktick::raw::{self, op};
use ticktick::task::BatchAction;
use ticktick::{Client, Due, Error, Priority, ProjectId, Task, TaskDraft};
use ticktick_sim::{Collection, Fault, Plan, Rule, Service, Simulator, UpdateMode};

use crate::common::lines;

pub(crate) const SYNC: &str = "GET /api/v3/batch/check/0";
pub(crate) const USER: &str = "me@example.com";

fn service(mode: UpdateMode) -> Service {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    Simulator::builder().account(USER, "secret").clock(clock).update_mode(mode).plan(Plan::Pro).build()
}

fn client(service: &Service) -> Client {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let builder = Client::builder().transport(service.signed_on(USER)).clock(clock);
    builder.base_url("http://127.0.0.1:1").build().unwrap()
}

/// Hands over an empty account in each mode, with a client that knows the inbox.
pub(crate) async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service);
        client.project().inbox().await.unwrap();
        service.forget_requests();
        journey(&service, &client).await;
    }
}

fn drafts(count: usize) -> impl Iterator<Item = TaskDraft> {
    (0..count).map(|number| TaskDraft::new(format!("Task {number}")))
}

async fn create(client: &Client, count: usize) -> Vec<Task> {
    client.task().batch().create(drafts(count)).send().await.unwrap().into_result().unwrap()
}

pub(crate) async fn add_project(client: &Client, id: &str) -> ProjectId {
    let mut batch = ticktick::models::BatchProjects::default();
    let mut project = ticktick::Project::new(id);
    project.name = "Other".into();
    batch.add.push(project);
    raw::project::batch(client.transport(), &batch).await.unwrap();
    ProjectId::from(id)
}

#[tokio::test]
async fn a_thousand_tasks_take_five_requests() {
    in_both_modes(async |service, client| {
        let other = add_project(client, "65f0a1b2c3d4e5f6a7b8c9aa").await;
        service.forget_requests();
        // The plan allows 999 open tasks in a project.
        let drafts = drafts(1_000).enumerate();
        let drafts = drafts.map(|(number, draft)| if number % 2 == 0 { draft } else { draft.project(other.clone()) });
        let tasks = client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        assert_eq!(lines(service), ["POST /api/v2/batch/task"; 5]);
        let open = client.task().list().await.unwrap();
        assert_eq!(open.len(), 1_000);
        let titles: Vec<_> = tasks.iter().map(|task| task.title.as_deref().unwrap()).collect();
        assert!(titles.iter().enumerate().all(|(number, title)| *title == format!("Task {number}")), "in their order");
        let etag = |id| open.iter().find(|task| task.id == id).unwrap().etag.clone();
        assert_eq!(tasks[777].etag, etag(tasks[777].id.clone()));

        service.forget_requests();
        client.task().batch().delete(&tasks).send().await.unwrap().into_result().unwrap();
        let lines = lines(service);
        assert_eq!(lines[0].as_str(), SYNC);
        assert_eq!(lines[1..], ["POST /api/v2/batch/task"; 5].map(String::from)[..]);
        assert!(client.task().list().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn all_kinds_go_out_in_their_order() {
    in_both_modes(async |service, client| {
        let other = add_project(client, "65f0a1b2c3d4e5f6a7b8c9aa").await;
        let mut tasks = create(client, 8).await;
        for task in &mut tasks[..2] {
            task.priority = Priority::High.into();
        }
        service.forget_requests();
        let batch = client.task().batch().create(drafts(2)).update(&tasks[..2]).complete(&tasks[2..4]);
        let report = batch.delete(&tasks[4..6]).move_to(&tasks[6..], &other).send().await.unwrap();
        assert_eq!(lines(service), [SYNC, "POST /api/v2/batch/task", "POST /api/v2/batch/taskProject"]);
        let actions: Vec<_> = report.items().iter().map(|item| item.action).collect();
        assert_eq!(
            actions,
            [
                [BatchAction::Create; 2],
                [BatchAction::Update; 2],
                [BatchAction::Complete; 2],
                [BatchAction::Delete; 2],
                [BatchAction::Move; 2],
            ]
            .concat()
        );
        assert!(report.items()[2..].iter().map(|item| &item.id).eq(tasks.iter().map(|task| &task.id)));
        assert_eq!(report.failures().count(), 0);
        assert_eq!(report.created().count(), 2);
        for item in report.items() {
            let (task, read) = (item.result.as_ref().unwrap(), client.task().get(&item.id).await);
            match item.action {
                BatchAction::Delete => assert!(read.unwrap_err().is_not_found()),
                _ => assert_eq!(read.unwrap().etag, task.etag),
            }
        }
        assert_eq!(client.task().list_by_project(&other).await.unwrap().len(), 2);
        assert_eq!(client.task().get(&tasks[0]).await.unwrap().priority, Priority::High);
        assert_eq!(report.done(BatchAction::Complete).filter(|task| task.is_completed()).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_task_may_be_named_twice() {
    in_both_modes(async |service, client| {
        let tasks = create(client, 2).await;
        service.forget_requests();
        let report = client.task().batch().delete(&tasks).create(drafts(1)).delete(&tasks).send().await.unwrap();
        assert_eq!(service.count(&op::TASK_GET), 4);
        assert_eq!(service.count(&op::TASK_BATCH), 2);
        let failures: Vec<_> = report.failures().map(|failure| failure.error.is_not_found()).collect();
        assert_eq!(report.items().len(), 5, "they are deleted once");
        assert_eq!(failures, vec![true; 2], "they are deleted once");
    })
    .await;
}

#[tokio::test]
async fn what_is_done_already_and_what_cannot_be_computed_is_not_sent() {
    in_both_modes(async |service, client| {
        let mut tasks = create(client, 3).await;
        let draft = TaskDraft::new("series").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY");
        tasks[0] = client.task().create(draft).await.unwrap();
        tasks[1] = client.task().complete(&tasks[1]).await.unwrap().into();
        service.forget_requests();
        let report = client.task().batch().complete(&tasks).send().await.unwrap();
        let failures: Vec<_> = report.failures().collect();
        assert_eq!(failures.len(), 1);
        assert_eq!(failures[0].id, &tasks[0].id);
        assert_eq!(failures[0].action, BatchAction::Complete);
        assert!(matches!(failures[0].error, Error::Unsupported { .. }));
        assert_eq!(report.items()[1].result.as_ref().unwrap(), &tasks[1]);
        assert_eq!(lines(service).len(), 4, "three are read, and one is written");
        let inbox = ProjectId::from("inbox");
        let report = client.task().batch().move_to(&tasks, &inbox).complete(&tasks[..2]).send().await.unwrap();
        assert!(lines(service).iter().all(|line| line.starts_with("GET")), "there is nothing to send");
        assert_eq!(report.items().len(), 5);
        tasks[0].clear_due();
        let report = client.task().batch().update([&tasks[0]]).send().await.unwrap();
        assert!(matches!(report.failures().next().unwrap().error, Error::InvalidInput { .. }), "a rule without a date");
        assert_eq!(lines(service).len(), 1, "it is read");
    })
    .await;
}

#[tokio::test]
async fn a_batch_keeps_members_that_it_does_not_change() {
    in_both_modes(async |service, client| {
        let made = create(client, 1).await.remove(0);
        let text = serde_json::to_string(&made).unwrap();
        let text = text.replacen('{', r#"{"attendId":{"n":1E3},"longNumber":12345678901234567890123,"#, 1);
        let mut batch = BatchTasks::default();
        batch.update.push(serde_json::from_str(&text).unwrap());
        raw::task::batch(client.transport(), &batch).await.unwrap();
        let members = |service: &Service| -> Vec<(String, String)> {
            let touched = ["etag", "modifiedTime", "status", "completedTime", "completedUserId", "priority"];
            let task: Object = service.objects(USER, Collection::Tasks).remove(0);
            let all = task.iter().map(|(key, json)| (key.to_owned(), json.to_string()));
            let mut members: Vec<_> = all.filter(|(key, _)| !touched.contains(&key.as_str())).collect();
            members.sort();
            members
        };
        let before = members(service);
        assert!(before.contains(&("longNumber".into(), "12345678901234567890123".into())));
        let mut task = client.task().get(&made).await.unwrap();
        task.priority = Priority::Low.into();
        let task = client.task().batch().update([&task]).send().await.unwrap().into_result().unwrap().remove(0);
        client.task().batch().complete([&task]).send().await.unwrap().into_result().unwrap();
        assert_eq!(members(service), before);
    })
    .await;
}

#[tokio::test]
async fn a_refused_item_does_not_harm_the_others() {
    in_both_modes(async |_, client| {
        let nowhere = ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0");
        let tasks = create(client, 1).await;
        let bad = TaskDraft::new("bad").project(nowhere.clone());
        let batch = client.task().batch().create([TaskDraft::new("good"), bad, TaskDraft::new("better")]);
        let report = batch.move_to(&tasks, &nowhere).send().await.unwrap();
        assert_eq!(report.created().count(), 2);
        let failures: Vec<_> = report.failures().collect();
        assert_eq!(failures.len(), 2);
        for failure in failures {
            let Error::Batch { failures, .. } = failure.error else { panic!("{:?}", failure.error) };
            assert_eq!(failures.len(), 1);
            assert_eq!(failures[0].id.as_str(), failure.id.as_str());
            assert_eq!(failure.error.class(), Some(ErrorClass::NotFound));
        }
        let Err(Error::Batch { failures, .. }) = report.into_result() else { panic!("two were refused") };
        assert_eq!(failures.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_update_of_what_does_not_exist_is_not_found() {
    in_both_modes(async |_, client| {
        let strangers =
            [Task::new("65f0a1b2c3d4e5f6a7b8c9d0", "inbox1"), Task::new("65f0a1b2c3d4e5f6a7b8c9d1", "inbox1")];
        let report = client.task().batch().update(&strangers).delete(&create(client, 1).await).send().await.unwrap();
        let errors: Vec<_> = report.failures().map(|failure| failure.error).collect();
        assert_eq!(errors.len(), 2, "a delete is not named in the answer");
        assert!(errors.iter().all(|error| error.is_not_found()), "{errors:?}");
    })
    .await;
}

#[tokio::test]
async fn lost_answers_are_settled_item_by_item() {
    for fault in [Fault::LoseAnswer, Fault::Reset, Fault::Truncate] {
        in_both_modes(async |service, client| {
            let is_done = fault != Fault::Reset;
            let other = add_project(client, "65f0a1b2c3d4e5f6a7b8c9aa").await;
            let tasks = create(client, 6).await;
            service.forget_requests();
            service.faults().next(&op::TASK_BATCH, fault.clone());
            service.faults().next(&op::TASK_MOVE, fault.clone());
            let batch = client.task().batch().create(drafts(2)).complete(&tasks[..2]).delete(&tasks[2..4]);
            let report = batch.move_to(&tasks[4..], &other).send().await.unwrap();
            assert_eq!(report.failures().count(), 0, "{fault:?} {report:?}");
            // Creates are sent again in any case, all else only if it was not carried out.
            assert_eq!(service.count(&op::TASK_BATCH), 2, "{fault:?}");
            assert_eq!(service.count(&op::TASK_MOVE), if is_done { 1 } else { 2 }, "{fault:?}");
            assert_eq!(service.count(&op::TASK_GET), 2, "{fault:?}: more than two are read together");
            assert_eq!(service.objects(USER, Collection::Tasks).len(), 8, "nothing is doubled");
            for item in report.items().iter().filter(|item| item.action != BatchAction::Delete) {
                let read = client.task().get(&item.id).await.unwrap();
                assert_eq!(read.etag, item.result.as_ref().unwrap().etag, "{fault:?} {item:?}");
            }
            assert_eq!(client.task().list().await.unwrap().len(), 4);
        })
        .await;
    }
}

#[tokio::test]
async fn a_lost_answer_to_200_updates_is_settled_by_one_read() {
    for fault in [Fault::LoseAnswer, Fault::Reset] {
        in_both_modes(async |service, client| {
            let is_done = fault != Fault::Reset;
            let mut tasks = create(client, 200).await;
            for task in &mut tasks {
                task.title = "Changed".into();
            }
            service.forget_requests();
            service.faults().next(&op::TASK_BATCH, fault.clone());
            let report = client.task().batch().update(&tasks).send().await.unwrap();
            assert_eq!(report.failures().count(), 0, "{fault:?}");
            let sent = if is_done { 1 } else { 2 };
            assert_eq!(service.count(&op::TASK_BATCH), sent, "{fault:?}");
            assert_eq!(service.count(&op::SYNC_CHECK), 2, "{fault:?}");
            assert_eq!(service.requests().len(), sent + 2, "{fault:?}: one read before, and one after");
            let etags =
                |tasks: Vec<Task>| tasks.into_iter().map(|task| (task.id, task.etag)).collect::<BTreeMap<_, _>>();
            let returned = report.into_result().unwrap();
            assert_eq!(etags(returned), etags(client.task().list().await.unwrap()), "{fault:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_lost_answer_to_many_deletes_or_completions_is_settled_by_a_few_reads() {
    in_both_modes(async |service, client| {
        let tasks = create(client, 40).await;
        service.forget_requests();
        service.faults().next(&op::TASK_BATCH, Fault::LoseAnswer);
        let batch = client.task().batch().complete(&tasks[..20]).delete(&tasks[20..]);
        batch.send().await.unwrap().into_result().unwrap();
        assert_eq!(service.count(&op::TASK_BATCH), 1);
        let reads = [op::SYNC_CHECK, op::TASK_CLOSED, op::TASK_TRASH].map(|read| service.count(&read));
        assert_eq!(reads, [2, 1, 1]);
        assert_eq!(service.requests().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_failed_request_is_reported_for_each_item_and_the_next_one_is_sent() {
    in_both_modes(async |service, client| {
        service.faults().add(Rule::new(Fault::LoseAnswer).operation(&op::TASK_BATCH).times(3));
        let report = client.task().batch().create(drafts(201)).send().await.unwrap();
        assert_eq!(report.failures().count(), 200);
        assert_eq!(report.created().count(), 1);
        assert_eq!(service.count(&op::TASK_BATCH), 4, "three tries, then the next");
        assert!(report.failures().all(|failure| failure.error.is_retryable()));
    })
    .await;
}

#[tokio::test]
async fn the_end_of_the_session_ends_the_batch() {
    in_both_modes(async |service, client| {
        service.end_sessions();
        let report = client.task().batch().create(drafts(500)).send().await.unwrap();
        assert_eq!(report.failures().count(), 500);
        assert!(report.failures().all(|failure| matches!(failure.error, Error::SessionExpired(_))));
        assert_eq!(service.count(&op::TASK_BATCH), 1);
    })
    .await;
}

#[tokio::test]
async fn drafts_for_the_ends_of_a_project_do_not_share_a_position_and_ask_for_it_once() {
    in_both_modes(async |service, client| {
        let (top, bottom) = (|title| TaskDraft::new(title).at_top(), |title| TaskDraft::new(title).at_bottom());
        let drafts = [top("2"), bottom("3"), top("1"), bottom("4")];
        client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        assert_eq!(service.count(&op::TASK_LIST_BY_PROJECT), 1);
        assert_eq!(service.count(&op::TASK_BATCH), 1);
        let mut tasks = client.task().list().await.unwrap();
        tasks.sort_by_key(|task| task.sort_order.copied());
        let titles: Vec<_> = tasks.iter().map(|task| task.title.as_deref().unwrap()).collect();
        assert_eq!(titles, ["1", "2", "3", "4"]);
    })
    .await;
}
