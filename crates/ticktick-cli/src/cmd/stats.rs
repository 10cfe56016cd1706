//! `ticktick stats`: completed tasks and focus time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::ToSpan;
use jiff::civil::Date;
use ticktick::statistics::TaskStatistics;

use super::reading::{Reading, look};
use crate::args::{Globals, PeriodArgs, StatsArgs, StatsCommand};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::period::period;
use crate::runtime::wait;
use crate::text::plural;
use crate::ui::Look;
use crate::ui::agenda::week_of;
use crate::ui::chart::{Bar, Trend, Unit, bars, trends};
use crate::ui::line::{Line, rendered, wrapped};
use crate::ui::span::length;
use crate::ui::style::{BOLD, CYAN, DIM, PLAIN};

pub(crate) const STATS: Entry = Entry::leaf(
    Section::Objects,
    "stats",
    "Show statistics of completed tasks and focus sessions",
    StatsArgs::augment_args,
    run,
);

/// How many weeks the sparklines show.
const WEEKS: i32 = 8;

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match StatsArgs::from_arg_matches(matches)?.command.unwrap_or(StatsCommand::Show) {
        StatsCommand::Show => wait(overview(globals, output)),
        StatsCommand::Days(args) => wait(days(globals, &args, output)),
        StatsCommand::Projects(args) => wait(projects(globals, &args, output)),
        StatsCommand::Score => wait(score(globals, output)),
    }
}

/// Reads a day of the form `20261126`.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    Date::strptime("%Y%m%d", text).ok()
}

fn count(value: Option<&i64>) -> u64 {
    value.and_then(|value| u64::try_from(*value).ok()).unwrap_or(0)
}

fn completed(day: &TaskStatistics) -> u64 {
    count(day.on_time_complete_count.get())
        + count(day.overdue_complete_count.get())
        + count(day.no_time_complete_count.get())
}

/// Returns the seconds of focus by day.
pub(crate) async fn focus_by_day(reading: &Reading, first: Date, last: Date) -> Result<BTreeMap<Date, u64>, Error> {
    let days = reading.client().focus().heat_map(first..=last).await?;
    let day = |day: &ticktick::focus::FocusDay| Some((day_of(day.day.get()?)?, count(day.duration.get()) * 60));
    Ok(days.iter().filter_map(day).collect())
}

async fn tasks_by_day(reading: &Reading, first: Date, last: Date) -> Result<BTreeMap<Date, TaskStatistics>, Error> {
    let days = reading.client().statistics().tasks_by_day(first..=last).await?;
    Ok(days.iter().filter_map(|day| Some((day_of(&day.day)?, day.clone()))).collect())
}

fn each_day(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}

async fn overview(globals: &Globals, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let today = reading.today();
    let week = week_of(today, reading.starts_on);
    let first = week.checked_sub((WEEKS - 1).weeks()).unwrap_or(week);
    let general = reading.client().statistics().general().await?;
    let tasks = tasks_by_day(&reading, first, today).await?;
    let focus = focus_by_day(&reading, first, today).await?;
    let value = |day: Date| tasks.get(&day).map_or(0, completed);
    let total = |value: Option<&i64>, scale: u64| value.map(|value| count(Some(value)) * scale);
    let statistics = vec![
        statistic(
            "completed",
            cli::StatisticUnit::Tasks,
            (first, today, week),
            value,
            total(general.total_completed.get(), 1),
        ),
        statistic(
            "focus",
            cli::StatisticUnit::Seconds,
            (first, today, week),
            |day| focus.get(&day).copied().unwrap_or(0),
            total(general.total_pomo_duration.get(), 60),
        ),
    ];
    let level = general.level.get().copied();
    reading.answer(statistics)?.print(globals, |statistics| rendered(&overview_lines(statistics, level, look(globals))))
}

fn statistic(
    name: &str,
    unit: cli::StatisticUnit,
    (first, today, week): (Date, Date, Date),
    value: impl Fn(Date) -> u64,
    total: Option<u64>,
) -> cli::Statistic {
    let days: Vec<_> = each_day(first, today).map(|day| cli::DayCount { day, value: value(day) }).collect();
    let sum = |first: Date, last: Date| {
        days.iter().filter(|day| (first..=last).contains(&day.day)).map(|day| day.value).sum::<u64>()
    };
    let back = |day: Date, days: i32| day.checked_sub(days.days()).unwrap_or(day);
    cli::Statistic {
        name: name.into(),
        unit,
        today: value(today),
        yesterday: value(back(today, 1)),
        this_week: sum(week, today),
        week_before: sum(back(week, 7), back(today, 7)),
        total,
        days,
    }
}

fn overview_lines(statistics: &[cli::Statistic], level: Option<i64>, look: Look) -> Vec<Line> {
    let trend = |statistic: &cli::Statistic| Trend {
        label: if statistic.name == "focus" { "Focus".into() } else { "Completed".into() },
        unit: unit(statistic.unit),
        weeks: statistic.days.chunks(7).map(|week| week.iter().map(|day| day.value).collect()).collect(),
    };
    let mut lines = trends(&statistics.iter().map(trend).collect::<Vec<_>>(), look);
    let total = |statistic: &cli::Statistic| match (statistic.unit, statistic.total?) {
        (cli::StatisticUnit::Tasks, total) => Some(format!("{total} tasks")),
        (cli::StatisticUnit::Seconds, total) => Some(format!("{} of focus", length(total))),
    };
    let mut words: Vec<String> = statistics.iter().filter_map(total).collect();
    words.extend(level.map(|level| format!("level {level}")));
    lines.push(Line::new().styled(format!(" In total {}", words.join(" · ")), DIM).fit(look.width));
    lines
}

fn unit(unit: cli::StatisticUnit) -> Unit {
    match unit {
        cli::StatisticUnit::Tasks => Unit::Count,
        cli::StatisticUnit::Seconds => Unit::Seconds,
    }
}

/// Returns the first day of a period of this many days that ends today.
pub(crate) fn days_back(reading: &Reading, days: i32) -> Date {
    reading.today().checked_sub((days - 1).days()).unwrap_or(reading.today())
}

/// Reads the period of the options.
pub(crate) fn period_of(args: &PeriodArgs, reading: &Reading, usual: i32) -> Result<(Date, Date), Error> {
    let usual = days_back(reading, usual);
    let (since, until) = (args.since.as_deref(), args.until.as_deref());
    let days = period(since, until, reading.today(), reading.starts_on, usual)?;
    Ok(days.into_inner())
}

async fn days(globals: &Globals, args: &PeriodArgs, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let (first, last) = period_of(args, &reading, 14)?;
    let tasks = tasks_by_day(&reading, first, last).await?;
    let focus = focus_by_day(&reading, first, last).await?;
    let row = |day: Date| {
        let of_day = tasks.get(&day);
        let part = |value: fn(&TaskStatistics) -> Option<&i64>| count(of_day.and_then(value));
        cli::DayStatistics {
            day,
            completed: of_day.map_or(0, completed),
            on_time: part(|day| day.on_time_complete_count.get()),
            overdue: part(|day| day.overdue_complete_count.get()),
            undated: part(|day| day.no_time_complete_count.get()),
            left_open: part(|day| day.not_complete_count.get()),
            focus: focus.get(&day).copied().unwrap_or(0),
        }
    };
    let rows: Vec<_> = each_day(first, last).map(row).collect();
    let look = look(globals);
    reading.answer(rows)?.print(globals, |rows| {
        let bar = |row: &cli::DayStatistics| Bar {
            label: row.day.strftime("%a %e %b").to_string(),
            value: row.completed,
            shown: shown(row.completed, row.focus, look),
            style: PLAIN,
        };
        let mut lines = with_heading(rows.iter().map(bar).collect(), look);
        lines.push(sums(rows.iter().map(|row| row.completed).sum(), rows.iter().map(|row| row.focus).sum(), look));
        rendered(&lines)
    })
}

/// Formats the text next to a bar.
fn shown(completed: u64, focus: u64, look: Look) -> String {
    if look.accessible {
        return format!("{completed} completed, {} of focus", length(focus));
    }
    let or_dot = |text: String, value: u64| if value == 0 { "·".to_owned() } else { text };
    format!("{:>4}  {:>9}", or_dot(completed.to_string(), completed), or_dot(length(focus), focus))
}

/// Draws bars with a heading for the numbers next to them.
fn with_heading(mut rows: Vec<Bar>, look: Look) -> Vec<Line> {
    if !look.accessible && !rows.is_empty() {
        rows.insert(
            0,
            Bar { label: String::new(), value: 0, shown: format!("{:>4}  {:>9}", "done", "focus"), style: DIM },
        );
    }
    bars(&rows, look)
}

fn sums(completed: u64, focus: u64, look: Look) -> Line {
    let focus = if focus > 0 { format!(" · {} of focus", length(focus)) } else { String::new() };
    Line::new().text(" ").styled(format!("{completed} completed{focus}"), BOLD).fit(look.width)
}

/// Returns the label for values without a name.
pub(crate) fn named(name: &str) -> &str {
    match name {
        "UNKNOWN_CATEGORY" => "(none)",
        "HABIT_CATEGORY" => "(habits)",
        name => name,
    }
}

async fn projects(globals: &Globals, args: &PeriodArgs, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let (first, last) = period_of(args, &reading, 30)?;
    let names = reading.project_names();
    let name = |key: &str| names.get(key).map_or_else(|| named(key).to_owned(), Clone::clone);
    let mut totals: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for day in tasks_by_day(&reading, first, last).await?.values() {
        for (project, done) in day.project_complete_counts.iter() {
            totals.entry(name(project)).or_default().0 += count(Some(done));
        }
    }
    for (project, minutes) in reading.client().focus().distribution(first..=last).await?.project_durations.iter() {
        totals.entry(name(project)).or_default().1 += count(Some(minutes)) * 60;
    }
    let row = |(name, (completed, focus))| cli::ProjectStatistics { name, completed, focus };
    let mut rows: Vec<_> = totals.into_iter().map(row).filter(|row| row.completed + row.focus > 0).collect();
    rows.sort_by_key(|row| Reverse((row.completed, row.focus)));
    let look = look(globals);
    reading.answer(rows)?.print(globals, |rows| {
        let bar = |row: &cli::ProjectStatistics| Bar {
            label: row.name.clone(),
            value: row.completed,
            shown: shown(row.completed, row.focus, look),
            style: CYAN,
        };
        let mut lines = with_heading(rows.iter().map(bar).collect(), look);
        lines.push(sums(rows.iter().map(|row| row.completed).sum(), rows.iter().map(|row| row.focus).sum(), look));
        rendered(&lines)
    })
}

async fn score(globals: &Globals, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let ranking = reading.client().statistics().ranking().await?;
    let general = reading.client().statistics().general().await?;
    let score = cli::Achievement {
        score: count(ranking.score.get().or(general.score.get())),
        level: count(ranking.level.get().or(general.level.get())),
        rank: ranking.ranking.get().map(|rank| rank.as_f64()),
        days: count(ranking.day_count.get()),
        projects: count(ranking.project_count.get()),
        tasks: count(ranking.task_count.get()),
        completed: count(ranking.completed_count.get().or(general.total_completed.get())),
        pomodoros: count(general.total_pomo_count.get()),
        focus: count(general.total_pomo_duration.get()) * 60,
    };
    let look = look(globals);
    reading.answer(vec![score])?.print(globals, |scores| {
        let wrap =
            |line: String| wrapped(&line, look.width - 1).into_iter().map(|line| Line::new().text(" ").text(line));
        rendered(&scores.iter().flat_map(score_lines).flat_map(wrap).collect::<Vec<_>>())
    })
}

fn score_lines(score: &cli::Achievement) -> [String; 4] {
    let rank = score.rank.map(|rank| format!(", more active than {rank} % of users"));
    let days = usize::try_from(score.days).unwrap_or(usize::MAX);
    [
        format!("Level {} · score {}{}", score.level, score.score, rank.unwrap_or_default()),
        format!("{} of {} tasks completed in {} projects", score.completed, score.tasks, score.projects),
        format!("{} of focus in {} pomodoros", length(score.focus), score.pomodoros),
        format!("Member for {}", plural(days, "day")),
    ]
}
