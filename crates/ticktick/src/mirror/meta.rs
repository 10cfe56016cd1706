//! Values that concern the whole file, such as its checkpoint.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension};
use ticktick_models::time_zone;

use super::store::Sql;

/// Returns the stored checkpoint, or 0 if the next sync must be a full one.
pub(super) fn checkpoint(connection: &Connection) -> Sql<i64> {
    Ok(meta(connection, "checkpoint")?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Returns the account's time zone, or UTC if there was no refresh yet.
pub(super) fn zone(connection: &Connection) -> Sql<TimeZone> {
    let zone = meta(connection, "zone")?;
    Ok(zone.and_then(|name| time_zone(&name)).unwrap_or(TimeZone::UTC))
}

/// Returns the first day of the account's weeks, or Monday if there was no refresh yet.
pub(super) fn week_start(connection: &Connection) -> Sql<Weekday> {
    let week_start = meta(connection, "week_start")?;
    let week_start = week_start.and_then(|text| Weekday::from_monday_one_offset(text.parse().ok()?).ok());
    Ok(week_start.unwrap_or(Weekday::Monday))
}

pub(super) fn meta(connection: &Connection, key: &str) -> Sql<Option<String>> {
    connection.query_row("select value from meta where key = ?1", [key], |row| row.get(0)).optional()
}

pub(super) fn set_meta(connection: &Connection, key: &str, value: &str) -> Sql<()> {
    connection.execute("insert or replace into meta (key, value) values (?1, ?2)", [key, value]).map(drop)
}
