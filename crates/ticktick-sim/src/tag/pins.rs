//! Tags pinned to the side bar.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::call::Call;
use crate::fields::Fields;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};

/// Kind of the entries that are tags.
const TAGS: i64 = 7;

/// How far apart pinned tags stand.
const STEP: usize = 1 << 40;

/// Names of the pinned tags, the first pinned one first.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Pins(Vec<String>);

impl Pins {
    /// Returns the manual orders of a full sync: these, or none.
    pub(crate) fn orders(&self) -> Value {
        if self.0.is_empty() {
            return json!({ "orderByType": {} });
        }
        let places = (0..).map(|place: usize| place * STEP);
        let entries: Vec<Value> =
            self.0.iter().zip(places).map(|(tag, order)| json!({ "id": tag, "order": order, "type": TAGS })).collect();
        json!({ "orderByType": { "projectPinned": { "all": { "changed": entries, "deleted": [] } } } })
    }
}

#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    delete: Vec<String>,
}

/// Pins and unpins tags; orders of other kinds are taken and not kept.
pub(super) fn write(account: &mut Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let kind = sent.int("type").ok_or_else(Refusal::senseless)?;
    if kind == TAGS && !sent.is_none("projectPinned") {
        let changes: Changes = sent.read("projectPinned").ok_or_else(Refusal::senseless)?;
        account.pins.0.retain(|tag| !changes.delete.contains(tag) && !changes.add.contains(tag));
        let known = changes.add.into_iter().filter(|tag| account.tags.row(tag).is_some());
        account.pins.0.extend(known);
        account.stamp(call.now);
    }
    Ok(Reply::empty())
}

impl Account {
    /// Puts another tag, or none, in the place of a pinned one.
    pub(super) fn repin(&mut self, old: &str, new: Option<&str>) {
        let Some(place) = self.pins.0.iter().position(|tag| tag == old) else { return };
        let new = new.filter(|new| !self.pins.0.iter().any(|tag| tag == new));
        let new = new.map(str::to_owned);
        self.pins.0.splice(place..=place, new);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Tester, tester};

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
