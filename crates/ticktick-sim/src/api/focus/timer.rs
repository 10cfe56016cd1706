//! Saved timers and their statistics.

use jiff::civil::{Date, Weekday};
use serde_json::json;
use ticktick_models::Timer;

use crate::api::days::range;
use crate::api::focus::count::Focused;
use crate::api::focus::record::{is_about, newest_first};
use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::shape;
use crate::world::account::Account;
use crate::world::day::{key, week_of};
use crate::world::focus::timer::INSTANTS;

pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    let required = [("id", json!("")), ("name", json!(""))];
    batch.sent().try_for_each(|sent| shape::check::<Timer>(sent, &required, INSTANTS))?;
    let deleted: Vec<String> = batch.delete()?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_timer(&sent, call.now));
    }
    for sent in batch.update() {
        outcome.note_some(account.update_timer(&sent, call.now));
    }
    for id in deleted {
        let stamp = account.stamp(call.now);
        account.focus.timers.remove(&id, stamp);
    }
    Ok(outcome.reply())
}

impl Account {
    /// Counts the sessions of a timer. An unknown timer has none.
    fn focused_by_timer(&self, id: &str) -> Focused {
        Focused::of(self, |row| is_about(row, "timerId", id))
    }
}

/// Returns the minutes and days of a timer.
pub(super) fn overview(account: &Account, call: &Call) -> Reply {
    let focused = account.focused_by_timer(call.path("timerId"));
    let today = account.today(call.now);
    Reply::json(&json!({
        "days": focused.day_count(),
        "today": focused.between(today, today).1,
        "total": focused.total().1,
    }))
}

/// Returns the sessions of a timer, in the same form as other sessions.
pub(super) fn timeline(account: &Account, call: &Call) -> Reply {
    newest_first(account, |row| is_about(row, "timerId", call.path("timerId")), usize::MAX)
}

/// Returns the minutes of a timer by interval. Each interval is identified by its first day.
pub(super) fn statistics(account: &Account, call: &Call) -> Answer {
    let days = range(call)?;
    let first: fn(Date) -> Date = match call.path("interval").to_lowercase().as_str() {
        "day" => |day| day,
        "week" => |day| week_of(day, Weekday::Sunday),
        "month" => Date::first_of_month,
        "year" => |day| day.first_of_year(),
        _ => return Err(Refusal::senseless()),
    };
    let focused = account.focused_by_timer(call.path("timerId"));
    let mut spans: Vec<(Date, i64)> = Vec::new();
    for day in days {
        let (start, minutes) = (first(day), focused.between(day, day).1);
        match spans.last_mut() {
            Some((last, sum)) if *last == start => *sum += minutes,
            _ => spans.push((start, minutes)),
        }
    }
    let span =
        |(day, minutes): &(Date, i64)| json!({ "duration": minutes, "day": key(*day), "timezone": account.zone });
    Ok(Reply::json(&spans.iter().map(span).collect::<Vec<_>>()))
}
