//! What is repeated, when, and how fast calls follow each other.

use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ticktick_raw::http::{Http, Pace, RetryPolicy};
use ticktick_raw::{Call, Error, Operation, Pending, Request, Response, SendKind, Transport};

use crate::support::{Canned, JSON_LIST, LIST, OPEN, SAVE, SAVE_BY_ID, SIGN_ON, SYNC, Server, Time, header};

const SECOND: Duration = Duration::from_secs(1);

fn http(server: &Server, time: &Time) -> Http {
    let builder = Http::builder().base_url(server.url()).clock(time.clone()).sleep(time.clone());
    builder.token("hush").build().unwrap()
}

fn busy(status: u16, retry_after: &str) -> Response {
    Response::new(status, "").with_header("Retry-After", retry_after)
}

#[tokio::test]
async fn reads_are_repeated_after_the_wait_that_is_asked_for() {
    let dated = busy(503, "Sun, 01 Mar 2026 10:00:07 GMT").with_header("Date", "Sun, 01 Mar 2026 10:00:02 GMT");
    let server = Server::answering([busy(429, "7"), dated, Response::new(200, "[1]")]).await;
    let time = Time::new();
    let answer: Vec<i64> = Call::new(&LIST).decode(&http(&server, &time)).await.unwrap();
    assert_eq!(answer, [1]);
    assert_eq!(time.waits(), [SECOND * 7, SECOND * 5]);
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_named_wait_is_kept_as_named_or_the_call_ends_with_the_error_that_names_it() {
    for seconds in [31, 45, 59] {
        for status in [429, 503] {
            let server = Server::answering([busy(status, &seconds.to_string()), Response::new(200, "[]")]).await;
            let time = Time::new();
            let error = Call::new(&LIST).nothing(&http(&server, &time)).await.unwrap_err();
            assert_eq!(error.retry_after(), Some(SECOND * seconds));
            assert!(error.is_retryable() && error.to_string().contains(&format!("retry after {seconds} s")), "{error}");
            assert_eq!(server.count(), 1);
            assert_eq!(time.waits().len(), 0);

            let server = Server::answering([busy(status, &seconds.to_string()), Response::new(200, "[]")]).await;
            let patient = RetryPolicy::default().with_max_wait(SECOND * 60);
            let builder = Http::builder().base_url(server.url()).clock(time.clone()).sleep(time.clone());
            Call::new(&LIST).nothing(&builder.retry(patient).build().unwrap()).await.unwrap();
            assert_eq!(server.count(), 2);
            assert_eq!(time.waits(), vec![SECOND * seconds]);
        }
    }
}

#[tokio::test]
async fn a_wait_of_zero_or_in_the_past_backs_off_by_the_usual_schedule() {
    for none in ["0", "Sun, 01 Mar 2020 10:00:00 GMT"] {
        let server = Server::answering([busy(503, none)]).await;
        let time = Time::new();
        Call::new(&LIST).nothing(&http(&server, &time)).await.unwrap_err();
        let waits = time.waits();
        assert!(waits.len() == 2 && waits[0] >= SECOND && waits[1] >= SECOND * 2, "{none}: {waits:?}");
    }
}

#[tokio::test]
async fn a_truncated_or_doubled_answer_to_a_read_is_repeated() {
    for broken in ["[1, 2", "[1, 2][1, 2]"] {
        let server = Server::answering([Response::new(200, broken), Response::new(200, "[1, 2]")]).await;
        let time = Time::new();
        let answer: Vec<i64> = Call::new(&JSON_LIST).decode(&http(&server, &time)).await.unwrap();
        assert_eq!(answer, vec![1, 2], "{broken}");
        assert_eq!(server.count(), 2, "{broken}");
        assert_eq!(time.waits().len(), 1, "{broken}");
    }
    let server = Server::answering([Response::new(200, "[1, 2")]).await;
    let error = Call::new(&JSON_LIST).decode::<Vec<i64>>(&http(&server, &Time::new())).await.unwrap_err();
    assert_eq!(server.count(), 3);
    assert!(error.to_string().contains("broke off after 5 bytes") && error.is_retryable(), "{error}");
    let server = Server::answering([Response::new(200, "{\"a\":")]).await;
    Call::new(&SAVE_BY_ID).json(&[1]).decode::<Vec<i64>>(&http(&server, &Time::new())).await.unwrap_err();
    assert_eq!(server.count(), 1, "a write has to be looked for first");
}

#[tokio::test]
async fn waits_grow_and_tries_end() {
    let server = Server::answering([Response::new(503, "<html>")]).await;
    let time = Time::new();
    let error = Call::new(&LIST).nothing(&http(&server, &time)).await.unwrap_err();
    assert!(error.is_transient() && error.is_retryable(), "{error}");
    assert_eq!(server.count(), 3);
    let waits = time.waits();
    assert!(waits.len() == 2, "{waits:?}");
    assert!((SECOND..=SECOND * 3 / 2).contains(&waits[0]), "{waits:?}");
    assert!((SECOND * 2..=SECOND * 3).contains(&waits[1]), "{waits:?}");
}

#[tokio::test]
async fn writes_are_sent_once() {
    for status in [429, 500, 502, 503, 504] {
        let server = Server::answering([busy(status, "1")]).await;
        let time = Time::new();
        let http = http(&server, &time);
        for (operation, sent) in [(&SAVE, 1), (&SIGN_ON, 2)] {
            let error = Call::new(operation).nothing(&http).await.unwrap_err();
            assert_eq!(error.status(), Some(status));
            assert_eq!(server.count(), sent, "{status}");
        }
        assert!(time.waits().is_empty());
    }
}

#[tokio::test]
async fn writes_by_id_are_repeated_with_the_same_body() {
    let server = Server::answering([busy(503, "0"), Response::new(200, "{}")]).await;
    let time = Time::new();
    let http = http(&server, &time);
    Call::new(&SAVE_BY_ID).raw_body(r#"{"add":[{"id":"1"}]}"#).nothing(&http).await.unwrap();
    assert_eq!(server.count(), 2);
    assert_eq!(server.request(0).body_ref(), server.request(1).body_ref());
    assert_eq!(header(&server.request(1), "cookie"), Some("t=hush"));
}

#[tokio::test]
async fn refusals_are_not_repeated() {
    for (status, body) in [
        (500, r#"{"errorCode":"unknown_exception"}"#),
        (503, r#"{"errorCode":"access_forbidden"}"#),
        (401, r#"{"errorCode":"user_not_sign_on"}"#),
        (404, "<html>"),
        (500, ""),
    ] {
        let server = Server::answering([Response::new(status, body)]).await;
        Call::new(&LIST).nothing(&http(&server, &Time::new())).await.unwrap_err();
        assert_eq!(server.count(), 1, "{status} {body}");
    }
}

#[tokio::test]
async fn the_rate_limit_of_the_open_api_is_returned_or_waited_for() {
    let limit = Response::new(500, r#"{"errorCode":"exceed_query_limit"}"#);
    let server = Server::answering([limit.clone(), Response::new(200, "[]")]).await;
    let time = Time::new();
    let builder = || {
        let builder = Http::builder().base_url(server.url()).bearer("b");
        builder.clock(time.clone()).sleep(time.clone())
    };
    let error = Call::new(&OPEN).nothing(&builder().build().unwrap()).await.unwrap_err();
    assert!(error.is_rate_limited() && error.is_retryable(), "{error}");
    assert_eq!(server.count(), 1);

    let server = Server::answering([limit, Response::new(200, "[]")]).await;
    let patient = RetryPolicy::default().with_max_wait(SECOND * 90);
    let http = builder().base_url(server.url()).retry(patient).build().unwrap();
    Call::new(&OPEN).nothing(&http).await.unwrap();
    assert_eq!(time.waits(), [SECOND * 60]);
}

#[tokio::test]
async fn unreachable_servers_are_asked_again() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let time = Time::new();
    let builder = Http::builder().base_url(format!("http://{address}"));
    let http = builder.clock(time.clone()).sleep(time.clone()).build().unwrap();
    for (operation, waits) in [(&SAVE, 0), (&SAVE_BY_ID, 2), (&LIST, 4)] {
        let error = Call::new(operation).nothing(&http).await.unwrap_err();
        assert!(matches!(error, Error::Send { kind: SendKind::Connect, .. }), "{error:?}");
        assert_eq!(time.waits().len(), waits);
    }
}

async fn waits_of(http: &Http, time: &Time, operations: &[&'static Operation]) -> Vec<Duration> {
    for operation in operations {
        Call::new(operation).nothing(http).await.unwrap();
    }
    time.waits()
}

#[tokio::test]
async fn calls_keep_their_distance_unless_the_wire_is_ones_own() {
    let time = Time::new();
    let builder = || Http::builder().bearer("b").clock(time.clone()).sleep(time.clone()).pace(Pace::polite());
    let wire = Canned::new(Response::new(200, "[]"));
    let http = builder().build_over(wire.clone()).unwrap();
    let waits = waits_of(&http, &time, &[&LIST, &SIGN_ON, &OPEN, &OPEN, &LIST]).await;
    let ms = Duration::from_millis;
    // The Open API is counted apart; by the last call its time has passed.
    assert_eq!(waits, [ms(500), ms(700)]);
    assert_eq!(wire.seen().len(), 5);

    // A wire of one's own is not paced by itself.
    let time = Time::new();
    let builder = Http::builder().clock(time.clone()).sleep(time.clone());
    let http = builder.build_over(wire).unwrap();
    assert!(waits_of(&http, &time, &[&LIST, &LIST, &LIST]).await.is_empty());
}

/// A wire that counts how many calls it carries at a time.
#[derive(Default)]
struct Counting {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Transport for Counting {
    fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            tokio::task::yield_now().await;
            self.now.fetch_sub(1, Ordering::SeqCst);
            Ok(Response::new(200, "{}"))
        })
    }
}

#[tokio::test]
async fn one_sync_runs_at_a_time() {
    for (operation, most) in [(&SYNC, 1), (&LIST, 3)] {
        let wire = std::sync::Arc::new(Counting::default());
        let builder = Http::builder().pace(Pace::unlimited());
        let http = builder.build_over(std::sync::Arc::clone(&wire)).unwrap();
        let call = || Call::new(operation).nothing(&http);
        let (a, b, c) = tokio::join!(call(), call(), call());
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert_eq!(wire.most.load(Ordering::SeqCst), most, "{operation}");
    }
}
