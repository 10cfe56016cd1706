//! Conversions between the state and the JSON formats of the control routes.

use ticktick_models::Json;
use ticktick_raw::OPERATIONS;

use crate::control::log::Logged;
use crate::control::{PREFIX, ROUTES};
use crate::generated::control::{LoggedRequest, Operation, OperationList, Route, RouteList};

/// Lists the control routes.
pub(super) fn routes() -> RouteList {
    let answer = |(path, methods): &(&str, &[&str])| Route {
        path: format!("{PREFIX}{path}"),
        methods: methods.iter().map(|method| (*method).to_owned()).collect(),
    };
    RouteList(ROUTES.iter().map(answer).collect())
}

/// Lists all operations.
pub(super) fn operations() -> OperationList {
    let answer = |operation: &&ticktick_raw::Operation| Operation {
        id: operation.id.to_owned(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.to_owned(),
    };
    OperationList(OPERATIONS.iter().map(answer).collect())
}

/// Converts an entry of the log. A body that is not JSON becomes a text.
pub(super) fn logged(entry: Logged) -> LoggedRequest {
    let Logged { method, target, status, operation, body, .. } = entry;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let body = match serde_json::from_slice(&body) {
        Ok(json) => json,
        Err(_) if body.is_empty() => Json::null(),
        Err(_) => Json::from(&*String::from_utf8_lossy(&body)),
    };
    let operation = operation.map(str::to_owned);
    LoggedRequest { method, path: path.to_owned(), query: query.to_owned(), status, operation, body }
}
