//! Tasks.

mod assign;
mod closed;
mod history;
mod place;
mod shape;
#[cfg(test)]
mod tests;

use ticktick_models::Object;

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::generated::TaskHandlers;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::fields::{Fields, drop_nulls};
use crate::world::item::{EXISTED, NO_PERMISSION, NO_TASK, OVER_QUOTA, Refused, UNKNOWN};
use crate::world::json::array;
use crate::world::readings::Other;
use crate::world::store::Row;
use crate::world::task::place::TaskRef;

impl TaskHandlers for Context {
    fn task_get(&self, call: &Call) -> Reply {
        self.in_session(call, |account| read(account, call.path("taskId")))
    }

    fn task_create(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let sent: Object = call.json()?;
            shape::check(&sent)?;
            match account.add_task(&sent, call.now) {
                Ok((id, _)) => text(account, &id),
                Err(refused) => Err(refusal(&refused)),
            }
        })
    }

    fn task_update(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let mut sent: Object = call.json()?;
            shape::check(&sent)?;
            sent.put("id", call.path("taskId"));
            let item = account.change_task(&sent, call.now).ok_or_else(Refusal::no_task)?;
            item.map_err(|refused| refusal(&refused))?;
            text(account, call.path("taskId"))
        })
    }

    fn task_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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
        self.in_session(call, |account| {
            let project = account.project_id(call.path("projectId"));
            let wanted = |row: &&Row<TaskHead>| row.head.is_open() && *row.head.project == *project;
            let rows = account.tasks.live().filter(wanted);
            Ok(Reply::json_text(array(rows.map(Row::shown))))
        })
    }

    fn task_move(&self, call: &Call) -> Reply {
        self.in_session(call, |account| place::move_all(account, call))
    }

    fn task_set_parents(&self, call: &Call) -> Reply {
        self.in_session(call, |account| place::set_parents(account, call))
    }

    fn task_delete_with_body(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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
        self.in_session(call, |account| closed::list(account, call, &closed::ANY))
    }

    fn task_closed_by_project(&self, call: &Call) -> Reply {
        self.in_session(call, |account| closed::list(account, call, &closed::ANY))
    }

    fn task_completed_by_project(&self, call: &Call) -> Reply {
        self.in_session(call, |account| closed::list(account, call, &closed::COMPLETED))
    }

    fn task_completed(&self, call: &Call) -> Reply {
        self.in_session(call, |account| closed::list(account, call, &closed::COMPLETED))
    }

    fn task_completed_in_all(&self, call: &Call) -> Reply {
        self.in_session(call, |account| closed::list(account, call, &closed::COMPLETED_IN_ALL))
    }

    fn task_trash(&self, call: &Call) -> Reply {
        self.in_session(call, |account| closed::trash(account, call, "start"))
    }

    fn task_trash_page(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            call.number("type", 1)?;
            closed::trash(account, call, "from")
        })
    }

    fn task_restore(&self, call: &Call) -> Reply {
        self.in_session(call, |account| place::restore(account, call))
    }

    fn task_empty_trash(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            for id in account.tasks.ids(|row| row.head.is_trashed()) {
                account.purge_task(&id, call.now);
            }
            Ok(Reply::empty())
        })
    }

    fn task_assign(&self, call: &Call) -> Reply {
        self.in_session(call, |account| assign::assign_all(account, call))
    }

    fn task_close_remind(&self, call: &Call) -> Reply {
        self.in_session(call, |_| history::close_remind(call))
    }

    fn task_activity(&self, call: &Call) -> Reply {
        self.in_session(call, |account| history::activity(account, call))
    }

    fn task_activity_counts(&self, call: &Call) -> Reply {
        self.in_session(call, |account| history::counts(account, call))
    }
}

/// Converts the refusal of an item to that of a call.
fn refusal((_, code): &Refused) -> Refusal {
    match *code {
        OVER_QUOTA => Refusal::new(500, "exceed_quota"),
        NO_PERMISSION => Refusal::new(500, "no_project_permission"),
        EXISTED | UNKNOWN => Refusal::senseless(),
        _ => Refusal::no_project(),
    }
}

/// Returns a task, also from the trash.
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

/// Returns a stored task.
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
