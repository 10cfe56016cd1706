//! Habits of the Open API, and their check-ins as one record per habit and year.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Value, json};
use ticktick_models::{DayStamp, Object, OpenHabitCheckinDraft, OpenHabitDraft, OpenHabitPatch};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::open::found::refusal;
use crate::open::{body, view};
use crate::world::account::Account;
use crate::world::fields::{Fields, canonical, object, wire};
use crate::world::store::Row;

/// The `status` of a check-in that reached the goal of the day.
const DONE: i64 = 2;

/// Members that a client writes.
const WRITTEN: &[&str] = &[
    "name",
    "iconRes",
    "color",
    "sortOrder",
    "status",
    "encouragement",
    "type",
    "goal",
    "step",
    "unit",
    "repeatRule",
    "reminders",
    "recordEnable",
    "sectionId",
    "targetDays",
    "targetStartDate",
    "completedCycles",
    "exDates",
    "style",
];

/// Members that only the service writes.
const KEPT: &[&str] = &["id", "createdTime", "modifiedTime", "archivedTime", "etag"];

const SECTION: &[&str] = &["id", "name", "sortOrder", "createdTime", "modifiedTime", "etag"];

pub(super) fn list(account: &Account) -> Answer {
    view::list(account.habit.habits.live().map(|row| shown(account, &row.object())))
}

/// Returns the sections of the list of habits.
pub(super) fn list_sections(account: &Account) -> Answer {
    view::list(account.habit.sections.live().map(|row| view::shown(&row.object(), SECTION)))
}

pub(super) fn get(account: &Account, call: &Call) -> Answer {
    let habit = find(account, call)?;
    Ok(Reply::json(&shown(account, &habit)))
}

pub(super) fn create(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenHabitDraft>(call, &[])?;
    let habit = body::picked(&sent, WRITTEN);
    if habit.word("name").is_none() {
        return Err(Refusal::senseless());
    }
    let (id, _) = account.add_habit(&habit, call.now).map_err(|(_, code)| refusal(code))?;
    Ok(one(account, &id))
}

pub(super) fn update(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenHabitPatch>(call, &[])?;
    let mut habit = find(account, call)?;
    let before = habit.int("status");
    habit.merge(body::picked(&sent, WRITTEN));
    match habit.int("status") {
        Some(1) if before != Some(1) => habit.put("archivedTime", wire(call.now)),
        Some(0) => habit.put("archivedTime", ()),
        _ => {}
    }
    habit.put("modifiedTime", wire(call.now));
    account.update_habit(&habit, call.now);
    Ok(one(account, call.path("habitId")))
}

fn one(account: &Account, id: &str) -> Reply {
    Reply::json(&shown(account, &account.habit.habits.get(id).unwrap_or_default()))
}

/// Records the check-in of a day. A second check-in replaces the first and keeps its id.
pub(super) fn check_in(account: &mut Account, call: &Call) -> Answer {
    let sent = body::read::<OpenHabitCheckinDraft>(call, &["time", "opTime"])?;
    let habit = find(account, call)?.text("id").unwrap_or_default();
    let stamp = sent.int("stamp").filter(|stamp| DayStamp(*stamp).date().is_some());
    let stamp = stamp.ok_or_else(Refusal::senseless)?;
    let before = days(account, &habit).into_iter().find(|day| day.int("checkinStamp") == Some(stamp));
    let id = before.and_then(|day| day.text("id")).unwrap_or_else(|| account.make_id());
    let (value, goal) = (sent.read("value").unwrap_or(1.0), sent.read("goal").unwrap_or(1.0));
    let status = sent.int("status").unwrap_or(if value >= goal { DONE } else { 0 });
    let reached = (status == DONE).then(|| wire(call.now));
    let day = json!({
        "id": id,
        "habitId": habit,
        "checkinStamp": stamp,
        "checkinTime": sent.text("time").or(reached),
        "opTime": sent.text("opTime").unwrap_or_else(|| wire(call.now)),
        "value": value,
        "goal": goal,
        "status": status,
    });
    let mut day = object(&day);
    canonical(&mut day, &["checkinTime", "opTime"]);
    account.add_check_in(&day, call.now);
    let year = stamp / 10_000;
    let days = days(account, &habit).into_iter().filter(|day| year_of(day) == year).collect();
    Ok(Reply::json(&record(&habit, year, days)))
}

/// Returns the check-ins of some habits in a range of days that includes both ends.
pub(super) fn list_check_ins(account: &Account, call: &Call) -> Answer {
    let habits = body::needed(call, "habitIds")?;
    let range = body::number(call, "from")?..=body::number(call, "to")?;
    let mut records = Vec::new();
    for habit in habits.split(',').map(str::trim) {
        let mut years: BTreeMap<i64, Vec<Object>> = BTreeMap::new();
        for day in days(account, habit) {
            if day.int("checkinStamp").is_some_and(|stamp| range.contains(&stamp)) {
                years.entry(year_of(&day)).or_default().push(day);
            }
        }
        records.extend(years.into_iter().map(|(year, days)| record(habit, year, days)));
    }
    view::list(records.iter())
}

fn find(account: &Account, call: &Call) -> Result<Object, Refusal> {
    account.habit.habits.get(call.path("habitId")).ok_or_else(Refusal::senseless)
}

/// Returns the check-ins of a habit by day.
fn days(account: &Account, habit: &str) -> Vec<Object> {
    let mut rows: Vec<_> = account.habit.check_ins.live().filter(|row| *row.head.habit == *habit).collect();
    rows.sort_by_key(|row| row.head.stamp);
    rows.into_iter().map(Row::object).collect()
}

fn year_of(day: &Object) -> i64 {
    day.int("checkinStamp").unwrap_or_default() / 10_000
}

/// Shows a habit. Members that clients count themselves are computed from the check-ins.
fn shown(account: &Account, habit: &Object) -> Object {
    let mut view = view::shown(habit, &[KEPT, WRITTEN].concat());
    let id = habit.text("id").unwrap_or_default();
    let done = days(account, &id).iter().filter(|day| day.int("status") == Some(DONE)).count();
    view.put("totalCheckIns", done);
    view
}

/// Shows the check-ins of a habit in a year.
///
/// Check-ins are stored by day, so the id and the etag of the record are computed from its content.
fn record(habit: &str, year: i64, days: Vec<Object>) -> Value {
    let shown: Vec<Value> = days.iter().map(shown_day).collect();
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(&shown).unwrap_or_default().hash(&mut hasher);
    let times = || days.iter().filter_map(|day| day.instant("opTime"));
    json!({
        "id": format!("{year:04}{}", habit.get(4..).unwrap_or(habit)),
        "habitId": habit,
        "year": year,
        "createdTime": times().min().map(wire),
        "modifiedTime": times().max().map(wire),
        "etag": format!("{:08x}", hasher.finish() as u32),
        "checkins": shown,
    })
}

fn shown_day(day: &Object) -> Value {
    let mut shown = json!({
        "id": day.text("id"),
        "stamp": day.int("checkinStamp"),
        "opTime": day.text("opTime"),
        "value": day.read::<f64>("value"),
        "goal": day.read::<f64>("goal"),
        "status": day.int("status"),
    });
    if let Some(time) = day.word("checkinTime") {
        shown["time"] = time.into();
    }
    shown
}
