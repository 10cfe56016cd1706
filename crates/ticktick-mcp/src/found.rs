//! [`Found`]: a search result, which is a row of the mirror or a whole task; [`Dated`]: an open task with its place in lists.

use std::cmp::Reverse;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use ticktick::mirror::TaskRow;
use ticktick::models::{TagName, search_tasks};
use ticktick::{Due, Priority, ProjectId, Task};

use crate::item::Item;
use crate::view::View;
use crate::when;

/// A search result.
#[derive(Clone, Copy)]
pub(crate) enum Found<'a> {
    Open(&'a TaskRow),
    /// A closed task, or one in the trash.
    Other(&'a Task),
}

/// An open task with its place in lists.
pub(crate) struct Dated<'a> {
    pub(crate) row: &'a TaskRow,
    /// Whether lists by date show it.
    pub(crate) is_shown: bool,
    first: Date,
    pub(crate) last: Date,
    time: Option<Time>,
}

impl<'a> Found<'a> {
    pub(crate) fn project(self) -> &'a ProjectId {
        match self {
            Self::Open(row) => &row.project_id,
            Self::Other(task) => &task.project_id,
        }
    }

    pub(crate) fn due(self, view: &View) -> Option<Due> {
        match self {
            Self::Open(row) => row.due.clone(),
            Self::Other(task) => task.due(view.zone()),
        }
    }

    pub(crate) fn has_tag(self, tag: &TagName) -> bool {
        match self {
            Self::Open(row) => row.tags.contains(tag),
            Self::Other(task) => task.tags.contains(tag),
        }
    }

    pub(crate) fn priority(self) -> Priority {
        match self {
            Self::Open(row) => row.priority,
            Self::Other(task) => task.priority.copied().unwrap_or(Priority::None),
        }
    }

    /// Returns whether title, content and checklist contain all words, which must be in lower case. Rows must have their texts.
    pub(crate) fn contains(self, words: &[&str]) -> bool {
        let row = match self {
            Self::Open(row) => row,
            Self::Other(task) => return !search_tasks([task], &words.join(" ")).is_empty(),
        };
        let mut text = row.title.to_lowercase();
        for part in row.texts.iter().flat_map(|texts| {
            let items = texts.items.iter().map(|item| item.title.as_str());
            std::iter::once(texts.content.as_str()).chain(items)
        }) {
            text.push('\n');
            text += &part.to_lowercase();
        }
        !words.is_empty() && words.iter().all(|word| text.contains(word))
    }

    pub(crate) fn item(self, view: &View) -> Item<'a> {
        match self {
            Self::Open(row) => Item::of_row(row),
            Self::Other(task) => view.item(task),
        }
    }
}

impl<'a> Dated<'a> {
    /// Returns all open tasks: by date, then those without a date, then those that lists by date do not show.
    pub(crate) fn all(view: &'a View) -> Vec<Self> {
        let shown = view.shown();
        let (all, others): (Vec<&TaskRow>, Vec<_>) = view.tasks.iter().partition(|row| shown.contains(&row.id));
        let mut all = Self::sorted(all, view.zone());
        all.extend(others.into_iter().map(|row| Self::of(row, false, view.zone())));
        all
    }

    /// Returns tasks that lists by date show, in their order.
    pub(crate) fn sorted(rows: impl IntoIterator<Item = &'a TaskRow>, zone: &TimeZone) -> Vec<Self> {
        let mut all: Vec<Self> = rows.into_iter().map(|row| Self::of(row, true, zone)).collect();
        all.sort_by(|one, other| one.order().cmp(&other.order()));
        all
    }

    fn of(row: &'a TaskRow, is_shown: bool, zone: &TimeZone) -> Self {
        let place = row.due.as_ref().map(|due| when::place(due, zone));
        let (first, last, time) = place.unwrap_or((Date::MAX, Date::MAX, None));
        Self { row, is_shown, first, last, time }
    }

    /// Returns whether lists show the task on some of these days.
    pub(crate) fn is_within(&self, first: Date, last: Date) -> bool {
        self.is_shown && self.row.due.is_some() && self.first <= last && first <= self.last
    }

    fn order(&self) -> impl Ord + '_ {
        (self.first, self.time, Reverse(self.row.priority), self.row.sort_order, self.row.id.as_str())
    }
}
