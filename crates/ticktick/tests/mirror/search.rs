//! Full-text search: what is found, and in which order.

use ticktick::{TaskDraft, TaskPatch};

use crate::world::World;

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

#[tokio::test]
async fn a_deleted_comment_is_not_found() {
    let world = World::refreshed().await;
    let porridge = world.client.task().create(TaskDraft::new("Porridge")).await.unwrap();
    let comment = world.client.task().comments(&porridge).add("mit Zimt").await.unwrap();
    assert_eq!(world.mirror.search("zimt", 10).unwrap().len(), 1);
    world.client.task().comments(&porridge).delete(&comment).await.unwrap();
    assert_eq!(world.mirror.search("zimt", 10).unwrap(), []);
    assert_eq!(world.mirror.search("porridge", 10).unwrap().len(), 1);
}

#[tokio::test]
async fn a_task_moves_to_the_place_of_its_last_change() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let first = tasks.create(TaskDraft::new("Quinoa one")).await.unwrap();
    let second = tasks.create(TaskDraft::new("Quinoa two")).await.unwrap();
    let found = || {
        let found = world.mirror.search("quinoa", 10).unwrap();
        found.iter().map(|task| task.title()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(found(), "Quinoa two, Quinoa one");
    // All of this happens in the same minute.
    let first = tasks.patch(&first, TaskPatch::new().title("Quinoa again")).await.unwrap();
    assert_eq!(found(), "Quinoa again, Quinoa two");
    tasks.complete(&first).await.unwrap();
    assert_eq!(found(), "Quinoa two, Quinoa again");
    tasks.delete(&second).await.unwrap();
    assert_eq!(found(), "Quinoa again");
}
