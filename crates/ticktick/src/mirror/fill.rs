//! Fills an empty file, which is the slowest operation of a mirror.

use std::time::Duration;

use rusqlite::Connection;

use super::file::PATIENCE;
use super::store::Sql;

/// Fills an empty file without its large indexes, and builds them afterwards.
///
/// This takes about half the time, because an index that is built afterwards is written in sorted order. If `fill` returns
/// `None`, the caller rolls back.
pub(super) fn without_indexes<T>(connection: &Connection, fill: impl FnOnce() -> Sql<Option<T>>) -> Sql<Option<T>> {
    let indexes: Vec<(String, String)> = {
        let mut statement = connection.prepare(
            // Few tasks are in the other indexes.
            "select name, sql from sqlite_schema where type = 'index' \
             and name in ('object_id', 'object_owner', 'object_day')",
        )?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Sql<_>>()?
    };
    for (name, _) in &indexes {
        connection.execute_batch(&format!("drop index {name}"))?;
    }
    let Some(filled) = fill()? else { return Ok(None) };
    for (_, sql) in &indexes {
        connection.execute_batch(sql)?;
    }
    connection.execute("insert into unindexed select num from object where kind in ('task', 'comment')", [])?;
    Ok(Some(filled))
}

/// Leaves the write-ahead log, so that everything is written once. Fails if another process has opened the file.
///
/// A rollback journal protects the file as well. It stays small, because an empty file has few pages to restore.
pub(super) fn leave_log(connection: &Connection) -> Sql<()> {
    // A power failure may damage the file now. It is then replaced, and nothing is lost that the service does not have.
    connection.execute_batch("pragma synchronous = off")?;
    connection.busy_timeout(Duration::ZERO)?;
    let left = set_mode(connection, "delete");
    connection.busy_timeout(PATIENCE)?;
    left.or_else(|error| connection.execute_batch("pragma synchronous = normal").and(Err(error)))
}

/// Returns to the write-ahead log.
pub(super) fn return_to_log(connection: &Connection) -> Sql<()> {
    // In the other order, this would wait until the disk has stored the whole file.
    set_mode(connection, "wal")?;
    connection.execute_batch("pragma synchronous = normal")
}

fn set_mode(connection: &Connection, mode: &str) -> Sql<()> {
    connection.query_row(&format!("pragma journal_mode = {mode}"), [], |_| Ok(()))
}

/// Returns whether the file holds no objects and no recent deletions.
pub(super) fn is_empty(connection: &Connection) -> Sql<bool> {
    let query = "select not exists (select * from object) and not exists (select * from gone)";
    connection.query_row(query, [], |row| row.get(0))
}
