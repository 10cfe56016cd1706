//! SQL of the user.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::error::{MirrorError, MirrorErrorKind};
use super::{Mirror, file};

/// The limits of [`Mirror::sql`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SqlLimits {
    /// Maximum number of rows to return. Defaults to 10,000.
    pub rows: usize,
    /// Maximum time that the statement may run. Defaults to 10 s.
    pub time: Duration,
}

impl Default for SqlLimits {
    fn default() -> Self {
        Self { rows: 10_000, time: Duration::from_secs(10) }
    }
}

/// The result of [`Mirror::sql`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SqlRows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<SqlValue>>,
    /// Whether there are more rows than the limit.
    pub more: bool,
}

/// A value in [`SqlRows`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SqlValue {
    /// Null.
    Null,
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// A text or a blob. Bytes that are not UTF-8 are replaced.
    Text(String),
}

impl Mirror {
    /// Runs one `select` on the views of the file and returns its rows.
    ///
    /// The statement runs on a separate, read-only connection to this file. `docs/mirror.md` documents the views.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Statement`](MirrorErrorKind::Statement) if the statement is not valid or would
    /// write, and [`Timeout`](MirrorErrorKind::Timeout) if it runs for too long.
    ///
    /// # Examples
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// # let path = directory.path().join("mirror.db");
    /// use ticktick::mirror::{Mirror, SqlLimits, SqlValue};
    ///
    /// let mirror = Mirror::open(&path)?;
    /// let found = mirror.sql("select count(*) as open from tasks", SqlLimits::default())?;
    /// assert_eq!(found.columns, ["open"]);
    /// assert_eq!(found.rows, [[SqlValue::Integer(0)]]);
    /// assert!(mirror.sql("delete from tasks", SqlLimits::default()).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sql(&self, statement: &str, limits: SqlLimits) -> Result<SqlRows, MirrorError> {
        let connection = file::open_for_user(self.path())?;
        let (end, ended) = mpsc::channel::<()>();
        let interrupt = connection.get_interrupt_handle();
        let watch = std::thread::spawn(move || {
            if ended.recv_timeout(limits.time) == Err(RecvTimeoutError::Timeout) {
                interrupt.interrupt();
            }
        });
        let rows = self.run(&connection, statement, limits.rows);
        drop(end);
        drop(watch.join());
        rows
    }

    fn run(&self, connection: &Connection, statement: &str, most: usize) -> Result<SqlRows, MirrorError> {
        let refused = |message: &str| MirrorError::new(MirrorErrorKind::Statement, self.path(), message);
        let of = |error: rusqlite::Error| match MirrorError::of(self.path(), &error) {
            error if error.kind == MirrorErrorKind::Other => refused(&error.message),
            error => error,
        };
        let mut statement = connection.prepare(statement).map_err(of)?;
        if !statement.readonly() || statement.column_count() == 0 {
            return Err(refused("it would write"));
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut found = SqlRows { columns, ..SqlRows::default() };
        let mut rows = statement.query([]).map_err(of)?;
        while let Some(row) = rows.next().map_err(of)? {
            if found.rows.len() == most {
                found.more = true;
                break;
            }
            let values = (0..found.columns.len()).map(|at| row.get_ref(at).map(value));
            found.rows.push(values.collect::<Result<_, _>>().map_err(of)?);
        }
        Ok(found)
    }
}

fn value(value: ValueRef<'_>) -> SqlValue {
    match value {
        ValueRef::Null => SqlValue::Null,
        ValueRef::Integer(number) => SqlValue::Integer(number),
        ValueRef::Real(number) => SqlValue::Real(number),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => SqlValue::Text(String::from_utf8_lossy(bytes).into_owned()),
    }
}
