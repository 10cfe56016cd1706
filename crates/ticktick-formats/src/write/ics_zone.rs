//! Writes VTIMEZONE components.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::ical::write_line;

/// Number of years for which changes are listed if they follow no yearly rule.
const YEARS: i16 = 10;

/// A change of the offset.
struct Change {
    /// Clock time of the change, before it.
    at: DateTime,
    from: Offset,
    to: Offset,
    is_summer: bool,
    name: String,
}

/// Writes a zone so that it covers every time from an instant on.
pub(super) fn write(text: &mut String, name: &str, zone: &TimeZone, earliest: Timestamp) {
    write_line(text, "BEGIN:VTIMEZONE");
    write_line(text, &format!("TZID:{name}"));
    let first_year = zone.to_datetime(earliest).year() - 1;
    let changes = changes(zone, first_year);
    if changes.is_empty() {
        let offset = zone.to_offset(earliest);
        let at = Date::new(1970, 1, 1).map_or(DateTime::MIN, |day| day.to_datetime(jiff::civil::Time::midnight()));
        let name = abbreviation(zone, earliest);
        observance(text, &Change { at, from: offset, to: offset, is_summer: false, name }, None);
    }
    let yearly = yearly(&changes);
    for (index, change) in changes.iter().enumerate() {
        match &yearly {
            Some(_) if index > 1 => break,
            Some(rules) => observance(text, change, Some(&rules[index])),
            None => observance(text, change, None),
        }
    }
    write_line(text, "END:VTIMEZONE");
}

fn abbreviation(zone: &TimeZone, at: Timestamp) -> String {
    zone.to_offset_info(at).abbreviation().to_owned()
}

fn changes(zone: &TimeZone, first_year: i16) -> Vec<Change> {
    let begin = |year: i16| {
        let day = Date::new(year, 1, 1).ok()?;
        zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok()
    };
    let (Some(from), Some(to)) = (begin(first_year), begin(first_year + YEARS)) else { return Vec::new() };
    zone.following(from)
        .take_while(|change| change.timestamp() < to)
        .map(|change| {
            let before = change.timestamp() - SignedDuration::from_secs(1);
            let from = zone.to_offset(before);
            Change {
                at: from.to_datetime(change.timestamp()),
                from,
                to: change.offset(),
                is_summer: change.dst().is_dst(),
                name: change.abbreviation().to_owned(),
            }
        })
        .collect()
}

/// Returns the rules of the two changes of each year, if all years have the same.
fn yearly(changes: &[Change]) -> Option<[String; 2]> {
    let whole = changes.len().is_multiple_of(2) && changes.len() == usize::try_from(YEARS).ok()? * 2;
    whole.then_some(())?;
    let rule_of = |offset: usize| {
        let all = || changes.iter().skip(offset).step_by(2);
        let is_last = all().all(|change| change.at.day() + 7 > change.at.date().days_in_month());
        let nth = |change: &Change| (change.at.day() - 1) / 7 + 1;
        let first = all().next()?;
        let is_same = |change: &Change| {
            change.at.month() == first.at.month()
                && change.at.date().weekday() == first.at.date().weekday()
                && change.at.time() == first.at.time()
                && (is_last || nth(change) == nth(first))
                && (change.from, change.to) == (first.from, first.to)
        };
        let number = if is_last { -1 } else { nth(first) };
        let day = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
            .get(usize::try_from(first.at.date().weekday().to_monday_zero_offset()).ok()?)?;
        all().all(is_same).then(|| format!("FREQ=YEARLY;BYMONTH={};BYDAY={number}{day}", first.at.month()))
    };
    Some([rule_of(0)?, rule_of(1)?])
}

fn observance(text: &mut String, change: &Change, rule: Option<&str>) {
    let kind = if change.is_summer { "DAYLIGHT" } else { "STANDARD" };
    write_line(text, &format!("BEGIN:{kind}"));
    write_line(text, &format!("DTSTART:{}", change.at.strftime("%Y%m%dT%H%M%S")));
    write_line(text, &format!("TZOFFSETFROM:{}", offset(change.from)));
    write_line(text, &format!("TZOFFSETTO:{}", offset(change.to)));
    write_line(text, &format!("TZNAME:{}", change.name));
    if let Some(rule) = rule {
        write_line(text, &format!("RRULE:{rule}"));
    }
    write_line(text, &format!("END:{kind}"));
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, rest) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let text = format!("{sign}{:02}{:02}", rest / 3600, rest / 60 % 60);
    if rest % 60 == 0 { text } else { format!("{text}{:02}", rest % 60) }
}
