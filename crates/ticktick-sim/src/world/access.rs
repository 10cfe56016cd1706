//! Sessions, failed sign-in attempts, lock-outs, and sign-ins that wait for a second factor.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::world::clock::SimClock;
use crate::world::maker::{Maker, MakerState, is_id};

/// Failed attempts after which an account is locked.
const TRIES: u32 = 10;

/// How long a lock lasts.
const LOCKED: SignedDuration = SignedDuration::from_mins(30);

/// How long a sign-in waits for its second factor. The limit of the service is not recorded.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// Consecutive requests with a new device id each, after which the session ends for that client.
///
/// The service rejected a client with a new id for each request, and accepts clients that create an id in
/// each process. The exact limit is unknown.
const STRANGERS: u32 = 10;

/// Device ids that a session remembers.
const DEVICES: usize = 100;

/// A signed-in device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) token: String,
    /// Position of the account.
    pub(crate) account: usize,
}

/// A session and its properties.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    pub(crate) session: Session,
    pub(crate) id: String,
    pub(crate) opened: Timestamp,
    pub(crate) used: Timestamp,
    /// Header `X-Device` of the sign-on.
    pub(crate) device: Option<String>,
    /// Ids of the devices used.
    devices: Vec<String>,
    /// Number of consecutive requests with a new device id.
    #[serde(default)]
    strangers: u32,
}

/// A sign-in that waits for its second factor.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Challenge {
    pub(crate) user: String,
    pub(crate) account: usize,
    pub(crate) until: Timestamp,
    pub(crate) device: Option<String>,
    /// The method and the code, if a code was sent.
    pub(crate) sent: Option<(String, String)>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct Failures {
    count: u32,
    locked_until: Option<Timestamp>,
}

/// Sessions, failed attempts, locks, and sign-ins that wait for a second factor.
pub(crate) struct Access {
    sessions: HashMap<String, Entry>,
    failures: BTreeMap<String, Failures>,
    challenges: BTreeMap<String, Challenge>,
    maker: Maker,
    clock: SimClock,
    /// Lifetime of a session; `None` for unlimited.
    lifetime: Option<SignedDuration>,
}

impl Entry {
    /// Records a device and returns whether it may use the session.
    fn knows(&mut self, device: &str) -> bool {
        if self.devices.iter().any(|known| known == device) {
            self.strangers = 0;
            return true;
        }
        if self.strangers == STRANGERS {
            return false;
        }
        self.strangers += 1;
        if self.devices.len() == DEVICES {
            self.devices.remove(0);
        }
        self.devices.push(device.to_owned());
        true
    }
}

/// The part in a dump.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    sessions: Vec<Entry>,
    failures: BTreeMap<String, Failures>,
    challenges: BTreeMap<String, Challenge>,
    maker: MakerState,
}

impl Kept {
    /// Updates the positions of accounts and drops the entries of removed ones.
    pub(crate) fn renumber(&mut self, place: impl Fn(usize) -> Option<usize>) {
        let moved = |account: &mut usize| place(*account).map(|to| *account = to).is_some();
        self.sessions.retain_mut(|entry| moved(&mut entry.session.account));
        self.challenges.retain(|_, challenge| moved(&mut challenge.account));
    }
}

impl Access {
    pub(crate) fn new(maker: Maker, clock: SimClock, lifetime: Option<SignedDuration>) -> Self {
        let (sessions, failures, challenges) = (HashMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { sessions, failures, challenges, maker, clock, lifetime }
    }

    /// Returns the session of a token, unless it has expired or is used by too many devices.
    pub(crate) fn enter(&mut self, token: &str, device: Option<&str>) -> Option<Session> {
        let now = self.clock.now();
        let entry = self.sessions.get_mut(token)?;
        if self.lifetime.is_some_and(|lifetime| now.duration_since(entry.opened) >= lifetime) {
            self.sessions.remove(token);
            return None;
        }
        if device.filter(|id| is_id(id)).is_some_and(|device| !entry.knows(device)) {
            return None;
        }
        entry.used = now;
        Some(entry.session.clone())
    }

    /// Opens a session for an account and clears its failed attempts.
    pub(crate) fn open(&mut self, user: &str, account: usize) -> Session {
        self.open_for(user, account, None)
    }

    /// Opens a session for a device that identifies itself.
    pub(crate) fn open_for(&mut self, user: &str, account: usize, device: Option<String>) -> Session {
        self.failures.remove(user);
        let session = Session { token: self.maker.token(), account };
        let now = self.clock.now();
        let entry = Entry {
            session: session.clone(),
            id: self.maker.hex(24),
            opened: now,
            used: now,
            device,
            devices: Vec::new(),
            strangers: 0,
        };
        self.sessions.insert(session.token.clone(), entry);
        session
    }

    /// Returns the sessions of an account, the oldest first.
    pub(crate) fn sessions(&self, account: usize) -> Vec<Entry> {
        self.sorted(|entry| entry.session.account == account)
    }

    fn sorted(&self, pick: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.sessions.values().filter(|entry| pick(entry)).cloned().collect();
        entries.sort_by(|one, other| (one.opened, &one.session.token).cmp(&(other.opened, &other.session.token)));
        entries
    }

    pub(crate) fn close(&mut self, token: &str) {
        self.sessions.remove(token);
    }

    /// Ends all sessions of one account, or of all.
    pub(crate) fn close_all(&mut self, account: Option<usize>) {
        let stays = |of: usize| account.is_some_and(|account| account != of);
        self.sessions.retain(|_, entry| stays(entry.session.account));
        self.challenges.retain(|_, challenge| stays(challenge.account));
    }

    /// Adds a sign-in that waits for its second factor, and returns its key and its end.
    pub(crate) fn challenge(&mut self, user: &str, account: usize, device: Option<String>) -> (String, Timestamp) {
        let key = self.maker.hex(32);
        let until = self.clock.now().checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
        let challenge = Challenge { user: user.to_owned(), account, until, device, sent: None };
        self.challenges.insert(key.clone(), challenge);
        (key, until)
    }

    /// Returns a sign-in that still waits.
    pub(crate) fn waiting(&mut self, key: &str) -> Option<&mut Challenge> {
        let now = self.clock.now();
        self.challenges.retain(|_, challenge| now < challenge.until);
        self.challenges.get_mut(key)
    }

    /// Removes a completed sign-in.
    pub(crate) fn met(&mut self, key: &str) {
        self.challenges.remove(key);
    }

    /// Generates a code for a second factor.
    pub(crate) fn code(&mut self) -> String {
        self.maker.digits()
    }

    /// Returns the sent and unused codes: user, method and code.
    pub(crate) fn codes(&self) -> Vec<(String, String, String)> {
        let sent =
            |challenge: &Challenge| challenge.sent.clone().map(|(method, code)| (challenge.user.clone(), method, code));
        self.challenges.values().filter_map(sent).collect()
    }

    /// Returns `true` if a user name is locked. A lock that has ended clears its failed attempts.
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

    /// Counts a failed attempt and returns how many are left.
    pub(crate) fn fail(&mut self, user: &str, now: Timestamp) -> u32 {
        let failures = self.failures.entry(user.to_owned()).or_default();
        failures.count += 1;
        if failures.count >= TRIES {
            failures.locked_until = now.checked_add(LOCKED).ok();
        }
        TRIES.saturating_sub(failures.count)
    }

    /// Creates the value of the cookie `_csrf_token`.
    pub(crate) fn csrf(&mut self, now: Timestamp) -> String {
        format!("{}-{}", self.maker.hex(40), now.as_second())
    }

    /// Creates the key under which a failure is logged.
    pub(crate) fn key(&mut self) -> String {
        self.maker.etag()
    }

    /// Returns the part for a dump.
    pub(crate) fn keep(&self) -> Kept {
        let (failures, challenges) = (self.failures.clone(), self.challenges.clone());
        Kept { sessions: self.sorted(|_| true), failures, challenges, maker: self.maker.state() }
    }

    /// Restores the part from a dump.
    pub(crate) fn restore(&mut self, kept: Kept) {
        let by_token = |entry: Entry| (entry.session.token.clone(), entry);
        self.sessions = kept.sessions.into_iter().map(by_token).collect();
        self.failures = kept.failures;
        self.challenges = kept.challenges;
        self.maker.restore_state(&kept.maker);
    }

    /// Updates the positions of accounts and drops the entries of removed ones.
    pub(crate) fn renumber(&mut self, place: impl Fn(usize) -> Option<usize>) {
        let moved = |account: &mut usize| place(*account).map(|to| *account = to).is_some();
        self.sessions.retain(|_, entry| moved(&mut entry.session.account));
        self.challenges.retain(|_, challenge| moved(&mut challenge.account));
    }

    /// Ends the sessions of an account and clears the failed attempts of its user.
    pub(crate) fn forget_account(&mut self, user: &str, account: usize) {
        self.close_all(Some(account));
        self.failures.remove(&user.to_lowercase());
    }

    /// Clears everything except the generator.
    pub(crate) fn forget(&mut self) {
        self.close_all(None);
        self.failures.clear();
    }
}
