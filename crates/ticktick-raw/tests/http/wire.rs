//! Answers as they come over the wire.

use std::io::Write as _;
use std::net::TcpListener;
use std::time::Duration;

use ticktick_raw::http::{Http, RetryPolicy};
use ticktick_raw::{Call, Error, Response, SendKind};

use crate::support::{LIST, Server, header};

/// `["squeezed squeezed ..."]`, twenty times, compressed.
const GZIP: &str = "1f8b08000000000002ff8b562a2e2c4d4dad4a4d5118420ca558005fec9bdab8000000";

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

#[tokio::test]
async fn compressed_answers_are_unpacked() {
    let answer = Response::new(200, unhex(GZIP)).with_header("Content-Encoding", "gzip");
    let server = Server::answering([answer]).await;
    let http = Http::builder().base_url(server.url()).build().unwrap();
    let words: Vec<String> = Call::new(&LIST).decode(&http).await.unwrap();
    assert_eq!(words, ["squeezed ".repeat(20)]);
    assert_eq!(header(&server.request(0), "accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn long_answers_come_whole() {
    let server = Server::answering([Response::new(200, "[1]".repeat(1_000_000))]).await;
    let http = Http::builder().base_url(server.url()).build().unwrap();
    assert_eq!(Call::new(&LIST).bytes(&http).await.unwrap().len(), 3_000_000);
}

#[tokio::test]
async fn base_addresses_may_have_a_path() {
    let server = Server::answering([Response::new(200, "[]")]).await;
    let http = Http::builder().base_url(format!("{}/tick/", server.url())).build().unwrap();
    Call::new(&LIST).query("a", "b c").nothing(&http).await.unwrap();
    assert!(server.request(0).uri_str().ends_with("/tick/api/v2/tags?a=b%20c"));
}

#[tokio::test]
async fn silence_ends_in_a_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let builder = Http::builder().base_url(address).timeout(Duration::from_millis(20));
    let error = Call::new(&LIST).nothing(&builder.build().unwrap()).await.unwrap_err();
    assert!(error.is_timeout() && error.is_transient() && error.is_retryable(), "{error:?}");
}

/// Answers every connection with a response that ends before its length.
async fn breaking_off() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1, 2, 3").await;
        }
    });
    address
}

#[tokio::test]
async fn a_connection_that_breaks_off_says_after_how_many_bytes() {
    let builder = Http::builder().base_url(breaking_off().await).retry(RetryPolicy::never());
    let error = Call::new(&LIST).nothing(&builder.build().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Send { kind: SendKind::Other, .. }), "{error:?}");
    assert!(error.to_string().contains("broke off after 8 bytes"), "{error}");
}

#[tokio::test]
async fn an_explicit_proxy_is_used_also_for_an_address_on_this_machine() {
    let server = Server::answering([Response::new(200, "[]")]).await;
    let http = Http::builder().base_url("http://127.0.0.1:9/x").proxy(server.url()).build().unwrap();
    Call::new(&LIST).nothing(&http).await.unwrap();
    assert_eq!(server.count(), 1);
}

#[test]
fn outside_a_tokio_runtime_a_call_is_an_error_and_not_a_panic() {
    let http = Http::builder().base_url("http://127.0.0.1:9").build().unwrap();
    let mut call = Box::pin(Call::new(&LIST).nothing(&http));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(answer) = call.as_mut().poll(&mut context) else { panic!("it waits") };
    let error = answer.unwrap_err();
    assert!(matches!(error, Error::Build { .. }) && error.to_string().contains("Tokio runtime"), "{error:?}");
}

#[tokio::test]
async fn encryption_is_set_up() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = Http::builder().base_url(format!("https://{address}")).retry(RetryPolicy::never());
    let error = Call::new(&LIST).nothing(&builder.build().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Send { kind: SendKind::Connect, .. }), "{error:?}");
}

/// Serves one connection: takes the request, sends these bytes, hangs up.
fn hanging_up(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
        let _ = stream.write_all(bytes);
    });
    address
}

#[tokio::test]
async fn cut_answers_are_no_answers() {
    for bytes in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n[1",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n[1]",
    ] {
        let builder = Http::builder().base_url(hanging_up(bytes)).retry(RetryPolicy::never());
        let http = builder.no_proxy().build().unwrap();
        let error = Call::new(&LIST).nothing(&http).await.unwrap_err();
        assert!(matches!(error, Error::Send { kind: SendKind::Other, .. }), "{error:?}");
    }
}
