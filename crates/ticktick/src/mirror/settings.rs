//! The settings of the account on which local dates depend.

use jiff::tz::TimeZone;
use rusqlite::{Connection, params};

use super::columns::Columns;
use super::kind::Kind;
use super::meta::{meta, set_meta};
use super::store::Sql;
use crate::account::Days;

/// Stores the settings. If the zone is another one than before, computes all local dates again.
pub(super) fn store(connection: &Connection, days: &Days, now: i64) -> Sql<()> {
    let name = zone_name(&days.zone);
    if meta(connection, "zone")?.is_some_and(|before| before != name) {
        compute_dates(connection, &days.zone)?;
    }
    set_meta(connection, "zone", &name)?;
    set_meta(connection, "week_start", &days.week_start.to_monday_one_offset().to_string())?;
    set_meta(connection, "settings", &now.to_string())
}

/// Computes the columns with local dates of all objects.
fn compute_dates(connection: &Connection, zone: &TimeZone) -> Sql<()> {
    let mut select = connection.prepare(
        "select num, kind, json from object join raw using (num) where kind in ('task', 'focus', 'comment')",
    )?;
    let mut update =
        connection.prepare("update object set (starts, ends, day, finished) = (?2, ?3, ?4, ?5) where num = ?1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let kind = Kind::of(row.get_ref(1)?.as_str()?);
        let columns = kind.and_then(|kind| Columns::of(kind, row.get_ref(2).ok()?.as_str().ok()?, zone));
        if let Some(Columns { starts, ends, day, finished, .. }) = columns {
            update.execute(params![row.get::<_, i64>(0)?, starts, ends, day, finished])?;
        }
    }
    Ok(())
}

/// Returns the name of a zone, or its offset, as `time_zone` reads it.
fn zone_name(zone: &TimeZone) -> String {
    match (zone.iana_name(), zone.to_fixed_offset()) {
        (Some(name), _) => name.to_owned(),
        (None, Ok(offset)) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("GMT{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
        (None, Err(_)) => "UTC".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use ticktick_models::time_zone;

    use super::*;

    #[test]
    fn a_zone_that_is_an_offset_is_read_back() {
        for text in ["GMT+08:00", "GMT-03:30", "Europe/Berlin", "UTC"] {
            let zone = time_zone(text).unwrap();
            assert_eq!(time_zone(&zone_name(&zone)), Some(zone), "{text}");
        }
    }
}
