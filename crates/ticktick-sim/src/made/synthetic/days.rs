//! Habits with their check-ins, and focus records.

use fastrand::Rng;
use jiff::{SignedDuration, ToSpan, civil};
use serde_json::json;

use crate::made::synthetic::outline::{Outline, STEP};
use crate::made::synthetic::words::HABITS;
use crate::world::account::Account;
use crate::world::book::focus::{POMODORO, STOPWATCH};
use crate::world::fields::{object, wire};

/// Number of days before today with check-ins and focus records.
const DAYS: i64 = 60;

/// Number of tasks per focus record, within limits.
const TASKS_FOR_FOCUS: usize = 50;

/// Adds habits, with check-ins on most days.
pub(super) fn habits(account: &mut Account, outline: &Outline, random: &mut Rng) {
    let today = outline.calendar.today();
    for (order, (name, goal)) in (0..).zip(HABITS) {
        let reached: Vec<bool> = (0..DAYS).map(|_| random.u8(..5) > 0).collect();
        let habit = json!({
            "name": name,
            "iconRes": "habit_daily_check_in",
            "sortOrder": order * STEP,
            "status": i64::from(order == 0),
            "type": if *goal > 1.0 { "Real" } else { "Boolean" },
            "goal": goal,
            "step": if *goal > 1.0 { 1.0 } else { 0.0 },
            "unit": if *goal > 1.0 { "Cup" } else { "Count" },
            "repeatRule": "RRULE:FREQ=DAILY;INTERVAL=1",
            "reminders": ["09:00"],
            "totalCheckIns": reached.iter().filter(|done| **done).count(),
            "currentStreak": reached.iter().skip(1).take_while(|done| **done).count(),
        });
        let Ok((id, _)) = account.add_habit(&object(&habit), outline.now) else { break };
        for (ago, _) in (0..DAYS).zip(&reached).filter(|(_, done)| **done) {
            let day = today.checked_sub(ago.days()).unwrap_or(today);
            let at = outline.now.checked_sub(SignedDuration::from_hours(24 * ago)).unwrap_or(outline.now);
            let check_in = json!({ "habitId": id, "checkinStamp": stamp(day), "value": goal, "opTime": wire(at) });
            account.add_check_in(&object(&check_in), outline.now);
        }
    }
}

/// Adds focus sessions of both kinds on some tasks.
pub(super) fn focus(account: &mut Account, outline: &Outline, random: &mut Rng) {
    if outline.tasks == 0 {
        return;
    }
    for _ in 0..(outline.tasks / TASKS_FOR_FOCUS).clamp(10, 1000) {
        let (kind, minutes) = if random.bool() { (POMODORO, 25) } else { (STOPWATCH, random.i64(10..90)) };
        let ago = SignedDuration::from_mins(random.i64(100..DAYS * 24 * 60));
        let start = outline.now.checked_sub(ago).unwrap_or(outline.now);
        let end = start.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(start);
        let record = json!({
            "startTime": wire(start),
            "endTime": wire(end),
            "status": 1,
            "tasks": [{ "taskId": outline.id(random.usize(..outline.tasks)) }],
        });
        drop(account.add_focus(&object(&record), kind, outline.now));
    }
}

/// Formats a day for check-ins.
fn stamp(day: civil::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}
