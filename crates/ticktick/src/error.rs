//! What can go wrong while a client works.

use std::fmt;
use std::sync::Arc;

use ticktick_models::{DueError, ItemError, Json};
use ticktick_raw::{self as raw, ErrorClass, ErrorCode};

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
        /// When it opens again: what the service says, else half an hour after it was found closed.
        /// The client does not ask again before.
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
    /// A call of several steps was carried out in part.
    #[non_exhaustive]
    Unfinished {
        /// What was changed, such as a task that was created.
        id: String,
        /// How it stands now, such as `was created, but is not under its parent`.
        state: &'static str,
        /// What the next step met.
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
    Build {
        /// What is wrong, and what to do.
        message: String,
    },
}

impl Error {
    pub(crate) fn build(message: impl Into<String>) -> Self {
        Self::Build { message: message.into() }
    }

    pub(crate) fn no_date(error: &DueError) -> Self {
        Self::build(format!("{error}; give another date, or its zone by an IANA name."))
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

    /// Says what was not found, where that is what the service means.
    pub(crate) fn missing(error: raw::Error, what: &'static str, id: &impl fmt::Display) -> Self {
        match error.is_not_found() {
            true => Self::not_found(what, id),
            false => error.into(),
        }
    }

    /// Returns what the call itself met: an answer of the service, or none.
    #[must_use]
    pub fn as_raw(&self) -> Option<&raw::Error> {
        match self {
            Self::Raw(error)
            | Self::WrongPassword { source: error, .. }
            | Self::LockedOut { source: error, .. }
            | Self::Captcha(error)
            | Self::ClientRefused(error)
            | Self::MfaRequired(error)
            | Self::MfaFailed(error)
            | Self::SessionExpired(error) => Some(error),
            Self::Unfinished { source, .. } => source.as_raw(),
            _ => None,
        }
    }

    /// Returns what a refusal means: of the call, else of the first item.
    #[must_use]
    pub fn class(&self) -> Option<ErrorClass> {
        match self {
            Self::Batch { failures, .. } => failures.first().map(ItemFailure::class),
            Self::NotFound { .. } => Some(ErrorClass::NotFound),
            Self::LockedOut { .. } => Some(ErrorClass::LockedOut),
            Self::MfaRequired(_) => Some(ErrorClass::MfaRequired),
            Self::Unfinished { source, .. } => source.class(),
            other => other.as_raw()?.class(),
        }
    }

    /// Tells whether it is about who is calling: password, second factor, captcha or session.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::MfaFailed(_) | Self::MfaRequired(_)) || self.as_raw().is_some_and(raw::Error::is_auth)
    }

    /// Tells whether the thing is not there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.class() == Some(ErrorClass::NotFound)
    }

    /// Tells whether there were too many requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.class() == Some(ErrorClass::RateLimited)
    }

    /// Tells whether the same call may work later without a change.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.as_raw().is_some_and(raw::Error::is_retryable)
    }

    /// Says what to do next, in a sentence.
    #[must_use]
    pub fn remedy(&self) -> &str {
        match self {
            Self::NotFound { .. } => "It may be deleted or in the trash; sync and check the id.",
            Self::Batch { failures, .. } => failures.first().map_or("", ItemFailure::remedy),
            Self::NotApplied { .. } => "Sync to see how it stands, then try again.",
            Self::FieldLost { .. } => "Read it anew, set the member again, and tell us what the service does.",
            Self::LockedOut { source, .. } if !source.is_locked_out() => {
                "Wait until then, then sign in once in a browser and hand over the session cookie `t`."
            }
            Self::MfaRequired(raw::Error::Custom { .. }) => {
                "Sign in with `Client::login`, or add the secret of the authenticator app with `Credentials::totp`."
            }
            Self::MfaFailed(_) => "Wait for the next code, then sign in again and give that one.",
            Self::Unfinished { source, .. } => source.remedy(),
            Self::Unsupported { why, .. } => why,
            Self::Io { .. } | Self::Build { .. } => "",
            other => other.as_raw().and_then(raw::Error::as_api).map_or("", |api| api.remedy()),
        }
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
            // The source ends with its remedy.
            Self::Unfinished { id, state, source } => return write!(f, "{id} {state}: {source}"),
            Self::Io { what, source } => write!(f, "{what} failed: {source}."),
            Self::Unsupported { what, .. } => write!(f, "{what} is not supported."),
            Self::Build { message } => return f.write_str(message),
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

/// One item of a batch that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemFailure {
    /// Id of the item; a tag's name.
    pub id: String,
    /// What the service calls it, where it does.
    pub code: Option<ErrorCode>,
}

impl ItemFailure {
    pub(crate) fn new(id: &str, error: &ItemError) -> Self {
        let code = match error {
            ItemError::Code(code) => Some(code),
            // Its text for people is left out: nobody knows what it may repeat.
            ItemError::Detail(detail) => detail.code.get(),
            _ => None,
        };
        Self { id: id.to_owned(), code: code.map(|code| ErrorCode::from(code.as_str())) }
    }

    /// Returns what the refusal means.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        self.code.as_ref().map_or(ErrorClass::Other, ErrorCode::class)
    }

    /// Says what to do next.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match &self.code {
            Some(code) if !matches!(code, ErrorCode::Unknown(_)) => code.remedy(),
            _ => "Sync to see how it stands, then try again.",
        }
    }
}

impl fmt::Display for ItemFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        if let Some(code) = &self.code {
            write!(f, " ({code})")?;
        }
        write!(f, ". {}", self.remedy())
    }
}
