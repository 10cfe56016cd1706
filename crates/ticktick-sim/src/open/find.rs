//! Looking for tasks by conditions.

use std::cmp::Reverse;

use jiff::Timestamp;
use ticktick_models::{Object, OpenCompletedFilter, OpenTaskFilter, OpenTaskSearch, TaskStatus};

use crate::account::Account;
use crate::call::Call;
use crate::fields::Fields;
use crate::reply::Answer;
use crate::store::Row;
use crate::task::TaskHead;

use super::{body, view};

/// Most rows of a filter's answer.
const MOST: usize = 200;

/// Answers completed tasks, the latest first.
pub(super) fn completed(account: &Account, call: &Call) -> Answer {
    let sent: OpenCompletedFilter = call.json()?;
    let lists = Lists::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let between = Between::new(body::moment(&sent.start_date)?, body::moment(&sent.end_date)?);
    let rows = account.tasks.live().filter(|row| matches!(row.head.status, 1 | 2) && lists.take(row));
    let mut tasks: Vec<Object> =
        rows.map(Row::object).filter(|task| between.holds(task.instant("completedTime"))).collect();
    tasks.sort_by_key(|task| Reverse(task.instant("completedTime")));
    view::list(tasks.iter().map(view::task))
}

/// Answers at most 200 tasks that meet every condition.
pub(super) fn filtered(account: &Account, call: &Call) -> Answer {
    let sent: OpenTaskFilter = call.json()?;
    let lists = Lists::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let between = Between::new(body::moment(&sent.start_date)?, body::moment(&sent.end_date)?);
    let priorities: Vec<i64> = sent.priority.iter().map(|priority| priority.value()).collect();
    let tags: Vec<String> = sent.tag.iter().map(|tag| tag.as_str().to_lowercase()).collect();
    let meets = |task: &Object| {
        between.holds(task.instant("startDate"))
            && (priorities.is_empty() || priorities.contains(&task.int("priority").unwrap_or_default()))
            && has_all(task, &tags)
    };
    let rows = account.tasks.live().filter(|row| in_state(row, &sent.status) && lists.take(row));
    view::list(rows.map(Row::object).filter(meets).take(MOST).map(|task| view::task(&task)))
}

/// Answers tasks that hold every word, and meet the other conditions.
pub(super) fn searched(account: &Account, call: &Call) -> Answer {
    let sent: OpenTaskSearch = call.json()?;
    let lists = Lists::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let between = Between::new(body::moment(&sent.due_from)?, body::moment(&sent.due_to)?);
    let tags: Vec<String> = sent.tags.iter().map(|tag| tag.as_str().to_lowercase()).collect();
    let words = sent.keywords.unwrap_or_default().to_lowercase();
    let meets = |task: &Object| {
        let text = words_of(task);
        between.holds(task.instant("dueDate"))
            && has_all(task, &tags)
            && words.split_whitespace().all(|word| text.contains(word))
    };
    let rows = account.tasks.live().filter(|row| in_state(row, &sent.status) && lists.take(row));
    view::list(rows.map(Row::object).filter(meets).map(|task| view::task(&task)))
}

fn in_state(row: &Row<TaskHead>, states: &[TaskStatus]) -> bool {
    states.is_empty() || states.iter().any(|state| state.value() == row.head.status)
}

fn has_all(task: &Object, tags: &[String]) -> bool {
    tags.is_empty() || {
        let own = task.texts("tags");
        tags.iter().all(|tag| own.contains(tag))
    }
}

/// Returns the text of a task in lower case: title, bodies, items.
fn words_of(task: &Object) -> String {
    let items: Vec<Object> = task.read("items").unwrap_or_default();
    let own = ["title", "content", "desc"].into_iter().filter_map(|key| task.text(key));
    let texts: Vec<String> = own.chain(items.iter().filter_map(|item| item.text("title"))).collect();
    texts.join("\n").to_lowercase()
}

/// The lists to look in; none stand for all.
struct Lists(Vec<String>);

impl Lists {
    fn new<'a>(account: &Account, named: impl Iterator<Item = &'a str>) -> Self {
        Self(named.map(|id| account.project_id(id)).collect())
    }

    /// Tells whether a task is in one of them, and not in the trash.
    fn take(&self, row: &Row<TaskHead>) -> bool {
        !row.head.is_trashed() && (self.0.is_empty() || self.0.iter().any(|list| **list == *row.head.project))
    }
}

/// A range of time with both of its ends; without bounds it holds what has no time too.
struct Between(Option<Timestamp>, Option<Timestamp>);

impl Between {
    fn new(from: Option<Timestamp>, to: Option<Timestamp>) -> Self {
        Self(from, to)
    }

    fn holds(&self, instant: Option<Timestamp>) -> bool {
        let is_in = |instant| self.0.is_none_or(|from| instant >= from) && self.1.is_none_or(|to| instant <= to);
        instant.map_or(self.0.is_none() && self.1.is_none(), is_in)
    }
}
