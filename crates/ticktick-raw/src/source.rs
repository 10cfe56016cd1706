//! Reads the content of an upload while it is sent, instead of keeping it in memory.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, ReadBuf};

use crate::{Call, Error, Payload, Request, Response, Transport, decode, refusal};

/// How much is read at once. At most one chunk waits for the connection.
const CHUNK: usize = 64 << 10;

/// The content of an upload. Clones of a request share it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    state: Arc<Mutex<State>>,
}

#[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only the built-in HTTP client takes chunks"))]
#[derive(Debug, Default)]
struct State {
    /// The chunk that was read and not sent yet.
    piece: Option<Vec<u8>>,
    end: End,
    /// Whether a chunk was handed to the connection.
    is_started: bool,
    /// The task that waits for a chunk, and the one that waits until it is taken.
    sender: Option<Waker>,
    reader: Option<Waker>,
}

/// Whether more will be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum End {
    #[default]
    Open,
    Complete,
    /// The reader failed or the caller went away, so that the rest is missing.
    Broken,
}

impl Source {
    /// Returns whether a part of the content was sent. It cannot be read again, so the request is never repeated.
    pub(crate) fn is_started(&self) -> bool {
        self.state().is_started
    }

    /// Returns the next chunk, or `None` at the end. Fails if the rest is missing.
    #[cfg(feature = "http")]
    pub(crate) fn poll_piece(&self, context: &mut Context<'_>) -> Poll<Option<io::Result<Vec<u8>>>> {
        let mut state = self.state();
        match (state.piece.take(), state.end) {
            (Some(piece), _) => {
                state.is_started = true;
                wake(&mut state.reader);
                Poll::Ready(Some(Ok(piece)))
            }
            (None, End::Complete) => Poll::Ready(None),
            (None, End::Broken) => Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into()))),
            (None, End::Open) => {
                state.sender = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wake(waker: &mut Option<Waker>) {
    if let Some(waker) = waker.take() {
        waker.wake();
    }
}

/// Reads chunks for a [`Source`], and breaks it if dropped before the end.
struct Feeder {
    source: Source,
    buffer: Vec<u8>,
}

impl Feeder {
    fn new() -> Self {
        let source = Source { state: Arc::default() };
        Self { source, buffer: vec![0; CHUNK] }
    }

    /// Reads until a chunk waits for the connection. Is ready only if the reader fails.
    fn poll_feed(&mut self, mut reader: Pin<&mut impl AsyncRead>, context: &mut Context<'_>) -> Poll<io::Error> {
        loop {
            {
                let mut state = self.source.state();
                if state.end != End::Open {
                    return Poll::Pending;
                }
                if state.piece.is_some() {
                    state.reader = Some(context.waker().clone());
                    return Poll::Pending;
                }
            }
            let mut buffer = ReadBuf::new(&mut self.buffer);
            match reader.as_mut().poll_read(context, &mut buffer) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Err(error)) => return Poll::Ready(error),
                Poll::Ready(Ok(())) => {
                    let mut state = self.source.state();
                    match buffer.filled() {
                        [] => state.end = End::Complete,
                        piece => state.piece = Some(piece.to_vec()),
                    }
                    wake(&mut state.sender);
                }
            }
        }
    }
}

impl Drop for Feeder {
    fn drop(&mut self) {
        let mut state = self.source.state();
        if state.end == End::Open {
            state.end = End::Broken;
            wake(&mut state.sender);
        }
    }
}

/// Sends a request while its content is read.
async fn stream(
    mut request: Request,
    transport: &(impl Transport + ?Sized),
    reader: impl AsyncRead,
) -> Result<Response, Error> {
    let operation = request.operation;
    let mut feeder = Feeder::new();
    request.source = Some(feeder.source.clone());
    let (mut call, mut reader) = (pin!(transport.send(request)), pin!(reader));
    poll_fn(|context| {
        if let Poll::Ready(answer) = call.as_mut().poll(context) {
            return Poll::Ready(answer);
        }
        feeder.poll_feed(reader.as_mut(), context).map(|error| Err(Error::custom(operation, error)))
    })
    .await
}

/// Reads everything, for a transport that cannot stream.
async fn collect(reader: impl AsyncRead) -> io::Result<Vec<u8>> {
    let (mut reader, mut bytes, mut chunk) = (pin!(reader), Vec::new(), vec![0; CHUNK]);
    loop {
        let mut buffer = ReadBuf::new(&mut chunk);
        poll_fn(|context| reader.as_mut().poll_read(context, &mut buffer)).await?;
        match buffer.filled() {
            [] => return Ok(bytes),
            piece => bytes.extend_from_slice(piece),
        }
    }
}

impl Call {
    /// Sends the call with a file that is read while it is sent, and returns the response as text.
    ///
    /// Set name and type of the file with [`file`](Self::file); its bytes are ignored. If the transport
    /// [cannot stream](Transport::can_stream), the file is read into memory first. Otherwise at most two chunks of
    /// 64 KiB are in memory, and the call is never repeated after the first chunk was handed to the connection, because
    /// the reader cannot be read twice.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused, or the response is not UTF-8; [`Error::Custom`] with the
    /// [`std::io::Error`] if the reader fails.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, FileUpload, Transport, op};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(&op::ATTACHMENT_UPLOAD).at("/api/v1/attachment/upload/1/2/3");
    /// let call = call.file(FileUpload::new("notes.txt", "text/plain", ""));
    /// call.upload(transport, &b"Call Ada"[..]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn upload(self, transport: &(impl Transport + ?Sized), reader: impl AsyncRead) -> Result<String, Error> {
        let mut request = self.request()?;
        let operation = request.operation;
        let Payload::File { upload, .. } = &mut request.body else {
            return Err(Error::invalid(operation, "no file was set\nhint: call `file` with its name and type"));
        };
        let response = if transport.can_stream() {
            stream(request, transport, reader).await?
        } else {
            upload.bytes = collect(reader).await.map_err(|error| Error::custom(operation, error))?;
            transport.send(request).await?
        };
        match refusal::refusal(operation, &response) {
            Some(refusal) => Err(refusal.into()),
            None => decode::text(operation, response),
        }
    }
}

#[cfg(all(test, feature = "http"))]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::{FileUpload, Method, Operation, Pending};

    /// A file that counts what was read.
    struct File(usize, Arc<AtomicUsize>);

    impl AsyncRead for File {
        fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            let count = self.0.min(buffer.remaining());
            buffer.put_slice(&vec![7; count]);
            self.0 -= count;
            self.1.fetch_add(count, Ordering::Relaxed);
            Poll::Ready(Ok(()))
        }
    }

    /// Takes the content piece by piece, and measures how far the reader was ahead.
    struct Slow {
        read: Arc<AtomicUsize>,
        taken: AtomicUsize,
        most: AtomicUsize,
        can_stream: bool,
    }

    impl Transport for Slow {
        fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
            Box::pin(async move {
                let Some(source) = request.source else {
                    let Payload::File { upload, .. } = &request.body else { panic!("no file") };
                    self.taken.store(upload.bytes.len(), Ordering::Relaxed);
                    return Ok(Response::new(200, ""));
                };
                assert!(!source.is_started());
                loop {
                    // Gives the reader every chance to run ahead.
                    for _ in 0..10 {
                        tokio::task::yield_now().await;
                    }
                    let ahead = self.read.load(Ordering::Relaxed) - self.taken.load(Ordering::Relaxed);
                    self.most.fetch_max(ahead, Ordering::Relaxed);
                    match poll_fn(|context| source.poll_piece(context)).await {
                        Some(piece) => self.taken.fetch_add(piece.unwrap().len(), Ordering::Relaxed),
                        None => return Ok(Response::new(200, "")),
                    };
                    assert!(source.is_started());
                }
            })
        }

        fn can_stream(&self) -> bool {
            self.can_stream
        }
    }

    async fn upload(length: usize, can_stream: bool) -> (usize, usize) {
        let read = Arc::new(AtomicUsize::new(0));
        let file = File(length, Arc::clone(&read));
        let slow = Slow { read, taken: AtomicUsize::new(0), most: AtomicUsize::new(0), can_stream };
        let call = Call::new(Operation::unlisted(Method::Post)).at("/upload");
        call.file(FileUpload::new("a", "text/plain", "")).upload(&slow, file).await.unwrap();
        (slow.taken.into_inner(), slow.most.into_inner())
    }

    #[tokio::test]
    async fn the_reader_is_never_more_than_one_chunk_ahead() {
        for length in [0, 1, CHUNK, 10 * CHUNK + 1] {
            assert_eq!(upload(length, true).await, (length, length.min(CHUNK)));
        }
    }

    #[tokio::test]
    async fn a_transport_that_cannot_stream_gets_the_whole_file() {
        assert_eq!(upload(10 * CHUNK + 1, false).await, (10 * CHUNK + 1, 0));
    }
}
