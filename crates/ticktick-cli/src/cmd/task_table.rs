//! Tasks as a table for people.

use std::borrow::Cow;

use anstyle::Style;
use jiff::ZonedDateTime;

use crate::generated::cli;
use crate::listed::Listed;
use crate::output::{BOLD, DIM, RED, YELLOW};
use crate::table::{Cell, Table};
use crate::when::Urgency;

/// Maximum indentation level, so that a long chain of parents takes no more time than a list.
const DEEPEST: usize = 20;

const TITLE: usize = 2;
const PROJECT: usize = 3;
const DATE: usize = 4;
const MARKS: usize = 5;

/// The columns that are shortened on a narrow terminal, in this order.
const FLEXIBLE: [(usize, usize); 14] = [
    (TITLE, 40),
    (PROJECT, 12),
    (TITLE, 28),
    (DATE, 22),
    (MARKS, 16),
    (TITLE, 24),
    (MARKS, 11),
    (DATE, 17),
    (TITLE, 20),
    (MARKS, 7),
    (PROJECT, 4),
    (DATE, 10),
    (MARKS, 4),
    (TITLE, 4),
];

/// Formats tasks as a table with numbers and, optionally, a heading for each group of dates.
pub(crate) fn tasks_table(tasks: &[&dyn Listed], is_grouped: bool, now: &ZonedDateTime) -> Table {
    let mut table = Table::new().flexible(FLEXIBLE).spans([DATE]);
    let mut group = None;
    for (at, &task) in tasks.iter().enumerate() {
        let urgency = task.urgency(now);
        if is_grouped && task.depth() == 0 && group != Some(urgency) {
            group = Some(urgency);
            table.heading(heading(urgency, now));
        }
        row(&mut table, task, at + 1, now);
    }
    table
}

fn heading(urgency: Urgency, now: &ZonedDateTime) -> Cell {
    match urgency {
        Urgency::Overdue => Cell::new(" Overdue").style(RED.bold()),
        Urgency::Today => Cell::new(now.strftime(" Today, %a %-d %b").to_string()).style(YELLOW.bold()),
        Urgency::Later => Cell::new(" Later").style(BOLD),
        Urgency::NoDate => Cell::new(" No date").style(BOLD),
    }
}

fn row(table: &mut Table, task: &dyn Listed, number: usize, now: &ZonedDateTime) {
    let (mark, style) = match task.priority() {
        cli::Priority::High => ("!!!", RED),
        cli::Priority::Medium => ("!!", YELLOW),
        cli::Priority::Low => ("!", Style::new()),
        cli::Priority::None => ("", Style::new()),
    };
    let urgency = match task.urgency(now) {
        Urgency::Overdue => RED,
        Urgency::Today => YELLOW,
        Urgency::Later | Urgency::NoDate => Style::new(),
    };
    let (date, urgency) = match task.completed() {
        Some(at) => (crate::when::past(&at.to_zoned_datetime(now.time_zone().clone()), now), DIM),
        None => (task.when().map(|when| when.show(now)).unwrap_or_default(), urgency),
    };
    table.cell(&format!("{number:>3}"), DIM);
    table.cell(mark, style);
    table.cell(&shown_title(task), Style::new());
    table.cell(task.project_name(), DIM);
    table.cell(&date, urgency);
    table.cell(&marks(task), DIM);
    table.end_row();
}

fn shown_title(task: &dyn Listed) -> Cow<'_, str> {
    let branch = match task.depth() {
        0 => String::new(),
        depth => format!("{}└ ", "  ".repeat(depth.min(DEEPEST) - 1)),
    };
    match task.items() {
        (_, 0) if branch.is_empty() => task.title().into(),
        (_, 0) => (branch + task.title()).into(),
        (done, all) => format!("{branch}{} [{done}/{all}]", task.title()).into(),
    }
}

fn marks(task: &dyn Listed) -> String {
    let mut marks = String::new();
    let mut mark = |parts: [&str; 2]| {
        if !marks.is_empty() {
            marks.push(' ');
        }
        marks.extend(parts);
    };
    if let Some(score) = task.score() {
        mark([&format!("{score:.1}"), ""]);
    }
    match task.status() {
        cli::TaskStatus::Open => {}
        cli::TaskStatus::Completed => mark(["done", ""]),
        cli::TaskStatus::WontDo => mark(["won't do", ""]),
        cli::TaskStatus::Trashed => mark(["in the trash", ""]),
    }
    if task.repeats() {
        mark(["↻", ""]);
    }
    if task.is_note() {
        mark(["note", ""]);
    }
    if let Some(zone) = task.unknown_zone() {
        mark(["unknown zone ", zone]);
    }
    for tag in task.tags() {
        mark(["#", tag]);
    }
    marks
}

#[cfg(test)]
mod tests {
    use ticktick::Task;

    use super::*;
    use crate::cmd::project_view::ProjectView;
    use crate::cmd::task_view::TaskView;

    #[test]
    fn a_zone_that_is_not_understood_is_shown_beside_the_date() {
        let now: ZonedDateTime = "2026-11-23T08:50[UTC]".parse().unwrap();
        let mut task = Task::new("a", "p");
        task.due_date.set("2026-11-23T16:00:00.000+0000");
        task.time_zone.set("Asia/Beijing");
        let view = TaskView::new(&task, &ProjectView::named("p", "Home"), Some(&now));
        assert_eq!(view.due_text(&now).as_deref(), Some("16:00 (in 7 h)"));
        assert_eq!(marks(&view), "unknown zone Asia/Beijing");
        assert_eq!(serde_json::to_value(&view.task).unwrap()["unknown_zone"], "Asia/Beijing");
        task.time_zone.set("GMT+08:00");
        let view = TaskView::new(&task, &ProjectView::named("p", "Home"), Some(&now));
        assert_eq!(view.due_text(&now).as_deref(), Some("16:00 (in 7 h)"));
        assert_eq!(marks(&view), "");
    }

    #[test]
    fn a_long_chain_of_parents_is_not_indented_without_end() {
        let mut task = TaskView::new(&Task::new("a", "p"), &ProjectView::named("p", "Home"), None);
        let indented = |task: &TaskView| shown_title(task).chars().take_while(|c| *c == ' ').count();
        for (depth, blanks) in [(0, 0), (1, 0), (2, 2), (20, 38), (21, 38), (100_000, 38)] {
            task.set_depth(depth);
            assert_eq!(indented(&task), blanks, "{depth}");
        }
    }
}
