//! Habits: handlers of the operations.

mod check_in;
mod export;
mod schedule;
mod section;
#[cfg(test)]
mod tests;
mod week;
mod write;

use serde_json::json;

use crate::account::Account;
use crate::batch::{Batch, Outcome};
use crate::call::Call;
use crate::dump::Part;
use crate::fields::Fields;
use crate::generated::HabitHandlers;
use crate::reply::{Answer, Reply};
use crate::state::State;
use crate::store::Table;
use crate::wire::array;

pub(crate) use check_in::CheckinHead;

/// What an account has of habits.
pub(crate) struct HabitBook {
    pub(crate) habits: Table,
    pub(crate) check_ins: Table<CheckinHead>,
    pub(crate) sections: Table,
    /// Notes on check-ins. No call that writes them is known.
    pub(crate) notes: Table,
    exports: export::Exports,
}

impl HabitBook {
    /// Names what a dump carries.
    pub(crate) fn parts(&mut self) -> Vec<(&'static str, &mut dyn Part)> {
        let Self { habits, check_ins, sections, notes, exports } = self;
        vec![
            ("habits", habits),
            ("habitCheckins", check_ins),
            ("habitSections", sections),
            ("habitNotes", notes),
            ("habitExports", exports),
        ]
    }

    /// Creates a book without habits; the sections that every account has are there.
    pub(crate) fn new(user_id: i64, registered: jiff::Timestamp) -> Self {
        Self {
            habits: Table::new("id"),
            check_ins: Table::new("id"),
            sections: section::built_in(user_id, registered),
            notes: Table::new("id"),
            exports: export::Exports::default(),
        }
    }
}

impl HabitHandlers for State {
    fn habit_list(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json_text(array(account.listed_habits()))))
    }

    fn habit_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| batch(account, call))
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
        self.with(call, |account| check_in::single(account, call))
    }

    fn habit_batch_check_ins(&self, call: &Call) -> Reply {
        self.with(call, |account| check_in::batch(account, call))
    }

    fn habit_check_in_statistics(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let rows = || account.habit.check_ins.live();
            let done = rows().filter(|row| row.head.done).count();
            Ok(Reply::json(&json!({ "totalCheckIns": rows().count(), "completedCheckIns": done })))
        })
    }

    fn habit_query_check_ins(&self, call: &Call) -> Reply {
        self.with(call, |account| check_in::query(account, call))
    }

    fn habit_list_sections(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json_text(array(account.habit.sections.texts()))))
    }

    fn habit_batch_sections(&self, call: &Call) -> Reply {
        self.with(call, |account| section::batch(account, call))
    }

    fn habit_records(&self, call: &Call) -> Reply {
        self.with(call, |account| check_in::notes(account, call))
    }

    fn habit_records_alias(&self, call: &Call) -> Reply {
        self.with(call, |account| check_in::notes(account, call))
    }

    fn habit_preferences(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(preferences(account)))
    }

    fn habit_week_statistics(&self, call: &Call) -> Reply {
        self.with(call, |account| Ok(Reply::json(&week::statistics(account, call.now))))
    }

    fn habit_export(&self, call: &Call) -> Reply {
        self.with(call, |account| export::file(account, call.now))
    }
}

fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    batch.sent().try_for_each(write::check)?;
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

/// Answers where habits are shown, as far as the settings say it.
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
