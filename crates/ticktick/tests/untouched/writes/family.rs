//! The places of tasks: their project, parent and assignee.

use ticktick::{ProjectId, Task, TaskDraft};
use ticktick_sim::Collection::{Projects, Tasks};

use super::{Done, is_live, is_open, on, writes};
use crate::pick::Pick;
use crate::touch::Touch;
use crate::world::{World, id};

/// What a task changes when it moves; a column stays behind with its project.
const MOVED: [&str; 2] = ["projectId", "columnId"];

fn tasks(world: &World) -> Vec<Task> {
    world.all(Tasks)
}

/// Chooses a project.
fn project(world: &World, pick: &mut Pick, fits: impl Fn(&ProjectId) -> bool) -> Option<ProjectId> {
    let projects = world.all::<ticktick::Project>(Projects);
    pick.of(&projects, |project| fits(&project.id)).map(|project| project.id)
}

/// Returns what is below a task.
fn below<'a>(tasks: &'a [Task], task: &Task) -> Vec<&'a Task> {
    let children = tasks.iter().filter(|child| child.parent_id == task.id);
    children.flat_map(|child| std::iter::once(child).chain(below(tasks, child))).collect()
}

/// Returns what moving a task away from its parent, with all that is below it, may touch.
fn leaving(tasks: &[Task], task: &Task) -> Touch {
    let touch = on(task, ["parentId"]).members(Tasks, &task.id, MOVED).each(Tasks, task.parent_id.get(), &["childIds"]);
    touch.each(Tasks, below(tasks, task).iter().map(|task| &task.id), &MOVED)
}

/// Returns what moving a task alone may touch: it leaves its relatives.
pub(super) fn moving(task: &Task) -> Touch {
    let touch = on(task, MOVED).members(Tasks, &task.id, ["parentId", "childIds"]);
    let touch = touch.each(Tasks, task.parent_id.get(), &["childIds"]);
    touch.each(Tasks, &task.child_ids, &["parentId"])
}

/// Returns what putting a task below another one may touch.
fn joining(tasks: &[Task], child: &Task, parent: &Task) -> Touch {
    let touch = on(child, ["parentId"]).members(Tasks, &parent.id, ["childIds"]);
    let touch = touch.each(Tasks, child.parent_id.get(), &["childIds"]);
    if child.project_id == parent.project_id { touch } else { touch.and(leaving(tasks, child)) }
}

writes! {
    "task.move_to" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, is_live)?;
        let to = project(world, &mut pick, |id| *id != task.project_id)?;
        Done::new(leaving(&all, &task), world.client.task().move_to(&task, &to).await)
    };
    "task.move_to with family" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, |task| is_live(task) && !task.child_ids.is_empty())?;
        let to = project(world, &mut pick, |id| *id != task.project_id)?;
        Done::new(leaving(&all, &task), world.client.task().move_to(&task, &to).await)
    };
    "task.move_without_subtasks" => |world, pick| {
        let task = pick.of(&tasks(world), is_live)?;
        let to = project(world, &mut pick, |id| *id != task.project_id)?;
        Done::new(moving(&task), world.client.task().move_without_subtasks(&task, &to).await)
    };
    "task.move_to inbox" => |world, pick| {
        let all = tasks(world);
        let task = pick.of(&all, |task| is_live(task) && !task.project_id.as_str().starts_with("inbox"))?;
        Done::new(leaving(&all, &task), world.client.task().move_to(&task, ProjectId::from("inbox")).await)
    };
    "task.set_parent" => |world, pick| {
        let all = tasks(world);
        let child = pick.of(&all, is_open)?;
        let fits = |task: &Task| is_open(task) && task.id != child.id && task.project_id == child.project_id;
        let parent = pick.of(&all, |task| fits(task) && child.parent_id != task.id && task.parent_id.get().is_none())?;
        Done::new(joining(&all, &child, &parent), world.client.task().set_parent(&child, &parent).await)
    };
    "task.set_parent elsewhere" => |world, pick| {
        let all = tasks(world);
        let child = pick.of(&all, is_open)?;
        let parent = pick.of(&all, |task| is_open(task) && task.project_id != child.project_id)?;
        Done::new(joining(&all, &child, &parent), world.client.task().set_parent(&child, &parent).await)
    };
    "task.unset_parent" => |world, pick| {
        let task = pick.of(&tasks(world), |task| is_open(task) && task.parent_id.get().is_some())?;
        let touch = on(&task, ["parentId"]).each(Tasks, task.parent_id.get(), &["childIds"]);
        Done::new(touch, world.client.task().unset_parent(&task).await)
    };
    "task.create_under" => |world, pick| {
        let parent = pick.of(&tasks(world), |task| is_open(task) && task.parent_id.get().is_none())?;
        let touch = on(&parent, ["childIds"]).born(Tasks, 1);
        Done::new(touch, world.client.task().create_under(&parent, TaskDraft::new("new")).await)
    };
    "task.assign" => |world, pick| {
        let task = pick.of(&tasks(world), |task| is_live(task) && task.project_id.as_str() == id("#06"))?;
        let shared = world.all::<ticktick::Project>(Projects).into_iter().find(|project| project.id.as_str() == id("#06"))?;
        let members = world.client.project().members(&shared).await.unwrap();
        let user = members.iter().find_map(|member| member.user_id.copied().filter(|user| task.assignee != *user))?;
        Done::new(on(&task, ["assignee"]), world.client.task().assign(&task, user).await)
    };
    "task.unassign" => |world, pick| {
        let task = pick.of(&tasks(world), |task| is_live(task) && task.project_id.as_str() == id("#06"))?;
        Done::new(on(&task, ["assignee"]), world.client.task().unassign(&task).await)
    };
}
