//! Undoing the deletion of a folder, which also takes its projects out of it.

use ticktick::folder::Folder;
use ticktick::mirror::Undone;
use ticktick::{Project, ProjectDraft, ProjectPatch};

use crate::world::World;

/// A folder with two projects, of which one is archived.
async fn business(world: &World) -> (Folder, Vec<Project>) {
    let projects = world.client.project();
    let folder = world.client.folder().create("Business").await.unwrap();
    let mut inside = Vec::new();
    for name in ["Reports", "Budget"] {
        let project = projects.create(ProjectDraft::new(name)).await.unwrap();
        inside.push(world.client.folder().add_project(&folder, &project).await.unwrap());
    }
    projects.archive(&inside[1]).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    (folder, inside)
}

async fn assert_inside(world: &World, projects: &[Project], undone: &Undone) -> String {
    let folder = undone.objects.iter().find(|object| object.kind == "folder").unwrap();
    let new = folder.new_id.clone().unwrap();
    for project in projects {
        let stored = world.elsewhere().project().get(project).await.unwrap();
        assert_eq!(stored.folder().map(|id| id.as_str()), Some(new.as_str()), "{}", stored.name);
    }
    assert!(undone.objects.iter().any(|object| object.kind == "project" && object.id == projects[0].id.as_str()));
    new
}

#[tokio::test]
async fn projects_come_back_into_a_deleted_folder() {
    let world = World::refreshed().await;
    let (folder, projects) = business(&world).await;
    world.client.folder().delete(&folder).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    assert_inside(&world, &projects, &undone).await;
}

#[tokio::test]
async fn undoing_the_deletion_by_its_number_also_puts_the_projects_back() {
    let world = World::refreshed().await;
    let (folder, projects) = business(&world).await;
    world.client.folder().delete(&folder).await.unwrap();
    let deletion = world.mirror.journal(1).unwrap()[0].id;
    let undone = world.mirror.undo(&world.client, deletion).await.unwrap();
    assert_inside(&world, &projects, &undone).await;
    assert_eq!(undone.entries, [deletion, deletion - 1]);
}

#[tokio::test]
async fn a_project_that_is_in_another_folder_now_is_a_conflict() {
    let world = World::refreshed().await;
    let (folder, projects) = business(&world).await;
    world.client.folder().delete(&folder).await.unwrap();
    let other = world.elsewhere().folder().create("Elsewhere").await.unwrap();
    world.elsewhere().folder().add_project(&other, &projects[0]).await.unwrap();
    world.mirror.undo_latest(&world.client).await.unwrap_err();
    assert!(!world.elsewhere().folder().list().await.unwrap().iter().any(|folder| folder.name == "Business"));
}

#[tokio::test]
async fn an_earlier_write_that_names_the_folder_is_undone_in_the_new_one() {
    let world = World::refreshed().await;
    let (folder, projects) = business(&world).await;
    let out = world.client.project().patch(&projects[0], ProjectPatch::new().clear_folder()).await.unwrap();
    let taken_out = world.mirror.journal(1).unwrap()[0].id;
    world.mirror.name_command("folder delete");
    world.client.folder().delete(&folder).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let new = undone.objects.iter().find_map(|object| object.new_id.clone()).unwrap();
    world.mirror.undo(&world.client, taken_out).await.unwrap();
    let stored = world.elsewhere().project().get(&out).await.unwrap();
    assert_eq!(stored.folder().map(|id| id.as_str()), Some(new.as_str()));
}

#[tokio::test]
async fn an_undone_deletion_of_a_folder_can_be_repeated() {
    let world = World::refreshed().await;
    let (folder, projects) = business(&world).await;
    world.client.folder().delete(&folder).await.unwrap();
    let undone = world.mirror.undo_latest(&world.client).await.unwrap();
    let new = assert_inside(&world, &projects, &undone).await;
    let undo = world.mirror.journal(1).unwrap()[0].id;
    world.mirror.undo_command(&world.client, undo).await.unwrap();
    assert!(!world.elsewhere().folder().list().await.unwrap().iter().any(|folder| folder.id == *new));
    assert!(world.elsewhere().project().get(&projects[0]).await.unwrap().folder().is_none());
    let redo = world.mirror.journal(1).unwrap()[0].id;
    let undone = world.mirror.undo_command(&world.client, redo).await.unwrap();
    assert_inside(&world, &projects, &undone).await;
}
