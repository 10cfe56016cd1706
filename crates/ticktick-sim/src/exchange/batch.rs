//! The batch protocol: the items of a request, and their outcomes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use ticktick_models::{Json, Object};

use crate::exchange::call::Call;
use crate::exchange::refusal::Refusal;
use crate::exchange::reply::Reply;
use crate::world::item::{Item, Stored};
use crate::world::json::Members;

/// Items to add, to change and to delete.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Batch {
    add: Option<Vec<Object>>,
    update: Option<Vec<Object>>,
    delete: Option<Vec<Json>>,
}

impl Batch {
    /// Reads an envelope. Like the service, treats an array as an empty envelope.
    pub(crate) fn read(call: &Call) -> Result<Self, Refusal> {
        match container(call)? {
            Container::Object => call.json(),
            Container::Array => Ok(Self::default()),
        }
    }

    pub(crate) fn add(&mut self) -> Vec<Object> {
        self.add.take().unwrap_or_default()
    }

    pub(crate) fn update(&mut self) -> Vec<Object> {
        self.update.take().unwrap_or_default()
    }

    /// Returns the items to validate before anything is stored.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &Object> {
        self.add.iter().chain(&self.update).flatten()
    }

    /// Returns the items to delete, in the form of the resource.
    pub(crate) fn delete<T: DeserializeOwned>(&mut self) -> Result<Vec<T>, Refusal> {
        let sent = self.delete.take().unwrap_or_default();
        sent.iter().map(|json| json.decode().map_err(|_| Refusal::senseless())).collect()
    }
}

/// Reads a list of items. Elements that lack members are ignored.
pub(crate) fn list<T: DeserializeOwned>(call: &Call) -> Result<Vec<T>, Refusal> {
    match container(call)? {
        Container::Object => Ok(Vec::new()),
        Container::Array => {
            let sent: Vec<Json> = call.json()?;
            Ok(sent.iter().filter_map(|json| json.decode().ok()).collect())
        }
    }
}

enum Container {
    Object,
    Array,
}

fn container(call: &Call) -> Result<Container, Refusal> {
    let body: Box<RawValue> = call.json()?;
    match body.get().as_bytes().first() {
        Some(b'{') => Ok(Container::Object),
        Some(b'[') => Ok(Container::Array),
        _ => Err(Refusal::senseless()),
    }
}

/// The outcomes of the items of a batch.
#[derive(Default)]
pub(crate) struct Outcome {
    /// JSON by key: an etag, or what the route returns instead of it.
    etags: BTreeMap<String, String>,
    errors: BTreeMap<String, &'static str>,
}

impl Outcome {
    pub(crate) fn note(&mut self, item: Item) {
        match item {
            Ok((key, etag)) => self.note_json(key, serde_json::Value::from(etag).to_string()),
            Err((key, code)) => {
                self.errors.insert(key, code);
            }
        }
    }

    /// Records an item, unless it was silently accepted, as unknown ids are.
    pub(crate) fn note_some(&mut self, stored: Option<Stored>) {
        if let Some(stored) = stored {
            self.note(Ok(stored));
        }
    }

    /// Records an item with a response other than an etag.
    pub(crate) fn note_json(&mut self, key: String, json: String) {
        self.etags.insert(key, json);
    }

    pub(crate) fn text(&self) -> String {
        let etags = self.etags.iter().fold(Members::new(), |all, (key, etag)| all.raw(key, etag));
        Members::new().raw("id2etag", &etags.done()).value("id2error", &self.errors).done()
    }

    pub(crate) fn reply(&self) -> Reply {
        Reply::json_text(self.text())
    }
}
