//! Lists of closed tasks in five forms, and the trash.

use std::cmp::Reverse;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::json::{Members, array};
use crate::world::readings::Other;
use crate::world::store::Row;

/// Maximum number of tasks on a page of the trash.
const MOST_TRASHED: i64 = 500;

/// The behavior of a form.
pub(super) struct Form {
    /// Whether the query may ask for abandoned tasks.
    any_status: bool,
    default: i64,
    most: i64,
}

pub(super) const ANY: Form = Form { any_status: true, default: 50, most: i64::MAX };
pub(super) const COMPLETED: Form = Form { any_status: false, default: 100, most: 100 };
pub(super) const COMPLETED_IN_ALL: Form = Form { any_status: false, default: 50, most: i64::MAX };

/// Returns closed tasks, latest first. Completed tasks without a time come last. By default, abandoned tasks
/// without a time are omitted.
pub(super) fn list(account: &Account, call: &Call, form: &Form) -> Answer {
    let statuses: &[i64] = match call.query("status").filter(|_| form.any_status) {
        None if form.any_status => &[-1, 1, 2],
        None | Some("Completed") => &[1, 2],
        Some("Abandoned") => &[-1],
        Some(_) => return Err(Refusal::senseless()),
    };
    let (from, to) = (second(call, "from")?, second(call, "to")?);
    let limit = call.number("limit", form.default)?.clamp(0, form.most);
    let project = Some(call.path("projectId")).filter(|id| !id.is_empty());
    let project = project.map(|id| account.project_id(id));
    let wanted = |row: &&Row<TaskHead>| {
        let head = &row.head;
        !head.is_trashed()
            && statuses.contains(&head.status)
            && (head.status != -1 || head.closed.is_some() || account.readings.has(Other::AbandonedIsListed))
            && project.as_deref().is_none_or(|project| *head.project == *project)
            && from.is_none_or(|from| head.closed.is_some_and(|closed| closed >= from))
            && to.is_none_or(|to| head.closed.is_some_and(|closed| closed <= to))
    };
    let mut rows: Vec<_> = account.tasks.live().filter(wanted).collect();
    rows.sort_by_key(|row| Reverse(row.head.closed));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Reply::json_text(array(rows.iter().map(|row| row.shown()))))
}

/// Parses an instant such as `YYYY-MM-DD HH:MM:SS` in UTC. A date without a time is refused.
fn second(call: &Call, name: &str) -> Result<Option<i64>, Refusal> {
    let Some(text) = call.query(name) else { return Ok(None) };
    // An encoded plus also means a space.
    let moment = DateTime::strptime("%Y-%m-%d %H:%M:%S", text.replace('+', " "))
        .and_then(|moment| moment.to_zoned_datetime(TimeZone::UTC))
        .map_err(|_| Refusal::senseless())?;
    Ok(Some(moment.timestamp().as_second()))
}

/// Returns a page of the trash, latest first. The parameter `start` is the number of tasks to skip.
pub(super) fn trash(account: &Account, call: &Call, start: &str) -> Answer {
    let start = call.number(start, 0)?.max(0);
    let limit = call.number("limit", 50)?.clamp(0, MOST_TRASHED);
    let mut rows: Vec<_> = account.tasks.live().filter(|row| row.head.is_trashed()).collect();
    rows.sort_by_key(|row| Reverse(row.head.trashed));
    let skipped = usize::try_from(start).unwrap_or(usize::MAX);
    let page = rows.iter().skip(skipped).take(usize::try_from(limit).unwrap_or(usize::MAX));
    let tasks: Vec<_> = page.map(|row| row.shown()).collect();
    let next = start.saturating_add(i64::try_from(tasks.len()).unwrap_or(i64::MAX));
    let page = Members::new().array("tasks", tasks).value("next", next);
    Ok(Reply::json_text(page.done()))
}
