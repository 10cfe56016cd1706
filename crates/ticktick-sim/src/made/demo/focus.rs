//! The focus sessions of the demo user.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::made::demo::sketch::Today;
use crate::world::account::Account;
use crate::world::book::focus::{POMODORO, STOPWATCH};
use crate::world::fields::{Fields, object, wire};

/// Number of days before today with sessions.
const DAYS: i64 = 20;

/// Titles of the tasks of the sessions.
const SUBJECTS: &[&str] = &["Write the landing page", "Send the quarterly report", "Learn twenty phrases"];

/// Adds two timers and the sessions of three weeks, which are more than a page of the timeline.
pub(super) fn fill(account: &mut Account, today: &Today, now: Timestamp) {
    let timers = [
        json!({ "name": "Deep work", "icon": "timer_deep_work", "color": "#4772FA", "pomodoroTime": 50 }),
        json!({ "name": "Reading", "icon": "timer_reading", "color": "#35D870", "type": "timing", "sortOrder": 1_i64 << 40 }),
    ];
    let timers: Vec<String> =
        timers.into_iter().filter_map(|timer| account.add_timer(&object(&timer), now).ok()).map(|(id, _)| id).collect();
    for ago in (0..=DAYS).rev() {
        // A fixed pattern approximates weekends.
        if ago % 7 == 5 {
            continue;
        }
        let about = task(account, SUBJECTS[usize::try_from(ago).unwrap_or_default() % SUBJECTS.len()]);
        add(account, POMODORO, today.at(-ago, 9, 0), 25, &about, now);
        add(account, POMODORO, today.at(-ago, 9, 30), if ago % 4 == 0 { 15 } else { 25 }, &about, now);
        if let Some(timer) = timers.get(usize::from(ago % 2 == 0)) {
            add(account, STOPWATCH, today.at(-ago, 21, 15), 40, &json!({ "timerId": timer }), now);
        }
    }
}

/// Returns a reference to a task with a title.
fn task(account: &Account, title: &str) -> Value {
    let found = account.tasks.ids(|row| row.object().text("title").as_deref() == Some(title)).pop();
    found.map_or_else(|| json!({}), |id| json!({ "taskId": id }))
}

/// Adds a session, unless it would end in the future; a session too short for a pomodoro counts as
/// abandoned.
fn add(account: &mut Account, kind: i64, start: Timestamp, minutes: i64, about: &Value, now: Timestamp) {
    let end = start.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(start);
    if end > now {
        return;
    }
    let record = json!({
        "startTime": wire(start),
        "endTime": wire(end),
        "status": if minutes < 25 { 3 } else { 1 },
        "tasks": [about],
    });
    drop(account.add_focus(&object(&record), kind, now));
}
