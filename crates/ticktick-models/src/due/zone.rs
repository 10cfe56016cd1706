//! What the `timeZone` of a task means.

use std::path::Path;
use std::sync::OnceLock;
use std::{env, fs};

use jiff::tz::{Offset, TimeZone};

use crate::Field;

/// Folder of the time zone database.
const DATABASE: &str = "/usr/share/zoneinfo";

/// Maximum hours that a zone is ahead of or behind UTC.
const MOST_HOURS: i32 = 18;

/// Returns the time zone that the text of a task or an account names.
///
/// Reads names of the time zone database and fixed offsets such as `GMT+08:00`, where east is positive. Returns `None`
/// for any other text.
///
/// # Examples
///
/// ```
/// use ticktick_models::time_zone;
///
/// assert_eq!(time_zone("Europe/Berlin").unwrap().iana_name(), Some("Europe/Berlin"));
/// assert_eq!(time_zone("GMT+08:00").unwrap().to_fixed_offset().unwrap().seconds(), 8 * 3600);
/// assert!(time_zone("Europe/Belrin").is_none());
/// ```
#[must_use]
pub fn time_zone(text: &str) -> Option<TimeZone> {
    named(text).or_else(|| offset(text).map(TimeZone::fixed))
}

/// Returns a zone of the time zone database.
///
/// jiff lists the whole database before it finds a zone, which takes almost as long as an empty program runs. Most
/// processes only need a few zones, so the first ones are read without the list.
fn named(name: &str) -> Option<TimeZone> {
    static FIRST: [OnceLock<(String, Option<TimeZone>)>; 8] = [const { OnceLock::new() }; 8];
    if name == "UTC" {
        return Some(TimeZone::UTC);
    }
    let mut read = FIRST.iter().map(|slot| slot.get_or_init(|| (name.to_owned(), installed(name))));
    let known = read.find(|(first, _)| first == name).and_then(|(_, zone)| zone.clone());
    known.or_else(|| TimeZone::get(name).ok()).filter(|zone| !zone.is_unknown())
}

/// Reads a zone from its file. Returns `None` if only jiff can tell which file that is.
fn installed(name: &str) -> Option<TimeZone> {
    let is_plain = name.split('/').all(|part| {
        part.starts_with(|first: char| first.is_ascii_uppercase())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
    });
    // Other systems may read a file by a name in another case.
    if !is_plain || !cfg!(target_os = "linux") || env::var_os("TZDIR").is_some() {
        return None;
    }
    let file = fs::read(Path::new(DATABASE).join(name)).ok()?;
    TimeZone::tzif(name, &file).ok()
}

/// Returns the text of a zone that this version does not know.
pub(crate) fn unknown(text: &Field<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty() && time_zone(text).is_none())
}

/// Returns the text of a fixed offset, such as `GMT+08:00`.
pub(crate) fn offset_text(zone: &TimeZone) -> Option<String> {
    let seconds = zone.to_fixed_offset().ok().filter(|_| !zone.is_unknown())?.seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    Some(format!("GMT{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

/// Parses `GMT+08:00`, `UTC+8`, `+0800` and similar. East is positive, unlike in `Etc/GMT-8`.
fn offset(text: &str) -> Option<Offset> {
    let prefix = text.get(..3).filter(|prefix| ["gmt", "utc"].iter().any(|name| prefix.eq_ignore_ascii_case(name)));
    let text = &text[prefix.map_or(0, str::len)..];
    let (sign, digits) = match text.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "00"),
    };
    let number = |text: &str, lengths: &[usize], most: i32| -> Option<i32> {
        let is_plain = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|number| is_plain && *number <= most)
    };
    let (hours, minutes) = (number(hours, &[1, 2], MOST_HOURS)?, number(minutes, &[2], 59)?);
    Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_in_every_form() {
        for (text, hours, minutes) in [
            ("GMT+08:00", 8, 0),
            ("UTC+8", 8, 0),
            ("+08:00", 8, 0),
            ("GMT+8", 8, 0),
            ("gmt-3:30", -3, -30),
            ("+0545", 5, 45),
            ("-930", -9, -30),
            ("UTC-12", -12, 0),
            ("UTC+00:00", 0, 0),
        ] {
            let wanted = Offset::from_seconds((hours * 60 + minutes) * 60).unwrap();
            let zone = time_zone(text).unwrap();
            assert_eq!(zone, TimeZone::fixed(wanted), "{text}");
            assert_eq!(offset_text(&zone).and_then(|text| time_zone(&text)), Some(zone), "{text}");
        }
    }

    #[test]
    fn names_of_the_database_come_first() {
        for name in ["Etc/GMT-8", "GMT", "UTC", "GMT+0", "Asia/Calcutta"] {
            assert!(time_zone(name).unwrap().iana_name().is_some(), "{name}");
        }
    }

    #[test]
    fn a_file_of_the_database_is_the_zone_that_jiff_finds() {
        assert_eq!(named("UTC"), TimeZone::get("UTC").ok());
        for name in ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/UTC", "Etc/GMT-8", "Asia/Calcutta"] {
            if let Some(zone) = installed(name) {
                assert_eq!(zone, TimeZone::get(name).unwrap(), "{name}");
                assert_eq!(zone.iana_name(), Some(name));
            }
        }
        for name in
            ["", "/", "../passwd", "Europe/../Europe/Berlin", "/etc/passwd", "europe/berlin", "Europe", "Europe/"]
        {
            assert_eq!(installed(name), None, "{name}");
        }
    }

    #[test]
    fn more_zones_than_are_kept_are_found() {
        let names = ["Berlin", "Paris", "Rome", "Madrid", "Vienna", "Prague", "Warsaw", "Athens", "Oslo", "Riga"];
        for _ in 0..2 {
            for name in names.map(|city| format!("Europe/{city}")) {
                assert_eq!(time_zone(&name).unwrap().iana_name(), Some(&*name));
            }
        }
    }

    #[test]
    fn everything_else_is_not_understood() {
        for text in [
            "",
            " ",
            "Asia/Beijing",
            "Europe/Belrin",
            "8",
            "GMT8",
            "GMT+",
            "+",
            "+:",
            "+8:",
            "+8:0",
            "+080000",
            "+19",
            "+8:60",
            "UTC++8",
            "+-8",
            "+é",
            "é+8",
            "日本",
            "Etc/Unknown",
            "GMT+8h",
            "+ 8",
        ] {
            assert_eq!(time_zone(text), None, "{text}");
        }
    }
}
