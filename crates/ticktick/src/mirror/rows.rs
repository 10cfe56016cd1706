//! [`Rows`]: reads the tasks of a response as rows while it arrives.

use serde::de::Error as _;

use super::glance::Glance;
use super::list::{Reader, TaskRow};
use crate::arrival::{Read, ReadTask, first};

/// Reads tasks as rows. Tasks that are not open have none.
pub(super) struct Rows {
    pub(super) reader: Reader,
    pub(super) texts: bool,
}

impl ReadTask for Rows {
    type Task = TaskRow;

    fn read(&mut self, text: &str) -> Read<TaskRow> {
        let (task, length) = first::<Glance<'_>>(text)?;
        let shown = task.shown(self.texts).ok_or_else(|| serde_json::Error::custom("a member does not fit"))?;
        Ok((shown.map(|(card, texts)| TaskRow { texts, ..self.reader.row(card) }), length))
    }
}
