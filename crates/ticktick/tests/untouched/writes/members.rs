//! Writes to single members of a task.

use jiff::civil::date;
use jiff::tz::TimeZone;
use ticktick::column::ColumnId;
use ticktick::task::TaskKind;
use ticktick::{Due, Priority, Task, TaskPatch};

use super::{is_live, is_open, is_single, task_writes};
use crate::world::id;

/// Reminders follow the kind of date.
const DATES: [&str; 8] =
    ["startDate", "dueDate", "isAllDay", "isFloating", "timeZone", "reminders", "reminders/*", "reminders/*/trigger"];

fn body(task: &Task) -> &'static str {
    if task.kind == TaskKind::Checklist { "desc" } else { "content" }
}

fn has_date(task: &Task) -> bool {
    is_open(task) && task.due_date.get().is_some()
}

fn has_rule(task: &Task) -> bool {
    has_date(task) && !is_single(task)
}

fn has_column(task: &Task) -> bool {
    is_open(task) && task.column_id.get().is_some()
}

/// Changes one member of a task that was read before.
fn changed(task: &Task, change: impl FnOnce(&mut Task)) -> Task {
    let mut task = task.clone();
    change(&mut task);
    task
}

task_writes! {
    "task.update title", is_live => |client, task, pick| ["title"],
        client.task().update(&changed(&task, |task| task.title = "x".into()));
    "task.update imgMode", is_live => |client, task, pick| ["imgMode"],
        client.task().update(&changed(&task, |task| task.img_mode = 3.into()));
    "task.update sortOrder", is_live => |client, task, pick| ["sortOrder"],
        client.task().update(&changed(&task, |task| task.sort_order = 9_007_199_254_740_993.into()));
    "task.update isAllDay", has_date => |client, task, pick| ["isAllDay"],
        client.task().update(&changed(&task, |task| task.is_all_day = (task.is_all_day != true).into()));
    "task.update nothing", is_open => |client, task, pick| ["modifiedTime"],
        client.task().update(&task);
    "task.patch title", is_open => |client, task, pick| ["title"],
        client.task().patch(&task, TaskPatch::new().title(format!("{}", pick.below(9))));
    "task.patch content", is_open => |client, task, pick| [body(&task)],
        client.task().patch(&task, TaskPatch::new().content(format!("- [ ] {}\n", pick.below(9))));
    "task.patch priority", is_open => |client, task, pick| ["priority"],
        client.task().patch(&task, TaskPatch::new().priority(Priority::Low));
    "task.patch due day", is_open => |client, task, pick| DATES,
        client.task().patch(&task, TaskPatch::new().due(Due::day(date(2026, 5, 1))));
    "task.patch due moment", is_open => |client, task, pick| DATES, {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let moment: jiff::Timestamp = "2026-10-25T00:30:00Z".parse().unwrap();
        client.task().patch(&task, TaskPatch::new().due(Due::At(moment.to_zoned_datetime(zone))))
    };
    "task.patch due floating", is_open => |client, task, pick| DATES,
        client.task().patch(&task, TaskPatch::new().due(Due::floating(date(2026, 5, 1).at(9, 0, 0, 0))));
    "task.patch clear due", has_date => |client, task, pick| ["startDate", "dueDate", "repeatFlag", "repeatFirstDate", "reminders", "reminders/*"],
        client.task().patch(&task, TaskPatch::new().clear_due());
    "task.patch repeat", has_date => |client, task, pick| ["repeatFlag"],
        client.task().patch(&task, TaskPatch::new().repeat("RRULE:FREQ=DAILY;INTERVAL=2"));
    "task.patch clear repeat", has_rule => |client, task, pick| ["repeatFlag", "repeatFirstDate"],
        client.task().patch(&task, TaskPatch::new().clear_repeat());
    "task.patch column", is_open => |client, task, pick| ["columnId"],
        client.task().patch(&task, TaskPatch::new().column(id("#09")));
    "task.patch clear column", has_column => |client, task, pick| ["columnId"],
        client.task().patch(&task, TaskPatch::new().clear_column());
    "task.move_to_column", is_open => |client, task, pick| ["columnId"],
        client.task().move_to_column(&task, ColumnId::from(id("#07")));
    "task.pin", |task| is_open(task) && !task.is_pinned() => |client, task, pick| ["pinnedTime"],
        client.task().pin(&task);
    "task.unpin", |task| is_open(task) && task.is_pinned() => |client, task, pick| ["pinnedTime"],
        client.task().unpin(&task);
    "task.reopen", |task| is_live(task) && !task.is_open() => |client, task, pick| ["status", "completedTime", "completedUserId"],
        client.task().reopen(&task);
}
