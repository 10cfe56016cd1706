//! Distinguishes refusals from responses, by error code first and then by status.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use serde_json::Value;
use ticktick_models::{Clock, SystemClock};

use crate::{ApiError, Auth, ErrorClass, ErrorCode, Operation, Response, redact};

/// Longest body that is searched for a refusal with status 200.
const LONGEST_REFUSAL: usize = 16 * 1024;

/// Maximum number of characters of a message that an error keeps.
const LONGEST_MESSAGE: usize = 200;

/// The JSON that the service sends with a refusal.
#[derive(Default)]
struct Envelope {
    id: Option<String>,
    code: Option<ErrorCode>,
    message: Option<String>,
    data: Option<Value>,
}

impl Envelope {
    /// Reads one JSON document. OAuth endpoints use other names.
    fn read(mut document: Value) -> Self {
        let text = |key| document.get(key).and_then(Value::as_str).map(str::trim);
        let code = text("errorCode").or_else(|| text("error")).and_then(code);
        let message = text("errorMessage").or_else(|| text("error_description"));
        let message = message.filter(|text| !text.is_empty()).map(str::to_owned);
        let id = text("errorId").map(str::to_owned);
        Self { id, code, message, data: document.get_mut("data").map(Value::take) }
    }
}

/// Accepts known codes and single words, but not other services' `"error": "Not Found"`.
fn code(text: &str) -> Option<ErrorCode> {
    let code = ErrorCode::from(text);
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let word = !text.is_empty() && text.len() <= 64 && text.bytes().all(is_word);
    (word || !matches!(code, ErrorCode::Unknown(_))).then_some(code)
}

/// The expected kind of response.
#[derive(Clone, Copy, PartialEq)]
enum Expected {
    Json,
    Text,
    Bytes,
}

/// Returns the refusal that a response contains, if any.
pub(crate) fn refusal(operation: &Operation, response: &Response) -> Option<ApiError> {
    match response.status {
        200..=399 if operation.redirects() => None,
        200..=299 => refusal_in_success(operation, response),
        300..=399 => Some(redirect(operation, response)),
        _ => Some(from_body(operation, response)),
    }
}

/// Finds a refusal at the end of a body that did not decode: a valid document followed by an error.
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
            // A downloaded file may be JSON with such a member.
            let own = expected == Expected::Json || envelope.id.is_some() && partial.is_none();
            (own && envelope.code.is_some()).then(|| from_body(operation, response))
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

/// Reads the documents of a body one after the other. Returns the first that is an error, and the text
/// before it.
fn envelope(body: &[u8]) -> Option<(Envelope, Option<String>)> {
    let mut documents = serde_json::Deserializer::from_slice(body).into_iter::<Value>();
    let mut before = None;
    loop {
        let start = documents.byte_offset();
        let found = Envelope::read(documents.next()?.ok()?);
        if found.code.is_some() || (found.id.is_some() && before.is_none()) {
            return Some((found, before));
        }
        let text = String::from_utf8_lossy(&body[start..documents.byte_offset()]);
        before.get_or_insert_with(|| text.trim().to_owned());
    }
}

fn from_body(operation: &Operation, response: &Response) -> ApiError {
    let (envelope, partial) = envelope(&response.body).unwrap_or_default();
    let class = class_of(operation, response.status, envelope.code.as_ref());
    let blocked = is_sign_on(operation) && response.status == 429 && envelope.code.is_none();
    // During sign-in, messages repeat the user name.
    let private = class.is_auth() || matches!(operation.auth, Auth::None | Auth::Basic);
    let message = match &envelope.message {
        Some(message) if !private => redact::shortened(&redact::text(message), LONGEST_MESSAGE),
        _ => plain_message(response, envelope.code.as_ref(), blocked),
    };
    let also: &[&str] = if private { &["errorMessage", "error_description", "code"] } else { &[] };
    ApiError {
        operation: operation.id,
        during: None,
        status: response.status,
        message,
        retry_after: retry_after(response, &SystemClock),
        error_id: envelope.id.map(|id| redact::shortened(&redact::text(&id), 64)),
        remaining_attempts: envelope.data.as_ref().and_then(remaining_attempts),
        code: envelope.code,
        body: redact::excerpt(&response.body, 0, also),
        partial,
        class,
        blocked,
        is_read: operation.is_read(),
    }
}

fn class_of(operation: &Operation, status: u16, code: Option<&ErrorCode>) -> ErrorClass {
    match (code.map(ErrorCode::class), ErrorClass::of_status(status)) {
        (Some(class), _) if class != ErrorClass::Other => class,
        // Without a token in the request, no session can have expired.
        (_, ErrorClass::SessionExpired) if matches!(operation.auth, Auth::None | Auth::Basic) => ErrorClass::Auth,
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
        _ if blocked => "too many requests, or the service blocks this client",
        200..=299 => "the service responded with an error",
        401 => "not signed in",
        403 => "forbidden",
        404 if response.body.trim_ascii_start().starts_with(b"<") => "no such operation",
        404 => "not found",
        405 => "the method or path is no longer in use",
        429 => "too many requests",
        500..=599 => "the service failed",
        _ => "the service gave no reason",
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
    // Only the host, because paths and queries of redirects carry tickets.
    let host = location.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next());
    let place = match host.flatten() {
        Some(host) => redact::text(host),
        None => "another path".into(),
    };
    ApiError {
        message: format!("redirected to {place}, which is not followed"),
        body: String::new(),
        ..from_body(operation, response)
    }
}

fn remaining_attempts(data: &Value) -> Option<i64> {
    match data.get("remainderTimes")? {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    }
}

/// Parses `Retry-After`: seconds, or a date that is compared with the `Date` of the response or else with
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

/// Parses an HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn http_date(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, Host, Method, Retry};
    use ErrorClass::{
        Captcha, Conflict, Forbidden, LockedOut, NotFound, Other, Premium, Quota, RateLimited, SessionExpired,
        Transient, Validation,
    };

    static READ: Operation = Operation::new("x.read", Method::Get, "/x");
    static SIGN_ON: Operation = {
        let mut operation = Operation::new("x.sign_on", Method::Post, "/x");
        operation.auth = Auth::None;
        operation.retry = Retry::Never;
        operation
    };

    fn refused(status: u16, body: &str) -> ApiError {
        refusal(&READ, &Response::new(status, body)).unwrap()
    }

    fn is_answer(operation: &Operation, status: u16, body: &str) -> bool {
        refusal(operation, &Response::new(status, body)).is_none()
    }

    #[test]
    fn the_code_comes_before_the_status() {
        for (status, body, class) in [
            (500, r#"{"errorCode":"user_not_sign_on"}"#, SessionExpired),
            (403, r#"{"errorCode":"user_not_sign_on"}"#, SessionExpired),
            (500, r#"{"errorCode":"username_password_not_match","data":{}}"#, ErrorClass::Auth),
            (500, r#"{"errorCode":"incorrect_password_too_many_times"}"#, LockedOut),
            (500, r#"{"errorCode":"need_captcha"}"#, Captcha),
            (500, r#"{"errorCode":"access_forbidden"}"#, Forbidden),
            (500, r#"{"errorCode":"no_project_permission"}"#, Forbidden),
            (500, r#"{"errorCode":"need_pro"}"#, Premium),
            (500, r#"{"errorCode":"task not exists"}"#, NotFound),
            (500, r#"{"errorCode":"unknown_exception"}"#, Validation),
            (500, r#"{"errorCode":"exceed_query_limit"}"#, RateLimited),
            (500, r#"{"errorCode":"EXCEED_QUOTA"}"#, Quota),
            (500, r#"{"errorCode":"too_busy"}"#, Transient),
            (200, r#" {"errorCode":"access_forbidden"}"#, Forbidden),
            (200, r#"{"errorCode":"brand_new"}"#, Other),
            (500, r#"{"errorCode":"brand_new"}"#, Other),
            (404, r#"{"errorCode":"brand_new"}"#, NotFound),
            (400, r#"{"error":"invalid_grant","error_description":"me"}"#, ErrorClass::Auth),
            (500, r#"{"id2etag":{},"id2error":{}}{"errorCode":"need_pro"}"#, Premium),
        ] {
            let error = refused(status, body);
            assert_eq!(error.class(), class, "{body}");
            assert_eq!(error.status, status, "{body}");
            assert!(error.code.is_some(), "{body}");
        }
    }

    #[test]
    fn without_a_code_the_status_tells() {
        for (status, body, class) in [
            (400, "", Validation),
            (401, "", SessionExpired),
            (403, "null", Forbidden),
            (404, "<!DOCTYPE html><p>gone", NotFound),
            (404, r#"{"status":404,"error":"Not Found"}"#, NotFound),
            (405, "", NotFound),
            (409, "", Conflict),
            (429, "", RateLimited),
            (500, "", Other),
            (500, "{broken", Other),
            (502, "<html>", Transient),
            (503, "[]", Transient),
            (302, "", Other),
            (200, "<html>", Other),
        ] {
            let error = refused(status, body);
            assert_eq!(error.class(), class, "{status} {body}");
            assert_eq!(error.code, None, "{status} {body}");
        }
        assert_eq!(refusal(&SIGN_ON, &Response::new(401, "")).unwrap().class(), ErrorClass::Auth);
    }

    #[test]
    fn answers_are_let_through() {
        for body in ["", "[]", "null", "true", r#"{"error":"x"}"#, r#"{"errorCode":null}"#] {
            assert!(is_answer(&READ, 200, body), "{body}");
        }
        let nested = r#"{"id2error":{"a":{"errorCode":"need_pro"}}}"#;
        assert!(is_answer(&READ, 200, nested));
        let long = format!(r#"{{"errorCode":"need_pro","x":"{}"}}"#, "x".repeat(20_000));
        assert!(is_answer(&READ, 200, &long));
    }

    #[test]
    fn files_may_look_like_refusals() {
        let mut file = READ;
        file.returns.name = "bytes";
        assert!(is_answer(&file, 200, "<html>"));
        assert!(is_answer(&file, 200, r#"{"errorCode":"mine"}"#));
        assert!(!is_answer(&file, 200, r#"{"errorId":"a@tw1","errorCode":"need_pro"}"#));
        file.returns.name = "text";
        assert!(is_answer(&file, 200, "<csv>"));
        assert!(!is_answer(&file, 200, "<!doctype HTML><p>"));
    }

    #[test]
    fn pages_of_the_web_host_may_redirect() {
        let mut page = READ;
        page.host = Host::Web;
        page.returns.name = "nothing";
        assert!(is_answer(&page, 302, "") && is_answer(&page, 200, "<html>"));
        let elsewhere = Response::new(302, "").with_header("Location", "https://x.org/a?ticket=1");
        let error = refusal(&READ, &elsewhere).unwrap();
        assert_eq!(error.message, "redirected to x.org, which is not followed");
    }

    #[test]
    fn errors_do_not_contain_user_names() {
        let body = r#"{"errorId":"oefc58fi@tw8","errorCode":"username_password_not_match","errorMessage":"joe","data":{"remainderTimes":7}}"#;
        let error = Error::from(refusal(&SIGN_ON, &Response::new(500, body)).unwrap());
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("joe"), "{shown}");
        let error = error.as_api().unwrap();
        assert_eq!(error.remaining_attempts, Some(7));
        assert_eq!(error.error_id.as_deref(), Some("oefc58fi@tw8"));
        assert_eq!(error.message, "username_password_not_match");
    }

    #[test]
    fn empty_429_at_sign_on_is_not_about_the_password() {
        let error = Error::from(refusal(&SIGN_ON, &Response::new(429, "")).unwrap());
        assert!(error.is_blocked() && error.is_auth() && error.is_rate_limited());
        assert!(!error.is_bad_credentials() && !error.is_retryable());
        assert!(error.to_string().contains("before checking the password"), "{error}");
        assert!(!Error::from(refused(429, "")).is_blocked());
    }

    #[test]
    fn the_part_before_a_refusal_is_kept() {
        let body = "{\"id2etag\":{\"a\":\"b\"}}\n{\"errorCode\":\"unknown_exception\"}";
        let error = refused(500, body);
        assert_eq!(error.partial.as_deref(), Some(r#"{"id2etag":{"a":"b"}}"#));
        assert!(!format!("{error:?}").contains(r#""a":"b"}}","#));
    }

    #[test]
    fn waits_are_seconds_or_dates() {
        let wait = |value: &str, date: &str| {
            let response = Response::new(429, "").with_header("retry-after", value).with_header("date", date);
            retry_after(&response, &SystemClock).map(|wait| wait.as_secs())
        };
        let date = "Sun, 01 Mar 2026 10:00:00 GMT";
        assert_eq!(wait(" 17 ", date), Some(17));
        assert_eq!(wait("Sun, 01 Mar 2026 10:00:45 GMT", date), Some(45));
        assert_eq!(wait("Sun, 01 Mar 2026 09:00:00 GMT", date), Some(0));
        assert_eq!(wait("-1", date), None);
        assert_eq!(wait("soon", date), None);
        assert!(wait("Sun, 01 Mar 2099 00:00:00 GMT", "").unwrap() > 1_000_000);
    }
}
