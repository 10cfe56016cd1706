//! [`Overview`]: an account as lists show it, read from the service or from the file.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use ticktick_models::{ProjectId, Tag, Task};

use super::card::Card;
use super::list::{self, Reader, TaskRow, TaskTexts};
use super::meta::{self, meta};
use super::project_row::{self, Names, ProjectRow};
use super::read;
use super::rows::Rows;
use super::select::TaskQuery;
use super::store::Sql;
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
        name_projects(&mut tasks, &projects);
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
        self.at_once(|connection| {
            let projects = project_row::rows(connection, inbox(connection)?)?;
            let zone = meta::zone(connection)?;
            let mut reader = Reader::new(project_row::names(&projects), zone.clone());
            let tasks = listed(connection, queries, &mut reader)?;
            let tags = read::objects(connection, "kind = 'tag' order by num", [])?;
            Ok(Overview { tasks, projects, tags, zone, week_start: meta::week_start(connection)? })
        })
    }

    /// Lists the tasks of queries, one after the other, and only the inbox and the projects of these tasks, without tags. This
    /// takes less time than [`overview`](Self::overview) if the account has many projects.
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
    /// let inbox = mirror.excerpt(&[TaskQuery::new().project("inbox")])?;
    /// assert_eq!(inbox.projects.len(), 1);
    /// assert!(inbox.tasks.iter().all(|task| task.project.as_deref() == Some("Inbox")));
    /// # Ok(())
    /// # });
    /// ```
    pub fn excerpt(&self, queries: &[TaskQuery]) -> Result<Overview, MirrorError> {
        self.at_once(|connection| {
            let zone = meta::zone(connection)?;
            let mut tasks = listed(connection, queries, &mut Reader::new(Names::default(), zone.clone()))?;
            let ids = tasks.iter().map(|task| task.project_id.as_str());
            let projects = project_row::rows_of(connection, inbox(connection)?, ids)?;
            name_projects(&mut tasks, &projects);
            Ok(Overview { tasks, projects, tags: Vec::new(), zone, week_start: meta::week_start(connection)? })
        })
    }

    /// Returns the inbox and the projects with these ids in the order of the app: by folder and position, archived ones last.
    /// Unknown ids are left out.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// let found = mirror.search("milk", 20)?;
    /// let projects = mirror.project_rows(found.iter().map(|task| &task.project_id))?;
    /// assert_eq!(&*projects[0].name, "Inbox");
    /// # Ok(())
    /// # });
    /// ```
    pub fn project_rows<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a ProjectId>,
    ) -> Result<Vec<ProjectRow>, MirrorError> {
        let ids = ids.into_iter().map(ProjectId::as_str);
        self.at_once(|connection| project_row::rows_of(connection, inbox(connection)?, ids))
    }

    /// Reads in one transaction, because another process may refresh the file between two statements.
    pub(super) fn at_once<T>(&self, read: impl FnOnce(&Connection) -> Sql<T>) -> Result<T, MirrorError> {
        self.read(|connection| {
            let _moment = connection.unchecked_transaction()?;
            read(connection)
        })
    }
}

fn inbox(connection: &Connection) -> Sql<Option<ProjectId>> {
    Ok(meta(connection, "inbox")?.map(Into::into))
}

fn listed(connection: &Connection, queries: &[TaskQuery], reader: &mut Reader) -> Sql<Vec<TaskRow>> {
    let mut tasks = Vec::new();
    for query in queries {
        list::read(connection, query, reader, &mut tasks)?;
    }
    Ok(tasks)
}

fn name_projects(tasks: &mut [TaskRow], projects: &[ProjectRow]) {
    let names = project_row::names(projects);
    for task in tasks {
        task.project = names.get(task.project_id.as_str()).cloned();
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
