//! Minimum interval between calls.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ticktick_models::Clock;

use super::sleep::Sleep;
use crate::{Auth, Error, Host, Operation, Pending, Request, Response, Transport};

/// Minimum time between the start of two calls to the same host.
///
/// # Examples
///
/// ```
/// use ticktick_raw::http::Pace;
///
/// assert!(Pace::polite().calls > Pace::unlimited().calls);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pace {
    /// Between calls of the web API.
    pub calls: Duration,
    /// Between calls of the official Open API, which allows 100 a minute.
    pub open_api: Duration,
}

impl Pace {
    /// Returns the intervals that the service is known to accept: 500 ms, and 700 ms for the Open API.
    #[must_use]
    pub const fn polite() -> Self {
        Self { calls: Duration::from_millis(500), open_api: Duration::from_millis(700) }
    }

    /// Returns a pace without limits.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self { calls: Duration::ZERO, open_api: Duration::ZERO }
    }

    /// Returns a pace with the same interval between all calls.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ticktick_raw::http::Pace;
    ///
    /// let pace = Pace::every(Duration::from_secs(1));
    /// assert_eq!(pace.calls, pace.open_api);
    /// ```
    #[must_use]
    pub const fn every(interval: Duration) -> Self {
        Self { calls: interval, open_api: interval }
    }

    fn interval(&self, operation: &Operation) -> Duration {
        match operation.auth {
            Auth::Bearer => self.open_api,
            _ => self.calls,
        }
    }
}

/// When the next call to a host may start, and how many calls are waiting.
#[derive(Default)]
struct Queue {
    next: Option<Timestamp>,
    waiting: u32,
}

impl Queue {
    /// Reserves the next turn and returns how long to wait for it.
    fn take(&mut self, now: Timestamp, interval: Duration) -> Duration {
        let until = self.next.map_or(SignedDuration::ZERO, |next| next.duration_since(now));
        // A clock that was set back must not delay calls for hours.
        let longest = interval.saturating_mul(self.waiting + 1);
        let wait = Duration::try_from(until).unwrap_or_default().min(longest);
        let interval = SignedDuration::try_from(wait.saturating_add(interval)).unwrap_or_default();
        self.next = now.checked_add(interval).ok();
        wait
    }
}

type Queues = Mutex<HashMap<(Host, bool), Queue>>;

/// Delays calls until their turn, and runs one sync at a time.
pub(super) struct Paced<T> {
    pace: Pace,
    clock: Arc<dyn Clock>,
    sleep: Arc<dyn Sleep>,
    queues: Queues,
    sync: tokio::sync::Mutex<()>,
    inner: T,
}

impl<T> Paced<T> {
    pub(super) fn new(pace: Pace, clock: Arc<dyn Clock>, sleep: Arc<dyn Sleep>, inner: T) -> Self {
        Self { pace, clock, sleep, queues: Queues::default(), sync: Default::default(), inner }
    }

    async fn turn(&self, operation: &Operation) {
        let interval = self.pace.interval(operation);
        if interval.is_zero() {
            return;
        }
        let key = (operation.host, operation.auth == Auth::Bearer);
        let wait = update(&self.queues, key, |queue| queue.take(self.clock.now(), interval));
        if !wait.is_zero() {
            let _waiting = Waiting::new(&self.queues, key);
            self.sleep.sleep(wait).await;
        }
    }
}

impl<T: Transport> Transport for Paced<T> {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move {
            let operation = request.operation;
            let _alone = if operation.id.starts_with("sync.") { Some(self.sync.lock().await) } else { None };
            self.turn(operation).await;
            self.inner.send(request).await
        })
    }

    fn can_stream(&self) -> bool {
        self.inner.can_stream()
    }
}

fn update<R>(queues: &Queues, key: (Host, bool), change: impl FnOnce(&mut Queue) -> R) -> R {
    let mut queues = queues.lock().unwrap_or_else(PoisonError::into_inner);
    change(queues.entry(key).or_default())
}

/// Counts a waiting call, even if its future is dropped.
struct Waiting<'a>(&'a Queues, (Host, bool));

impl<'a> Waiting<'a> {
    fn new(queues: &'a Queues, key: (Host, bool)) -> Self {
        update(queues, key, |queue| queue.waiting += 1);
        Self(queues, key)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        update(self.0, self.1, |queue| queue.waiting -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACE: Duration = Duration::from_millis(500);

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_700_000_000_000 + millis).unwrap()
    }

    #[test]
    fn calls_keep_their_distance() {
        let mut queue = Queue::default();
        assert_eq!(queue.take(at(0), PACE), Duration::ZERO);
        assert_eq!(queue.take(at(100), PACE), Duration::from_millis(400));
        assert_eq!(queue.take(at(2000), PACE), Duration::ZERO);
        queue.waiting = 1;
        assert_eq!(queue.take(at(2000), PACE), PACE);
        queue.waiting = 2;
        assert_eq!(queue.take(at(2000), PACE), PACE * 2);
    }

    #[test]
    fn a_clock_that_goes_back_delays_one_interval() {
        let mut queue = Queue::default();
        queue.take(at(3_600_000), PACE);
        assert_eq!(queue.take(at(0), PACE), PACE);
    }
}
