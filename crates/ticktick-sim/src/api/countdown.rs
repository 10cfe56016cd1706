//! Countdowns.

use ticktick_models::Object;

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::Refusal;
use crate::exchange::reply::Reply;
use crate::generated::CountdownHandlers;
use crate::world::fields::Fields;
use crate::world::json::{Members, array};

impl CountdownHandlers for Context {
    fn countdown_list(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
            let status = call.query("status").map(|_| call.number("status", 0)).transpose()?;
            let wanted = |object: &Object| status.is_none_or(|status| object.int("status") == Some(status));
            let rows = account.countdowns.live().filter(|row| status.is_none() || wanted(&row.object()));
            let list = array(rows.map(|row| &*row.text));
            Ok(Reply::json_text(Members::new().raw("countdowns", &list).done()))
        })
    }

    fn countdown_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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

/// Refuses a countdown with a member that is not a number, such as a date as text.
fn check(countdown: &Object) -> Result<(), Refusal> {
    let fits = ["date", "type", "status", "sortOrder"]
        .iter()
        .all(|key| countdown.is_none(key) || countdown.int(key).is_some());
    if fits { Ok(()) } else { Err(Refusal::senseless()) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::UpdateMode;
    use crate::server::testing::{Tester, id, tester, tester_with};

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
        assert_eq!(stored[0]["date"], json!(20260701));
        assert_eq!(stored[0]["daysOption"], json!(3));
        let pinned = json!({ "update": [{ "id": id(1), "pinnedTime": "2026-03-01T00:00:00Z" }, { "id": id(9) }] });
        assert_eq!(tester.post(BATCH, &pinned)["id2etag"].as_object().unwrap().len(), 1);
        let stored = all(&tester, "?status=0")[0].clone();
        assert_eq!(stored["name"], json!("Trip"));
        assert_eq!(stored["strange"], json!(1e3));
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
