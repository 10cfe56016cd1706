//! Shared by the unit tests of all handlers: one account, and calls without sockets.

use serde_json::Value;
use ticktick_models::FixedClock;

use crate::exchange::call::Incoming;
use crate::exchange::reply::Reply;
use crate::server::builder::Builder;
use crate::world::lock::lock;
use crate::{Service, Simulator};

pub(crate) const USER: &str = "me@example.com";
pub(crate) const PASSWORD: &str = "secret";

/// Id number `n` in the form that the service keeps.
pub(crate) fn id(n: u32) -> String {
    format!("{n:024x}")
}

/// Headers of a browser.
pub(crate) fn browser() -> Vec<(String, String)> {
    let device = r#"{"platform":"web","os":"a","device":"b","version":8121,"id":"66aabbccddeeff0011223344"}"#;
    [("origin", "https://ticktick.com"), ("referer", "https://ticktick.com/"), ("x-device", device)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// A client that is signed in.
pub(crate) struct Tester {
    pub(crate) service: Service,
    token: String,
}

/// Returns a client of an empty account on a spring day at noon.
pub(crate) fn tester() -> Tester {
    tester_with(|builder| builder)
}

pub(crate) fn tester_with(change: impl FnOnce(Builder) -> Builder) -> Tester {
    let noon: jiff::Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let builder = Simulator::builder().clock(FixedClock(noon)).account(USER, PASSWORD);
    let service = change(builder).build();
    let token = lock(&service.state.world().access).open(USER, 0).token;
    Tester { service, token }
}

impl Tester {
    /// Returns a client of another service with the same session.
    pub(crate) fn at(&self, service: &Service) -> Self {
        Self { service: service.clone(), token: self.token.clone() }
    }

    pub(crate) fn new(service: Service, token: String) -> Self {
        Self { service, token }
    }

    pub(crate) fn send(&self, method: &str, target: &str, body: impl Into<Vec<u8>>) -> Reply {
        self.send_more(browser(), method, target, body)
    }

    /// Sends these headers and the session.
    pub(crate) fn send_more(
        &self,
        mut headers: Vec<(String, String)>,
        method: &str,
        target: &str,
        body: impl Into<Vec<u8>>,
    ) -> Reply {
        headers.push(("cookie".into(), format!("t={}", self.token)));
        self.send_with(headers, method, target, body)
    }

    pub(crate) fn send_with(
        &self,
        headers: Vec<(String, String)>,
        method: &str,
        target: &str,
        body: impl Into<Vec<u8>>,
    ) -> Reply {
        let (method, target) = (method.into(), target.into());
        self.service.state.serve(Incoming { method, target, headers, body: body.into() })
    }

    #[track_caller]
    pub(crate) fn get(&self, target: &str) -> Value {
        self.send("GET", target, "").value(200)
    }

    #[track_caller]
    pub(crate) fn post(&self, target: &str, body: &Value) -> Value {
        self.send("POST", target, body.to_string()).value(200)
    }

    /// Adds a task to the inbox and returns it as it is stored.
    #[track_caller]
    pub(crate) fn add(&self, task: &Value) -> Value {
        let answer = self.post("/api/v2/batch/task", &serde_json::json!({ "add": [task] }));
        let stored = answer["id2etag"].as_object().unwrap().keys().next().expect("it is stored");
        self.task(stored)
    }

    #[track_caller]
    pub(crate) fn task(&self, id: &str) -> Value {
        self.get(&format!("/api/v2/task/{id}"))
    }

    /// Changes a task and returns it as it is stored.
    #[track_caller]
    pub(crate) fn update(&self, task: &Value) -> Value {
        self.post("/api/v2/batch/task", &serde_json::json!({ "update": [task] }));
        self.task(task["id"].as_str().unwrap())
    }
}

impl Reply {
    /// Checks the status and returns the body as JSON.
    #[track_caller]
    pub(crate) fn value(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, status, "{text}");
        if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") }
    }

    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) {
        assert_eq!(self.value(status)["errorCode"], code);
    }
}
