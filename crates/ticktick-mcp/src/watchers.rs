//! [`Watchers`]: the subscribed resources and their contents, in one channel for the subscriptions of both protocol eras.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Notify, watch};

/// The contents of the subscribed resources, by address. `None` if a resource does not exist.
pub(crate) type Contents = BTreeMap<String, Option<u64>>;

/// The subscriptions of all connections.
pub(crate) struct Watchers {
    inner: Mutex<Inner>,
    /// What the subscribed resources contain.
    pub(crate) contents: watch::Sender<Contents>,
    /// Signals that this server has changed something.
    changed: Notify,
    /// Counts the starts and ends of writes, so it is odd during a write.
    writes: AtomicU64,
}

/// A write of this server, until it is dropped.
pub(crate) struct Write<'a>(&'a Watchers);

#[derive(Default)]
struct Inner {
    /// Number of subscriptions to each address.
    addresses: BTreeMap<String, usize>,
    is_polling: bool,
}

impl Default for Watchers {
    fn default() -> Self {
        Self {
            inner: Mutex::default(),
            contents: watch::Sender::default(),
            changed: Notify::new(),
            writes: AtomicU64::new(0),
        }
    }
}

impl Watchers {
    /// Adds a subscription. Returns whether polling must be started.
    pub(crate) fn add(&self, address: &str, content: Option<u64>) -> bool {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        *inner.addresses.entry(address.to_owned()).or_default() += 1;
        self.contents.send_if_modified(|contents| {
            contents.entry(address.to_owned()).or_insert(content);
            false
        });
        !std::mem::replace(&mut inner.is_polling, true)
    }

    pub(crate) fn remove(&self, address: &str) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(count) = inner.addresses.get_mut(address) else { return };
        *count -= 1;
        if *count == 0 {
            inner.addresses.remove(address);
            self.contents.send_if_modified(|contents| {
                contents.remove(address);
                false
            });
        }
        self.changed.notify_one();
    }

    /// Returns the addresses to poll, or `None` if nobody needs to poll any more.
    pub(crate) fn addresses(&self) -> Option<Vec<String>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.is_polling = !inner.addresses.is_empty();
        inner.is_polling.then(|| inner.addresses.keys().cloned().collect())
    }

    /// Publishes what a resource contains.
    pub(crate) fn publish(&self, address: &str, content: Option<u64>) {
        self.contents.send_if_modified(|contents| match contents.get_mut(address) {
            Some(held) if *held != content => {
                *held = content;
                true
            }
            _ => false,
        });
    }

    /// Makes the next poll happen now.
    pub(crate) fn look(&self) {
        self.changed.notify_one();
    }

    /// Begins a write. Only one runs at a time.
    pub(crate) fn write(&self) -> Write<'_> {
        self.writes.fetch_add(1, Ordering::SeqCst);
        Write(self)
    }

    /// Returns the point after which a client is notified of every change.
    pub(crate) fn point(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    /// Returns whether this server may have changed something since that point.
    pub(crate) fn wrote_since(&self, point: u64) -> bool {
        let now = self.point();
        now != point || now % 2 == 1
    }

    /// Waits for [`look`](Self::look).
    pub(crate) async fn looked(&self) {
        self.changed.notified().await;
    }
}

impl Drop for Write<'_> {
    fn drop(&mut self) {
        self.0.writes.fetch_add(1, Ordering::SeqCst);
    }
}

/// Returns a hash of the text of a resource, without its first line, which contains the time.
pub(crate) fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.split_once('\n').map_or("", |(_, rest)| rest).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_poller_serves_all_subscriptions_until_the_last_ends() {
        let watchers = Watchers::default();
        assert!(watchers.add("a", Some(1)) && !watchers.add("a", Some(1)) && !watchers.add("b", None));
        assert_eq!(watchers.addresses(), Some(vec!["a".to_owned(), "b".to_owned()]));
        let mut contents = watchers.contents.subscribe();
        watchers.publish("a", Some(1));
        assert!(!contents.has_changed().unwrap());
        watchers.publish("a", Some(2));
        watchers.publish("c", Some(2));
        assert!(contents.has_changed().unwrap());
        assert_eq!(*contents.borrow_and_update(), Contents::from([("a".into(), Some(2)), ("b".into(), None)]));
        for address in ["a", "a", "b"] {
            watchers.remove(address);
        }
        assert_eq!(watchers.addresses(), None);
        assert!(watchers.add("a", None), "the poller has ended");
    }

    #[test]
    fn a_write_during_a_promise_is_noticed() {
        let watchers = Watchers::default();
        let point = watchers.point();
        assert!(!watchers.wrote_since(point));
        let write = watchers.write();
        assert!(watchers.wrote_since(point) && watchers.wrote_since(watchers.point()), "it runs");
        drop(write);
        assert!(watchers.wrote_since(point) && !watchers.wrote_since(watchers.point()));
    }

    #[test]
    fn the_time_in_the_first_line_is_not_content() {
        assert_eq!(digest("now 12:14\na"), digest("now 12:15\na"));
        assert_ne!(digest("now\na"), digest("now\nb"));
    }
}
