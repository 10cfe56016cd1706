//! Undoing writes that change more than the objects that they name.

use ticktick::{HabitDraft, ProjectDraft, Task, TaskDraft};

use crate::world::World;

/// A task with a subtask that has a subtask.
async fn family(world: &World) -> [Task; 3] {
    let tasks = world.client.task();
    let trip = tasks.create(TaskDraft::new("Trip")).await.unwrap();
    let bag = tasks.create_under(&trip, TaskDraft::new("Bag")).await.unwrap();
    let socks = tasks.create_under(&bag, TaskDraft::new("Socks")).await.unwrap();
    [trip, bag, socks]
}

/// Asserts that a family is complete and in a project.
async fn assert_together(world: &World, [trip, bag, socks]: &[Task; 3], project: &str) {
    let tasks = world.elsewhere();
    for (child, parent) in [(bag, trip), (socks, bag)] {
        let child = tasks.task().get(child).await.unwrap();
        assert_eq!(child.parent(), Some(&parent.id), "{}", child.title());
        assert_eq!(child.project_id, *project);
    }
    assert_eq!(tasks.task().get(trip).await.unwrap().project_id, *project);
}

#[tokio::test]
async fn subtasks_stay_below_their_parents_if_a_move_is_undone_and_repeated() {
    let world = World::refreshed().await;
    let family = family(&world).await;
    let inbox = family[0].project_id.clone();
    let flat = world.client.project().create(ProjectDraft::new("Flat")).await.unwrap();
    world.client.task().move_to(&family[0], &flat).await.unwrap();
    assert_together(&world, &family, flat.id.as_str()).await;
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_together(&world, &family, inbox.as_str()).await;
    let undo = world.mirror.journal(1).unwrap()[0].id;
    world.mirror.undo_command(&world.client, undo).await.unwrap();
    assert_together(&world, &family, flat.id.as_str()).await;
}

#[tokio::test]
async fn a_restored_task_gets_back_its_subtasks() {
    for refreshed in [false, true] {
        let world = World::refreshed().await;
        let family = family(&world).await;
        if refreshed {
            world.mirror.refresh(&world.client).await.unwrap();
        }
        world.client.task().delete(&family[1]).await.unwrap();
        let tasks = world.elsewhere();
        assert_eq!(tasks.task().get(&family[2]).await.unwrap().parent(), None);
        world.mirror.undo_latest(&world.client).await.unwrap();
        assert_together(&world, &family, family[0].project_id.as_str()).await;
    }
}

#[tokio::test]
async fn a_restored_task_leaves_subtasks_where_they_were_put_since() {
    let world = World::refreshed().await;
    let [trip, bag, socks] = family(&world).await;
    world.mirror.refresh(&world.client).await.unwrap();
    world.client.task().delete(&bag).await.unwrap();
    world.elsewhere().task().set_parent(&socks, &trip).await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert_eq!(world.elsewhere().task().get(&socks).await.unwrap().parent(), Some(&trip.id));
}

#[tokio::test]
async fn a_deleted_habit_without_a_target_day_comes_back() {
    let world = World::refreshed().await;
    let habits = world.client.habit();
    let habit = habits.create(HabitDraft::new("Read")).await.unwrap();
    let mut stored = habits.get(&habit).await.unwrap();
    stored.target_start_date = ticktick::models::DayStamp(0).into();
    habits.update(&stored).await.unwrap();
    habits.delete(&habit).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let new = undone.objects[0].new_id.clone().unwrap();
    assert_eq!(world.elsewhere().habit().get(new.as_str()).await.unwrap().name, "Read");
}

#[tokio::test]
async fn an_undone_archiving_can_be_repeated() {
    let world = World::refreshed().await;
    let flat = world.client.project().create(ProjectDraft::new("Flat")).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    world.client.project().archive(&flat).await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap();
    assert!(!world.elsewhere().project().get(&flat).await.unwrap().is_archived());
    let undo = world.mirror.journal(1).unwrap()[0].id;
    world.mirror.undo(&world.client, undo).await.unwrap();
    assert!(world.elsewhere().project().get(&flat).await.unwrap().is_archived());
}
