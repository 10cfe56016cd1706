//! Parents in batches: drafts below drafts, imports, and tasks that get another parent.

use std::collections::{BTreeMap, BTreeSet};

use ticktick::raw::op;
use ticktick::task::{BatchAction, BatchReport};
use ticktick::{Client, Error, Task, TaskDraft, TaskId};
use ticktick_sim::{Collection, Fault, Service};

use crate::common::lines;
use crate::task_batch::{SYNC, USER, add_project, in_both_modes};

const BATCH: &str = "POST /api/v2/batch/task";
const PARENTS: &str = "POST /api/v2/batch/taskParent";

async fn create(client: &Client, drafts: impl IntoIterator<Item = TaskDraft>) -> BatchReport {
    client.task().batch().create(drafts).send().await.unwrap()
}

/// Returns the stored tasks, by id.
async fn stored(client: &Client) -> BTreeMap<TaskId, Task> {
    client.task().list().await.unwrap().into_iter().map(|task| (task.id.clone(), task)).collect()
}

/// Checks that the report contains exactly what is stored, etags and children included.
async fn assert_current(client: &Client, report: &BatchReport) {
    let stored = stored(client).await;
    for item in report.items() {
        let task = item.result.as_ref().unwrap();
        let now = &stored[&item.id];
        assert_eq!(task.etag, now.etag, "{:?}", item.title());
        assert_eq!(task.parent(), now.parent(), "{:?}", item.title());
        let children = |task: &Task| task.child_ids.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(children(task), children(now), "{:?}", item.title());
    }
}

#[tokio::test]
async fn drafts_are_below_each_other_in_any_order() {
    in_both_modes(async |service, client| {
        let (top, middle) = (client.task().new_id(), client.task().new_id());
        let other = add_project(client, "65f0a1b2c3d4e5f6a7b8c9aa").await;
        service.forget_requests();
        let drafts = [
            TaskDraft::new("bottom").parent(&middle),
            TaskDraft::new("middle").id(&middle).parent(&top),
            TaskDraft::new("top").id(&top).project(&other),
        ];
        let report = create(client, drafts).await;
        let reads = [&middle, &top].map(|id| format!("GET /api/v2/task/{id}"));
        let seen: BTreeSet<String> = lines(service).into_iter().collect();
        assert_eq!(seen, reads.into_iter().chain([BATCH.into(), PARENTS.into()]).collect());
        let parents: Vec<_> = report.created().map(|task| task.parent().cloned()).collect();
        assert_eq!(parents, [Some(middle), Some(top), None]);
        assert!(report.created().all(|task| task.project_id == other), "subtasks are in the project of their parent");
        assert_current(client, &report).await;
    })
    .await;
}

/// Returns 500 drafts: 100 parents with four subtasks each, and a checklist in every second one.
fn import(client: &Client) -> Vec<TaskDraft> {
    let mut drafts = Vec::new();
    for parent in 0..100 {
        let id = client.task().new_id();
        drafts.push(TaskDraft::new(format!("Parent {parent}")).id(&id).items(["first", "second"]));
        for child in 0..4 {
            let items = if child % 2 == 0 { &["first", "second"][..] } else { &[] };
            let draft = TaskDraft::new(format!("Child {parent}.{child}")).parent(&id);
            drafts.push(draft.items(items.iter().copied()));
        }
    }
    drafts
}

#[tokio::test]
async fn an_import_of_500_tasks_with_parents_and_checklists_is_five_requests() {
    in_both_modes(async |service, client| {
        let drafts = import(client);
        let report = create(client, drafts.clone()).await;
        let seen = lines(service);
        assert!(seen[0].starts_with("GET /api/v3/batch/check/17"), "one delta: {seen:?}");
        assert_eq!(seen[1..], [BATCH, BATCH, BATCH, PARENTS]);
        assert_eq!(report.failures().count(), 0);
        assert_eq!(report.created().count(), 500);
        assert_eq!(report.created().filter(|task| task.parent().is_some()).count(), 400);
        assert_eq!(report.created().filter(|task| task.items.len() == 2).count(), 300);
        assert_current(client, &report).await;
        service.forget_requests();

        // Only the parents have ids of their own.
        let parents = drafts.into_iter().filter(|draft| format!("{draft:?}").contains("Parent"));
        let again = create(client, parents).await;
        let seen = lines(service);
        assert!(seen.len() == 2 && seen[1] == SYNC, "a delta, and a sync for what it names: {seen:?}");
        assert_eq!(again.created().count(), 100);
        assert_eq!(service.objects(USER, Collection::Tasks).len(), 500, "nothing is stored twice");
    })
    .await;
}

#[tokio::test]
async fn tasks_that_were_closed_or_deleted_under_the_ids_of_drafts_are_not_overwritten() {
    in_both_modes(async |service, client| {
        let ids = [(); 6].map(|()| client.task().new_id());
        let drafts = || ids.iter().map(|id| TaskDraft::new("import").id(id));
        create(client, drafts().take(4)).await.into_result().unwrap();
        client.task().complete(&ids[0]).await.unwrap();
        client.task().wont_do(&ids[1]).await.unwrap();
        client.task().delete(&ids[2]).await.unwrap();
        let before = service.objects(USER, Collection::Tasks);
        service.forget_requests();

        let report = create(client, drafts()).await;
        let failed: Vec<_> = report.failures().map(|failure| (failure.id.clone(), failure.error.to_string())).collect();
        assert_eq!(failed.len(), 1);
        assert!(failed[0].0 == ids[2] && failed[0].1.contains("is in the trash"), "{failed:?}");
        let states: Vec<_> = report.created().map(|task| task.is_open()).collect();
        assert_eq!(states, [false, false, true, true, true]);
        let after = service.objects(USER, Collection::Tasks);
        assert!(before.iter().all(|task| after.contains(task)), "what was stored is as it was");
        assert_eq!(after.len(), 6);
        assert_eq!(service.count(&op::TASK_BATCH), 1);
    })
    .await;
}

#[tokio::test]
async fn old_ids_of_drafts_are_looked_up_one_by_one() {
    in_both_modes(async |service, client| {
        let ids = [0, 1, 2, 3].map(|number| TaskId::from(format!("65f0a1b2c3d4e5f6a7b8c90{number}")));
        create(client, [TaskDraft::new("closed").id(&ids[0])]).await.into_result().unwrap();
        client.task().complete(&ids[0]).await.unwrap();
        service.forget_requests();
        let report = create(client, ids.iter().map(|id| TaskDraft::new("import").id(id))).await;
        assert_eq!(service.count(&op::SYNC_CHECK), 1);
        assert_eq!(service.count(&op::TASK_GET), 4);
        assert!(report.created().next().unwrap().is_completed());
    })
    .await;
}

#[tokio::test]
async fn subtasks_of_a_draft_that_fails_are_not_created() {
    in_both_modes(async |service, client| {
        let (bad, below) = (client.task().new_id(), client.task().new_id());
        let drafts = [
            TaskDraft::new("grandchild").parent(&below),
            TaskDraft::new("child").id(&below).parent(&bad),
            TaskDraft::new("bad").id(&bad).repeat("RRULE:FREQ=DAILY"),
            TaskDraft::new("good"),
        ];
        let report = create(client, drafts).await;
        let texts: Vec<_> = report.failures().map(|failure| failure.error.to_string()).collect();
        assert_eq!(texts[0], "its parent, item 1 of the batch, was not created");
        assert_eq!(texts[1], "its parent, item 2 of the batch, was not created");
        assert_eq!(texts.len(), 3);
        assert_eq!(report.created().count(), 1);
        assert_eq!(service.objects(USER, Collection::Tasks).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn circles_and_too_many_levels_of_drafts_are_refused() {
    in_both_modes(async |service, client| {
        let ids = [(); 7].map(|()| client.task().new_id());
        let draft = |at: usize, parent: usize| TaskDraft::new(at.to_string()).id(&ids[at]).parent(&ids[parent]);
        let report = create(client, [draft(0, 1), draft(1, 0)]).await;
        assert_eq!(report.failures().count(), 2);
        assert!(report.failures().all(|failure| matches!(failure.error, Error::InvalidInput { .. })));
        assert!(service.objects(USER, Collection::Tasks).is_empty());

        let line = [TaskDraft::new("0").id(&ids[0])].into_iter().chain((1..6).map(|at| draft(at, at - 1)));
        let report = create(client, line).await;
        let failed: Vec<_> = report.failures().map(|failure| failure.index()).collect();
        assert_eq!(failed, vec![5], "five levels are allowed");
        assert_eq!(report.created().count(), 5, "five levels are allowed");
    })
    .await;
}

#[tokio::test]
async fn a_subtask_whose_parent_is_refused_says_that_it_was_created() {
    in_both_modes(async |_, client| {
        let parent = client.task().new_id();
        let nowhere = ticktick::ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0");
        let drafts = [TaskDraft::new("parent").id(&parent).project(nowhere), TaskDraft::new("child").parent(&parent)];
        let report = create(client, drafts).await;
        let failures: Vec<_> = report.failures().collect();
        assert_eq!(failures.len(), 2, "a child of an unknown project is refused, too");
        assert!(failures[0].to_string().starts_with("item 0 \"parent\" (id "), "{}", failures[0]);
    })
    .await;
}

#[tokio::test]
async fn existing_tasks_get_another_parent() {
    in_both_modes(async |service, client| {
        let other = add_project(client, "65f0a1b2c3d4e5f6a7b8c9aa").await;
        let drafts = ["a", "b", "c", "parent"].map(TaskDraft::new).into_iter();
        let drafts = drafts.chain([TaskDraft::new("far").project(&other)]);
        let tasks = create(client, drafts).await.into_result().unwrap();
        service.forget_requests();
        let new = client.task().new_id();
        let batch = client.task().batch().set_parent(&tasks[..2], &tasks[3]).set_parent([&tasks[2]], &new);
        let report = batch.create([TaskDraft::new("new").id(&new)]).set_parent([&tasks[4]], &new).send().await.unwrap();
        assert_eq!(report.failures().count(), 0, "{report:?}");
        assert_eq!(service.count(&op::TASK_BATCH), 1);
        assert_eq!(service.count(&op::TASK_SET_PARENTS), 2, "one for those in the same project");
        assert_eq!(service.count(&op::TASK_MOVE), 1);
        let parents: Vec<_> = report.done(BatchAction::SetParent).map(|task| task.parent().cloned()).collect();
        assert_eq!(parents, [&tasks[3].id, &tasks[3].id, &new, &new].map(|id| Some(id.clone())));
        let stored = stored(client).await;
        assert!(report.done(BatchAction::SetParent).all(|task| stored[&task.id].etag == task.etag));

        service.forget_requests();
        let again = client.task().batch().set_parent(&tasks[..2], &tasks[3]).send().await.unwrap();
        assert_eq!(again.failures().count(), 0, "nothing differs");
        assert_eq!(service.count(&op::TASK_SET_PARENTS), 0, "nothing differs");
        let circle = client.task().batch().set_parent([&tasks[3]], &tasks[0]).send().await.unwrap();
        assert!(matches!(circle.into_result(), Err(Error::InvalidInput { .. })));
    })
    .await;
}

#[tokio::test]
async fn lost_answers_to_parents_are_settled_task_by_task() {
    for fault in [Fault::LoseAnswer, Fault::Reset, Fault::Truncate] {
        in_both_modes(async |service: &Service, client| {
            let parent = client.task().create(TaskDraft::new("parent")).await.unwrap();
            service.forget_requests();
            service.faults().next(&op::TASK_SET_PARENTS, fault.clone());
            let drafts = (0..5).map(|number| TaskDraft::new(number.to_string()).parent(&parent));
            let report = create(client, drafts).await;
            assert_eq!(report.failures().count(), 0, "{fault:?} {report:?}");
            let sent = if fault == Fault::Reset { 2 } else { 1 };
            assert_eq!(service.count(&op::TASK_SET_PARENTS), sent, "{fault:?}");
            assert_eq!(client.task().children(&parent).await.unwrap().len(), 5);
            assert_current(client, &report).await;
        })
        .await;
    }
}

#[tokio::test]
async fn a_single_draft_may_have_a_parent() {
    in_both_modes(async |service, client| {
        let other = add_project(client, "65f0a1b2c3d4e5f6a7b8c9aa").await;
        let parent = client.task().create(TaskDraft::new("parent").project(&other)).await.unwrap();
        service.forget_requests();
        let child = client.task().create(TaskDraft::new("child").parent(&parent)).await.unwrap();
        assert_eq!(lines(service), [format!("GET /api/v2/task/{}", parent.id), BATCH.into(), PARENTS.into()]);
        assert_eq!(child.parent(), Some(&parent.id));
        assert_eq!(child.project_id, other);

        let elsewhere = TaskDraft::new("child").parent(&parent).project("inbox");
        let refused = client.task().create(elsewhere).await.unwrap_err();
        assert!(refused.to_string().contains("a subtask is in the project of its parent"), "{refused}");
        assert_eq!(service.objects(USER, Collection::Tasks).len(), 2);
    })
    .await;
}
