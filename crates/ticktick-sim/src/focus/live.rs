//! The live timer, shared by all devices.

use jiff::Timestamp;
use serde_json::{Map, Value};
use ticktick_models::{FocusOp, Object};

use super::session;
use crate::account::Account;
use crate::call::Call;
use crate::fields::Fields;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::shape;
use crate::wire::{Members, array};

/// Applies operations and answers the state, with the changes since a point; an invalid operation stops
/// them all.
pub(super) fn operate(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let since = sent.int("lastPoint").ok_or_else(Refusal::senseless)?;
    let operations: Vec<Object> = match sent.get("opList") {
        None => Vec::new(),
        Some(list) => list.decode::<Option<_>>().map_err(|_| Refusal::senseless())?.unwrap_or_default(),
    };
    operations.iter().try_for_each(|operation| shape::check::<FocusOp>(operation, &[], &["time"]))?;
    let device = device(call);
    for operation in &operations {
        account.operate(operation, &device, call.now);
    }
    let point = account.checkpoint(call.now);
    let sessions = &account.focus.sessions;
    let members = Members::new().value("point", point);
    let members = match sessions.live().last() {
        Some(row) => members.raw("current", &row.text),
        None => members.null("current"),
    };
    let updates = sessions.live().filter(|row| row.changed > since);
    Ok(Reply::json_text(members.raw("updates", &array(updates.map(|row| &*row.text))).done()))
}

/// Returns the id of the device; the header is optional.
fn device(call: &Call) -> String {
    let device: Option<Map<String, Value>> = call.header("x-device").and_then(|json| serde_json::from_str(json).ok());
    device.and_then(|device| Some(device.get("id")?.as_str()?.to_owned())).unwrap_or_default()
}

impl Account {
    /// Applies an operation that was not applied before; an unknown session is ignored.
    fn operate(&mut self, operation: &Object, device: &str, now: Timestamp) {
        let id = operation.text("id").unwrap_or_default();
        if self.focus.operations.row(&id).is_some() {
            return;
        }
        let mut seen = Object::new();
        seen.put("id", &id);
        let stamp = self.stamp(now);
        self.focus.operations.put(&seen, stamp);
        let made = operation.int("createdTime").and_then(|millis| Timestamp::from_millisecond(millis).ok());
        let at = operation.instant("time").or(made).unwrap_or(now);
        let named = operation.text("oId").unwrap_or_default();
        match self.focus.sessions.get(&named) {
            None if operation.text("op").as_deref() == Some("start") => {
                self.give_up_others(at, now);
                let mut session = session::start(operation, &named, device, at);
                self.save_session(&mut session, now);
            }
            None => {}
            Some(session) => self.go_on(session, operation, at, now),
        }
    }

    fn go_on(&mut self, mut session: Object, operation: &Object, at: Timestamp, now: Timestamp) {
        // Nothing happens to a session before it began.
        let at = session.instant("startTime").map_or(at, |start| at.max(start));
        let breaks = crate::user::preferences::pomodoro(self);
        match session::apply(&mut session, operation, at, &breaks) {
            session::Change::None => return,
            session::Change::Some => {}
            session::Change::Over => self.keep_session(&mut session, operation.word("note"), now),
        }
        self.save_session(&mut session, now);
    }

    /// Abandons other running sessions, because there is only one timer.
    fn give_up_others(&mut self, at: Timestamp, now: Timestamp) {
        for id in self.focus.sessions.ids(|row| row.object().read("exited") == Some(false)) {
            let mut exit = Object::new();
            exit.put("op", "exit");
            if let Some(session) = self.focus.sessions.get(&id) {
                self.go_on(session, &exit, at, now);
            }
        }
    }

    /// Adds a finished session to the history, unless it was too short.
    fn keep_session(&mut self, session: &mut Object, note: Option<String>, now: Timestamp) {
        let mut record = session::record(session, |id| {
            let is = |found: bool, key| found.then_some(key);
            is(self.tasks.row(id).is_some(), "taskId")
                .or(is(self.habit.habits.row(id).is_some(), "habitId"))
                .or(is(self.focus.timers.row(id).is_some(), "timerId"))
        });
        record.put("note", note);
        let is_long_enough = session::is_long_enough(&record);
        session.put("valid", is_long_enough);
        if is_long_enough {
            let kind = session.int("type").unwrap_or_default();
            drop(self.add_focus(&record, kind, now));
        }
    }

    fn save_session(&mut self, session: &mut Object, now: Timestamp) {
        self.save(|account| &mut account.focus.sessions, session, now);
    }
}
