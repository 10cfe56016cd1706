//! The responses of the Open API, route by route; each is checked against the contract.

mod access;
mod find;
mod habit;
mod oauth;
mod project;
mod recurring;
mod shape;
mod sundry;
mod task;
mod together;
mod written;

use jiff::SignedDuration;
use serde_json::{Value, json};
use ticktick_raw::{Method, OPERATIONS, Operation};

use crate::exchange::reply::Reply;
use crate::server::builder::Builder;
use crate::server::testing::{Tester, USER, tester_with};

pub(super) const TOKEN: &str = "my-token";
pub(super) const INBOX: &str = "inbox120000001";

/// A client with a token, and a session that shows what the web app sees.
pub(super) struct Open {
    pub(super) web: Tester,
    token: String,
}

pub(super) fn open() -> Open {
    open_with(|builder| builder)
}

pub(super) fn open_with(change: impl FnOnce(Builder) -> Builder) -> Open {
    let web = tester_with(|builder| change(builder.api_token(USER, TOKEN)));
    Open { web, token: TOKEN.into() }
}

impl Open {
    pub(super) fn with_token(self, token: &str) -> Self {
        Self { token: token.into(), ..self }
    }

    /// Sends a request below `/open/v1`.
    #[track_caller]
    pub(super) fn send(&self, method: &str, path: &str, body: &str) -> Reply {
        let target = format!("/open/v1{path}");
        let headers = vec![("Authorization".to_owned(), format!("Bearer {}", self.token))];
        let reply = self.web.send_with(headers, method, &target, body);
        if reply.status == 200 {
            fits(method, &target, &reply);
        }
        reply
    }

    /// Sends a request whose response is empty.
    #[track_caller]
    pub(super) fn nothing(&self, method: &str, path: &str, body: &Value) {
        let reply = self.send(method, path, &body.to_string());
        let kind = reply.headers.iter().find(|(name, _)| *name == "Content-Type").map(|(_, kind)| kind.as_str());
        assert_eq!(reply.value(200), Value::Null);
        assert_eq!(kind, Some("application/octet-stream"));
    }

    #[track_caller]
    pub(super) fn get(&self, path: &str) -> Value {
        self.send("GET", path, "").value(200)
    }

    #[track_caller]
    pub(super) fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", path, &body.to_string()).value(200)
    }

    #[track_caller]
    pub(super) fn delete(&self, path: &str) -> Value {
        self.send("DELETE", path, "").value(200)
    }

    /// Creates a task and returns its id.
    #[track_caller]
    pub(super) fn add(&self, task: &Value) -> String {
        self.post("/task", task)["id"].as_str().unwrap().to_owned()
    }

    /// Reads a task of the inbox.
    #[track_caller]
    pub(super) fn task(&self, id: &str) -> Value {
        self.get(&format!("/project/inbox/task/{id}"))
    }

    /// Creates a project and returns its id.
    #[track_caller]
    pub(super) fn add_project(&self, name: &str) -> String {
        self.post("/project", &json!({ "name": name }))["id"].as_str().unwrap().to_owned()
    }

    /// Advances the clock by an hour.
    pub(super) fn wait(&self) {
        self.web.service.clock().advance(SignedDuration::from_hours(1));
    }

    /// Changes a task of the inbox.
    #[track_caller]
    pub(super) fn change(&self, id: &str, mut change: Value) -> Value {
        change["id"] = id.into();
        change["projectId"] = INBOX.into();
        self.post(&format!("/task/{id}"), &change)
    }
}

/// Checks a response against the contract.
#[track_caller]
fn fits(method: &str, target: &str, reply: &Reply) {
    let path = target.split('?').next().unwrap();
    let (operation, _) = Operation::route(method.parse::<Method>().unwrap(), path).unwrap();
    if operation.returns.empty && reply.body.is_empty() {
        return;
    }
    let check = (operation.returns.check)(&reply.body);
    let text = String::from_utf8_lossy(&reply.body);
    assert!(check.decodes && check.lossless && check.unknown.is_empty(), "{operation}: {check:?}\n{text}");
}

/// Returns the ids of the objects in a response.
#[track_caller]
pub(super) fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn every_route_answers() {
    let open = open();
    let routes: Vec<_> = OPERATIONS.iter().filter(|operation| operation.id.starts_with("open.")).collect();
    assert_eq!(routes.len(), 53);
    for operation in routes {
        let reply = open.web.send_with(
            vec![("Authorization".to_owned(), format!("Bearer {TOKEN}"))],
            operation.method.as_str(),
            &operation.path.replace(['{', '}'], ""),
            json!({}).to_string(),
        );
        assert_ne!(reply.status, 501, "{operation}");
    }
}
