//! The sections of the report.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;

use super::chart::{Charts, Series, bars, columns, filled};
use super::heat::{Span, calendar};
use super::text::escaped;
use super::{Report, long};
use crate::ui::chart::Unit;
use crate::ui::habits::{Day, Habit, percent};

/// Maximum number of bars in a chart; the table has all values.
const MOST_BARS: usize = 12;

/// Draws the completed tasks by day and project.
pub(super) fn tasks(report: &Report, charts: &mut Charts) -> String {
    let mut by_day: BTreeMap<Date, u64> = BTreeMap::new();
    let mut by_project: BTreeMap<&str, u64> = BTreeMap::new();
    for task in &report.tasks {
        *by_day.entry(task.day).or_default() += 1;
        *by_project.entry(&task.project).or_default() += 1;
    }
    let days = filled(report.first, report.last, |day| by_day.get(&day).copied().unwrap_or(0));
    let projects = highest_first(by_project.into_iter().map(|(name, count)| (name.to_owned(), count)));
    let series = |title| Series { title, class: "tasks", unit: Unit::Count, noun: "tasks" };
    measured("Completed tasks", "Project", report, charts, &days, &projects, series)
}

/// Draws the focus time by day and task.
pub(super) fn focus(report: &Report, charts: &mut Charts) -> String {
    let by_day: BTreeMap<Date, u64> = report.focus_days.iter().copied().collect();
    let days = filled(report.first, report.last, |day| by_day.get(&day).copied().unwrap_or(0));
    let tasks = highest_first(report.focus_tasks.iter().cloned());
    let series = |title| Series { title, class: "focus", unit: Unit::Seconds, noun: "focus" };
    measured("Focus", "Task", report, charts, &days, &tasks, series)
}

fn highest_first(rows: impl Iterator<Item = (String, u64)>) -> Vec<(String, u64)> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    rows
}

/// Draws a number by day and by name, each with its table.
fn measured<'a>(
    name: &str,
    of: &str,
    report: &Report,
    charts: &mut Charts,
    days: &[(Date, u64)],
    rows: &[(String, u64)],
    series: impl Fn(&'a str) -> Series<'a>,
) -> String {
    let (by_day, by_name) = match of {
        "Project" => ("Completed tasks by day", "Completed tasks by project"),
        _ => ("Focus by day", "Focus by task"),
    };
    let mut out = format!("<section>\n<h2>{name}</h2>\n");
    if days.iter().all(|(_, value)| *value == 0) {
        return out + "<p class=\"facts\">Nothing in this time.</p>\n</section>\n";
    }
    let (series, of_rows) = (series(by_day), series(by_name));
    out.push_str(&columns(charts, &series, days, report.week_starts_on));
    let busy = days.iter().filter(|(_, value)| *value > 0).map(|(day, value)| (long(*day), *value));
    out.push_str(&table("Table by day", "Day", name, busy, series.unit));
    if !rows.is_empty() {
        let _ = writeln!(out, "<h3>By {}</h3>", of.to_lowercase());
        out.push_str(&bars(charts, &of_rows, &rows[..rows.len().min(MOST_BARS)]));
        out.push_str(&table(&format!("Table by {}", of.to_lowercase()), of, name, rows.iter().cloned(), series.unit));
    }
    out + "</section>\n"
}

fn table(summary: &str, of: &str, what: &str, rows: impl Iterator<Item = (String, u64)>, unit: Unit) -> String {
    let mut out = format!(
        "<details>\n<summary>{summary}</summary>\n<table>\n<thead><tr><th scope=\"col\">{of}</th>\
         <th scope=\"col\" class=\"number\">{what}</th></tr></thead>\n<tbody>\n"
    );
    for (name, value) in rows {
        let (name, value) = (escaped(&name), unit.show(value));
        let _ = writeln!(out, "<tr><th scope=\"row\" dir=\"auto\">{name}</th><td class=\"number\">{value}</td></tr>");
    }
    out + "</tbody>\n</table>\n</details>\n"
}

/// Draws the calendar of each habit.
pub(super) fn habits(report: &Report, charts: &mut Charts) -> String {
    let mut out = "<section>\n<h2>Habits</h2>\n".to_owned();
    if report.habits.is_empty() {
        return out + "<p class=\"facts\">No habits.</p>\n</section>\n";
    }
    let span = Span { first: report.first, last: report.last, today: report.today, starts_on: report.week_starts_on };
    for habit in &report.habits {
        let _ =
            write!(out, "<h3 dir=\"auto\">{}</h3>\n<p class=\"facts\">{}</p>\n", name(habit), escaped(&facts(habit)));
        out.push_str(&calendar(charts, habit, span));
    }
    out.push_str(
        "<ul class=\"key\">\n\
         <li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"habits\" width=\"12\" height=\"12\" rx=\"2\"/></svg>done</li>\n\
         <li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"cell\" x=\"0.5\" y=\"0.5\" width=\"11\" height=\"11\" rx=\"2\"/>\
         <rect class=\"habits\" y=\"7\" width=\"12\" height=\"5\" rx=\"2\"/></svg>part of the goal</li>\n\
         <li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect class=\"cell\" x=\"0.5\" y=\"0.5\" width=\"11\" height=\"11\" rx=\"2\"/></svg>no check-in</li>\n\
         <li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"undone\" d=\"M3.5 3.5L8.5 8.5M8.5 3.5L3.5 8.5\"/></svg>not done</li>\n\
         </ul>\n",
    );
    out.push_str(&check_ins(report));
    out + "</section>\n"
}

fn name(habit: &Habit) -> String {
    let goal = habit.goal.iter().map(|goal| format!(" ({goal})")).collect::<String>();
    escaped(&format!("{}{goal}", habit.name))
}

fn facts(habit: &Habit) -> String {
    let mut facts = vec![format!("current streak {}", habit.streak), format!("best {}", habit.best)];
    facts.extend(habit.rate.map(|rate| format!("{} of the due days", percent(rate))));
    facts.extend(habit.week.map(|(done, due)| format!("{done} of {due} this week")));
    let facts = facts.join(", ");
    facts[..1].to_uppercase() + &facts[1..]
}

/// Lists the habits as a table.
fn check_ins(report: &Report) -> String {
    let mut out = "<details>\n<summary>Table of habits</summary>\n<table>\n<thead><tr><th scope=\"col\">Habit</th>\
         <th scope=\"col\" class=\"number\">Done</th><th scope=\"col\" class=\"number\">In part</th>\
         <th scope=\"col\" class=\"number\">Streak</th><th scope=\"col\" class=\"number\">Best</th></tr></thead>\n<tbody>\n"
        .to_owned();
    for habit in &report.habits {
        let days = habit.days.range(report.first..=report.last);
        let (done, part) = days.fold((0, 0), |(done, part), (_, day)| match day {
            Day::Done => (done + 1, part),
            Day::Part(_) => (done, part + 1),
            Day::Undone | Day::Off => (done, part),
        });
        let numbers =
            [done, part, habit.streak, habit.best].map(|number| format!("<td class=\"number\">{number}</td>"));
        let _ = writeln!(out, "<tr><th scope=\"row\" dir=\"auto\">{}</th>{}</tr>", name(habit), numbers.concat());
    }
    out + "</tbody>\n</table>\n</details>\n"
}

/// Lists the completed tasks, newest first.
pub(super) fn list(report: &Report) -> String {
    if report.tasks.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<section>\n<h2>What was completed</h2>\n<details>\n<summary>Table of {} tasks</summary>\n<table>\n<thead><tr>\
         <th scope=\"col\">Day</th><th scope=\"col\">Task</th><th scope=\"col\">Project</th></tr></thead>\n<tbody>\n",
        report.tasks.len()
    );
    for task in report.tasks.iter().rev() {
        let (day, title, project) = (long(task.day), escaped(&task.title), escaped(&task.project));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{day}</th><td dir=\"auto\">{title}</td><td dir=\"auto\">{project}</td></tr>"
        );
    }
    out + "</tbody>\n</table>\n</details>\n</section>\n"
}
