//! Searches for tasks.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use ticktick_models::{Object, OpenCompletedFilter, OpenTaskFilter, OpenTaskSearch, OpenUndoneFilter, TaskStatus};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::open::{body, row, view};
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::fields::Fields;
use crate::world::store::Row;

/// Status of an abandoned task.
const ABANDONED: i64 = -1;

/// Maximum range of a search for undone tasks.
const RANGE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Maximum number of tasks in a response.
const MOST: usize = 200;

/// Returns at most 200 closed tasks, the latest first.
pub(super) fn completed(account: &Account, call: &Call) -> Answer {
    let sent: OpenCompletedFilter = call.json()?;
    let projects = Projects::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let between = Between::new(body::moment(&sent.start_date)?, body::moment(&sent.end_date)?);
    let rows = account.tasks.live().filter(|row| matches!(row.head.status, 1 | 2) && projects.take(row));
    let timed = rows.map(|row| (row.object().instant("completedTime"), row));
    let mut found: Vec<_> = timed.filter(|(time, _)| between.holds(*time)).collect();
    found.sort_by_key(|(time, _)| Reverse(*time));
    view::list(found.into_iter().take(MOST).map(|(_, row)| row::task(account, row)))
}

/// Returns at most 200 tasks that match every condition. Without `status`, tasks with any status match.
pub(super) fn filtered(account: &Account, call: &Call) -> Answer {
    let sent: OpenTaskFilter = call.json()?;
    let kinds: Vec<&str> = sent.kind.iter().map(|kind| kind.as_str()).collect();
    let projects = Projects::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let between = Between::new(body::moment(&sent.start_date)?, body::moment(&sent.end_date)?);
    let priorities: Vec<i64> = sent.priority.iter().map(|priority| priority.value()).collect();
    let tags: Vec<String> = sent.tag.iter().map(|tag| tag.as_str().to_lowercase()).collect();
    // The service ignores the status of abandoned tasks, and omits them if another status is given.
    let states: Vec<TaskStatus> = sent.status.iter().filter(|state| state.value() != ABANDONED).cloned().collect();
    let meets = |task: &Object| {
        between.holds(task.instant("startDate"))
            && (priorities.is_empty() || priorities.contains(&task.int("priority").unwrap_or_default()))
            && (kinds.is_empty() || kinds.contains(&&*task.text("kind").unwrap_or_default()))
            && has_any(task, &tags)
    };
    let rows = account.tasks.live().filter(|row| in_state(row, &states) && projects.take(row));
    view::list(rows.filter(|row| meets(&row.object())).take(MOST).map(|row| row::task(account, row)))
}

/// Returns at most 200 open tasks whose start is in a range. A reversed or too long range finds nothing.
pub(super) fn undone(account: &Account, call: &Call) -> Answer {
    let sent: OpenUndoneFilter = call.json()?;
    let bound = |time: &ticktick_models::Timestamp| time.instant().ok_or_else(Refusal::senseless);
    let (from, to) = (bound(&sent.start_date)?, bound(&sent.end_date)?);
    let lasts = to.duration_since(from);
    let is_sound = !lasts.is_negative() && lasts <= RANGE;
    let projects = Projects::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let is_named = |id: &str| sent.task_ids.is_empty() || sent.task_ids.iter().any(|named| named.as_str() == id);
    let between = Between::new(Some(from), Some(to));
    let rows =
        account.tasks.live().filter(|row| is_sound && row.head.is_open() && projects.take(row) && is_named(&row.id));
    let found = rows.filter(|row| between.holds(row.object().instant("startDate"))).take(MOST);
    view::list(found.map(|row| row::task(account, row)))
}

/// Returns tasks that contain every word and match the other conditions. Blank keywords find nothing.
pub(super) fn searched(account: &Account, call: &Call) -> Answer {
    let sent: OpenTaskSearch = call.json()?;
    let projects = Projects::new(account, sent.project_ids.iter().map(|id| id.as_str()));
    let between = Between::new(body::moment(&sent.due_from)?, body::moment(&sent.due_to)?);
    let tags: Vec<String> = sent.tags.iter().map(|tag| tag.as_str().to_lowercase()).collect();
    let is_blank = sent.keywords.get().is_some_and(|keywords| keywords.trim().is_empty());
    let words = sent.keywords.unwrap_or_default().to_lowercase();
    let meets = |task: &Object| {
        let text = words_of(task);
        between.holds(task.instant("dueDate"))
            && has_all(task, &tags)
            && words.split_whitespace().all(|word| text.contains(word))
    };
    let rows = account.tasks.live().filter(|row| !is_blank && in_state(row, &sent.status) && projects.take(row));
    view::list(rows.filter(|row| meets(&row.object())).map(|row| row::task(account, row)))
}

fn in_state(row: &Row<TaskHead>, states: &[TaskStatus]) -> bool {
    states.is_empty() || states.iter().any(|state| state.value() == row.head.status)
}

/// Returns `true` if a task has any of the tags. The documentation says all of them, but the service was
/// observed to match any.
fn has_any(task: &Object, tags: &[String]) -> bool {
    tags.is_empty() || task.texts("tags").iter().any(|own| tags.contains(own))
}

fn has_all(task: &Object, tags: &[String]) -> bool {
    let own = task.texts("tags");
    tags.iter().all(|tag| own.contains(tag))
}

/// Returns the title, the bodies and the items of a task in lower case.
fn words_of(task: &Object) -> String {
    let items: Vec<Object> = task.read("items").unwrap_or_default();
    let own = ["title", "content", "desc"].into_iter().filter_map(|key| task.text(key));
    let texts: Vec<String> = own.chain(items.iter().filter_map(|item| item.text("title"))).collect();
    texts.join("\n").to_lowercase()
}

/// The projects to search; empty for all projects.
struct Projects(Vec<String>);

impl Projects {
    fn new<'a>(account: &Account, named: impl Iterator<Item = &'a str>) -> Self {
        Self(named.map(|id| account.project_id(id)).collect())
    }

    /// Returns `true` if a task is in one of the projects and not in the trash.
    fn take(&self, row: &Row<TaskHead>) -> bool {
        !row.head.is_trashed() && (self.0.is_empty() || self.0.iter().any(|project| **project == *row.head.project))
    }
}

/// A time range that includes both ends. Without bounds, it also includes tasks without a time.
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
