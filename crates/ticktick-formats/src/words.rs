//! Dates and repeats in English, as Todoist and Obsidian Tasks write them.

mod dates;
mod say;

pub(crate) use self::dates::{date, day_text, month, time};
pub(crate) use self::say::{say, simple};

use jiff::civil::{Date, Time};
use ticktick::models::RepeatFrom;

/// A repeat that was written in words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Repeat {
    /// The rule, as TickTick stores it.
    pub(crate) rule: String,
    pub(crate) from: RepeatFrom,
    pub(crate) time: Option<Time>,
    pub(crate) start: Option<Date>,
}

const DAYS: [(&str, &str); 7] =
    [("mon", "MO"), ("tue", "TU"), ("wed", "WE"), ("thu", "TH"), ("fri", "FR"), ("sat", "SA"), ("sun", "SU")];
const WORKDAYS: &str = "MO,TU,WE,TH,FR";

/// Reads a repeat such as `every other tuesday at 18:30`. `today` is the day from which dates without a year count.
///
/// Returns `None` if any word is not understood, because half a rule would be a wrong rule.
pub(crate) fn repeat(text: &str, today: Date) -> Option<Repeat> {
    let text = text.to_lowercase().replace(',', " , ");
    let mut words: Words<'_> = Words { words: text.split_whitespace().collect(), today, ..Words::default() };
    let first = words.next()?;
    match first {
        "every" | "ev" | "each" => {}
        "every!" | "ev!" => words.from = RepeatFrom::Completion,
        _ => {
            let frequency = single(first)?;
            words.rule(frequency, 1);
            words.rest()?;
            return words.finish();
        }
    }
    words.subject()?;
    words.rest()?;
    words.finish()
}

/// Words such as `daily`.
fn single(word: &str) -> Option<&'static str> {
    Some(match word {
        "daily" => "DAILY",
        "weekly" => "WEEKLY",
        "monthly" => "MONTHLY",
        "yearly" | "annually" => "YEARLY",
        _ => return None,
    })
}

/// The words of a repeat, and the result so far.
#[derive(Debug)]
struct Words<'a> {
    words: Vec<&'a str>,
    at: usize,
    today: Date,
    parts: Vec<String>,
    from: RepeatFrom,
    time: Option<Time>,
    start: Option<Date>,
}

impl Default for Words<'_> {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            at: 0,
            today: Date::MIN,
            parts: Vec::new(),
            from: RepeatFrom::DueDate,
            time: None,
            start: None,
        }
    }
}

impl<'a> Words<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.words.get(self.at).copied()
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        self.at += 1;
        Some(word)
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let is_next = self.peek().is_some_and(|word| words.contains(&word));
        self.at += usize::from(is_next);
        is_next
    }

    fn rule(&mut self, frequency: &str, interval: u32) {
        self.parts.push(format!("FREQ={frequency};INTERVAL={interval}"));
    }

    fn part(&mut self, name: &str, value: impl std::fmt::Display) {
        self.parts.push(format!("{name}={value}"));
    }

    /// Reads the words after `every`.
    fn subject(&mut self) -> Option<()> {
        if self.parts_of_day() {
            return Some(());
        }
        let interval = match self.peek()? {
            "other" => Some(2),
            word => word.parse::<u32>().ok().filter(|number| *number > 0),
        };
        self.at += usize::from(interval.is_some());
        let every = interval.unwrap_or(1);
        let word = self.peek()?;
        if let Some((frequency, times)) = unit(word) {
            self.at += 1;
            self.rule(frequency, every.checked_mul(times)?);
            return self.on(frequency);
        }
        if weekday(word).is_some() {
            let days = self.weekdays()?;
            self.rule("WEEKLY", every);
            self.part("BYDAY", days.join(","));
            return Some(());
        }
        if let Some(day) = interval {
            // `every 15 jan` names a day, and nothing else may follow a number.
            let found = month(word).filter(|_| (1..=31).contains(&day))?;
            self.at += 1;
            self.rule("YEARLY", 1);
            self.part("BYMONTH", found);
            self.part("BYMONTHDAY", day);
            return Some(());
        }
        match word {
            "weekday" | "weekdays" | "workday" | "workdays" => {
                self.at += 1;
                self.rule("WEEKLY", 1);
                self.part("BYDAY", WORKDAYS);
                Some(())
            }
            "weekend" | "weekends" => {
                self.at += 1;
                self.rule("WEEKLY", 1);
                self.part("BYDAY", "SA");
                Some(())
            }
            _ => self.month_subject(),
        }
    }

    /// Reads `every jan 27th`, `every January on the 15th`, `every 27th` and `every 3rd friday`.
    fn month_subject(&mut self) -> Option<()> {
        let mut months = Vec::new();
        while let Some(found) = self.peek().and_then(month) {
            self.at += 1;
            months.push(found.to_string());
            let _ = self.eat(&[",", "and"]);
        }
        if months.is_empty() {
            let at = self.at;
            // `every 27th jan` names a month after the day.
            if let Some(day) = self.next().and_then(ordinal)
                && let Some(found) = self.peek().and_then(month)
            {
                self.at += 1;
                self.rule("YEARLY", 1);
                self.part("BYMONTH", found);
                self.part("BYMONTHDAY", day);
                return Some(());
            }
            self.at = at;
            self.rule("MONTHLY", 1);
            return self.month_days(true);
        }
        self.rule("YEARLY", 1);
        self.part("BYMONTH", months.join(","));
        let has_day = self.eat(&["on"]) || self.peek().is_some_and(|word| ordinal(word).is_some() || number(word));
        if has_day { self.month_days(false) } else { Some(()) }
    }

    /// Reads the words after a unit: `on Tuesday`, `on the 1st`, `on jan 27`.
    fn on(&mut self, frequency: &str) -> Option<()> {
        if !self.eat(&["on"]) {
            return Some(());
        }
        match frequency {
            "WEEKLY" => {
                let days = self.weekdays()?;
                self.part("BYDAY", days.join(","));
                Some(())
            }
            "MONTHLY" => self.month_days(false),
            "YEARLY" => {
                let _ = self.eat(&["the"]);
                let found = self.next().and_then(month)?;
                self.part("BYMONTH", found);
                self.month_days(false)
            }
            _ => None,
        }
    }

    /// Reads days of a month: `the 1st and 15th`, `last day`, `3rd friday`, `2nd last friday`.
    fn month_days(&mut self, needs_ordinal: bool) -> Option<()> {
        let mut days = Vec::new();
        let mut weekdays = Vec::new();
        loop {
            let _ = self.eat(&["the"]);
            let nth = match self.next()? {
                "last" => -1,
                word => ordinal(word).or_else(|| if needs_ordinal { None } else { word.parse().ok() })?,
            };
            let nth = if nth > 0 && self.eat(&["last"]) { -nth } else { nth };
            if let Some(day) = self.peek().and_then(weekday) {
                self.at += 1;
                weekdays.push(format!("{nth}{day}"));
            } else {
                let says_day = self.eat(&["day"]);
                if (nth < 0 && !says_day && needs_ordinal) || nth == 0 || nth > 31 {
                    return None;
                }
                days.push(nth.to_string());
            }
            if !self.eat(&[",", "and"]) {
                break;
            }
        }
        if self.eat(&["of"]) {
            let _ = self.eat(&["the", "each", "every"]);
            self.eat(&["month"]).then_some(())?;
        }
        match (days.is_empty(), weekdays.is_empty()) {
            (false, true) => self.part("BYMONTHDAY", days.join(",")),
            (true, false) => self.part("BYDAY", weekdays.join(",")),
            _ => return None,
        }
        Some(())
    }

    fn weekdays(&mut self) -> Option<Vec<&'static str>> {
        let mut days = Vec::new();
        loop {
            let word = self.next()?;
            let day = weekday(word).or_else(|| (word == "weekday").then_some(WORKDAYS))?;
            days.push(day);
            let comma = self.eat(&[","]);
            if !(self.eat(&["and"]) || comma) {
                return Some(days);
            }
        }
    }

    /// Reads `every morning`: a day and its hour.
    fn parts_of_day(&mut self) -> bool {
        let Some(hour) = self.peek().and_then(part_of_day) else { return false };
        self.at += 1;
        self.time = Time::new(hour, 0, 0, 0).ok();
        self.rule("DAILY", 1);
        true
    }

    /// Reads the words after the rule: a time, and the first and last day.
    fn rest(&mut self) -> Option<()> {
        while let Some(word) = self.next() {
            match word {
                "when" => {
                    self.eat(&["done"]).then_some(())?;
                    self.from = RepeatFrom::Completion;
                }
                "at" | "@" => self.time = Some(self.clock(true)?),
                "in" => {
                    let _ = self.eat(&["the"]);
                    self.time = Time::new(self.next().and_then(part_of_day)?, 0, 0, 0).ok();
                }
                _ if part_of_day(word).is_some() => {
                    self.time = Time::new(part_of_day(word)?, 0, 0, 0).ok();
                }
                "starting" | "from" => self.start = Some(self.until_word()?),
                "ending" | "until" => {
                    let last = self.until_word()?;
                    self.part("UNTIL", last.strftime("%Y%m%d"));
                }
                _ => {
                    self.at -= 1;
                    self.time = Some(self.clock(false)?);
                }
            }
        }
        Some(())
    }

    fn clock(&mut self, is_marked: bool) -> Option<Time> {
        let word = self.next()?;
        if let Some(suffix) = self.peek().filter(|word| matches!(*word, "am" | "pm")) {
            self.at += 1;
            return time(&format!("{word}{suffix}"), true);
        }
        time(word, is_marked)
    }

    /// Reads the date that ends at the next keyword or at the end.
    fn until_word(&mut self) -> Option<Date> {
        let begin = self.at;
        while self.peek().is_some_and(|word| !matches!(word, "starting" | "from" | "ending" | "until" | "at")) {
            self.at += 1;
        }
        let (found, time) = date(&self.words[begin..self.at].join(" "), self.today)?;
        time.is_none().then_some(found)
    }

    fn finish(self) -> Option<Repeat> {
        (self.at == self.words.len() && !self.parts.is_empty()).then(|| Repeat {
            rule: format!("RRULE:{}", self.parts.join(";")),
            from: self.from,
            time: self.time,
            start: self.start,
        })
    }
}

fn unit(word: &str) -> Option<(&'static str, u32)> {
    Some(match word {
        "day" | "days" => ("DAILY", 1),
        "week" | "weeks" => ("WEEKLY", 1),
        "month" | "months" => ("MONTHLY", 1),
        "quarter" | "quarters" => ("MONTHLY", 3),
        "year" | "years" => ("YEARLY", 1),
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<&'static str> {
    const LONG: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let is_short = |(short, long): (&str, &str)| word == short || word == long || word == format!("{long}s");
    let extra = match word {
        "tues" => Some("TU"),
        "weds" => Some("WE"),
        "thur" | "thurs" => Some("TH"),
        _ => None,
    };
    extra.or_else(|| {
        DAYS.iter().zip(LONG).find(|((short, _), long)| is_short((short, long))).map(|((_, code), _)| *code)
    })
}

fn part_of_day(word: &str) -> Option<i8> {
    Some(match word {
        "morning" => 9,
        "afternoon" => 12,
        "evening" => 19,
        "night" => 22,
        _ => return None,
    })
}

fn number(word: &str) -> bool {
    word.parse::<u8>().is_ok()
}

/// Reads `27th` or `third`.
fn ordinal(word: &str) -> Option<i32> {
    const NAMES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    if let Some(index) = NAMES.iter().position(|name| *name == word) {
        return i32::try_from(index + 1).ok();
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix))?;
    digits.parse().ok().filter(|number| (1..=31).contains(number))
}

#[cfg(test)]
mod tests;
