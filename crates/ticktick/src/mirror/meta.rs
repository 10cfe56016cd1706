//! Values that concern the whole file, such as its checkpoint.

use rusqlite::{Connection, OptionalExtension};

use super::store::Sql;

/// Returns the stored checkpoint, or 0 if the next sync must be a full one.
pub(super) fn checkpoint(connection: &Connection) -> Sql<i64> {
    Ok(meta(connection, "checkpoint")?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

pub(super) fn meta(connection: &Connection, key: &str) -> Sql<Option<String>> {
    connection.query_row("select value from meta where key = ?1", [key], |row| row.get(0)).optional()
}

pub(super) fn set_meta(connection: &Connection, key: &str, value: &str) -> Sql<()> {
    connection.execute("insert or replace into meta (key, value) values (?1, ?2)", [key, value]).map(drop)
}
