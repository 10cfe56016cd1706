//! Items of batches: what fails alone, how failures are named, and changes of single fields.

use jiff::civil::date;
use ticktick::raw::op;
use ticktick::tag::TagName;
use ticktick::task::BatchAction;
use ticktick::{Due, Error, Priority, ProjectId, Recurrence, Task, TaskDraft, TaskId, TaskPatch};
use ticktick_sim::{Collection, Fault, Rule};

use crate::common::lines;
use crate::task_batch::{SYNC, USER, in_both_modes};

#[tokio::test]
async fn a_bad_draft_fails_alone_and_is_named_once() {
    in_both_modes(async |service, client| {
        let gone = ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0");
        let drafts = [
            TaskDraft::new("good"),
            TaskDraft::new("bad tag").tag("a b"),
            TaskDraft::new("bad rule").repeat("RRULE:FREQ=DAILY"),
            TaskDraft::new("bad project").project(&gone),
            TaskDraft::new("bad id").id("not an id"),
            TaskDraft::new("Bad \"top\"").project(&gone).at_top(),
            TaskDraft::new("better").tag("Errands"),
        ];
        let report = client.task().batch().create(drafts).send().await.unwrap();
        let created: Vec<_> = report.created().map(|task| task.title().to_owned()).collect();
        assert_eq!(created, ["good", "better"]);
        let failed: Vec<_> = report.failures().map(|failure| (failure.index(), failure.title().unwrap())).collect();
        let titles = ["bad tag", "bad rule", "bad project", "bad id", "Bad \"top\""];
        assert_eq!(failed, (1..).zip(titles).collect::<Vec<_>>());
        for failure in report.failures() {
            let text = failure.to_string();
            let name = format!("item {} {:?} (id {}): ", failure.index(), failure.title().unwrap(), failure.id);
            let reason = text.strip_prefix(&name).unwrap_or_else(|| panic!("{text}"));
            assert!(failure.id == "not an id" || !reason.contains(failure.id.as_str()), "{text}");
        }
        let names: Vec<_> = report.items().iter().map(|item| item.title().unwrap()).collect();
        assert_eq!(names.len(), 7);
        assert_eq!(names[0], "good");
        assert_eq!(names[6], "better");
        assert_eq!(service.objects(USER, Collection::Tasks).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_zone_that_cannot_be_read_fails_all_items_by_one_call() {
    in_both_modes(async |service, client| {
        service.faults().add(Rule::new(Fault::LoseAnswer).operation(&op::USER_SETTINGS).times(10));
        let drafts = (0..20).map(|_| TaskDraft::new("a").due(Due::day(date(2026, 3, 1))));
        let report = client.task().batch().create(drafts).send().await.unwrap();
        assert_eq!(report.failures().count(), 20);
        assert!(report.failures().all(|failure| failure.error.is_retryable()));
        assert!(service.requests().len() <= 4, "{:?}", lines(service));
        assert!(service.objects(USER, Collection::Tasks).is_empty());
    })
    .await;
}

#[tokio::test]
async fn single_fields_columns_and_tags_are_changed_together() {
    in_both_modes(async |service, client| {
        let project = client.project().create(ticktick::ProjectDraft::new("Board")).await.unwrap();
        let column = client.column().create(&project, "Doing").await.unwrap();
        let drafts = (0..6).map(|number| TaskDraft::new(number.to_string()).project(&project));
        let tasks = client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        service.forget_requests();
        let patch =
            TaskPatch::new().priority(Priority::High).due(Due::day(date(2026, 3, 5)).in_zone(jiff::tz::TimeZone::UTC));
        let batch = client.task().batch().patch(&tasks[..2], patch).add_tags(&tasks[2..4], ["one", "two"]);
        let report = batch.move_to_column(&tasks[4..], &column).send().await.unwrap();
        let columns = format!("GET /api/v2/column/project/{}", project.id);
        assert_eq!(lines(service), [SYNC, columns.as_str(), "POST /api/v2/batch/task"]);
        assert!(
            report.done(BatchAction::Patch).all(|task| task.priority() == Priority::High && task.due_date.is_some())
        );
        assert!(report.done(BatchAction::AddTags).all(|task| task.tags.len() == 2));
        assert!(report.done(BatchAction::MoveToColumn).all(|task| task.column_id == column.id));
        let titles: Vec<_> = report.items().iter().map(|item| item.title().unwrap()).collect();
        assert_eq!(titles, ["0", "1", "2", "3", "4", "5"]);
        let changed = report.into_result().unwrap();

        let batch = client.task().batch().add_tags(&changed[2..4], ["Two"]).move_to_column(&changed[4..], &column);
        service.forget_requests();
        batch.send().await.unwrap().into_result().unwrap();
        assert_eq!(service.count(&op::TASK_BATCH), 0, "nothing differs");
    })
    .await;
}

#[tokio::test]
async fn invalid_changes_fail_alone() {
    in_both_modes(async |_, client| {
        let task = client.task().create(TaskDraft::new("a")).await.unwrap();
        let batch =
            client.task().batch().add_tags([&task], ["a b"]).patch([&task], TaskPatch::new().repeat("nonsense"));
        let batch = batch.complete(["not an id"]).set_parent([&task], TaskId::from("65f0a1b2c3d4e5f6a7b8c9d0"));
        let report = batch.patch([&task], TaskPatch::new().title("b")).send().await.unwrap();
        let failed: Vec<_> = report.failures().map(|failure| failure.index()).collect();
        assert_eq!(failed, [0, 1, 2, 3]);
        let last = report.failures().last().unwrap();
        assert!(last.error.is_not_found(), "{last}");
        assert_eq!(last.title(), Some("a"));
        assert_eq!(report.failures().nth(2).unwrap().title(), None);
        assert_eq!(client.task().get(&task).await.unwrap().title(), "b");
    })
    .await;
}

#[tokio::test]
async fn items_say_when_a_series_comes_back() {
    in_both_modes(async |_, client| {
        let weekly = Recurrence::weekly().every(1).unwrap();
        let draft = TaskDraft::new("series").due(Due::day(date(2026, 3, 1))).repeat(weekly);
        let series = client.task().create(draft).await.unwrap();
        let once = client.task().create(TaskDraft::new("once")).await.unwrap();
        let report = client.task().batch().complete([&series, &once, &series]).send().await.unwrap();
        let next: Vec<_> = report.items().iter().map(|item| item.next().map(Due::date)).collect();
        assert_eq!(next, [Some(date(2026, 3, 8)), None, None]);
        let twice = report.failures().next().unwrap();
        assert!(matches!(twice.error, Error::InvalidInput { .. }));
        assert_eq!(twice.index(), 2);
        assert_eq!(twice.title(), Some("series"));
    })
    .await;
}

#[tokio::test]
async fn states_and_tags_of_many_tasks_change_in_one_request_each() {
    in_both_modes(async |service, client| {
        let drafts = ["Milk", "Bread"].map(|title| TaskDraft::new(title).tag("old").pinned());
        let tasks = client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        let batch = || client.task().batch();
        let patch = || TaskPatch::new().priority(Priority::High).add_tags(["new"]).remove_tags(["OLD"]);
        service.forget_requests();
        let patched = batch().patch(&tasks, patch()).send().await.unwrap().into_result().unwrap();
        assert!(patched.iter().all(|task| *task.tags == [TagName::from("new")] && task.priority() == Priority::High));
        let unpinned = batch().unpin(&tasks).send().await.unwrap().into_result().unwrap();
        assert!(!unpinned.iter().any(Task::is_pinned));
        let pinned = batch().pin(&tasks).send().await.unwrap().into_result().unwrap();
        assert!(pinned.iter().all(Task::is_pinned));
        let closed = batch().wont_do(&tasks).send().await.unwrap().into_result().unwrap();
        assert!(closed.iter().all(Task::is_wont_do));
        let opened = batch().reopen(&tasks).send().await.unwrap().into_result().unwrap();
        assert!(opened.iter().all(Task::is_open));
        assert_eq!(lines(service).iter().filter(|line| line.as_str() == "POST /api/v2/batch/task").count(), 5);
    })
    .await;
}

#[tokio::test]
async fn only_series_are_skipped() {
    in_both_modes(async |_, client| {
        let due = Due::day(date(2026, 3, 1));
        let drafts = [TaskDraft::new("Once"), TaskDraft::new("Weekly").due(due).repeat("RRULE:FREQ=WEEKLY")];
        let tasks = client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        let report = client.task().batch().skip(&tasks).send().await.unwrap();
        let [once, weekly] = report.items() else { panic!() };
        assert!(matches!(once.result, Err(Error::Unsupported { .. })));
        assert_eq!(weekly.next().map(Due::date), Some(date(2026, 3, 8)));
        assert!(weekly.result.as_ref().is_ok_and(Task::is_open));
        let closed = client.task().batch().wont_do([&tasks[1]]).send().await.unwrap();
        assert_eq!(closed.items()[0].next().map(Due::date), Some(date(2026, 3, 15)));
        assert!(closed.into_result().unwrap()[0].is_wont_do());
    })
    .await;
}
