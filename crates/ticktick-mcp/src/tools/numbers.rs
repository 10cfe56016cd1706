//! Shows habits, focus and statistics.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::habit::MAX_AMOUNT;
use ticktick::models::Number;
use ticktick::{CheckIn, Habit};

use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::refs;
use crate::text::{clean, title};
use crate::tool::{Tool, tool};
use crate::view::View;
use crate::when;

/// Maximum number of days.
const LONGEST: i32 = 366;

pub(super) const HABITS: Tool = tool!(reads
    "habits",
    "Show habits with goals, streaks and check-ins.",
    Habits, habits);
pub(super) const FOCUS: Tool = tool!(reads "focus", "Show focus minutes by day and task. Start sessions in the app or with `ticktick focus start`.", Focus, focus);
pub(super) const STATISTICS: Tool = tool!(reads
    "statistics",
    "Show completed tasks by day and project, and the score.",
    Span, statistics);
pub(super) const CHECK_IN: Tool = tool!(writes
    "check_in",
    "Record a habit for a day.",
    Record, check_in)
.repeats();

#[derive(Deserialize, JsonSchema)]
struct Habits {
    /// Default all.
    habit: Option<String>,
    /// Default 7 days ago.
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Focus {
    /// Default 7 days ago.
    from: Option<String>,
    to: Option<String>,
    task: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Span {
    /// Default 7 days ago.
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Record {
    habit: String,
    /// Default today.
    day: Option<String>,
    /// The day's total, not an increment. Default done.
    amount: Option<f64>,
    /// Record as missed.
    #[serde(default)]
    missed: bool,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
}

fn span(from: Option<&str>, to: Option<&str>, view: &View) -> Result<(Date, Date), Failure> {
    let read = |text: &str| when::days(text, &view.quick_add, view.now());
    let last = to.map(read).transpose()?.map_or(view.now().date(), |days| days.1);
    let first = from.map(read).transpose()?.map_or(last.saturating_sub(6.days()), |days| days.0);
    if first > last || first < last.saturating_sub(LONGEST.days()) {
        return Err(Failure::new("The range must begin before it ends, and last at most a year. Nothing was read."));
    }
    Ok((first, last))
}

/// Prints a number without unnecessary decimals.
fn number(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

fn name(habit: &Habit) -> &str {
    habit.name.as_deref().unwrap_or("")
}

async fn habits(call: &Call<'_>, args: Habits) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let (first, last) = span(args.from.as_deref(), args.to.as_deref(), &view)?;
    let mut all = call.client().habit().active().await?;
    if let Some(wanted) = &args.habit {
        let id = refs::named("habit", wanted, &all, |one| (one.id.as_str(), name(one)))?.id.clone();
        all.retain(|habit| habit.id == id);
    }
    let check_ins = call.client().habit().check_ins(all.iter(), first..=last).await?;
    let mut lines = vec![view.head(&format!("Habits from {} to {}", when::day(first), when::day(last)))];
    for habit in &all {
        let goal = habit.goal.get().map_or_else(|| "1".to_owned(), number);
        let unit = clean(habit.unit.as_deref().unwrap_or(""));
        let streak = habit.current_streak.copied().unwrap_or(0);
        lines.push(format!("{} | goal {goal} {unit} | streak {streak}", title(name(habit))));
        for one in check_ins.iter().filter(|one| one.habit_id == habit.id) {
            let Some(day) = one.checkin_stamp.date() else { continue };
            let value = one.value.get().map_or_else(|| "0".to_owned(), number);
            lines.push(format!("  {}: {value} of {goal}", when::day(day)));
        }
    }
    Ok(Answer { total: Some(all.len()), ..Answer::lines(lines) })
}

async fn focus(call: &Call<'_>, args: Focus) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let (first, last) = span(args.from.as_deref(), args.to.as_deref(), &view)?;
    let start = |date: Date| {
        let zoned = date.to_zoned_datetime(view.zone().clone());
        zoned.map(|zoned| zoned.timestamp()).map_err(|error| Failure::new(format!("The days cannot be used: {error}.")))
    };
    let task = args.task.as_deref().map(|name| call.open_task(name, &view)).transpose()?;
    let records = call.client().focus().records(start(first)?..start(last.saturating_add(1.day()))?).await?;
    let (mut by_day, mut by_task) = (BTreeMap::<Date, i64>::new(), BTreeMap::<String, i64>::new());
    for record in &records {
        let of = record.tasks.iter().find(|one| one.task_id.is_some() || one.title.is_some());
        if task.as_ref().is_some_and(|task| !record.tasks.iter().any(|one| one.task_id.get() == Some(&task.id))) {
            continue;
        }
        let Some(minutes) = record.duration().map(|duration| duration.as_mins()) else { continue };
        let Some(at) = record.start_time.get().and_then(|at| at.instant()) else { continue };
        *by_day.entry(at.to_zoned_datetime(view.zone().clone()).date()).or_default() += minutes;
        let name = of.and_then(|one| one.title.as_deref()).map_or_else(|| "(no task)".to_owned(), title);
        *by_task.entry(name).or_default() += minutes;
    }
    let total: i64 = by_day.values().sum();
    let mut lines = vec![view.head(&format!("{total} focus minutes from {} to {}", when::day(first), when::day(last)))];
    lines.extend(by_day.iter().map(|(day, minutes)| format!("{}: {minutes} min", when::day(*day))));
    lines.extend(by_task.iter().map(|(name, minutes)| format!("{name} | {minutes} min")));
    Ok(Answer::lines(lines))
}

async fn statistics(call: &Call<'_>, args: Span) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let (first, last) = span(args.from.as_deref(), args.to.as_deref(), &view)?;
    let general = call.client().statistics().general().await?;
    let days = call.client().statistics().tasks_by_day(first..=last).await?;
    let count = |number: &ticktick::Field<i64>| number.copied().unwrap_or(0);
    let mut lines = vec![view.head(&format!("Statistics from {} to {}", when::day(first), when::day(last)))];
    lines.push(format!(
        "score {}, level {}; completed today {}, yesterday {}, in all {}",
        count(&general.score),
        count(&general.level),
        count(&general.today_completed),
        count(&general.yesterday_completed),
        count(&general.total_completed)
    ));
    let mut projects = BTreeMap::<String, i64>::new();
    for day in days.iter() {
        let done = count(&day.on_time_complete_count)
            + count(&day.overdue_complete_count)
            + count(&day.no_time_complete_count);
        let date = Date::strptime("%Y%m%d", &*day.day).map_or_else(|_| clean(&day.day), when::day);
        lines.push(format!("{date}: {done} completed, {} late", count(&day.overdue_complete_count)));
        for (name, number) in day.project_complete_counts.iter() {
            *projects.entry(clean(name)).or_default() += number;
        }
    }
    lines.extend(projects.iter().map(|(name, number)| format!("{name} | {number} completed")));
    Ok(Answer::lines(lines))
}

async fn check_in(call: &Call<'_>, args: Record) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let all = call.client().habit().active().await?;
    let habit = refs::named("habit", &args.habit, &all, |one| (one.id.as_str(), name(one)))?;
    let day = match &args.day {
        Some(text) => match when::days(text, &view.quick_add, view.now())? {
            (first, last) if first == last => first,
            _ => return Err(Failure::new("A check-in is for one day. Nothing was done.")),
        },
        None => view.now().date(),
    };
    let (check_in, what) = match (args.missed, args.amount) {
        (true, Some(_)) => return Err(Failure::new("Give either an amount or missed. Nothing was done.")),
        (false, Some(amount)) if !(0.0..=MAX_AMOUNT).contains(&amount) => {
            let range = format!("The amount must be a number from 0 to {MAX_AMOUNT}. Nothing was done.");
            return Err(Failure::new(range));
        }
        (true, None) => (CheckIn::undone(), "missed".to_owned()),
        (false, Some(amount)) => (CheckIn::amount(amount), format!("{amount}")),
        (false, None) => (CheckIn::done(), "done".to_owned()),
    };
    let line = format!("{} | {}: {what}", title(name(habit)), when::day(day));
    let plan = Plan { lines: vec![line.clone()], ..Plan::default() };
    if let Some(answer) = call.check(&plan, &view, args.dry_run, None).await? {
        return Ok(answer);
    }
    let stored = call.client().habit().check_in(&habit.id, check_in.on(day)).await?;
    let of = stored.goal.get().or(habit.goal.get()).map_or_else(String::new, |goal| format!(" of {}", number(goal)));
    let value = stored.value.get().map_or_else(|| "0".to_owned(), number);
    let unit = clean(habit.unit.as_deref().unwrap_or(""));
    Ok(Answer::lines(["Recorded:".to_owned(), format!("{line} (now {value}{of} {unit})")]))
}
