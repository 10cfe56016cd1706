#![doc = include_str!("../README.md")]
//!
//! [`Run::reads`] calls every operation that only reads and compares each response with its model.
//! [`Run::experiment`] runs one of the [`EXPERIMENTS`], which answer questions that recordings leave open.
//! Both fill a [`Report`] of operation ids, JSON paths, kinds, statuses and error codes. It contains no
//! values, ids, names or addresses, so it can be shared with others. Its JSON Schema is
//! `docs/schemas/report.schema.json`. Calls, experiments and verdicts are data, generated from
//! `spec/reads.yaml` and `spec/experiments.yaml`.
//!
//! Experiments write to the account. They use a separate project, [`PROJECT`], and [`Run::clean_up`] removes
//! that project and everything else whose name starts with [`PREFIX`].
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod clean;
mod fill;
#[rustfmt::skip]
#[allow(unreachable_pub)]
mod generated;
mod path;
mod plan;
mod reads;
mod report;
mod run;

pub use clean::Removed;
pub use generated::{EXPERIMENTS, READS, SKIPPED};
pub use plan::{Check, Experiment, Outcome, Step, Wants};
pub use report::{CallFailure, Effect, Odd, OperationReport, Report, ReportRegion, Seen, Verdict};
pub use run::{Event, Run, Stop};

/// Name of the project that experiments use.
pub const PROJECT: &str = "ticktick verify (safe to delete)";

/// Prefix of the names of everything else that experiments create.
pub const PREFIX: &str = "ticktick-verify";
