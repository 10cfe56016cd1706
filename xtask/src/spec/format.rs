//! One of our own formats: a file of `spec/formats`.

use super::node::Node;

/// A JSON Schema that was read.
#[derive(Debug)]
pub(crate) struct Format {
    /// `faults` for `spec/formats/faults.schema.json`.
    pub(crate) name: String,
    pub(crate) schema: Node,
}
