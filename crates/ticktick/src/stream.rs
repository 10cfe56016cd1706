//! Paginated reads as streams.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use ticktick_raw::Pending;

use crate::Error;

/// A source of items that are read one call at a time.
pub(crate) trait Source: Send + Sized {
    /// The type of the items.
    type Item: Send;

    /// Reads the next item and returns the source with it.
    fn step<'a>(self) -> Pending<'a, Step<Self>>
    where
        Self: 'a;
}

/// A source and the item that it yielded.
type Step<S> = (S, Result<Option<<S as Source>::Item>, Error>);

/// A [`Source`] as a stream.
pub(crate) enum Items<'a, S: Source> {
    Idle(S),
    Busy(Pending<'a, Step<S>>),
    Over,
}

impl<'a, S: Source + Unpin + 'a> Stream for Items<'a, S> {
    type Item = Result<S::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut call = match std::mem::replace(&mut *self, Self::Over) {
            Self::Idle(source) => source.step(),
            Self::Busy(call) => call,
            Self::Over => return Poll::Ready(None),
        };
        let Poll::Ready((source, read)) = call.as_mut().poll(context) else {
            *self = Self::Busy(call);
            return Poll::Pending;
        };
        // After an error, the source continues at the same place.
        *self = if matches!(read, Ok(None)) { Self::Over } else { Self::Idle(source) };
        Poll::Ready(read.transpose())
    }
}

impl<S: Source> fmt::Debug for Items<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
