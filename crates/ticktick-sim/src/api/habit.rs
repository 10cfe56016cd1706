//! Habits and their check-ins.

mod check_in;
mod export;
mod section;
#[cfg(test)]
mod tests;
mod week;

use serde_json::json;
use ticktick_models::{Habit, Object};

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::shape;
use crate::generated::HabitHandlers;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::habit::write::INSTANTS;
use crate::world::json::array;

impl HabitHandlers for Context {
    fn habit_list(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json_text(array(account.listed_habits()))))
    }

    fn habit_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| batch(account, call))
    }

    fn habit_create(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn habit_update(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn habit_delete(&self, _: &Call) -> Reply {
        Reply::wrong_method()
    }

    fn habit_check_in(&self, call: &Call) -> Reply {
        self.in_session(call, |account| check_in::single(account, call))
    }

    fn habit_batch_check_ins(&self, call: &Call) -> Reply {
        self.in_session(call, |account| check_in::batch(account, call))
    }

    fn habit_check_in_statistics(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let rows = || account.habit.check_ins.live();
            let done = rows().filter(|row| row.head.done).count();
            Ok(Reply::json(&json!({ "totalCheckIns": rows().count(), "completedCheckIns": done })))
        })
    }

    fn habit_query_check_ins(&self, call: &Call) -> Reply {
        self.in_session(call, |account| check_in::query(account, call))
    }

    fn habit_list_sections(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json_text(array(account.habit.sections.texts()))))
    }

    fn habit_batch_sections(&self, call: &Call) -> Reply {
        self.in_session(call, |account| section::batch(account, call))
    }

    fn habit_records(&self, call: &Call) -> Reply {
        self.in_session(call, |account| check_in::notes(account, call))
    }

    fn habit_records_alias(&self, call: &Call) -> Reply {
        self.in_session(call, |account| check_in::notes(account, call))
    }

    fn habit_preferences(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(preferences(account)))
    }

    fn habit_week_statistics(&self, call: &Call) -> Reply {
        self.in_session(call, |account| Ok(Reply::json(&week::statistics(account, call.now))))
    }

    fn habit_export(&self, call: &Call) -> Reply {
        self.in_session(call, |account| export::file(account, call.now))
    }
}

fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    batch.sent().try_for_each(check)?;
    let deleted: Vec<String> = batch.delete()?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_habit(&sent, call.now));
    }
    for sent in batch.update() {
        outcome.note_some(account.update_habit(&sent, call.now));
    }
    for id in deleted {
        account.delete_habit(&id, call.now);
    }
    Ok(outcome.reply())
}

/// Returns where habits are shown, according to the settings.
fn preferences(account: &Account) -> Reply {
    let settings = account.current_settings();
    let tabs: Vec<serde_json::Value> = settings.read("tabBars").unwrap_or_default();
    let tab = tabs.iter().find(|tab| tab["name"] == "HABIT");
    let calendar: serde_json::Value = settings.read("calendarViewConf").unwrap_or_default();
    Reply::json(&json!({
        "showInCalendar": calendar["showHabit"].as_bool().unwrap_or(true),
        "showInToday": true,
        "enabled": tab.is_some_and(|tab| tab["enabled"] == true),
        "defaultSection": {},
    }))
}

/// Refuses a habit with a member of the wrong kind.
pub(crate) fn check(sent: &Object) -> Result<(), Refusal> {
    shape::check::<Habit>(sent, &[("id", json!("")), ("name", json!(""))], INSTANTS)
}
