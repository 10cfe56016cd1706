//! The report as one HTML page: charts as SVG, light and dark, without scripts or external resources.

mod chart;
mod heat;
mod section;
mod text;

use std::fmt::Write;

use jiff::civil::{Date, Weekday};

use self::text::escaped;
use super::habits::{Habit, percent};
use super::span::length;

const STYLE: &str = include_str!("html/report.css");

/// The data of a report.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) today: Date,
    pub(crate) week_starts_on: Weekday,
    /// When the report was created, such as "Thu 26 Nov 2026, 10:00 (Europe/Berlin)".
    pub(crate) made: String,
    /// The completed tasks, oldest first.
    pub(crate) tasks: Vec<Completed>,
    /// Seconds of focus by day, and by task.
    pub(crate) focus_days: Vec<(Date, u64)>,
    pub(crate) focus_tasks: Vec<(String, u64)>,
    pub(crate) habits: Vec<Habit>,
}

/// A completed task.
#[derive(Clone, Debug)]
pub(crate) struct Completed {
    pub(crate) day: Date,
    pub(crate) title: String,
    pub(crate) project: String,
}

/// Returns the page.
pub(crate) fn page(report: &Report) -> String {
    let period = format!("{} to {}", long(report.first), long(report.last));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>TickTick report, {period}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <header>\n<h1>TickTick report</h1>\n<p>{period}</p>\n</header>\n"
    );
    page.push_str(&totals(report));
    let mut charts = chart::Charts::default();
    page.push_str(&section::tasks(report, &mut charts));
    page.push_str(&section::focus(report, &mut charts));
    page.push_str(&section::habits(report, &mut charts));
    page.push_str(&section::list(report));
    let _ =
        write!(page, "<footer>Made by ticktick on {}.</footer>\n</main>\n</body>\n</html>\n", escaped(&report.made));
    page
}

/// Draws the numbers at the top of the page.
fn totals(report: &Report) -> String {
    let days = u64::try_from((report.last - report.first).get_days() + 1).unwrap_or(1).max(1);
    let tasks = report.tasks.len() as f64 / days as f64;
    let focus: u64 = report.focus_days.iter().map(|(_, seconds)| seconds).sum();
    let rates: Vec<f64> = report.habits.iter().filter_map(|habit| habit.rate).collect();
    let rate = if rates.is_empty() { "–".into() } else { percent(rates.iter().sum::<f64>() / rates.len() as f64) };
    let best = report.habits.iter().max_by_key(|habit| habit.streak).filter(|habit| habit.streak > 0);
    let best =
        best.map_or("no streak".into(), |habit| format!("longest streak now: {} ({})", habit.streak, habit.name));
    let numbers = [
        ("Tasks completed", report.tasks.len().to_string(), format!("{tasks:.1} a day")),
        ("Focus", length(focus), format!("{} a day", length(focus / days))),
        ("Habits done when due", rate, best),
    ];
    let mut out = "<dl class=\"totals\">\n".to_owned();
    for (name, number, note) in numbers {
        let _ = writeln!(
            out,
            "<div><dt>{name}</dt><dd class=\"number\">{}</dd><dd class=\"note\">{}</dd></div>",
            escaped(&number),
            escaped(&note)
        );
    }
    out + "</dl>\n"
}

/// Formats a day with its year.
fn long(day: Date) -> String {
    day.strftime("%a %-d %b %Y").to_string()
}

#[cfg(test)]
mod tests;
