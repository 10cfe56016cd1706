//! [`BodyReader`]: reads a response while it arrives.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Call, Error, Response, Transport, refusal};

/// Reads the body of a response while it arrives, and takes out of it what it has read.
///
/// A long response is decoded while the rest of it is still on its way, and is never in memory as a whole. What the
/// reader leaves in the body must be JSON again, because [`Call`](crate::Call) decodes it as the response.
///
/// # Examples
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use ticktick_raw::{BodyReader, Call, Method, Operation};
///
/// /// Counts bytes, and leaves the body as it is.
/// struct Progress(usize);
///
/// impl BodyReader for Progress {
///     fn start(&mut self) {
///         self.0 = 0;
///     }
///
///     fn read(&mut self, body: &mut Vec<u8>) {
///         self.0 = body.len();
///     }
/// }
///
/// let progress = Arc::new(Mutex::new(Progress(0)));
/// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v3/batch/check/0").reader(progress.clone());
/// assert!(call.request()?.is_repeatable());
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
pub trait BodyReader: Send {
    /// Forgets what it has read of an earlier response, because the call is sent again.
    fn start(&mut self);

    /// Reads what has arrived of the body: what the last call left in it, and more bytes at its end.
    fn read(&mut self, body: &mut Vec<u8>);
}

/// A reader that all copies of a request share.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<dyn BodyReader>>);

impl Shared {
    pub(crate) fn new(reader: Arc<Mutex<impl BodyReader + 'static>>) -> Self {
        Self(reader)
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, dyn BodyReader + 'static> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

impl Call {
    /// Reads the response while it arrives, unless it is a refusal.
    ///
    /// If the transport does not stream ([`Transport::can_stream`]), reads the complete response at once.
    pub fn reader(mut self, reader: Arc<Mutex<impl BodyReader + 'static>>) -> Self {
        self.reader = Some(Shared::new(reader));
        self
    }

    /// Sends the call and returns the response, without what the reader takes out of it.
    pub(crate) async fn answer(mut self, transport: &(impl Transport + ?Sized)) -> Result<Response, Error> {
        let operation = self.operation;
        let reader = self.reader.clone();
        // A transport that inspects responses must see all of them.
        self.reader = self.reader.filter(|_| transport.can_stream());
        let mut response = self.send(transport).await?;
        if let Some(refusal) = refusal::refusal(operation, &response) {
            return Err(refusal.into());
        }
        if let Some(reader) = reader.filter(|_| response.taken.is_none()) {
            reader.lock().start();
            response.read(&reader);
        }
        Ok(response)
    }
}
