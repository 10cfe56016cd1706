//! The simulator's clock: a system or test clock plus an offset, or a frozen time.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use ticktick_models::Clock;

use crate::world::lock::lock;

/// Reads and sets the time of a simulator. Clones share it.
///
/// ```
/// use jiff::SignedDuration;
/// use ticktick_models::FixedClock;
/// use ticktick_sim::Simulator;
///
/// let noon = "2026-03-01T12:00:00Z".parse()?;
/// let sim = Simulator::builder().clock(FixedClock(noon)).build();
/// sim.clock().advance(SignedDuration::from_mins(30));
/// assert_eq!(sim.clock().now().to_string(), "2026-03-01T12:30:00Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone)]
pub struct SimClock(Arc<Inner>);

struct Inner {
    base: Box<dyn Clock>,
    first: Mode,
    mode: Mutex<Mode>,
}

/// How the time is computed.
#[derive(Clone, Copy)]
enum Mode {
    /// The underlying clock plus an offset.
    Running { ahead: SignedDuration },
    /// A fixed time.
    Frozen { at: Timestamp },
}

impl SimClock {
    pub(crate) fn new(base: impl Clock + 'static) -> Self {
        Self::with(base, Mode::Running { ahead: SignedDuration::ZERO })
    }

    /// Creates a frozen clock.
    pub(crate) fn frozen(base: impl Clock + 'static, at: Timestamp) -> Self {
        Self::with(base, Mode::Frozen { at })
    }

    fn with(base: impl Clock + 'static, first: Mode) -> Self {
        Self(Arc::new(Inner { base: Box::new(base), first, mode: Mutex::new(first) }))
    }

    /// Returns the current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.read(*lock(&self.0.mode))
    }

    fn read(&self, mode: Mode) -> Timestamp {
        match mode {
            Mode::Frozen { at } => at,
            Mode::Running { ahead } => moved(self.0.base.now(), ahead),
        }
    }

    /// Sets the time. A frozen clock stays frozen at the new time; a running one continues from there.
    pub fn set(&self, to: Timestamp) {
        let mut mode = lock(&self.0.mode);
        *mode = match *mode {
            Mode::Frozen { .. } => Mode::Frozen { at: to },
            Mode::Running { .. } => self.running_from(to),
        };
    }

    fn running_from(&self, time: Timestamp) -> Mode {
        Mode::Running { ahead: time.duration_since(self.0.base.now()) }
    }

    /// Freezes the clock at the current time. [`Self::set`] and [`Self::advance`] still move it.
    ///
    /// ```
    /// use ticktick_sim::Simulator;
    ///
    /// let sim = Simulator::builder().build();
    /// sim.clock().freeze();
    /// assert_eq!(sim.clock().now(), sim.clock().now());
    /// ```
    pub fn freeze(&self) {
        let mut mode = lock(&self.0.mode);
        *mode = Mode::Frozen { at: self.read(*mode) };
    }

    /// Lets a frozen clock run again from its current time.
    pub fn unfreeze(&self) {
        let mut mode = lock(&self.0.mode);
        if let Mode::Frozen { at } = *mode {
            *mode = self.running_from(at);
        }
    }

    /// Returns `true` if the clock is frozen.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        matches!(*lock(&self.0.mode), Mode::Frozen { .. })
    }

    /// Restores the initial state.
    pub(crate) fn restart(&self) {
        *lock(&self.0.mode) = self.0.first;
    }

    /// Moves the clock forward, or back by a negative duration, at most to the years 9999 and -9999.
    pub fn advance(&self, by: SignedDuration) {
        let mut mode = lock(&self.0.mode);
        *mode = match *mode {
            Mode::Frozen { at } => Mode::Frozen { at: moved(at, by) },
            Mode::Running { ahead } => {
                let now = self.0.base.now();
                Mode::Running { ahead: moved(moved(now, ahead), by).duration_since(now) }
            }
        };
    }
}

/// Returns a time after a duration, or the first or last time that there is.
fn moved(time: Timestamp, by: SignedDuration) -> Timestamp {
    let end = if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
    time.checked_add(by).unwrap_or(end)
}

impl Clock for SimClock {
    fn now(&self) -> Timestamp {
        Self::now(self)
    }
}

impl std::fmt::Debug for SimClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SimClock({})", self.now())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    /// A clock that ticks once each time it is read.
    struct Ticking(AtomicI64);

    impl Clock for Ticking {
        fn now(&self) -> Timestamp {
            Timestamp::from_second(self.0.fetch_add(1, Ordering::Relaxed)).unwrap()
        }
    }

    fn seconds(clock: &SimClock) -> i64 {
        clock.now().as_second()
    }

    #[test]
    fn a_clock_that_is_moved_too_far_stops_at_the_end() {
        let clock = SimClock::new(Ticking(AtomicI64::new(100)));
        for is_frozen in [false, true] {
            if is_frozen {
                clock.freeze();
            }
            clock.advance(SignedDuration::MAX);
            assert_eq!(clock.now(), Timestamp::MAX, "{is_frozen}");
            clock.advance(SignedDuration::MIN);
            // A running clock ticks on.
            assert!(clock.now().duration_since(Timestamp::MIN) < SignedDuration::from_secs(9), "{is_frozen}");
            clock.set(Timestamp::from_second(100).unwrap());
        }
    }

    #[test]
    fn a_frozen_clock_changes_only_if_it_is_moved_or_unfrozen() {
        let clock = SimClock::new(Ticking(AtomicI64::new(100)));
        clock.freeze();
        assert_eq!(seconds(&clock), 100);
        assert_eq!(seconds(&clock), 100);
        assert!(clock.is_frozen());
        clock.advance(SignedDuration::from_secs(5));
        assert_eq!(seconds(&clock), 105);
        assert_eq!(seconds(&clock), 105);
        clock.set(Timestamp::from_second(7).unwrap());
        assert_eq!(seconds(&clock), 7);
        assert_eq!(seconds(&clock), 7);
        clock.unfreeze();
        assert_eq!(seconds(&clock), 8);
        assert_eq!(seconds(&clock), 9);
        assert!(!clock.is_frozen());
    }

    #[test]
    fn a_restart_restores_the_initial_time() {
        let clock = SimClock::frozen(Ticking(AtomicI64::new(100)), Timestamp::from_second(7).unwrap());
        clock.unfreeze();
        clock.advance(SignedDuration::from_secs(5));
        clock.restart();
        assert_eq!(seconds(&clock), 7);
        assert!(clock.is_frozen());
    }
}
