//! Servers, wires, clocks and operations for the tests.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use jiff::{SignedDuration, Timestamp};
use ticktick_models::Clock;
use ticktick_raw::http::Sleep;
use ticktick_raw::{Auth, Error, Host, Method, Operation, Pending, Request, Response, Retry, Transport};

pub(crate) static SIGN_ON: Operation = {
    let mut operation = Operation::new("auth.sign_on", Method::Post, "/api/v2/user/signon");
    operation.auth = Auth::None;
    operation
};
pub(crate) static SIGN_OUT: Operation = {
    let mut operation = Operation::new("auth.sign_out", Method::Get, "/signout");
    operation.host = Host::Web;
    operation.returns.name = "nothing";
    operation
};
pub(crate) static LIST: Operation = Operation::new("tag.list", Method::Get, "/api/v2/tags");
/// A list that is known to be JSON.
pub(crate) static JSON_LIST: Operation = {
    let mut operation = LIST;
    operation.returns.name = "[Tag]";
    operation
};
pub(crate) static SYNC: Operation = Operation::new("sync.full", Method::Get, "/api/v3/batch/check/0");
pub(crate) static SAVE: Operation = Operation::new("tag.save", Method::Post, "/api/v2/batch/tag");
pub(crate) static SAVE_BY_ID: Operation = {
    let mut operation = Operation::new("task.batch", Method::Post, "/api/v2/batch/task");
    operation.retry = Retry::ById;
    operation
};
pub(crate) static OPEN: Operation = {
    let mut operation = Operation::new("open.projects", Method::Get, "/open/v1/project");
    operation.auth = Auth::Bearer;
    operation
};
pub(crate) static TOKEN: Operation = {
    let mut operation = Operation::new("open.token", Method::Post, "/oauth/token");
    operation.auth = Auth::Basic;
    operation.host = Host::Web;
    operation
};

/// A server that sends its responses one after the other, and repeats the last one.
pub(crate) struct Server {
    mock: MockServer,
    seen: Arc<Mutex<Vec<HttpMockRequest>>>,
}

impl Server {
    pub(crate) async fn answering(answers: impl IntoIterator<Item = Response>) -> Self {
        let mock = MockServer::start_async().await;
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<Response> = answers.into_iter().collect();
        let log = Arc::clone(&seen);
        mock.mock_async(|_, then| {
            then.respond_with(move |request| {
                let mut log = log.lock().unwrap();
                log.push(request.clone());
                answer(&answers[log.len().min(answers.len()) - 1])
            });
        })
        .await;
        Self { mock, seen }
    }

    pub(crate) fn url(&self) -> String {
        self.mock.base_url()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    pub(crate) fn request(&self, index: usize) -> HttpMockRequest {
        self.seen.lock().unwrap()[index].clone()
    }
}

fn answer(response: &Response) -> HttpMockResponse {
    HttpMockResponse::builder()
        .status(response.status)
        .headers(response.headers.clone())
        .body(response.body.clone())
        .build()
}

pub(crate) fn header<'a>(request: &'a HttpMockRequest, name: &str) -> Option<&'a str> {
    let (_, value) = request.headers_vec().iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value)
}

/// A clock that advances only when a call waits.
#[derive(Clone, Debug)]
pub(crate) struct Time {
    now: Arc<Mutex<Timestamp>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Time {
    pub(crate) fn new() -> Self {
        let now = Arc::new(Mutex::new("2026-03-01T10:00:00Z".parse().unwrap()));
        Self { now, waits: Arc::default() }
    }

    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Clock for Time {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }
}

impl Sleep for Time {
    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        self.waits.lock().unwrap().push(duration);
        *self.now.lock().unwrap() += SignedDuration::try_from(duration).unwrap();
        Box::pin(async {})
    }
}

/// A transport that records the requests and returns the same response each time.
#[derive(Clone)]
pub(crate) struct Canned {
    answer: Response,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Canned {
    pub(crate) fn new(answer: Response) -> Self {
        Self { answer, seen: Arc::default() }
    }

    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }
}

impl Transport for Canned {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        self.seen.lock().unwrap().push(request);
        let answer = self.answer.clone();
        Box::pin(async move { Ok(answer) })
    }
}

/// Starts a server that reads one request of each connection, sends the next of these byte strings, and hangs up.
pub(crate) fn answering(answers: Vec<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                asked.push(byte[0]);
            }
            // The client goes away when it has had enough.
            let _ = stream.write_all(&answer);
        }
    });
    address
}
