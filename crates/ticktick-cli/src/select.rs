//! Selects tasks by the options that all commands on tasks have.

use std::collections::HashSet;

use jiff::ZonedDateTime;
use jiff::civil::{Date, Weekday};
use ticktick::Account;

use crate::args::{Globals, PriorityArg, Selection};
use crate::cmd::filter;
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::task_view::TaskView;
use crate::error::Error;
use crate::generated::cli::Priority;
use crate::listed::{Listed, in_order};
use crate::when;

/// What a selection refers to.
pub(crate) struct Context<'a> {
    pub(crate) projects: &'a [ProjectView],
    pub(crate) now: &'a ZonedDateTime,
    pub(crate) week_start: Weekday,
    /// The account, which only saved filters need.
    pub(crate) account: Option<&'a Account>,
}

/// Decides which tasks are selected, and in which order they are listed.
pub(crate) struct Selector {
    now: ZonedDateTime,
    projects: Projects,
    /// The tasks of the saved filter.
    filtered: Option<HashSet<String>>,
    tags: Vec<String>,
    priorities: Vec<Priority>,
    due: Option<DueFilter>,
    words: Vec<String>,
}

/// The projects whose tasks are selected, by id.
enum Projects {
    Named(HashSet<String>),
    /// All others, also those that no longer exist: tasks in the trash can be of a deleted project.
    AllBut(HashSet<String>),
}

impl Selector {
    pub(crate) fn new(globals: &Globals, selection: &Selection, context: &Context<'_>) -> Result<Self, Error> {
        let filtered = match (&selection.filter, context.account) {
            (Some(name), Some(account)) => {
                Some(account.matching(filter::find(name, account)?)?.iter().map(|task| task.id.to_string()).collect())
            }
            _ => None,
        };
        let due = selection.due.as_deref().map(|text| DueFilter::parse(globals, text, context)).transpose()?;
        let text = selection.text.as_deref().unwrap_or_default();
        Ok(Self {
            now: context.now.clone(),
            projects: Projects::wanted(selection, context.projects)?,
            filtered,
            tags: selection.tags.iter().map(|tag| tag.trim_start_matches('#').to_lowercase()).collect(),
            priorities: selection.priorities.iter().map(|&level| level.into()).collect(),
            due,
            words: text.split_whitespace().map(str::to_lowercase).collect(),
        })
    }

    pub(crate) fn matches(&self, task: &dyn Listed) -> bool {
        self.projects.contain(task.project())
            && self.filtered.as_ref().is_none_or(|ids| ids.contains(task.id()))
            && self.tags.iter().all(|tag| task.tags().contains(&tag.as_str()))
            && (self.priorities.is_empty() || self.priorities.contains(&task.priority()))
            && self.due.as_ref().is_none_or(|due| due.matches(task, &self.now))
            && (self.words.is_empty() || contains(task, &self.words))
    }
}

/// Keeps the selected tasks, in the selected order.
pub(crate) fn select(
    globals: &Globals,
    mut tasks: Vec<TaskView>,
    selection: &Selection,
    account: &Account,
    projects: &[ProjectView],
    now: &ZonedDateTime,
) -> Result<Vec<TaskView>, Error> {
    let context = Context { projects, now, week_start: account.first_weekday(), account: Some(account) };
    let selector = Selector::new(globals, selection, &context)?;
    tasks.retain(|task| selector.matches(task));
    let mut tasks = in_order(tasks, selection.sort.unwrap_or_default(), projects, now);
    tasks.truncate(selection.limit.unwrap_or(usize::MAX));
    Ok(tasks)
}

impl Projects {
    fn wanted(selection: &Selection, projects: &[ProjectView]) -> Result<Self, Error> {
        if selection.projects.is_empty() {
            let hidden = projects.iter().filter(|project| project.archived && !selection.archived);
            return Ok(Self::AllBut(hidden.map(|project| project.id.clone()).collect()));
        }
        let named = selection.projects.iter().map(|name| Ok(project_view::find(name, projects)?.id.clone()));
        named.collect::<Result<_, Error>>().map(Self::Named)
    }

    fn contain(&self, id: &str) -> bool {
        match self {
            Self::Named(ids) => ids.contains(id),
            Self::AllBut(ids) => !ids.contains(id),
        }
    }
}

fn contains(task: &dyn Listed, words: &[String]) -> bool {
    let texts = std::iter::once(task.title()).chain(task.texts()).chain(task.tags());
    let text = texts.collect::<Vec<_>>().join("\n").to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// The days that `--due` selects.
#[derive(Debug, PartialEq)]
enum DueFilter {
    Overdue,
    Undated,
    Dated,
    /// From one day to another, both included.
    Between(Date, Date),
}

impl DueFilter {
    fn parse(globals: &Globals, text: &str, context: &Context<'_>) -> Result<Self, Error> {
        let today = context.now.date();
        let quick = when::quick(globals, context.now, context.week_start);
        let zone = context.now.time_zone();
        let day = |text: &str| when::parse_with(&quick, text).map(|due| due.days_in(zone));
        Ok(match text.trim().to_lowercase().as_str() {
            "overdue" => Self::Overdue,
            "none" => Self::Undated,
            "any" => Self::Dated,
            "week" => {
                let passed = today.weekday().since(when::first_weekday(globals, context.week_start));
                let first = today.checked_sub(jiff::Span::new().days(passed)).unwrap_or(today);
                Self::Between(first, first.checked_add(jiff::Span::new().days(6)).unwrap_or(today))
            }
            typed => match typed.split_once("..") {
                None => {
                    let days = day(text)?;
                    Self::Between(*days.start(), *days.end())
                }
                Some((from, to)) => {
                    let from = if from.is_empty() { Date::MIN } else { *day(from)?.start() };
                    let to = if to.is_empty() { Date::MAX } else { *day(to)?.end() };
                    if from > to {
                        return Err(Error::usage(format!("--due {text}: {from} is after {to}")));
                    }
                    Self::Between(from, to)
                }
            },
        })
    }

    fn matches(&self, task: &dyn Listed, now: &ZonedDateTime) -> bool {
        match (self, task.days()) {
            (Self::Undated, days) => days.is_none(),
            (_, None) => false,
            (Self::Dated, Some(_)) => true,
            (Self::Overdue, Some((_, last))) => last < now.date(),
            (Self::Between(from, to), Some((first, last))) => first <= *to && *from <= last,
        }
    }
}

impl From<PriorityArg> for Priority {
    fn from(level: PriorityArg) -> Self {
        match level {
            PriorityArg::None => Self::None,
            PriorityArg::Low => Self::Low,
            PriorityArg::Medium => Self::Medium,
            PriorityArg::High => Self::High,
        }
    }
}
