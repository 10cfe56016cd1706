//! Changes to the responses of requests that were carried out.

use std::time::Duration;

use bytes::Bytes;
use ticktick_models::{Json, Object};

use crate::exchange::reply::{Drip, Lost, Reply};
use crate::fault::engine::Plan;
use crate::generated::faults::Fault;
use crate::world::fields::Fields;

/// Members with enum values in any object.
const ENUMS: &[&str] =
    &["kind", "viewMode", "priority", "status", "type", "oType", "accessRole", "show", "site", "startDayOfWeek"];

/// The name of an added member that no client knows.
const UNKNOWN: &str = "simUnknownField";

/// An etag that no object has.
const STALE: &str = "simstale";

/// A valid gzip header followed by a block of an invalid type.
const BAD_GZIP: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0b111];

impl Plan {
    /// Changes a response or its delivery to the client.
    pub(crate) fn damage(&self, mut reply: Reply) -> Reply {
        match &self.fault {
            Some(Fault::LoseAnswer) => reply.lost(Lost::Answer),
            Some(Fault::BreakBody) => reply.lost(Lost::HalfBody),
            Some(Fault::Truncate) => {
                reply.body.truncate(reply.body.len() / 2);
                reply
            }
            Some(Fault::Double) => {
                reply.body = [&*reply.body, &*reply.body].concat().into();
                reply
            }
            Some(Fault::ContentType { value }) => {
                reply.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
                reply.with_header("Content-Type", value)
            }
            Some(Fault::Drip { bytes, ms }) => {
                let bytes = usize::try_from(*bytes).unwrap_or(usize::MAX);
                reply.delivery.drip = Some(Drip { bytes, pause: Duration::from_millis((*ms).into()) });
                reply
            }
            Some(Fault::GzipDamage) => {
                reply.body = [BAD_GZIP, &*reply.body].concat().into();
                reply.with_header("Content-Encoding", "gzip")
            }
            Some(Fault::StaleEtag) => rewritten(reply, &mut stale),
            Some(Fault::UnknownField) => rewritten(reply, &mut widened),
            Some(Fault::UnknownEnum) => rewritten(reply, &mut novel),
            _ => reply,
        }
    }
}

/// Adds a member to objects of the service, but not to maps by id.
fn widened(object: &mut Object, outermost: bool) {
    if outermost || ["id", "etag", "taskId"].iter().any(|key| object.get(key).is_some()) {
        object.put(UNKNOWN, serde_json::json!({ "since": 2027, "items": [null, "x"] }));
    }
}

fn novel(object: &mut Object, _: bool) {
    for key in ENUMS {
        match object.get(key).map(Json::kind) {
            Some("string") => object.put(key, "SIM_UNKNOWN"),
            Some("integer") => object.put(key, 4711),
            _ => {}
        }
    }
}

fn stale(object: &mut Object, _: bool) {
    if object.get("etag").is_some_and(|etag| etag.kind() == "string") {
        object.put("etag", STALE);
    }
    if let Some(etags) = object.read::<Object>("id2etag") {
        let mut all = etags.clone();
        for (key, _) in etags.iter().filter(|(_, etag)| etag.kind() == "string") {
            all.put(key, STALE);
        }
        object.put("id2etag", all);
    }
}

/// Changes the objects of a response. A response that is not JSON is not changed.
fn rewritten(mut reply: Reply, change: &mut impl FnMut(&mut Object, bool)) -> Reply {
    if let Ok(json) = serde_json::from_slice::<Json>(&reply.body) {
        reply.body = Bytes::from(walked(json, true, change).as_str().to_owned());
    }
    reply
}

/// Changes all objects of a value from the inside out. Unchanged parts keep their text.
fn walked(json: Json, outermost: bool, change: &mut impl FnMut(&mut Object, bool)) -> Json {
    match json.kind() {
        "object" => {
            let Ok(before) = json.decode::<Object>() else { return json };
            let mut object = Object::new();
            for (key, value) in before.iter() {
                object.set(key, walked(value.clone(), false, change));
            }
            change(&mut object, outermost);
            Json::encode(&object).unwrap_or(json)
        }
        "array" => {
            let Ok(items) = json.decode::<Vec<Json>>() else { return json };
            let items: Vec<Json> = items.into_iter().map(|item| walked(item, false, change)).collect();
            Json::encode(&items).unwrap_or(json)
        }
        _ => json,
    }
}
