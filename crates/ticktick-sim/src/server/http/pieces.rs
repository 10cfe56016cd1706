//! Bodies that arrive slowly or incomplete.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::time::{Sleep, sleep};

/// A body in pieces of equal size, with a pause before each except the first.
pub(super) struct Pieces {
    rest: Bytes,
    size: usize,
    pause: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
    /// Whether the connection breaks after the first part.
    breaks: bool,
    started: bool,
}

impl Pieces {
    pub(super) fn slow(body: Bytes, size: usize, pause: Duration) -> Self {
        Self { rest: body, size: size.max(1), pause, waiting: None, breaks: false, started: false }
    }

    /// Sends only the first half.
    pub(super) fn half(body: Bytes) -> Self {
        let size = body.len().div_ceil(2).max(1);
        Self { breaks: true, ..Self::slow(body, size, Duration::from_millis(1)) }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.started {
            let pause = self.pause;
            let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(pause)));
            ready!(waiting.as_mut().poll(context));
            self.waiting = None;
            if self.breaks {
                return Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())));
            }
        }
        self.started = true;
        let size = self.size.min(self.rest.len());
        let piece = self.rest.split_to(size);
        Poll::Ready((!piece.is_empty()).then(|| Ok(Frame::data(piece))))
    }
}
