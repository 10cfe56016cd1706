//! What the service does differently from what one would expect, one file for each quirk.
//!
//! The files carry the ids of `spec/quirks.yaml`, which says who saw what.

pub(crate) mod batch_empty_maps;
pub(crate) mod batch_item_errors;
pub(crate) mod deleted_lane_shapes;
pub(crate) mod delta_add_lane_is_empty;
pub(crate) mod delta_lags_behind_writes;
pub(crate) mod delta_null_is_unchanged;
pub(crate) mod delta_tasks_may_be_partial;
pub(crate) mod foreign_ids_replaced;
pub(crate) mod mfa_answer_is_200;
pub(crate) mod search_shapes;
pub(crate) mod series_completion;
pub(crate) mod sync_leaves_out_the_inbox;
pub(crate) mod trashed_task_readable;
