#![doc = include_str!("../README.md")]
//!
//! Most types are generated from the specification. Unknown keys of an object stay in its [`Extra`], unknown values of an
//! enum in its `Unknown` variant. [`Field`], [`List`] and [`Map`] tell absent, null and a value apart.
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod check;
mod compare;
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
mod number;
mod object;
mod odd;
mod private;
mod query_time;
mod recurrence;
mod rewrite;
mod rule;
mod search;
mod secret;
mod stand_in;
mod text_or_int;
mod timestamp;
mod trigger;

#[cfg(test)]
mod tests;

pub use check::{Check, check, check_bytes, check_nothing};
pub use decode::decode;
pub use due::{Due, DueError};
pub use epoch::{DayStamp, EpochMillis};
pub use extra::Extra;
pub use field::Field;
pub use generated::*;
pub use id_source::{Clock, FixedClock, IdSource, SystemClock};
pub use inspect::{Inspect, Path};
pub use json::Json;
pub use lenient::bytes::restore_bytes;
pub use lenient::{Lenient, Misfit, decode_lenient};
pub use list::List;
pub use locate::{explain, locate};
pub(crate) use macros::{id, integer_enum, object, shapes, text_enum};
pub use map::Map;
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
pub use stand_in::StandIn;
pub use text_or_int::TextOrInt;
pub use timestamp::Timestamp;
pub use trigger::{Trigger, WrongTrigger};
