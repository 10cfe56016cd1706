//! The live timer, shared by all devices.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::focus::session;

impl Account {
    /// Applies an operation once. An operation on an unknown session is ignored.
    pub(crate) fn operate(&mut self, operation: &Object, device: &str, now: Timestamp) {
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
        // An operation cannot take effect before the session started.
        let at = session.instant("startTime").map_or(at, |start| at.max(start));
        let breaks = crate::world::user::pomodoro(self);
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
