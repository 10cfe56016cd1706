//! The tasks that lists are made of: rows of the mirror, or the tasks of an account.

use std::mem::ManuallyDrop;

use jiff::ZonedDateTime;
use jiff::civil::{Date, Weekday};
use ticktick::mirror::{Mirror, Overview, TaskQuery, TaskRow};
use ticktick::{Account, Task};

use crate::args::{Globals, Selection};
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::tag;
use crate::cmd::task_row::Row;
use crate::cmd::task_view::TaskView;
use crate::error::Error;
use crate::generated::cli::{Meta, Tag};
use crate::ids::IdMap;
use crate::mirror::{self, Local, Reader, Snapshot, Synced};
use crate::output::Output;
use crate::select::Context;

/// The data that a list needs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Needs {
    /// The text, the checklist, the reminders and the time of creation of each task.
    pub(crate) texts: bool,
    /// The whole account.
    pub(crate) account: bool,
    /// All projects, not only those of the tasks.
    pub(crate) projects: bool,
    /// The tags.
    pub(crate) tags: bool,
    /// Closed tasks instead of open ones.
    pub(crate) closed: bool,
    /// The tasks that are needed.
    pub(crate) part: Part,
}

/// A part of the open tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    All,
    /// No tasks, only the objects that selections refer to.
    Nothing,
    Inbox,
    /// Tasks of today and overdue ones, tasks of tomorrow, or only overdue ones.
    Until(Day),
}

/// A day relative to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    Yesterday,
    Today,
    Tomorrow,
}

/// Tasks and projects, with the current time.
pub(crate) struct Stock {
    /// The tasks that a command names or selects.
    pub(crate) tasks: Vec<TaskView>,
    /// The tasks of a list.
    listed: Vec<TaskRow>,
    pub(crate) projects: Vec<ProjectView>,
    pub(crate) now: ZonedDateTime,
    week_start: Weekday,
    /// The tags that a selection can name.
    tags: Vec<Tag>,
    account: Option<ManuallyDrop<Account>>,
    synced: Option<Synced>,
}

impl Stock {
    /// Reads the open tasks for a list. Decodes whole tasks only if the whole account is needed.
    pub(crate) async fn read(globals: &Globals, output: Output, needs: Needs) -> Result<Self, Error> {
        match mirror::reader(globals, output).await? {
            Reader::Mirror(local) if !needs.account => Self::of_rows(&local, needs),
            Reader::Service(connection) if !needs.account => {
                let overview = Overview::fetch(&connection.client, needs.texts).await?;
                let now = connection.moment().to_zoned_datetime(overview.zone.clone());
                connection.close()?;
                Ok(Self::of_overview(overview, needs, now))
            }
            reader => {
                let stock = Self::of_account(reader.snapshot().await?);
                let listed = stock.account.as_deref().map(TaskRow::of_account).unwrap_or_default();
                Ok(Self { listed, ..stock })
            }
        }
    }

    /// Reads the objects that selections refer to, and keeps the account.
    pub(crate) fn of_account(Snapshot { account, now, synced }: Snapshot) -> Self {
        let stock = Self::of(&account, &now);
        Self { account: Some(account), synced, ..stock }
    }

    fn empty(now: ZonedDateTime, week_start: Weekday) -> Self {
        let (tasks, listed, projects, tags) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { tasks, listed, projects, now, week_start, tags, account: None, synced: None }
    }

    /// Reads only the objects that selections refer to.
    pub(crate) fn of(account: &Account, now: &ZonedDateTime) -> Self {
        Self { projects: project_view::all(account), ..Self::empty(now.clone(), account.first_weekday()) }
    }

    /// Reads the account with its open tasks.
    pub(crate) fn of_tasks(account: &Account, now: &ZonedDateTime, others: &[Task]) -> Self {
        let mut stock = Self::of(account, now);
        stock.tasks = TaskView::all(open(account).chain(others), &stock.projects, now);
        stock
    }

    pub(crate) fn of_rows(local: &Local, needs: Needs) -> Result<Self, Error> {
        let mirror = &local.mirror;
        let mut query = TaskQuery::new();
        if needs.texts {
            query = query.with_texts();
        }
        if needs.closed {
            query = query.closed();
        }
        let now = mirror::moment().to_zoned_datetime(mirror.zone()?);
        let queries = needs.part.queries(query, now.date());
        let has_all = needs.projects || needs.tags;
        let overview = if has_all { mirror.overview(&queries) } else { mirror.excerpt(&queries) }?;
        Ok(Self { synced: Some(local.synced), ..Self::of_overview(overview, needs, now) })
    }

    /// Reads the projects of the found tasks.
    pub(crate) fn add_projects(&mut self, mirror: &Mirror, found: &[Task]) -> Result<(), Error> {
        let ids = found.iter().map(|task| &task.project_id);
        self.projects = project_view::views(mirror.project_rows(ids)?, std::iter::empty());
        Ok(())
    }

    fn of_overview(overview: Overview, needs: Needs, now: ZonedDateTime) -> Self {
        let Overview { tasks, projects, tags: known, week_start, .. } = overview;
        let projects = project_view::views(projects, tasks.iter().map(|task| task.project_id.as_str()));
        let tags = if needs.tags { tags(&known, &tasks) } else { Vec::new() };
        Self { listed: tasks, projects, tags, ..Self::empty(now, week_start) }
    }

    /// Returns the tasks of a list. Those in unknown projects are omitted.
    pub(crate) fn rows(&self) -> Vec<Row<'_>> {
        let places = self.projects.iter().enumerate();
        let projects: IdMap<&str, _> = places.map(|(place, one)| (one.id.as_str(), (place, one))).collect();
        let mut rows = Vec::with_capacity(self.listed.len());
        rows.extend(self.listed.iter().filter_map(|task| {
            let project = *projects.get(task.project_id.as_str())?;
            Some(Row::new(task, project, &self.now))
        }));
        rows
    }

    /// Adds the tags that a selection can name.
    pub(crate) fn with_tags(self, account: &Account, selection: &Selection) -> Self {
        Self { tags: tag::known(account, &selection.tags), ..self }
    }

    /// Returns the objects that a selection refers to.
    pub(crate) fn context(&self, selection: &Selection) -> Context<'_> {
        let account = self.account.as_deref();
        let tags = account.map_or_else(|| self.tags.clone(), |account| tag::known(account, &selection.tags));
        Context { projects: &self.projects, now: &self.now, week_start: self.week_start, account, tags }
    }

    /// Returns the project of a task.
    pub(crate) fn project(&self, id: &str) -> Option<&ProjectView> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// Returns a task for display. A task in an unknown project is shown with the id of the project.
    pub(crate) fn view(&self, task: &Task) -> TaskView {
        let unknown = || ProjectView::unknown(task.project_id.as_str());
        let project = self.project(task.project_id.as_str()).cloned().unwrap_or_else(unknown);
        TaskView::new(task, &project, Some(&self.now))
    }

    /// Returns the age of an old mirror, to end a summary with.
    pub(crate) fn age(&self) -> String {
        self.synced.map(Synced::age).unwrap_or_default()
    }

    /// Adds the current time and the age of the mirror to a document.
    pub(crate) fn describe(&self, meta: &mut Meta) {
        meta.now = Some(self.now.clone());
        if let Some(synced) = self.synced {
            synced.add_to(meta);
        }
    }
}

impl Part {
    /// Returns the queries that list the part.
    fn queries(self, query: TaskQuery, today: Date) -> Vec<TaskQuery> {
        match self {
            Self::All => vec![query],
            Self::Nothing => Vec::new(),
            Self::Inbox => vec![query.project("inbox")],
            Self::Until(Day::Yesterday) => vec![query.due(..today)],
            Self::Until(Day::Today) => vec![query.clone().due(..=today), query.running(today)],
            Self::Until(Day::Tomorrow) => {
                let day = today.tomorrow().unwrap_or(today);
                vec![query.clone().due(day..=day), query.running(day)]
            }
        }
    }
}

/// Returns the tags of the account and those that occur only in tasks.
fn tags(tags: &[ticktick::Tag], tasks: &[TaskRow]) -> Vec<Tag> {
    tag::with_carried(tags.iter(), tasks.iter().flat_map(|task| task.tags.iter()).map(|tag| tag.as_str()))
}

fn open(account: &Account) -> impl Iterator<Item = &Task> {
    account.tasks().iter().filter(|task| task.is_open())
}
