//! Tells refusals from answers: by error code first, then by status.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde::Deserialize;
use serde_json::Value;
use ticktick_models::{Clock, SystemClock};

use crate::{ApiError, Auth, Error, ErrorClass, ErrorCode, Operation, Response, redact};

/// Refusals inside a 200 are short; longer answers are not searched for one.
const LONGEST_REFUSAL: usize = 16 * 1024;

/// Largest part of an answer that an error keeps, in characters.
const LONGEST_MESSAGE: usize = 200;

/// What the service writes when it refuses.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    #[serde(rename = "errorId")]
    error_id: Option<Value>,
    #[serde(rename = "errorCode", alias = "error")]
    error_code: Option<Value>,
    #[serde(rename = "errorMessage", alias = "error_description")]
    error_message: Option<Value>,
    data: Option<Value>,
}

/// How an answer is read.
#[derive(Clone, Copy, PartialEq)]
enum Expected {
    Json,
    Text,
    Bytes,
}

/// Returns the refusal that an answer is, if it is one.
pub(crate) fn refusal(operation: &Operation, response: &Response) -> Option<ApiError> {
    match response.status {
        200..=299 => refusal_in_success(operation, response),
        300..=399 if operation.redirects() => None,
        300..=399 => Some(redirect(operation, response)),
        _ => Some(from_body(operation, response)),
    }
}

/// Looks for a refusal at the end of a body that did not decode: a good document, then an error.
pub(crate) fn trailing(operation: &Operation, response: &Response) -> Option<ApiError> {
    let (_, partial) = envelope(&response.body)?;
    partial.is_some().then(|| from_body(operation, response))
}

fn refusal_in_success(operation: &Operation, response: &Response) -> Option<ApiError> {
    let expected = match operation.returns.name {
        "bytes" => Expected::Bytes,
        "text" => Expected::Text,
        _ => Expected::Json,
    };
    let body = response.body.trim_ascii_start();
    match (body.first()?, expected) {
        (b'<', Expected::Json) => Some(page(operation, response)),
        (b'<', Expected::Text) if is_page(body) => Some(page(operation, response)),
        (b'{', _) if body.len() <= LONGEST_REFUSAL && mentions_code(body) => {
            let (envelope, partial) = envelope(body)?;
            let own = partial.is_some() || expected == Expected::Json || envelope.error_id.is_some();
            (own && code_of(&envelope).is_some()).then(|| from_body(operation, response))
        }
        _ => None,
    }
}

fn mentions_code(body: &[u8]) -> bool {
    const KEY: &[u8] = b"\"errorCode\"";
    body.windows(KEY.len()).any(|window| window == KEY)
}

fn is_page(body: &[u8]) -> bool {
    let start = body[..body.len().min(15)].to_ascii_lowercase();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

/// Reads the documents of a body one after the other; returns the first that is an error, and the
/// text of what came before it.
fn envelope(body: &[u8]) -> Option<(Envelope, Option<String>)> {
    let mut documents = serde_json::Deserializer::from_slice(body).into_iter::<Value>();
    let mut before = None;
    loop {
        let start = documents.byte_offset();
        let value = documents.next()?.ok()?;
        let found: Envelope = serde_json::from_value(value).unwrap_or_default();
        if code_of(&found).is_some() || (found.error_id.is_some() && before.is_none()) {
            return Some((found, before));
        }
        let text = String::from_utf8_lossy(&body[start..documents.byte_offset()]);
        before.get_or_insert_with(|| text.trim().to_owned());
    }
}

/// A code is a word: other services' `"error": "Not Found"` is none.
fn code_of(envelope: &Envelope) -> Option<&str> {
    let code = envelope.error_code.as_ref()?.as_str()?.trim();
    let word = code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (word && !code.is_empty()).then_some(code)
}

fn from_body(operation: &Operation, response: &Response) -> ApiError {
    let (envelope, partial) = envelope(&response.body).unwrap_or_default();
    let code = code_of(&envelope).map(ErrorCode::from);
    let class = class_of(operation, response.status, code.as_ref());
    let blocked = is_sign_on(operation) && response.status == 429 && code.is_none();
    // Where somebody signs in, messages repeat the user name.
    let private = class.is_auth() || matches!(operation.auth, Auth::None | Auth::Basic);
    let message = match envelope.error_message.as_ref().and_then(Value::as_str).map(str::trim) {
        Some(message) if !private && !message.is_empty() => {
            redact::shortened(&redact::text(message), LONGEST_MESSAGE)
        }
        _ => plain_message(response, code.as_ref(), blocked),
    };
    let also: &[&str] = if private { &["errorMessage", "error_description"] } else { &[] };
    ApiError {
        operation: operation.id,
        status: response.status,
        code,
        message,
        retry_after: retry_after(response, &SystemClock),
        error_id: error_id(&envelope),
        remaining_attempts: remaining_attempts(&envelope),
        body: redact::excerpt(&response.body, 0, also),
        partial,
        class,
        blocked,
    }
}

fn class_of(operation: &Operation, status: u16, code: Option<&ErrorCode>) -> ErrorClass {
    match (code.map(ErrorCode::class), ErrorClass::of_status(status)) {
        (Some(class), _) if class != ErrorClass::Other => class,
        // Without a session there is none that could have ended.
        (_, ErrorClass::SessionExpired) if operation.auth != Auth::Session => ErrorClass::Auth,
        (_, class) => class,
    }
}

fn is_sign_on(operation: &Operation) -> bool {
    operation.auth == Auth::None
}

fn plain_message(response: &Response, code: Option<&ErrorCode>, blocked: bool) -> String {
    if let Some(code) = code {
        return code.as_str().to_owned();
    }
    match response.status {
        _ if blocked => "too many requests, or an unwelcome client",
        200..=299 => "the answer is an error",
        401 => "not signed in",
        403 => "forbidden",
        404 if response.body.trim_ascii_start().starts_with(b"<") => "no such operation",
        404 => "not found",
        405 => "the method or path is not in use any more",
        429 => "too many requests",
        500..=599 => "the service failed",
        _ => "no reason is given",
    }
    .to_owned()
}

fn page(operation: &Operation, response: &Response) -> ApiError {
    ApiError {
        message: "a web page came instead of data; check the base address, and whether a proxy or \
                  a captive portal is in between"
            .into(),
        ..from_body(operation, response)
    }
}

fn redirect(operation: &Operation, response: &Response) -> ApiError {
    let location = response.header("location").unwrap_or_default();
    // Only the host: paths and queries of redirects carry tickets.
    let host = location.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next());
    let place = match host.flatten() {
        Some(host) => redact::text(host),
        None => "another path".into(),
    };
    ApiError {
        message: format!("redirected to {place}, which is not followed"),
        ..from_body(operation, response)
    }
}

fn error_id(envelope: &Envelope) -> Option<String> {
    let id = envelope.error_id.as_ref()?.as_str()?;
    Some(redact::shortened(&redact::text(id), 64))
}

fn remaining_attempts(envelope: &Envelope) -> Option<i64> {
    match envelope.data.as_ref()?.get("remainderTimes")? {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    }
}

/// Reads `Retry-After`: seconds, or a date that is compared with the answer's own `Date`, else with
/// the clock.
pub(crate) fn retry_after(response: &Response, clock: &dyn Clock) -> Option<Duration> {
    let value = response.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = http_date(value)?;
    let now = response.header("date").and_then(http_date).unwrap_or_else(|| clock.now());
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

/// Reads a date as HTTP writes it, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

/// Describes an answer that does not decode.
pub(crate) fn not_decoded(
    operation: &Operation,
    response: &Response,
    error: &serde_json::Error,
) -> Error {
    if let Some(refusal) = trailing(operation, response) {
        return refusal.into();
    }
    let body = &response.body;
    let offset = offset(body, error.line(), error.column());
    Error::Decode {
        operation: operation.id,
        path: redact::text(&ticktick_models::locate(body, offset)),
        message: match body.trim_ascii().is_empty() {
            true => "the answer is empty".into(),
            false => redact::decoder_message(&error.to_string()),
        },
        excerpt: redact::excerpt(body, offset, &[]),
    }
}

/// Turns serde_json's line and column, both from 1, into a byte offset.
fn offset(body: &[u8], line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => body
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(line - 2)
            .map_or(0, |(at, _)| at + 1),
    };
    (start + column.saturating_sub(1)).min(body.len())
}
