//! Repeat rules in words.

use jiff::civil::Date;
use ticktick::quick_add::Repeat;
use ticktick::task::RepeatFrom;

/// Describes how a task repeats that is due on a day, such as `monthly on the 27th`. A rule with unknown parts is shown
/// unchanged.
pub(super) fn of(repeat: &Repeat, date: Option<Date>) -> String {
    let words = words(repeat.rule.as_str(), date).unwrap_or_else(|| repeat.rule.to_string());
    match repeat.from {
        RepeatFrom::Completion => format!("{words}, from completion"),
        RepeatFrom::DueDate => format!("{words}, from the due date"),
        _ => words,
    }
}

fn words(rule: &str, date: Option<Date>) -> Option<String> {
    let (mut unit, mut interval, mut on, mut end) = ("", 1, String::new(), String::new());
    let (mut month, mut day_of_month) = (None, None);
    for part in rule.strip_prefix("RRULE:")?.split(';') {
        let (name, value) = part.split_once('=')?;
        match name {
            "FREQ" => unit = value,
            "INTERVAL" => interval = value.parse().ok()?,
            "BYDAY" => on = format!(" on {}", value.split(',').map(weekday).collect::<Option<Vec<_>>>()?.join(", ")),
            "BYMONTHDAY" => day_of_month = Some(value.parse::<i8>().ok()?),
            "BYMONTH" => month = Some(value.parse::<i8>().ok()?),
            "COUNT" => end = format!(", {value} times"),
            "UNTIL" => {
                let until = Date::strptime("%Y%m%d", value.get(..8)?).ok()?;
                end = format!(", until {}", until.strftime("%-d %b %Y"));
            }
            "WKST" => {}
            _ => return None,
        }
    }
    let every = |one: &str, name: &str| if interval == 1 { one.to_owned() } else { format!("every {interval} {name}") };
    let every = match unit {
        "DAILY" => every("daily", "days"),
        "WEEKLY" => every("weekly", "weeks"),
        "MONTHLY" => every("monthly", "months"),
        "YEARLY" => every("yearly", "years"),
        _ => return None,
    };
    if on.is_empty() {
        on = match (unit, day_of_month.or(date.map(Date::day)), date) {
            ("MONTHLY", Some(-1), _) => " on the last day".to_owned(),
            ("MONTHLY", Some(day), _) => format!(" on the {}", ordinal(day)),
            ("YEARLY", Some(day), date) => match month.or(date.map(Date::month)) {
                Some(month) => format!(" on {}", Date::new(2024, month, day).ok()?.strftime("%-d %b")),
                None => String::new(),
            },
            ("WEEKLY", _, Some(date)) => date.strftime(" on %a").to_string(),
            _ => String::new(),
        };
    }
    Some(format!("{every}{on}{end}"))
}

/// Reads a day such as `MO`, `2TU` or `-1FR`.
fn weekday(text: &str) -> Option<String> {
    let (number, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let name = match day {
        "MO" => "Mon",
        "TU" => "Tue",
        "WE" => "Wed",
        "TH" => "Thu",
        "FR" => "Fri",
        "SA" => "Sat",
        "SU" => "Sun",
        _ => return None,
    };
    Some(if number.is_empty() { name.to_owned() } else { format!("the {} {name}", ordinal(number.parse().ok()?)) })
}

fn ordinal(number: i8) -> String {
    let ending = match (number % 10, number) {
        (_, -1) => return "last".to_owned(),
        (1, n) if n != 11 => "st",
        (2, n) if n != 12 => "nd",
        (3, n) if n != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_words() {
        let date: Date = "2026-11-27".parse().unwrap();
        for (rule, wanted) in [
            ("FREQ=MONTHLY;INTERVAL=1", "monthly on the 27th"),
            ("FREQ=MONTHLY;INTERVAL=3", "every 3 months on the 27th"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "monthly on the last day"),
            ("FREQ=MONTHLY;BYDAY=-1FR", "monthly on the last Fri"),
            ("FREQ=MONTHLY;BYDAY=2TU", "monthly on the 2nd Tue"),
            ("FREQ=DAILY;INTERVAL=1", "daily"),
            ("FREQ=DAILY;COUNT=10", "daily, 10 times"),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Mon, Thu"),
            ("FREQ=WEEKLY", "weekly on Fri"),
            ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;UNTIL=20301231", "yearly on 24 Dec, until 31 Dec 2030"),
        ] {
            assert_eq!(words(&format!("RRULE:{rule}"), Some(date)).as_deref(), Some(wanted), "{rule}");
        }
        assert_eq!(words("RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY", None), None);
        assert_eq!(words("ERULE:NAME=CUSTOM", None), None);
    }
}
