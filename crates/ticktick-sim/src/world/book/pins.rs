//! Tags pinned to the side bar.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Kind of the entries that are tags.
pub(crate) const TAGS: i64 = 7;

/// How far apart pinned tags stand.
const STEP: usize = 1 << 40;

/// Names of the pinned tags, the first pinned one first.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Pins(pub(crate) Vec<String>);

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
