//! An in-process transport with the behavior of HTTP and of a browser's cookies.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::SignedDuration;
use ticktick_raw::{Auth, Error, Payload, Pending, Request, Response, Transport};

use crate::control::state::State;
use crate::exchange::call::Incoming;
use crate::exchange::reply::Reply;
use crate::world::lock::lock;

/// Headers of a browser.
const HEADERS: &[(&str, &str)] = &[
    ("User-Agent", "Mozilla/5.0 (in-process)"),
    ("Origin", "https://ticktick.com"),
    ("Referer", "https://ticktick.com/"),
    (
        "X-Device",
        r#"{"platform":"web","os":"any","device":"any","name":"","version":8121,"id":"66aabbccddeeff0011223344","channel":"website","campaign":"","websocket":""}"#,
    ),
];

/// Sends requests to a [`Service`](crate::Service) in the same process, with its own session.
///
/// It can be used directly, or as the connection below the layers of `ticktick_raw::http`.
///
/// ```
/// use ticktick_raw::{Call, op};
/// use ticktick_sim::{DEMO_USER, Simulator};
///
/// # async fn example() -> Result<(), ticktick_raw::Error> {
/// let sim = Simulator::builder().demo().build();
/// let answer = Call::new(&op::PROJECT_LIST).send(&sim.signed_on(DEMO_USER)).await?;
/// assert_eq!(answer.status, 200);
/// # Ok(())
/// # }
/// ```
pub struct InProcess {
    state: Arc<State>,
    token: Mutex<Option<String>>,
    /// Token of the Open API.
    bearer: Option<String>,
}

impl InProcess {
    pub(crate) fn new(state: Arc<State>, token: Option<String>) -> Self {
        Self { state, token: Mutex::new(token), bearer: None }
    }

    /// Adds a token to calls of the Open API.
    ///
    /// ```
    /// use ticktick_sim::Simulator;
    ///
    /// # async fn example() -> Result<(), ticktick_raw::Error> {
    /// let sim = Simulator::builder().account("me", "secret").api_token("me", "my-token").build();
    /// let client = sim.transport().with_api_token("my-token");
    /// assert!(ticktick_raw::open::list_projects(&client, &Default::default()).await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_api_token(mut self, token: impl Into<String>) -> Self {
        self.bearer = Some(token.into());
        self
    }

    fn answer(&self, mut request: Request) -> Result<Response, Error> {
        let operation = request.operation;
        let target = request.target();
        let mut headers = std::mem::take(&mut request.headers);
        self.complete(&mut headers);
        if let Some(token) = self.bearer.as_ref().filter(|_| request.operation.auth == Auth::Bearer) {
            headers.push(("Authorization".into(), format!("Bearer {token}")));
        }
        let body = body(request.body, &mut headers);
        let method = request.operation.method.as_str().to_owned();
        let reply = self.state.serve(Incoming { method, target, headers, body });
        let lost = |what: &str| Err(Error::answer_lost(operation, what));
        self.pass(&reply);
        if reply.delivery.lost.is_some() {
            return lost("the connection was reset");
        }
        if reply.headers.iter().any(|(name, _)| name == "Content-Encoding") {
            return lost("the answer cannot be decompressed");
        }
        let mut response = Response::new(reply.status, reply.body);
        for (name, value) in reply.headers {
            self.keep_cookie(&name, &value);
            response = response.with_header(name, value);
        }
        Ok(response)
    }

    /// Advances the clock by the duration of a response.
    fn pass(&self, reply: &Reply) {
        let drips = reply.delivery.drip.map_or(Duration::ZERO, |drip| {
            let pieces = reply.body.len().div_ceil(drip.bytes);
            drip.pause.saturating_mul(u32::try_from(pieces).unwrap_or(u32::MAX))
        });
        let taken = SignedDuration::try_from(reply.delivery.late + drips).unwrap_or(SignedDuration::MAX);
        if taken.is_positive() {
            self.state.world().clock.advance(taken);
        }
    }

    /// Adds the headers of a browser, unless a higher layer has already added them.
    fn complete(&self, headers: &mut Vec<(String, String)>) {
        let cookie = lock(&self.token).as_ref().map(|token| ("Cookie", format!("t={token}")));
        let others = HEADERS.iter().map(|(name, value)| (*name, (*value).to_owned()));
        for (name, value) in others.chain(cookie) {
            if !headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                headers.push((name.into(), value));
            }
        }
    }

    /// Stores the session, or removes it if the cookie is empty.
    fn keep_cookie(&self, name: &str, value: &str) {
        let cookie = value.split(';').next().and_then(|pair| pair.strip_prefix("t="));
        if let Some(token) = cookie.filter(|_| name == "Set-Cookie") {
            *lock(&self.token) = Some(token.to_owned()).filter(|token| !token.is_empty());
        }
    }
}

/// Returns the bytes of a body, and adds its content type.
fn body(payload: Payload, headers: &mut Vec<(String, String)>) -> Vec<u8> {
    let (mime, bytes) = match payload {
        Payload::Json(json) => ("application/json".to_owned(), json),
        Payload::Form(form) => ("application/x-www-form-urlencoded".to_owned(), form.into_bytes()),
        Payload::File { part, upload } => {
            const EDGE: &str = "ticktick-sim-edge";
            let (name, mime) = (upload.name.replace('\\', "\\\\").replace('"', "\\\""), &upload.mime);
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{part}\"; filename=\"{name}\"\r\n\
                 Content-Type: {mime}\r\n\r\n"
            );
            let tail = format!("\r\n--{EDGE}--\r\n");
            let bytes = [head.into_bytes(), upload.bytes, tail.into_bytes()].concat();
            (format!("multipart/form-data; boundary={EDGE}"), bytes)
        }
        _ => return Vec::new(),
    };
    headers.push(("Content-Type".into(), mime));
    bytes
}

impl Transport for InProcess {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move { self.answer(request) })
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").field("signed_on", &lock(&self.token).is_some()).finish()
    }
}
