//! Files that are read while they are sent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use ticktick_raw::http::Http;
use ticktick_raw::{Call, Error, FileUpload, Response};
use tokio::io::{AsyncRead, ReadBuf};

use crate::support::{SAVE_BY_ID, Server, Time};

/// A file of `#`, with a length and perhaps a fault at its end, that counts what was read.
struct File {
    left: usize,
    read: Arc<AtomicUsize>,
    is_broken: bool,
}

impl File {
    fn new(length: usize) -> Self {
        Self { left: length, read: Arc::default(), is_broken: false }
    }
}

impl AsyncRead for File {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let count = self.left.min(buffer.remaining());
        if count == 0 && self.is_broken {
            return Poll::Ready(Err(io::Error::other("the disk is gone")));
        }
        buffer.put_slice(&vec![b'#'; count]);
        self.left -= count;
        self.read.fetch_add(count, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

fn call() -> Call {
    Call::new(&SAVE_BY_ID).file(FileUpload::new("a.txt", "text/plain", ""))
}

fn http(server: &Server) -> Http {
    Http::builder().base_url(server.url()).sleep(Time::new()).build().unwrap()
}

#[tokio::test]
async fn a_file_arrives_as_it_was_read() {
    const LENGTH: usize = 3_000_001;
    let server = Server::answering([Response::new(200, "stored")]).await;
    let file = File::new(LENGTH);
    let read = Arc::clone(&file.read);
    assert_eq!(call().upload(&http(&server), file).await.unwrap(), "stored");
    assert_eq!(read.load(Ordering::Relaxed), LENGTH);
    let body = server.request(0).body_vec();
    assert_eq!(body.iter().filter(|byte| **byte == b'#').count(), LENGTH);
    let head = String::from_utf8_lossy(&body[..300]).into_owned();
    assert!(head.contains("filename=\"a.txt\"") && head.contains("text/plain"), "{head}");
}

#[tokio::test]
async fn an_upload_is_not_repeated_once_a_part_was_sent() {
    let answers = || [Response::new(503, ""), Response::new(200, "stored")];
    let server = Server::answering(answers()).await;
    let error = call().upload(&http(&server), File::new(10)).await.unwrap_err();
    assert!(matches!(&error, Error::Api(refusal) if refusal.status == 503), "{error:?}");
    assert_eq!(server.count(), 1);

    let server = Server::answering(answers()).await;
    let bytes = Call::new(&SAVE_BY_ID).file(FileUpload::new("a.txt", "text/plain", "##########"));
    assert_eq!(bytes.text(&http(&server)).await.unwrap(), "stored");
    assert_eq!(server.count(), 2, "a file in memory is sent again");
}

#[tokio::test]
async fn a_reader_that_fails_ends_the_upload() {
    for length in [0, 1_000_000] {
        let server = Server::answering([Response::new(200, "stored")]).await;
        let file = File { is_broken: true, ..File::new(length) };
        let error = call().upload(&http(&server), file).await.unwrap_err();
        let Error::Custom { source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(source.downcast_ref::<io::Error>().unwrap().to_string(), "the disk is gone");
        assert_eq!(server.count(), 0, "half a file is not taken for a whole one");
    }
}

#[tokio::test]
async fn an_upload_without_a_file_is_refused() {
    let server = Server::answering([Response::new(200, "")]).await;
    let error = Call::new(&SAVE_BY_ID).upload(&http(&server), File::new(1)).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    assert_eq!(server.count(), 0);
}
