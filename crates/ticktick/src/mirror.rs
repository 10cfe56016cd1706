//! A local copy of the account in an SQLite file: fast reads, offline use, SQL, a journal of writes, and undo.
//!
//! [`Mirror::open`] opens or creates the file, and [`Mirror::refresh`] brings it up to date with one request. Methods
//! such as [`Mirror::list`], [`Mirror::search`] and [`Mirror::sql`] read from the file without a request.
//! `docs/mirror.md` in the repository documents the views that other programs can query.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("mirror.db");
//! use ticktick::mirror::Mirror;
//!
//! let mirror = Mirror::open(&path)?;
//! let client = ticktick::Client::builder().mirror(&mirror)
//! #     .base_url(sim.base_url()).credentials(me)
//!     .build()?;
//! mirror.refresh(&client).await?;
//!
//! // A write of the client is in the file as soon as the service has confirmed it.
//! let milk = client.task().create(ticktick::TaskDraft::new("Buy milk")).await?;
//! assert_eq!(mirror.search("mil", 10)?[0].id, milk.id);
//! # Ok(())
//! # }
//! ```

mod action;
mod apply;
mod card;
mod columns;
mod command;
mod conflict;
mod error;
mod file;
mod fill;
mod glance;
mod journal;
mod kind;
mod lane;
mod list;
mod members;
mod meta;
mod observe;
mod overview;
mod plan;
mod project_row;
mod query;
mod read;
mod received;
mod refresh;
mod rows;
mod search;
mod select;
mod settings;
mod sql;
mod store;
mod undo;
mod watch;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use ticktick_models::{Clock, SystemClock};

pub use self::action::ChangeAction;
use self::command::Command;
pub use self::conflict::{UndoConflict, UndoMember};
pub use self::error::{MirrorError, MirrorErrorKind};
pub use self::journal::{Change, Entry, Outcome};
pub use self::list::{ItemRow, TaskRow, TaskTexts};
use self::meta::meta;
pub use self::overview::Overview;
pub use self::project_row::ProjectRow;
pub use self::select::TaskQuery;
pub use self::sql::{SqlLimits, SqlRows, SqlValue};
use self::store::Sql;
pub use self::undo::{Undone, UndoneObject};
pub(crate) use self::watch::Watched;
use crate::account::Days;
use crate::{Account, Changes};

/// A local copy of an account. Clones share the file.
///
/// Methods that read the file block the thread, usually for less than a millisecond.
#[derive(Clone)]
pub struct Mirror {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    open: Mutex<Open>,
    refreshing: tokio::sync::Mutex<()>,
    clock: Arc<dyn Clock>,
    /// The command that makes the next writes, if it was named.
    command: Mutex<Option<Command>>,
    /// Number of runs so far.
    runs: AtomicU64,
    /// Number of responses stored so far.
    observed: AtomicU64,
    retention: Mutex<Retention>,
}

/// How long the journal keeps entries.
#[derive(Clone, Copy, Debug)]
struct Retention {
    entries: i64,
    age: SignedDuration,
}

struct Open {
    connection: Connection,
    set_aside: Option<PathBuf>,
}

/// The result of [`Mirror::refresh`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refresh {
    /// What changed.
    pub changes: Changes,
    /// Whether the whole account was read instead of only the changes.
    pub full: bool,
    /// Whether another call or process refreshed the file in the meantime, so that no request was sent.
    pub shared: bool,
}

impl Mirror {
    /// Opens a file, or creates it.
    ///
    /// The file can only be read by its owner (mode 0600). A file that is damaged or not a mirror is renamed and
    /// replaced; [`set_aside`](Self::set_aside) returns its new path. A file from an older version is migrated.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened or written, if its file system does not support locks, or if the
    /// file was written by a newer version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, MirrorError> {
        Self::open_at(path, SystemClock)
    }

    /// Opens a file with a custom clock, which determines the age of the data and the times in the journal.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`open`](Self::open).
    pub fn open_at(path: impl AsRef<Path>, clock: impl Clock + 'static) -> Result<Self, MirrorError> {
        let path = path.as_ref().to_owned();
        let file::File { connection, set_aside } = file::open(&path)?;
        let open = Mutex::new(Open { connection, set_aside });
        let refreshing = tokio::sync::Mutex::default();
        let retention = Mutex::new(Retention { entries: 1_000, age: SignedDuration::from_hours(90 * 24) });
        let (command, runs, observed) = (Mutex::default(), AtomicU64::default(), AtomicU64::default());
        let clock = Arc::new(clock);
        Ok(Self { shared: Arc::new(Shared { path, open, refreshing, clock, command, runs, observed, retention }) })
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Returns the path to which a damaged or foreign file was moved, if there was one. See also
    /// [`start_over`](Self::start_over).
    #[must_use]
    pub fn set_aside(&self) -> Option<PathBuf> {
        self.opened().set_aside.clone()
    }

    /// Moves the file aside, creates an empty one, and returns the new path of the old file. Clones use the new file.
    ///
    /// Use this if the file belongs to another account ([`OtherAccount`](MirrorErrorKind::OtherAccount)).
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be moved or the new one cannot be created.
    ///
    /// # Examples
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// # let path = directory.path().join("mirror.db");
    /// let mirror = ticktick::mirror::Mirror::open(&path)?;
    /// let aside = mirror.start_over()?;
    /// assert!(aside.exists() && mirror.path().exists());
    /// assert_eq!(mirror.set_aside(), Some(aside));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn start_over(&self) -> Result<PathBuf, MirrorError> {
        let mut open = self.opened();
        if cfg!(windows) {
            // An open file cannot be renamed there. Replacing the connection closes it.
            open.connection = Connection::open_in_memory().map_err(|error| MirrorError::of(self.path(), &error))?;
        }
        let aside = file::set_aside(self.path());
        if cfg!(windows) || aside.is_ok() {
            open.connection = file::open(self.path())?.connection;
        }
        let aside = aside?;
        open.set_aside = Some(aside.clone());
        Ok(aside)
    }

    /// Returns the time since the last refresh, or `None` if there was none.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// assert_eq!(mirror.age()?.unwrap().as_secs(), 0);
    /// # Ok(())
    /// # });
    /// ```
    pub fn age(&self) -> Result<Option<SignedDuration>, MirrorError> {
        let refreshed = self.read(|connection| meta(connection, "refreshed"))?;
        let at = refreshed.and_then(|text| text.parse::<i64>().ok());
        Ok(at.map(|at| SignedDuration::from_millis(self.now() - at)))
    }

    /// Returns what the last refresh changed.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn changes(&self) -> Result<Changes, MirrorError> {
        let changes = self.read(|connection| meta(connection, "changes"))?;
        Ok(changes.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    /// Returns a snapshot like [`SyncManager::full`](crate::sync::SyncManager::full), but without a request.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Empty`](MirrorErrorKind::Empty) if there was no refresh yet.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// let account = mirror.account()?;
    /// assert_eq!(account.tasks().len(), client.sync().full().await?.tasks().len());
    /// # Ok(())
    /// # });
    /// ```
    pub fn account(&self) -> Result<Account, MirrorError> {
        let all =
            |connection: &_| Ok((read::answer(connection)?, meta::zone(connection)?, meta::week_start(connection)?));
        let (answer, zone, week_start) = self.at_once(all)?;
        let answer = answer.ok_or_else(|| MirrorError::new(MirrorErrorKind::Empty, self.path(), ""))?;
        let days = Days { clock: Arc::clone(&self.shared.clock), zone, week_start };
        Ok(Account::with_days(answer, days))
    }

    /// Returns up to `limit` writes, latest first.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// let milk = client.task().create(TaskDraft::new("Milk")).await?;
    /// let write = &mirror.journal(1)?[0];
    /// assert_eq!(write.operation, "task.batch");
    /// assert_eq!(write.changes[0].id, milk.id.as_str());
    /// # Ok(())
    /// # });
    /// ```
    pub fn journal(&self, limit: usize) -> Result<Vec<Entry>, MirrorError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.at_once(|connection| journal::entries(connection, "order by id desc limit ?1", [limit]))
    }

    /// Sets how many writes the journal keeps, and for how long. Defaults to the latest 1,000 writes of the last 90
    /// days.
    pub fn keep_journal(&self, entries: u32, age: SignedDuration) {
        let retention = Retention { entries: entries.into(), age };
        *self.shared.retention.lock().unwrap_or_else(PoisonError::into_inner) = retention;
    }

    /// Returns the maximum number of journal entries, and the earliest time to keep in epoch milliseconds.
    fn retention(&self, now: i64) -> (i64, i64) {
        let Retention { entries, age } = *self.shared.retention.lock().unwrap_or_else(PoisonError::into_inner);
        let age = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        (entries, now.saturating_sub(age))
    }

    /// Returns whether a write may have changed other objects, whose stored versions are now outdated. A refresh
    /// updates them.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn is_stale(&self) -> Result<bool, MirrorError> {
        Ok(self.read(|connection| meta(connection, "stale"))?.as_deref() == Some("1"))
    }

    /// Returns the account's time zone, or UTC if there was no refresh yet.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn zone(&self) -> Result<TimeZone, MirrorError> {
        self.read(meta::zone)
    }

    /// Returns the first day of the account's weeks, or Monday if there was no refresh yet.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn week_start(&self) -> Result<Weekday, MirrorError> {
        self.read(meta::week_start)
    }

    /// Returns the current time in epoch milliseconds.
    fn now(&self) -> i64 {
        self.shared.clock.now().as_millisecond()
    }

    fn opened(&self) -> MutexGuard<'_, Open> {
        self.shared.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Sql<T>) -> Result<T, MirrorError> {
        read(&self.opened().connection).map_err(|error| MirrorError::of(self.path(), &error))
    }

    /// Changes the file in one transaction, or not at all if `write` returns `None`. If the file is empty and `all` of the
    /// account is written, fills it quickly.
    fn write_all<T>(
        &self,
        all: bool,
        write: impl FnOnce(&Transaction<'_>) -> Sql<Option<T>>,
    ) -> Result<Option<T>, MirrorError> {
        let fills = all && self.read(fill::is_empty)?;
        // If another process uses the file, the log is not left, which only takes longer.
        let left = fills && self.read(fill::leave_log).is_ok();
        let written = self.write_if(write, Option::is_some);
        if left {
            // The next process that opens the file does this too.
            drop(self.read(fill::return_to_log));
        }
        written
    }

    /// Changes the file in one transaction.
    fn write<T>(&self, write: impl FnOnce(&Transaction<'_>) -> Sql<T>) -> Result<T, MirrorError> {
        self.write_if(write, |_| true)
    }

    /// Changes the file in one transaction. Rolls back unless the result is `good`.
    fn write_if<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> Sql<T>,
        good: impl FnOnce(&T) -> bool,
    ) -> Result<T, MirrorError> {
        let mut open = self.opened();
        let all = || {
            let tx = open.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = write(&tx)?;
            if good(&value) {
                tx.commit()?
            } else {
                tx.rollback()?
            }
            Ok(value)
        };
        all().map_err(|error| MirrorError::of(self.path(), &error))
    }
}

impl fmt::Debug for Mirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mirror").field("path", &self.shared.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
