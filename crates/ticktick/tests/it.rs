//! Journeys through the client against the simulator, in one binary so that it links once.
#![allow(clippy::unwrap_used)]

mod column;
mod common;
mod filter;
mod focus;
mod habit;
mod habit_sequences;
mod journeys;
mod naming;
mod nothing_done;
mod project;
mod readings;
mod reminders;
mod safe_write;
mod search;
mod series;
mod series_modes;
mod session;
mod sundry;
mod sync;
mod sync_property;
mod tag;
mod task;
mod task_batch;
mod task_batch_family;
mod task_batch_items;
mod task_history;
mod task_parts;
mod task_place;
mod task_tags;
mod task_trash;
mod task_untouched;
mod two_writers;
mod unknown_ids;
mod wrong_input;
mod zones;
