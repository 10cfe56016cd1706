//! The values of the front matter of a task.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ZonedDateTime};
use ticktick::quick_add::{QuickAdd, due_text};
use ticktick::{Due, Priority, Task, Trigger};

use super::super::fields;
use super::super::item::in_order;
use super::form::Form;
use crate::error::Error;

/// Writes a task as a form. The names of its project and column are looked up by the caller.
pub(super) fn form_of(task: &Task, project: &str, column: &str, zone: &TimeZone) -> Form {
    let due = task.due(zone);
    let is_all_day = due.as_ref().is_some_and(Due::is_all_day);
    let reminders = task.reminders.iter().map(|reminder| reminder_text(&reminder.trigger, is_all_day));
    let tags = task.tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let values = [
        task.title.as_deref().unwrap_or_default().to_owned(),
        project.to_owned(),
        column.to_owned(),
        due.map(|due| date_text(&due, zone)).unwrap_or_default(),
        task.repeat_flag.get().cloned().unwrap_or_default(),
        reminders.collect::<Vec<_>>().join(", "),
        priority_text(task).to_owned(),
        tags,
    ];
    let item =
        |item: &&ticktick::task::ChecklistItem| (item.is_done(), item.title.as_deref().unwrap_or_default().to_owned());
    let items = in_order(task).iter().map(item).collect();
    Form { values, items, body: task.body().unwrap_or_default().to_owned() }
}

fn priority_text(task: &Task) -> &'static str {
    match task.priority.get() {
        Some(Priority::High) => "high",
        Some(Priority::Medium) => "medium",
        Some(Priority::Low) => "low",
        _ => "none",
    }
}

/// Writes a date, without the zone if it is that of the account.
fn date_text(due: &Due, zone: &TimeZone) -> String {
    let is_own = |at: &ZonedDateTime| at.time_zone() == zone;
    let text = |at: DateTime| at.strftime("%Y-%m-%d %H:%M").to_string();
    match due {
        Due::At(at) if is_own(at) && at.second() == 0 => text(at.datetime()),
        other => due_text(other),
    }
}

/// Reads a date as [`date_text`] writes it, or in the words of quick add. `None` clears the date.
pub(super) fn read_date(text: &str, quick: &QuickAdd) -> Result<Option<Due>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(at) = text.parse::<ZonedDateTime>() {
        return Ok(Some(Due::at(at)));
    }
    if let Some((start, end)) = text.split_once("]/").map(|(start, end)| (format!("{start}]"), end))
        && let (Ok(start), Ok(end)) = (start.parse::<ZonedDateTime>(), end.parse::<ZonedDateTime>())
    {
        return Due::range(start, end).map(Some).map_err(|error| Error::usage(error.to_string()));
    }
    let days = text.replace('/', "..");
    let is_days = text.len() == 21 && text.split('/').all(|day| day.parse::<jiff::civil::Date>().is_ok());
    fields::date(quick, if is_days { &days } else { text }, None)
}

/// Writes a reminder as it is typed, such as `1h30m`, or `1d 09:00` for a day.
fn reminder_text(trigger: &Trigger, is_all_day: bool) -> String {
    let raw = || trigger.as_str().to_owned();
    if is_all_day {
        return match trigger.day() {
            Some((0, at)) => at.strftime("%H:%M").to_string(),
            Some((days, at)) => format!("{days}d {}", at.strftime("%H:%M")),
            None => raw(),
        };
    }
    match trigger.offset() {
        Some(offset) if offset <= SignedDuration::ZERO && offset.as_secs() % 60 == 0 => {
            let minutes = offset.as_secs().unsigned_abs() / 60;
            match (minutes / 60, minutes % 60) {
                (0, minutes) => format!("{minutes}m"),
                (hours, 0) => format!("{hours}h"),
                (hours, minutes) => format!("{hours}h{minutes}m"),
            }
        }
        _ => raw(),
    }
}

/// Reads a priority. An empty value means no priority.
pub(super) fn read_priority(text: &str) -> Result<Priority, Error> {
    match text.to_lowercase().as_str() {
        "" | "none" => Ok(Priority::None),
        "low" => Ok(Priority::Low),
        "medium" => Ok(Priority::Medium),
        "high" => Ok(Priority::High),
        _ => Err(Error::usage(format!("\"{text}\" is not a priority")).hint("write high, medium, low or none")),
    }
}

/// Reads tags, separated by commas.
pub(super) fn read_tags(text: &str) -> Vec<String> {
    let tags = text.split(',').map(|tag| tag.trim().trim_start_matches('#'));
    tags.filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let now: ZonedDateTime = "2026-11-23T09:50[Europe/Berlin]".parse().unwrap();
        let quick = QuickAdd::new(&now);
        let at = |text: &str| text.parse::<ZonedDateTime>().unwrap();
        let day = jiff::civil::date(2026, 12, 1);
        for (due, text) in [
            (Due::day(day), "2026-12-01"),
            (Due::days(day..=day.tomorrow().unwrap()).unwrap(), "2026-12-01/2026-12-02"),
            (Due::at(at("2026-12-01T09:30[Europe/Berlin]")), "2026-12-01 09:30"),
            (Due::at(at("2026-12-01T09:30[Asia/Tokyo]")), "2026-12-01T09:30+09:00[Asia/Tokyo]"),
            (
                Due::range(at("2026-12-01T09:30[Europe/Berlin]"), at("2026-12-01T10:00[Europe/Berlin]")).unwrap(),
                "2026-12-01T09:30+01:00[Europe/Berlin]/2026-12-01T10:00+01:00[Europe/Berlin]",
            ),
        ] {
            assert_eq!(date_text(&due, &zone), text);
            assert_eq!(read_date(text, &quick).unwrap(), Some(due), "{text}");
        }
        assert_eq!(read_date("", &quick).unwrap(), None);
        assert_eq!(read_date("none", &quick).unwrap(), None);
        assert!(read_date("someday", &quick).is_err());
    }

    #[test]
    fn reminders_are_written_as_they_are_typed() {
        for (trigger, is_all_day, text) in [
            ("TRIGGER:-PT10M", false, "10m"),
            ("TRIGGER:PT0S", false, "0m"),
            ("TRIGGER:-PT1H30M", false, "1h30m"),
            ("TRIGGER:-PT24H", false, "24h"),
            ("TRIGGER:PT5M", false, "TRIGGER:PT5M"),
            ("TRIGGER:P0DT9H0M0S", true, "09:00"),
            ("TRIGGER:-P0DT15H0M0S", true, "1d 09:00"),
        ] {
            assert_eq!(reminder_text(&Trigger::from(trigger), is_all_day), text);
        }
    }

    #[test]
    fn tags_are_separated_by_commas() {
        assert_eq!(read_tags(" a, #b ,, c d"), ["a", "b", "c d"]);
        assert!(read_tags("").is_empty());
    }
}
