//! Formats rules in words, and recognizes rules with only a unit and an interval.

use ticktick::Recurrence;
use ticktick::models::Frequency;

/// Returns the unit and the interval of a rule that contains nothing else.
pub(crate) fn simple(rule: &str) -> Option<(char, u32)> {
    let parsed = Recurrence::parse(rule).ok()?;
    let has_only = |part: &str| {
        let name = part.split('=').next().unwrap_or(part);
        matches!(name, "FREQ" | "INTERVAL" | "WKST")
    };
    rule.strip_prefix("RRULE:").unwrap_or(rule).split(';').all(has_only).then_some(())?;
    let found = parsed.rule()?;
    let unit = match found.frequency {
        Frequency::Daily => 'd',
        Frequency::Weekly => 'w',
        Frequency::Monthly => 'm',
        Frequency::Yearly => 'y',
        _ => return None,
    };
    Some((unit, found.interval))
}

/// Formats a rule in English, in words that are read back as the same rule.
pub(crate) fn say(rule: &str) -> Option<String> {
    let bare = rule.strip_prefix("RRULE:")?;
    let mut parts: Vec<(&str, &str)> = bare.split(';').filter_map(|part| part.split_once('=')).collect();
    let mut take = |name: &str| {
        let place = parts.iter().position(|(found, _)| *found == name)?;
        Some(parts.remove(place).1)
    };
    let (frequency, interval) = (take("FREQ")?, take("INTERVAL").unwrap_or("1"));
    let (by_day, by_month_day, by_month) = (take("BYDAY"), take("BYMONTHDAY"), take("BYMONTH"));
    let _ = take("WKST");
    parts.is_empty().then_some(())?;
    let unit = match frequency {
        "DAILY" => "day",
        "WEEKLY" => "week",
        "MONTHLY" => "month",
        "YEARLY" => "year",
        _ => return None,
    };
    let every = if interval == "1" { format!("every {unit}") } else { format!("every {interval} {unit}s") };
    match (frequency, by_day, by_month_day, by_month) {
        (_, None, None, None) => Some(every),
        ("WEEKLY", Some(days), None, None) if interval == "1" && days == "MO,TU,WE,TH,FR" => {
            Some("every weekday".to_owned())
        }
        ("WEEKLY", Some(days), None, None) => Some(format!("{every} on {}", names(days)?)),
        ("MONTHLY", None, Some(days), None) => Some(format!("{every} on the {}", join(days, day_of_month)?)),
        ("MONTHLY", Some(days), None, None) => Some(format!("{every} on the {}", join(days, nth_weekday)?)),
        ("YEARLY", None, Some(day), Some(month)) if interval == "1" => {
            let month = usize::from(month.parse::<u8>().ok()?);
            let name = super::dates::MONTHS.get(month.checked_sub(1)?)?;
            Some(format!("every {} on the {}", capital(name), join(day, day_of_month)?))
        }
        _ => None,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn join(list: &str, name: fn(&str) -> Option<String>) -> Option<String> {
    let names: Option<Vec<String>> = list.split(',').map(name).collect();
    names.map(|names| names.join(", "))
}

fn names(days: &str) -> Option<String> {
    join(days, |day| weekday(day).map(str::to_owned))
}

fn weekday(code: &str) -> Option<&'static str> {
    Some(match code {
        "MO" => "Monday",
        "TU" => "Tuesday",
        "WE" => "Wednesday",
        "TH" => "Thursday",
        "FR" => "Friday",
        "SA" => "Saturday",
        "SU" => "Sunday",
        _ => return None,
    })
}

fn day_of_month(day: &str) -> Option<String> {
    match day.parse::<i8>().ok()? {
        -1 => Some("last day".to_owned()),
        day @ 1..=31 => Some(format!("{day}{}", suffix(day))),
        _ => None,
    }
}

fn nth_weekday(day: &str) -> Option<String> {
    let (number, code) = day.split_at_checked(day.len().checked_sub(2)?)?;
    let name = weekday(code)?;
    match number.parse::<i8>().ok()? {
        -1 => Some(format!("last {name}")),
        number @ -5..=-2 => Some(format!("{}{} last {name}", -number, suffix(-number))),
        number @ 1..=5 => Some(format!("{number}{} {name}", suffix(number))),
        _ => None,
    }
}

fn suffix(number: i8) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_as_the_same_rule() {
        for rule in [
            "FREQ=DAILY;INTERVAL=1",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
            "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO,TU,WE,TH,FR",
            "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1,15",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
            "FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR",
            "FREQ=MONTHLY;INTERVAL=1;BYDAY=3FR",
            "FREQ=MONTHLY;INTERVAL=1;BYDAY=-2SU",
            "FREQ=YEARLY;INTERVAL=1;BYMONTH=12;BYMONTHDAY=24",
            "FREQ=YEARLY;INTERVAL=1",
        ] {
            let rule = format!("RRULE:{rule}");
            let words = say(&rule).unwrap();
            let read = crate::words::repeat(&words, jiff::civil::date(2026, 11, 26));
            assert_eq!(read.map(|repeat| repeat.rule), Some(rule), "{words}");
        }
        for rule in
            ["RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ=WEEKLY;TT_SKIP=HOLIDAY", "LUNAR:FREQ=YEARLY", "ERULE:NAME=CUSTOM"]
        {
            assert_eq!(say(rule), None, "{rule}");
        }
    }

    #[test]
    fn units_alone_are_simple() {
        assert_eq!(simple("RRULE:FREQ=WEEKLY;INTERVAL=2"), Some(('w', 2)));
        assert_eq!(simple("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"), None);
        assert_eq!(simple("ERULE:NAME=CUSTOM;BYDATE=20260101"), None);
    }
}
