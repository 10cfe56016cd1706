//! Days and their entries, as rows.

use anstyle::Style;
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::Look;
use super::line::{Line, sentence};
use super::style::{self, BOLD, CYAN, DIM, GREEN, PLAIN, RED, YELLOW};
use crate::generated::cli::Priority;
use crate::text::width;

/// Up to this width, a day is a heading instead of a column.
const NARROW: usize = 60;
/// The width of "09:30-10:00".
const TIMES: usize = 11;
/// The width of "Mon 23 Nov".
const DAY: usize = 10;
/// Maximum width of the column of projects and calendars.
const WIDEST_PLACE: usize = 24;

/// A task or an event on a day.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) day: Date,
    /// When it starts and ends on this day; `None` for the whole day.
    pub(crate) times: Option<(Time, Option<Time>)>,
    pub(crate) title: String,
    /// Its project or calendar.
    pub(crate) place: String,
    pub(crate) priority: Priority,
    /// Whether it is an event of a calendar.
    pub(crate) event: bool,
    pub(crate) done: bool,
    /// Whether it is overdue.
    pub(crate) overdue: bool,
    /// Its page in the web app, if links are shown.
    pub(crate) link: Option<String>,
}

impl Entry {
    /// Formats the times, such as "09:30-10:00".
    pub(crate) fn hours(&self) -> String {
        let clock = |time: Time| time.strftime("%H:%M").to_string();
        match self.times {
            None if self.overdue => "overdue".into(),
            None => "all day".into(),
            Some((start, Some(end))) if end != start => format!("{}-{}", clock(start), clock(end)),
            Some((start, _)) => clock(start),
        }
    }

    /// Returns the mark in front of the title, with its style.
    pub(crate) fn mark(&self) -> (&'static str, Style) {
        match (self.done, self.event) {
            (true, _) => ("✓", GREEN),
            (false, true) => ("◇", CYAN),
            (false, false) => style::priority(self.priority),
        }
    }

    pub(crate) fn style(&self) -> Style {
        if self.done { DIM } else { PLAIN }
    }

    fn in_words(&self) -> String {
        let mut words = vec![format!("{}: {}", self.hours(), self.title)];
        words.extend((self.overdue && self.times.is_some()).then(|| "overdue".to_owned()));
        words.extend(self.event.then(|| "event".to_owned()));
        words.extend(style::priority_words(self.priority).map(str::to_owned));
        words.extend(self.done.then(|| "done".to_owned()));
        words.extend(Some(self.place.clone()).filter(|place| !place.is_empty()));
        words.join(", ")
    }
}

/// Returns the first day of the week of a date.
pub(crate) fn week_of(day: Date, starts_on: Weekday) -> Date {
    let back = i32::from(starts_on.until(day.weekday()).rem_euclid(7));
    day.checked_sub(back.days()).unwrap_or(day)
}

/// Draws days, starting with the first one.
pub(crate) fn days(first: Date, count: i32, today: Date, entries: &[Entry], look: Look) -> Vec<Line> {
    let all = (0..count).filter_map(|day| first.checked_add(day.days()).ok());
    let mut lines = vec![Line::new().text(" ").styled(title(first, count), BOLD).fit(look.width), Line::new()];
    let columns = Columns::of(entries, look);
    for day in all {
        let of_day: Vec<&Entry> = entries.iter().filter(|entry| entry.day == day).collect();
        lines.extend(match (look.accessible, look.width <= NARROW) {
            (true, _) => in_words(day, today, &of_day, look),
            (false, true) => below(day, today, &of_day, &columns),
            (false, false) => beside(day, today, &of_day, &columns),
        });
    }
    lines.into_iter().map(|line| line.fit(look.width)).collect()
}

/// Returns the heading of some days, such as "23-29 November 2026, week 48".
fn title(first: Date, count: i32) -> String {
    let last = first.checked_add((count - 1).days()).unwrap_or(first);
    let until = last.strftime("%-d %B %Y");
    let from = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) if first == last => return format!("{} {until}", first.strftime("%A")),
        (true, true) => first.strftime("%-d"),
        (true, false) => first.strftime("%-d %B"),
        (false, _) => first.strftime("%-d %B %Y"),
    };
    let dash = if first.month() == last.month() { "-" } else { " - " };
    let week = match first.weekday() {
        Weekday::Monday if count == 7 => format!(", week {}", first.iso_week_date().week()),
        _ => String::new(),
    };
    format!("{from}{dash}{until}{week}")
}

/// The widths that all days share.
struct Columns {
    mark: usize,
    title: usize,
    place: usize,
}

impl Columns {
    fn of(entries: &[Entry], look: Look) -> Self {
        let widest = |of: fn(&Entry) -> usize| entries.iter().map(of).max().unwrap_or(0);
        let mark = match widest(|entry| width(entry.mark().0)) {
            0 => 0,
            mark => mark + 1,
        };
        let lead = if look.width <= NARROW { 3 } else { 2 + DAY + 2 } + TIMES + 2 + mark;
        let room = look.width.saturating_sub(lead);
        let place = if look.width <= NARROW { 0 } else { widest(|entry| width(&entry.place)).min(WIDEST_PLACE) };
        let title = widest(|entry| width(&entry.title)).min(room.saturating_sub(place + 2)).max(8);
        Self { mark, title, place }
    }

    fn entry(&self, entry: &Entry) -> Line {
        let (mark, color) = entry.mark();
        let style = match entry.times {
            _ if entry.overdue => RED,
            None => DIM,
            Some(_) => PLAIN,
        };
        let hours = Line::new().styled(entry.hours(), style);
        let start = hours.pad(TIMES + 2).then(Line::new().styled(mark, color).pad(self.mark));
        let title = Line::new().linked(&entry.title, entry.style(), entry.link.as_deref());
        if self.place == 0 {
            return start.then(title);
        }
        let place = Line::new().styled(&entry.place, DIM).fit(self.place);
        start.then(title.fit(self.title).pad(self.title + 2)).then(place)
    }
}

fn label(day: Date, today: Date) -> Line {
    let text = day.strftime("%a %e %b").to_string();
    match day {
        _ if day == today => Line::new().styled("▸ ", YELLOW).styled(text, YELLOW.bold()),
        _ if day < today => Line::new().text("  ").styled(text, DIM),
        _ => Line::new().text("  ").text(text),
    }
}

fn beside(day: Date, today: Date, entries: &[&Entry], columns: &Columns) -> Vec<Line> {
    let start = 2 + DAY + 2;
    let label = label(day, today).pad(start);
    let Some((first, others)) = entries.split_first() else { return vec![label.styled("–", DIM)] };
    let mut lines = vec![label.then(columns.entry(first))];
    lines.extend(others.iter().map(|entry| Line::new().pad(start).then(columns.entry(entry))));
    lines
}

fn below(day: Date, today: Date, entries: &[&Entry], columns: &Columns) -> Vec<Line> {
    let mut lines = vec![label(day, today)];
    lines.extend(entries.iter().map(|entry| Line::new().pad(3).then(columns.entry(entry))));
    lines
}

fn in_words(day: Date, today: Date, entries: &[&Entry], look: Look) -> Vec<Line> {
    let today = if day == today { ", today" } else { "" };
    let nothing = if entries.is_empty() { " nothing" } else { "" };
    let heading = format!("{}{today}:{nothing}", day.strftime("%A %-d %B"));
    let mut lines = sentence(&heading, BOLD, look.width);
    lines.extend(entries.iter().flat_map(|entry| sentence(&format!("- {}", entry.in_words()), PLAIN, look.width)));
    lines
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::line::rendered;
    use super::super::tests::golden;
    use super::*;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    pub(crate) fn some() -> Vec<Entry> {
        let entry = |day: i8, times: Option<(i8, i8)>, title: &str, place: &str| Entry {
            day: date(2026, 11, day),
            times: times.map(|(from, to)| (time(from, 30, 0, 0), Some(time(to, 0, 0, 0)).filter(|_| to > from))),
            title: title.into(),
            place: place.into(),
            priority: Priority::None,
            event: false,
            done: false,
            overdue: false,
            link: None,
        };
        let mut all = vec![
            Entry {
                event: true, ..entry(23, Some((9, 10)), "Stand-up with the 👩‍👩‍👧 team", "Work calendar")
            },
            Entry { priority: Priority::High, ..entry(23, None, "Send the invoice", "Clients") },
            Entry { done: true, ..entry(22, None, "Water the plants", "🏡 Home") },
            Entry { overdue: true, ..entry(22, None, "Pay the bill", "🏡 Home") },
            Entry { overdue: true, ..entry(22, Some((7, 8)), "Run", "") },
            entry(26, Some((18, 0)), "日本語 lesson about the use of particles in long sentences", "Learning"),
            Entry { priority: Priority::Low, ..entry(23, Some((17, 18)), "Groceries", "Home") },
            entry(23, Some((20, 0)), "Call", ""),
            entry(30, None, "Rent", "Flat"),
        ];
        all.sort_by_key(|entry| (entry.day, entry.times));
        all
    }

    fn drawn(width: usize, accessible: bool) -> String {
        let lines = days(date(2026, 11, 22), 7, date(2026, 11, 23), &some(), Look { width, accessible });
        anstream::adapter::strip_str(&rendered(&lines).join("\n")).to_string()
    }

    #[test]
    fn a_week_shows_each_day_with_its_entries() {
        golden("agenda-80", &drawn(80, false));
        golden("agenda-120", &drawn(120, false));
    }

    #[test]
    fn days_are_headings_in_a_narrow_terminal() {
        golden("agenda-40", &drawn(40, false));
    }

    #[test]
    fn a_week_can_be_read_aloud() {
        golden("agenda-accessible", &drawn(80, true));
    }

    #[test]
    fn headings_name_what_differs() {
        assert_eq!(title(date(2026, 11, 23), 7), "23-29 November 2026, week 48");
        assert_eq!(title(date(2026, 11, 29), 7), "29 November - 5 December 2026");
        assert_eq!(title(date(2026, 12, 28), 7), "28 December 2026 - 3 January 2027, week 53");
        assert_eq!(title(date(2026, 11, 23), 1), "Monday 23 November 2026");
    }

    #[test]
    fn weeks_start_on_the_given_day() {
        let sunday = date(2026, 11, 29);
        assert_eq!(week_of(sunday, Weekday::Monday), date(2026, 11, 23));
        assert_eq!(week_of(sunday, Weekday::Sunday), sunday);
        assert_eq!(week_of(sunday, Weekday::Saturday), date(2026, 11, 28));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_terminal(
            titles in prop::collection::vec(".{0,40}", 0..9), width in 20_usize..130, accessible: bool
        ) {
            let mut entries = some();
            for (entry, title) in entries.iter_mut().zip(&titles) {
                entry.title = title.clone();
                entry.place = title.chars().rev().collect();
            }
            for line in days(date(2026, 11, 22), 9, date(2026, 11, 23), &entries, Look { width, accessible }) {
                prop_assert!(crate::text::width(&anstream::adapter::strip_str(&line.to_string()).to_string()) <= width);
            }
        }
    }
}
