//! The tasks that lists are made of: rows of the mirror, or the tasks of an account.

use std::collections::HashMap;
use std::mem::ManuallyDrop;

use jiff::ZonedDateTime;
use jiff::civil::{Date, Weekday};
use ticktick::mirror::{TaskQuery, TaskRow};
use ticktick::{Account, Project, Task};

use crate::args::Globals;
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::task_view::TaskView;
use crate::error::Error;
use crate::generated::cli::Meta;
use crate::mirror::{self, Local, Reader, Snapshot, Synced};
use crate::output::Output;
use crate::select::Context;

/// What a list needs to know.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Needs {
    /// The text, the checklist, the reminders and the time of creation of each task.
    pub(crate) texts: bool,
    /// The whole account.
    pub(crate) account: bool,
    /// Closed tasks instead of open ones.
    pub(crate) closed: bool,
    /// Which tasks are enough.
    pub(crate) part: Part,
}

/// A part of the open tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    All,
    /// No task, only what selections refer to.
    Nothing,
    Inbox,
    /// What concerns today or was due before it, what concerns tomorrow, or what was due before today.
    Until(Day),
}

/// A day relative to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    Yesterday,
    Today,
    Tomorrow,
}

/// Tasks and projects, as of now.
pub(crate) struct Stock {
    pub(crate) tasks: Vec<TaskView>,
    pub(crate) projects: Vec<ProjectView>,
    pub(crate) now: ZonedDateTime,
    week_start: Weekday,
    account: Option<ManuallyDrop<Account>>,
    synced: Option<Synced>,
}

impl Stock {
    /// Reads the open tasks. Unless the whole account is needed, the mirror answers from its columns.
    pub(crate) async fn read(globals: &Globals, output: Output, needs: Needs) -> Result<Self, Error> {
        match mirror::reader(globals, output).await? {
            Reader::Mirror(local) if !needs.account => Self::of_rows(&local, needs),
            reader if needs.texts => Ok(Self::of_account(reader.snapshot().await?)),
            reader => {
                let Snapshot { account, now, synced } = reader.snapshot().await?;
                let mut stock = Self::of(&account, &now);
                let view = |task: &Task, project: &ProjectView| TaskView::without_texts(task, project, Some(&now));
                stock.tasks = TaskView::each(open(&account), &stock.projects, view);
                Ok(Self { account: Some(account), synced, ..stock })
            }
        }
    }

    pub(crate) fn of_account(Snapshot { account, now, synced }: Snapshot) -> Self {
        let stock = Self::of_tasks(&account, &now, &[]);
        Self { account: Some(account), synced, ..stock }
    }

    /// Reads only what selections refer to.
    pub(crate) fn of(account: &Account, now: &ZonedDateTime) -> Self {
        let week_start = account.first_weekday();
        let projects = project_view::all(account);
        Self { tasks: Vec::new(), projects, now: now.clone(), week_start, account: None, synced: None }
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
        let mut rows = Vec::new();
        for query in needs.part.queries(query, now.date()) {
            rows.extend(mirror.list(&query)?);
        }
        let mut open: HashMap<&str, u64> = HashMap::new();
        for row in &rows {
            *open.entry(row.project_id.as_str()).or_default() += 1;
        }
        let inbox = mirror.inbox_id()?.map(|id| {
            let mut inbox = Project::new(id);
            inbox.name.set("Inbox");
            inbox
        });
        let projects = project_view::views(inbox.as_ref(), &mirror.projects()?, &mirror.folders()?, &open);
        drop(open);
        let tasks = views(rows, &projects, &now);
        let week_start = mirror.week_start()?;
        Ok(Self { tasks, projects, now, week_start, account: None, synced: Some(local.synced) })
    }

    /// Returns what a selection refers to.
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            projects: &self.projects,
            now: &self.now,
            week_start: self.week_start,
            account: self.account.as_deref(),
        }
    }

    /// Returns the project of a task.
    pub(crate) fn project(&self, id: &str) -> Option<&ProjectView> {
        self.projects.iter().find(|project| project.id == id)
    }

    /// Returns a task as it is shown. A task of an unknown project is shown with the id of the project.
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

/// Reads rows. Those of unknown projects are left out.
fn views(rows: Vec<TaskRow>, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<TaskView> {
    let projects: HashMap<&str, &ProjectView> = projects.iter().map(|one| (one.id.as_str(), one)).collect();
    let view = |row: TaskRow| {
        let project = *projects.get(row.project_id.as_str())?;
        Some(TaskView::of_row(row, project, now))
    };
    rows.into_iter().filter_map(view).collect()
}

fn open(account: &Account) -> impl Iterator<Item = &Task> {
    account.tasks().iter().filter(|task| task.is_open())
}
