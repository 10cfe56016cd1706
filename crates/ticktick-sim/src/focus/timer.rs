//! Saved timers and their use.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use serde_json::json;
use ticktick_models::{Object, Timer};

use super::count::Focused;
use super::record::{is_about, newest_first};
use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Stored};
use crate::call::Call;
use crate::day::{key, range, week_of};
use crate::fields::{Fields, canonical};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::shape;

const INSTANTS: &[&str] = &["createdTime", "modifiedTime"];

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
    pub(crate) fn add_timer(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut timer = sent.clone();
        timer.put("id", &id);
        if let Some(stored) = self.update_timer(&timer, now) {
            return Ok(stored);
        }
        self.room(self.focus.timers.len(), "timerNumber", &id)?;
        Ok((id, self.save_timer(timer, now)))
    }

    fn update_timer(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.focus.timers.get(&id)?;
        let timer = self.updated(&stored, sent);
        Some((id, self.save_timer(timer, now)))
    }

    fn save_timer(&mut self, mut timer: Object, now: Timestamp) -> String {
        canonical(&mut timer, INSTANTS);
        for (name, value) in [("name", ""), ("icon", "timer_default"), ("color", "#4772FA"), ("type", "pomodoro")] {
            timer.fill(name, value);
        }
        for (name, value) in [("pomodoroTime", 25), ("status", 0), ("sortOrder", 0)] {
            timer.fill(name, value);
        }
        self.save(|account| &mut account.focus.timers, &mut timer, now)
    }

    /// Counts the sessions of a timer; zero for an unknown one.
    fn focused_by_timer(&self, id: &str) -> Focused {
        Focused::of(self, |row| is_about(row, "timerId", id))
    }
}

/// Answers how much a timer was used, in minutes.
pub(super) fn overview(account: &Account, call: &Call) -> Reply {
    let focused = account.focused_by_timer(call.path("timerId"));
    let today = account.today(call.now);
    Reply::json(&json!({
        "days": focused.day_count(),
        "today": focused.between(today, today).1,
        "total": focused.total().1,
    }))
}

/// Answers the sessions of a timer, in the form of other sessions.
pub(super) fn timeline(account: &Account, call: &Call) -> Reply {
    newest_first(account, |row| is_about(row, "timerId", call.path("timerId")), usize::MAX)
}

/// Answers the minutes of a timer by interval, in the form of other counts, under the first day.
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
