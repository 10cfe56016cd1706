//! Errors, as shown to people and scripts.

use std::io;
use std::process::ExitCode;

use serde_json::Value;
use ticktick::mirror::{MirrorError, MirrorErrorKind, UndoConflict, UndoMember};
use ticktick::models::{Json, Object};
use ticktick::quick_add::QuickAddError;
use ticktick::raw::{self, Operation, SendKind};

pub(crate) use crate::generated::cli::Candidate;
use crate::generated::cli::{ConflictMember, ErrorCode};

/// An error: a message, a hint at what to do next, and the kind, which determines the exit status.
#[derive(Debug)]
pub(crate) struct Error {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) retryable: bool,
    pub(crate) candidates: Vec<Candidate>,
    /// The members that keep a write from being undone.
    pub(crate) members: Vec<ConflictMember>,
    /// What was written before the failure.
    pub(crate) done: Option<Box<Value>>,
}

/// The kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The reader of our output has exited, which is not an error.
    BrokenPipe,
    /// The output itself reports the failure; nothing is added.
    Reported,
    Failed,
    Usage,
    NotFound,
    Ambiguous,
    NotSignedIn,
    Auth,
    /// Some objects were changed, and others were not.
    Partial,
    /// The object was changed elsewhere in the meantime.
    Conflict,
    Refused,
    RateLimited,
    Network,
    /// The response to a write was lost, so it is not known whether it was carried out.
    UnknownOutcome,
    OffContract,
    /// A write was carried out, but its result could not be printed.
    Unwritten,
    Canceled,
}

impl Kind {
    /// Returns the code used in JSON.
    pub(crate) const fn code(self) -> ErrorCode {
        match self {
            Self::BrokenPipe => ErrorCode::BrokenPipe,
            Self::Reported | Self::Failed => ErrorCode::Failed,
            Self::Usage => ErrorCode::Usage,
            Self::NotFound => ErrorCode::NotFound,
            Self::Ambiguous => ErrorCode::Ambiguous,
            Self::NotSignedIn => ErrorCode::NotSignedIn,
            Self::Auth => ErrorCode::Auth,
            Self::Partial => ErrorCode::Partial,
            Self::Conflict => ErrorCode::Conflict,
            Self::Refused => ErrorCode::Refused,
            Self::RateLimited => ErrorCode::RateLimited,
            Self::Network => ErrorCode::Network,
            Self::UnknownOutcome => ErrorCode::UnknownOutcome,
            Self::OffContract => ErrorCode::OffContract,
            Self::Unwritten => ErrorCode::OutputLost,
            Self::Canceled => ErrorCode::Canceled,
        }
    }

    /// Returns the exit status.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::Reported | Self::Failed | Self::Refused => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::NotSignedIn | Self::Auth => 4,
            Self::Ambiguous => 5,
            Self::Partial | Self::Conflict => 6,
            Self::RateLimited => 7,
            Self::Network | Self::UnknownOutcome => 8,
            Self::OffContract => 9,
            Self::Unwritten => 10,
            Self::Canceled => 130,
        }
    }
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            retryable: false,
            candidates: Vec::new(),
            members: Vec::new(),
            done: None,
        }
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn candidates(mut self, candidates: Vec<Candidate>) -> Self {
        self.candidates = candidates;
        self
    }

    pub(crate) fn not_signed_in(server: &str) -> Self {
        Self::new(Kind::NotSignedIn, format!("not signed in to {server}"))
            .hint("sign in with `ticktick auth login`, or try `ticktick --demo`, which needs no account")
    }

    /// Creates the error for a sign-in that is not attempted because of a lock-out.
    pub(crate) fn locked_out(until: jiff::Timestamp) -> Self {
        let until = until.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%H:%M on %-d %B");
        Self::new(Kind::Auth, format!("the account is locked until {until}, so nothing was sent"))
            .hint("wait until then, because a new attempt may prolong the lock; or use a browser's session: `ticktick auth login --token-stdin`")
    }

    /// Converts an output error of a write that was carried out.
    ///
    /// It has its own exit status, so that scripts do not repeat the command.
    pub(crate) fn after_write(self, done: impl std::fmt::Display) -> Self {
        match self.kind {
            Kind::BrokenPipe => self,
            _ => Self::new(Kind::Unwritten, format!("{done}, but the output could not be written: {}", self.message))
                .hint("do not repeat the command: the change is stored"),
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind.status())
    }
}

/// Hint for users who have no password, or forgot it.
const NO_PASSWORD: &str = "`ticktick auth login` to try again; accounts made through Google or Apple need a \
    password set in the web app, or `ticktick auth login --token-stdin`";

impl From<ticktick::Error> for Error {
    fn from(error: ticktick::Error) -> Self {
        use ticktick::Error as Client;
        let error = match error {
            Client::Mirror(error) => return error.into(),
            Client::UndoConflict(conflict) => return Self::not_undone(&conflict),
            error => error,
        };
        let kind = match &error {
            Client::NotFound { .. } => Kind::NotFound,
            Client::InvalidInput { .. } => Kind::Usage,
            error if error.may_have_created() => Kind::UnknownOutcome,
            Client::Batch { .. } | Client::Unfinished { .. } | Client::NotMoved { .. } => Kind::Partial,
            Client::NotApplied { .. } => Kind::Refused,
            Client::FieldLost { .. } => Kind::OffContract,
            Client::Conflict(_) => Kind::Conflict,
            _ if error.is_auth() => Kind::Auth,
            _ if error.is_rate_limited() => Kind::RateLimited,
            _ => error.as_raw().map_or(Kind::Failed, kind_of),
        };
        let hint = match &error {
            Client::WrongPassword { .. } => Some(NO_PASSWORD),
            _ if is_read_only(&error) => Some(
                "leave out --read-only; `ticktick config list --origin` shows whether a file or a variable sets it",
            ),
            Client::SessionExpired(_) => Some("sign in with `ticktick auth login`, or set a new TICKTICK_TOKEN"),
            error if error.as_raw().is_some_and(is_page) => {
                Some("`ticktick doctor` checks the address, the network and the sign-in")
            }
            error if error.may_have_created() => Some(
                "look for it before you repeat the command, which would create another one; `ticktick history` shows \
                 the outcome",
            ),
            _ => None,
        };
        let text = match &error {
            Client::SessionExpired(_) => "the session has expired".to_owned(),
            _ if is_read_only(&error) => {
                "the command may change the account, which the read-only mode forbids".to_owned()
            }
            // An invalid setting concerns no operation.
            Client::Raw(raw::Error::InvalidInput { operation: "client", message, .. }) => message.clone(),
            _ => unconnected(&error).unwrap_or_else(|| error.to_string()),
        };
        // Repeating the command would create another object.
        let retryable = error.is_retryable() && !error.may_have_created();
        Self { retryable, ..Self::new(kind, "") }.explained(&text, hint)
    }
}

impl From<ticktick_profile::Error> for Error {
    fn from(error: ticktick_profile::Error) -> Self {
        use ticktick_profile::ErrorKind as Of;
        let kind = match error.kind {
            Of::Usage => Kind::Usage,
            Of::NotFound => Kind::NotFound,
            Of::NotSignedIn => Kind::NotSignedIn,
            Of::Refused => Kind::Auth,
            _ => Kind::Failed,
        };
        let candidate = |name: String| Candidate { id: name.clone(), name, details: Vec::new() };
        let candidates = error.candidates.into_iter().map(candidate).collect();
        Self { hint: error.hint, ..Self::new(kind, error.message) }.candidates(candidates)
    }
}

impl From<MirrorError> for Error {
    fn from(error: MirrorError) -> Self {
        let kind = match error.kind {
            MirrorErrorKind::Statement => Kind::Usage,
            _ => Kind::Failed,
        };
        let text = match error.kind {
            MirrorErrorKind::Statement => format!("the statement was refused: {}", error.message),
            _ => error.to_string(),
        };
        let message = text.split_once("\nhint: ").map_or(&*text, |(message, _)| message);
        let hint = match error.kind {
            MirrorErrorKind::Empty => "run `ticktick sync` while the service can be reached".to_owned(),
            MirrorErrorKind::Statement => format!("{}; `ticktick sql` lists them", error.remedy()),
            MirrorErrorKind::Damaged => "run `ticktick sync --full`, which replaces the file".to_owned(),
            MirrorErrorKind::Timeout => "narrow the statement, or raise --timeout".to_owned(),
            _ => format!("{}; --no-mirror does without the file", error.remedy()),
        };
        Self::new(kind, message).hint(hint)
    }
}

impl From<raw::Error> for Error {
    fn from(error: raw::Error) -> Self {
        ticktick::Error::from(error).into()
    }
}

impl Error {
    /// Creates the error for an object that has changed since the write that should be undone.
    fn not_undone(conflict: &UndoConflict) -> Self {
        let UndoConflict { entry, kind, id, .. } = conflict;
        let value = |json: Option<Json>| json.and_then(|json| json.decode().ok()).unwrap_or_default();
        let member = |member: UndoMember| ConflictMember {
            name: member.name,
            before: value(member.before),
            after: value(member.after),
            now: value(member.current),
        };
        let versions = [&conflict.current, &conflict.after, &conflict.before];
        let title = versions.into_iter().flatten().find_map(name_in);
        let name = title.map_or_else(|| id.clone(), |title| format!("\"{title}\""));
        let mut error =
            Self::new(Kind::Conflict, format!("write {entry} was not undone, because {kind} {name} has changed since"))
                .hint("compare the versions, then change it by hand; `ticktick history` lists all writes");
        error.members = conflict.members().into_iter().map(member).collect();
        error
    }

    /// Splits the text of an error into the message and the hint. A given hint replaces that of the text.
    fn explained(mut self, text: &str, hint: Option<&str>) -> Self {
        let (message, own) = text.split_once("\nhint: ").map_or((text, None), |(message, own)| (message, Some(own)));
        self.message = message.to_owned();
        self.hint = hint.or(own).map(for_commands);
        self
    }
}

/// Returns whether an operation was refused because the client is read-only.
fn is_read_only(error: &ticktick::Error) -> bool {
    matches!(error.as_raw(), Some(raw::Error::InvalidInput { message, .. }) if message.contains("client is read-only"))
}

/// Describes a failed connection without the operation, which does not matter, and the parts of the HTTP client.
fn unconnected(error: &ticktick::Error) -> Option<String> {
    let Some(raw::Error::Send { kind: SendKind::Connect, message, .. }) = error.as_raw() else { return None };
    let (_, why) = message.split_once("client error (Connect): ")?;
    Some(format!(
        "cannot connect to the service: {why}\nhint: check the network and the proxy, then try again; `ticktick doctor` \
         checks each step"
    ))
}

/// Returns whether something else than the service sent a response, such as the page of a proxy.
fn is_page(error: &raw::Error) -> bool {
    matches!(error, raw::Error::Api(error) if (200..300).contains(&error.status) && error.code.is_none())
}

fn kind_of(error: &raw::Error) -> Kind {
    match error {
        raw::Error::InvalidInput { .. } => Kind::Usage,
        raw::Error::Send { kind: SendKind::Connect, .. } => Kind::Network,
        // A read can simply be repeated.
        raw::Error::Send { operation, .. } if Operation::find(operation).is_some_and(|operation| !operation.reads) => {
            Kind::UnknownOutcome
        }
        raw::Error::Send { .. } => Kind::Network,
        raw::Error::Api(_) if error.is_auth() => Kind::Auth,
        raw::Error::Api(_) if error.is_not_found() => Kind::NotFound,
        raw::Error::Api(_) if error.is_rate_limited() => Kind::RateLimited,
        _ if is_page(error) => Kind::OffContract,
        raw::Error::Api(_) => Kind::Refused,
        raw::Error::Decode { .. } => Kind::OffContract,
        _ => Kind::Failed,
    }
}

impl From<QuickAddError> for Error {
    fn from(error: QuickAddError) -> Self {
        Self::usage("").explained(&error.to_string(), None)
    }
}

/// Replaces a hint of the client that names a method by one that names a command.
fn for_commands(hint: &str) -> String {
    let hint = match hint {
        "use `patch`" => "change it with `ticktick tag color` or `ticktick tag nest`",
        "take one of `column().list_by_project`" => "`ticktick column list PROJECT` lists those of the project",
        _ if hint.starts_with("use `merge` to merge") => "`ticktick tag merge` merges two tags",
        _ if hint.starts_with("pass the date to `complete_and_move_to`") => {
            "set its next date with `ticktick edit --due`"
        }
        _ => hint,
    };
    hint.to_owned()
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Kind::BrokenPipe, "the output was closed"),
            _ => Self::failed(error.to_string()),
        }
    }
}

/// Returns the title or name in the JSON of an object.
pub(crate) fn name_in(object: &Json) -> Option<String> {
    let object: Object = object.decode().ok()?;
    let text = |key| object.get(key).and_then(|value| value.decode::<String>().ok());
    text("title").or_else(|| text("label")).or_else(|| text("name"))
}
