//! The errors that a client can return.
//!
//! All calls that contact the service can return these errors, so the docs of the individual methods do not repeat
//! them:
//!
//! * [`Error::Raw`]: the service could not be reached, did not respond in time, refused the request, or returned
//!   something that is not JSON. [`Error::class`] returns which, and [`Error::is_retryable`] returns whether trying
//!   again later can help.
//! * [`Error::SessionExpired`]: the client is not signed in, or the session has expired and the client has no
//!   [credentials](crate::ClientBuilder::credentials) to renew it. With credentials, the errors of the sign-in itself
//!   are returned instead.
//! * [`Error::Unsupported`]: the response has a shape that this version does not understand.
//!
//! Every call that takes an object or its id can return [`Error::NotFound`]. Calls that change something can also
//! return these errors:
//!
//! * [`Error::Batch`]: the service refused some items. The others were stored.
//! * [`Error::NotApplied`]: the service returned 200 but stored nothing.
//! * [`Error::FieldLost`]: a client that [verifies its writes](crate::ClientBuilder::verify_writes) found that a field was
//!   not stored.
//! * [`Error::Conflict`]: `update` found that the object has changed since it was read.
//! * [`Error::Unfinished`]: only part of the call was carried out, or the response was lost and the outcome is unknown.
//!
//! Invalid input, such as an empty name, is rejected as [`Error::InvalidInput`] before anything is sent. The `# Errors`
//! section of a method lists only the errors specific to it.
//!
//! ```
//! # ticktick_tests::example(async |client| {
//! use ticktick::Error;
//!
//! match client.task().complete("65f0a1b2c3d4e5f6a7b8c9d0").await {
//!     Ok(task) => println!("completed {}", task.id),
//!     Err(Error::NotFound { what, .. }) => assert_eq!(what, "task"),
//!     Err(error) if error.is_retryable() => println!("try again later: {error}"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # });
//! ```

mod about;
mod conflict;
mod item;
mod questions;

use std::fmt;
use std::sync::Arc;

#[doc(inline)]
pub use ticktick_models::DueError;
use ticktick_models::{Json, TaskId};
use ticktick_raw as raw;
#[doc(inline)]
pub use ticktick_raw::{ErrorClass, ErrorCode};

pub use self::conflict::Conflict;
pub use self::item::ItemFailure;

/// Name in errors of a member of a shared project.
pub(crate) const MEMBER: &str = "member";

/// The error type of this crate.
///
/// `Display` prints what failed, with the operation and the id. If there is a [`remedy`](Self::remedy), a second line
/// that starts with `hint: ` contains it. Neither `Display` nor `Debug` contains secrets. The service's own response is
/// available from [`as_raw`](Self::as_raw).
///
/// # Examples
///
/// ```
/// # ticktick_tests::example(async |client| {
/// use ticktick::Error;
///
/// match client.task().get("65f0a1b2c3d4e5f6a7b8c9d0").await {
///     Ok(task) => println!("{}", task.title()),
///     Err(Error::NotFound { id, .. }) => assert_eq!(id, "65f0a1b2c3d4e5f6a7b8c9d0"),
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// A call failed in a way that no other variant describes.
    Raw(raw::Error),
    /// The user name or password is wrong, or the service suspects an automated client.
    #[non_exhaustive]
    WrongPassword {
        /// Number of attempts left before the account is locked, if the service reports it.
        tries_left: Option<i64>,
        /// The service's response.
        source: raw::Error,
    },
    /// Signing in is locked after too many failed attempts.
    #[non_exhaustive]
    LockedOut {
        /// When the lock ends: the time that the service reported, but at least half an hour and at most a day after
        /// the client noticed the lock. The client does not sign in before this time.
        until: Option<jiff::Timestamp>,
        /// The service's response.
        source: raw::Error,
    },
    /// The service requires a captcha, which can only be solved in a browser.
    Captcha(raw::Error),
    /// The service rejected the client before checking the password.
    ClientRefused(raw::Error),
    /// The account requires a second factor, but the service did not provide a challenge.
    ///
    /// Normally a required second factor is not an error but [`Login::Mfa`](crate::Login::Mfa).
    MfaRequired(raw::Error),
    /// The service rejected the code of the second factor.
    MfaFailed(raw::Error),
    /// The client is not signed in, or the session has expired.
    SessionExpired(raw::Error),
    /// The object does not exist.
    #[non_exhaustive]
    NotFound {
        /// Kind of object, such as `task`.
        what: &'static str,
        /// Id of the object.
        id: String,
    },
    /// The service accepted the request but refused some of its items.
    #[non_exhaustive]
    Batch {
        /// Id of the operation.
        operation: &'static str,
        /// The refused items. All other items were stored.
        failures: Vec<ItemFailure>,
    },
    /// The service returned 200 but stored nothing.
    #[non_exhaustive]
    NotApplied {
        /// Id of the operation.
        operation: &'static str,
        /// Id of the object that was not stored.
        id: String,
    },
    /// The service stored an object without one of its fields.
    ///
    /// Returned only by a client that [verifies its writes](crate::ClientBuilder::verify_writes).
    #[non_exhaustive]
    FieldLost {
        /// Id of the operation.
        operation: &'static str,
        /// Id of the object.
        id: String,
        /// JSON key of the field.
        field: String,
        /// The value that was sent.
        sent: Json,
        /// The value that is stored, or `None` if the field is missing.
        stored: Option<Json>,
    },
    /// An object was changed elsewhere after the caller read it, so the update was not sent.
    ///
    /// Returned only by `update`. Patches and verbs read the object first, and `overwrite` replaces any version.
    Conflict(Box<Conflict>),
    /// Only some steps of a call were carried out, or a new object may have been created.
    #[non_exhaustive]
    Unfinished {
        /// Id of the object, such as a task that was created.
        id: String,
        /// Its state, such as `was created, but is not under its parent` or `may have been created`.
        state: &'static str,
        /// The error that interrupted the call.
        source: Box<Self>,
    },
    /// A column was not deleted, because some of its tasks could not be moved to another column.
    #[non_exhaustive]
    NotMoved {
        /// Id of the column.
        column: String,
        /// The tasks that are still in it.
        tasks: Vec<TaskId>,
        /// The error of the first task; an [`Error::Batch`] contains the reason for each.
        source: Box<Self>,
    },
    /// Reading or writing a local file failed.
    #[non_exhaustive]
    Io {
        /// What failed, such as `reading the file to upload`.
        what: &'static str,
        /// The error of the operating system.
        source: Arc<std::io::Error>,
    },
    /// The file of a [`Mirror`](crate::mirror::Mirror) could not be used.
    #[cfg(feature = "mirror")]
    Mirror(crate::mirror::MirrorError),
    /// An object was changed elsewhere after the write that should be undone.
    ///
    /// Returned only by [`Mirror::undo`](crate::mirror::Mirror::undo).
    #[cfg(feature = "mirror")]
    UndoConflict(Box<crate::mirror::UndoConflict>),
    /// This client does not support the request.
    #[non_exhaustive]
    Unsupported {
        /// What is not supported.
        what: &'static str,
        /// The reason. A second line that starts with `hint: ` says what to do instead.
        why: String,
    },
    /// The input is invalid. Nothing was sent.
    #[non_exhaustive]
    InvalidInput {
        /// What is invalid. A second line that starts with `hint: ` says what to do.
        message: String,
    },
}

/// The state in [`Error::Unfinished`] of an object whose creation was not confirmed.
pub(crate) const MAY_BE_CREATED: &str = "may have been created";

impl Error {
    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        Self::InvalidInput { message: message.into() }
    }

    pub(crate) fn no_date(error: &DueError) -> Self {
        Self::invalid_input(format!("{error}\nhint: use another date, or an IANA time zone name"))
    }

    pub(crate) fn unfinished(self, id: &impl fmt::Display, state: &'static str) -> Self {
        Self::Unfinished { id: id.to_string(), state, source: Box::new(self) }
    }

    pub(crate) fn io(what: &'static str, source: std::io::Error) -> Self {
        Self::Io { what, source: Arc::new(source) }
    }

    pub(crate) fn not_found(what: &'static str, id: &impl fmt::Display) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    /// Returns whether a refusal may mean that something it does not name is missing.
    pub(crate) fn may_be_missing(&self) -> bool {
        matches!(self.class(), Some(ErrorClass::NotFound | ErrorClass::Validation | ErrorClass::Other))
    }

    /// Converts an error to [`Error::NotFound`] if that is what the service means.
    pub(crate) fn missing(error: raw::Error, what: &'static str, id: &impl fmt::Display) -> Self {
        if error.is_not_found() { Self::not_found(what, id) } else { error.into() }
    }
}

impl From<raw::Error> for Error {
    fn from(error: raw::Error) -> Self {
        match &error {
            // Unwraps the error of a sign-in that was made during another call.
            raw::Error::Custom { operation, source, .. } => match source.downcast_ref::<Self>() {
                Some(own) => own.clone().during(operation),
                None => Self::Raw(error),
            },
            _ if error.is_session_expired() => Self::SessionExpired(error),
            _ => Self::Raw(error),
        }
    }
}

#[cfg(feature = "mirror")]
impl From<crate::mirror::MirrorError> for Error {
    fn from(error: crate::mirror::MirrorError) -> Self {
        Self::Mirror(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Raw(error) = self {
            return error.fmt(f);
        }
        let errand = match self.as_raw() {
            Some(raw::Error::Api(refusal)) => refusal.during,
            Some(raw::Error::Custom { operation, .. }) => Some(*operation),
            _ => None,
        };
        if let Some(operation) = errand {
            write!(f, "signing in again for {operation}: ")?;
        }
        match self {
            Self::Raw(error) => error.fmt(f),
            Self::WrongPassword { tries_left, .. } => {
                f.write_str("user name and password were not accepted")?;
                if let Some(left) = tries_left {
                    write!(f, " (attempts left: {left})")?;
                }
                Ok(())
            }
            Self::LockedOut { until: Some(until), .. } => {
                write!(f, "signing in is locked until {until}")
            }
            Self::LockedOut { .. } => f.write_str("signing in is temporarily locked"),
            Self::Captcha(_) => f.write_str("the service requires a captcha"),
            Self::ClientRefused(_) => f.write_str("the service refused this client or address"),
            Self::MfaRequired(_) => f.write_str("the account requires a second factor"),
            Self::MfaFailed(_) => f.write_str("the code of the second factor was not accepted"),
            Self::SessionExpired(error) => {
                write!(f, "{}: not signed in, or the session has expired", error.operation())
            }
            Self::NotFound { what, id } => write!(f, "{what} {id} not found"),
            Self::Batch { operation, failures } => fmt_failures(f, operation, failures),
            Self::NotApplied { operation, id } => {
                write!(f, "{operation}: the service returned 200, but {id} was not stored")
            }
            Self::FieldLost { operation, id, field, .. } => {
                write!(f, "{operation}: field `{field}` of {id} was not stored as sent")
            }
            Self::Conflict(conflict) => {
                write!(f, "{} {} has changed since it was read", conflict.what(), conflict.id())
            }
            // The source ends with its hint.
            Self::Unfinished { id, state, source } => return write!(f, "{id} {state}: {source}"),
            Self::NotMoved { column, tasks, source } => return fmt_not_moved(f, column, tasks, source),
            Self::Io { what, source } => write!(f, "{what} failed: {source}"),
            #[cfg(feature = "mirror")]
            Self::Mirror(error) => return error.fmt(f),
            #[cfg(feature = "mirror")]
            Self::UndoConflict(conflict) => return conflict.fmt(f),
            Self::Unsupported { what, why } => return write!(f, "{what} is not supported: {why}"),
            Self::InvalidInput { message } => return f.write_str(message),
        }?;
        match self.remedy() {
            "" => Ok(()),
            remedy => write!(f, "\nhint: {remedy}"),
        }
    }
}

/// A batch may contain hundreds of items; a message names only the first few.
const SHOWN: usize = 5;

/// The source ends with its hint.
fn fmt_not_moved(f: &mut fmt::Formatter<'_>, column: &str, tasks: &[TaskId], source: &Error) -> fmt::Result {
    write!(f, "column {column} was not deleted, because {} of its tasks were not moved (", tasks.len())?;
    for (at, task) in tasks.iter().take(SHOWN).enumerate() {
        write!(f, "{}{task}", if at == 0 { "" } else { ", " })?;
    }
    match tasks.len().saturating_sub(SHOWN) {
        0 => write!(f, "): {source}"),
        more => write!(f, " and {more} more): {source}"),
    }
}

fn fmt_failures(f: &mut fmt::Formatter<'_>, operation: &str, of: &[ItemFailure]) -> fmt::Result {
    let items: Vec<_> = of.iter().take(SHOWN).map(ItemFailure::name).collect();
    write!(f, "{operation} refused {} of its items: {}", of.len(), items.join(", "))?;
    match of.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, ", and {more} more"),
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // `Raw` shows the same text, so its source comes after it.
            Self::Raw(error) => error.source(),
            Self::Unfinished { source, .. } | Self::NotMoved { source, .. } => source.source(),
            Self::Io { source, .. } => Some(&**source),
            other => other.as_raw().map(|error| error as _),
        }
    }
}
