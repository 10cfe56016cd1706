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
        let misfit = || serde_json::Error::custom("a member does not fit");
        let texts = if self.texts { Some(Box::new(task.texts().ok_or_else(misfit)?)) } else { None };
        let card = task.card().ok_or_else(misfit)?;
        Ok((card.map(|card| TaskRow { texts, ..self.reader.row(card) }), length))
    }
}
