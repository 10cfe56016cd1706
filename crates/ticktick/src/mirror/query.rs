//! Queries that read only the matching tasks.

use std::ops::RangeBounds;

use jiff::civil::Date;
use rusqlite::params;
use serde::de::DeserializeOwned;
use ticktick_models::{AsId, Filter, Folder, Project, ProjectId, Tag, TagName, Task, TaskId};

use super::kind::Kind;
use super::meta::meta;
use super::select::HAS_TAG;
use super::{Mirror, MirrorError, read, search};
use crate::tag::name;
use crate::{Error, range};

impl Mirror {
    /// Returns an open or closed task, or `None` if the file does not contain it.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn task(&self, task: impl AsId<TaskId>) -> Result<Option<Task>, MirrorError> {
        let id = task.as_id();
        self.read(|connection| read::object(connection, Kind::Task, id.as_str()))
    }

    /// Returns the open tasks and notes of a project.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// let tasks = mirror.tasks_in_project("inbox")?;
    /// assert!(tasks.iter().all(|task| task.is_open()));
    /// # Ok(())
    /// # });
    /// ```
    pub fn tasks_in_project(&self, project: impl AsId<ProjectId>) -> Result<Vec<Task>, MirrorError> {
        let id = project.as_id();
        let which = "likely(kind = 'task') and state = 'open' and owner = case ?1 when 'inbox' \
                     then (select value from meta where key = 'inbox') else ?1 end order by sort, num";
        self.read(|connection| read::objects(connection, which, params![id.as_str()]))
    }

    /// Returns the open tasks and notes with a tag. Does not include tasks that only have a tag nested below it.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// let tasks = mirror.tasks_with_tag("errands")?;
    /// assert!(tasks.iter().all(|task| task.has_tag("errands")));
    /// # Ok(())
    /// # });
    /// ```
    pub fn tasks_with_tag(&self, tag: impl AsId<TagName>) -> Result<Vec<Task>, MirrorError> {
        let tag = tag.as_id();
        let tag = name::same(tag.as_str());
        let which = format!("likely(kind = 'task') and state = 'open' and {HAS_TAG} order by num");
        self.read(|connection| read::objects(connection, &which, params![tag.as_str()]))
    }

    /// Returns the open tasks and notes that are due in a range of days, sorted by due date. The account's time zone
    /// determines the days.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use jiff::civil::date;
    ///
    /// // Overdue and due today.
    /// assert!(!mirror.tasks_due(..=date(2026, 3, 1))?.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub fn tasks_due(&self, days: impl RangeBounds<Date>) -> Result<Vec<Task>, Error> {
        let from = range::first_day(&days)?.unwrap_or(Date::MIN);
        let to = range::last_day(&days)?.unwrap_or(Date::MAX);
        let select = "select json from object indexed by object_day join raw using (num) \
                      where likely(kind = 'task') and state = 'open' and day between ?1 and ?2 order by ends, num";
        let days = params![from.to_string(), to.to_string()];
        Ok(self.read(|connection| read::selected(connection, select, days))?)
    }

    /// Returns the projects, including archived ones but not the inbox.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::ProjectDraft;
    ///
    /// let garden = client.project().create(ProjectDraft::new("Garden")).await?;
    /// assert!(mirror.projects()?.iter().any(|project| project.id == garden.id));
    /// # Ok(())
    /// # });
    /// ```
    pub fn projects(&self) -> Result<Vec<Project>, MirrorError> {
        self.all(Kind::Project)
    }

    /// Returns the folders of projects.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn folders(&self) -> Result<Vec<Folder>, MirrorError> {
        self.all(Kind::Folder)
    }

    /// Returns the tags.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn tags(&self) -> Result<Vec<Tag>, MirrorError> {
        self.all(Kind::Tag)
    }

    /// Returns the saved filters.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn filters(&self) -> Result<Vec<Filter>, MirrorError> {
        self.all(Kind::Filter)
    }

    /// Returns the inbox, or `None` if there was no refresh yet.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn inbox_id(&self) -> Result<Option<ProjectId>, MirrorError> {
        Ok(self.read(|connection| meta(connection, "inbox"))?.map(ProjectId::from))
    }

    fn all<T: DeserializeOwned>(&self, kind: Kind) -> Result<Vec<T>, MirrorError> {
        self.read(|connection| read::objects(connection, "kind = ?1 order by num", params![kind.name()]))
    }

    /// Returns up to `limit` tasks that contain all words of a text, best match first.
    ///
    /// Searches titles, contents, checklist items and comments of open and closed tasks. Ignores case and accents. Each
    /// word also matches longer words that start with it. In Chinese, Japanese, Korean, Thai and Lao texts, any
    /// substring matches.
    ///
    /// Matches of whole words come before matches of beginnings of words, and in each group, matches in the title come
    /// first. Among equally good matches, open tasks come before closed ones, and recently changed tasks before older
    /// ones.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read or its index cannot be written.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// client.task().create(TaskDraft::new("Crème brûlée")).await?;
    /// client.task().create(TaskDraft::new("买牛奶")).await?;
    /// assert_eq!(mirror.search("creme brul", 10)?[0].title(), "Crème brûlée");
    /// assert_eq!(mirror.search("牛奶", 10)?[0].title(), "买牛奶");
    /// # Ok(())
    /// # });
    /// ```
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<Task>, MirrorError> {
        if self
            .read(|connection| connection.query_row("select exists (select * from unindexed)", [], |row| row.get(0)))?
        {
            self.write(|tx| search::index(tx))?;
        }
        self.at_once(|connection| search::tasks(connection, text, limit))
    }
}
