//! `ticktick log`: what was completed.

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};

use super::reading::Reading;
use super::stats::period_of;
use crate::args::{CalendarTasks, FormatArg, Globals, GroupArg, LogArgs};
use crate::cmd::project_view;
use crate::cmd::task_view::TaskView;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli;
use crate::output::{BOLD, DIM, GREEN, Output, width};
use crate::runtime::wait;
use crate::table::{Cell, Table};
use crate::text::{on_one_line, plural};

pub(crate) const LOG: Entry =
    Entry::leaf(Section::Day, "log", "List completed tasks", LogArgs::augment_args, |globals, matches: &ArgMatches| {
        wait(run(globals, &LogArgs::from_arg_matches(matches)?, Output::new(globals)))
    });

/// How many days are listed by default.
const DAYS: i32 = 7;

async fn run(globals: &Globals, args: &LogArgs, output: Output) -> Result<(), Error> {
    let reading = Reading::of_tags(globals, output, &args.tasks.tags).await?;
    let (first, last) = period_of(&args.period, &reading, DAYS)?;
    let tasks = completed(&reading, first, last, &args.tasks).await?;
    let (now, group) = (reading.now.clone(), args.group_by);
    let tasks = grouped(tasks.into_iter().map(|task| task.task).collect(), group.unwrap_or(GroupArg::Day), &now);
    let is_list = output.format == FormatArg::Md && group.is_some() && globals.output.fields.is_empty();
    let by_day = group.unwrap_or(GroupArg::Day) == GroupArg::Day;
    let order =
        |groups: &[(String, Vec<cli::Task>)]| groups.iter().flat_map(|group| group.1.clone()).collect::<Vec<_>>();
    let answer = reading.answer(order(&tasks))?;
    if is_list {
        return output.lines(markdown(&tasks, &now));
    }
    answer.print(globals, |_| people(&tasks, by_day, &now))
}

/// Returns the tasks that were completed in some days, newest first.
pub(crate) async fn completed(
    reading: &Reading,
    first: Date,
    last: Date,
    wanted: &CalendarTasks,
) -> Result<Vec<TaskView>, Error> {
    let zone = reading.now.time_zone();
    let start = |day: Date| {
        let start = day.to_zoned_datetime(zone.clone()).map(|start| start.timestamp());
        start.map_err(|_| Error::usage(format!("{day} is out of range")))
    };
    let end = start(last.checked_add(1.day()).unwrap_or(last))?;
    // Both ends are included, so the last instant belongs to the last day.
    let end = end.checked_sub(1.nanosecond()).unwrap_or(end);
    let tasks = reading.client().task().history(start(first)?..=end).completed().all().await?;
    let mut views = TaskView::all(&tasks, &reading.projects, &reading.now);
    let projects = wanted.projects.iter().map(|name| Ok(project_view::find(name, &reading.projects)?.id.clone()));
    let projects: Vec<String> = projects.collect::<Result<_, Error>>()?;
    let (tags, unknown) = reading.tags(&wanted.tags)?;
    views.retain(|task| projects.is_empty() || projects.contains(&task.task.project.id));
    views.retain(|task| tags.iter().all(|tag| task.task.tags.contains(tag)));
    match unknown {
        Some(error) if views.is_empty() => Err(error),
        _ => Ok(views),
    }
}

/// Returns the day on which a task was completed.
pub(crate) fn day_of(task: &cli::Task, now: &ZonedDateTime) -> Date {
    moment(task, now).date()
}

fn moment(task: &cli::Task, now: &ZonedDateTime) -> ZonedDateTime {
    let at: Timestamp = task.completed.unwrap_or_else(|| now.timestamp());
    at.to_zoned_datetime(now.time_zone().clone())
}

/// Puts tasks into groups with headings: days newest first, names in alphabetical order.
fn grouped(tasks: Vec<cli::Task>, by: GroupArg, now: &ZonedDateTime) -> Vec<(String, Vec<cli::Task>)> {
    let name = |task: &cli::Task| match by {
        GroupArg::Day => day_of(task, now).strftime("%A %-d %B %Y").to_string(),
        GroupArg::Project => task.project.name.clone(),
        GroupArg::Tag => task.tags.first().map_or_else(|| "No tag".to_owned(), |tag| format!("#{tag}")),
    };
    let mut groups: Vec<(String, Vec<cli::Task>)> = Vec::new();
    for task in tasks {
        let name = name(&task);
        match groups.iter_mut().find(|group| group.0 == name) {
            Some(group) => group.1.push(task),
            None => groups.push((name, vec![task])),
        }
    }
    if by != GroupArg::Day {
        groups.sort_by_cached_key(|group| group.0.to_lowercase());
    }
    groups
}

fn people(groups: &[(String, Vec<cli::Task>)], by_day: bool, now: &ZonedDateTime) -> Vec<String> {
    let mut table = Table::new().flexible([(2, 30), (3, 12), (2, 16), (3, 7), (4, 6), (2, 8)]);
    for (name, tasks) in groups {
        table.heading(Cell::new(format!(" {name}")).style(BOLD));
        for task in tasks {
            let format = if by_day { "%H:%M" } else { "%e %b" };
            table.row(vec![
                Cell::new("  ✓").style(GREEN),
                Cell::new(moment(task, now).strftime(format).to_string()).style(DIM),
                Cell::new(&task.title),
                Cell::new(&task.project.name).style(DIM),
                Cell::new(task.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" ")).style(DIM),
            ]);
        }
    }
    let count = groups.iter().map(|group| group.1.len()).sum();
    let mut lines = table.render(width());
    lines.push(format!(" {} completed", plural(count, "task")));
    lines
}

/// Formats a list for each group, for example for a weekly report.
fn markdown(groups: &[(String, Vec<cli::Task>)], now: &ZonedDateTime) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, tasks) in groups {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend([format!("## {}", escaped(name)), String::new()]);
        let day = |task: &cli::Task| day_of(task, now).strftime("%-d %b").to_string();
        lines.extend(tasks.iter().map(|task| format!("- {} ({})", escaped(&task.title), day(task))));
    }
    lines
}

/// Escapes characters that Markdown would interpret.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in on_one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_do_not_become_formatting() {
        assert_eq!(escaped("*a* [b](c) <d>\n#e"), "\\*a\\* \\[b\\](c) \\<d\\> \\#e");
    }
}
