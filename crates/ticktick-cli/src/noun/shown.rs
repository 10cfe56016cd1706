//! How named objects are shown to people.

use anstyle::{RgbColor, Style};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::output::{BOLD, DIM, width};
use crate::table::{Cell, Table};
use crate::text::{on_one_line, plural};
use crate::when;

/// The commands that create objects, shown below an empty list.
const CREATED_BY: [(&str, &str); 10] = [
    ("timer", "focus timer create"),
    ("session", "focus start"),
    ("column", "column create"),
    ("folder", "folder create"),
    ("saved filter", "filter create"),
    ("comment", "comment add"),
    ("habit", "habit create"),
    ("tag", "tag create"),
    ("countdown", "countdown create"),
    ("file", "attachment upload"),
];

/// Formats objects as a table with their number below. `flexible` is the column that is shortened on a narrow terminal.
pub(crate) fn table<T>(all: &[T], what: &str, flexible: usize, row: impl Fn(&T) -> Vec<Cell>) -> Vec<String> {
    let mut table = Table::new().flexible([(flexible, 12), (0, 12)]);
    for one in all {
        table.row(row(one));
    }
    let mut lines = table.render(width());
    let hint = CREATED_BY.iter().find(|(name, _)| all.is_empty() && *name == what);
    let hint = hint.map(|(_, command)| format!(" · `ticktick {command}` adds one")).unwrap_or_default();
    lines.push(format!(" {}{hint}", plural(all.len(), what)));
    lines
}

/// Formats one object: its name, and its other values below. Empty values are omitted.
pub(crate) fn details(name: &str, rows: &[(&str, String)]) -> Vec<String> {
    let mut table = Table::new().flexible([(1, 20)]);
    for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        table.row(vec![Cell::new(format!("  {label}")).style(DIM), Cell::new(value)]);
    }
    let name = format!(" {BOLD}{}{BOLD:#}", on_one_line(name));
    std::iter::once(name).chain(table.render(width())).collect()
}

/// Shows a color and its code, for people who cannot see the color.
pub(crate) fn swatch(color: Option<&String>) -> Cell {
    color.map_or_else(|| Cell::new(""), |color| Cell::new(format!("● {color}")).style(style(color).unwrap_or_default()))
}

fn style(color: &str) -> Option<Style> {
    let code = u32::from_str_radix(color.strip_prefix('#').filter(|code| code.len() == 6)?, 16).ok()?;
    let [_, red, green, blue] = code.to_be_bytes();
    Some(RgbColor(red, green, blue).on_default())
}

/// Shows a moment in the reader's zone, such as `Mon 23 Nov 09:30`.
pub(crate) fn moment(at: Option<Timestamp>, zone: &TimeZone, today: Date) -> String {
    let at = at.map(|at| at.to_zoned_datetime(zone.clone()));
    at.map(|at| format!("{} {}", when::day(at.date(), today), at.strftime("%H:%M"))).unwrap_or_default()
}

/// Formats an amount without needless decimals.
pub(crate) fn number(amount: f64) -> String {
    format!("{amount}")
}

/// Shows how often something repeats. Complex rules are shown unchanged.
pub(crate) fn repeats(rule: &str) -> String {
    let rule = rule.trim_start_matches("RRULE:");
    let parts: Vec<&str> = rule.split(';').filter(|part| *part != "INTERVAL=1").collect();
    match parts.as_slice() {
        ["FREQ=DAILY"] => "every day".into(),
        ["FREQ=WEEKLY"] => "every week".into(),
        ["FREQ=MONTHLY"] => "every month".into(),
        ["FREQ=YEARLY"] => "every year".into(),
        ["FREQ=WEEKLY", part] => match part.split_once('=') {
            Some(("BYDAY", days)) => weekdays(days),
            Some(("TT_TIMES", "1")) => "once a week".into(),
            Some(("TT_TIMES", times)) => format!("{times} times a week"),
            _ => rule.to_owned(),
        },
        _ => rule.to_owned(),
    }
}

fn weekdays(days: &str) -> String {
    let name = |day: &str| match day {
        "MO" => "Mon",
        "TU" => "Tue",
        "WE" => "Wed",
        "TH" => "Thu",
        "FR" => "Fri",
        "SA" => "Sat",
        "SU" => "Sun",
        _ => "?",
    };
    match days {
        "MO,TU,WE,TH,FR,SA,SU" | "SU,MO,TU,WE,TH,FR,SA" => "every day".into(),
        "MO,TU,WE,TH,FR" => "Mon-Fri".into(),
        days => days.split(',').map(name).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_rules_are_words() {
        for (rule, words) in [
            ("RRULE:FREQ=DAILY;INTERVAL=1", "every day"),
            ("FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,WE", "Mon, Wed"),
            ("RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Mon-Fri"),
            ("RRULE:FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH,FR,SA", "every day"),
            ("RRULE:FREQ=WEEKLY;INTERVAL=1;TT_TIMES=3", "3 times a week"),
            ("RRULE:FREQ=WEEKLY;TT_TIMES=1", "once a week"),
            ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            ("", ""),
        ] {
            assert_eq!(repeats(rule), words, "{rule}");
        }
    }

    #[test]
    fn colors_are_shown_with_their_code() {
        let color = "#FF8000".to_owned();
        let mut table = Table::new();
        table.row(vec![swatch(Some(&color)), swatch(None), swatch(Some(&"transparent".to_owned()))]);
        assert_eq!(table.render(None), ["\x1b[38;2;255;128;0m● #FF8000\x1b[0m    ● transparent"]);
    }

    #[test]
    fn amounts_have_no_needless_decimals() {
        assert_eq!([1.0, 2.5, 0.0].map(number), ["1", "2.5", "0"]);
    }
}
