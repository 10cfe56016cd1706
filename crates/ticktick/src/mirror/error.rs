//! [`MirrorError`]: errors of the local file.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// An error of the local file of a [`Mirror`](super::Mirror). Its text names the file, the problem and a remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MirrorError {
    /// What happened.
    pub kind: MirrorErrorKind,
    /// The file.
    pub path: PathBuf,
    /// The message of the operating system or of SQLite, if there is one.
    pub message: String,
}

/// The kinds of [`MirrorError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MirrorErrorKind {
    /// The file cannot be opened or created.
    Open,
    /// The file or its directory cannot be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// Another process kept the file locked for too long.
    Locked,
    /// The file system does not support locks, which is common on network drives.
    NoLocks,
    /// The file is damaged.
    Damaged,
    /// A newer version of this crate wrote the file.
    Newer,
    /// The file belongs to another account.
    OtherAccount,
    /// The file has no data yet, because it was never refreshed.
    Empty,
    /// The statement passed to [`Mirror::sql`](super::Mirror::sql) is invalid or would write.
    Statement,
    /// The statement passed to [`Mirror::sql`](super::Mirror::sql) exceeded its time limit.
    Timeout,
    /// Another error of the operating system or of SQLite.
    Other,
}

impl MirrorErrorKind {
    fn what(self) -> &'static str {
        match self {
            Self::Open => "cannot be opened",
            Self::ReadOnly => "cannot be written",
            Self::Full => "cannot be written, because the disk is full",
            Self::Locked => "is in use by another process",
            Self::NoLocks => "is on a file system that does not support locks",
            Self::Damaged => "is damaged",
            Self::Newer => "was written by a newer version",
            Self::OtherAccount => "belongs to another account",
            Self::Empty => "has no data yet",
            Self::Statement => "refused the statement",
            Self::Timeout => "took too long to run the statement",
            Self::Other => "could not be used",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Open => "check that the directory exists and belongs to you",
            Self::ReadOnly => "change its permissions, or choose another directory",
            Self::Full => "free some space and try again",
            Self::Locked => "try again, or stop the other process",
            Self::NoLocks => "choose a directory on a local disk",
            Self::Damaged => "refresh the whole account, which replaces the file",
            Self::Newer => "update this program, or choose another file",
            Self::OtherAccount => "use one file for each account",
            Self::Empty => "refresh the mirror while the service can be reached",
            Self::Statement => "use one `select` on the documented views",
            Self::Timeout => "narrow the statement, or raise the time limit",
            Self::Other => "see the message",
        }
    }
}

impl MirrorError {
    /// Returns whether a mirror cannot be kept at this path. Programs that can work without a mirror should do so.
    ///
    /// True for the kinds [`Open`](MirrorErrorKind::Open), [`ReadOnly`](MirrorErrorKind::ReadOnly),
    /// [`Full`](MirrorErrorKind::Full) and [`NoLocks`](MirrorErrorKind::NoLocks).
    #[must_use]
    pub fn is_about_the_place(&self) -> bool {
        use MirrorErrorKind::{Full, NoLocks, Open, ReadOnly};

        matches!(self.kind, Open | ReadOnly | Full | NoLocks)
    }

    /// Returns a hint on how to fix the error. The text of the error ends with the same hint.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        self.kind.remedy()
    }

    pub(crate) fn new(kind: MirrorErrorKind, path: &Path, message: impl Into<String>) -> Self {
        Self { kind, path: path.to_owned(), message: message.into() }
    }

    /// Classifies an error of SQLite.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => MirrorErrorKind::Open,
            Some(ErrorCode::ReadOnly) => MirrorErrorKind::ReadOnly,
            Some(ErrorCode::DiskFull) => MirrorErrorKind::Full,
            _ if lacks_memory(error) => MirrorErrorKind::Full,
            _ if is_unwritten(error) => MirrorErrorKind::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => MirrorErrorKind::Locked,
            Some(ErrorCode::FileLockingProtocolFailed | ErrorCode::NoLargeFileSupport) => MirrorErrorKind::NoLocks,
            // No statement of ours breaks a constraint, so an index lacks a row.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation) => {
                MirrorErrorKind::Damaged
            }
            Some(ErrorCode::OperationInterrupted) => MirrorErrorKind::Timeout,
            None if is_unreadable(error) => MirrorErrorKind::Damaged,
            _ => MirrorErrorKind::Other,
        };
        Self::new(kind, path, error.to_string())
    }

    /// Classifies an error of the operating system.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        /// The error of Windows if another program uses a file.
        const SHARING_VIOLATION: i32 = 32;
        let kind = match error.kind() {
            _ if cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION) => MirrorErrorKind::Locked,
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => MirrorErrorKind::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => MirrorErrorKind::ReadOnly,
            std::io::ErrorKind::Unsupported => MirrorErrorKind::NoLocks,
            _ => MirrorErrorKind::Open,
        };
        Self::new(kind, path, error.to_string())
    }
}

/// Returns whether a value is not what was written, such as a text that is not UTF-8.
fn is_unreadable(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, InvalidColumnType, Utf8Error};

    matches!(error, FromSqlConversionFailure(..) | InvalidColumnType(..) | Utf8Error(..))
}

/// Returns whether the file that processes share as memory cannot grow.
fn lacks_memory(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE)
}

/// Returns whether the system refused to write for another reason, such as a quota or a limit on the size of files.
fn is_unwritten(error: &rusqlite::Error) -> bool {
    let is_write = |code| {
        matches!(
            code,
            ffi::SQLITE_IOERR_WRITE
                | ffi::SQLITE_IOERR_FSYNC
                | ffi::SQLITE_IOERR_DIR_FSYNC
                | ffi::SQLITE_IOERR_TRUNCATE
                | ffi::SQLITE_IOERR_SHMOPEN
                | ffi::SQLITE_IOERR_SHMMAP
        )
    };
    error.sqlite_error().is_some_and(|error| is_write(error.extended_code))
}

impl fmt::Display for MirrorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mirror {} {}", self.path.display(), self.kind.what())?;
        if !self.message.is_empty() {
            write!(f, " ({})", self.message)?;
        }
        write!(f, "\nhint: {}", self.kind.remedy())
    }
}

impl std::error::Error for MirrorError {}
