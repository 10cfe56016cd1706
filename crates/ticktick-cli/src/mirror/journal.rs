//! The journal of the mirror of a connection.

use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::mirror::failure::Failure;
use crate::output::Output;

impl Connection {
    /// Ensures that the mirror contains the account of the session.
    pub(crate) async fn check_mirror(&mut self, output: Output) -> Result<(), Error> {
        if self.owns_mirror() { Ok(()) } else { self.refresh(false, output).await.map(drop) }
    }

    /// Ensures that nothing is recorded in the mirror of another account.
    pub(super) async fn begin_journal(&mut self, output: Output) -> Result<(), Error> {
        if self.mirror.is_none() || self.owns_mirror() {
            return Ok(());
        }
        match self.try_refresh(false, output).await {
            // A command that only reads does not need the file, and a write fails because it cannot be recorded.
            Err(Failure::Place(_)) => Ok(()),
            refreshed => Ok(refreshed.map(drop)?),
        }
    }

    /// Returns the number of the latest write in the journal.
    pub(crate) fn last_write(&self) -> Option<i64> {
        self.mirror.as_ref().and_then(|mirror| mirror.journal(1).ok()?.first().map(|entry| entry.id))
    }

    /// Returns the number of the latest write since another one that `ticktick undo` can undo.
    pub(crate) fn undoable_since(&self, before: Option<i64>) -> Option<i64> {
        let entries = self.mirror.as_ref()?.journal(20).ok()?;
        // A write without objects, such as the start of a focus session, cannot be undone.
        let new = entries.iter().take_while(|entry| before.is_none_or(|before| entry.id > before));
        new.filter(|entry| !entry.changes.is_empty()).map(|entry| entry.id).next()
    }

    /// Names a command on tasks for the journal: `done ID, ID`, with at most three ids.
    pub(crate) fn name_with(&self, command: &str, tasks: &[TaskView]) {
        let ids = tasks.iter().take(3).map(|task| task.task.id.as_str()).collect::<Vec<_>>().join(", ");
        let more = tasks.len().saturating_sub(3);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        self.name(&format!("{command} {ids}{more}"));
    }

    /// Sets the name under which the journal records the next writes.
    pub(crate) fn name(&self, command: &str) {
        if let Some(mirror) = &self.mirror {
            mirror.name_command(command);
        }
    }
}
