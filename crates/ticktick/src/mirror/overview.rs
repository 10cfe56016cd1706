//! [`Overview`]: an account as lists show it, read from the service.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use ticktick_models::{Project, ProjectId, SyncAnswer, Task, decode};

use super::card::Card;
use super::list::{Reader, TaskRow, TaskTexts};
use super::refresh::{ask, decoded};
use super::rows::Rows;
use crate::{Account, Client, Error};

/// An account as lists show it: the open tasks as rows, and everything else as a snapshot.
///
/// ```
/// # ticktick_tests::demo(async |client| {
/// use ticktick::mirror::Overview;
///
/// let overview = Overview::fetch(&client, false).await?;
/// assert_eq!(overview.tasks.len(), client.sync().full().await?.tasks().len());
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Overview {
    /// The open tasks, in the order of the answer.
    pub tasks: Vec<TaskRow>,
    /// The account without its tasks.
    pub account: Account,
}

impl Overview {
    /// Reads the account as lists show it, in about half the time of [`full`](crate::sync::SyncManager::full), and moves
    /// the client's [`checkpoint`](crate::sync::SyncManager::checkpoint).
    ///
    /// Members that lists do not show are skipped, so [`Client::drift`] does not contain those that do not fit, unless
    /// the client is strict. With `texts`, rows have [`texts`](TaskRow::texts).
    ///
    /// `GET /api/v2/user/preferences/settings`, then `GET /api/v3/batch/check/0`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::mirror::Overview;
    ///
    /// for task in Overview::fetch(&client, false).await?.tasks {
    ///     println!("{} ({})", task.title, task.project.as_deref().unwrap_or("unknown project"));
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub async fn fetch(client: &Client, texts: bool) -> Result<Self, Error> {
        let days = client.days_now().await?;
        let json = ask(client, 0).await?;
        let text = std::str::from_utf8(&json).ok();
        let (tasks, answer) = match text.and_then(|json| read(json, &days.zone, texts)) {
            Some((tasks, answer)) => (Some(tasks), answer),
            None => (None, decoded(client, &json).await?),
        };
        client.remember_inbox(answer.inbox_id.get());
        client.set_checkpoint(answer.check_point);
        let account = Account::with_days(answer, days);
        Ok(match tasks {
            Some(tasks) => Self { tasks, account },
            None => Self { tasks: TaskRow::of_account(&account), account: account.without_tasks() },
        })
    }
}

impl TaskRow {
    /// Returns the open tasks of a snapshot as rows, with their texts.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::mirror::TaskRow;
    ///
    /// let account = client.sync().full().await?;
    /// assert_eq!(TaskRow::of_account(&account)[0].id, account.tasks()[0].id);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn of_account(account: &Account) -> Vec<Self> {
        let mut reader = Reader::new(names(account.projects(), account.inbox_id()), account.zone());
        let open = account.tasks().iter().filter(|task| task.is_open());
        let row = |task: &Task| {
            // The text of a card leaves out empty members.
            let text = Card::of(task).text();
            Self { texts: Some(TaskTexts::of(task)), ..reader.row(Card::parse(&text)) }
        };
        open.map(row).collect()
    }
}

/// Reads the tasks of an answer, and the answer without them. Returns `None` if it must be decoded as a whole, because
/// something does not fit its type.
fn read(json: &str, zone: &TimeZone, texts: bool) -> Option<(Vec<TaskRow>, SyncAnswer)> {
    let Rows { mut tasks, rest } = Rows::read(json, &mut Reader::new(HashMap::new(), zone), texts)?;
    let answer: SyncAnswer = decode(rest.as_bytes()).ok()?;
    let names = names(&answer.project_profiles, answer.inbox_id.get());
    for task in &mut tasks {
        task.project = names.get(task.project_id.as_str()).cloned();
    }
    Some((tasks, answer))
}

/// Returns the names of the projects by id.
fn names(projects: &[Project], inbox: Option<&ProjectId>) -> HashMap<String, Arc<str>> {
    let names = projects.iter().map(|project| (project.id.to_string(), project.name().into()));
    names.chain(inbox.map(|id| (id.to_string(), "Inbox".into()))).collect()
}
