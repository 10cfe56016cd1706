//! The command that the journal records with each write.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::{Mirror, MirrorError};

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
    /// Do not pass secrets, because the text is stored in the file.
    pub fn name_command(&self, text: impl Into<String>) {
        let command = Command { text: text.into(), run: self.new_run(), undoes: None };
        *self.shared.command.lock().unwrap_or_else(PoisonError::into_inner) = Some(command);
    }

    /// Runs a future whose writes belong to one command. Other writes at the same time are not affected.
    ///
    /// Do not pass secrets, because the text is stored in the file.
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

    /// Returns the id of the latest journal entry of the command that this future belongs to, or `None` if the command
    /// has written nothing. Ignores writes that other programs make at the same time.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// let entry = mirror.with_command("add Milk", async {
    ///     client.task().create(TaskDraft::new("Milk")).await?;
    ///     Ok::<_, ticktick::Error>(mirror.latest_of_command()?)
    /// });
    /// assert_eq!(entry.await?, Some(mirror.journal(1)?[0].id));
    /// # Ok(())
    /// # });
    /// ```
    pub fn latest_of_command(&self) -> Result<Option<i64>, MirrorError> {
        let run = self.command().run;
        let query = "select max(id) from journal where run = ?1";
        self.read(|connection| connection.query_row(query, [run], |row| row.get(0)))
    }

    /// Returns the command of a write. If no command was named, each write has a run of its own.
    pub(super) fn command(&self) -> Command {
        let named = current().or_else(|| self.shared.command.lock().unwrap_or_else(PoisonError::into_inner).clone());
        named.unwrap_or_else(|| Command { run: self.new_run(), ..Command::default() })
    }

    pub(super) fn new_run(&self) -> String {
        let number = self.shared.runs.fetch_add(1, Ordering::Relaxed);
        format!("{}-{}-{number}", self.now(), std::process::id())
    }
}

/// Returns the command of the future that this thread polls, if it has one.
pub(super) fn current() -> Option<Command> {
    CURRENT.with_borrow(Clone::clone)
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
