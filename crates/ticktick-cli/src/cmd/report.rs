//! `ticktick report`: one HTML page with charts.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{ArgMatches, Args, FromArgMatches};

use super::habit_calendar;
use super::log::{completed, day_of};
use super::reading::Reading;
use super::stats::{focus_by_day, named, period_of};
use crate::args::{CalendarTasks, Globals, ReportArgs};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::HtmlReport;
use crate::output::{GREEN, Output};
use crate::runtime::wait;
use crate::text::shown;
use crate::ui::html::{Completed, Report, page};

pub(crate) const REPORT: Entry = Entry::leaf(
    Section::Data,
    "report",
    "Write tasks, focus and habits as an HTML page",
    ReportArgs::augment_args,
    |globals, matches: &ArgMatches| wait(run(globals, &ReportArgs::from_arg_matches(matches)?, Output::new(globals))),
);

/// How many days a report has by default.
const DAYS: i32 = 30;

async fn run(globals: &Globals, args: &ReportArgs, output: Output) -> Result<(), Error> {
    let reading = Reading::open(globals, output).await?;
    let report = collected(&reading, args).await?;
    let page = page(&report);
    if args.html == Path::new("-") {
        reading.answer::<HtmlReport>(Vec::new())?;
        let mut out = io::stdout().lock();
        out.write_all(page.as_bytes())?;
        return Ok(out.flush()?);
    }
    fs::write(&args.html, page)
        .map_err(|error| Error::failed(format!("cannot write {}: {error}", args.html.display())))?;
    let written = HtmlReport {
        file: args.html.display().to_string(),
        first: report.first,
        last: report.last,
        tasks: report.tasks.len().try_into().unwrap_or(u64::MAX),
        focus: report.focus_days.iter().map(|(_, seconds)| seconds).sum(),
        habits: report.habits.len().try_into().unwrap_or(u64::MAX),
    };
    reading.answer(vec![written])?.print(globals, |written| {
        written.iter().map(|one| format!("{GREEN}✓{GREEN:#} Wrote {}", shown(&one.file))).collect::<Vec<_>>()
    })
}

async fn collected(reading: &Reading, args: &ReportArgs) -> Result<Report, Error> {
    let (first, last) = period_of(&args.period, reading, DAYS)?;
    let mut tasks = completed(reading, first, last, &CalendarTasks::default()).await?;
    tasks.reverse();
    let task = |task: crate::cmd::task_view::TaskView| Completed {
        day: day_of(&task.task, &reading.now),
        title: task.task.title,
        project: task.task.project.name,
    };
    let focus = reading.client().focus().distribution(first..=last).await?;
    let seconds = |minutes: i64| u64::try_from(minutes).unwrap_or(0) * 60;
    let by_task = focus.task_durations.iter().map(|(name, minutes)| (named(name).to_owned(), seconds(*minutes)));
    let habits = habit_calendar::read(reading, false, None).await?;
    let zone = reading.now.time_zone().iana_name().unwrap_or("UTC").to_owned();
    Ok(Report {
        first,
        last,
        today: reading.today(),
        week_starts_on: reading.starts_on,
        made: format!("{} ({zone})", reading.now.strftime("%a %-d %b %Y, %H:%M")),
        tasks: tasks.into_iter().map(task).collect(),
        focus_days: focus_by_day(reading, first, last).await?.into_iter().collect(),
        focus_tasks: by_task.filter(|(_, seconds)| *seconds > 0).collect(),
        habits: habits.iter().map(|habit| habit.drawn(first..=last, reading)).collect(),
    })
}
