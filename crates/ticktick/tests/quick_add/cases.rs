//! A table of cases for each sentence of the rules: `LINE => TITLE FIELDS`, or `LINE => ERROR PART OF THE MESSAGE`.
//!
//! `#` starts the sentence that the cases below it are for, `@ TIME` sets the time, and `@week` and `@order` set an option.

use ticktick::jiff::civil::Weekday;
use ticktick::quick_add::{DateOrder, QuickAdd, QuickAddError};

use crate::world::{at, summary};

/// Thursday, 26 November 2026.
const NOW: &str = "2026-11-26T10:00[Europe/Berlin]";

/// Runs the cases of a table; returns how many there are.
fn run(table: &str, read: impl Fn(&QuickAdd, &str) -> Result<String, QuickAddError>) -> usize {
    let mut reader = at(NOW);
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in table.lines() {
        reader = match line.split_once(' ') {
            Some(("@", now)) => at(now),
            Some(("@week", day)) => reader.week_start(weekday(day)),
            Some(("@order", "dmy")) => reader.date_order(DateOrder::Dmy),
            Some(("@order", _)) => reader.date_order(DateOrder::Mdy),
            _ => reader,
        };
        let Some((text, expected)) = line.split_once(" => ") else { continue };
        count += 1;
        let is_right = match (read(&reader, text), expected.strip_prefix("ERROR ")) {
            (Ok(found), None) => found == expected,
            (Err(error), Some(part)) => error.to_string().contains(part),
            _ => false,
        };
        if !is_right {
            let found = read(&reader, text).unwrap_or_else(|error| format!("ERROR {error}"));
            wrong.push(format!("{text}\n  expected {expected}\n     found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    count
}

fn weekday(name: &str) -> Weekday {
    match name {
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => Weekday::Monday,
    }
}

fn lines(table: &str, least: usize) {
    assert!(run(table, |reader, line| reader.parse(line).map(|parsed| summary(&parsed))) >= least);
}

#[test]
fn marks_give_fields() {
    lines(include_str!("../samples/quick-add/marks.txt"), 75);
}

#[test]
fn ordinary_text_stays_in_the_title() {
    lines(include_str!("../samples/quick-add/text.txt"), 120);
}

#[test]
fn dates_are_read() {
    lines(include_str!("../samples/quick-add/dates.txt"), 100);
}

#[test]
fn times_are_read() {
    lines(include_str!("../samples/quick-add/times.txt"), 60);
}

#[test]
fn repeats_and_reminders_are_read() {
    lines(include_str!("../samples/quick-add/repeats.txt"), 80);
}

#[test]
fn chinese_is_read() {
    lines(include_str!("../samples/quick-add/chinese.txt"), 110);
}

#[test]
fn the_values_of_due_are_read() {
    let table = include_str!("../samples/quick-add/due.txt");
    assert!(
        run(table, |reader, text| reader.parse_date(text).map(|date| crate::world::without_zone(&date.to_string())))
            >= 50
    );
}
