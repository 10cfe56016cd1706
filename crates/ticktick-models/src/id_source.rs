//! [`IdSource`]: makes ids as the service's own clients do.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{LazyLock, Mutex, PoisonError};

/// A source of the current time. Tests can use a fixed one.
pub trait Clock: Send + Sync {
    /// Returns the current instant.
    fn now(&self) -> jiff::Timestamp;
}

/// The system clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

/// A clock that always returns the same instant.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(
    /// The instant that it returns.
    pub jiff::Timestamp,
);

impl Clock for FixedClock {
    fn now(&self) -> jiff::Timestamp {
        self.0
    }
}

/// Generates ids of 24 lower-case hex digits: seconds (4 bytes), a number for each source (5 bytes), a
/// counter (3 bytes).
///
/// ```
/// use ticktick_models::{FixedClock, IdSource, TaskId};
///
/// let clock = FixedClock("2026-03-01T00:00:00Z".parse()?);
/// let mut ids = IdSource::new(clock, [1, 2, 3, 4, 5, 0, 0, 9]);
/// assert_eq!(TaskId::new_with(&mut ids), "69a381800102030405000009");
/// assert_eq!(TaskId::new_with(&mut ids), "69a38180010203040500000a");
/// # Ok::<(), jiff::Error>(())
/// ```
pub struct IdSource {
    clock: Box<dyn Clock>,
    source: [u8; 5],
    counter: u32,
}

impl IdSource {
    /// Creates a source from a clock and eight random bytes: five for the source, three for the start of
    /// the counter.
    #[must_use]
    pub fn new(clock: impl Clock + 'static, entropy: [u8; 8]) -> Self {
        let [a, b, c, d, e, counter @ ..] = entropy;
        let [high, middle, low] = counter;
        Self { clock: Box::new(clock), source: [a, b, c, d, e], counter: u32::from_be_bytes([0, high, middle, low]) }
    }

    /// Creates a source from the system clock and random bytes.
    ///
    /// ```
    /// use ticktick_models::{IdSource, TaskId};
    ///
    /// let mut ids = IdSource::system();
    /// assert_ne!(TaskId::new_with(&mut ids), TaskId::new_with(&mut ids));
    /// ```
    #[must_use]
    pub fn system() -> Self {
        let mut entropy = [0; 8];
        if getrandom::fill(&mut entropy).is_err() {
            // Ids must be unique, not secret, so the hasher's seed is sufficient.
            entropy = RandomState::new().hash_one(std::process::id()).to_be_bytes();
        }
        Self::new(SystemClock, entropy)
    }

    /// Generates the next id.
    pub(crate) fn next_id(&mut self) -> Box<str> {
        // The layout has 32 bits for the seconds; they wrap in 2106.
        let seconds = self.clock.now().as_second() as u32;
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&seconds.to_be_bytes());
        bytes[4..9].copy_from_slice(&self.source);
        bytes[9..].copy_from_slice(&self.counter.to_be_bytes()[1..]);
        self.counter = (self.counter + 1) % (1 << 24);
        const HEX: &[u8; 16] = b"0123456789abcdef";
        bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(HEX[usize::from(digit)])).collect()
    }

    /// Generates the next id of the source shared by the whole process.
    pub(crate) fn shared_id() -> Box<str> {
        static SHARED: LazyLock<Mutex<IdSource>> = LazyLock::new(|| Mutex::new(IdSource::system()));
        SHARED.lock().unwrap_or_else(PoisonError::into_inner).next_id()
    }
}

impl fmt::Debug for IdSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdSource").field("counter", &self.counter).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn the_counter_wraps() {
        let mut ids = IdSource::new(FixedClock(jiff::Timestamp::UNIX_EPOCH), [255; 8]);
        assert_eq!(&*ids.next_id(), "00000000ffffffffffffffff");
        assert_eq!(&*ids.next_id(), "00000000ffffffffff000000");
    }

    #[test]
    fn shared_ids_differ() {
        let ids: HashSet<_> = (0..1000).map(|_| IdSource::shared_id()).collect();
        assert_eq!(ids.len(), 1000);
    }

    proptest! {
        #[test]
        fn ids_have_the_layout(second in 0i64..=u32::MAX.into(), entropy: [u8; 8]) {
            let clock = FixedClock(jiff::Timestamp::from_second(second).unwrap());
            let id = IdSource::new(clock, entropy).next_id();
            prop_assert_eq!(id.len(), 24);
            prop_assert!(id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
            prop_assert_eq!(i64::from_str_radix(&id[..8], 16).unwrap(), second);
        }
    }
}
