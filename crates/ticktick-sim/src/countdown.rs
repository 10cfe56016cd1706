//! Countdowns.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Stored};
use crate::call::Call;
use crate::fields::{Fields, canonical, wire};
use crate::generated::CountdownHandlers;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::state::State;
use crate::wire::{Members, array};

/// Members that name instants.
const INSTANTS: &[&str] = &["pinnedTime", "archivedTime", "createdTime"];

impl CountdownHandlers for State {
    fn countdown_list(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let status = call.query("status").map(|_| call.number("status", 0)).transpose()?;
            let wanted = |object: &Object| status.is_none_or(|status| object.int("status") == Some(status));
            let rows = account.countdowns.live().filter(|row| status.is_none() || wanted(&row.object()));
            let list = array(rows.map(|row| &*row.text));
            Ok(Reply::json_text(Members::new().raw("countdowns", &list).done()))
        })
    }

    fn countdown_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut batch = Batch::read(call)?;
            batch.sent().try_for_each(check)?;
            let deleted: Vec<String> = batch.delete()?;
            let mut outcome = Outcome::default();
            for sent in batch.add() {
                outcome.note(account.add_countdown(&sent, call.now));
            }
            for sent in batch.update() {
                outcome.note_some(account.update_countdown(&sent, call.now));
            }
            for id in deleted {
                let stamp = account.stamp(call.now);
                account.countdowns.remove(&id, stamp);
            }
            Ok(outcome.reply())
        })
    }
}

/// Refuses a day that is not a number, such as a text.
fn check(countdown: &Object) -> Result<(), Refusal> {
    let fits = ["date", "type", "status", "sortOrder"]
        .iter()
        .all(|key| countdown.is_none(key) || countdown.int(key).is_some());
    if fits { Ok(()) } else { Err(Refusal::senseless()) }
}

impl Account {
    pub(crate) fn add_countdown(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut countdown = sent.clone();
        countdown.put("id", &id);
        if let Some(stored) = self.update_countdown(&countdown, now) {
            return Ok(stored);
        }
        Ok((id, self.save_countdown(countdown, now)))
    }

    fn update_countdown(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.countdowns.get(&id)?;
        let countdown = self.updated(&stored, sent);
        Some((id, self.save_countdown(countdown, now)))
    }

    fn save_countdown(&mut self, mut countdown: Object, now: Timestamp) -> String {
        canonical(&mut countdown, INSTANTS);
        for (key, value) in defaults() {
            if countdown.get(key).is_none() {
                countdown.put(key, value);
            }
        }
        countdown.fill("createdTime", wire(now));
        countdown.put("modifiedTime", wire(now));
        self.save(|account| &mut account.countdowns, &mut countdown, now)
    }
}

/// Members that every countdown has, with the defaults that clients send.
fn defaults() -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!("")),
        ("type", json!(4)),
        ("ignoreYear", json!(false)),
        ("iconRes", json!("countdown_countdown")),
        ("style", json!("normal")),
        ("styleColor", json!([])),
        ("background", Value::Null),
        ("dateDisplayFormat", json!("day")),
        ("daysOption", json!(3)),
        ("showAge", json!(false)),
        ("showCalendarType", json!(1)),
        ("typeOfSmartList", json!(0)),
        ("reminders", json!([])),
        ("repeatFlag", Value::Null),
        ("timerMode", json!(0)),
        ("status", json!(0)),
        ("deleted", json!(0)),
        ("sortOrder", json!(0)),
        ("pinnedTime", Value::Null),
        ("archivedTime", Value::Null),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::UpdateMode;
    use crate::testing::{Tester, id, tester, tester_with};

    const BATCH: &str = "/api/v2/countdown/batch";

    fn all(tester: &Tester, query: &str) -> Value {
        tester.get(&format!("/api/v2/countdown/list{query}"))["countdowns"].clone()
    }

    #[test]
    fn countdowns_live_and_die() {
        let tester = tester();
        assert_eq!(all(&tester, ""), json!([]));
        let trip = json!({ "id": id(1), "type": 4, "name": "Trip", "date": 20260701, "strange": 1e3 });
        let answer = tester.post(BATCH, &json!({ "add": [trip, { "id": "own", "name": "x", "status": 1 }] }));
        assert_eq!(answer["id2etag"].as_object().unwrap().len(), 2);
        assert!(answer["id2etag"].get("own").is_none(), "ids of another form are replaced");
        let stored = all(&tester, "?status=0");
        assert_eq!(stored.as_array().unwrap().len(), 1);
        assert_eq!((&stored[0]["date"], &stored[0]["daysOption"]), (&json!(20260701), &json!(3)));
        let pinned = json!({ "update": [{ "id": id(1), "pinnedTime": "2026-03-01T00:00:00Z" }, { "id": id(9) }] });
        assert_eq!(tester.post(BATCH, &pinned)["id2etag"].as_object().unwrap().len(), 1);
        let stored = all(&tester, "?status=0")[0].clone();
        assert_eq!((&stored["name"], &stored["strange"]), (&json!("Trip"), &json!(1e3)));
        assert_eq!(stored["pinnedTime"], "2026-03-01T00:00:00.000+0000");
        let gone = tester.post(BATCH, &json!({ "delete": [id(1), id(9)] }));
        assert_eq!(gone, json!({ "id2etag": {}, "id2error": {} }));
        assert_eq!(all(&tester, "?status=0"), json!([]));
    }

    #[test]
    fn replacing_drops_what_is_left_out() {
        let tester = tester_with(|builder| builder.update_mode(UpdateMode::Replace));
        tester.post(BATCH, &json!({ "add": [{ "id": id(1), "name": "a", "remark": "b" }] }));
        tester.post(BATCH, &json!({ "update": [{ "id": id(1), "name": "c" }] }));
        assert!(all(&tester, "")[0].get("remark").is_none());
    }

    #[test]
    fn senseless_bodies_are_refused() {
        let tester = tester();
        let body = json!({ "add": [{ "id": id(1), "name": "a", "date": "2026-07-01" }] });
        tester.send("POST", BATCH, body.to_string()).refused(500, "unknown_exception");
        assert_eq!(all(&tester, ""), json!([]));
        tester.send("GET", "/api/v2/countdown/list?status=open", "").refused(500, "unknown_exception");
    }
}
