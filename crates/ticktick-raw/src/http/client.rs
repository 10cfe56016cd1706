//! The connection: the only place that uses the HTTP library and its TLS.

use std::error::Error as _;
use std::io;
use std::pin::{Pin, pin};
use std::sync::OnceLock;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::Frame;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Url};

use super::proxy::{self, Proxied};
use super::region::Region;
use crate::reader::Shared;
use crate::sink::Sink;
use crate::source::Source;
use crate::{Error, FileUpload, Method, Operation, Payload, Pending, Request, Response, SendKind, Transport, redact};

/// Settings of the connection.
pub(super) struct Settings {
    pub(super) region: Region,
    pub(super) timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) max_answer: u64,
    pub(super) slow: Option<Slow>,
    pub(super) connect_timeout: Duration,
    pub(super) proxy: Proxied,
}

/// Callback for slow calls.
pub(super) struct Slow {
    pub(super) after: Duration,
    pub(super) listener: Box<dyn Fn(&'static Operation) + Send + Sync>,
}

/// Whether a TLS feature is enabled.
pub(super) const ENCRYPTS: bool = cfg!(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls"));

/// Sends requests over HTTP.
pub(super) struct Wire {
    settings: Settings,
    /// Created on first use, because reading the system's root certificates takes about 10 ms.
    client: OnceLock<Result<Client, String>>,
}

impl Wire {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, client: OnceLock::new() }
    }

    async fn exchange(&self, request: Request) -> Result<Response, Error> {
        let operation = request.operation;
        let started = Instant::now();
        needs_tokio(operation)?;
        let (sink, reader) = (request.sink.clone(), request.reader.clone());
        let built = self.built(request)?;
        let answer = self.watched(operation, async {
            match (built.send().await, sink) {
                (Ok(answer), Some(sink)) if is_file(&answer) => pour(operation, answer, &sink).await,
                (Ok(answer), _) => read(operation, answer, self.settings.max_answer, reader).await,
                (Err(error), _) => Err(failed(operation, error)),
            }
        });
        let answer = answer.await;
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match answer {
            Ok(answer) => {
                let (status, bytes) = (answer.status, answer.bytes());
                tracing::debug!(operation = operation.id, status, bytes, ms, "response received");
                Ok(answer)
            }
            Err(error) => {
                tracing::debug!(operation = operation.id, ms, %error, "failed");
                Err(error)
            }
        }
    }

    /// Reports once that a call is slow, and continues to wait.
    async fn watched<T>(&self, operation: &'static Operation, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        if let Some(Slow { after, listener }) = &self.settings.slow {
            match tokio::time::timeout(*after, &mut work).await {
                Ok(done) => return done,
                Err(_) => listener(operation),
            }
        }
        work.await
    }

    fn built(&self, request: Request) -> Result<RequestBuilder, Error> {
        let operation = request.operation;
        let refused = |message: String| Error::invalid_input(operation.id, message);
        let region = &self.settings.region;
        let url = Url::parse(&region.url(&request)?).map_err(|error| refused(error.to_string()))?;
        let client = self.client.get_or_init(|| client(&self.settings));
        let client = client.as_ref().map_err(|message| refused(message.clone()))?;
        let mut headers = HeaderMap::with_capacity(request.headers.len() + 1);
        for (name, value) in &request.headers {
            let (name, value) = header(name, value).map_err(refused)?;
            headers.append(name, value);
        }
        let mut builder = client.request(method(operation.method), url);
        if request.sink.is_none() {
            // A long file may take longer than the limit as long as data arrives.
            builder = builder.timeout(request.time_left.unwrap_or(self.settings.timeout));
        }
        with_body(builder, headers, request.body, request.source).map_err(refused)
    }
}

impl Transport for Wire {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(self.exchange(request))
    }

    fn can_stream(&self) -> bool {
        true
    }
}

/// Creates every HTTP client of this crate.
fn client(settings: &Settings) -> Result<Client, String> {
    install_tls_provider();
    let region = &settings.region;
    let mut builder = Client::builder()
        .read_timeout(settings.idle_timeout)
        .connect_timeout(settings.connect_timeout)
        .https_only(region.is_https())
        // Retries are up to our policy, and requests are counted exactly.
        .retry(reqwest::retry::never())
        // A session must not be sent to the target of a redirect.
        .redirect(Policy::none())
        .referer(false)
        .tcp_nodelay(true);
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc", feature = "native-tls"))]
    if !region.is_https() {
        builder = builder.tls_certs_only([]);
    }
    builder = match &settings.proxy {
        Proxied::Never => builder.no_proxy(),
        Proxied::System if region.is_loopback() => builder.no_proxy(),
        Proxied::System => builder,
        Proxied::By(address) => builder.proxy(proxy::parsed(address)?),
    };
    builder.build().map_err(described)
}

/// Returns an error where the HTTP library would panic because there is no Tokio runtime.
fn needs_tokio(operation: &'static Operation) -> Result<(), Error> {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::invalid_input(
            operation.id,
            "it needs a Tokio runtime\nhint: call it from `#[tokio::main]` or `Runtime::block_on`",
        )),
    }
}

/// Installs the rustls crypto provider for the process, unless the application has installed one.
///
/// Does nothing if the transport uses the TLS library of the system, or no TLS.
fn install_tls_provider() {
    #[cfg(any(feature = "rustls", feature = "rustls-aws-lc"))]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        #[cfg(feature = "rustls")]
        let provider = rustls::crypto::ring::default_provider();
        #[cfg(not(feature = "rustls"))]
        let provider = rustls::crypto::aws_lc_rs::default_provider();
        // Fails only if another thread installed one first.
        let _ = provider.install_default();
    }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let impossible = || format!("the name or value of the header `{}` is invalid", redact::text(name));
    let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| impossible())?;
    let mut value = HeaderValue::from_str(value).map_err(|_| impossible())?;
    let public = ["user-agent", "accept", "origin", "referer", "hl", "x-tz"];
    value.set_sensitive(!public.contains(&key.as_str()));
    Ok((key, value))
}

fn with_body(
    builder: RequestBuilder,
    mut headers: HeaderMap,
    body: Payload,
    source: Option<Source>,
) -> Result<RequestBuilder, String> {
    let mut typed = |kind| {
        headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(kind));
    };
    match &body {
        Payload::Json(_) => typed("application/json"),
        Payload::Form(_) => typed("application/x-www-form-urlencoded"),
        Payload::Empty | Payload::File { .. } => {}
    }
    let builder = builder.headers(headers);
    Ok(match body {
        Payload::Empty => builder,
        Payload::Json(json) => builder.body(json),
        Payload::Form(form) => builder.body(form),
        Payload::File { part, upload } => builder.multipart(multipart(part, upload, source)?),
    })
}

fn multipart(name: String, upload: FileUpload, source: Option<Source>) -> Result<Form, String> {
    let FileUpload { name: file_name, mime, bytes } = upload;
    let part = match source {
        Some(source) => Part::stream(reqwest::Body::wrap(Streamed(source))),
        None => Part::bytes(bytes),
    };
    let part = part.file_name(file_name).mime_str(&mime);
    Ok(Form::new().part(name, part.map_err(|_| "the MIME type of the file is invalid")?))
}

/// A body that is read while it is sent.
struct Streamed(Source);

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_piece(context).map(|piece| piece.map(|piece| piece.map(|bytes| Frame::data(bytes.into()))))
    }
}

fn without_body(answer: &reqwest::Response) -> Response {
    let mut response = Response::new(answer.status().as_u16(), Vec::new());
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    response.headers = answer.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    response
}

/// Returns whether the body is the requested file. A refusal is JSON, even with status 200.
fn is_file(answer: &reqwest::Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    answer.status().is_success() && !kind.starts_with("application/json")
}

/// Forwards the body while it arrives.
async fn pour(operation: &'static Operation, mut answer: reqwest::Response, sink: &Sink) -> Result<Response, Error> {
    let sent = sink.sent();
    if sent > 0 {
        return Err(Error::broken_off(operation, sent, "and the bytes already written cannot be taken back"));
    }
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => {
                let stopped = sink.push(chunk.to_vec()).await.is_err();
                if stopped {
                    return Err(Error::broken_off(operation, sink.sent(), "because the receiver stopped"));
                }
            }
            Ok(None) => return Ok(without_body(&answer)),
            Err(error) if error.is_timeout() => return Err(failed(operation, error)),
            Err(error) => return Err(Error::broken_off(operation, sink.sent(), &described(error))),
        }
    }
}

/// Collects the body up to the limit, without what a reader takes out of it.
async fn read(
    operation: &'static Operation,
    mut answer: reqwest::Response,
    limit: u64,
    reader: Option<Shared>,
) -> Result<Response, Error> {
    let mut response = without_body(&answer);
    let length = answer.content_length().unwrap_or_default();
    if length > limit {
        return Err(Error::too_large(operation, limit));
    }
    let reader = reader.filter(|_| answer.status().is_success());
    match &reader {
        Some(reader) => reader.lock().start(),
        None => response.body.reserve_exact(usize::try_from(length).unwrap_or_default()),
    }
    loop {
        match answer.chunk().await {
            Ok(Some(chunk)) if (response.bytes() + chunk.len()) as u64 > limit => {
                return Err(Error::too_large(operation, limit));
            }
            Ok(Some(chunk)) => {
                response.body.extend_from_slice(&chunk);
                if let Some(reader) = &reader {
                    response.read(reader);
                }
            }
            Ok(None) => return Ok(response),
            Err(error) if error.is_timeout() => return Err(failed(operation, error)),
            Err(error) => return Err(Error::broken_off(operation, response.bytes() as u64, &described(error))),
        }
    }
}

fn failed(operation: &'static Operation, error: reqwest::Error) -> Error {
    if error.is_builder() {
        return Error::invalid_input(operation.id, described(error));
    }
    let kind = if error.is_connect() {
        SendKind::Connect
    } else if error.is_timeout() {
        SendKind::Timeout
    } else {
        SendKind::Other
    };
    Error::unanswered(operation, kind, described(error))
}

/// Joins an error and its causes. The address is omitted, because a query may contain anything.
fn described(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    redact::text(&text)
}
