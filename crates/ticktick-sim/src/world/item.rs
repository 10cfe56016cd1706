//! Outcomes of the items of a batch.

/// Codes of `id2error`.
pub(crate) const NO_TASK: &str = "TASK_NOT_FOUND";
pub(crate) const NO_PROJECT: &str = "PROJECT_NOT_FOUND";
pub(crate) const OVER_QUOTA: &str = "EXCEED_QUOTA";

/// The documented code for an id that already exists.
pub(crate) const EXISTED: &str = "EXISTED";

/// The documented code for other errors.
pub(crate) const UNKNOWN: &str = "UNKNOWN";

/// The response to an invalid item is not recorded, so the code for an invalid body is used.
pub(crate) const SENSELESS: &str = "unknown_exception";

/// Code of an item that the permission does not allow, derived from the code of single calls.
pub(crate) const NO_PERMISSION: &str = "NO_PROJECT_PERMISSION";

/// An item that was stored: its key and its new etag.
pub(crate) type Stored = (String, String);

/// An item that was refused: its key and the reason.
pub(crate) type Refused = (String, &'static str);

/// What happened to one item.
pub(crate) type Item = Result<Stored, Refused>;
