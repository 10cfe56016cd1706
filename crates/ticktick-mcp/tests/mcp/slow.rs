//! A transport whose responses are late. Tests that use it stop the clock, so they do not wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ticktick::connection::{Pending, Transport};
use ticktick::raw::{Error, Request, Response};

/// Which operations are late, and by how much.
#[derive(Clone, Default)]
pub(crate) struct Slowness(Arc<Mutex<Vec<(&'static str, Duration)>>>);

pub(crate) struct Slow<T> {
    pub(crate) inner: T,
    pub(crate) delays: Slowness,
}

impl Slowness {
    /// Delays the responses of operations whose ids begin like this.
    pub(crate) fn set(&self, operation: &'static str, seconds: u64) {
        self.0.lock().unwrap().push((operation, Duration::from_secs(seconds)));
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap().clear();
    }

    fn of(&self, operation: &str) -> Option<Duration> {
        self.0.lock().unwrap().iter().find(|(id, _)| operation.starts_with(id)).map(|(_, delay)| *delay)
    }
}

impl<T: Transport> Transport for Slow<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move {
            let delay = self.delays.of(request.operation.id);
            let answer = self.inner.send(request).await;
            if let Some(delay) = delay {
                tokio::time::sleep(delay).await;
            }
            answer
        })
    }
}
