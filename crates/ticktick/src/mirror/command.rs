//! The command that the journal records with each write.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::Mirror;

/// The command that makes a write.
#[derive(Clone, Debug, Default)]
pub(super) struct Command {
    pub(super) text: String,
    pub(super) run: String,
    /// The entry that the write undoes.
    pub(super) undoes: Option<i64>,
}

thread_local! {
    /// The command of the future that this thread polls.
    static CURRENT: RefCell<Option<Command>> = const { RefCell::new(None) };
}

impl Mirror {
    /// Names the command that makes the next writes, such as the command line of a program. The journal records the
    /// name, and [`undo_latest`](Self::undo_latest) undoes all writes of one command together.
    ///
    /// Applies to all clients with this mirror. A program that runs several commands at the same time calls
    /// [`with_command`](Self::with_command) instead.
    ///
    /// Never pass secrets: the text is stored in the file.
    pub fn name_command(&self, text: impl Into<String>) {
        let command = Command { text: text.into(), run: self.new_run(), undoes: None };
        *self.shared.command.lock().unwrap_or_else(PoisonError::into_inner) = Some(command);
    }

    /// Runs a future whose writes belong to one command. Other writes at the same time are not affected.
    ///
    /// Never pass secrets: the text is stored in the file.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// let milk = client.task().create(TaskDraft::new("Milk"));
    /// mirror.with_command("add Milk", milk).await?;
    /// assert_eq!(mirror.journal(1)?[0].command, "add Milk");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn with_command<F: Future>(&self, text: impl Into<String>, work: F) -> F::Output {
        named(Command { text: text.into(), run: self.new_run(), undoes: None }, work).await
    }

    /// Returns the command of a write. If no command was named, each write has a run of its own.
    pub(super) fn command(&self) -> Command {
        let current = CURRENT.with_borrow(Clone::clone);
        let named = current.or_else(|| self.shared.command.lock().unwrap_or_else(PoisonError::into_inner).clone());
        named.unwrap_or_else(|| Command { run: self.new_run(), ..Command::default() })
    }

    pub(super) fn new_run(&self) -> String {
        let number = self.shared.runs.fetch_add(1, Ordering::Relaxed);
        format!("{}-{}-{number}", self.now(), std::process::id())
    }
}

/// Runs a future. Its writes belong to a command, whichever thread polls it.
pub(super) async fn named<F: Future>(command: Command, work: F) -> F::Output {
    let mut work = pin!(work);
    poll_fn(|context| {
        let before = CURRENT.replace(Some(command.clone()));
        let polled = work.as_mut().poll(context);
        CURRENT.set(before);
        polled
    })
    .await
}
