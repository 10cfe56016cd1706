//! What was asked, for assertions.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use crate::state::lock;

/// Most requests that are remembered; the oldest go first.
const KEPT: usize = 10_000;

/// A request that the simulator answered.
///
/// `Debug` shows the size of the body only, since a sign-on holds a password.
#[derive(Clone)]
#[non_exhaustive]
pub struct Logged {
    /// Method as it was sent.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// Status of the answer; 0 where the connection was reset instead.
    pub status: u16,
    /// Id of the operation; none for unknown routes.
    pub operation: Option<&'static str>,
    /// Body as it was sent.
    pub body: Vec<u8>,
    /// Headers for whose absence the request was refused.
    pub missing: Vec<&'static str>,
}

impl fmt::Debug for Logged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, target, status, .. } = self;
        write!(f, "{method} {target} -> {status} ({} bytes sent)", self.body.len())
    }
}

/// Somebody who wants to know of every request.
pub(crate) type Observer = Box<dyn Fn(&Logged) + Send + Sync>;

pub(crate) struct Log {
    entries: Mutex<VecDeque<Logged>>,
    observer: Option<Observer>,
}

impl Log {
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self { entries: Mutex::default(), observer }
    }

    pub(crate) fn push(&self, entry: Logged) {
        if let Some(observer) = &self.observer {
            observer(&entry);
        }
        let mut entries = lock(&self.entries);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    pub(crate) fn all(&self) -> Vec<Logged> {
        lock(&self.entries).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        lock(&self.entries).clear();
    }
}
