#![doc = include_str!("../README.md")]
//!
//! Most types are generated from the specification. Unknown keys of an object are kept in its [`Extra`],
//! unknown values of an enum in its `Unknown` variant. [`Field`], [`List`] and [`Map`] distinguish absent,
//! null and a value.
//!
//! # Semantic versioning
//!
//! Structs and enums that mirror the service are `#[non_exhaustive]`, because the service adds members and values without
//! notice: a minor version can add a field, a variant or a model. Items that the docs do not show, such as the machinery
//! behind generated code, are not covered by semantic versioning.
//!
//! Types of [jiff] 1 are part of the API: dates, times, zones, time stamps, durations. So are the traits of serde 1, and
//! `Value` and `Error` of serde_json 1. A new major version of one of them is a new major version of this crate. All other
//! dependencies are internal.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod as_id;
mod check;
mod compare;
mod container;
mod decode;
mod due;
mod epoch;
mod ext;
mod extra;
mod field;
#[rustfmt::skip]
mod generated;
mod id_source;
mod inspect;
mod json;
mod lenient;
mod list;
mod locate;
mod macros;
mod map;
mod name;
mod number;
mod object;
mod odd;
mod path;
mod private;
mod protocol;
mod query_time;
mod recurrence;
mod rewrite;
mod rule;
mod scan;
mod search;
mod secret;
mod stand_in;
mod text_or_int;
mod timestamp;
mod trigger;

#[cfg(test)]
mod tests;

pub use answer::Answer;
pub use as_id::AsId;
pub use due::zone::time_zone;
pub use due::{Due, DueError};
pub use epoch::{DayStamp, EpochMillis};
pub use extra::Extra;
pub use field::Field;
pub use generated::*;
pub use id_source::{Clock, FixedClock, IdSource, SystemClock};
pub use json::Json;
pub use list::List;
pub(crate) use macros::{id, integer_enum, object, shapes, text_enum};
pub use map::Map;
pub use name::UnknownName;
pub use number::Number;
pub use object::Object;
pub use odd::Odd;
pub use private::Private;
pub use query_time::{QueryTime, QueryTimeError};
pub use recurrence::{
    Frequency, NotComputable, NthWeekday, Occurrences, Recurrence, RecurrenceError, RecurrenceRule, Until, Workday,
};
pub use rule::{NotEvaluable, RuleContext, RuleError, build_rule};
pub use search::{TaskQuery, search_tasks};
pub use secret::Secret;
pub use text_or_int::TextOrInt;
pub use timestamp::Timestamp;
pub use trigger::{Trigger, WrongTrigger};

// Internals shared by generated code and the other crates of the workspace.
#[doc(hidden)]
pub use check::{Check, check, check_bytes, check_nothing};
#[doc(hidden)]
pub use decode::decode;
#[doc(hidden)]
pub use inspect::Inspect;
#[doc(hidden)]
pub use lenient::bytes::restore_bytes;
#[doc(hidden)]
pub use lenient::{Lenient, Misfit, decode_lenient};
#[doc(hidden)]
pub use locate::{explain, locate};
#[doc(hidden)]
pub use path::Path;
#[doc(hidden)]
pub use stand_in::StandIn;
