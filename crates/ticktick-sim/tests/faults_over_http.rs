//! Faults and control routes over a real socket.
#![allow(clippy::unwrap_used)]

use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, TcpStream};
use std::time::{Duration, Instant};

use ticktick_models::*;
use ticktick_raw::http::{Http, RetryPolicy};
use ticktick_raw::{Error, auth, op, project, tag};
use ticktick_sim::{Collection, DEMO_PASSWORD, DEMO_USER, Fault, ServeOptions, Simulator};

async fn demo() -> (Simulator, Http) {
    let noon = "2026-07-01T12:00:00Z".parse().unwrap();
    let sim = Simulator::builder().demo().clock(FixedClock(noon)).start().await.unwrap();
    let http = Http::builder().base_url(sim.base_url()).no_proxy().retry(RetryPolicy::never()).build().unwrap();
    let mut credentials = SignOn::new(DEMO_PASSWORD);
    credentials.username.set(DEMO_USER);
    auth::sign_on(&http, &credentials, &Default::default()).await.unwrap();
    (sim, http)
}

/// Sends bytes to the server, and returns everything until the connection ends, and how it ends.
async fn exchange(sim: &Simulator, request: &str) -> (String, Option<ErrorKind>) {
    let address = sim.base_url().trim_start_matches("http://").to_owned();
    let request = request.to_owned();
    let talk = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        let end = stream.read_to_end(&mut answer).err().map(|error| error.kind());
        (String::from_utf8(answer).unwrap(), end)
    };
    tokio::task::spawn_blocking(talk).await.unwrap()
}

fn head(method: &str, path: &str, length: usize) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n")
}

#[tokio::test]
async fn connections_are_really_reset() {
    let (sim, _) = demo().await;
    for fault in [Fault::Reset, Fault::LoseAnswer] {
        sim.faults().next(&op::USER_STATUS, fault);
        let (answer, end) = exchange(&sim, &head("GET", "/api/v2/user/status", 0)).await;
        assert_eq!(answer.as_str(), "");
        assert_eq!(end, Some(ErrorKind::ConnectionReset));
    }
    let (answer, end) = exchange(&sim, &head("GET", "/api/v2/user/status", 0)).await;
    assert!(answer.starts_with("HTTP/1.1 401") && end.is_none(), "{answer}");
}

#[tokio::test]
async fn a_lost_answer_leaves_what_was_written() {
    let (sim, http) = demo().await;
    for (fault, projects) in [(Fault::Reset, 6), (Fault::LoseAnswer, 7), (Fault::BreakBody, 8), (Fault::GzipDamage, 9)]
    {
        sim.faults().next(&op::PROJECT_CREATE, fault.clone());
        let new = CreateProject::new("New");
        let error = project::create(&http, &new).await.unwrap_err();
        assert!(matches!(error, Error::Send { .. }), "{fault:?}: {error}");
        assert_eq!(sim.objects(DEMO_USER, Collection::Projects).len(), projects, "{fault:?}");
    }
}

#[tokio::test]
async fn half_a_body_is_shorter_than_it_says() {
    let (sim, _) = demo().await;
    sim.faults().next(&op::USER_STATUS, Fault::BreakBody);
    let (answer, _) = exchange(&sim, &head("GET", "/api/v2/user/status", 0)).await;
    let (headers, body) = answer.split_once("\r\n\r\n").unwrap();
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let length: usize = length.parse().unwrap();
    assert_eq!(body.len(), length.div_ceil(2));
}

#[tokio::test]
async fn late_and_slow_answers_take_their_time() {
    let (sim, http) = demo().await;
    let whole = tag::list(&http).await.unwrap();
    let before = sim.clock().now();
    sim.faults().next(&op::TAG_LIST, Fault::Latency { ms: 60 });
    let start = Instant::now();
    assert_eq!(tag::list(&http).await.unwrap(), whole);
    assert!(start.elapsed() >= Duration::from_millis(60));
    sim.faults().next(&op::TAG_LIST, Fault::Drip { bytes: 64, ms: 2 });
    assert_eq!(tag::list(&http).await.unwrap(), whole);
    assert_eq!(sim.clock().now(), before, "the clock of the simulator does not advance");
}

#[tokio::test]
async fn the_control_needs_no_session() {
    let (sim, http) = demo().await;
    let rule = r#"{"operation":"tag.list","times":1,"do":"too_busy"}"#;
    let (answer, _) = exchange(&sim, &(head("POST", "/_sim/faults", rule.len()) + rule)).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(tag::list(&http).await.unwrap_err().is_transient());
    let (answer, _) = exchange(&sim, &head("GET", "/_sim/requests", 0)).await;
    assert!(answer.ends_with(r#""status":500,"operation":"tag.list","body":null}]"#), "{answer}");
    let (answer, _) = exchange(&sim, &head("GET", "/_sim/health", 0)).await;
    assert!(answer.contains("application/json") && answer.contains(DEMO_USER), "{answer}");
}

#[tokio::test]
async fn the_control_is_not_for_web_pages_elsewhere() {
    let (sim, http) = demo().await;
    for header in ["Host: evil.example", "Host: localhost\r\nOrigin: https://evil.example"] {
        let request =
            format!("DELETE /_sim/sessions HTTP/1.1\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let (answer, _) = exchange(&sim, &request).await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    }
    tag::list(&http).await.unwrap();
}

#[tokio::test]
async fn only_loopback_addresses_are_served_by_default() {
    let everywhere: IpAddr = "0.0.0.0".parse().unwrap();
    let error = Simulator::builder().demo().host(everywhere).start().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let loopback: IpAddr = "127.0.0.2".parse().unwrap();
    if let Ok(sim) = Simulator::builder().demo().host(loopback).start().await {
        assert!(sim.base_url().starts_with("http://127.0.0.2:"));
    }
    let options = ServeOptions { host: Some(everywhere), ..ServeOptions::default() };
    let sim = options.builder().start().await.unwrap();
    assert!(sim.base_url().starts_with("http://0.0.0.0:"));
}

#[tokio::test]
async fn stopping_saves() {
    let folder = tempfile::tempdir().unwrap();
    let options = || ServeOptions { data: Some(folder.path().join("account.json")), ..ServeOptions::default() };
    let sim = options().builder().start().await.unwrap();
    sim.change_password(DEMO_USER, "new");
    let clone = sim.service().clone();
    sim.stop().await;
    let text = std::fs::read_to_string(folder.path().join("account.json")).unwrap();
    assert!(text.contains(r#""password":"new""#));
    drop(clone);
}
