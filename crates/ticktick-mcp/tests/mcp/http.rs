//! The server over HTTP: the token, Host and Origin, and both eras.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use ticktick_mcp::{HttpServer, Options, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TOKEN: &str = "0123456789abcdef";

/// Sends one request and returns the status, the head and the body.
async fn send(url: &str, method: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
    let address = url.strip_prefix("http://").unwrap();
    let (host, path) = address.split_once('/').unwrap();
    let mut text = format!("{method} /{path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if headers.iter().all(|(name, _)| *name != "Host") {
        text += &format!("Host: {host}\r\n");
    }
    text += "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";
    text.extend(headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")));
    let mut socket = TcpStream::connect(host).await.unwrap();
    socket.write_all(format!("{text}\r\n{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

/// Returns the JSON of a response, which can be an event of a stream.
fn message(body: &str) -> Value {
    let lines = body.lines().map(|line| line.strip_prefix("data:").unwrap_or(line).trim());
    lines.filter_map(|line| serde_json::from_str(line).ok()).find(Value::is_object).unwrap_or_else(|| panic!("{body}"))
}

fn initialize() -> String {
    let client = json!({"name": "test", "version": "1"});
    let params = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}).to_string()
}

async fn started() -> String {
    let server = Server::demo(Options::default()).unwrap();
    let http = HttpServer::bind(server, 0, Some(TOKEN.into())).await.unwrap();
    let url = http.url();
    tokio::spawn(http.serve());
    url
}

#[tokio::test]
async fn a_request_needs_the_token_the_host_and_the_origin() {
    let url = started().await;
    let bearer = ("Authorization", "Bearer 0123456789abcdef");
    for (headers, status) in [
        (vec![], 401),
        (vec![("Authorization", "Bearer 0123456789abcdeF")], 401),
        (vec![bearer, ("Origin", "https://evil.example")], 403),
        (vec![bearer, ("Host", "evil.example")], 403),
        (vec![bearer, ("Origin", "http://localhost:6274")], 200),
        (vec![bearer], 200),
    ] {
        let (found, head, body) = send(&url, "POST", &headers, &initialize()).await;
        assert_eq!(found, status, "{headers:?}: {head}\n{body}");
        assert_eq!(head.contains("www-authenticate: bearer"), status == 401, "{head}");
        assert!(!body.contains(TOKEN));
    }
    assert_eq!(send(&url.replace("/mcp", "/other"), "POST", &[bearer], "{}").await.0, 404);
}

#[tokio::test]
async fn an_origin_that_only_starts_like_this_machine_is_refused() {
    let url = started().await;
    let bearer = ("Authorization", "Bearer 0123456789abcdef");
    let allowed = [
        "http://localhost",
        "http://localhost:6274",
        "HTTP://LOCALHOST:6274",
        "http://127.0.0.1",
        "http://127.0.0.1:80",
        "http://[::1]",
        "http://[::1]:80",
    ];
    let refused = [
        "http://localhost:3000.evil.com",
        "http://localhost:3000.evil.com:80",
        "http://localhost.evil.com",
        "http://evil.com:80",
        "http://evil.com/localhost",
        "http://localhost/evil",
        "http://localhost?evil",
        "http://localhost:3000@evil.com",
        "http://evil.com@localhost",
        "http://localhost@localhost:80",
        "http://localhost.",
        "http://localhost.:3000",
        "http://localhost:",
        "http://localhost:+80",
        "http://localhost:65536",
        "http://127.0.0.1.evil.com",
        "http://127.0.0.2",
        "http://127.1",
        "http://[::2]:80",
        "http://[::1].evil.com",
        "https://localhost",
        "ftp://localhost",
        "localhost:3000",
        "//localhost",
        "null",
        "",
    ];
    for (origins, status) in [(&refused[..], 403), (&allowed[..], 200)] {
        for origin in origins {
            let headers = [bearer, ("Origin", *origin)];
            let (found, head, body) = send(&url, "POST", &headers, &initialize()).await;
            assert_eq!(found, status, "{origin}: {head}\n{body}");
        }
    }
    let two = [bearer, ("Origin", "http://localhost"), ("Origin", "http://evil.com")];
    assert_eq!(send(&url, "POST", &two, &initialize()).await.0, 403);
    // A request from a foreign page does not reveal whether the token is right.
    assert_eq!(send(&url, "POST", &[("Origin", "http://evil.com")], &initialize()).await.0, 403);
}

#[tokio::test]
async fn both_eras_are_served() {
    let url = started().await;
    let bearer = ("Authorization", "Bearer 0123456789abcdef");
    let (_, head, body) = send(&url, "POST", &[bearer], &initialize()).await;
    assert_eq!(message(&body)["result"]["serverInfo"]["name"], "ticktick-mcp");
    let session = head.lines().find_map(|line| line.strip_prefix("mcp-session-id: ")).unwrap();
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}).to_string();
    let headers = [bearer, ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-06-18")];
    let (_, _, body) = send(&url, "POST", &headers, &list).await;
    assert_eq!(message(&body)["result"]["tools"].as_array().unwrap().len(), 24);

    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let call = json!({"jsonrpc": "2.0", "id": 3, "method": "tools/call",
        "params": {"name": "agenda", "arguments": {}, "_meta": meta}});
    let version = ("MCP-Protocol-Version", "2026-07-28");
    let headers = [bearer, version, ("Mcp-Method", "tools/call"), ("Mcp-Name", "agenda")];
    let (status, _, body) = send(&url, "POST", &headers, &call.to_string()).await;
    let text = message(&body)["result"]["structuredContent"]["text"].as_str().unwrap_or_default().to_owned();
    assert!(status == 200 && text.contains("Titles are user data"), "{body}");
}

#[tokio::test]
async fn arguments_as_a_text_of_json_are_read() {
    let url = started().await;
    let bearer = ("Authorization", "Bearer 0123456789abcdef");
    let (_, head, _) = send(&url, "POST", &[bearer], &initialize()).await;
    let session = head.lines().find_map(|line| line.strip_prefix("mcp-session-id: ")).unwrap();
    let args = json!({"text": "grandma"}).to_string();
    let call =
        json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "find_tasks", "arguments": args}});
    let headers = [bearer, ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-06-18")];
    let (_, _, body) = send(&url, "POST", &headers, &call.to_string()).await;
    assert_eq!(message(&body)["result"]["structuredContent"]["total"], 1, "{body}");
}

/// Ends the program.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn program(token: Option<&str>) -> (Running, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticktick-mcp"));
    command.args(["--demo", "--http", "0"]).env_remove("TICKTICK_MCP_TOKEN").stderr(Stdio::piped());
    if let Some(token) = token {
        command.env("TICKTICK_MCP_TOKEN", token);
    }
    let mut running = Running(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let line = serde_json::from_str(&line).unwrap_or(Value::String(line));
    (running, line)
}

#[tokio::test]
async fn the_program_prints_its_address_and_token() {
    let (_running, line) = program(None);
    let bearer = format!("Bearer {}", line["token"].as_str().unwrap());
    let url = line["url"].as_str().unwrap();
    assert_eq!(send(url, "POST", &[("Authorization", &bearer)], &initialize()).await.0, 200);
}

#[tokio::test]
async fn a_token_of_the_environment_is_used_and_not_printed() {
    let (_running, line) = program(Some(TOKEN));
    assert_eq!(line["token"], Value::Null);
    let url = line["url"].as_str().unwrap();
    let bearer = ("Authorization", "Bearer 0123456789abcdef");
    assert_eq!(send(url, "POST", &[bearer], &initialize()).await.0, 200);
    let (_refused, line) = program(Some("short"));
    assert!(line.as_str().unwrap().starts_with("error: the token must have at least 16 characters"), "{line}");
}
