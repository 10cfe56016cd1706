//! Streams the body of a response to a writer instead of memory.

use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;

use tokio::io::AsyncWrite;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::{Call, Error, Operation, Request, Response, Transport, refusal};

/// Maximum number of chunks that wait for a slow writer.
const WAITING: usize = 4;

/// Destination for the body of a successful response. Clones of a request share it.
#[cfg_attr(not(feature = "http"), allow(dead_code, reason = "only the built-in HTTP client hands pieces on"))]
#[derive(Clone, Debug)]
pub(crate) struct Sink {
    pieces: Sender<Vec<u8>>,
    sent: Arc<AtomicU64>,
}

impl Sink {
    fn new() -> (Self, Receiver<Vec<u8>>) {
        let (pieces, receiver) = channel(WAITING);
        (Self { pieces, sent: Arc::default() }, receiver)
    }

    /// Returns the number of bytes passed on. Bytes already written cannot be taken back, so a body is
    /// never started a second time.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Passes a chunk on; fails if the receiver has stopped.
    #[cfg(feature = "http")]
    pub(crate) async fn push(&self, piece: Vec<u8>) -> Result<(), Stopped> {
        self.sent.fetch_add(piece.len() as u64, Ordering::Relaxed);
        self.pieces.send(piece).await.map_err(|_| Stopped)
    }
}

/// The writer failed, or its limit was reached.
#[cfg(feature = "http")]
#[derive(Debug)]
pub(crate) struct Stopped;

/// Sends a request and writes the body of the response as it arrives.
async fn stream(
    mut request: Request,
    transport: &(impl Transport + ?Sized),
    target: &mut Target<impl AsyncWrite>,
) -> Result<Response, Error> {
    let (sink, mut pieces) = Sink::new();
    request.sink = Some(sink);
    let mut call = pin!(transport.send(request));
    let mut answer = None;
    // The request holds the sender of the channel, so the chunks end when the call does.
    loop {
        let piece = poll_fn(|context| {
            if answer.is_none()
                && let Poll::Ready(done) = call.as_mut().poll(context)
            {
                answer = Some(done);
            }
            match pieces.poll_recv(context) {
                Poll::Pending if answer.is_some() => Poll::Ready(None),
                ready => ready,
            }
        })
        .await;
        match piece {
            Some(piece) => target.write(&piece).await?,
            None => break,
        }
    }
    match answer {
        Some(answer) => answer,
        None => call.await,
    }
}

impl Call {
    /// Sends the call and writes the response as it arrives, up to `limit` bytes, flushes the writer, and returns the
    /// number of bytes written. A slow writer slows the download down.
    ///
    /// Transports other than [`Http`](crate::http::Http) may collect the whole response first. If the response
    /// breaks off after a part of it was written, the call is not retried.
    ///
    /// # Errors
    ///
    /// If the call cannot be sent or is refused; [`Error::TooLarge`] if the response exceeds the limit, after
    /// a part of it was written; [`Error::Custom`] with the [`std::io::Error`] if the writer fails.
    ///
    /// ```
    /// # use ticktick_raw::{Call, Error, Transport, op};
    /// # async fn example(transport: &impl Transport) -> Result<(), Error> {
    /// let call = Call::new(&op::ATTACHMENT_DOWNLOAD).at("/api/v1/attachment/1/2/3");
    /// let mut file = Vec::new();
    /// call.download(transport, &mut file, 10 << 20).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn download(
        self,
        transport: &(impl Transport + ?Sized),
        writer: impl AsyncWrite,
        limit: u64,
    ) -> Result<u64, Error> {
        let request = self.request()?;
        let operation = request.operation;
        let mut target = Target { operation, writer: Box::pin(writer), limit, written: 0 };
        let response = stream(request, transport, &mut target).await?;
        if let Some(refusal) = refusal::refusal(operation, &response) {
            return Err(refusal.into());
        }
        // A body that arrived in one piece has not been written yet.
        target.write(&response.body).await?;
        target.flush().await?;
        Ok(target.written)
    }
}

/// A writer that accepts a limited number of bytes.
struct Target<W> {
    operation: &'static Operation,
    writer: Pin<Box<W>>,
    limit: u64,
    written: u64,
}

impl<W: AsyncWrite> Target<W> {
    async fn write(&mut self, mut piece: &[u8]) -> Result<(), Error> {
        self.written += piece.len() as u64;
        if self.written > self.limit {
            return Err(Error::too_large(self.operation, self.limit));
        }
        while !piece.is_empty() {
            let written = poll_fn(|context| self.writer.as_mut().poll_write(context, piece)).await;
            match written.map_err(|error| Error::custom(self.operation, error))? {
                0 => return Err(Error::custom(self.operation, io::Error::from(io::ErrorKind::WriteZero))),
                count => piece = piece.get(count..).unwrap_or_default(),
            }
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Error> {
        let flushed = poll_fn(|context| self.writer.as_mut().poll_flush(context)).await;
        flushed.map_err(|error| Error::custom(self.operation, error))
    }
}
