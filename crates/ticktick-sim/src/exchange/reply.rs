//! Responses as plain data.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use ticktick_raw::Operation;

/// A response, independent of sockets.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(Cow<'static, str>, String)>,
    pub(crate) body: Bytes,
    pub(crate) delivery: Delivery,
    /// Missing headers for which the request was refused, for the log.
    pub(crate) missing: Vec<&'static str>,
}

/// How a response is delivered.
#[derive(Debug, Default)]
pub(crate) struct Delivery {
    /// Delay before the response.
    pub(crate) late: Duration,
    pub(crate) lost: Option<Lost>,
    pub(crate) drip: Option<Drip>,
}

/// The part of a response that is lost with the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// No response; the request was not carried out.
    Unheard,
    /// The complete response.
    Answer,
    /// The second half of the body.
    HalfBody,
}

/// A body that is sent in small pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drip {
    pub(crate) bytes: usize,
    /// Pause after each piece.
    pub(crate) pause: Duration,
}

/// Formats a time for HTTP headers.
pub(crate) fn http_date(time: jiff::Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

const JSON: &str = "application/json;charset=UTF-8";

impl Reply {
    /// Creates an empty response with status 200.
    pub(crate) fn empty() -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: Bytes::new(),
            delivery: Delivery::default(),
            missing: Vec::new(),
        }
    }

    /// Creates a response from JSON text.
    pub(crate) fn json_text(text: impl Into<Bytes>) -> Self {
        Self { body: text.into(), ..Self::empty() }.with_header("Content-Type", JSON)
    }

    pub(crate) fn json(value: &impl Serialize) -> Self {
        // Serialization fails only for maps whose keys are not texts, which do not occur.
        Self::json_text(serde_json::to_string(value).unwrap_or_default())
    }

    /// Creates the response of the front web server to an unknown route.
    pub(crate) fn not_found() -> Self {
        let page = "<!doctype html><html lang=\"en\"><head><title>HTTP Status 404 – Not Found</title></head>\
                    <body><h1>HTTP Status 404 – Not Found</h1></body></html>";
        Self { body: page.into(), ..Self::empty() }
            .with_status(404)
            .with_header("Content-Type", "text/html;charset=utf-8")
    }

    /// Creates the response to a wrong method on an existing route.
    pub(crate) fn wrong_method() -> Self {
        Self::empty().with_status(405)
    }

    /// Creates the response to an operation that the simulator does not implement.
    pub(crate) fn not_implemented(operation: &Operation) -> Self {
        let id = operation.id;
        Self::json(&serde_json::json!({
            "errorId": "00000000@sim",
            "errorCode": "not_implemented",
            "errorMessage": format!("the simulator does not implement {id}"),
            "data": null,
        }))
        .with_status(501)
    }

    pub(crate) fn redirect(to: &str) -> Self {
        Self::empty().with_status(302).with_header("Location", to)
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn with_header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the missing headers for the log.
    pub(crate) fn lacking(mut self, headers: Vec<&'static str>) -> Self {
        self.missing = headers;
        self
    }

    /// Loses the response or a part of it.
    pub(crate) fn lost(mut self, lost: Lost) -> Self {
        self.delivery.lost = Some(lost);
        self
    }

    /// Adds the content type that the service sends with an empty response.
    pub(crate) fn typed(self) -> Self {
        let is_empty = self.body.is_empty() && self.headers.is_empty();
        if is_empty { self.with_header("Content-Type", "application/octet-stream") } else { self }
    }
}
