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
    let list = world.client.project().create(ProjectDraft::new("Flat")).await.unwrap();
    tasks.move_to(&rent, &list).await.unwrap();
    assert_eq!(world.mirror.tasks_in_project(&list).unwrap()[0].id, rent.id);

    tasks.complete(&rent).await.unwrap();
    assert!(world.mirror.tasks_in_project(&list).unwrap().is_empty());
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

#[tokio::test]
async fn texts_are_found_by_parts_of_words_in_any_script() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let milk = tasks.create(TaskDraft::new("Crème brûlée").item("Vanille")).await.unwrap();
    let chinese = tasks.create(TaskDraft::new("明天去买牛奶").content("超市")).await.unwrap();
    let japanese = tasks.create(TaskDraft::new("カフェで待ち合わせ")).await.unwrap();
    for (text, found) in [
        ("creme", &milk),
        ("vanil brul", &milk),
        ("牛奶", &chinese),
        ("奶", &chinese),
        ("超市", &chinese),
        ("待ち", &japanese),
    ] {
        let ids: Vec<_> = world.mirror.search(text, 10).unwrap().into_iter().map(|task| task.id).collect();
        assert_eq!(ids, std::slice::from_ref(&found.id), "{text}");
    }
    assert!(world.mirror.search("牛茶", 10).unwrap().is_empty());
    assert!(world.mirror.search("\" OR *", 10).unwrap().is_empty());
    world.client.task().comments(&milk).add("mit Zimt").await.unwrap();
    assert_eq!(world.mirror.search("zimt", 10).unwrap()[0].id, milk.id);
    tasks.patch(&milk, TaskPatch::new().title("Pudding")).await.unwrap();
    assert!(world.mirror.search("creme", 10).unwrap().is_empty());
}
