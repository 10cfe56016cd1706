//! Answers that are older than our own writes, and answers with surprises in them.

use jiff::SignedDuration;
use ticktick::mirror::SqlLimits;
use ticktick::raw::{Call, op};
use ticktick::{TaskDraft, TaskPatch};
use ticktick_sim::Fault;

use crate::world::{World, clock};

/// The answer to a sync as it is now.
async fn captured(world: &World, checkpoint: i64) -> String {
    let call = Call::new(&op::SYNC_CHECK).path("checkpoint", &checkpoint);
    String::from_utf8(call.bytes(world.elsewhere().transport()).await.unwrap()).unwrap()
}

/// Lets the next sync answer this.
fn answer(world: &World, body: &str) {
    let fault = Fault::Status { status: 200.try_into().unwrap(), headers: Default::default(), body: body.to_owned() };
    world.service.faults().next(&op::SYNC_CHECK, fault);
}

#[tokio::test]
async fn an_early_full_sync_does_not_undo_our_writes() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let [patched, deleted] = ["Stays", "Goes"].map(TaskDraft::new);
    let (patched, deleted) = (tasks.create(patched).await.unwrap(), tasks.create(deleted).await.unwrap());
    let early = captured(&world, 0).await;
    world.service.clock().advance(SignedDuration::from_secs(2));
    let later = clock("2026-03-01T12:30:02Z");
    let client = crate::world::builder(&world.service).clock(later).mirror(&world.mirror).build().unwrap();
    let created = client.task().create(TaskDraft::new("New")).await.unwrap();
    client.task().patch(&patched, TaskPatch::new().title("Patched")).await.unwrap();
    client.task().delete(&deleted).await.unwrap();

    answer(&world, &early);
    world.mirror.refresh_full(&client).await.unwrap();
    assert!(world.mirror.task(&created).unwrap().is_some());
    assert_eq!(world.mirror.task(&patched).unwrap().unwrap().title(), "Patched");
    assert!(world.mirror.task(&deleted).unwrap().is_none());
    world.mirror.refresh(&client).await.unwrap();
    world.assert_equal().await;
}

#[tokio::test]
async fn an_older_version_counts_once_it_cannot_be_early_any_more() {
    let world = World::refreshed().await;
    let task = world.client.task().create(TaskDraft::new("First")).await.unwrap();
    let restored = captured(&world, 0).await;
    world.service.clock().advance(SignedDuration::from_secs(2));
    let client = crate::world::builder(&world.service).clock(clock("2026-03-01T12:30:02Z")).mirror(&world.mirror);
    client.build().unwrap().task().patch(&task, TaskPatch::new().title("Second")).await.unwrap();
    answer(&world, &restored);
    let later = world.opened_at("2026-03-01T12:32:00Z");
    later.refresh_full(&world.client).await.unwrap();
    assert_eq!(later.task(&task).unwrap().unwrap().title(), "First");
}

#[tokio::test]
async fn members_that_are_null_or_missing_change_nothing_and_odd_ones_stay_to_the_byte() {
    let world = World::refreshed().await;
    let before = world.mirror.account().unwrap();
    let odd =
        r#"{"id":"odd1","projectId":"gone","status":0,"title":"Odd","priority":[ 1 ],"new":{"n":1.50E2},"x":"\ud83d"}"#;
    let delta = format!(
        r#"{{"checkPoint":{},"syncTaskBean":{{"update":[{odd}],"add":null}},"projectProfiles":null,"tags":null,"future":7}}"#,
        before.checkpoint() + 1
    );
    answer(&world, &delta);
    world.mirror.refresh(&world.client).await.unwrap();
    let after = world.mirror.account().unwrap();
    assert_eq!(after.projects(), before.projects());
    assert_eq!(after.tags(), before.tags());
    assert_eq!(after.folders(), before.folders());
    assert_eq!(after.tasks().len(), before.tasks().len() + 1);
    let found = world.mirror.sql("select json from tasks where id = 'odd1'", SqlLimits::default()).unwrap();
    assert_eq!(found.rows, [[ticktick::mirror::SqlValue::Text(odd.to_owned())]]);

    let drift = world.client.drift();
    assert_eq!(drift.len(), 1, "{drift:?}");

    // A member that is missing in the next delta is kept, and null blanks it.
    let delta = format!(
        r#"{{"checkPoint":{},"syncTaskBean":{{"update":[{{"id":"odd1","projectId":"gone","title":null}}]}}}}"#,
        before.checkpoint() + 2
    );
    answer(&world, &delta);
    world.mirror.refresh(&world.client).await.unwrap();
    let task = world.mirror.task("odd1").unwrap().unwrap();
    assert_eq!(task.title(), "");
    assert_eq!(task.extra.get("new").unwrap().as_str(), r#"{"n":1.50E2}"#);
}

#[tokio::test]
async fn a_project_that_vanished_takes_no_task_with_it() {
    let world = World::refreshed().await;
    let before = world.mirror.account().unwrap();
    let delta = format!(r#"{{"checkPoint":{},"projectProfiles":[]}}"#, before.checkpoint() + 1);
    answer(&world, &delta);
    world.mirror.refresh(&world.client).await.unwrap();
    let after = world.mirror.account().unwrap();
    assert_eq!(after.projects().len(), 0);
    assert_eq!(after.tasks().len(), before.tasks().len());
}

#[tokio::test]
async fn a_list_with_an_unreadable_element_removes_nothing_and_keeps_the_element() {
    let world = World::refreshed().await;
    let before = world.mirror.account().unwrap();
    let delta = format!(r#"{{"checkPoint":{},"tags":[7,{{"name":"new"}}]}}"#, before.checkpoint() + 1);
    answer(&world, &delta);
    world.mirror.refresh(&world.client).await.unwrap();
    let after = world.mirror.account().unwrap();
    assert_eq!(after.tags().len(), before.tags().len() + 1);
    let answer = after.into_answer();
    let odd: Vec<_> = answer.extra.odd_parts().iter().map(|part| part.json.as_str().to_owned()).collect();
    assert_eq!(odd, ["7"]);
}

#[tokio::test]
async fn what_cannot_be_applied_leads_to_a_full_sync() {
    for broken in [
        r#"{"syncTaskBean":null}"#,
        r#"{"checkPoint":1,"syncTaskBean":"?"}"#,
        r#"{"checkPoint":1,"syncTaskBean":{"update":{}}}"#,
    ] {
        let world = World::refreshed().await;
        answer(&world, broken);
        let refresh = world.mirror.refresh(&world.client).await.unwrap();
        assert!(refresh.full, "{broken}");
        world.assert_equal().await;
    }
}

#[tokio::test]
async fn a_full_sync_that_cannot_be_read_keeps_what_there_is() {
    let world = World::refreshed().await;
    let before = world.mirror.account().unwrap().tasks().len();
    answer(&world, r#"{"checkPoint":1,"syncTaskBean":"?"}"#);
    world.mirror.refresh_full(&world.client).await.unwrap_err();
    assert_eq!(world.mirror.account().unwrap().tasks().len(), before);
}

/// Changes a task with a clock that is a day ahead, and then on another device.
async fn changed_ahead(world: &World) -> ticktick::Task {
    let task = world.client.task().create(TaskDraft::new("First")).await.unwrap();
    let ahead = "2026-03-02T12:30:00Z";
    let client = crate::world::builder(&world.service).clock(clock(ahead)).mirror(&world.opened_at(ahead));
    client.build().unwrap().task().patch(&task, TaskPatch::new().title("Second")).await.unwrap();
    world.elsewhere().task().patch(&task, TaskPatch::new().title("Third")).await.unwrap();
    task
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_hide_the_changes_of_others() {
    let world = World::refreshed().await;
    let task = changed_ahead(&world).await;
    world.mirror.refresh(&world.client).await.unwrap();
    assert_eq!(world.mirror.task(&task).unwrap().unwrap().title(), "Third");
    world.assert_equal().await;
}

#[tokio::test]
async fn a_clock_that_is_ahead_does_not_hide_what_is_read_later() {
    let world = World::refreshed().await;
    let task = changed_ahead(&world).await;
    let later = "2026-03-02T12:32:00Z";
    let mirror = world.opened_at(later);
    let client = crate::world::builder(&world.service).clock(clock(later)).mirror(&mirror).build().unwrap();
    assert_eq!(client.task().get(&task).await.unwrap().title(), "Third");
    assert_eq!(mirror.task(&task).unwrap().unwrap().title(), "Third");
}

#[tokio::test]
async fn a_task_that_was_deleted_with_a_clock_ahead_can_come_back() {
    let world = World::refreshed().await;
    let task = world.client.task().create(TaskDraft::new("First")).await.unwrap();
    let ahead = "2026-03-02T12:30:00Z";
    let client = crate::world::builder(&world.service).clock(clock(ahead)).mirror(&world.opened_at(ahead));
    client.build().unwrap().task().delete(&task).await.unwrap();
    let elsewhere = world.elsewhere();
    let trash = elsewhere.task().trash().await.unwrap();
    elsewhere.task().restore(trash.iter().find(|trashed| trashed.id == task.id).unwrap()).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    assert!(world.mirror.task(&task).unwrap().is_some());
    world.assert_equal().await;
}
