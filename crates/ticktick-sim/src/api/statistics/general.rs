//! Score, level and counts of recent days, weeks and months.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use serde_json::{Map, Value, json};

use crate::api::focus::count::Focused;
use crate::api::statistics::facts::{Fact, facts};
use crate::world::account::Account;
use crate::world::day::{key, plus, week_of};
use crate::world::user::pomodoro;

/// Number of days, weeks and months in the response.
const RECENT: usize = 7;

/// Points of a task that was completed in time, of a late one, and of a pomodoro.
const IN_TIME: i64 = 2;
const LATE: i64 = 1;
const POMODORO: i64 = 1;

/// Points per level.
const LEVEL: i64 = 100;

/// A first and a last day.
type Span = (Date, Date);

pub(super) fn general(account: &Account, now: Timestamp) -> Value {
    let (facts, focused, goals) = (facts(account), Focused::of(account, |_| true), pomodoro(account));
    let today = account.today(now);
    let (day, yesterday) = ((today, today), (plus(today, -1), plus(today, -1)));
    let completed = |span: Span| completed(&facts, span);
    let focus = |span: Span| focused.between(span.0, span.1);
    let score_now = score(&facts, &focused, None);
    let by = |spans: &[Span], count: &dyn Fn(Span) -> Value| -> Map<String, Value> {
        spans.iter().map(|span| (key(span.0), count(*span))).collect()
    };
    let tasks = |span: Span| json!({ "completeCount": completed(span), "notCompleteCount": open(&facts, span) });
    let pomos = |span: Span| json!({ "count": focus(span).0, "duration": focus(span).1 });
    let (days, weeks, months) = (days(today), weeks(today), months(today));
    json!({
        "score": score_now,
        "level": level(score_now),
        "todayCompleted": completed(day),
        "yesterdayCompleted": completed(yesterday),
        "totalCompleted": facts.iter().filter(|fact| fact.is_completed()).count(),
        "todayPomoCount": focus(day).0,
        "yesterdayPomoCount": focus(yesterday).0,
        "totalPomoCount": focused.total().0,
        "todayPomoDuration": focus(day).1,
        "yesterdayPomoDuration": focus(yesterday).1,
        "totalPomoDuration": focused.total().1,
        "pomoGoal": goals["pomoGoal"],
        "pomoDurationGoal": goals["focusDuration"],
        "scoreByDay": by(&days, &|span| score(&facts, &focused, Some(span.1)).into()),
        "taskByDay": by(&days, &tasks),
        "taskByWeek": by(&weeks, &tasks),
        "taskByMonth": by(&months, &tasks),
        "pomoByDay": by(&days, &pomos),
        "pomoByWeek": by(&weeks, &pomos),
        "pomoByMonth": by(&months, &pomos),
    })
}

/// Returns the score at the end of a day, or the current one. The formula of the service is unknown.
pub(super) fn score(facts: &[Fact], focused: &Focused, until: Option<Date>) -> i64 {
    let counts = |fact: &&Fact| {
        fact.is_completed() && until.is_none_or(|until| fact.completed.is_none_or(|completed| completed <= until))
    };
    let points = |fact: &Fact| if fact.is_late() { LATE } else { IN_TIME };
    let tasks: i64 = facts.iter().filter(counts).map(points).sum();
    let (pomodoros, _) = until.map_or_else(|| focused.total(), |until| focused.between(Date::MIN, until));
    tasks + POMODORO * pomodoros
}

pub(super) fn level(score: i64) -> i64 {
    1 + score / LEVEL
}

fn completed(facts: &[Fact], (from, to): Span) -> usize {
    let within = |day: Option<Date>| day.is_some_and(|day| from <= day && day <= to);
    facts.iter().filter(|fact| fact.is_completed() && within(fact.completed)).count()
}

/// Counts tasks that were due and are still open.
fn open(facts: &[Fact], (from, to): Span) -> usize {
    let within = |day: Option<Date>| day.is_some_and(|day| from <= day && day <= to);
    facts.iter().filter(|fact| fact.is_open() && within(fact.due)).count()
}

fn days(today: Date) -> Vec<Span> {
    (0..RECENT).map(|back| plus(today, -(back as i64))).map(|day| (day, day)).collect()
}

/// Returns recent weeks, which start on Sunday as in the recording.
fn weeks(today: Date) -> Vec<Span> {
    let this = week_of(today, Weekday::Sunday);
    (0..RECENT).map(|back| plus(this, -7 * (back as i64))).map(|first| (first, plus(first, 6))).collect()
}

fn months(today: Date) -> Vec<Span> {
    let before = |(first, _): &Span| {
        let last = plus(*first, -1);
        Some((last.first_of_month(), last))
    };
    std::iter::successors(Some((today.first_of_month(), today.last_of_month())), before).take(RECENT).collect()
}
