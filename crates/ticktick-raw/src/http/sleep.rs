//! Waiting, replaceable in tests.

use std::time::Duration;

use crate::Pending;

/// Waits between attempts and calls.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use ticktick_raw::{Pending, http::Sleep};
///
/// /// Does not wait.
/// struct Never;
///
/// impl Sleep for Never {
///     fn sleep(&self, _: Duration) -> Pending<'static, ()> {
///         Box::pin(async {})
///     }
/// }
/// ```
pub trait Sleep: Send + Sync {
    /// Returns a future that completes after this time.
    fn sleep(&self, duration: Duration) -> Pending<'static, ()>;
}

/// Waits with Tokio's timer. Outside a Tokio runtime it blocks the thread.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioSleep;

impl Sleep for TokioSleep {
    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        Box::pin(async move {
            match tokio::runtime::Handle::try_current() {
                Ok(_) => tokio::time::sleep(duration).await,
                Err(_) => std::thread::sleep(duration),
            }
        })
    }
}
