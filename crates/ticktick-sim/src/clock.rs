//! The simulator's clock: that of the machine or of a test, and how far it was moved.

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use ticktick_models::Clock;

use crate::state::lock;

/// Tells and sets the time of a simulator; clones share it.
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
    ahead: Mutex<SignedDuration>,
}

impl SimClock {
    pub(crate) fn new(base: impl Clock + 'static) -> Self {
        Self(Arc::new(Inner { base: Box::new(base), ahead: Mutex::new(SignedDuration::ZERO) }))
    }

    /// Returns the time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = *lock(&self.0.ahead);
        let now = self.0.base.now();
        now.checked_add(ahead).unwrap_or(now)
    }

    /// Sets the time; it goes on from there as the clock below does.
    pub fn set(&self, to: Timestamp) {
        *lock(&self.0.ahead) = to.duration_since(self.0.base.now());
    }

    /// Goes back to the clock below.
    pub(crate) fn restart(&self) {
        *lock(&self.0.ahead) = SignedDuration::ZERO;
    }

    /// Moves the time forward, or back by a negative duration.
    pub fn advance(&self, by: SignedDuration) {
        let mut ahead = lock(&self.0.ahead);
        *ahead = ahead.saturating_add(by);
    }
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
