//! The command that the journal records with each write.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::{Command, Mirror};

impl Mirror {
    /// Names the command that makes the next writes, such as the command line of a program. The journal records the
    /// name, and [`undo_latest`](Self::undo_latest) undoes all writes of one command together.
    ///
    /// Never pass secrets: the text is stored in the file.
    pub fn name_command(&self, text: impl Into<String>) {
        let command = Command { text: text.into(), run: self.new_run(), undoes: None };
        *self.shared.command.lock().unwrap_or_else(PoisonError::into_inner) = Some(command);
    }

    /// Returns the command of a write. If no command was named, each write has a run of its own.
    pub(super) fn command(&self) -> Command {
        let named = self.shared.command.lock().unwrap_or_else(PoisonError::into_inner).clone();
        named.unwrap_or_else(|| Command { run: self.new_run(), ..Command::default() })
    }

    pub(super) fn set_command(&self, command: Option<Command>) -> Option<Command> {
        std::mem::replace(&mut *self.shared.command.lock().unwrap_or_else(PoisonError::into_inner), command)
    }

    pub(super) fn new_run(&self) -> String {
        let number = self.shared.runs.fetch_add(1, Ordering::Relaxed);
        format!("{}-{}-{number}", self.now(), std::process::id())
    }
}
