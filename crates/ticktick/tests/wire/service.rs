//! A service that answers as told and remembers what it was asked.

use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::{Value, json};
use ticktick::Client;
use ticktick::connection::Device;
use ticktick::date::FixedClock;

/// When all of it happens.
pub(crate) const NOW: &str = "2026-03-01T12:30:00.500Z";
pub(crate) const DEVICE: &str = "66a1b2c3d4e5f60718293a4b";

/// Answers a batch as if all that is sent were stored; `key` is the member that identifies it.
pub(crate) fn all_stored(body: &Value, key: &str) -> String {
    let items = ["add", "update"].into_iter().filter_map(|lane| body[lane].as_array()).flatten();
    let etags: Value = items.map(|item| (item[key].as_str().unwrap(), "etag0001")).collect();
    json!({ "id2etag": etags, "id2error": {} }).to_string()
}

/// One request.
pub(crate) struct Seen {
    /// Method, path and query.
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        let (_, value) = found.next()?;
        assert!(found.next().is_none(), "{name} was sent twice");
        Some(value)
    }
}

/// The service.
pub(crate) struct Service {
    server: MockServer,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Service {
    /// Starts it; `answer` gets `METHOD /path?query` and the body.
    pub(crate) async fn start<B: ToString>(answer: impl Fn(&str, &Value) -> (u16, B) + Send + Sync + 'static) -> Self {
        let server = MockServer::start_async().await;
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let respond = move |request: &HttpMockRequest| {
            let uri = request.uri();
            let target = uri.path_and_query().map_or("/", |target| target.as_str());
            let line = format!("{} {target}", request.method_str());
            let body = request.body_vec();
            let (status, answer_body) = answer(&line, &serde_json::from_slice(&body).unwrap_or(Value::Null));
            let headers = request.headers_vec().clone();
            log.lock().unwrap().push(Seen { line, headers, body });
            HttpMockResponse::builder()
                .status(status)
                .header("Content-Type", "application/json")
                .body(answer_body.to_string())
                .build()
        };
        server
            .mock_async(|when, then| {
                when.any_request();
                then.respond_with(respond);
            })
            .await;
        Self { server, seen }
    }

    /// Makes a client that is signed in.
    pub(crate) fn client(&self) -> Client {
        self.builder().token("hush").build().unwrap()
    }

    /// Makes a client that is not.
    pub(crate) fn stranger(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Begins a client of it.
    pub(crate) fn builder(&self) -> ticktick::ClientBuilder {
        Client::builder()
            .base_url(self.server.base_url())
            .device(Device::with_id(DEVICE))
            .clock(FixedClock(NOW.parse().unwrap()))
    }

    /// Returns and forgets what was asked.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    /// Returns and forgets methods, paths and queries.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }
}
