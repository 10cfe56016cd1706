//! A [`Due`] as text and in serde.

use std::fmt;

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::error::DueError;
use super::{Due, zone};

/// A day in the account's zone.
impl From<Date> for Due {
    fn from(date: Date) -> Self {
        Self::day(date)
    }
}

impl From<ZonedDateTime> for Due {
    fn from(moment: ZonedDateTime) -> Self {
        Self::at(moment)
    }
}

/// Formats the date for people. The format is stable:
///
/// | date | text |
/// | --- | --- |
/// | a day | `2026-03-01` |
/// | several days | `2026-07-01 to 2026-07-03` |
/// | a moment | `2026-03-01 09:00 Europe/Berlin` |
/// | a range | `2026-03-01 09:00 to 10:30 Europe/Berlin`, `2026-03-01 22:00 to 2026-03-02 01:00 Europe/Berlin` |
/// | a floating time | `2026-03-01 07:30`, `2026-03-01 07:30 to 08:00` |
///
/// Days are followed by their zone if they have one of their own. Seconds are included if there are any. A
/// range uses the zone of its start.
impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day { date, zone } => write!(f, "{date}{}", Suffix(zone.as_ref())),
            Self::Days { first, last, zone } => write!(f, "{first} to {last}{}", Suffix(zone.as_ref())),
            Self::At(moment) => write!(f, "{}{}", Clock(moment.datetime()), Suffix(Some(moment.time_zone()))),
            Self::Range { start, end } => {
                let (zone, end) = (start.time_zone(), end.with_time_zone(start.time_zone().clone()));
                write!(f, "{}{}", Span(start.datetime(), end.datetime()), Suffix(Some(zone)))
            }
            Self::Floating { start, end, .. } => write!(f, "{}", Span(*start, *end)),
        }
    }
}

/// A space and the name of a zone, or an empty text.
struct Suffix<'a>(Option<&'a TimeZone>);

impl fmt::Display for Suffix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.map(name) {
            Some(Some(name)) => write!(f, " {name}"),
            Some(None) => f.write_str(" (unnamed zone)"),
            None => Ok(()),
        }
    }
}

struct Clock(DateTime);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.date(), Minutes(self.0.time()))
    }
}

struct Minutes(Time);

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.second() == 0 && self.0.subsec_nanosecond() == 0 {
            write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
        } else {
            self.0.fmt(f)
        }
    }
}

struct Span(DateTime, DateTime);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(start, end) = *self;
        if start == end {
            write!(f, "{}", Clock(start))
        } else if start.date() == end.date() {
            write!(f, "{} to {}", Clock(start), Minutes(end.time()))
        } else {
            write!(f, "{} to {}", Clock(start), Clock(end))
        }
    }
}

/// Returns the IANA name of a zone, or the text of a fixed offset, such as `+08:00`.
fn name(zone: &TimeZone) -> Option<String> {
    match zone.iana_name() {
        Some(name) => Some(name.to_owned()),
        None => zone.to_fixed_offset().ok().map(|offset| offset.to_string()),
    }
}

/// The form of a [`Due`] in serde.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
enum Form {
    Day {
        date: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zone: Option<Zone>,
    },
    Days {
        first: Date,
        last: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zone: Option<Zone>,
    },
    At {
        at: ZonedDateTime,
    },
    Range {
        start: ZonedDateTime,
        end: ZonedDateTime,
    },
    Floating {
        start: DateTime,
        end: DateTime,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        zone: Option<Zone>,
    },
}

/// The name of a zone, or a fixed offset.
#[derive(Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Zone(String, TimeZone);

impl TryFrom<String> for Zone {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match zone::time_zone(&text) {
            Some(zone) => Ok(Self(text, zone)),
            None => Err(format!("unknown time zone `{text}`")),
        }
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}

impl Clone for Zone {
    fn clone(&self) -> Self {
        Self(self.0.clone(), self.1.clone())
    }
}

impl Form {
    fn of(due: &Due) -> Result<Self, DueError> {
        let named = |zone: &TimeZone| name(zone).map(|text| Zone(text, zone.clone())).ok_or(DueError::UnnamedZone);
        let zone = due.zone().map(named).transpose()?;
        Ok(match due.clone() {
            Due::Day { date, .. } => Self::Day { date, zone },
            Due::Days { first, last, .. } => Self::Days { first, last, zone },
            Due::At(at) => Self::At { at },
            Due::Range { start, end } => {
                named(end.time_zone())?;
                Self::Range { start, end }
            }
            Due::Floating { start, end, .. } => Self::Floating { start, end, zone },
        })
    }

    fn into_due(self) -> Result<Due, DueError> {
        let (due, zone) = match self {
            Self::Day { date, zone } => (Due::day(date), zone),
            Self::Days { first, last, zone } => (Due::days(first..=last)?, zone),
            Self::At { at } => (Due::at(at), None),
            Self::Range { start, end } => (Due::range(start, end)?, None),
            Self::Floating { start, end, zone } => (Due::floating_range(start, end)?, zone),
        };
        Ok(match zone {
            Some(Zone(_, zone)) => due.in_zone(zone),
            None => due,
        })
    }
}

/// Writes an object whose `kind` names its other members; the form is closed and stable:
///
/// ```json
/// { "kind": "day", "date": "2026-03-01", "zone": "Europe/Berlin" }
/// { "kind": "days", "first": "2026-07-01", "last": "2026-07-03" }
/// { "kind": "at", "at": "2026-03-01T09:00:00+01:00[Europe/Berlin]" }
/// { "kind": "range", "start": "2026-03-01T09:00:00+01:00[Europe/Berlin]", "end": "2026-03-01T10:30:00+01:00[Europe/Berlin]" }
/// { "kind": "floating", "start": "2026-03-01T07:30:00", "end": "2026-03-01T07:30:00" }
/// ```
///
/// `zone` is omitted if there is none. A zone with neither an IANA name nor a fixed offset is an error.
impl Serialize for Due {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Form::of(self).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Form::deserialize(deserializer)?.into_due().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> ZonedDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn each_kind_is_written_for_people() {
        let (day, next) = (date(2026, 3, 1), date(2026, 3, 2));
        let (nine, ten) = (at("2026-03-01T09:00[Europe/Berlin]"), at("2026-03-01T10:30:05[Europe/Berlin]"));
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        for (due, text) in [
            (Due::from(day), "2026-03-01"),
            (Due::day(day).in_zone(tokyo), "2026-03-01 Asia/Tokyo"),
            (Due::days(day..=next).unwrap(), "2026-03-01 to 2026-03-02"),
            (Due::from(nine.clone()), "2026-03-01 09:00 Europe/Berlin"),
            (Due::range(nine.clone(), ten).unwrap(), "2026-03-01 09:00 to 10:30:05 Europe/Berlin"),
            (
                Due::range(nine, at("2026-03-02T01:00[Europe/London]")).unwrap(),
                "2026-03-01 09:00 to 2026-03-02 02:00 Europe/Berlin",
            ),
            (Due::at(at("2026-03-01T09:00+08:00[+08:00]")), "2026-03-01 09:00 +08"),
            (Due::floating(day.at(7, 30, 0, 0)), "2026-03-01 07:30"),
            (Due::floating_range(day.at(7, 30, 0, 0), day.at(8, 0, 0, 0)).unwrap(), "2026-03-01 07:30 to 08:00"),
        ] {
            assert_eq!(due.to_string(), text);
        }
    }

    #[test]
    fn the_form_is_closed() {
        let read = |json: &str| serde_json::from_str::<Due>(json).map_err(|error| error.to_string());
        assert_eq!(read(r#"{"kind":"day","date":"2026-03-01"}"#).unwrap(), Due::day(date(2026, 3, 1)));
        for (json, why) in [
            (r#"{"kind":"day","date":"2026-03-01","time":1}"#, "unknown field"),
            (r#"{"kind":"week","date":"2026-03-01"}"#, "unknown variant"),
            (r#"{"kind":"day","date":"2026-03-01","zone":"Mars/Base"}"#, "unknown time zone `Mars/Base`"),
            (r#"{"kind":"days","first":"2026-03-02","last":"2026-03-01"}"#, "the range ends before it starts"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        let posix = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        assert!(serde_json::to_string(&Due::day(date(2026, 3, 1)).in_zone(posix)).is_err());
    }

    fn due() -> impl Strategy<Value = Due> {
        let zone = proptest::sample::select(vec!["", "Europe/Berlin", "America/St_Johns", "UTC", "+08:00"]);
        (0..5, 0..4_000_000_000_i64, 0..200_000_i64, zone).prop_map(|(kind, start, length, zone)| {
            let zone = zone::time_zone(zone);
            let used = zone.clone().unwrap_or(TimeZone::UTC);
            let moment = |second| jiff::Timestamp::from_second(second).unwrap().to_zoned_datetime(used.clone());
            let (start, end) = (moment(start), moment(start + length));
            let due = match kind {
                0 => Due::from(start.date()),
                1 => Due::days(start.date()..=end.date()).unwrap(),
                2 => Due::floating_range(start.datetime(), start.datetime().max(end.datetime())).unwrap(),
                3 => Due::from(start),
                _ => Due::range(start, end).unwrap(),
            };
            zone.map_or(due.clone(), |zone| due.in_zone(zone))
        })
    }

    proptest! {
        #[test]
        fn every_date_comes_back(due in due()) {
            let json = serde_json::to_string(&due).unwrap();
            let back: Due = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(back.zone().and_then(name), due.zone().and_then(name));
            prop_assert_eq!(back, due);
        }
    }
}
