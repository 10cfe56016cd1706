//! What the service does differently from what one would expect, one file for each quirk.
//!
//! The files carry the ids of `spec/quirks.yaml`, which says who saw what.

pub(crate) mod after_stamp_exclusive;
pub(crate) mod batch_empty_maps;
pub(crate) mod batch_item_errors;
pub(crate) mod calendar_bound_events_shapes;
pub(crate) mod calendar_subscription_shapes;
pub(crate) mod checkin_query_shapes;
pub(crate) mod checkin_two_calls;
pub(crate) mod focus_delete_forms;
pub(crate) mod focus_last_point;
pub(crate) mod focus_too_busy;
pub(crate) mod focus_update_needs_etag;
pub(crate) mod foreign_ids_replaced;
pub(crate) mod habit_archived_value;
pub(crate) mod mfa_answer_is_200;
pub(crate) mod one_checkin_a_day;
pub(crate) mod series_completion;
pub(crate) mod settings_write_verb;
pub(crate) mod sync_leaves_out_the_inbox;
pub(crate) mod trashed_task_readable;
pub(crate) mod unread_shapes;
