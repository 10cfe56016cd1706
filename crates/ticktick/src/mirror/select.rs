//! [`TaskQuery`]: which tasks a list contains.

use std::ops::RangeBounds;

use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use ticktick_models::{AsId, ProjectId, TagName};

use crate::range;
use crate::tag::name;

/// Whether a task has the tag that a parameter names: exactly so or, if the parameter is in lower case, in any case.
pub(super) const HAS_TAG: &str = "has_tag(tags, ?)";

/// Defines the function of [`HAS_TAG`], because SQLite does not know the case of letters outside of ASCII.
pub(super) fn define(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("has_tag", 2, flags, |values| {
        let (tags, wanted) = (values.get_raw(0).as_str_or_null()?, values.get_raw(1).as_str()?);
        let is_it = |tag: &str| tag == wanted || tag.contains(char::is_uppercase) && tag.to_lowercase() == wanted;
        Ok(tags.is_some_and(|tags| tags.split('\n').any(is_it)))
    })
}

/// Selects the tasks that [`Mirror::list`](super::Mirror::list) returns. A task must meet all conditions.
///
/// ```
/// use ticktick::mirror::TaskQuery;
///
/// let errands = TaskQuery::new().project("inbox").tag("errands");
/// let closed = TaskQuery::new().closed();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct TaskQuery {
    project: Option<ProjectId>,
    tag: Option<TagName>,
    /// The first and the last day.
    due: Option<(Date, Date)>,
    running: Option<Date>,
    closed: bool,
    pub(super) texts: bool,
}

impl TaskQuery {
    /// Creates a query for all open tasks and notes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only the tasks of a project. `inbox` names the inbox.
    pub fn project(mut self, project: impl AsId<ProjectId>) -> Self {
        self.project = Some(project.as_id());
        self
    }

    /// Lists only the tasks with a tag. Does not include tasks that only have a tag nested below it.
    pub fn tag(mut self, tag: impl AsId<TagName>) -> Self {
        self.tag = Some(tag.as_id());
        self
    }

    /// Lists only the tasks that are due in a range of days, sorted by due date. The account's time zone determines the
    /// days. An empty range lists nothing.
    pub fn due(mut self, days: impl RangeBounds<Date>) -> Self {
        let days = range::first_day(&days).ok().zip(range::last_day(&days).ok());
        let (first, last) = days.unwrap_or((Some(Date::MAX), Some(Date::MIN)));
        self.due = Some((first.unwrap_or(Date::MIN), last.unwrap_or(Date::MAX)));
        self
    }

    /// Lists only the tasks that span several days, start on or before the given day and end after it, sorted by due
    /// date.
    ///
    /// Together with the tasks that are [`due`](Self::due) by that day, these are the tasks that a view of the day
    /// shows.
    pub fn running(mut self, day: Date) -> Self {
        self.running = Some(day);
        self
    }

    /// Lists the completed and abandoned tasks that the file contains, instead of the open ones.
    pub fn closed(mut self) -> Self {
        self.closed = true;
        self
    }

    /// Also reads the text and the checklist of each task: see [`TaskRow::texts`](super::TaskRow::texts).
    pub fn with_texts(mut self) -> Self {
        self.texts = true;
        self
    }

    /// Returns the condition, the order, and the values of the condition.
    pub(super) fn sql(&self) -> (String, &'static str, Vec<String>) {
        let state = if self.closed { "in ('completed', 'wont_do')" } else { "= 'open'" };
        // Most objects are tasks, and SQLite must know it: an index of kinds takes longer than the table.
        let mut which = format!("likely(o.kind = 'task') and o.state {state}");
        let mut values = Vec::new();
        if let Some(project) = &self.project {
            values.push(project.to_string());
            which += " and o.owner = case ? when 'inbox' then (select value from meta where key = 'inbox') else ? end";
            values.push(project.to_string());
        }
        if let Some(tag) = &self.tag {
            which.push_str(" and ");
            which.push_str(HAS_TAG);
            values.push(name::same(tag.as_str()).to_string());
        }
        if let Some((first, last)) = self.due {
            which += " and o.day between ? and ?";
            values.extend([first.to_string(), last.to_string()]);
        }
        if let Some(day) = self.running {
            // A time of a day comes after the day, and before the next day.
            which += " and o.starts < o.day and o.day > ? and o.starts < ?";
            values.extend([day.to_string(), day.tomorrow().unwrap_or(day).to_string()]);
        }
        let is_by_date = self.due.is_some() || self.running.is_some();
        (which, if is_by_date { "order by o.ends, o.num" } else { "" }, values)
    }

    /// Returns the index to use. Without statistics, SQLite would read all tasks.
    pub(super) fn index(&self) -> &'static str {
        match (self.closed, self.running, self.due) {
            (false, Some(_), _) => "indexed by object_span",
            (false, None, Some(_)) => "indexed by object_day",
            _ => "",
        }
    }
}
