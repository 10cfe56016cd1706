//! Nothing secret is shown anywhere.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use serde_json::json;
use ticktick_raw::http::Http;
use ticktick_raw::{Call, Response};
use tracing::field::{Field, Visit};
use tracing::span;
use tracing::{Event, Metadata, Subscriber};

use crate::support::{LIST, OPEN, SIGN_ON, Server, Time};

const SECRETS: [&str; 7] = [
    "hunter2",
    "me@example.com",
    "Joe Bloggs",
    "0123ABCDEF0123ABCDEF0123ABCDEF01",
    "csrf-value",
    "open-api-token",
    "DEADBEEF",
];

/// Writes down every event with its fields.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0.lock().unwrap(), " {field}={value:?}");
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push('\n');
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

fn refused(status: u16, code: &str, message: &str) -> Response {
    let body = json!({"errorId": "oefc58fi@tw8", "errorCode": code, "errorMessage": message,
        "data": {"remainderTimes": 7, "username": "Joe Bloggs", "password": "hunter2"}});
    Response::new(status, body.to_string())
        .with_header("Set-Cookie", "t=DEADBEEF; Path=/")
        .with_header("Set-Cookie", "_csrf_token=csrf-value")
}

/// Makes calls that go wrong in every way; returns everything that can be seen of it.
async fn seen() -> String {
    let server = Server::answering([
        refused(500, "username_password_not_match", "Joe Bloggs"),
        refused(503, "too_busy", "me@example.com is busy with 0123ABCDEF0123ABCDEF0123ABCDEF01"),
        refused(500, "need_pro", "pay for me@example.com, t=DEADBEEF"),
        Response::new(200, r#"[{"token":"hunter2","email":"me@example.com"},"Joe Bloggs"]"#),
        Response::new(302, "hunter2").with_header("Location", "https://me@example.com/?t=DEADBEEF"),
        Response::new(200, "<html>me@example.com</html>"),
        refused(401, "user_not_sign_on", "open-api-token"),
    ])
    .await;
    let time = Time::new();
    let builder = Http::builder()
        .base_url(server.url())
        .token("0123ABCDEF0123ABCDEF0123ABCDEF01")
        .bearer("open-api-token")
        .basic("id", "hunter2")
        .clock(time.clone())
        .sleep(time);
    let mut shown = format!("{builder:?}");
    let http = builder.build().unwrap();
    let body = json!({"username": "me@example.com", "password": "hunter2"});
    let sign_on = || Call::new(&SIGN_ON).query("code", "hunter2").json(&body);
    let _ = write!(shown, "{:?} {:?}", sign_on(), sign_on().request().unwrap());
    let mut errors = vec![sign_on().nothing(&http).await.unwrap_err()];
    errors.push(Call::new(&LIST).nothing(&http).await.unwrap_err());
    for _ in 0..3 {
        errors.push(Call::new(&LIST).decode::<bool>(&http).await.unwrap_err());
    }
    errors.push(Call::new(&OPEN).nothing(&http).await.unwrap_err());
    assert_eq!(server.count(), 7);
    for error in &errors {
        let _ = write!(shown, "\n{error}\n{error:?}");
    }
    let _ = write!(shown, "\n{http:?} {:?}", http.session());
    shown
}

#[test]
fn secrets_are_never_shown() {
    let notes = Notes::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let shown = tracing::subscriber::with_default(notes.clone(), || runtime.block_on(seen()));
    let traced = notes.0.lock().unwrap().clone();
    assert!(traced.contains("operation=\"tag.list\"") && traced.contains("repeats"), "{traced}");
    assert!(shown.contains("username_password_not_match") && shown.contains("need_pro"), "{shown}");
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} in {shown}");
        assert!(!traced.contains(secret), "{secret} in {traced}");
    }
}
