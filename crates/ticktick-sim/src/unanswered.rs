//! Resources without an answer of their own: every operation of theirs says 501.

use crate::generated::{AttachmentHandlers, CommentHandlers, CountdownHandlers, SearchHandlers, TemplateHandlers};
use crate::state::State;

impl AttachmentHandlers for State {}
impl CommentHandlers for State {}
impl CountdownHandlers for State {}
impl SearchHandlers for State {}
impl TemplateHandlers for State {}
