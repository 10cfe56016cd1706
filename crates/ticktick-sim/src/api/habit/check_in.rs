//! Check-ins, one per habit and day, and their notes.

use serde::Deserialize;
use serde_json::json;
use ticktick_models::{DayStamp, HabitCheckin, Object, TextOrInt};

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::shape;
use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::habit::check_in::INSTANTS;
use crate::world::json::{Members, array};

/// Habits, and the day before the first check-in to return.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Query {
    habit_ids: Option<Vec<String>>,
    after_stamp: Option<i64>,
}

impl Query {
    fn read(call: &Call) -> Result<(Vec<String>, i64), Refusal> {
        let sent: Object = call.json()?;
        let query: Self = sent.decode().map_err(|_| Refusal::senseless())?;
        Ok((query.habit_ids.unwrap_or_default(), query.after_stamp.unwrap_or_default()))
    }
}

/// Stores check-ins. The response does not mention them.
pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    batch.sent().try_for_each(check)?;
    // Deletions are refused. No source reports one that succeeded.
    if !batch.delete::<serde_json::Value>()?.is_empty() {
        return Err(Refusal::senseless());
    }
    for sent in batch.add() {
        account.add_check_in(&sent, call.now);
    }
    for sent in batch.update() {
        account.update_check_in(&sent, call.now);
    }
    Ok(Outcome::default().reply())
}

fn check(sent: &Object) -> Result<(), Refusal> {
    let required = [("habitId", json!("")), ("checkinStamp", json!(20_000_101))];
    shape::check::<HabitCheckin>(sent, &required, INSTANTS)?;
    let is_day = sent.int("checkinStamp").is_none_or(|stamp| DayStamp(stamp).date().is_some());
    if is_day { Ok(()) } else { Err(Refusal::senseless()) }
}

/// Records one check-in in the flat form, in which the day may be text, and returns the stored one.
pub(super) fn single(account: &mut Account, call: &Call) -> Answer {
    let mut sent: Object = call.json()?;
    if let Some(TextOrInt::Text(text)) = sent.read::<TextOrInt>("checkinStamp") {
        sent.put("checkinStamp", text.parse::<i64>().map_err(|_| Refusal::senseless())?);
    }
    check(&sent)?;
    if sent.int("checkinStamp").is_none() || sent.word("habitId").is_none() {
        return Err(Refusal::senseless());
    }
    let stored = account.add_check_in(&sent, call.now).and_then(|id| account.habit.check_ins.row(&id));
    Ok(stored.map_or_else(Reply::empty, |row| Reply::json_text(row.text.to_string())))
}

pub(super) fn query(account: &Account, call: &Call) -> Answer {
    let (habits, after) = Query::read(call)?;
    let of_habit = |habit: &str| {
        let table = &account.habit.check_ins;
        let mut rows: Vec<_> = table.live().filter(|row| *row.head.habit == *habit && row.head.stamp > after).collect();
        rows.sort_by_key(|row| row.head.stamp);
        array(rows.iter().map(|row| &*row.text))
    };
    Ok(by_habit(account, "checkins", &habits, of_habit))
}

pub(super) fn notes(account: &Account, call: &Call) -> Answer {
    let (habits, after) = Query::read(call)?;
    let of_habit = |habit: &str| {
        let wanted = |note: &Object| {
            note.text("habitId").as_deref() == Some(habit) && note.int("stamp").is_some_and(|stamp| stamp > after)
        };
        array(account.habit.notes.live().filter(|row| wanted(&row.object())).map(|row| &*row.text))
    };
    Ok(by_habit(account, "habitRecords", &habits, of_habit))
}

/// Returns lists by habit. Unknown habits are omitted.
fn by_habit(account: &Account, key: &str, habits: &[String], of_habit: impl Fn(&str) -> String) -> Reply {
    let mut asked: Vec<&String> = Vec::new();
    for habit in habits {
        if account.habit.habits.row(habit).is_some() && !asked.contains(&habit) {
            asked.push(habit);
        }
    }
    let lists = asked.into_iter().fold(Members::new(), |all, habit| all.raw(habit, &of_habit(habit)));
    Reply::json_text(Members::new().raw(key, &lists.done()).done())
}
