//! Signing in and out.

use serde_json::{Value, json};
use ticktick::connection::Device;
use ticktick::session::MfaMethod;
use ticktick::{Client, Error, Login};

use crate::service::{DEVICE, Service};

pub(crate) const SIGN_ON: &str = "POST /api/v2/user/signon?wc=true&remember=true";
pub(crate) const VERIFY: &str = "POST /api/v2/user/sign/mfa/code/verify";
const SEND: &str = "POST /api/v2/user/sign/mfa/code";
const SETTING: &str = "GET /api/v2/user/sign/mfa/setting";

pub(crate) fn signed_on() -> Value {
    json!({ "token": "ABC123", "userId": "1", "username": "me@example.com", "inboxId": "inbox1" })
}

pub(crate) fn refusal(code: &str, data: Value) -> Value {
    json!({ "errorId": "oefc58fi@tw8", "errorCode": code, "errorMessage": "me@example.com", "data": data })
}

async fn refused(status: u16, answer: Value) -> Error {
    let service = Service::start(move |_, _| (status, answer.clone())).await;
    let client = service.stranger();
    let error = client.login("me@example.com", "hunter2").await.unwrap_err();
    assert_eq!(service.lines(), [SIGN_ON], "a sign-on is never repeated");
    assert!(client.session().is_none());
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("me@example.com") && !shown.contains("hunter2"), "{shown}");
    error
}

#[tokio::test]
async fn a_password_signs_in() {
    let service = Service::start(|_, _| (200, signed_on())).await;
    let client = service.stranger();
    let Login::Done(session) = client.login("me@example.com", "hunter2").await.unwrap() else {
        panic!("no second factor was asked for");
    };
    assert_eq!(session.token.expose(), "ABC123");
    assert_eq!(client.session().unwrap().token, session.token);

    let seen = &service.seen()[0];
    assert_eq!(seen.line, SIGN_ON);
    assert_eq!(seen.json(), json!({ "username": "me@example.com", "password": "hunter2" }));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.header("origin"), Some("https://ticktick.com"));
    assert_eq!(seen.header("referer"), Some("https://ticktick.com/"));
    assert_eq!(seen.header("cookie"), None);
    assert!(seen.header("user-agent").unwrap().starts_with("Mozilla/5.0"));
    let device: Value = serde_json::from_str(seen.header("x-device").unwrap()).unwrap();
    assert_eq!(device["id"], DEVICE);
}

#[tokio::test]
async fn the_inbox_is_known_from_the_sign_in() {
    let service = Service::start(|_, _| (200, signed_on())).await;
    let client = service.stranger();
    let _login = client.login("me@example.com", "hunter2").await.unwrap();
    assert_eq!(client.project().inbox().await.unwrap().id.as_str(), "inbox1");
    assert_eq!(service.lines(), [SIGN_ON]);
}

/// `mfa-answer-is-200`
#[tokio::test]
async fn a_second_factor_is_verified_by_code() {
    let service = Service::start(|line, _| match line {
        SIGN_ON => (200, json!({ "authId": "pending-1", "expireTime": 600 })),
        _ => (200, signed_on()),
    })
    .await;
    let client = service.stranger();
    let Login::Mfa(challenge) = client.login("me@example.com", "hunter2").await.unwrap() else {
        panic!("a second factor was asked for");
    };
    assert!(client.session().is_none());
    assert!(!format!("{challenge:?}").contains("pending-1"));
    let session = challenge.verify("123 456").await.unwrap();
    assert_eq!(client.session().unwrap().token, session.token);

    let seen = &service.seen()[1];
    assert_eq!(seen.line, VERIFY);
    assert_eq!(seen.header("x-verify-id"), Some("pending-1"));
    assert_eq!(seen.json(), json!({ "code": "123456", "method": "app" }));
}

#[tokio::test]
async fn other_ways_of_a_second_factor_have_their_calls() {
    let service = Service::start(|line, _| match line {
        SIGN_ON => (200, json!({ "authId": "pending-1", "expireTime": 600 })),
        SETTING => (200, json!({ "mfaType": "app" })),
        SEND => (200, Value::Null),
        _ => (200, signed_on()),
    })
    .await;
    let Login::Mfa(challenge) = service.stranger().login("me", "hunter2").await.unwrap() else {
        panic!("a second factor was asked for");
    };
    assert_eq!(challenge.factors().await.unwrap().mfa_type.get().unwrap().as_str(), "\"app\"");
    challenge.send_code(MfaMethod::Mail).await.unwrap();
    challenge.verify_with("123456", MfaMethod::Mail).await.unwrap();

    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [SIGN_ON, SETTING, SEND, VERIFY]);
    for call in &seen[1..] {
        assert_eq!(call.header("x-verify-id"), Some("pending-1"), "{}", call.line);
        assert_eq!(call.header("cookie"), None, "{}", call.line);
    }
    assert_eq!(seen[2].json(), json!({ "method": "mail" }));
    assert_eq!(seen[3].json(), json!({ "code": "123456", "method": "mail" }));
}

#[tokio::test]
async fn what_is_no_code_or_secret_is_not_sent() {
    let service = Service::start(|_, _| (200, json!({ "authId": "pending-1", "expireTime": 600 }))).await;
    let Login::Mfa(challenge) = service.stranger().login("me", "hunter2").await.unwrap() else {
        panic!("a second factor was asked for");
    };
    service.seen();
    for error in [
        challenge.clone().verify(" ").await.unwrap_err(),
        challenge.clone().verify_totp("not base 32!").await.unwrap_err(),
        challenge.send_code(MfaMethod::App).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert!(service.seen().is_empty());
}

#[tokio::test]
async fn a_wrong_code_is_a_failed_factor_whatever_it_is_called() {
    for (status, code) in [
        (500, "unknown_exception"),
        (500, "totp_verify_failed"),
        (401, "user_not_sign_on"),
        (500, "username_password_not_match"),
    ] {
        let service = Service::start(move |line, _| match line {
            SIGN_ON => (200, json!({ "authId": "pending-1", "expireTime": 600 })),
            _ => (status, refusal(code, Value::Null)),
        })
        .await;
        let client = service.stranger();
        let Login::Mfa(challenge) = client.login("me", "hunter2").await.unwrap() else {
            panic!("a second factor was asked for");
        };
        let error = challenge.verify("000000").await.unwrap_err();
        assert!(matches!(error, Error::MfaFailed(_)), "{code}: {error:?}");
        assert_eq!(error.as_raw().unwrap().code().unwrap().as_str(), code);
        assert_eq!(service.lines(), [SIGN_ON, VERIFY]);
    }
}

#[tokio::test]
async fn a_wrong_password_reports_the_number_of_tries_left() {
    let answer = refusal("username_password_not_match", json!({ "remainderTimes": 7 }));
    let error = refused(500, answer).await;
    assert!(matches!(error, Error::WrongPassword { tries_left: Some(7), .. }), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("user name and password were not accepted (attempts left: 7)\nhint: "));
    assert!(text.contains("cookie `t`"), "the remedy is in the text: {text}");
    assert!(error.is_auth() && !error.is_retryable());
}

#[tokio::test]
async fn refusals_of_a_sign_in_have_different_errors() {
    let locked = refused(500, refusal("incorrect_password_too_many_times", Value::Null)).await;
    let half_an_hour_later = "2026-03-01T13:00:00.5Z".parse().unwrap();
    assert!(matches!(locked, Error::LockedOut { until: Some(until), .. } if until == half_an_hour_later), "{locked:?}");
    assert!(locked.to_string().contains("half an hour"), "{locked}");
    assert!(!locked.is_retryable(), "not without a person's decision");
    let captcha = refused(500, refusal("need_captcha", Value::Null)).await;
    assert!(matches!(captcha, Error::Captcha(_)), "{captcha:?}");
    let factor = refused(500, refusal("need_2fa", Value::Null)).await;
    assert!(matches!(factor, Error::MfaRequired(_)), "{factor:?}");
    let robot = refused(429, Value::Null).await;
    assert!(matches!(robot, Error::ClientRefused(_)), "{robot:?}");
    let odd = refused(200, json!({ "hello": 1 })).await;
    assert!(matches!(odd, Error::Unsupported { .. }), "{odd:?}");
}

#[tokio::test]
async fn signing_out_forgets_the_session_in_any_case() {
    for status in [302, 200, 401, 500] {
        let service = Service::start(move |_, _| (status, Value::Null)).await;
        let client = service.client();
        let answer = client.logout().await;
        assert_eq!(answer.is_err(), status == 500, "{status}: {answer:?}");
        assert!(client.session().is_none());
        let seen = service.seen();
        assert_eq!(seen[0].line, "GET /signout");
        assert_eq!(seen[0].header("cookie"), Some("t=hush"));
        client.logout().await.unwrap();
        assert!(service.seen().is_empty(), "who has no session has nothing to end");
    }
}

#[tokio::test]
async fn the_error_of_an_ended_session_names_the_remedy() {
    let service = Service::start(|_, _| (401, refusal("user_not_sign_on", Value::Null))).await;
    let error = service.client().check_session().await.unwrap_err();
    assert!(matches!(error, Error::SessionExpired(_)), "{error:?}");
    assert!(error.to_string().contains("sign in again"), "{error}");
    assert_eq!(service.lines(), ["GET /api/v2/user/status"]);
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let service = Service::start(|_, _| (200, signed_on())).await;
    let client = service.stranger();
    let login = client.login("me@example.com", "hunter2").await.unwrap();
    let shown = format!("{client:?} {login:?} {:?}", client.session());
    for secret in ["ABC123", "hunter2", "me@example.com"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn nothing_is_tried_without_a_password() {
    let service = Service::start(|_, _| (200, signed_on())).await;
    for (username, password) in [("", "hunter2"), ("me@example.com", "")] {
        let error = service.stranger().login(username, password).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert!(service.seen().is_empty());
}

#[test]
fn invalid_settings_are_refused_when_the_client_is_built() {
    let error = Client::builder().base_url("http://example.com").build().unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    let error = Client::builder().token("t=ABC; _csrf_token=x").build().unwrap_err();
    assert!(error.to_string().contains("only the value") && !error.to_string().contains("ABC"), "{error}");
    let error = Client::builder().device(Device::with_id("me")).build().unwrap_err();
    assert_eq!(error.to_string(), "a device id is 24 lower-case hexadecimal digits");
}
