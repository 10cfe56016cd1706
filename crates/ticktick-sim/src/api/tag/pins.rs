//! Tags pinned to the side bar.

use serde::Deserialize;
use ticktick_models::Object;

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::book::pins::TAGS;
use crate::world::fields::Fields;

#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    delete: Vec<String>,
}

/// Pins and unpins tags. Orders of other kinds are accepted and not stored.
pub(crate) fn write(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let kind = sent.int("type").ok_or_else(Refusal::senseless)?;
    if kind == TAGS && !sent.is_none("projectPinned") {
        let changes: Changes = sent.read("projectPinned").ok_or_else(Refusal::senseless)?;
        account.pin_tags(changes.add, &changes.delete, call.now);
    }
    Ok(Reply::empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::server::testing::{Tester, tester};

    fn pin(tester: &Tester, changes: &Value) {
        let body = json!({ "projectPinned": changes, "type": 7 });
        assert!(tester.post("/api/v2/batch/order", &body).is_null());
    }

    fn pinned(tester: &Tester) -> Vec<String> {
        let orders = tester.get("/api/v3/batch/check/0")["syncOrderBeanV3"]["orderByType"].clone();
        let entries = orders["projectPinned"]["all"]["changed"].as_array().cloned().unwrap_or_default();
        entries.iter().map(|entry| entry["id"].as_str().unwrap().into()).collect()
    }

    #[test]
    fn tags_are_pinned_and_unpinned() {
        let tester = tester();
        let tags = ["a", "b", "c"].map(|name| json!({ "name": name, "label": name }));
        tester.post("/api/v2/batch/tag", &json!({ "add": tags }));
        pin(&tester, &json!({ "add": ["b", "a", "unknown"] }));
        assert_eq!(pinned(&tester), ["b", "a"]);
        pin(&tester, &json!({ "add": ["c"], "delete": ["b"] }));
        assert_eq!(pinned(&tester), ["a", "c"]);
        let rename = json!({ "name": "a", "newName": "Z" }).to_string();
        tester.send("PUT", "/api/v2/tag/rename", rename).value(200);
        assert_eq!(pinned(&tester), ["z", "c"]);
        tester.send("DELETE", "/api/v2/tag?name=c", "").value(200);
        assert_eq!(pinned(&tester), ["z"]);
    }

    #[test]
    fn orders_of_other_kinds_are_taken() {
        let tester = tester();
        tester.post("/api/v2/batch/order", &json!({ "taskOrderByDate": {}, "type": 1 }));
        tester.send("POST", "/api/v2/batch/order", "{}").refused(500, "unknown_exception");
        tester.send("POST", "/api/v2/batch/order", r#"{"projectPinned":7,"type":7}"#).refused(500, "unknown_exception");
    }
}
