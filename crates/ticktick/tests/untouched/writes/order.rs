//! The order of tasks, projects and columns.

use ticktick::column::Column;
use ticktick::{Project, Task};
use ticktick_sim::Collection::{Columns, Projects, Tasks};

use super::{Done, is_open, writes};
use crate::touch::Touch;
use crate::world::{World, board};

/// If no position is free, the objects around it get new positions.
const PLACE: [&str; 1] = ["sortOrder"];

fn tasks(world: &World) -> Vec<Task> {
    world.all::<Task>(Tasks)
}

fn is_here(task: &Task) -> bool {
    is_open(task) && task.project_id == board()
}

/// Returns what changing the order of open tasks of a project may touch.
fn among(tasks: &[Task], task: &Task) -> Touch {
    let others = tasks.iter().filter(|other| is_open(other) && other.project_id == task.project_id);
    Touch::default().each(Tasks, others.map(|other| &other.id), &PLACE)
}

fn projects(world: &World) -> Vec<Project> {
    world.all(Projects)
}

/// Returns what a change of the order of projects may touch. Adjacent projects are in the same folder.
fn among_projects(projects: &[Project], moved: &Project) -> Touch {
    let touch = Touch::default().each(Projects, projects.iter().map(|other| &other.id), &PLACE);
    touch.members(Projects, &moved.id, ["groupId"])
}

fn columns(world: &World) -> Vec<Column> {
    world.all(Columns)
}

fn among_columns(columns: &[Column], moved: &Column) -> Touch {
    let others = columns.iter().filter(|other| other.project_id == moved.project_id);
    Touch::default().each(Columns, others.map(|other| &other.id), &PLACE)
}

writes! {
    "task.move_before" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, is_here)?;
        let next = pick.of(&all, |other| is_here(other) && other.id != task.id)?;
        Done::new(among(&all, &next), world.client.task().move_before(&task, &next).await)
    };
    "task.move_after" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, is_here)?;
        let next = pick.of(&all, |other| is_here(other) && other.id != task.id)?;
        Done::new(among(&all, &next), world.client.task().move_after(&task, &next).await)
    };
    "task.move_to_top" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, is_open)?;
        Done::new(among(&all, &task), world.client.task().move_to_top(&task).await)
    };
    "task.move_to_bottom" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, is_open)?;
        Done::new(among(&all, &task), world.client.task().move_to_bottom(&task).await)
    };
    "project.move_before" => |world, pick| {
        let all = projects(world);
        let project = pick.of(&all, |_| true)?;
        let next = pick.of(&all, |other| other.id != project.id)?;
        Done::new(among_projects(&all, &project), world.client.project().move_before(&project, &next).await)
    };
    "project.move_after" => |world, pick| {
        let all = projects(world);
        let project = pick.of(&all, |_| true)?;
        let next = pick.of(&all, |other| other.id != project.id)?;
        Done::new(among_projects(&all, &project), world.client.project().move_after(&project, &next).await)
    };
    "project.move_to_top" => |world, pick| {
        let all = projects(world);
        let project = pick.of(&all, |_| true)?;
        Done::new(among_projects(&all, &project), world.client.project().move_to_top(&project).await)
    };
    "project.move_to_bottom" => |world, pick| {
        let all = projects(world);
        let project = pick.of(&all, |_| true)?;
        Done::new(among_projects(&all, &project), world.client.project().move_to_bottom(&project).await)
    };
    "column.move_before" => |world, pick| {
        let all = columns(world);
        let column = pick.of(&all, |column| column.project_id == board())?;
        let next = pick.of(&all, |other| other.id != column.id && other.project_id == column.project_id)?;
        Done::new(among_columns(&all, &column), world.client.column().move_before(&column, &next).await)
    };
    "column.move_after" => |world, pick| {
        let all = columns(world);
        let column = pick.of(&all, |column| column.project_id == board())?;
        let next = pick.of(&all, |other| other.id != column.id && other.project_id == column.project_id)?;
        Done::new(among_columns(&all, &column), world.client.column().move_after(&column, &next).await)
    };
}
