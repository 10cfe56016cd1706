//! A month with its days as cells.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Look;
use super::agenda::{Entry, days, week_of};
use super::line::{Line, wrapped_to};
use super::style::{BOLD, DIM, RED, YELLOW};

/// Spaces between two days.
const GAP: usize = 1;
/// Minimum width of cells with titles; otherwise, the titles follow below the month.
const NARROWEST: usize = 9;
const WIDEST: usize = 24;
/// Maximum number of entries in a cell.
const MOST: usize = 4;

/// Draws the month of a date.
pub(crate) fn month(of: Date, today: Date, starts_on: Weekday, entries: &[Entry], look: Look) -> Vec<Line> {
    let (first, last) = (of.first_of_month(), of.last_of_month());
    if look.accessible {
        let busy = |entry: &&Entry| (first..=last).contains(&entry.day);
        return listed(&entries.iter().filter(busy).cloned().collect::<Vec<_>>(), of, today, look);
    }
    let own = ((look.width - 1 + GAP) / 7 - GAP).min(WIDEST);
    let mut lines = vec![Line::new().text(" ").styled(of.strftime("%B %Y").to_string(), BOLD)];
    let start = week_of(first, starts_on);
    lines.push(row(own, |at| Line::new().styled(name(start, at, own), DIM)));
    lines.push(Line::new().text(" ").styled("─".repeat(7 * (own + GAP) - GAP), DIM));
    let mut week = start;
    while week <= last {
        lines.extend(if own < NARROWEST {
            small(week, of, today, entries, own)
        } else {
            full(week, of, today, entries, own)
        });
        let Ok(next) = week.checked_add(7.days()) else { break };
        week = next;
    }
    if own < NARROWEST {
        let shown = entries.iter().filter(|entry| (first..=last).contains(&entry.day)).cloned().collect::<Vec<_>>();
        lines.push(Line::new());
        lines.extend(listed(&shown, of, today, look).into_iter().skip(2));
    }
    lines
}

/// Lists the days that have entries.
fn listed(entries: &[Entry], of: Date, today: Date, look: Look) -> Vec<Line> {
    let mut lines = vec![Line::new().styled(of.strftime("%B %Y").to_string(), BOLD), Line::new()];
    let mut busy: Vec<Date> = entries.iter().map(|entry| entry.day).collect();
    busy.sort_unstable();
    busy.dedup();
    lines.extend(busy.into_iter().flat_map(|day| days(day, 1, today, entries, look).into_iter().skip(2)));
    lines
}

/// Puts seven cells side by side.
fn row(own: usize, cell: impl Fn(i32) -> Line) -> Line {
    (0..7).fold(Line::new(), |line, at| {
        let column = usize::try_from(at).unwrap_or(0);
        line.pad(1 + column * (own + GAP)).then(cell(at).fit(own))
    })
}

fn day_at(week: Date, at: i32) -> Option<Date> {
    week.checked_add(at.days()).ok()
}

fn name(week: Date, at: i32, own: usize) -> String {
    let pattern = if own < 3 { "%u" } else { "%a" };
    day_at(week, at).map(|day| day.strftime(pattern).to_string()).unwrap_or_default()
}

fn number(day: Date, of: Date, today: Date, own: usize) -> Line {
    let named = own >= NARROWEST && day.day() == 1 && day.month() != of.month();
    let text = day.strftime(if named { "%-d %b" } else { "%-d" }).to_string();
    match day {
        _ if day == today && own >= NARROWEST => Line::new().styled(format!("{text} today"), YELLOW.bold()),
        _ if day == today => Line::new().styled(format!("▸{text}"), YELLOW.bold()),
        _ if day.month() != of.month() => Line::new().styled(text, DIM),
        _ => Line::new().styled(text, BOLD),
    }
}

/// Draws a week in which a dot marks the days that have entries.
fn small(week: Date, of: Date, today: Date, entries: &[Entry], own: usize) -> Vec<Line> {
    let line = row(own, |at| match day_at(week, at) {
        Some(day) => {
            let dot = if entries.iter().any(|entry| entry.day == day) { "•" } else { "" };
            number(day, of, today, own).text(dot)
        }
        None => Line::new(),
    });
    vec![line]
}

fn full(week: Date, of: Date, today: Date, entries: &[Entry], own: usize) -> Vec<Line> {
    let cells: Vec<Vec<Line>> = (0..7)
        .map(|at| {
            let Some(day) = day_at(week, at) else { return Vec::new() };
            let of_day: Vec<&Entry> = entries.iter().filter(|entry| entry.day == day).collect();
            let mut lines = vec![number(day, of, today, own)];
            let shown = if of_day.len() > MOST { MOST - 1 } else { of_day.len() };
            let most = if of_day.len() * 2 <= MOST { 2 } else { 1 };
            lines.extend(of_day.iter().take(shown).flat_map(|entry| cell(entry, own, most)));
            if of_day.len() > shown {
                lines.push(Line::new().styled(format!("+{} more", of_day.len() - shown), DIM));
            }
            lines
        })
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: usize, column: i32| {
        let cell = usize::try_from(column).ok().and_then(|column| cells.get(column));
        cell.and_then(|lines| lines.get(row)).cloned().unwrap_or_default()
    };
    let mut lines: Vec<Line> = (0..height).map(|line| row(own, |column| at(line, column))).collect();
    lines.push(Line::new());
    lines
}

/// Formats an entry on at most this many lines. A task in the past without a check mark is overdue.
fn cell(entry: &Entry, own: usize, most: usize) -> Vec<Line> {
    let (mark, color) = entry.mark();
    let lead = Line::new().styled(mark, color);
    let lead = if mark.is_empty() { lead } else { lead.text(" ") };
    let lead = match entry.times {
        // In a narrow cell, a time would leave no room for the title.
        Some((start, _)) if own >= 14 => lead.styled(start.strftime("%H:%M ").to_string(), DIM),
        _ => lead,
    };
    let style = if entry.overdue { RED } else { entry.style() };
    let titles = wrapped_to(&entry.title, own.saturating_sub(lead.width()), own, most).into_iter().enumerate();
    let link = entry.link.as_deref();
    titles
        .map(|(at, line)| {
            let start = if at == 0 { lead.clone() } else { Line::new() };
            start.linked(line, style, link).fit(own)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::agenda::tests::some;
    use super::super::line::rendered;
    use super::super::tests::golden;
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn drawn(width: usize, accessible: bool) -> String {
        let today = date(2026, 11, 23);
        let mut entries = some();
        let more = entries.iter().filter(|entry| entry.day == today).take(2).cloned().collect::<Vec<_>>();
        entries.extend(more);
        let lines = month(today, today, Weekday::Monday, &entries, Look { width, accessible });
        anstream::adapter::strip_str(&rendered(&lines).join("\n")).to_string()
    }

    #[test]
    fn a_month_has_its_entries_in_cells() {
        golden("month-80", &drawn(80, false));
        golden("month-120", &drawn(120, false));
    }

    #[test]
    fn a_small_month_lists_its_entries_below() {
        golden("month-40", &drawn(40, false));
    }

    #[test]
    fn a_month_can_be_read_aloud() {
        golden("month-accessible", &drawn(80, true));
    }

    #[test]
    fn months_at_the_ends_of_time_are_drawn() {
        for of in [Date::MIN, Date::MAX] {
            assert!(month(of, of, Weekday::Sunday, &[], Look { width: 80, accessible: false }).len() > 5);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_terminal(
            titles in prop::collection::vec(".{0,40}", 0..9), width in 20_usize..180, accessible: bool
        ) {
            let mut entries = some();
            entries.iter_mut().zip(&titles).for_each(|(entry, title)| entry.title = title.clone());
            let today = date(2026, 11, 23);
            for line in month(today, today, Weekday::Saturday, &entries, Look { width, accessible }) {
                prop_assert!(crate::text::width(&anstream::adapter::strip_str(&line.to_string()).to_string()) <= width);
            }
        }
    }
}
