//! Replaces the built-in HTTP client by an own `Transport`. With `default-features = false` the crate then builds without
//! reqwest and rustls.
//!
//! Runs against a local simulator, because this transport speaks plain HTTP; use the HTTP library of your program.
//!
//!     cargo run -p ticktick-client --example own_transport

use std::io::{Read, Result as IoResult, Write, stdout};
use std::net::TcpStream;

use ticktick::raw::{Error, Payload, Pending, Request, Response, Transport};
use ticktick::{Client, TaskDraft};
use ticktick_sim::Simulator;

mod support;

/// Sends each request over a connection of its own, to `host:port`.
struct PlainHttp(String);

impl Transport for PlainHttp {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        let (operation, host) = (request.operation, self.0.clone());
        Box::pin(async move {
            let answer = tokio::task::spawn_blocking(move || exchange(&host, request)).await.map_err(Into::into);
            answer.and_then(|answer| answer).map_err(|e| Error::answer_lost(operation, e.to_string()))
        })
    }
}

fn exchange(host: &str, request: Request) -> IoResult<Response> {
    let mut connection = TcpStream::connect(host)?;
    write!(connection, "{} {} HTTP/1.0\r\nHost: {host}\r\n", request.operation.method.as_str(), request.target())?;
    for (name, value) in &request.headers {
        write!(connection, "{name}: {value}\r\n")?;
    }
    // Forms and files are left out for brevity.
    let body = if let Payload::Json(json) = request.body { json } else { Vec::new() };
    write!(connection, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len())?;
    connection.write_all(&body)?;

    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    Ok(headers.fold(Response::new(status, body), |answer, (name, value)| answer.with_header(name, value)))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&Simulator::builder().account("me@example.com", "secret").start().await?.base_url(), &mut stdout()).await
}

pub(crate) async fn run(url: &str, out: &mut impl Write) -> Result<(), support::Failure> {
    let client = Client::builder().base_url(url).transport(PlainHttp(url.replace("http://", ""))).build()?;
    client.login("me@example.com", "secret").await?.into_session()?;
    client.task().create(TaskDraft::new("Call Ada")).await?;
    Ok(writeln!(out, "{} open task", client.task().list().await?.len())?)
}
