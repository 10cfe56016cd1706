//! `--dry-run`: records the requests that would change the account instead of sending them.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};
use ticktick::raw::{Auth, Error, Payload, Pending, Request, Response, Transport};

use crate::generated::cli;

/// The recorded requests. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Recorded(Arc<Mutex<Vec<cli::Request>>>);

impl Recorded {
    /// Takes the recorded requests.
    pub(crate) fn take(&self) -> Vec<cli::Request> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns a layer that handles writes as if they were stored, and passes on everything else.
    pub(crate) fn layer<T: Transport>(&self, transport: T) -> DryRun<T> {
        DryRun { transport, recorded: self.clone() }
    }
}

/// A transport that sends only reads.
pub(crate) struct DryRun<T> {
    transport: T,
    recorded: Recorded,
}

impl<T: Transport> Transport for DryRun<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        // Signing in changes nothing in the account.
        if request.operation.reads || matches!(request.operation.auth, Auth::None | Auth::Basic) {
            return self.transport.send(request);
        }
        let body = body(&request.body);
        let answer = answer(&body).to_string();
        self.recorded.0.lock().unwrap_or_else(PoisonError::into_inner).push(cli::Request {
            operation: request.operation.id.to_owned(),
            method: request.operation.method.as_str().to_owned(),
            path: request.target(),
            body,
        });
        Box::pin(async move { Ok(Response::new(200, answer)) })
    }
}

/// Describes a body. The content of a file is not shown.
fn body(payload: &Payload) -> Value {
    match payload {
        Payload::Json(bytes) => serde_json::from_slice(bytes).unwrap_or_default(),
        Payload::File { upload, .. } => json!({ "file": upload.name, "bytes": upload.bytes.len() }),
        Payload::Form(_) => "a form".into(),
        _ => Value::Null,
    }
}

/// Returns a response that the client considers a success: the object itself, or the id of each object of a batch.
fn answer(body: &Value) -> Value {
    let parts: Vec<&Value> = match body {
        Value::Array(parts) => parts.iter().collect(),
        Value::Object(members) if ["add", "update", "delete"].iter().any(|name| members.contains_key(*name)) => {
            members.values().filter_map(Value::as_array).flatten().collect()
        }
        other => return other.clone(),
    };
    let id =
        |part: &&Value| ["id", "taskId", "name"].iter().find_map(|name| part.get(name)?.as_str().map(str::to_owned));
    let etags: Map<String, Value> = parts.iter().filter_map(id).map(|id| (id, "dry-run".into())).collect();
    json!({ "id2etag": etags, "id2error": {} })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_of_a_batch_is_answered() {
        let batch = json!({"add": [{"id": "a"}], "update": [], "delete": [{"taskId": "b", "projectId": "p"}]});
        assert_eq!(answer(&batch), json!({"id2etag": {"a": "dry-run", "b": "dry-run"}, "id2error": {}}));
        assert_eq!(answer(&json!([{"taskId": "a"}])), json!({"id2etag": {"a": "dry-run"}, "id2error": {}}));
        assert_eq!(answer(&json!({"id": "h"})), json!({"id": "h"}));
    }
}
