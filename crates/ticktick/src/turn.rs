//! [`Turns`]: locks for calls of a client and its clones that read an object, change it and write it back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// The lock of an object, by kind and id; the empty id is the lock of all objects of the kind.
type Key = (&'static str, String);

/// The locks that are held or waited for.
type Locks = Mutex<BTreeMap<Key, Arc<RwLock<()>>>>;

/// The locks of the objects of an account, shared by all clones of a client.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    locks: Arc<Locks>,
}

/// The objects that a call reads and writes back.
///
/// Each call claims all of its objects at once, and nothing more while it holds locks. Locks are taken in the order of
/// their keys, so deadlocks are impossible.
#[derive(Debug, Default)]
pub(crate) struct Claim {
    /// Whether each lock is exclusive, by key.
    wanted: BTreeMap<Key, bool>,
}

/// Exclusive access to the claimed objects, until it is dropped.
#[derive(Debug, Default)]
#[must_use = "dropping the turn releases its locks"]
pub(crate) struct Turn {
    held: Vec<Held>,
}

/// One lock, held or waited for; it is removed when its last holder drops it.
#[derive(Debug)]
struct Held {
    locks: Arc<Locks>,
    key: Key,
    lock: Option<Arc<RwLock<()>>>,
    guard: Option<Guard>,
}

/// A lock guard, kept until it is dropped.
#[derive(Debug)]
#[expect(dead_code, reason = "a guard is only kept to be dropped")]
enum Guard {
    Shared(OwnedRwLockReadGuard<()>),
    Sole(OwnedRwLockWriteGuard<()>),
}

impl Claim {
    /// Claims all objects of a kind.
    pub(crate) fn all_named(mut self, what: &'static str) -> Self {
        self.wanted.insert((what, String::new()), true);
        self
    }

    /// Claims one object of a kind, or something that is not an object of a batch.
    pub(crate) fn named(mut self, what: &'static str, id: &str) -> Self {
        self.wanted.entry((what, String::new())).or_insert(false);
        self.wanted.insert((what, id.to_owned()), true);
        self
    }
}

impl Turns {
    /// Waits until no other call holds any of the claimed locks.
    ///
    /// Dropping the future releases its locks and its places in all queues.
    pub(crate) async fn take(&self, claim: Claim) -> Turn {
        let mut turn = Turn::default();
        for (key, sole) in claim.wanted {
            let mut held = self.enter(key);
            let Some(lock) = held.lock.clone() else { continue };
            held.guard =
                Some(if sole { Guard::Sole(lock.write_owned().await) } else { Guard::Shared(lock.read_owned().await) });
            turn.held.push(held);
        }
        turn
    }

    /// Returns the lock of a key.
    fn enter(&self, key: Key) -> Held {
        let lock = Arc::clone(held(&self.locks).entry(key.clone()).or_default());
        Held { locks: Arc::clone(&self.locks), key, lock: Some(lock), guard: None }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut locks = held(&self.locks);
        self.guard = None;
        self.lock = None;
        // Locks are cloned only while the map is locked, so no other call waits for a lone one.
        if let Entry::Occupied(entry) = locks.entry(self.key.clone())
            && Arc::strong_count(entry.get()) == 1
        {
            entry.remove();
        }
    }
}

fn held(locks: &Locks) -> MutexGuard<'_, BTreeMap<Key, Arc<RwLock<()>>>> {
    locks.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// Polls once: the turn, if nobody else has it.
    fn now(turns: &Turns, claim: Claim) -> Option<Turn> {
        match pin!(turns.take(claim)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    fn one(id: &str) -> Claim {
        Claim::default().named("task", id)
    }

    fn all() -> Claim {
        Claim::default().all_named("task")
    }

    #[test]
    fn one_object_is_for_one_call_at_a_time() {
        let turns = Turns::default();
        let first = now(&turns, one("a"));
        assert!(first.is_some() && now(&turns, one("a")).is_none());
        assert!(now(&turns, one("b")).is_some() && now(&turns, Claim::default().named("project", "a")).is_some());
        drop(first);
        assert!(now(&turns, one("a")).is_some());
    }

    #[test]
    fn a_whole_kind_is_for_one_call_at_a_time() {
        let turns = Turns::default();
        let a = now(&turns, one("a"));
        assert!(now(&turns, all()).is_none());
        drop(a);
        let everything = now(&turns, all());
        assert!(everything.is_some() && now(&turns, one("a")).is_none());
    }

    #[test]
    fn what_nobody_holds_is_forgotten() {
        let turns = Turns::default();
        let first = now(&turns, one("a").named("task", "b")).unwrap();
        {
            let mut waiting = pin!(turns.take(one("b").named("task", "c")));
            assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            assert_eq!(held(&turns.locks).len(), 3, "a, b and the kind");
        }
        assert!(now(&turns, one("c")).is_some(), "a call that went away holds nothing");
        drop(first);
        assert!(held(&turns.locks).is_empty());
    }
}
