//! Requests and responses, independent of HTTP libraries.

use std::fmt;
use std::time::Duration;

use crate::Operation;
use crate::reader::Shared;
use crate::redact;
use crate::sink::Sink;
use crate::source::Source;

/// Lists the query parameters that are set.
///
/// Implemented by `query!` for the options of an operation.
pub trait Query {
    /// Returns names and values in the order in which they are sent.
    fn pairs(&self) -> Vec<(&'static str, String)>;
}

/// Implements [`Query`] for a struct of `Option`s, and adds a setter for each field.
macro_rules! query {
    ($name:ident { $($field:ident: $ty:ty => $wire:literal),* $(,)? }) => {
        impl $name {
            $(
                #[doc = concat!("Sets `", $wire, "`.")]
                #[must_use]
                #[allow(unreachable_pub)]
                pub fn $field(mut self, value: impl Into<$ty>) -> Self {
                    self.$field = Some(value.into());
                    self
                }
            )*
        }

        impl $crate::Query for $name {
            fn pairs(&self) -> Vec<(&'static str, String)> {
                [$(self.$field.as_ref().map(|value| ($wire, value.to_string()))),*]
                    .into_iter()
                    .flatten()
                    .collect()
            }
        }
    };
}
pub(crate) use query;

/// A request to the service, complete except for the host and the credentials.
///
/// `Debug` shows only names and sizes.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The called operation.
    pub operation: &'static Operation,
    /// Percent-encoded path, without host and query.
    pub path: String,
    /// Names and values of the query, not percent-encoded.
    pub query: Vec<(String, String)>,
    /// Names and values of headers, other than those that every request has.
    pub headers: Vec<(String, String)>,
    /// Request body.
    pub body: Payload,
    /// Destination for the body of a successful response, if not memory.
    pub(crate) sink: Option<Sink>,
    /// Reads the response while it arrives.
    #[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only the built-in HTTP client reads pieces"))]
    pub(crate) reader: Option<Shared>,
    /// Content of the file, if it is read while it is sent.
    pub(crate) source: Option<Source>,
    /// Time left for the call, if it is limited.
    pub(crate) time_left: Option<Duration>,
}

impl Request {
    /// Creates a request without query, headers and body.
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation, Request};
    ///
    /// let request = Request::new(Operation::unlisted(Method::Get), "/api/v2/projects");
    /// assert_eq!(request.target(), "/api/v2/projects");
    /// ```
    #[must_use]
    pub fn new(operation: &'static Operation, path: impl Into<String>) -> Self {
        let (query, headers, body) = (Vec::new(), Vec::new(), Payload::Empty);
        let path = path.into();
        Self { operation, path, query, headers, body, sink: None, reader: None, source: None, time_left: None }
    }

    /// Returns path and query as they appear in the request line.
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation, Request};
    ///
    /// let mut request = Request::new(Operation::unlisted(Method::Get), "/api/v2/search/all");
    /// request.query.push(("keywords".into(), "a b".into()));
    /// assert_eq!(request.target(), "/api/v2/search/all?keywords=a%20b");
    /// ```
    #[must_use]
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        format!("{}?{}", self.path, crate::encode::pairs(&self.query))
    }

    /// Returns whether the request may be sent again: always, unless a part of a streamed upload was sent or a part of a
    /// streamed download was written.
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation, Request};
    ///
    /// let request = Request::new(Operation::unlisted(Method::Get), "/api/v2/projects");
    /// assert!(request.is_repeatable());
    /// ```
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.sink.as_ref().is_none_or(|sink| sink.sent() == 0)
            && self.source.as_ref().is_none_or(|source| !source.is_started())
    }

    /// Returns the first value of a header.
    ///
    /// ```
    /// use ticktick_raw::{Method, Operation, Request};
    ///
    /// let mut request = Request::new(Operation::unlisted(Method::Get), "/");
    /// request.headers.push(("X-Verify-Id".into(), "1".into()));
    /// assert_eq!(request.header("x-verify-id"), Some("1"));
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .field("path", &redact::text(&self.path))
            .field("query", &Names(&self.query))
            .field("headers", &Names(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

/// The body of a request.
///
/// `Debug` shows only sizes.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Payload {
    /// Nothing.
    #[default]
    Empty,
    /// JSON.
    Json(Vec<u8>),
    /// An encoded form.
    Form(String),
    /// A file in a multipart form.
    File {
        /// Name of the form field.
        part: String,
        /// The file.
        upload: FileUpload,
    },
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(json) => write!(f, "Json({} bytes)", json.len()),
            Self::Form(form) => write!(f, "Form({} bytes)", form.len()),
            Self::File { part, upload } => write!(f, "File({part}: {upload:?})"),
        }
    }
}

/// A file to upload.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileUpload {
    /// File name.
    pub name: String,
    /// MIME type, such as `image/png`.
    pub mime: String,
    /// Contents.
    pub bytes: Vec<u8>,
}

impl FileUpload {
    /// Describes a file.
    ///
    /// ```
    /// let file = ticktick_raw::FileUpload::new("a.txt", "text/plain", "hello");
    /// assert_eq!(file.bytes, b"hello");
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, mime: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), mime: mime.into(), bytes: bytes.into() }
    }
}

impl fmt::Debug for FileUpload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileUpload({}, {} bytes)", self.mime, self.bytes.len())
    }
}

/// A response of any status.
///
/// `Debug` shows only names and sizes.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Names and values of the headers; a name may appear more than once.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed. If the request had a [`BodyReader`](crate::BodyReader), what that has left of it.
    pub body: Vec<u8>,
    /// Number of bytes that the reader took out of the body, if it has read it.
    pub(crate) taken: Option<usize>,
}

impl Response {
    /// Passes what has arrived of the body to a reader.
    pub(crate) fn read(&mut self, reader: &Shared) {
        let arrived = self.body.len();
        let taken = self.taken.unwrap_or_default();
        reader.lock().read(&mut self.body);
        self.taken = Some(taken + arrived.saturating_sub(self.body.len()));
    }

    /// Returns the number of bytes that have arrived.
    pub(crate) fn bytes(&self) -> usize {
        self.body.len() + self.taken.unwrap_or_default()
    }

    /// Creates a response without headers.
    ///
    /// ```
    /// let response = ticktick_raw::Response::new(200, "[]").with_header("ETag", "a");
    /// assert_eq!(response.header("etag"), Some("a"));
    /// ```
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), taken: None }
    }

    /// Adds a header.
    ///
    /// ```
    /// let response = ticktick_raw::Response::new(429, "").with_header("Retry-After", "30");
    /// assert_eq!(response.headers.len(), 1);
    /// ```
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the first value of a header. The name is case-insensitive.
    ///
    /// ```
    /// let response = ticktick_raw::Response::new(429, "").with_header("Retry-After", "30");
    /// assert_eq!(response.header("retry-after"), Some("30"));
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Shows only the names of pairs, because their values may be secret.
struct Names<'a>(&'a [(String, String)]);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    #[derive(Default)]
    struct Options {
        from: Option<String>,
        limit: Option<i64>,
    }
    query!(Options { from: String => "from", limit: i64 => "limit" });

    #[test]
    fn unset_options_are_not_sent() {
        assert!(Options::default().pairs().is_empty());
        let options = Options::default().from("").limit(5);
        assert_eq!(options.pairs(), [("from", String::new()), ("limit", "5".into())]);
    }

    #[test]
    fn debug_shows_no_values() {
        let mut request = Request::new(Operation::unlisted(Method::Post), "/x/me@example.com");
        request.query.push(("code".into(), "hush".into()));
        request.headers.push(("Cookie".into(), "t=hush".into()));
        for body in [
            Payload::Json(b"hush".to_vec()),
            Payload::Form("hush".into()),
            Payload::File { part: "file".into(), upload: FileUpload::new("hush", "text/plain", "hush") },
        ] {
            request.body = body;
            let shown = format!("{request:?}");
            assert!(!shown.contains("hush") && !shown.contains("example.com"), "{shown}");
            assert!(shown.contains("Cookie") && shown.contains("code"), "{shown}");
        }
        let answer = Response::new(200, "hush").with_header("Set-Cookie", "t=hush");
        assert!(!format!("{answer:?}").contains("hush"));
    }
}
