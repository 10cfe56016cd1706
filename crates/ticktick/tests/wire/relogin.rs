//! Signing in again when a session has ended.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use ticktick::{Client, Credentials, Error, TaskDraft};

use crate::login::{SIGN_ON, VERIFY, refusal, signed_on};
use crate::service::{DEVICE, Service};

const BATCH: &str = "POST /api/v2/batch/task";
const STATUS: &str = "GET /api/v2/user/status";
/// `12345678901234567890`, the secret of the vectors in RFC 6238.
const SECRET: &str = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";
/// The code of that secret at [`NOW`](crate::service::NOW).
const CODE: &str = "703234";

fn ended() -> (u16, Value) {
    (401, refusal("user_not_sign_on", Value::Null))
}

/// A service where one session has ended and the sign-on answers so; the new session holds.
async fn with_ended_session(sign_on: impl Fn() -> (u16, Value) + Send + Sync + 'static) -> Service {
    let calls = AtomicUsize::new(0);
    Service::start(move |line, body| match line {
        SIGN_ON => sign_on(),
        VERIFY => (200, signed_on()),
        _ if calls.fetch_add(1, Ordering::SeqCst) == 0 => ended(),
        BATCH => {
            let id = body["add"][0]["id"].as_str().unwrap().to_owned();
            (200, json!({ "id2etag": { id: "etag0001" }, "id2error": {} }))
        }
        _ => (200, json!({ "userId": "1", "inboxId": "inbox1" })),
    })
    .await
}

fn client(service: &Service, credentials: Credentials) -> Client {
    service.builder().token("hush").credentials(credentials).build().unwrap()
}

fn credentials() -> Credentials {
    Credentials::new("me@example.com", "hunter2")
}

#[tokio::test]
async fn the_call_is_sent_once_more_with_the_new_session() {
    let service = with_ended_session(|| (200, signed_on())).await;
    let client = client(&service, credentials());
    let draft = TaskDraft::new("Buy").project("6996da8a2ea6e4497e1cc128");
    client.task().create(draft).await.unwrap();

    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [BATCH, SIGN_ON, BATCH]);
    let [before, sign_on, after] = &seen[..] else { panic!("three calls") };
    assert_eq!(before.header("cookie"), Some("t=hush"));
    assert_eq!(after.header("cookie"), Some("t=ABC123"));
    assert_eq!(after.body, before.body, "ids and times included");
    assert_eq!(after.header("content-type"), Some("application/json"));

    assert_eq!(sign_on.json(), json!({ "username": "me@example.com", "password": "hunter2" }));
    assert_eq!(sign_on.header("cookie"), None);
    assert_eq!(sign_on.header("origin"), Some("https://ticktick.com"));
    assert_eq!(sign_on.header("referer"), Some("https://ticktick.com/"));
    assert_eq!(sign_on.header("x-requested-with"), Some("XMLHttpRequest"));
    assert!(sign_on.header("user-agent").unwrap().starts_with("Mozilla/5.0"));
    for call in &seen {
        let device: Value = serde_json::from_str(call.header("x-device").unwrap()).unwrap();
        assert_eq!(device["id"], DEVICE, "it is the same device all along");
    }
}

#[tokio::test]
async fn a_second_factor_is_met_with_the_secret() {
    let service = with_ended_session(|| (200, json!({ "authId": "pending-1", "expireTime": 600 }))).await;
    let client = client(&service, credentials().totp(SECRET));
    client.check_session().await.unwrap();

    let seen = service.seen();
    let lines: Vec<_> = seen.iter().map(|seen| seen.line.as_str()).collect();
    assert_eq!(lines, [STATUS, SIGN_ON, VERIFY, STATUS]);
    assert_eq!(seen[2].header("x-verify-id"), Some("pending-1"));
    assert_eq!(seen[2].header("cookie"), None);
    assert_eq!(seen[2].json(), json!({ "code": CODE, "method": "app" }));
}

#[tokio::test]
async fn refusals_come_out_as_those_of_a_sign_in_and_name_the_call() {
    type Check = fn(&Error) -> bool;
    let wrong = refusal("username_password_not_match", json!({ "remainderTimes": 4 }));
    let cases: [(u16, Value, Check); 6] = [
        (500, wrong, |error| matches!(error, Error::WrongPassword { tries_left: Some(4), .. })),
        (500, refusal("incorrect_password_too_many_times", Value::Null), |error| {
            matches!(error, Error::LockedOut { until: Some(_), .. })
        }),
        (500, refusal("need_captcha", Value::Null), |error| matches!(error, Error::Captcha(_))),
        (429, Value::Null, |error| matches!(error, Error::ClientRefused(_))),
        (500, refusal("need_2fa", Value::Null), |error| matches!(error, Error::MfaRequired(_))),
        (200, json!({ "authId": "pending-1", "expireTime": 600 }), |error| matches!(error, Error::MfaRequired(_))),
    ];
    for (status, answer, fits) in cases {
        let service = with_ended_session(move || (status, answer.clone())).await;
        let client = client(&service, credentials());
        let error = client.check_session().await.unwrap_err();
        assert!(fits(&error) && error.is_auth(), "{error:?}");
        let text = error.to_string();
        assert!(text.starts_with("signing in again for user.status: "), "{text}");
        assert!(text.ends_with(error.remedy()) && !error.remedy().is_empty(), "{text}");
        assert_eq!(service.lines(), [STATUS, SIGN_ON]);
    }
}

#[tokio::test]
async fn an_invalid_secret_is_an_error_before_anything_is_sent() {
    let service = with_ended_session(|| (200, signed_on())).await;
    let error = client(&service, credentials().totp("1!")).check_session().await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    assert!(error.to_string().starts_with("cannot sign in again for user.status: "), "{error}");
    assert_eq!(service.lines(), [STATUS], "no sign-on is wasted");
}

#[tokio::test]
async fn a_session_that_is_refused_at_once_is_not_renewed_on_and_on() {
    let service = Service::start(|line, _| match line {
        SIGN_ON => (200, signed_on()),
        _ => ended(),
    })
    .await;
    let client = client(&service, credentials());
    for lines in [&[STATUS, SIGN_ON, STATUS][..], &[STATUS], &[STATUS]] {
        let error = client.check_session().await.unwrap_err();
        assert!(matches!(error, Error::SessionExpired(_)), "{error:?}");
        assert_eq!(service.lines(), lines);
    }
}

#[tokio::test]
async fn other_refusals_and_other_calls_sign_in_nobody() {
    let service = Service::start(|line, _| match line {
        SIGN_ON => (500, refusal("user_not_sign_on", Value::Null)),
        "GET /signout" => ended(),
        _ => (500, refusal("access_forbidden", Value::Null)),
    })
    .await;
    let client = client(&service, credentials());
    assert!(client.check_session().await.is_err());
    assert_eq!(service.lines(), [STATUS]);
    assert!(client.login("me@example.com", "hunter2").await.is_err());
    assert_eq!(service.lines(), [SIGN_ON]);
    ticktick::raw::auth::sign_out(client.transport()).await.unwrap_err();
    assert_eq!(service.lines(), ["GET /signout"]);
}
