//! Two simulators with the same seed and a frozen clock return the same bytes for the same script.
#![allow(clippy::unwrap_used)]

use ticktick_raw::{BodyKind, Method, OPERATIONS, Operation, Place};
use ticktick_sim::Simulator;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ID: &str = "65f0a1b2c3d4e5f6a7b8c9d0";

/// A client of one simulator.
struct Client {
    address: String,
    token: String,
}

impl Client {
    /// Sends one request and returns the whole response, including headers.
    async fn send(&self, method: &str, target: &str, kind: &str, body: &str) -> String {
        let head = [
            format!("{method} {target} HTTP/1.1"),
            "Host: localhost".to_owned(),
            "Connection: close".to_owned(),
            "Origin: https://ticktick.com".to_owned(),
            "Referer: https://ticktick.com/".to_owned(),
            format!(r#"X-Device: {{"platform":"web","version":8121,"id":"{ID}"}}"#),
            format!("Cookie: t={}", self.token),
            "Authorization: Bearer open".to_owned(),
            format!("Content-Type: {kind}"),
            format!("Content-Length: {}", body.len()),
        ];
        let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        self.raw(&request).await
    }

    async fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn json(&self, method: &str, target: &str, body: &str) -> String {
        self.send(method, target, "application/json", body).await
    }

    /// Calls a control route, as a program does.
    async fn control(&self, method: &str, path: &str, body: &str) -> String {
        let length = body.len();
        self.raw(&format!(
            "{method} /_sim/{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
        .await
    }

    async fn operation(&self, operation: &Operation) -> String {
        let mut target = operation.path.replace("{projectId}", "inbox120000001").replace("{taskId}", ID);
        while let Some((before, after)) = target.clone().split_once('{') {
            target = format!("{before}1{}", after.split_once('}').unwrap().1);
        }
        let required = operation.params.iter().filter(|param| param.required && param.place == Place::Query);
        let query: Vec<String> = required.map(|param| format!("{}=1", param.name)).collect();
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        match operation.body.map(|body| body.kind) {
            None => self.json(operation.method.as_str(), &target, "").await,
            Some(BodyKind::Form) => {
                self.send(operation.method.as_str(), &target, "application/x-www-form-urlencoded", "a=b").await
            }
            Some(_) => self.json(operation.method.as_str(), &target, r#"{"name":"a","title":"a"}"#).await,
        }
    }
}

/// Starts a simulator, runs the script and returns every response.
async fn run() -> Vec<String> {
    let sim = Simulator::builder()
        .now("2026-03-01T09:00:00Z".parse().unwrap())
        .seed(7)
        .demo()
        .account("me@example.com", "secret")
        .api_token("demo@example.com", "open")
        .start()
        .await
        .unwrap();
    let address = sim.base_url().trim_start_matches("http://").to_owned();
    let mut client = Client { address, token: String::new() };
    let mut answers = Vec::new();
    let credentials = r#"{"username":"demo@example.com","password":"demo"}"#;
    answers.push(client.json("POST", "/api/v2/user/signon", credentials).await);
    client.token = answers[0].split("\"token\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for (target, body) in [
        (
            "/api/v2/batch/task",
            format!(r#"{{"add":[{{"id":"{ID}","title":"a","items":[{{"title":"x"}}]}},{{"title":"b"}}]}}"#),
        ),
        ("/api/v2/batch/project", r#"{"add":[{"name":"p"},{"name":"q"}]}"#.into()),
        ("/api/v2/batch/tag", r#"{"add":[{"name":"t","label":"T"}]}"#.into()),
        ("/api/v2/habits/batch", r#"{"add":[{"name":"h"}]}"#.into()),
        ("/open/v1/task", r#"{"title":"c"}"#.into()),
        ("/api/v2/nowhere", "{}".into()),
    ] {
        answers.push(client.json("POST", target, &body).await);
    }
    answers.push(client.control("PUT", "accounts/new", r#"{"password":"x","projects":["p"],"tasks":["a"]}"#).await);
    answers
        .push(client.control("POST", "faults", r#"{"path":"/api/v2/tags","probability":0.5,"do":"too_busy"}"#).await);
    for _ in 0..8 {
        answers.push(client.json("GET", "/api/v2/tags", "").await);
    }
    answers.push(client.control("POST", "clock/advance", r#"{"by":"36h"}"#).await);
    // Runs the reads first, while there is something to read.
    let (reads, writes): (Vec<&Operation>, Vec<&Operation>) =
        OPERATIONS.iter().copied().partition(|operation| operation.method == Method::Get);
    for operation in reads.into_iter().chain(writes) {
        answers.push(format!("{}: {}", operation.id, client.operation(operation).await));
    }
    answers.push(client.control("GET", "health", "").await);
    answers.push(client.control("GET", "state", "").await);
    answers
}

#[tokio::test]
async fn the_same_seed_and_time_make_the_same_bytes() {
    let (one, other) = (run().await, run().await);
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one, other);
    }
    assert!(
        one[0].starts_with("HTTP/1.1 200 OK") && one[0].contains("date: Sun, 01 Mar 2026 09:00:00 GMT"),
        "{}",
        one[0]
    );
}
