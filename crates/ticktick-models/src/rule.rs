//! Reading, building and evaluating the rules of saved filters.
//!
//! The tree itself is generated; see [`FilterRule`](crate::FilterRule).

mod build;
mod context;
mod date;
mod describe;
mod evaluate;
mod text;

#[cfg(test)]
mod tests;

pub use build::build_rule;
pub use context::RuleContext;
pub use evaluate::NotEvaluable;
pub use text::RuleError;
