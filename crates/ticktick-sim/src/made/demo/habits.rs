//! The habits of the demo user, with four weeks of check-ins.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use crate::made::demo::sketch::Today;
use crate::world::account::Account;
use crate::world::day::{plus, stamp};
use crate::world::fields::{object, wire};

/// Number of days before today with check-ins.
const DAYS: i64 = 27;

/// A short description of a habit.
struct Draft {
    name: &'static str,
    icon: &'static str,
    /// Index of its section among the built-in ones.
    section: usize,
    rule: &'static str,
    goal: f64,
    unit: &'static str,
    /// Returns the amount on a day, given as a number of days ago; `None` for no check-in.
    reached: fn(i64) -> Option<f64>,
    archived: bool,
}

const DRAFTS: &[Draft] = &[
    Draft {
        name: "Drink water",
        icon: "habit_drink_water",
        section: 0,
        rule: "RRULE:FREQ=DAILY;INTERVAL=1",
        goal: 8.0,
        unit: "Cup",
        reached: |ago| {
            Some(if ago == 0 {
                3.0
            } else if ago % 6 == 5 {
                5.0
            } else {
                8.0
            })
        },
        archived: false,
    },
    Draft {
        name: "Read before bed",
        icon: "habit_reading",
        section: 2,
        rule: "RRULE:FREQ=DAILY;INTERVAL=1",
        goal: 1.0,
        unit: "Count",
        reached: |ago| (ago > 0 && ago % 5 != 4).then_some(1.0),
        archived: false,
    },
    Draft {
        name: "Run",
        icon: "habit_running",
        section: 0,
        rule: "RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3",
        goal: 5.0,
        unit: "Kilometer",
        reached: |ago| (ago % 7 == 1 || ago % 7 == 3).then_some(5.0),
        archived: false,
    },
    Draft {
        name: "Learn the ukulele",
        icon: "habit_music",
        section: 1,
        rule: "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,SA",
        goal: 20.0,
        unit: "Minute",
        reached: |ago| (ago > 20 && ago % 3 == 0).then_some(20.0),
        archived: true,
    },
];

/// Adds the habits, their check-ins, two notes and a section.
pub(super) fn fill(account: &mut Account, today: &Today, now: Timestamp) {
    drop(account.add_section(&object(&json!({ "name": "Weekend", "sortOrder": 3_i64 << 40 })), now));
    for (place, draft) in (0_i64..).zip(DRAFTS) {
        add(account, draft, place << 40, today, now);
    }
}

fn add(account: &mut Account, draft: &Draft, order: i64, today: &Today, now: Timestamp) {
    let section = account.habit.sections.live().nth(draft.section).map(|row| row.id.to_string());
    let reached = |ago: i64| (draft.reached)(ago);
    let is_done = |ago: &i64| reached(*ago).is_some_and(|value| value >= draft.goal);
    let habit = json!({
        "name": draft.name,
        "iconRes": draft.icon,
        "sectionId": section,
        "sortOrder": order,
        "status": i64::from(draft.archived),
        "archivedTime": draft.archived.then(|| wire(today.at(-18, 20, 0))),
        "type": if draft.goal > 1.0 { "Real" } else { "Boolean" },
        "goal": draft.goal,
        "step": if draft.goal > 1.0 { 1.0 } else { 0.0 },
        "unit": draft.unit,
        "repeatRule": draft.rule,
        "reminders": ["09:00"],
        "recordEnable": draft.section == 2,
        "totalCheckIns": (0..=DAYS).filter(is_done).count(),
        "currentStreak": (1..=DAYS).take_while(is_done).count(),
        "createdTime": wire(today.at(-DAYS - 1, 8, 0)),
    });
    let Ok((id, _)) = account.add_habit(&object(&habit), now) else { return };
    for ago in (0..=DAYS).rev() {
        let day = plus(today.date(), -ago);
        if let Some(value) = reached(ago) {
            check_in(account, &id, day, value, today.at(-ago, 7, 45).min(now), now);
        }
        if draft.section == 2 && (ago == 1 || ago == 8) {
            account.add_habit_note(&id, stamp(day), "Two chapters.", now);
        }
    }
}

fn check_in(account: &mut Account, habit: &str, day: Date, value: f64, at: Timestamp, now: Timestamp) {
    let check_in = json!({ "habitId": habit, "checkinStamp": stamp(day), "value": value, "opTime": wire(at) });
    account.add_check_in(&object(&check_in), now);
}
