//! Errors: what can go wrong while a client works.
//!
//! Every call that contacts the service can fail in these ways, which the docs of a call do not repeat:
//!
//! * [`Error::Raw`]: the service could not be reached, did not answer in time, refused the request, or answered something
//!   that is not JSON. [`Error::class`] tells which, and [`Error::is_retryable`] tells whether a later try can help.
//! * [`Error::SessionExpired`]: the client is not signed in, or the session has expired and there are no
//!   [credentials](crate::ClientBuilder::credentials) to renew it with. Errors of the sign-in itself are returned if there are.
//! * [`Error::Unsupported`]: the answer has a shape that this version does not understand.
//!
//! Every call that takes an object or its id can return [`Error::NotFound`]. Every call that changes something can also fail
//! in these ways:
//!
//! * [`Error::Batch`]: the service refused some items. The others were stored.
//! * [`Error::NotApplied`]: the service answered 200 and stored nothing.
//! * [`Error::FieldLost`]: a client that [verifies its writes](crate::ClientBuilder::verify_writes) found that a field was
//!   not stored.
//! * [`Error::Conflict`]: `update` found that the object has changed since it was read.
//! * [`Error::Unfinished`]: the call was carried out in part, or the answer was lost and the outcome is unknown.
//!
//! Input that cannot be valid, such as an empty name, is refused before anything is sent. The docs of each call list only
//! what is particular to it.
//!
//! ```
//! # use ticktick::{Client, Error, TaskId};
//! # async fn example(client: Client, id: TaskId) -> Result<(), Error> {
//! match client.task().complete(&id).await {
//!     Ok(task) => println!("completed {}", task.id),
//!     Err(Error::NotFound { .. }) => println!("no such task"),
//!     Err(error) if error.is_retryable() => println!("try again later: {error}"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```

mod conflict;
mod item;
mod questions;

use std::fmt;
use std::sync::Arc;

#[doc(inline)]
pub use ticktick_models::DueError;
use ticktick_models::Json;
use ticktick_raw as raw;
#[doc(inline)]
pub use ticktick_raw::{ErrorClass, ErrorCode};

pub use self::conflict::Conflict;
pub use self::item::ItemFailure;

/// What somebody on a shared project is called in errors.
pub(crate) const MEMBER: &str = "member";

/// What went wrong.
///
/// The text says what failed, where, and what to do next; secrets are in none of its forms. What the
/// service itself said is behind [`as_raw`](Self::as_raw).
///
/// # Examples
///
/// ```
/// # async fn example(client: ticktick::Client, id: ticktick::TaskId) -> Result<(), ticktick::Error> {
/// use ticktick::Error;
///
/// match client.task().complete(&id).await {
///     Ok(task) => println!("done: {}", task.id),
///     Err(Error::NotFound { .. }) => println!("gone already"),
///     Err(error) if error.is_retryable() => println!("later: {error}"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// A call failed, and no other variant says it better.
    Raw(raw::Error),
    /// User name and password do not fit together, or the service takes the client for a robot.
    #[non_exhaustive]
    WrongPassword {
        /// How many tries are left before the account is locked, where the service says so.
        tries_left: Option<i64>,
        /// What the service said.
        source: raw::Error,
    },
    /// Signing in is closed after too many failed tries.
    #[non_exhaustive]
    LockedOut {
        /// When it opens again: what the service says, but at least half an hour and at most a day after it was found
        /// closed. The client does not try again before.
        until: Option<jiff::Timestamp>,
        /// What the service said.
        source: raw::Error,
    },
    /// The service wants a captcha to be answered, which only a browser can do.
    Captcha(raw::Error),
    /// The service turned the client away before it looked at the password.
    ClientRefused(raw::Error),
    /// The account wants a second factor, and the service did not say how to give it.
    ///
    /// The usual way there is no error: [`Login::Mfa`](crate::Login::Mfa).
    MfaRequired(raw::Error),
    /// The code of the second factor was not accepted.
    MfaFailed(raw::Error),
    /// There is no session, or it has ended.
    SessionExpired(raw::Error),
    /// There is no such thing.
    #[non_exhaustive]
    NotFound {
        /// What was looked for, such as `task`.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The service took the call and refused what is in it.
    #[non_exhaustive]
    Batch {
        /// Id of the operation.
        operation: &'static str,
        /// What was refused; everything else was stored.
        failures: Vec<ItemFailure>,
    },
    /// The service took the call and did nothing.
    #[non_exhaustive]
    NotApplied {
        /// Id of the operation.
        operation: &'static str,
        /// What was to be stored.
        id: String,
    },
    /// The service took the write, named the object and did not keep a part of it.
    ///
    /// Found only by a client that [verifies its writes](crate::ClientBuilder::verify_writes).
    #[non_exhaustive]
    FieldLost {
        /// Id of the operation.
        operation: &'static str,
        /// The object.
        id: String,
        /// Key of the member, as it is on the wire.
        field: String,
        /// What was sent.
        sent: Json,
        /// What is stored; nothing if the member is missing.
        stored: Option<Json>,
    },
    /// An object was changed elsewhere after the caller read it, so the update was not sent.
    ///
    /// Only `update` answers this; patches and verbs read the object first, and `overwrite` replaces any version.
    Conflict(Box<Conflict>),
    /// A call of several steps was carried out in part, or a new object may have been created.
    #[non_exhaustive]
    Unfinished {
        /// Id of the object, such as a task that was created.
        id: String,
        /// Its state, such as `was created, but is not under its parent` or `may have been created`.
        state: &'static str,
        /// Why the call failed.
        source: Box<Self>,
    },
    /// A file could not be read or written on this side.
    #[non_exhaustive]
    Io {
        /// What was to be done, such as `reading the file to upload`.
        what: &'static str,
        /// What the system says.
        source: Arc<std::io::Error>,
    },
    /// This client does not do it, for a reason.
    #[non_exhaustive]
    Unsupported {
        /// What is not done.
        what: &'static str,
        /// Why not.
        why: String,
    },
    /// What the caller gave does not make sense; nothing was sent.
    #[non_exhaustive]
    InvalidInput {
        /// What is wrong, and what to do.
        message: String,
    },
}

impl Error {
    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        Self::InvalidInput { message: message.into() }
    }

    pub(crate) fn no_date(error: &DueError) -> Self {
        Self::invalid_input(format!("{error}; give another date, or its zone by an IANA name."))
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

    /// Tells whether a refusal may mean that something it does not name is missing.
    pub(crate) fn may_be_missing(&self) -> bool {
        matches!(self.class(), Some(ErrorClass::NotFound | ErrorClass::Validation | ErrorClass::Other))
    }

    /// Says what was not found, where that is what the service means.
    pub(crate) fn missing(error: raw::Error, what: &'static str, id: &impl fmt::Display) -> Self {
        if error.is_not_found() { Self::not_found(what, id) } else { error.into() }
    }
}

impl From<raw::Error> for Error {
    fn from(error: raw::Error) -> Self {
        match &error {
            // What a sign-in met that was made for the sake of a call.
            raw::Error::Custom { operation, source, .. } => match source.downcast_ref::<Self>() {
                Some(own) => own.clone().during(operation),
                None => Self::Raw(error),
            },
            _ if error.is_session_expired() => Self::SessionExpired(error),
            _ => Self::Raw(error),
        }
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
                    write!(f, " (tries left: {left})")?;
                }
                f.write_str(".")
            }
            Self::LockedOut { until: Some(until), .. } => {
                write!(f, "signing in is locked until {until}.")
            }
            Self::LockedOut { .. } => f.write_str("signing in is locked for a while."),
            Self::Captcha(_) => f.write_str("the service asks for a captcha."),
            Self::ClientRefused(_) => f.write_str("the service refused this client or address."),
            Self::MfaRequired(_) => f.write_str("the account wants a second factor."),
            Self::MfaFailed(_) => f.write_str("the code of the second factor was not accepted."),
            Self::SessionExpired(error) => {
                write!(f, "{} needs a session, and there is none that holds.", error.operation())
            }
            Self::NotFound { what, id } => write!(f, "there is no {what} {id}."),
            Self::Batch { operation, failures } => return fmt_failures(f, operation, failures),
            Self::NotApplied { operation, id } => {
                write!(f, "{operation} was taken, but {id} was not stored.")
            }
            Self::FieldLost { operation, id, field, .. } => {
                write!(f, "{operation} was taken, but `{field}` of {id} is not stored as it was sent.")
            }
            Self::Conflict(conflict) => {
                write!(f, "{} {} was changed elsewhere since it was read.", conflict.what(), conflict.id())
            }
            // The source ends with its remedy.
            Self::Unfinished { id, state, source } => return write!(f, "{id} {state}: {source}"),
            Self::Io { what, source } => write!(f, "{what} failed: {source}."),
            Self::Unsupported { what, .. } => write!(f, "{what} is not supported."),
            Self::InvalidInput { message } => return f.write_str(message),
        }?;
        match self.remedy() {
            "" => Ok(()),
            remedy => write!(f, " {remedy}"),
        }
    }
}

fn fmt_failures(f: &mut fmt::Formatter<'_>, operation: &str, of: &[ItemFailure]) -> fmt::Result {
    /// A batch may hold hundreds; a message names the first few.
    const SHOWN: usize = 5;
    write!(f, "{operation} refused {} of its items:", of.len())?;
    for failure in of.iter().take(SHOWN) {
        write!(f, " {failure}")?;
    }
    match of.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, " And {more} more."),
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            // `Raw` shows the same text, so its source comes after it.
            Self::Raw(error) => error.source(),
            Self::Unfinished { source, .. } => source.source(),
            Self::Io { source, .. } => Some(&**source),
            other => other.as_raw().map(|error| error as _),
        }
    }
}
