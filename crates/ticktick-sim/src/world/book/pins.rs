//! Tags pinned to the side bar.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The `type` of entries that are tags.
pub(crate) const TAGS: i64 = 7;

/// Distance between the positions of pinned tags.
const STEP: usize = 1 << 40;

/// The names of the pinned tags, in the order in which they were pinned.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Pins(pub(crate) Vec<String>);

impl Pins {
    /// Returns the manual orders of a full sync.
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
