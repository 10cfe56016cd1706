//! Undoing the deletion of a project, which also changes its tasks and its columns.

use ticktick::{Project, ProjectDraft, Task, TaskDraft};

use crate::world::World;

/// A board with a column and a task with a subtask, and a task that was deleted before.
async fn board(world: &World) -> (Project, Task, Task, Task) {
    let (projects, tasks) = (world.client.project(), world.client.task());
    let flat = projects.create(ProjectDraft::new("Flat")).await.unwrap();
    world.client.column().create(&flat, "To do").await.unwrap();
    let doing = world.client.column().create(&flat, "Doing").await.unwrap();
    let boxes = tasks.create(TaskDraft::new("Boxes").project(&flat).column(&doing)).await.unwrap();
    let books = tasks.create(TaskDraft::new("Books").project(&flat).parent(&boxes)).await.unwrap();
    let old = tasks.create(TaskDraft::new("Old").project(&flat)).await.unwrap();
    tasks.delete(&old).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    (flat, boxes, books, old)
}

async fn deleted(world: &World, project: &Project) -> String {
    world.client.project().delete(project).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let project = undone.objects.iter().find(|object| object.kind == "project").unwrap();
    project.new_id.clone().unwrap()
}

#[tokio::test]
async fn tasks_that_were_in_the_trash_before_stay_there() {
    let world = World::refreshed().await;
    let (flat, boxes, _, old) = board(&world).await;
    let new = deleted(&world, &flat).await;
    assert_eq!(world.elsewhere().task().get(&boxes).await.unwrap().project_id, new.as_str());
    let trash = world.elsewhere().task().trash().await.unwrap();
    assert!(trash.iter().any(|task| task.id == old.id), "{trash:?}");
}

#[tokio::test]
async fn columns_and_parents_come_back() {
    let world = World::refreshed().await;
    let (flat, boxes, books, _) = board(&world).await;
    let new = deleted(&world, &flat).await;
    let columns = world.elsewhere().column().list_by_project(new.as_str()).await.unwrap();
    let names: Vec<_> = columns.iter().map(|column| column.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["To do", "Doing"]);
    let client = world.elsewhere();
    assert_eq!(client.task().get(&boxes).await.unwrap().column(), Some(&columns[1].id));
    assert_eq!(client.task().get(&books).await.unwrap().parent(), Some(&boxes.id));
}

#[tokio::test]
async fn closed_tasks_come_back_if_the_deletion_took_them() {
    let world = World::refreshed().await;
    let tasks = world.elsewhere();
    let flat = tasks.project().create(ProjectDraft::new("Flat")).await.unwrap();
    let [keys, sofa] = ["Keys", "Sofa"].map(|title| TaskDraft::new(title).project(&flat));
    let (keys, sofa) = (tasks.task().create(keys).await.unwrap(), tasks.task().create(sofa).await.unwrap());
    tasks.task().complete(&keys).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    let new = deleted(&world, &flat).await;
    for task in [&keys, &sofa] {
        assert_eq!(tasks.task().get(task).await.unwrap().project_id, new.as_str());
    }
    assert!(tasks.task().get(&keys).await.unwrap().is_completed());
}

#[tokio::test]
async fn tasks_that_are_no_longer_in_the_trash_are_created_again() {
    let world = World::refreshed().await;
    let (flat, boxes, books, _) = board(&world).await;
    world.client.project().delete(&flat).await.unwrap();
    world.elsewhere().task().empty_trash().await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let new = |id: &str| undone.objects.iter().find(|object| object.id == id).unwrap().new_id.clone().unwrap();
    let (boxes, books) = (new(boxes.id.as_str()), new(books.id.as_str()));
    let books = world.elsewhere().task().get(books.as_str()).await.unwrap();
    assert_eq!(books.title(), "Books");
    assert_eq!(books.parent().unwrap().as_str(), boxes);
    assert_eq!(books.project_id.as_str(), new(flat.id.as_str()));
}

#[tokio::test]
async fn an_undone_deletion_can_be_repeated() {
    let world = World::refreshed().await;
    let (flat, boxes, ..) = board(&world).await;
    let new = deleted(&world, &flat).await;
    let entry = world.mirror.journal(1).unwrap()[0].id;
    world.mirror.undo_command(&world.client, entry).await.unwrap();
    world.elsewhere().project().get(new.as_str()).await.unwrap_err();
    let trash = world.elsewhere().task().trash().await.unwrap();
    assert!(trash.iter().any(|task| task.id == boxes.id), "{trash:?}");
}
