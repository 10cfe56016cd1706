//! [`Overview`]: an account as lists show it, read from the service.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use ticktick_models::{SyncAnswer, Task, decode, decode_lenient};
use ticktick_raw::{Transport, op};

use super::card::Card;
use super::glance::Glance;
use super::list::{Reader, TaskRow, TaskTexts};
use super::received::Received;
use super::refresh::{ask, decoded};
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
        let parts = std::str::from_utf8(&json).ok().and_then(|text| parts(text, &days.zone, texts));
        let (tasks, answer, odd) = match parts {
            Some(Parts { tasks, answer, odd }) => (Some(tasks), answer, odd),
            None => (None, decoded(client, &json).await?, false),
        };
        if odd && let Ok(read) = decode_lenient::<SyncAnswer>(&json) {
            client.relogin().accepts(&op::SYNC_CHECK, &read.misfits);
        }
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
        let projects = account.projects().iter().map(|one| (one.id.as_str(), one.name()));
        let mut reader = reader(projects, account.inbox_id().map(AsRef::as_ref), account.zone());
        let open = account.tasks().iter().filter(|task| task.is_open());
        open.map(|task| row(&mut reader, task, true)).collect()
    }
}

/// An answer with its tasks as rows.
struct Parts {
    tasks: Vec<TaskRow>,
    /// Everything else.
    answer: SyncAnswer,
    /// Whether something did not fit its type.
    odd: bool,
}

/// Reads an answer. Returns `None` if it must be decoded as a whole.
fn parts(json: &str, zone: &TimeZone, texts: bool) -> Option<Parts> {
    let received = Received::new(json)?;
    let answer: SyncAnswer = decode(received.without_tasks().as_bytes()).ok()?;
    let projects = answer.project_profiles.iter().map(|one| (one.id.as_str(), one.name()));
    let mut reader = reader(projects, answer.inbox_id.get().map(AsRef::as_ref), zone);
    let mut tasks = Vec::with_capacity(received.tasks.len());
    let mut odd = false;
    for json in received.tasks {
        let json = json.get();
        let glance = Glance::of(json).and_then(|glance| {
            let texts = if texts { Some(glance.texts()?) } else { None };
            Some((glance.card()?, texts))
        });
        match glance {
            Some((None, _)) => {}
            Some((Some(card), texts)) => tasks.push(TaskRow { texts, ..reader.row(card) }),
            None => {
                odd = true;
                let task = decode_lenient::<Task>(json.as_bytes()).ok().map(|read| read.value);
                let open = task.filter(Task::is_open);
                tasks.extend(open.map(|task| row(&mut reader, &task, texts)));
            }
        }
    }
    Some(Parts { tasks, answer, odd })
}

fn reader<'a>(
    projects: impl Iterator<Item = (&'a str, &'a str)>,
    inbox: Option<&str>,
    zone: &'a TimeZone,
) -> Reader<'a> {
    let mut names: HashMap<String, Arc<str>> = projects.map(|(id, name)| (id.to_owned(), name.into())).collect();
    names.extend(inbox.map(|id| (id.to_owned(), "Inbox".into())));
    Reader::new(names, zone)
}

/// Reads a decoded task.
fn row(reader: &mut Reader<'_>, task: &Task, texts: bool) -> TaskRow {
    // The text of a card leaves out empty members.
    let text = Card::of(task).text();
    TaskRow { texts: texts.then(|| TaskTexts::of(task)), ..reader.row(Card::parse(&text)) }
}
