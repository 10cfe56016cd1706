//! Tasks: handlers of the operations.

mod assign;
mod closed;
mod history;
mod place;
mod quota;
mod reading;
mod rules;
mod shape;
#[cfg(test)]
mod tests;
mod write;

use std::borrow::Cow;

use serde::Deserialize;
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, EXISTED, NO_TASK, OVER_QUOTA, Outcome, Refused, UNKNOWN};
use crate::call::Call;
use crate::fields::{Fields, drop_nulls, is_null};
use crate::generated::TaskHandlers;
use crate::readings::Other;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::share::NO_PERMISSION;
use crate::state::State;
use crate::store::{Head, Row};
use crate::wire::array;

pub(crate) use history::History;
pub(crate) use place::Move;

/// Facts about a task that queries ask for.
pub(crate) struct TaskHead {
    pub(crate) project: Box<str>,
    pub(crate) status: i64,
    parent: Option<Box<str>>,
    /// Epoch second of the completion.
    pub(crate) closed: Option<i64>,
    /// When the task was deleted, in epoch milliseconds.
    trashed: Option<i64>,
    /// Whether members were cleared: they are stored as null.
    is_cleared: bool,
}

impl Head for TaskHead {
    fn of(task: &Object) -> Self {
        Self {
            project: task.text("projectId").unwrap_or_default().into(),
            status: task.int("status").unwrap_or_default(),
            parent: task.word("parentId").map(Into::into),
            closed: task.instant("completedTime").map(|instant| instant.as_second()),
            trashed: (task.int("deleted") == Some(1)).then(|| task.int("deletedTime").unwrap_or_default()),
            is_cleared: task.iter().any(|(_, value)| is_null(value)),
        }
    }

    /// The open tasks of a list are counted, since the plan limits their number.
    fn group(&self) -> Option<&str> {
        self.is_open().then_some(&*self.project)
    }
}

impl TaskHead {
    pub(crate) fn is_trashed(&self) -> bool {
        self.trashed.is_some()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.status == 0 && !self.is_trashed()
    }
}

impl Row<TaskHead> {
    /// Returns the text that answers show: what is not set is left out.
    ///
    /// Only a delta shows the null of a member that was cleared, because a device keeps what a delta leaves out.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        if !self.head.is_cleared {
            return Cow::Borrowed(&self.text);
        }
        let mut task = self.object();
        drop_nulls(&mut task);
        Cow::Owned(serde_json::to_string(&task).unwrap_or_default())
    }
}

/// A task and its list, as deletes name them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TaskRef {
    task_id: String,
    project_id: String,
}

impl TaskHandlers for State {
    fn task_get(&self, call: &Call) -> Reply {
        self.with(call, |account| read(account, call.path("taskId")))
    }

    fn task_create(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let sent: Object = call.json()?;
            shape::check(&sent)?;
            match account.add_task(&sent, call.now) {
                Ok((id, _)) => text(account, &id),
                Err(refused) => Err(refusal(&refused)),
            }
        })
    }

    fn task_update(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut sent: Object = call.json()?;
            shape::check(&sent)?;
            sent.put("id", call.path("taskId"));
            let item = account.change_task(&sent, call.now).ok_or_else(Refusal::no_task)?;
            item.map_err(|refused| refusal(&refused))?;
            text(account, call.path("taskId"))
        })
    }

    fn task_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut batch = Batch::read(call)?;
            batch.sent().try_for_each(shape::check)?;
            let deleted: Vec<TaskRef> = batch.delete()?;
            let mut outcome = Outcome::default();
            let (added, changed) = (batch.add(), batch.update());
            account.refuse_unknown(&added, &changed, &deleted)?;
            for sent in added {
                outcome.note(account.add_task(&sent, call.now));
            }
            for sent in changed {
                let unknown = account.readings.has(Other::UnknownUpdateTold);
                let unknown = || sent.text("id").filter(|_| unknown).map(|id| Err((id, NO_TASK)));
                account.change_task(&sent, call.now).or_else(unknown).into_iter().for_each(|item| outcome.note(item));
            }
            for task in deleted {
                if account.tasks.row(&task.task_id).is_none() && account.readings.has(Other::UnknownDeleteTold) {
                    outcome.note(Err((task.task_id.clone(), NO_TASK)));
                }
                account.delete_task(&task.task_id, &task.project_id, call.now);
            }
            Ok(outcome.reply())
        })
    }

    fn task_list_by_project(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let project = account.project_id(call.path("projectId"));
            let wanted = |row: &&Row<TaskHead>| row.head.is_open() && *row.head.project == *project;
            let rows = account.tasks.live().filter(wanted);
            Ok(Reply::json_text(array(rows.map(Row::shown))))
        })
    }

    fn task_move(&self, call: &Call) -> Reply {
        self.with(call, |account| place::move_all(account, call))
    }

    fn task_set_parents(&self, call: &Call) -> Reply {
        self.with(call, |account| place::set_parents(account, call))
    }

    fn task_delete_with_body(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let deleted: Vec<TaskRef> = call.json()?;
            for task in deleted {
                account.delete_task(&task.task_id, &task.project_id, call.now);
                if call.query("deleteforever") == Some("true") {
                    account.purge_task(&task.task_id, call.now);
                }
            }
            Ok(Reply::empty())
        })
    }

    fn task_closed(&self, call: &Call) -> Reply {
        self.with(call, |account| closed::list(account, call, &closed::ANY))
    }

    fn task_closed_by_project(&self, call: &Call) -> Reply {
        self.with(call, |account| closed::list(account, call, &closed::ANY))
    }

    fn task_completed_by_project(&self, call: &Call) -> Reply {
        self.with(call, |account| closed::list(account, call, &closed::COMPLETED))
    }

    fn task_completed(&self, call: &Call) -> Reply {
        self.with(call, |account| closed::list(account, call, &closed::COMPLETED))
    }

    fn task_completed_in_all(&self, call: &Call) -> Reply {
        self.with(call, |account| closed::list(account, call, &closed::COMPLETED_IN_ALL))
    }

    fn task_trash(&self, call: &Call) -> Reply {
        self.with(call, |account| closed::trash(account, call, "start"))
    }

    fn task_trash_page(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            call.number("type", 1)?;
            closed::trash(account, call, "from")
        })
    }

    fn task_restore(&self, call: &Call) -> Reply {
        self.with(call, |account| place::restore(account, call))
    }

    fn task_empty_trash(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            for id in account.tasks.ids(|row| row.head.is_trashed()) {
                account.purge_task(&id, call.now);
            }
            Ok(Reply::empty())
        })
    }

    fn task_assign(&self, call: &Call) -> Reply {
        self.with(call, |account| assign::assign_all(account, call))
    }

    fn task_close_remind(&self, call: &Call) -> Reply {
        self.with(call, |_| history::close_remind(call))
    }

    fn task_activity(&self, call: &Call) -> Reply {
        self.with(call, |account| history::activity(account, call))
    }

    fn task_activity_counts(&self, call: &Call) -> Reply {
        self.with(call, |account| history::counts(account, call))
    }
}

impl Account {
    /// Refuses a batch with unknown tasks. By default they are silently accepted.
    fn refuse_unknown(&self, added: &[Object], changed: &[Object], deleted: &[TaskRef]) -> Result<(), Refusal> {
        let is_new = |id: &str| added.iter().any(|sent| sent.text("id").as_deref() == Some(id));
        let is_unknown = |id: &str| self.tasks.row(id).is_none() && !is_new(id);
        let changes = changed.iter().filter_map(|sent| sent.text("id"));
        let is_refused = self.readings.has(Other::UnknownUpdateRefused)
            && changes.into_iter().any(|id| is_unknown(&id))
            || self.readings.has(Other::UnknownDeleteRefused) && deleted.iter().any(|task| is_unknown(&task.task_id));
        if is_refused { Err(Refusal::no_task()) } else { Ok(()) }
    }
}

/// Says by itself what a batch says of one item.
fn refusal((_, code): &Refused) -> Refusal {
    match *code {
        OVER_QUOTA => Refusal::new(500, "exceed_quota"),
        NO_PERMISSION => Refusal::new(500, "no_project_permission"),
        EXISTED | UNKNOWN => Refusal::senseless(),
        _ => Refusal::no_project(),
    }
}

/// Answers a task, also one in the trash.
fn read(account: &Account, id: &str) -> Answer {
    let trashed = account.tasks.get(id).filter(|task| task.int("deleted") == Some(1));
    match trashed {
        Some(_) if account.readings.has(Other::TrashedIsNotFound) => Err(Refusal::no_task()),
        Some(mut task) if account.readings.has(Other::TrashedIsUnmarked) => {
            drop_nulls(&mut task);
            task.put("deleted", 0);
            ["deletedTime", "deletedBy"].iter().for_each(|key| drop(task.remove(key)));
            Ok(Reply::json(&task))
        }
        _ => text(account, id),
    }
}

/// Answers a stored task.
fn text(account: &Account, id: &str) -> Answer {
    let row = account.tasks.row(id).ok_or_else(Refusal::no_task)?;
    if account.readings.has(Other::RepeatFromIsNull) && row.object().word("repeatFlag").is_some() {
        let mut task: Object = row.object();
        drop_nulls(&mut task);
        task.fill("repeatFrom", ());
        return Ok(Reply::json(&task));
    }
    Ok(Reply::json_text(row.shown().into_owned()))
}
