//! Decides which fault applies to which request.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ticktick_raw::Operation;

use crate::fault::rule::{Asked, Rule};
use crate::generated::faults::Fault;
use crate::world::lock::lock;

/// The fault of one request.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) late: Duration,
    pub(crate) fault: Option<Fault>,
}

/// The fault rules of a simulator.
///
/// The first rule that matches a request and applies decides the fault. Latencies are different: they add
/// up, and later rules are evaluated as well.
///
/// ```
/// use ticktick_raw::{op, tag};
/// use ticktick_sim::{DEMO_USER, Fault, Simulator};
///
/// # async fn example() -> Result<(), ticktick_raw::Error> {
/// let sim = Simulator::builder().demo().build();
/// let client = sim.signed_on(DEMO_USER);
/// sim.faults().next(&op::TAG_LIST, Fault::TooBusy);
/// assert!(tag::list(&client).await.is_err());
/// tag::list(&client).await?;
/// # Ok(())
/// # }
/// ```
pub struct Faults(Mutex<Inner>);

struct Inner {
    rules: Vec<Active>,
    random: fastrand::Rng,
    /// The rules that `restart` restores.
    first: Vec<Rule>,
}

/// A rule with its counters.
struct Active {
    rule: Rule,
    /// Arrival times of the requests of the last minute.
    seen: VecDeque<Timestamp>,
    refuses_until: Option<Timestamp>,
}

impl Active {
    fn new(rule: Rule) -> Self {
        Self { rule, seen: VecDeque::new(), refuses_until: None }
    }

    /// Counts a request and returns whether it exceeds the limit.
    fn is_too_much(&mut self, per_minute: u32, seconds: u32, now: Timestamp) -> bool {
        if self.refuses_until.is_some_and(|until| now < until) {
            return true;
        }
        let minute = SignedDuration::from_mins(1);
        self.seen.retain(|seen| now.duration_since(*seen) < minute);
        if self.seen.len() < usize::try_from(per_minute).unwrap_or(usize::MAX) {
            self.seen.push_back(now);
            return false;
        }
        self.seen.clear();
        self.refuses_until = now.checked_add(SignedDuration::from_secs(i64::from(seconds))).ok();
        true
    }
}

impl Faults {
    pub(crate) fn new(rules: Vec<Rule>, seed: u64) -> Self {
        let active = rules.iter().cloned().map(Active::new).collect();
        Self(Mutex::new(Inner { rules: active, random: fastrand::Rng::with_seed(seed), first: rules }))
    }

    /// Injects a fault into the next request of an operation. A second call adds one for the request after
    /// that.
    pub fn next(&self, operation: &Operation, fault: Fault) {
        self.add(Rule::new(fault).operation(operation).times(1));
    }

    /// Appends a rule.
    ///
    /// # Panics
    ///
    /// If no request could match the rule: its path does not start with `/`, its method does not exist, its number of
    /// requests is 0, or its probability is not between 0 and 1. Also if it sends a response in pieces of 0 bytes.
    pub fn add(&self, rule: Rule) {
        if let Err(error) = rule.check() {
            panic!("the simulator cannot use this fault rule: {error}");
        }
        lock(&self.0).rules.push(Active::new(rule));
    }

    /// Removes all rules.
    pub fn clear(&self) {
        lock(&self.0).rules.clear();
    }

    /// Returns the active rules, with their remaining counts.
    #[must_use]
    pub fn list(&self) -> Vec<Rule> {
        lock(&self.0).rules.iter().map(|active| active.rule.clone()).collect()
    }

    /// Restores the initial rules.
    pub(crate) fn restart(&self) {
        let mut inner = lock(&self.0);
        inner.rules = inner.first.iter().cloned().map(Active::new).collect();
    }

    /// Decides which fault applies to a request, and counts the request.
    pub(crate) fn decide(&self, asked: &Asked<'_>) -> Plan {
        let Inner { rules, random, .. } = &mut *lock(&self.0);
        let mut plan = Plan::default();
        for active in rules.iter_mut().filter(|active| active.rule.fits(asked)) {
            if let Fault::RateLimit { per_minute, seconds } = *active.rule.fault()
                && !active.is_too_much(per_minute, seconds, asked.now)
            {
                continue;
            }
            if !active.rule.applies(random) {
                continue;
            }
            if let Fault::Latency { ms } = *active.rule.fault() {
                plan.late += Duration::from_millis(ms.into());
                continue;
            }
            plan.fault = Some(active.rule.fault().clone());
            break;
        }
        rules.retain(|active| !active.rule.is_over());
        plan
    }
}

impl std::fmt::Debug for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.list()).finish()
    }
}
