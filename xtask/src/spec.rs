//! Reading and checking the spec: YAML to [`ir::Ir`], or faults with place and cure.

mod endpoints;
mod experiments;
mod fault;
pub(crate) mod format;
pub(crate) mod hand_written;
pub(crate) mod ir;
mod lint;
pub(crate) mod load;
mod models;
pub(crate) mod node;
mod read;
mod types;
mod verify;
