//! Undoing what changes a tag on all its tasks.

use ticktick::mirror::{TaskQuery, Undone};
use ticktick::{Error, TagDraft, Task, TaskDraft, TaskPatch};

use ticktick_sim::Simulator;

use crate::world::{NOW, World, clock};

/// Two tasks with tags.
async fn tagged(world: &World) -> [Task; 2] {
    world.client.tag().create(TagDraft::new("Garden").color("#FF0000")).await.unwrap();
    world.client.tag().create(TagDraft::new("Outside")).await.unwrap();
    world.client.tag().create(TagDraft::new("Garden/Roses")).await.unwrap();
    let tasks = world.client.task();
    let one = tasks.create(TaskDraft::new("Mow").tag("garden").tag("weekly")).await.unwrap();
    let two = tasks.create(TaskDraft::new("Sow").tag("garden").tag("outside")).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    [one, two]
}

/// The tags of a task, sorted.
async fn tags(world: &World, task: &Task) -> Vec<String> {
    let task = world.elsewhere().task().get(task).await.unwrap();
    let mut tags: Vec<_> = task.tags().iter().map(ToString::to_string).collect();
    tags.sort();
    tags
}

async fn undo(world: &World) -> Result<Undone, Error> {
    let undone = world.mirror.undo_latest(&world.client).await;
    world.mirror.refresh(&world.client).await.unwrap();
    world.assert_equal().await;
    undone
}

#[tokio::test]
async fn a_deleted_tag_comes_back_on_its_tasks() {
    let world = World::refreshed().await;
    let [one, two] = tagged(&world).await;
    world.client.tag().delete("garden").await.unwrap();
    assert_eq!(tags(&world, &one).await, ["weekly"]);
    world.elsewhere().task().patch(&two, TaskPatch::new().tags(["outside", "later"])).await.unwrap();

    undo(&world).await.unwrap();
    assert_eq!(tags(&world, &one).await, ["garden", "weekly"]);
    assert_eq!(tags(&world, &two).await, ["garden", "later", "outside"], "tags that were added since stay");
    let garden = world.client.tag().get("garden").await.unwrap();
    assert_eq!(garden.label.as_deref(), Some("Garden"));
    assert_eq!(garden.color.as_deref(), Some("#FF0000"));
    assert_eq!(world.client.tag().children("garden").await.unwrap().len(), 1);
}

#[tokio::test]
async fn merged_tags_are_separate_again() {
    let world = World::refreshed().await;
    let [one, two] = tagged(&world).await;
    world.client.tag().merge("garden", "outside").await.unwrap();
    assert!(!tags(&world, &one).await.contains(&"garden".to_owned()));
    undo(&world).await.unwrap();
    assert_eq!(tags(&world, &one).await, ["garden", "weekly"]);
    assert_eq!(tags(&world, &two).await, ["garden", "outside"]);
}

#[tokio::test]
async fn a_renamed_tag_gets_its_old_name() {
    let world = World::refreshed().await;
    let [one, _] = tagged(&world).await;
    world.client.tag().rename("garden", "Yard").await.unwrap();
    assert_eq!(tags(&world, &one).await, ["weekly", "yard"]);
    undo(&world).await.unwrap();
    assert_eq!(tags(&world, &one).await, ["garden", "weekly"]);
    assert_eq!(world.client.tag().get("garden").await.unwrap().label.as_deref(), Some("Garden"));

    world.client.tag().rename("garden", "Yard").await.unwrap();
    world.elsewhere().tag().rename("yard", "Park").await.unwrap();
    let entry = world.mirror.journal(1).unwrap()[0].id;
    let error = world.mirror.undo(&world.client, entry).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn what_has_no_inverse_says_so() {
    let world = World::refreshed().await;
    world.client.user().update_settings(|settings| settings.time_zone.set("Asia/Tokyo")).await.unwrap();
    let entry = world.mirror.journal(1).unwrap()[0].id;
    let error = world.mirror.undo(&world.client, entry).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    assert!(error.to_string().contains("revert it by hand"), "{error}");
}

#[tokio::test]
async fn a_tag_that_keeps_capital_letters_is_found_in_any_case() {
    let reading = "tag-case=kept".parse().unwrap();
    let world = World::on(Simulator::builder().demo().clock(clock(NOW)).reading(reading).build());
    let [one, two] = tagged(&world).await;
    world.client.tag().rename("garden", "ÄRGER").await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    for name in ["ärger", "Ärger", "ÄRGER"] {
        let tasks = world.mirror.tasks_with_tag(name).unwrap();
        assert_eq!(tasks.iter().map(|task| &task.id).collect::<Vec<_>>(), [&one.id, &two.id], "{name}");
        let rows = world.mirror.list(&TaskQuery::new().tag(name)).unwrap();
        assert_eq!(rows.iter().map(|row| row.tags[0].as_str()).collect::<Vec<_>>(), ["ÄRGER"; 2], "{name}");
    }
    world.client.tag().delete("ärger").await.unwrap();
    undo(&world).await.unwrap();
    assert_eq!(tags(&world, &one).await, ["weekly", "ÄRGER"]);
}
