//! Projects, folders and columns.

use ticktick::column::Column;
use ticktick::folder::Folder;
use ticktick::project::{ProjectKind, ViewMode};
use ticktick::{Project, ProjectDraft, ProjectPatch, Task};
use ticktick_sim::Collection::{Columns, ProjectGroups, Projects, Tasks};

use super::{Done, states, writes};
use crate::touch::Touch;
use crate::world::{World, board};

fn projects(world: &World) -> Vec<Project> {
    world.all(Projects)
}

fn folders(world: &World) -> Vec<Folder> {
    world.all(ProjectGroups)
}

fn columns(world: &World) -> Vec<Column> {
    world.all(Columns)
}

fn any<T>(_: &T) -> bool {
    true
}

fn is_archived(project: &Project) -> bool {
    project.closed == true
}

fn is_in_folder(project: &Project) -> bool {
    project.group_id.get().is_some()
}

/// Makes a patch of a project a write.
macro_rules! patch {
    ($world:ident, $pick:ident, $fits:expr, $member:literal, $patch:expr) => {{
        let project = $pick.of(&projects($world), $fits)?;
        let touch = Touch::default().members(Projects, &project.id, [$member]);
        Done::new(touch, $world.client.project().patch(&project, $patch).await)
    }};
}

writes! {
    "project.create" => |world, pick| {
        let draft = ProjectDraft::new("new").folder(pick.of(&folders(world), any)?).color("#4772FA");
        Done::new(Touch::default().born(Projects, 1), world.client.project().create(draft).await)
    };
    "project.update" => |world, pick| {
        let mut project = pick.of(&projects(world), any)?;
        project.sort_order = 9_007_199_254_740_993.into();
        let touch = Touch::default().members(Projects, &project.id, ["sortOrder"]);
        Done::new(touch, world.client.project().update(&project).await)
    };
    "project.rename" => |world, pick| {
        let project = pick.of(&projects(world), any)?;
        let touch = Touch::default().members(Projects, &project.id, ["name"]);
        Done::new(touch, world.client.project().rename(&project, "renamed").await)
    };
    "project.patch color" => |world, pick|
        patch!(world, pick, any, "color", ProjectPatch::new().color("#35D870"));
    "project.patch clear color" => |world, pick|
        patch!(world, pick, |one| one.color.get().is_some(), "color", ProjectPatch::new().clear_color());
    "project.patch view mode" => |world, pick|
        patch!(world, pick, any, "viewMode", ProjectPatch::new().view_mode(ViewMode::Timeline));
    "project.patch kind" => |world, pick|
        patch!(world, pick, any, "kind", ProjectPatch::new().kind(ProjectKind::Note));
    "project.patch folder" => |world, pick|
        patch!(world, pick, |one| !is_in_folder(one), "groupId", ProjectPatch::new().folder(pick.of(&folders(world), any)?));
    "project.patch clear folder" => |world, pick|
        patch!(world, pick, is_in_folder, "groupId", ProjectPatch::new().clear_folder());
    "project.patch in all" => |world, pick|
        patch!(world, pick, any, "inAll", ProjectPatch::new().in_all(pick.below(2) == 0));
    "project.patch muted" => |world, pick|
        patch!(world, pick, any, "muted", ProjectPatch::new().muted(pick.below(2) == 0));
    "project.patch sort order" => |world, pick|
        patch!(world, pick, any, "sortOrder", ProjectPatch::new().sort_order(i64::MAX));
    "project.archive" => |world, pick| {
        let project = pick.of(&projects(world), |project| !is_archived(project))?;
        let touch = Touch::default().members(Projects, &project.id, ["closed"]);
        Done::new(touch, world.client.project().archive(&project).await)
    };
    "project.unarchive" => |world, pick| {
        let project = pick.of(&projects(world), is_archived)?;
        let touch = Touch::default().members(Projects, &project.id, ["closed"]);
        Done::new(touch, world.client.project().unarchive(&project).await)
    };
    "project.delete" => |world, pick| {
        let project = pick.of(&projects(world), any)?;
        let tasks: Vec<Task> = world.all(Tasks);
        let touch = states::trashing(tasks.iter().filter(|task| task.project_id == project.id));
        let own = columns(world).into_iter().filter(|column| column.project_id == project.id);
        let touch = own.fold(touch, |touch, column| touch.gone(Columns, column.id)).gone(Projects, &project.id);
        Done::new(touch, world.client.project().delete(&project).await)
    };
    "folder.create" => |world, pick|
        Done::new(Touch::default().born(ProjectGroups, 1), world.client.folder().create("new").await);
    "folder.update" => |world, pick| {
        let mut folder = pick.of(&folders(world), any)?;
        folder.show_all = (folder.show_all != true).into();
        let touch = Touch::default().members(ProjectGroups, &folder.id, ["showAll"]);
        Done::new(touch, world.client.folder().update(&folder).await)
    };
    "folder.rename" => |world, pick| {
        let folder = pick.of(&folders(world), any)?;
        let touch = Touch::default().members(ProjectGroups, &folder.id, ["name"]);
        Done::new(touch, world.client.folder().rename(&folder, "renamed").await)
    };
    "folder.add_project" => |world, pick| {
        let (folder, project) = (pick.of(&folders(world), any)?, pick.of(&projects(world), |one| !is_in_folder(one))?);
        let touch = Touch::default().members(Projects, &project.id, ["groupId"]);
        Done::new(touch, world.client.folder().add_project(&folder, &project).await)
    };
    "folder.remove_project" => |world, pick| {
        let project = pick.of(&projects(world), is_in_folder)?;
        let touch = Touch::default().members(Projects, &project.id, ["groupId"]);
        Done::new(touch, world.client.folder().remove_project(&project).await)
    };
    "folder.delete" => |world, pick| {
        let folder = pick.of(&folders(world), any)?;
        let inside = projects(world).into_iter().filter(|project| project.group_id == folder.id);
        let touch = Touch::default().each(Projects, inside.map(|project| project.id), &["groupId"]);
        let touch = touch.gone(ProjectGroups, &folder.id);
        Done::new(touch, world.client.folder().delete(&folder).await)
    };
    "column.create" => |world, pick|
        Done::new(Touch::default().born(Columns, 1), world.client.column().create(board(), "new").await);
    "column.update" => |world, pick| {
        let mut column = pick.of(&columns(world), any)?;
        column.sort_order = 9_007_199_254_740_995.into();
        let touch = Touch::default().members(Columns, &column.id, ["sortOrder"]);
        Done::new(touch, world.client.column().update(&column).await)
    };
    "column.rename" => |world, pick| {
        let column = pick.of(&columns(world), any)?;
        let touch = Touch::default().members(Columns, &column.id, ["name"]);
        Done::new(touch, world.client.column().rename(&column, "renamed").await)
    };
    "column.delete" => |world, pick| {
        let column = pick.of(&columns(world), any)?;
        let touch = Touch::default().gone(Columns, &column.id);
        Done::new(touch, world.client.column().delete(&column).await)
    };
}
