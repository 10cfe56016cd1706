//! Own writes are in the file as soon as they are answered.

use jiff::civil::date;
use ticktick::{Due, HabitDraft, Priority, ProjectDraft, TaskDraft, TaskPatch};

use crate::world::World;

#[tokio::test]
async fn own_writes_need_no_sync() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let draft = TaskDraft::new("Rent").tag("home").due(Due::day(date(2026, 3, 1))).priority(Priority::High);
    let rent = tasks.create(draft).await.unwrap();
    let due = world.mirror.tasks_due(date(2026, 3, 1)..=date(2026, 3, 1)).unwrap();
    assert!(due.iter().any(|task| task.id == rent.id));
    assert!(world.mirror.tasks_with_tag("home").unwrap().iter().any(|task| task.id == rent.id));

    let rent = tasks.patch(&rent, TaskPatch::new().title("Pay the rent").clear_due()).await.unwrap();
    assert_eq!(world.mirror.task(&rent).unwrap().unwrap().title(), "Pay the rent");
    assert_eq!(world.mirror.task(&rent).unwrap().unwrap().etag, rent.etag);
    let project = world.client.project().create(ProjectDraft::new("Flat")).await.unwrap();
    tasks.move_to(&rent, &project).await.unwrap();
    assert_eq!(world.mirror.tasks_in_project(&project).unwrap()[0].id, rent.id);

    tasks.complete(&rent).await.unwrap();
    assert!(world.mirror.tasks_in_project(&project).unwrap().is_empty());
    assert!(world.mirror.task(&rent).unwrap().unwrap().is_completed());
    let other = tasks.create(TaskDraft::new("Other")).await.unwrap();
    tasks.delete(&other).await.unwrap();
    assert!(world.mirror.task(&other).unwrap().is_none());
    assert!(world.lines().iter().all(|line| !line.contains("batch/check")));
    world.mirror.refresh(&world.client).await.unwrap();
    world.assert_equal().await;
}

#[tokio::test]
async fn what_was_read_is_kept() {
    let world = World::refreshed().await;
    let habit = world.client.habit().create(HabitDraft::new("Read")).await.unwrap();
    world.client.habit().list().await.unwrap();
    let found = world.mirror.sql("select name from habits where name = 'Read'", Default::default()).unwrap();
    assert_eq!(found.rows.len(), 1);
    world.client.habit().delete(&habit).await.unwrap();
    let found = world.mirror.sql("select name from habits where name = 'Read'", Default::default()).unwrap();
    assert!(found.rows.is_empty());
}
