//! Reads and checks the spec: from YAML to [`ir::Ir`], or faults with their place and a fix.

mod endpoints;
mod experiments;
mod fault;
pub(crate) mod format;
pub(crate) mod hand_written;
pub(crate) mod ir;
mod keywords;
mod lint;
pub(crate) mod load;
mod models;
pub(crate) mod node;
mod placeholders;
pub(crate) mod read;
mod types;
mod verify;
