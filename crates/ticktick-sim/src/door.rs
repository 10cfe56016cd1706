//! Who may come in: sessions, failed tries and locks.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::maker::Maker;

/// Failed tries after which an account is locked.
const TRIES: u32 = 10;

/// How long a lock lasts.
const LOCKED: SignedDuration = SignedDuration::from_mins(30);

/// A device that is signed on.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) token: String,
    /// Which of the accounts.
    pub(crate) account: usize,
}

/// The door.
pub(crate) struct Door {
    sessions: HashMap<String, Session>,
    failures: HashMap<String, Failures>,
    maker: Maker,
}

#[derive(Default)]
struct Failures {
    count: u32,
    locked_until: Option<Timestamp>,
}

impl Door {
    pub(crate) fn new(maker: Maker) -> Self {
        Self { sessions: HashMap::new(), failures: HashMap::new(), maker }
    }

    pub(crate) fn session(&self, token: &str) -> Option<&Session> {
        self.sessions.get(token)
    }

    /// Lets an account in and forgets its failed tries.
    pub(crate) fn open(&mut self, user: &str, account: usize) -> Session {
        self.failures.remove(user);
        let session = Session { token: self.maker.token(), account };
        self.sessions.insert(session.token.clone(), session.clone());
        session
    }

    pub(crate) fn close(&mut self, token: &str) {
        self.sessions.remove(token);
    }

    pub(crate) fn close_all(&mut self) {
        self.sessions.clear();
    }

    /// Tells whether a name is locked; a lock that is over takes its failed tries along.
    pub(crate) fn is_locked(&mut self, user: &str, now: Timestamp) -> bool {
        match self.failures.get(user).and_then(|failures| failures.locked_until) {
            Some(until) if now < until => true,
            Some(_) => {
                self.failures.remove(user);
                false
            }
            None => false,
        }
    }

    /// Counts a failed try and returns how many are left.
    pub(crate) fn fail(&mut self, user: &str, now: Timestamp) -> u32 {
        let failures = self.failures.entry(user.to_owned()).or_default();
        failures.count += 1;
        if failures.count >= TRIES {
            failures.locked_until = now.checked_add(LOCKED).ok();
        }
        TRIES.saturating_sub(failures.count)
    }

    /// Makes the value of the cookie `_csrf_token`.
    pub(crate) fn csrf(&mut self, now: Timestamp) -> String {
        format!("{}-{}", self.maker.hex(40), now.as_second())
    }

    /// Makes the key under which a failure is logged.
    pub(crate) fn key(&mut self) -> String {
        self.maker.etag()
    }
}
