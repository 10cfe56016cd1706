//! Dates and times in English.

use jiff::civil::{Date, Time};

pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads the name of a month, whole or shortened to three or four letters.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let fits = |name: &&str| word == *name || (word.len() >= 3 && word.len() <= 4 && name.starts_with(&word));
    MONTHS.iter().position(fits).and_then(|index| i8::try_from(index + 1).ok())
}

/// Reads a time such as `18:30`, `6pm` or `9:30am`. A bare hour needs a mark before it, such as `at`.
pub(crate) fn time(word: &str, is_marked: bool) -> Option<Time> {
    match word {
        "noon" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" => return Some(Time::midnight()),
        _ => {}
    }
    let (digits, half) = match word.strip_suffix("am").map(|rest| (rest, false)) {
        Some(found) => (found.0, Some(found.1)),
        None => word.strip_suffix("pm").map_or((word, None), |rest| (rest, Some(true))),
    };
    let mut parts = digits.splitn(3, ':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute = parts.next();
    if minute.is_none() && half.is_none() && !is_marked {
        return None;
    }
    let minute: i8 = minute.map_or(Some(0), |text| text.parse().ok())?;
    let second: i8 = parts.next().map_or(Some(0), |text| text.parse().ok())?;
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(is_pm) => hour % 12 + if is_pm { 12 } else { 0 },
    };
    Time::new(hour, minute, second, 0).ok()
}

/// Reads a date such as `Dec 4 2026 10:00`, `4 December` or `2027-01-15`. Without a year, it is the next such day.
pub(crate) fn date(text: &str, today: Date) -> Option<(Date, Option<Time>)> {
    let text = text.trim().to_lowercase().replace(',', " ");
    if let Some(found) = iso(&text) {
        return Some(found);
    }
    let mut month_found = None;
    let (mut day, mut year, mut clock) = (None, None, None);
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix)).unwrap_or(word);
        let number = bare.parse::<i16>().ok();
        if month_found.is_none() && month(word).is_some() {
            month_found = month(word);
        } else if let Some(number) = number.filter(|number| day.is_none() && (1..=31).contains(number)) {
            day = i8::try_from(number).ok();
        } else if let Some(number) = number.filter(|number| year.is_none() && *number >= 1000) {
            year = Some(number);
        } else if word == "at" {
            clock = Some(clock_of(words.next()?, &mut words, true)?);
        } else if clock.is_none() {
            clock = Some(clock_of(word, &mut words, false)?);
        } else {
            return None;
        }
    }
    let (month, day) = (month_found?, day?);
    let found = match year {
        Some(year) => Date::new(year, month, day).ok()?,
        None => {
            (0..=8).find_map(|later| Date::new(today.year() + later, month, day).ok().filter(|date| *date >= today))?
        }
    };
    Some((found, clock))
}

fn clock_of<'a>(
    word: &str,
    words: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
    marked: bool,
) -> Option<Time> {
    match words.next_if(|word| matches!(*word, "am" | "pm")) {
        Some(half) => time(&format!("{word}{half}"), true),
        None => time(word, marked),
    }
}

/// Reads `2027-01-15`, with or without a time after a space or a `T`.
fn iso(text: &str) -> Option<(Date, Option<Time>)> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    let date: Date = day.parse().ok().filter(|_| day.as_bytes().get(4) == Some(&b'-'))?;
    let rest = rest.trim_start_matches('t').trim();
    if rest.is_empty() {
        return Some((date, None));
    }
    let rest = rest.strip_prefix("at ").unwrap_or(rest).replace(' ', "");
    time(&rest, false).map(|time| (date, Some(time)))
}

/// Reads a day `YYYY-MM-DD` and nothing else.
pub(crate) fn day_text(text: &str) -> Option<Date> {
    let is_form = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_form.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        for (text, expected) in [
            ("Dec 4 2026 10:00", "2026-12-04 10:00:00"),
            ("4 December 2026", "2026-12-04"),
            ("2027-01-15", "2027-01-15"),
            ("2027-01-15 6pm", "2027-01-15 18:00:00"),
            ("2027-01-15T06:30:00", "2027-01-15 06:30:00"),
            ("Jan 3", "2027-01-03"),
            ("27th Nov at 9", "2026-11-27 09:00:00"),
            ("feb 29", "2028-02-29"),
            ("day 3", "-"),
            ("4. Dez. 2026", "-"),
            ("tomorrow", "-"),
        ] {
            let found = date(text, jiff::civil::date(2026, 11, 26))
                .map_or("-".to_owned(), |(day, time)| time.map_or(day.to_string(), |time| format!("{day} {time}")));
            assert_eq!(found, expected, "{text}");
        }
    }
}
