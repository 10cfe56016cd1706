//! What can go wrong, and when: the format of rules.

mod answer;
mod damage;
mod engine;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use engine::Faults;
pub(crate) use engine::{Asked, Plan};
pub use rule::Rule;

/// Something that goes wrong with a request.
///
/// In JSON a fault is its name in small letters, such as `"lose_answer"`; one with details is an
/// object of one member, such as `{"latency": {"ms": 500}}`. Details with a stated default may be
/// left out.
///
/// ```
/// use ticktick_sim::{Fault, RetryAfter};
///
/// let fault: Fault = serde_json::from_str(r#"{"too_many_requests": {"retry_after": {"seconds": 30}}}"#)?;
/// assert_eq!(fault, Fault::TooManyRequests { retry_after: RetryAfter::Seconds(30) });
/// assert_eq!(serde_json::to_string(&Fault::LoseAnswer)?, r#""lose_answer""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Fault {
    /// Answers what one likes. The request is not carried out.
    Status {
        /// Status of the answer.
        status: Status,
        /// Headers of the answer; none by default.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// Body of the answer; empty by default.
        #[serde(default)]
        body: String,
    },
    /// Answers 429 without a body. The request is not carried out.
    TooManyRequests {
        /// When the client may come again; not said by default.
        #[serde(default)]
        retry_after: RetryAfter,
    },
    /// Answers 500 `exceed_query_limit` for a while once a minute has seen too many requests that fit
    /// the rule. Those are not carried out.
    RateLimit {
        /// Requests that one minute may have; 100 by default.
        #[serde(default = "hundred")]
        per_minute: u32,
        /// How many seconds the refusal lasts; 60 by default.
        #[serde(default = "sixty")]
        seconds: u32,
    },
    /// Answers 500 `too_busy`. The request is not carried out.
    TooBusy,
    /// Carries the request out and answers later. Other rules may apply as well.
    Latency {
        /// How much later, in milliseconds.
        ms: u32,
    },
    /// Resets the connection. The request is not carried out.
    Reset,
    /// Carries the request out and resets the connection instead of answering.
    LoseAnswer,
    /// Carries the request out and answers half of the body as if it were the whole one.
    Truncate,
    /// Carries the request out and breaks the connection in the middle of the body.
    BreakBody,
    /// Carries the request out and answers the body twice in one.
    Double,
    /// Answers 200 and a web page. The request is not carried out.
    Html,
    /// Carries the request out and calls its answer something that it is not.
    ContentType {
        /// The header; `text/plain` by default.
        #[serde(default = "plain")]
        value: String,
    },
    /// Carries the request out and answers in small pieces.
    Drip {
        /// Bytes of a piece; 16 by default.
        #[serde(default = "sixteen")]
        bytes: u32,
        /// Pause after a piece in milliseconds; 10 by default.
        #[serde(default = "ten")]
        ms: u32,
    },
    /// Carries the request out and answers what claims to be gzip and cannot be unpacked.
    GzipDamage,
    /// Ends the session first, so the request is refused.
    ExpireSession,
    /// Carries the request out and answers etags that are not the stored ones, as if another device
    /// had written right after it.
    StaleEtag,
    /// Carries the request out and adds the member `simUnknownField` to the objects of the answer.
    UnknownField,
    /// Carries the request out and gives enum members of the answer a value that nobody knows.
    UnknownEnum,
}

/// A status of HTTP, from 200 to 599.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Status(u16);

impl TryFrom<u16> for Status {
    type Error = String;

    fn try_from(status: u16) -> Result<Self, String> {
        match status {
            200..=599 => Ok(Self(status)),
            _ => Err(format!("{status} is no status of an answer; they go from 200 to 599")),
        }
    }
}

impl From<Status> for u16 {
    fn from(status: Status) -> Self {
        status.0
    }
}

/// What `Retry-After` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    /// Nothing: there is no such header.
    #[default]
    None,
    /// A number of seconds.
    Seconds(u32),
    /// The date of HTTP so many seconds from now.
    Date(u32),
}

fn hundred() -> u32 {
    100
}

fn sixty() -> u32 {
    60
}

fn sixteen() -> u32 {
    16
}

fn ten() -> u32 {
    10
}

fn plain() -> String {
    "text/plain".into()
}
