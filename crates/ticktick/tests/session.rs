//! Sessions from beginning to end, against the simulator: second factors, locks, and what signs in
//! again by itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use ticktick::date::FixedClock;
use ticktick::raw::{self, Pending, Request, Response, Transport, op};
use ticktick::session::{CredentialSource, MfaMethod, SourceError};
use ticktick::{Client, ClientBuilder, Credentials, Error, Login};
use ticktick_sim::{InProcess, Service, Simulator};
use tokio::sync::Barrier;

const USER: &str = "me@example.com";
const PASSWORD: &str = "secret";
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn simulator() -> ticktick_sim::Builder {
    let now = "2026-03-01T12:30:00Z".parse().unwrap();
    Simulator::builder().account(USER, PASSWORD).clock(FixedClock(now))
}

fn builder(sim: &Service) -> ClientBuilder {
    over(sim, sim.transport())
}

fn over(sim: &Service, wire: impl Transport + 'static) -> ClientBuilder {
    Client::builder().base_url("http://127.0.0.1:9").transport(wire).clock(sim.clock().clone())
}

fn credentials() -> Credentials {
    Credentials::new(USER, PASSWORD)
}

async fn challenge(client: &Client) -> ticktick::session::MfaChallenge {
    match client.login(USER, PASSWORD).await.unwrap() {
        Login::Mfa(challenge) => challenge,
        Login::Done(_) => panic!("a second factor is asked for"),
    }
}

#[tokio::test]
async fn a_login_is_a_session_unless_it_waits_for_a_second_factor() {
    let sim = simulator().mfa(USER, SECRET).build();
    let waiting = builder(&sim).build().unwrap().login(USER, PASSWORD).await.unwrap();
    assert!(matches!(waiting.into_session(), Err(Error::MfaRequired(_))));
    let sim = simulator().build();
    let client = builder(&sim).build().unwrap();
    let session = client.login(USER, PASSWORD).await.unwrap().into_session().unwrap();
    assert_eq!(client.session(), Some(session));
}

#[tokio::test]
async fn a_second_factor_is_verified_by_secret_or_mailed_code() {
    let sim = simulator().mfa(USER, SECRET).build();
    let client = builder(&sim).build().unwrap();
    let spelt = "gezd gnbv gy3t qojq gezd gnbv gy3t qojq";
    challenge(&client).await.verify_totp(spelt).await.unwrap();
    client.check_session().await.unwrap();

    let asked = challenge(&client).await;
    assert_eq!(asked.factors().await.unwrap().mfa_type.get().unwrap().as_str(), "\"app\"");
    asked.send_code(MfaMethod::Mail).await.unwrap();
    let [(_, _, code)] = &sim.sent_codes()[..] else { panic!("one code was sent") };
    assert!(matches!(asked.clone().verify(code).await, Err(Error::MfaFailed(_))), "it is not the app's");
    asked.verify_with(code, MfaMethod::Mail).await.unwrap();
    client.check_session().await.unwrap();
    assert_eq!(client.mfa_setting().await.unwrap().as_str(), r#"{"mfaType":"app"}"#);
}

#[tokio::test]
async fn a_captcha_is_an_error_and_does_not_lock_the_account() {
    let sim = simulator().captcha("key", "code").build();
    let client = builder(&sim).build().unwrap();
    for _ in 0..2 {
        let error = client.login(USER, PASSWORD).await.unwrap_err();
        assert!(matches!(error, Error::Captcha(_)), "{error:?}");
        assert!(error.to_string().contains("browser"), "{error}");
    }
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 2);
}

#[tokio::test]
async fn a_locked_account_is_left_alone_until_the_lock_ends() {
    let sim = simulator().build();
    let client = builder(&sim).build().unwrap();
    for _ in 0..10 {
        let error = client.login(USER, "wrong").await.unwrap_err();
        assert!(matches!(error, Error::WrongPassword { .. }), "{error:?}");
    }
    sim.forget_requests();
    let locked = |error: Error| match error {
        Error::LockedOut { until: Some(until), .. } => until.to_string(),
        other => panic!("{other:?}"),
    };
    let error = client.clone().login("ME@example.com", PASSWORD).await.unwrap_err();
    assert_eq!(locked(error), "2026-03-01T13:00:00Z");
    sim.clock().advance(SignedDuration::from_mins(29));
    let error = client.login(USER, PASSWORD).await.unwrap_err();
    assert_eq!(locked(error), "2026-03-01T13:00:00Z");
    assert!(sim.requests().is_empty(), "no request has left the client");

    // Somebody else is not locked, and a new client knows of nothing: the service refuses it.
    assert!(matches!(client.login("you", "x").await, Err(Error::WrongPassword { .. })));
    let error = builder(&sim).build().unwrap().login(USER, PASSWORD).await.unwrap_err();
    assert!(matches!(error, Error::LockedOut { .. }), "{error:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 2);

    sim.clock().advance(SignedDuration::from_mins(1));
    let _login = client.login(USER, PASSWORD).await.unwrap();
    client.check_session().await.unwrap();
}

#[tokio::test]
async fn wrong_codes_lock_as_well() {
    let sim = simulator().mfa(USER, SECRET).build();
    let client = builder(&sim).build().unwrap();
    let asked = challenge(&client).await;
    for _ in 0..10 {
        assert!(matches!(asked.clone().verify("000000").await, Err(Error::MfaFailed(_))));
    }
    sim.forget_requests();
    assert!(matches!(asked.verify_totp(SECRET).await, Err(Error::LockedOut { .. })));
    assert!(matches!(client.login(USER, PASSWORD).await, Err(Error::LockedOut { .. })));
    assert!(sim.requests().is_empty());
}

/// Delays the answers that report an ended session until this number of callers has got one.
struct Together {
    wire: InProcess,
    barrier: Barrier,
}

impl Transport for Together {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        Box::pin(async move {
            let answer = self.wire.send(request).await?;
            if answer.status == 401 {
                self.barrier.wait().await;
            }
            Ok(answer)
        })
    }
}

/// Makes ten calls that all find the session ended, and returns what came of them.
async fn ten_at_once(client: &Client) -> Vec<Result<(), Error>> {
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.check_session().await.map(drop) })
        })
        .collect();
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await.unwrap());
    }
    outcomes
}

#[tokio::test]
async fn ten_calls_that_find_the_session_ended_sign_in_once() {
    let sim = simulator().build();
    let wire = Together { wire: sim.transport(), barrier: Barrier::new(10) };
    let client = over(&sim, wire).credentials(credentials()).build().unwrap();
    let _login = client.login(USER, PASSWORD).await.unwrap();
    let before = client.session().unwrap();
    sim.end_sessions();
    sim.forget_requests();

    let outcomes = ten_at_once(&client).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
    assert_eq!(sim.count(&op::USER_STATUS), 20);
    assert_ne!(client.session().unwrap().token, before.token);
}

#[tokio::test]
async fn a_session_that_is_renewed_for_another_account_brings_its_inbox() {
    let sim = simulator().account("you@example.com", PASSWORD).build();
    let yours =
        Client::builder().base_url("http://127.0.0.1:9").transport(sim.signed_on("you@example.com")).build().unwrap();
    let yours = yours.project().inbox().await.unwrap().id;
    let client = builder(&sim).credentials(Credentials::new("you@example.com", PASSWORD)).build().unwrap();
    let _login = client.login(USER, PASSWORD).await.unwrap();
    assert_ne!(client.project().inbox().await.unwrap().id, yours);
    sim.end_sessions();
    client.tag().list().await.unwrap();
    assert_eq!(client.project().inbox().await.unwrap().id, yours);
}

#[tokio::test]
async fn over_sockets_too() {
    let sim = simulator().start().await.unwrap();
    let builder = Client::builder().base_url(sim.base_url()).clock(sim.clock().clone());
    let client = builder.credentials(credentials()).build().unwrap();
    let outcomes = ten_at_once(&client).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
}

#[tokio::test]
async fn a_sign_in_that_fails_is_the_last_until_a_person_signs_in() {
    let sim = simulator().build();
    let wire = Together { wire: sim.transport(), barrier: Barrier::new(10) };
    let client = over(&sim, wire).credentials(Credentials::new(USER, "old")).build().unwrap();
    let outcomes = ten_at_once(&client).await;
    for outcome in &outcomes {
        assert!(matches!(outcome, Err(Error::WrongPassword { tries_left: Some(9), .. })), "{outcome:?}");
    }
    let again = ten_at_once(&client).await;
    assert!(again.iter().all(|outcome| matches!(outcome, Err(Error::WrongPassword { .. }))), "{again:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1, "of twenty calls");

    let _login = client.login(USER, PASSWORD).await.unwrap();
    client.task().list().await.unwrap();
    sim.end_sessions();
    sim.forget_requests();
    let once_more = ten_at_once(&client).await;
    assert!(once_more.iter().all(|outcome| matches!(outcome, Err(Error::WrongPassword { .. }))), "{once_more:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1, "a new session has a new chance");
}

#[tokio::test]
async fn signing_in_again_meets_the_second_factor() {
    let sim = simulator().mfa(USER, SECRET).build();
    let client = builder(&sim).credentials(credentials().totp(SECRET)).build().unwrap();
    client.task().list().await.unwrap();
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
    assert_eq!(sim.count(&op::AUTH_MFA_VERIFY), 1);

    let without = builder(&sim).credentials(credentials()).build().unwrap();
    let error = without.task().list().await.unwrap_err();
    assert!(matches!(error, Error::MfaRequired(_)), "{error:?}");
    assert!(error.to_string().contains("Credentials::totp"), "{error}");
    let wrong = builder(&sim).credentials(credentials().totp("GEZDGNBVGY3TQOJR")).build().unwrap();
    let error = wrong.task().list().await.unwrap_err();
    assert!(matches!(error, Error::MfaFailed(_)), "{error:?}");
}

#[tokio::test]
async fn without_credentials_an_ended_session_is_an_error() {
    let sim = simulator().build();
    let client = builder(&sim).build().unwrap();
    let _login = client.login(USER, PASSWORD).await.unwrap();
    sim.end_sessions();
    sim.forget_requests();
    let error = client.task().list().await.unwrap_err();
    assert!(matches!(error, Error::SessionExpired(_)), "{error:?}");
    assert_eq!(sim.requests().len(), 1);
}

#[tokio::test]
async fn who_has_signed_out_stays_out() {
    let sim = simulator().build();
    let client = builder(&sim).credentials(credentials()).build().unwrap();
    client.task().list().await.unwrap();
    client.logout().await.unwrap();
    sim.forget_requests();
    assert!(matches!(client.task().list().await, Err(Error::SessionExpired(_))));
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 0);
    // Until somebody signs in.
    let _login = client.login(USER, PASSWORD).await.unwrap();
    sim.end_sessions();
    client.task().list().await.unwrap();
}

#[tokio::test]
async fn a_lock_keeps_from_signing_in_again_too() {
    let sim = simulator().build();
    let client = builder(&sim).credentials(credentials()).build().unwrap();
    for _ in 0..10 {
        assert!(client.login(USER, "wrong").await.is_err());
    }
    sim.forget_requests();
    let error = client.task().list().await.unwrap_err();
    assert!(matches!(error, Error::LockedOut { until: Some(_), .. }), "{error:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 0);
}

/// A key chain that is closed at first.
struct KeyChain(Arc<AtomicUsize>);

impl CredentialSource for KeyChain {
    fn credentials<'a>(&'a self) -> Pending<'a, Result<Credentials, SourceError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Err("the key chain is closed".into()) })
    }
}

#[tokio::test]
async fn a_source_that_fails_is_not_asked_again() {
    let (sim, asked) = (simulator().build(), Arc::default());
    let client = builder(&sim).credentials(KeyChain(Arc::clone(&asked))).build().unwrap();
    for _ in 0..2 {
        let error = client.task().list().await.unwrap_err();
        let text = "cannot sign in again for sync.check: there are no credentials: the key chain is closed";
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 0);
}

/// Lets the first sign-ons wait for ever or fail to connect.
struct Stuck {
    wire: InProcess,
    sign_ons: AtomicUsize,
    connects: bool,
    go: Arc<tokio::sync::Notify>,
}

impl Transport for Stuck {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        Box::pin(async move {
            let is_first =
                request.operation.id == op::AUTH_SIGN_ON.id && self.sign_ons.fetch_add(1, Ordering::SeqCst) == 0;
            if is_first && !self.connects {
                return Err(raw::Error::never_sent(request.operation, "no route"));
            }
            if is_first {
                self.go.notified().await;
            }
            self.wire.send(request).await
        })
    }
}

#[tokio::test]
async fn a_sign_in_whose_caller_goes_away_is_gone_on_with() {
    let sim = simulator().build();
    let go = Arc::new(tokio::sync::Notify::new());
    let wire = Stuck { wire: sim.transport(), sign_ons: AtomicUsize::new(0), connects: true, go: Arc::clone(&go) };
    let client = over(&sim, wire).credentials(credentials()).build().unwrap();
    let impatient = {
        let client = client.clone();
        tokio::spawn(async move { client.task().list().await.map(drop) })
    };
    while sim.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    impatient.abort();
    assert!(impatient.await.unwrap_err().is_cancelled());

    go.notify_one();
    client.task().list().await.unwrap();
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1, "the second caller did not start another sign-on");
}

#[tokio::test]
async fn a_sign_in_that_never_left_may_be_made_later() {
    let sim = simulator().build();
    let wire = Stuck { wire: sim.transport(), sign_ons: AtomicUsize::new(0), connects: false, go: Arc::default() };
    let client = over(&sim, wire).credentials(credentials()).build().unwrap();
    let error = client.task().list().await.unwrap_err();
    assert!(matches!(error, Error::Raw(raw::Error::Send { .. })) && error.is_retryable(), "{error:?}");
    client.task().list().await.unwrap();
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
}

#[tokio::test]
async fn sessions_are_stored_restored_and_listed() {
    let sim = simulator().build();
    let client = builder(&sim).build().unwrap();
    let Login::Done(session) = client.login(USER, PASSWORD).await.unwrap() else {
        panic!("no second factor is asked for");
    };
    let kept = serde_json::to_string(&session).unwrap();

    let other = builder(&sim).build().unwrap();
    other.set_session(serde_json::from_str(&kept).unwrap()).unwrap();
    other.check_session().await.unwrap();
    let third = builder(&sim).build().unwrap();
    third.set_token(session.token.clone()).unwrap();
    let [listed] = &third.sessions().await.unwrap()[..] else { panic!("one session") };
    assert_eq!(listed.device_info.get().unwrap().platform.get().unwrap(), "web");
    let elsewhere = Client::builder().build().unwrap().set_session(session).unwrap_err();
    assert!(matches!(elsewhere, Error::InvalidInput { .. }), "{elsewhere:?}");
}
