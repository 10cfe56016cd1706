//! Workarounds for unexpected behavior of the service, one file for each quirk.
//!
//! Each file has the id of an entry in `spec/quirks.yaml`, which names its evidence. Each workaround has a test in
//! `tests/wire/` whose comment names it.

pub(crate) mod add_under_taken_id;
pub(crate) mod after_stamp_exclusive;
pub(crate) mod attachment_answer_not_json;
pub(crate) mod attachment_marker;
pub(crate) mod batch_double_body;
pub(crate) mod batch_empty_maps;
pub(crate) mod batch_item_errors;
pub(crate) mod calendar_bound_events_shapes;
pub(crate) mod calendar_subscription_shapes;
pub(crate) mod checkin_query_shapes;
pub(crate) mod checkin_two_calls;
pub(crate) mod closed_pages_by_time;
pub(crate) mod comment_answer_unknown;
pub(crate) mod completed_time_by_client;
pub(crate) mod dates_cleared_together;
pub(crate) mod deleted_folder_dangles;
pub(crate) mod deleted_lane_shapes;
pub(crate) mod delta_add_lane_is_empty;
pub(crate) mod delta_lags_behind_writes;
pub(crate) mod delta_null_is_unchanged;
pub(crate) mod delta_tasks_may_be_partial;
pub(crate) mod focus_delete_forms;
pub(crate) mod focus_last_point;
pub(crate) mod focus_too_busy;
pub(crate) mod focus_update_needs_etag;
pub(crate) mod foreign_ids_replaced;
pub(crate) mod habit_archived_value;
pub(crate) mod leave_folder_by_none;
pub(crate) mod mfa_answer_is_200;
pub(crate) mod one_checkin_a_day;
pub(crate) mod parent_answer_objects;
pub(crate) mod parent_same_project;
pub(crate) mod parent_unset_by_old_parent;
pub(crate) mod repeat_needs_start;
pub(crate) mod search_shapes;
pub(crate) mod series_completion;
pub(crate) mod settings_write_verb;
pub(crate) mod sync_leaves_out_the_inbox;
pub(crate) mod tag_merge_may_leave_source;
pub(crate) mod tag_raw_name_is_old;
pub(crate) mod tag_unnest_by_empty_text;
pub(crate) mod task_move_leaves_children;
pub(crate) mod task_unpin_minus_one;
pub(crate) mod trash_shapes;
pub(crate) mod trashed_task_readable;
pub(crate) mod unarchived_is_null;
pub(crate) mod unread_shapes;
pub(crate) mod unshared_project_members;
