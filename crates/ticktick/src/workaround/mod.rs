//! What the service does differently from what one would expect, one file for each quirk.
//!
//! The files carry the ids of `spec/quirks.yaml`, which says who saw what.

pub(crate) mod batch_empty_maps;
pub(crate) mod batch_item_errors;
pub(crate) mod completed_time_by_client;
pub(crate) mod dates_cleared_together;
pub(crate) mod foreign_ids_replaced;
pub(crate) mod mfa_answer_is_200;
pub(crate) mod repeat_needs_start;
pub(crate) mod series_completion;
pub(crate) mod sync_leaves_out_the_inbox;
pub(crate) mod task_unpin_minus_one;
pub(crate) mod trashed_task_readable;
