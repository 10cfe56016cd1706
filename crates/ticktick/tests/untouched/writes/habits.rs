//! Habits, their check-ins and sections.

use jiff::civil::{date, time};
use ticktick::habit::{HabitCheckin, HabitId, HabitPatch, HabitSection};
use ticktick::models::HabitType;
use ticktick::{CheckIn, Habit, HabitDraft};
use ticktick_sim::Collection::{HabitCheckins, HabitSections, Habits};

use super::{Done, writes};
use crate::touch::Touch;
use crate::world::{World, id};

/// Counting is the work of clients.
const COUNTERS: [&str; 2] = ["totalCheckIns", "currentStreak"];

/// What a check-in of a day that has one changes of it.
const CHECK_IN: [&str; 4] = ["status", "value", "checkinTime", "opTime"];

fn habits(world: &World) -> Vec<Habit> {
    world.all(Habits)
}

fn sections(world: &World) -> Vec<HabitSection> {
    world.all(HabitSections)
}

fn any<T>(_: &T) -> bool {
    true
}

fn is_archived(habit: &Habit) -> bool {
    habit.archived_time.get().is_some()
}

fn has_amount(habit: &Habit) -> bool {
    habit.r#type != HabitType::Boolean
}

/// Returns what a check-in may touch: the habit's counters, and the check-in of that day, if there is one.
fn checking_in(world: &World, habit: &HabitId, stamp: i64) -> Touch {
    let touch = Touch::default().members(Habits, habit, COUNTERS);
    let check_ins = world.all::<HabitCheckin>(HabitCheckins);
    match check_ins.iter().find(|one| one.habit_id == *habit && one.checkin_stamp.0 == stamp) {
        Some(check_in) => touch.members(HabitCheckins, &check_in.id, CHECK_IN),
        None => touch.born(HabitCheckins, 1),
    }
}

/// Makes a patch of a habit a write.
macro_rules! patch {
    ($world:ident, $pick:ident, $fits:expr, $member:literal, $patch:expr) => {{
        let habit = $pick.of(&habits($world), $fits)?;
        let touch = Touch::default().members(Habits, &habit.id, [$member]);
        Done::new(touch, $world.client.habit().patch(&habit, $patch).await)
    }};
}

/// Makes a check-in a write.
macro_rules! check_in {
    ($world:ident, $pick:ident, $fits:expr, $stamp:expr, $check_in:expr) => {{
        let habit = $pick.of(&habits($world), $fits)?;
        let touch = checking_in($world, &habit.id, $stamp);
        Done::new(touch, $world.client.habit().check_in(&habit, $check_in).await)
    }};
}

writes! {
    "habit.create" => |world, pick| {
        let draft = HabitDraft::new("new").section(pick.of(&sections(world), any)?).reminder(time(9, 0, 0, 0));
        Done::new(Touch::default().born(Habits, 1), world.client.habit().create(draft).await)
    };
    "habit.update" => |world, pick| {
        let mut habit = pick.of(&habits(world), any)?;
        habit.encouragement = "go on".into();
        let touch = Touch::default().members(Habits, &habit.id, ["encouragement"]);
        Done::new(touch, world.client.habit().update(&habit).await)
    };
    "habit.patch name" => |world, pick| patch!(world, pick, any, "name", HabitPatch::new().name("renamed"));
    "habit.patch color" => |world, pick| patch!(world, pick, any, "color", HabitPatch::new().color("#4772FA"));
    "habit.patch goal" => |world, pick| patch!(world, pick, any, "goal", HabitPatch::new().goal(3.5));
    "habit.patch step" => |world, pick| patch!(world, pick, any, "step", HabitPatch::new().step(0.5));
    "habit.patch unit" => |world, pick| patch!(world, pick, any, "unit", HabitPatch::new().unit("Page"));
    "habit.patch section" => |world, pick|
        patch!(world, pick, any, "sectionId", HabitPatch::new().section(pick.of(&sections(world), any)?));
    "habit.patch clear section" => |world, pick|
        patch!(world, pick, |habit| habit.section_id != "-1", "sectionId", HabitPatch::new().clear_section());
    "habit.patch repeat" => |world, pick|
        patch!(world, pick, any, "repeatRule", HabitPatch::new().repeat("RRULE:FREQ=DAILY;INTERVAL=2"));
    "habit.patch reminders" => |world, pick|
        patch!(world, pick, any, "reminders", HabitPatch::new().reminders([time(7, 30, 0, 0)]));
    "habit.patch clear reminders" => |world, pick|
        patch!(world, pick, |habit| !habit.reminders.is_empty(), "reminders", HabitPatch::new().clear_reminders());
    "habit.patch note" => |world, pick|
        patch!(world, pick, any, "recordEnable", HabitPatch::new().asks_for_note(true));
    "habit.patch target" => |world, pick|
        patch!(world, pick, any, "targetStartDate", HabitPatch::new().target_start(date(2026, 3, 1)));
    "habit.archive" => |world, pick| {
        let habit = pick.of(&habits(world), |habit| !is_archived(habit))?;
        let touch = Touch::default().members(Habits, &habit.id, ["status", "archivedTime"]);
        Done::new(touch, world.client.habit().archive(&habit).await)
    };
    "habit.unarchive" => |world, pick| {
        let habit = pick.of(&habits(world), is_archived)?;
        let touch = Touch::default().members(Habits, &habit.id, ["status", "archivedTime"]);
        Done::new(touch, world.client.habit().unarchive(&habit).await)
    };
    "habit.move_before" => |world, pick| {
        let all = habits(world);
        let habit = pick.of(&all, any)?;
        let next = pick.of(&all, |other| other.id != habit.id)?;
        let touch = Touch::default().each(Habits, all.iter().map(|habit| &habit.id), &["sortOrder"]);
        Done::new(touch, world.client.habit().move_before(&habit, &next).await)
    };
    "habit.move_after" => |world, pick| {
        let all = habits(world);
        let habit = pick.of(&all, any)?;
        let next = pick.of(&all, |other| other.id != habit.id)?;
        let touch = Touch::default().each(Habits, all.iter().map(|habit| &habit.id), &["sortOrder"]);
        Done::new(touch, world.client.habit().move_after(&habit, &next).await)
    };
    "habit.delete" => |world, pick| {
        let habit = pick.of(&habits(world), any)?;
        let check_ins = world.all::<HabitCheckin>(HabitCheckins).into_iter().filter(|one| one.habit_id == habit.id);
        let touch = Touch::default().gone(Habits, &habit.id);
        let touch = check_ins.fold(touch, |touch, check_in| touch.gone(HabitCheckins, check_in.id));
        Done::new(touch, world.client.habit().delete(&habit).await)
    };
    "habit.check_in" => |world, pick| check_in!(world, pick, any, 20_260_301, CheckIn::done());
    "habit.check_in past day" => |world, pick|
        check_in!(world, pick, any, 20_260_228, CheckIn::done().on(date(2026, 2, 28)));
    "habit.check_in undone" => |world, pick|
        check_in!(world, pick, any, 20_260_228, CheckIn::undone().on(date(2026, 2, 28)));
    "habit.check_in amount" => |world, pick| check_in!(world, pick, has_amount, 20_260_301, CheckIn::amount(1.25));
    "habit.check_in cleared" => |world, pick|
        check_in!(world, pick, |habit| habit.id.as_str() == id("#15"), 20_260_301, CheckIn::cleared());
    "habit.create_section" => |world, pick|
        Done::new(Touch::default().born(HabitSections, 1), world.client.habit().create_section("new").await);
    "habit.rename_section" => |world, pick| {
        let section = pick.of(&sections(world), any)?;
        let touch = Touch::default().members(HabitSections, &section.id, ["name"]);
        Done::new(touch, world.client.habit().rename_section(&section, "renamed").await)
    };
    "habit.delete_section" => |world, pick| {
        let section = pick.of(&sections(world), any)?;
        let inside = habits(world).into_iter().filter(|habit| habit.section_id == section.id);
        let touch = Touch::default().each(Habits, inside.map(|habit| habit.id), &["sectionId"]);
        Done::new(touch.gone(HabitSections, &section.id), world.client.habit().delete_section(&section).await)
    };
}
