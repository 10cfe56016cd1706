//! Saved filters, countdowns, timers and focus sessions.

use jiff::civil::date;
use ticktick::countdown::{Countdown, CountdownDraft, CountdownPatch};
use ticktick::filter::FilterPatch;
use ticktick::focus::{FocusRecord, Timer, TimerDraft};
use ticktick::project::ViewMode;
use ticktick::{Filter, FilterDraft, FocusDraft, Task};
use ticktick_sim::Collection::{Countdowns, Filters, FocusRecords, Tasks, Timers};

use super::{Done, is_live, writes};
use crate::touch::Touch;
use crate::world::World;

fn filters(world: &World) -> Vec<Filter> {
    world.all(Filters)
}

fn countdowns(world: &World) -> Vec<Countdown> {
    world.all(Countdowns)
}

fn timers(world: &World) -> Vec<Timer> {
    world.all(Timers)
}

fn records(world: &World) -> Vec<FocusRecord> {
    world.all(FocusRecords)
}

fn any<T>(_: &T) -> bool {
    true
}

/// Makes a patch of a filter a write.
macro_rules! filter {
    ($world:ident, $pick:ident, $member:literal, $patch:expr) => {{
        let filter = $pick.of(&filters($world), any)?;
        let touch = Touch::default().members(Filters, &filter.id, [$member]);
        Done::new(touch, $world.client.filter().patch(&filter, $patch).await)
    }};
}

/// Makes a patch of a countdown a write.
macro_rules! countdown {
    ($world:ident, $pick:ident, $members:expr, $patch:expr) => {{
        let countdown = $pick.of(&countdowns($world), any)?;
        let touch = Touch::default().members(Countdowns, &countdown.id, $members);
        Done::new(touch, $world.client.countdown().patch(&countdown, $patch).await)
    }};
}

writes! {
    "filter.create" => |world, pick| {
        let draft = FilterDraft::new("new", r#"{"type":0,"and":[],"version":1}"#);
        Done::new(Touch::default().born(Filters, 1), world.client.filter().create(draft).await)
    };
    "filter.update" => |world, pick| {
        let mut filter = pick.of(&filters(world), any)?;
        filter.sort_order = 9_007_199_254_740_993.into();
        let touch = Touch::default().members(Filters, &filter.id, ["sortOrder"]);
        Done::new(touch, world.client.filter().update(&filter).await)
    };
    "filter.rename" => |world, pick| {
        let filter = pick.of(&filters(world), any)?;
        let touch = Touch::default().members(Filters, &filter.id, ["name"]);
        Done::new(touch, world.client.filter().rename(&filter, "renamed").await)
    };
    "filter.patch name" => |world, pick| filter!(world, pick, "name", FilterPatch::new().name("renamed"));
    "filter.patch rule" => |world, pick|
        filter!(world, pick, "rule", FilterPatch::new().rule(r#"{"type":0,"and":[],"version":1}"#));
    "filter.patch view mode" => |world, pick|
        filter!(world, pick, "viewMode", FilterPatch::new().view_mode(ViewMode::Kanban));
    "filter.patch clear view mode" => |world, pick| filter!(world, pick, "viewMode", FilterPatch::new().clear_view_mode());
    "filter.patch sort order" => |world, pick| filter!(world, pick, "sortOrder", FilterPatch::new().sort_order(i64::MAX));
    "filter.delete" => |world, pick| {
        let filter = pick.of(&filters(world), any)?;
        Done::new(Touch::default().gone(Filters, &filter.id), world.client.filter().delete(&filter).await)
    };
    "countdown.create" => |world, pick| {
        let draft = CountdownDraft::new("new", date(2026, 12, 24)).yearly().remark("x");
        Done::new(Touch::default().born(Countdowns, 1), world.client.countdown().create(draft).await)
    };
    "countdown.update" => |world, pick| {
        let mut countdown = pick.of(&countdowns(world), any)?;
        countdown.sort_order = 9_007_199_254_740_993.into();
        let touch = Touch::default().members(Countdowns, &countdown.id, ["sortOrder"]);
        Done::new(touch, world.client.countdown().update(&countdown).await)
    };
    "countdown.patch name" => |world, pick| countdown!(world, pick, ["name"], CountdownPatch::new().name("renamed"));
    "countdown.patch day" => |world, pick|
        countdown!(world, pick, ["date"], CountdownPatch::new().day(date(2027, 1, 1)));
    "countdown.patch color" => |world, pick| countdown!(world, pick, ["color"], CountdownPatch::new().color("#35D870"));
    "countdown.patch clear color" => |world, pick| countdown!(world, pick, ["color"], CountdownPatch::new().clear_color());
    "countdown.patch remark" => |world, pick|
        countdown!(world, pick, ["remark", "showRemark"], CountdownPatch::new().remark("y"));
    "countdown.patch clear remark" => |world, pick|
        countdown!(world, pick, ["remark", "showRemark"], CountdownPatch::new().clear_remark());
    "countdown.patch yearly" => |world, pick|
        countdown!(world, pick, ["repeatFlag"], CountdownPatch::new().yearly());
    "countdown.archive" => |world, pick| {
        let countdown = pick.of(&countdowns(world), |one| one.archived_time.get().is_none())?;
        let touch = Touch::default().members(Countdowns, &countdown.id, ["archivedTime"]);
        Done::new(touch, world.client.countdown().archive(&countdown).await)
    };
    "countdown.unarchive" => |world, pick| {
        let countdown = pick.of(&countdowns(world), |one| one.archived_time.get().is_some())?;
        let touch = Touch::default().members(Countdowns, &countdown.id, ["archivedTime"]);
        Done::new(touch, world.client.countdown().unarchive(&countdown).await)
    };
    "countdown.delete" => |world, pick| {
        let countdown = pick.of(&countdowns(world), any)?;
        Done::new(Touch::default().gone(Countdowns, &countdown.id), world.client.countdown().delete(&countdown).await)
    };
    "focus.create" => |world, pick| {
        let task = pick.of(&world.all::<Task>(Tasks), is_live)?;
        let (start, end) = ("2026-02-27T10:00:00Z".parse().unwrap(), "2026-02-27T10:25:00Z".parse().unwrap());
        let draft = FocusDraft::new(start, end).on_task(&task).note("x");
        Done::new(Touch::default().born(FocusRecords, 1), world.client.focus().create(draft).await)
    };
    "focus.update" => |world, pick| {
        let mut record = pick.of(&records(world), any)?;
        record.note = "changed".into();
        let touch = Touch::default().members(FocusRecords, &record.id, ["note"]);
        Done::new(touch, world.client.focus().update(&record).await)
    };
    "focus.delete" => |world, pick| {
        let record = pick.of(&records(world), any)?;
        Done::new(Touch::default().gone(FocusRecords, &record.id), world.client.focus().delete(&record).await)
    };
    "focus.create_timer" => |world, pick|
        Done::new(Touch::default().born(Timers, 1), world.client.focus().create_timer(TimerDraft::pomodoro("new", 50)).await);
    "focus.update_timer" => |world, pick| {
        let mut timer = pick.of(&timers(world), any)?;
        timer.sort_order = 9_007_199_254_740_993.into();
        let touch = Touch::default().members(Timers, &timer.id, ["sortOrder"]);
        Done::new(touch, world.client.focus().update_timer(&timer).await)
    };
    "focus.delete_timer" => |world, pick| {
        let timer = pick.of(&timers(world), any)?;
        Done::new(Touch::default().gone(Timers, &timer.id), world.client.focus().delete_timer(&timer).await)
    };
}
