//! The calendar of a habit: a cell for each day, a column for each week.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::chart::{CLOSE, Charts};
use super::text::{at, escaped};
use crate::ui::agenda::week_of;
use crate::ui::habits::{Day, Habit, percent};

const CELL: f64 = 12.0;
const STEP: f64 = 15.0;
/// The space of weekdays at the left and of months at the top.
const LEFT: f64 = 34.0;
const TOP: f64 = 18.0;
/// Minimum width of the map, so that its labels fit.
const LEAST: f64 = 120.0;

/// Up to this many weeks are drawn larger.
const LARGE_WEEKS: i32 = 26;

/// The days of a calendar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) today: Date,
    pub(super) starts_on: Weekday,
}

/// Draws the days of a habit.
pub(super) fn calendar(charts: &mut Charts, habit: &Habit, span: Span) -> String {
    let start = week_of(span.first, span.starts_on);
    let weeks = (span.last - start).get_days() / 7 + 1;
    let (mut cells, mut done, mut last_month) = (String::new(), 0, None);
    for week in 0..weeks {
        let Ok(monday) = start.checked_add(week.weeks()) else { break };
        let x = LEFT + f64::from(week) * STEP;
        let month = |ahead: i32| week_month(start, week + ahead);
        // The label of a short first month would overlap the next one.
        if last_month != Some(month(0)) && (week > 0 || month(0) == month(1)) {
            let _ = writeln!(cells, "<text x=\"{}\" y=\"11\">{}</text>", at(x), month(0));
        }
        last_month = Some(month(0));
        for row in 0..7 {
            let Ok(day) = monday.checked_add(row.days()) else { break };
            if (span.first..=span.last).contains(&day) {
                done += usize::from(habit.days.get(&day) == Some(&Day::Done));
                cell(&mut cells, habit, day, (x, TOP + f64::from(row) * STEP), span.today);
            }
        }
    }
    let size = ((LEFT + f64::from(weeks) * STEP + STEP).max(LEAST), TOP + 7.0 * STEP);
    let about = format!("Done on {done} days from {} to {}.", super::long(span.first), super::long(span.last));
    let scale = if weeks <= LARGE_WEEKS { 1.35 } else { 1.0 };
    let title = format!("Check-ins of {}", habit.name);
    let mut out = charts.open("heat", size, Some(scale), (&title, &about));
    for row in [0, 2, 4] {
        let Ok(day) = start.checked_add(row.days()) else { break };
        let y = at(TOP + f64::from(row) * STEP + 10.0);
        let _ = writeln!(out, "<text x=\"0\" y=\"{y}\">{}</text>", day.strftime("%a"));
    }
    out + &cells + CLOSE
}

/// Returns the month in which a week ends.
fn week_month(start: Date, week: i32) -> String {
    start.checked_add((week * 7 + 6).days()).unwrap_or(start).strftime("%b").to_string()
}

/// Draws a day: the filled part of its cell is the part of the goal, and a cross is a day marked as not done.
fn cell(out: &mut String, habit: &Habit, day: Date, (x, y): (f64, f64), today: Date) {
    let (share, what) = match habit.days.get(&day) {
        Some(Day::Done) => (1.0, "done".to_owned()),
        Some(Day::Part(share)) => (share.clamp(0.0, 1.0), percent(*share)),
        Some(Day::Undone) => (0.0, "not done".into()),
        Some(Day::Off) => (0.0, "not due".into()),
        None => (0.0, "no check-in".into()),
    };
    let frame = if day == today { "today" } else { "cell" };
    let _ = write!(out, "<g><title>{}: {}</title>", super::long(day), escaped(&what));
    if habit.days.get(&day) != Some(&Day::Off) || day == today {
        let (x, y, side) = (at(x + 0.5), at(y + 0.5), at(CELL - 1.0));
        let _ =
            write!(out, "<rect class=\"{frame}\" x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" rx=\"2\"/>");
    }
    if share > 0.0 {
        let (height, side) = ((share * CELL).max(1.0), at(CELL));
        let _ = write!(
            out,
            "<rect class=\"habits\" x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{}\" rx=\"2\"/>",
            at(x),
            at(y + CELL - height),
            at(height)
        );
    }
    if habit.days.get(&day) == Some(&Day::Undone) {
        let (left, top, right, bottom) = (at(x + 3.5), at(y + 3.5), at(x + 8.5), at(y + 8.5));
        let _ =
            write!(out, "<path class=\"undone\" d=\"M{left} {top}L{right} {bottom}M{right} {top}L{left} {bottom}\"/>");
    }
    out.push_str("</g>\n");
}
