//! Writes to tasks as a whole: made, closed, copied, thrown away.

use jiff::civil::{date, time};
use ticktick::{Due, ItemDraft, Priority, ProjectId, Task, TaskDraft, TaskId, Trigger};
use ticktick_sim::Collection::{Comments, Tags, Tasks};

use super::{Done, is_live, is_series, is_single, on, writes};
use crate::touch::Touch;
use crate::world::{World, board};

const CLOSING: [&str; 3] = ["status", "completedTime", "completedUserId"];

/// What changes when a series moves to its next occurrence. The checklist is reset, and the service computes `progress`.
const MOVING: [&str; 8] = [
    "startDate",
    "dueDate",
    "repeatFlag",
    "repeatFirstDate",
    "remindTime",
    "items/*/status",
    "items/*/completedTime",
    "progress",
];

/// What a date of the caller's choice may change besides.
const CHOSEN: [&str; 6] = ["isAllDay", "isFloating", "timeZone", "reminders", "reminders/*", "reminders/*/trigger"];

/// What the finished copy of an occurrence has of its own.
const FINISHED: [&str; 11] = [
    "repeatFlag",
    "repeatTaskId",
    "status",
    "completedTime",
    "completedUserId",
    "parentId",
    "childIds",
    "pinnedTime",
    "commentCount",
    "attachments",
    "attachments/*",
];

/// What a duplicate has of its own.
const DUPLICATE: [&str; 17] = [
    "createdTime",
    "sortOrder",
    "status",
    "completedTime",
    "completedUserId",
    "repeatTaskId",
    "remindTime",
    "pinnedTime",
    "progress",
    "creator",
    "parentId",
    "childIds",
    "commentCount",
    "attachments",
    "attachments/*",
    "focusSummaries",
    "pomodoroSummaries",
];

/// What the trash and the way back from it change.
const TRASH: [&str; 4] = ["deleted", "deletedTime", "deletedBy", "parentId"];

/// Returns what closing a task may touch.
pub(super) fn closing(task: &Task) -> Touch {
    if is_series(task) {
        on(task, MOVING.into_iter().chain(CLOSING)).copy(Tasks, &task.id, &FINISHED)
    } else {
        on(task, CLOSING)
    }
}

/// Returns what throwing tasks away may touch: their relatives lose them.
pub(super) fn trashing<'a>(tasks: impl IntoIterator<Item = &'a Task>) -> Touch {
    tasks.into_iter().fold(Touch::default(), |touch, task| {
        let touch = touch.members(Tasks, &task.id, TRASH).members(Tasks, &task.id, ["childIds"]);
        let touch = touch.each(Tasks, task.parent_id.get(), &["childIds"]);
        touch.each(Tasks, &task.child_ids, &["parentId"])
    })
}

fn tasks(world: &World) -> Vec<Task> {
    world.all(Tasks)
}

fn is_trashed(task: &Task) -> bool {
    !is_live(task)
}

/// Lets tasks go for good, with the comments on them.
fn purged(world: &World, touch: Touch, tasks: &[Task]) -> Touch {
    let is_on = |comment: &ticktick::task::Comment| tasks.iter().any(|task| comment.task_id == task.id);
    let touch = tasks.iter().fold(touch, |touch, task| touch.gone(Tasks, &task.id));
    let comments = world.all::<ticktick::task::Comment>(Comments);
    comments.iter().filter(|one| is_on(one)).fold(touch, |touch, comment| touch.gone(Comments, &comment.id))
}

/// Chooses different tasks.
macro_rules! different {
    ($world:ident, $pick:ident, $fits:expr, $($task:ident),*) => {
        let mut taken: Vec<TaskId> = Vec::new();
        $(
            let $task: Task = $pick.of(&tasks($world), |task| $fits(task) && !taken.contains(&task.id))?;
            if taken.contains(&$task.id) {
                return None;
            }
            taken.push($task.id.clone());
        )*
    };
}

writes! {
    "task.create" => |world, pick| {
        let draft = TaskDraft::new("new").tag("Fresh").item(ItemDraft::new("x").done()).priority(Priority::High);
        let draft = draft.due(Due::day(date(2026, 3, 5))).reminder(Trigger::on_day(0, time(9, 0, 0, 0)));
        let is_new = world.all::<ticktick::Tag>(Tags).iter().all(|tag| tag.name.as_str() != "fresh");
        let touch = Touch::default().born(Tasks, 1).born(Tags, is_new.into());
        Done::new(touch, world.client.task().create(draft).await)
    };
    "task.create at top" => |world, pick| {
        let draft = TaskDraft::new("new").project(board()).at_top().pinned();
        Done::new(Touch::default().born(Tasks, 1), world.client.task().create(draft).await)
    };
    "task.complete" => |world, pick| {
        let task = pick.of(&tasks(world), is_single)?;
        Done::new(closing(&task), world.client.task().complete(&task).await)
    };
    "task.complete series" => |world, pick| {
        let task = pick.of(&tasks(world), is_series)?;
        Done::new(closing(&task), world.client.task().complete(&task).await)
    };
    "task.wont_do" => |world, pick| {
        let task = pick.of(&tasks(world), is_single)?;
        Done::new(closing(&task), world.client.task().wont_do(&task).await)
    };
    "task.wont_do series" => |world, pick| {
        let task = pick.of(&tasks(world), is_series)?;
        Done::new(closing(&task), world.client.task().wont_do(&task).await)
    };
    "task.skip" => |world, pick| {
        let task = pick.of(&tasks(world), is_series)?;
        Done::new(on(&task, MOVING), world.client.task().skip(&task).await)
    };
    "task.complete_and_move_to" => |world, pick| {
        let task = pick.of(&tasks(world), is_series)?;
        let next = Due::day(date(2026, 4, 1));
        Done::new(closing(&task).members(Tasks, &task.id, CHOSEN), world.client.task().complete_and_move_to(&task, next).await)
    };
    "task.skip_and_move_to" => |world, pick| {
        let task = pick.of(&tasks(world), is_series)?;
        let next = Due::day(date(2026, 4, 1));
        Done::new(on(&task, MOVING).members(Tasks, &task.id, CHOSEN), world.client.task().skip_and_move_to(&task, next).await)
    };
    "task.duplicate" => |world, pick| {
        let task = pick.of(&tasks(world), is_live)?;
        let touch = Touch::default().copy(Tasks, &task.id, &DUPLICATE);
        Done::new(touch, world.client.task().duplicate(&task).await)
    };
    "task.delete" => |world, pick| {
        let task = pick.of(&tasks(world), is_live)?;
        Done::new(trashing([&task]), world.client.task().delete(&task).await)
    };
    "task.restore" => |world, pick| {
        let task = pick.of(&tasks(world), is_trashed)?;
        Done::new(on(&task, TRASH), world.client.task().restore(&task).await)
    };
    "task.restore_to" => |world, pick| {
        let task = pick.of(&tasks(world), is_trashed)?;
        let touch = on(&task, TRASH).members(Tasks, &task.id, ["projectId"]);
        Done::new(touch, world.client.task().restore_to(&task, board()).await)
    };
    "task.restore_all" => |world, pick| {
        let trash: Vec<Task> = tasks(world).into_iter().filter(is_trashed).collect();
        let touch = Touch::default().each(Tasks, trash.iter().map(|task| &task.id), &TRASH);
        Done::several(touch, world.client.task().restore_all(&trash).await)
    };
    "task.empty_trash" => |world, pick| {
        let trash: Vec<Task> = tasks(world).into_iter().filter(is_trashed).collect();
        let touch = purged(world, Touch::default(), &trash);
        Done::new(touch, world.client.task().empty_trash().await)
    };
    "task.delete_forever" => |world, pick| {
        let task = pick.of(&tasks(world), is_live)?;
        let touch = purged(world, trashing([&task]), std::slice::from_ref(&task));
        Done::new(touch, world.client.task().delete_forever([&task]).await)
    };
    "task.batch" => |world, pick| {
        different!(world, pick, is_single, changed, closed, deleted, moved);
        let touch = on(&changed, ["title"]).members(Tasks, &closed.id, CLOSING).born(Tasks, 1);
        let touch = touch.and(trashing([&deleted])).and(super::family::moving(&moved));
        let renamed = { let mut task = changed.clone(); task.title = "x".into(); task };
        let batch = world.client.task().batch().create([TaskDraft::new("new")]).update([renamed]);
        let batch = batch.complete([closed]).delete([deleted]).move_to([moved], ProjectId::from("inbox"));
        Done::several(touch, batch.send().await.and_then(ticktick::task::BatchReport::into_result))
    };
}
