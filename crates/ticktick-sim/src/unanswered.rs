//! Resources without an answer of their own: every operation of theirs says 501.

use crate::generated::{
    AttachmentHandlers, CalendarHandlers, CommentHandlers, CountdownHandlers, FocusHandlers, HabitHandlers,
    SearchHandlers, StatisticsHandlers, TemplateHandlers,
};
use crate::state::State;

impl AttachmentHandlers for State {}
impl CalendarHandlers for State {}
impl CommentHandlers for State {}
impl CountdownHandlers for State {}
impl FocusHandlers for State {}
impl HabitHandlers for State {}
impl SearchHandlers for State {}
impl StatisticsHandlers for State {}
impl TemplateHandlers for State {}
