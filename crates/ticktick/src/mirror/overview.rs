//! [`Overview`]: an account as lists show it, read from the service or from the file.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use ticktick_models::{Tag, Task};

use super::card::Card;
use super::list::{self, Reader, TaskRow, TaskTexts};
use super::meta::{self, meta};
use super::project_row::{self, Names, ProjectRow};
use super::read;
use super::rows::Rows;
use super::select::TaskQuery;
use super::{Mirror, MirrorError};
use crate::{Account, Client, Error, arrival};

/// The tasks, projects and tags of an account, with only the fields that lists show.
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
    /// The tasks.
    pub tasks: Vec<TaskRow>,
    /// The projects in the order of the app: the inbox first, then by folder and position, archived ones last.
    pub projects: Vec<ProjectRow>,
    /// The tags.
    pub tags: Vec<Tag>,
    /// The time zone of the account.
    pub zone: TimeZone,
    /// The first day of the account's weeks.
    pub week_start: Weekday,
}

impl Overview {
    /// Reads the open tasks and the projects of the account, in about half the time of
    /// [`full`](crate::sync::SyncManager::full), and moves the client's
    /// [`checkpoint`](crate::sync::SyncManager::checkpoint). The tasks are in the order of the response.
    ///
    /// Skips members that lists do not show. Unless the client is strict, [`Client::drift`] therefore does not report
    /// mismatches in these members. With `texts`, rows have [`texts`](TaskRow::texts).
    ///
    /// `GET /api/v2/user/preferences/settings`, then `GET /api/v3/batch/check/0`
    ///
    /// # Errors
    ///
    /// Returns an error if one of the calls fails.
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
        // The names of the projects may follow the tasks.
        let reader = Reader::new(Names::default(), days.zone.clone());
        let (mut tasks, _, answer) = arrival::read(client, 0, Rows { reader, texts }).await?;
        client.remember_inbox(answer.inbox_id.get());
        client.set_checkpoint(answer.check_point);
        let account = Account::with_days(answer, days);
        let projects = ProjectRow::of_account(&account);
        let names = project_row::names(&projects);
        for task in &mut tasks {
            task.project = names.get(task.project_id.as_str()).cloned();
        }
        // Those that did not fit.
        tasks.extend(TaskRow::of_account(&account));
        let tags = account.tags().to_vec();
        Ok(Self { tasks, projects, tags, zone: account.zone().clone(), week_start: account.first_weekday() })
    }
}

impl Mirror {
    /// Returns the tasks of each query, in the order of the queries, together with the projects and tags, all from one
    /// consistent snapshot.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::mirror::TaskQuery;
    ///
    /// let overview = mirror.overview(&[TaskQuery::new()])?;
    /// assert_eq!(overview.tasks, mirror.list(&TaskQuery::new())?);
    /// assert_eq!(&*overview.projects[0].name, "Inbox");
    /// # Ok(())
    /// # });
    /// ```
    pub fn overview(&self, queries: &[TaskQuery]) -> Result<Overview, MirrorError> {
        self.read(|connection| {
            // Another process may refresh the file between two statements.
            let _moment = connection.unchecked_transaction()?;
            let inbox = meta(connection, "inbox")?;
            let projects = project_row::rows(connection, inbox.map(Into::into))?;
            let zone = meta::zone(connection)?;
            let mut reader = Reader::new(project_row::names(&projects), zone.clone());
            let mut tasks = Vec::new();
            for query in queries {
                list::read(connection, query, &mut reader, &mut tasks)?;
            }
            let tags = read::objects(connection, "kind = 'tag' order by num", [])?;
            Ok(Overview { tasks, projects, tags, zone, week_start: meta::week_start(connection)? })
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
        let names = project_row::names(&ProjectRow::of_account(account));
        let mut reader = Reader::new(names, account.zone().clone());
        let open = account.tasks().iter().filter(|task| task.is_open());
        let row = |task: &Task| {
            // The text of a card leaves out empty members.
            let text = Card::of(task).text();
            Self { texts: Some(TaskTexts::of(task).into()), ..reader.row(Card::parse(&text)) }
        };
        open.map(row).collect()
    }
}
