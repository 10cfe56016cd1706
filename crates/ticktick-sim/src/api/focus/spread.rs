//! Focus totals by task, tag, project and time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::api::days::range;
use crate::api::focus::count::{Slice, slices};
use crate::exchange::call::Call;
use crate::exchange::refusal::Answer;
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::day::key;
use crate::world::fields::Fields;

/// Name for anything without a project, tag or title.
const UNKNOWN: &str = "UNKNOWN_CATEGORY";

/// Name of the project and the tag of a habit.
const HABIT: &str = "HABIT_CATEGORY";

/// Seconds by name.
type Seconds = BTreeMap<String, i64>;

/// Returns the focused minutes of a range by project, tag and task.
pub(super) fn by_subject(account: &Account, call: &Call) -> Answer {
    let days = range(call)?;
    let zone = account.tz();
    let (mut projects, mut tags, mut tasks) = (Seconds::new(), Seconds::new(), Seconds::new());
    for row in account.focus.records.live() {
        let within = slices(&row.head, &zone).into_iter().filter(|slice| is_in(&days, slice.day));
        let seconds: i64 = within.map(|slice| slice.seconds).sum();
        if seconds == 0 {
            continue;
        }
        let stretches: Vec<Object> = row.object().read("tasks").unwrap_or_default();
        for (stretch, seconds) in stretches.iter().zip(shares(&stretches, seconds)) {
            let is_habit = stretch.word("habitId").is_some();
            let none = if is_habit { HABIT } else { UNKNOWN };
            let name = |text: Option<String>| text.unwrap_or_else(|| none.to_owned());
            *projects.entry(name(stretch.word("projectName"))).or_default() += seconds;
            let title = stretch.word("title").or_else(|| stretch.word("timerName"));
            *tasks.entry(name(title)).or_default() += seconds;
            let mut names = stretch.texts("tags");
            if names.is_empty() {
                names.push(none.to_owned());
            }
            for tag in names {
                *tags.entry(tag).or_default() += seconds;
            }
        }
    }
    Ok(Reply::json(&json!({
        "projectDurations": minutes(projects),
        "tagDurations": minutes(tags),
        "taskDurations": minutes(tasks),
    })))
}

/// Distributes seconds among the parts of a session in proportion to their durations.
fn shares(stretches: &[Object], seconds: i64) -> Vec<i64> {
    let length = |stretch: &Object| match (stretch.instant("startTime"), stretch.instant("endTime")) {
        (Some(start), Some(end)) => end.duration_since(start).as_secs().max(0),
        _ => 0,
    };
    let lengths: Vec<i64> = stretches.iter().map(length).collect();
    let whole: i128 = lengths.iter().map(|length| i128::from(*length)).sum();
    let (mut past, mut given) = (0, 0);
    let share = |length: &i64| {
        past += i128::from(*length);
        let until = if whole == 0 { i128::from(seconds) } else { i128::from(seconds) * past / whole };
        let part = i64::try_from(until).unwrap_or(seconds) - given;
        given += part;
        part
    };
    lengths.iter().map(share).collect()
}

/// Returns the total focused minutes of a range for each of the 24 hours.
pub(super) fn by_hour(account: &Account, call: &Call) -> Answer {
    let days = range(call)?;
    let mut hours = [0; 24];
    for slice in all(account, &days) {
        hours[usize::try_from(slice.hour).unwrap_or_default() % 24] += slice.seconds;
    }
    let minutes: BTreeMap<String, i64> = (0..24).map(|hour: usize| (hour.to_string(), hours[hour] / 60)).collect();
    Ok(Reply::json(&minutes))
}

/// Returns the focused minutes of every day in a range by hour. Days without focus have no hours.
pub(super) fn by_day_and_hour(account: &Account, call: &Call) -> Answer {
    let days = range(call)?;
    let mut hours: BTreeMap<Date, Seconds> = BTreeMap::new();
    for slice in all(account, &days) {
        *hours.entry(slice.day).or_default().entry(slice.hour.to_string()).or_default() += slice.seconds;
    }
    let day = |day: &Date| {
        let mut answer = json!({ "day": key(*day), "timezone": account.zone });
        if let Some(hours) = hours.remove(day) {
            answer["timeDurations"] = minutes(hours);
        }
        answer
    };
    Ok(Reply::json(&days.iter().map(day).collect::<Vec<_>>()))
}

fn all(account: &Account, days: &[Date]) -> Vec<Slice> {
    let zone = account.tz();
    let slices = account.focus.records.live().flat_map(|row| slices(&row.head, &zone));
    slices.filter(|slice| is_in(days, slice.day) && slice.seconds > 0).collect()
}

/// Returns `true` if a day is in a range of days without gaps.
fn is_in(days: &[Date], day: Date) -> bool {
    days.first().is_some_and(|first| *first <= day) && days.last().is_some_and(|last| day <= *last)
}

fn minutes(seconds: Seconds) -> Value {
    seconds.into_iter().map(|(name, seconds)| (name, Value::from(seconds / 60))).collect()
}
