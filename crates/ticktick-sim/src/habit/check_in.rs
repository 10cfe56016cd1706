//! Check-ins, one per habit and day, and their notes.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use ticktick_models::{DayStamp, HabitCheckin, Object, TextOrInt};

use crate::account::Account;
use crate::batch::{Batch, Outcome};
use crate::call::Call;
use crate::fields::{Fields, canonical, wire};
use crate::readings::Other;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::shape;
use crate::store::{Head, Table};
use crate::wire::{Members, array};

/// The goal of the day is reached.
const DONE: i64 = 2;

const INSTANTS: &[&str] = &["checkinTime", "opTime"];

/// Facts about a check-in that queries ask for.
pub(crate) struct CheckinHead {
    pub(crate) habit: Box<str>,
    /// The day as `YYYYMMDD`.
    pub(crate) stamp: i64,
    pub(crate) done: bool,
}

impl Head for CheckinHead {
    fn of(check_in: &Object) -> Self {
        Self {
            habit: check_in.text("habitId").unwrap_or_default().into(),
            stamp: check_in.int("checkinStamp").unwrap_or_default(),
            done: check_in.int("status") == Some(DONE),
        }
    }
}

/// Habits, and the day after which to look.
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

/// Stores check-ins and says nothing of them.
pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    batch.sent().try_for_each(check)?;
    // The answer to a delete; no source reports one that worked.
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

/// Records one check-in in the flat form, whose day may be text, and answers what is stored.
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

/// Answers lists by habit; unknown habits have none.
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

impl Account {
    /// Records the check-in of a day and returns its id; a second one changes the first, under its id.
    ///
    /// Nothing is stored for an unknown habit.
    pub(crate) fn add_check_in(&mut self, sent: &Object, now: Timestamp) -> Option<String> {
        let habit = sent.word("habitId").and_then(|id| self.habit.habits.get(&id))?;
        let (habit_id, stamp) = (habit.text("id")?, sent.int("checkinStamp")?);
        let same_day = |check_ins: &Table<CheckinHead>| {
            check_ins.live().find(|row| row.head.stamp == stamp && *row.head.habit == *habit_id).map(|row| row.object())
        };
        let stored = same_day(&self.habit.check_ins).filter(|_| !self.readings.has(Other::CheckInIsNew));
        if let Some(stored) = stored {
            return self.change_check_in(&stored, sent, now);
        }
        let id = match self.kept_id(sent) {
            // An id stays with its day.
            id if self.habit.check_ins.row(&id).is_some() => self.make_id(),
            id => id,
        };
        let mut check_in = sent.clone();
        check_in.put("id", &id);
        self.save_check_in(check_in, &habit, now);
        Some(id)
    }

    /// Changes a check-in, if there is one; its habit and its day stay.
    pub(crate) fn update_check_in(&mut self, sent: &Object, now: Timestamp) -> Option<String> {
        let stored = self.habit.check_ins.get(&sent.text("id")?)?;
        self.change_check_in(&stored, sent, now)
    }

    fn change_check_in(&mut self, stored: &Object, sent: &Object, now: Timestamp) -> Option<String> {
        let mut check_in = self.updated(stored, sent);
        for key in ["id", "habitId", "checkinStamp"] {
            check_in.set(key, stored.get(key)?.clone());
        }
        if sent.is_none("opTime") {
            check_in.put("opTime", wire(now));
        }
        let habit = self.habit.habits.get(&check_in.text("habitId")?).unwrap_or_default();
        let id = check_in.text("id");
        self.save_check_in(check_in, &habit, now);
        id
    }

    fn save_check_in(&mut self, mut check_in: Object, habit: &Object, now: Timestamp) {
        canonical(&mut check_in, INSTANTS);
        check_in.fill("value", 0.0);
        check_in.fill("goal", habit.read::<f64>("goal").unwrap_or(1.0));
        let reached = check_in.read::<f64>("value") >= check_in.read::<f64>("goal");
        check_in.fill("status", if reached { DONE } else { 0 });
        check_in.fill("opTime", wire(now));
        let done = check_in.int("status") == Some(DONE);
        check_in.fill("checkinTime", done.then(|| wire(now)));
        let stamp = self.stamp(now);
        self.habit.check_ins.put(&check_in, stamp);
    }

    /// Writes a note on a check-in.
    pub(crate) fn add_habit_note(&mut self, habit: &str, stamp: i64, content: &str, now: Timestamp) {
        let note = json!({ "id": self.make_id(), "habitId": habit, "stamp": stamp, "content": content });
        let stamp = self.stamp(now);
        self.habit.notes.put(&Object::encode(&note).unwrap_or_default(), stamp);
    }
}
