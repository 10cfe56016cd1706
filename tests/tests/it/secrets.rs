//! Nothing secret is shown, whatever goes well or wrong.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use httpmock::{HttpMockRequest, HttpMockResponse, MockServer};
use serde_json::json;
use ticktick::{Client, Credentials, Login, Secret};
use ticktick_models::{MfaMethod, SignOn, SignOnAnswer, UserProfile, VerifyMfa};
use ticktick_raw::{Call, op};
use ticktick_sim::Simulator;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

use crate::support::{client, clock, device, login};

const USER: &str = "ada.lovelace@example.com";
const PASSWORD: &str = "Correct-Horse-4711";
const WRONG: &str = "Wrong-Horse-0815";
const TOKEN: &str = "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";
const CSRF: &str = "csrf-6996da8a2ea6e4497e1cc128";
const CHALLENGE: &str = "challenge-6996da8a2ea6e449";
const CODE: &str = "471108";
const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const OTHER_TOTP: &str = "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK";

/// Writes down every span and event with its fields.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0.lock().unwrap(), " {field}={value:?}");
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        attributes.record(&mut self.clone());
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let _ = write!(self.0.lock().unwrap(), "\n{}", event.metadata().target());
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Everything that somebody could put into a log.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn debug(&mut self, value: &impl Debug) {
        let _ = write!(self.0, "\n{value:?}\n{value:#?}");
    }

    fn error(&mut self, error: &ticktick::Error) {
        self.debug(error);
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = cause {
            let _ = write!(self.0, "\n{error}\n{error:?}");
            cause = error.source();
        }
    }

    fn hides(&self, what: &str, traced: &str, secrets: &[&str]) {
        for secret in secrets {
            assert!(!self.0.contains(secret), "{what}: {secret} in {}", self.0);
            assert!(!traced.contains(secret), "{what}: {secret} in the traces {traced}");
        }
    }
}

/// Runs something and returns what it shows and what is traced.
fn traced<R>(run: impl Future<Output = R>) -> (R, String) {
    let notes = Notes::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let shown = tracing::subscriber::with_default(notes.clone(), || runtime.block_on(run));
    let traced = notes.0.lock().unwrap().clone();
    (shown, traced)
}

/// Signs on, calls, fails and loses the session; returns the token and the cookie, too.
async fn at_the_simulator() -> (Shown, String, String) {
    let mut shown = Shown::default();
    let sim = Simulator::builder().clock(clock()).account(USER, PASSWORD).start().await.unwrap();
    let builder = client(&sim);
    shown.debug(&builder);
    let client = builder.build().unwrap();
    shown.error(&client.login(USER, WRONG).await.unwrap_err());
    shown.debug(&client.login(USER, PASSWORD).await.unwrap());
    let session = client.session().unwrap();
    shown.debug(&session);
    shown.debug(&client);
    shown.debug(&client.transport().send(Call::new(&op::USER_STATUS).request().unwrap()).await.unwrap());
    shown.debug(&client.check_session().await.unwrap());
    shown.debug(&client.sync().full().await.unwrap());
    shown.error(&client.task().get(ticktick::TaskId::from("6996da8a2ea6e4497e1cc128")).await.unwrap_err());
    sim.end_sessions();
    shown.error(&client.task().list().await.unwrap_err());
    shown.debug(&sim);
    shown.debug(&sim.requests());
    let csrf = session.csrf_token.as_ref().unwrap();
    (shown, session.token.expose().to_owned(), csrf.expose().to_owned())
}

#[test]
fn signing_on_shows_no_secrets() {
    let ((shown, token, csrf), traces) = traced(at_the_simulator());
    assert!(shown.0.contains("attempts left: 9") && shown.0.contains("sign in again"), "{}", shown.0);
    assert!(traces.contains("auth.sign_on") && traces.contains("sync.check"), "{traces}");
    shown.hides("sign-on", &traces, &[USER, "ada.lovelace", PASSWORD, WRONG, &token, &csrf]);
}

/// A service that asks for a second factor, refuses the first code and takes the second.
async fn with_second_factor() -> MockServer {
    let server = MockServer::start_async().await;
    let codes = Mutex::new(0);
    let respond = move |request: &HttpMockRequest| {
        let refusal = json!({ "errorId": "oefc58fi@tw8", "errorCode": "totp_verify_failed",
            "errorMessage": format!("{USER} gave {CODE}"), "data": { "username": USER, "code": CODE } });
        let answer = json!({ "token": TOKEN, "userId": "1", "username": USER, "inboxId": "inbox1" });
        let (status, body) = match request.uri().path() {
            "/api/v2/user/signon" => (200, json!({ "authId": CHALLENGE, "expireTime": 1_771_494_626 })),
            "/api/v2/user/sign/mfa/code/verify" => {
                let mut codes = codes.lock().unwrap();
                *codes += 1;
                if *codes == 1 { (500, refusal) } else { (200, answer) }
            }
            _ => (
                500,
                json!({ "errorCode": "access_forbidden", "errorMessage": format!("{USER} t={TOKEN}"), "data": { "token": TOKEN } }),
            ),
        };
        HttpMockResponse::builder()
            .status(status)
            .header("Set-Cookie", format!("t={TOKEN}; Path=/"))
            .header("Set-Cookie", format!("_csrf_token={CSRF}; Path=/"))
            .body(body.to_string())
            .build()
    };
    server
        .mock_async(|when, then| {
            when.any_request();
            then.respond_with(respond);
        })
        .await;
    server
}

async fn at_the_second_factor() -> Shown {
    let mut shown = Shown::default();
    let server = with_second_factor().await;
    let client = device(Client::builder().base_url(server.base_url())).build().unwrap();
    let login = client.login(USER, PASSWORD).await.unwrap();
    shown.debug(&login);
    let Login::Mfa(challenge) = login else { panic!("a second factor was asked for") };
    shown.error(&challenge.clone().verify(CODE).await.unwrap_err());
    shown.debug(&challenge);
    shown.debug(&challenge.verify(CODE).await.unwrap());
    shown.error(
        &client.project().list_with_archived().await.map(drop).and(client.check_session().await.map(drop)).unwrap_err(),
    );
    shown.debug(&client);
    shown
}

#[test]
fn a_second_factor_shows_no_secrets() {
    let (shown, traces) = traced(at_the_second_factor());
    assert!(shown.0.contains("MfaFailed") && shown.0.contains("access_forbidden"), "{}", shown.0);
    shown.hides("second factor", &traces, &[USER, PASSWORD, TOKEN, CSRF, CHALLENGE, CODE]);
}

/// Signs in again with a secret, and then in vain, until the account is locked.
async fn signing_in_again() -> Shown {
    let mut shown = Shown::default();
    let sim = Simulator::builder().clock(clock()).account(USER, PASSWORD).mfa(USER, TOTP).start().await.unwrap();
    for (password, totp) in [(PASSWORD, TOTP), (WRONG, TOTP), (PASSWORD, OTHER_TOTP), (PASSWORD, "no secret 1!")] {
        let credentials = Credentials::new(USER, password).totp(totp);
        shown.debug(&credentials);
        let builder = client(&sim).credentials(credentials);
        shown.debug(&builder);
        let client = builder.build().unwrap();
        match client.check_session().await {
            Ok(status) => shown.debug(&status),
            Err(error) => shown.error(&error),
        }
        shown.debug(&ticktick::raw::user::status(client.transport()).await);
        shown.debug(&client);
    }
    let client = client(&sim).build().unwrap();
    let Login::Mfa(challenge) = client.login(USER, PASSWORD).await.unwrap() else {
        panic!("a second factor was asked for")
    };
    shown.error(&challenge.clone().verify_totp("no secret 1!").await.unwrap_err());
    shown.error(&challenge.verify_totp(OTHER_TOTP).await.unwrap_err());
    while let Err(error) = client.login(USER, WRONG).await {
        shown.error(&error);
        if matches!(error, ticktick::Error::LockedOut { .. }) {
            break;
        }
    }
    shown
}

#[test]
fn signing_in_again_shows_no_secrets() {
    let (shown, traces) = traced(signing_in_again());
    for what in ["signing in again for user.status", "MfaFailed", "WrongPassword", "LockedOut", "base 32"] {
        assert!(shown.0.contains(what), "{what}: {}", shown.0);
    }
    assert!(traces.contains("auth.mfa_verify"), "{traces}");
    shown.hides("renewal", &traces, &[USER, "ada.lovelace", PASSWORD, WRONG, TOTP, OTHER_TOTP, "no secret"]);
}

#[test]
fn objects_and_requests_show_no_secrets() {
    let mut shown = Shown::default();
    let mut sign_on = SignOn::new(PASSWORD);
    sign_on.username = Secret::from(USER).into();
    let call = || {
        Call::new(&op::AUTH_SIGN_ON)
            .header("x-verify-id", &CHALLENGE)
            .header("Cookie", &format!("t={TOKEN}"))
            .json(&sign_on)
    };
    shown.debug(&call());
    shown.debug(&call().request().unwrap());
    shown.debug(&sign_on);
    shown.debug(&VerifyMfa::new(CODE, MfaMethod::App));
    let answer = json!({ "token": TOKEN, "username": USER, "authId": CHALLENGE, "newSecret": PASSWORD });
    shown.debug(&serde_json::from_value::<SignOnAnswer>(answer).unwrap());
    let profile = json!({ "username": USER, "email": USER, "phone": CODE, "verCode": CODE });
    shown.debug(&serde_json::from_value::<UserProfile>(profile).unwrap());
    shown.debug(&ticktick::Session::new(TOKEN));
    shown.hides("object", "", &[USER, PASSWORD, TOKEN, CHALLENGE, CODE]);
}

#[tokio::test]
async fn a_kept_session_is_whole_and_secret() {
    let sim = Simulator::builder().clock(clock()).account(USER, PASSWORD).start().await.unwrap();
    let session = login(&client(&sim).build().unwrap(), USER, PASSWORD).await;
    let kept = serde_json::to_string(&session).unwrap();
    assert!(kept.contains(session.token.expose()));
    let again: ticktick::Session = serde_json::from_str(&kept).unwrap();
    assert_eq!(again, session);
    client(&sim).session(again).build().unwrap().check_session().await.unwrap();
}
