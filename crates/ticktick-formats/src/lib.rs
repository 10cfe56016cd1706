//! Imports and exports tasks in the formats of other programs, and archives of a whole account.
//!
//! [`read`](fn@read) turns a file into a [`Plan`], which has the tasks in a neutral form and the outcome of each row.
//! [`View`] prints a plan as JSON. This crate never reads the clock or the zone of the machine: both are in [`Context`].
//!
//! ```
//! use ticktick_formats::{Context, Format, read};
//!
//! let context = Context::new("2026-11-26T10:00[Europe/Berlin]".parse()?);
//! let plan = read(Format::TodoTxt, b"(A) Book the band +Wedding due:2026-12-04", "todo", &context)?;
//! assert_eq!(plan.records[0].title, "Book the band");
//! assert_eq!(plan.records[0].project, "Wedding");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod apply;
pub mod archive;
mod collect;
mod context;
mod detect;
mod error;
mod format;
mod from_task;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;
mod ical;
mod marks;
mod plan;
mod read;
pub mod record;
mod restore;
mod view;
mod words;
mod write;
mod zones;

pub use self::apply::{Applied, ApplyOptions, Outcome, RowOutcome, apply};
pub use self::archive::Archive;
pub use self::collect::{CollectOptions, collect};
pub use self::context::Context;
pub use self::detect::detect;
pub use self::error::FormatError;
pub use self::format::Format;
pub use self::plan::{Plan, Remark};
pub use self::read::{read, text};
pub use self::record::Record;
pub use self::restore::{Restoration, Restored, restore};
pub use self::view::View;
pub use self::write::{Lost, WriteOptions, Written, write};
