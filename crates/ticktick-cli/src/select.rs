//! Selects tasks by the options that all commands on tasks have.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, ZonedDateTime};
use ticktick::Account;
use ticktick::quick_add::Problem;

use crate::args::{DueWord, Globals, PriorityArg, Selection, days_from_today};
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::task_view::TaskView;
use crate::cmd::{filter_view, tag};
use crate::error::Error;
use crate::generated::cli::{Priority, Tag};
use crate::ids::IdSet;
use crate::listed::{Listed, in_order};
use crate::when;

/// The values that `--due` accepts.
const DATES: &str = "write overdue, today, tomorrow, week, nextweek, month, nextmonth, none, any, a date such as fri or \
                     2026-12-01, or FROM..TO";

/// The objects that a selection refers to.
pub(crate) struct Context<'a> {
    pub(crate) projects: &'a [ProjectView],
    pub(crate) now: &'a ZonedDateTime,
    pub(crate) week_start: Weekday,
    /// The account, which only saved filters need.
    pub(crate) account: Option<&'a Account>,
    /// The tags of the account and of its open tasks. Empty if the selection names no tag.
    pub(crate) tags: Vec<Tag>,
}

/// Determines which tasks are selected and how they are sorted.
pub(crate) struct Selector {
    now: ZonedDateTime,
    projects: Projects,
    /// The tasks of the saved filter.
    filtered: Option<IdSet<String>>,
    tags: Vec<String>,
    /// The error for a tag that does not exist.
    unknown_tag: Option<Error>,
    priorities: Vec<Priority>,
    due: Option<DueFilter>,
    words: Vec<String>,
}

/// The projects whose tasks are selected, by id.
enum Projects {
    Named(IdSet<String>),
    /// All others, also those that no longer exist: tasks in the trash can be of a deleted project.
    AllBut(IdSet<String>),
}

impl Selector {
    pub(crate) fn new(globals: &Globals, selection: &Selection, context: &Context<'_>) -> Result<Self, Error> {
        let filtered = match (&selection.filter, context.account) {
            (Some(name), Some(account)) => Some(
                account.matching(filter_view::find(name, account)?)?.iter().map(|task| task.id.to_string()).collect(),
            ),
            _ => None,
        };
        let due = selection.due.as_deref().map(|text| DueFilter::parse(globals, text, context)).transpose()?;
        let words: Vec<String> =
            selection.text.as_deref().unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
        if selection.text.is_some() && words.is_empty() {
            // An empty variable in a script must not select everything.
            return Err(Error::usage("--text needs at least one word"));
        }
        let (tags, unknown_tag) = tag::wanted(&selection.tags, &context.tags)?;
        Ok(Self {
            now: context.now.clone(),
            projects: Projects::wanted(selection, context.projects)?,
            filtered,
            tags,
            unknown_tag,
            priorities: selection.priorities.iter().map(|&level| level.into()).collect(),
            due,
            words,
        })
    }

    /// Keeps the selected tasks.
    pub(crate) fn keep<T: Listed>(self, tasks: &mut Vec<T>) -> Result<(), Error> {
        tasks.retain(|task| self.matches(task));
        self.finish(tasks.len())
    }

    /// Returns an error if no task was selected because a tag does not exist. Closed tasks may have tags that the account
    /// no longer lists.
    pub(crate) fn finish(self, selected: usize) -> Result<(), Error> {
        match self.unknown_tag {
            Some(error) if selected == 0 => Err(error),
            _ => Ok(()),
        }
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
    let tags = tag::known(account, &selection.tags);
    let context = Context { projects, now, week_start: account.first_weekday(), account: Some(account), tags };
    Selector::new(globals, selection, &context)?.keep(&mut tasks)?;
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
        if let Some(word) = DueWord::of(text) {
            return Ok(Self::of(word, today, when::first_weekday(globals, context.week_start)));
        }
        let (from, to) = match days_from_today(text) {
            Some((first, last)) => (plus(today, first), plus(today, last)),
            None if text.trim().eq_ignore_ascii_case("any") => return Ok(Self::Dated),
            None => Self::dates(globals, text, context)?,
        };
        if from > to {
            return Err(Error::usage(format!("--due {text}: {from} is after {to}")));
        }
        Ok(Self::Between(from, to))
    }

    /// Parses a date, or FROM..TO.
    fn dates(globals: &Globals, text: &str, context: &Context<'_>) -> Result<(Date, Date), Error> {
        let quick = when::quick(globals, context.now, context.week_start);
        let zone = context.now.time_zone();
        let day = |text: &str| match quick.parse_date(text.trim()) {
            Err(error) if error.problem() == Problem::UnknownValue => Err(Error::from(error).hint(DATES)),
            _ => when::parse_with(&quick, text).map(|due| due.days_in(zone)),
        };
        let Some((from, to)) = text.split_once("..") else { return day(text).map(RangeInclusive::into_inner) };
        let from = if from.trim().is_empty() { Date::MIN } else { *day(from)?.start() };
        let to = if to.trim().is_empty() { Date::MAX } else { *day(to)?.end() };
        Ok((from, to))
    }

    fn of(word: DueWord, today: Date, week_start: Weekday) -> Self {
        let week = plus(today, -i32::from(today.weekday().since(week_start)));
        let next_month = plus(today.last_of_month(), 1);
        let (first, last) = match word {
            DueWord::Overdue => return Self::Overdue,
            DueWord::None => return Self::Undated,
            DueWord::Today => (today, today),
            DueWord::Tomorrow => (plus(today, 1), plus(today, 1)),
            DueWord::Week => (week, plus(week, 6)),
            DueWord::NextWeek => (plus(week, 7), plus(week, 13)),
            DueWord::Month => (today.first_of_month(), today.last_of_month()),
            DueWord::NextMonth => (next_month, next_month.last_of_month()),
        };
        Self::Between(first, last)
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

/// Adds days to a date, up to the ends of the calendar.
fn plus(date: Date, days: i32) -> Date {
    date.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
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
