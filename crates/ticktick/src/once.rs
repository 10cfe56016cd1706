//! [`Once`]: equal calls that are made at the same time run only once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;

use crate::Error;
use crate::task::closed::Closed;

/// The action and the task.
type Key = (&'static str, String);

/// The outcome that all callers wait for.
type Cell = Arc<OnceCell<Result<Closed, Error>>>;

/// The calls in progress, shared by all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct Once {
    calls: Mutex<BTreeMap<Key, Cell>>,
}

/// A caller's share in a call; the last caller to leave removes the call.
struct Share<'a> {
    once: &'a Once,
    key: Key,
    cell: Cell,
}

impl Once {
    /// Starts a call, or waits for the same one if it is in progress, and returns its outcome.
    ///
    /// If the caller that runs it is cancelled, the next waiter runs it.
    pub(crate) async fn run<F>(&self, key: Key, call: impl FnOnce() -> F) -> Result<Closed, Error>
    where
        F: Future<Output = Result<Closed, Error>>,
    {
        let cell = Arc::clone(self.calls().entry(key.clone()).or_default());
        let share = Share { once: self, key, cell };
        let outcome = share.cell.get_or_init(async || {
            let outcome = call().await;
            share.forget();
            outcome
        });
        outcome.await.clone()
    }

    fn calls(&self) -> MutexGuard<'_, BTreeMap<Key, Cell>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share<'_> {
    /// Lets the next caller start a new call.
    fn forget(&self) {
        let mut calls = self.once.calls();
        if calls.get(&self.key).is_some_and(|cell| Arc::ptr_eq(cell, &self.cell)) {
            calls.remove(&self.key);
        }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        // One share and one in the map: no other caller waits.
        if Arc::strong_count(&self.cell) <= 2 {
            self.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell as Count;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use ticktick_models::Task;
    use tokio::sync::Semaphore;

    use super::*;

    const KEY: &str = "complete";

    fn poll<T>(future: &mut std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => Some(outcome),
            Poll::Pending => None,
        }
    }

    #[test]
    fn calls_at_the_same_time_are_one_and_later_ones_another() {
        let (once, made, gate) = (Once::default(), Count::new(0), Semaphore::new(0));
        let call = async || {
            made.set(made.get() + 1);
            let _open = gate.acquire().await;
            Ok(Closed::for_good(Task::new("a", "b")))
        };
        {
            let mut lost = pin!(once.run((KEY, "a".into()), call));
            let mut first = pin!(once.run((KEY, "a".into()), call));
            assert!(poll(&mut lost).is_none() && poll(&mut first).is_none());
        }
        assert!(once.calls().is_empty(), "both went away");
        let mut first = pin!(once.run((KEY, "a".into()), call));
        let mut second = pin!(once.run((KEY, "a".into()), call));
        assert!(poll(&mut first).is_none() && poll(&mut second).is_none());
        gate.add_permits(9);
        assert!(poll(&mut first).unwrap().is_ok() && poll(&mut second).unwrap().is_ok());
        assert_eq!(made.get(), 2, "one that went away, and one for both");
        assert!(poll(&mut pin!(once.run((KEY, "a".into()), call))).unwrap().is_ok());
        assert_eq!(made.get(), 3);
        assert_eq!(once.calls().len(), 0);
    }
}
