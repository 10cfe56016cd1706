//! Values in responses that do not match the contract.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ticktick_models::Misfit;
use ticktick_raw::Operation;

/// A kind of value that the service sent in place of the expected one.
///
/// Names the place and the JSON kind, never an id or a value.
///
/// # Examples
///
/// ```
/// # fn example(client: &ticktick::Client) {
/// for drift in client.drift() {
///     println!("{} {}: {} in place of {}", drift.operation, drift.path, drift.found, drift.expected);
/// }
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// Id of the operation, such as `sync.check`.
    pub operation: &'static str,
    /// JSON path without indices and keys of maps, such as `$.syncTaskBean.update[*].assignee`.
    pub path: String,
    /// The kind that was expected, such as `integer`.
    pub expected: String,
    /// The JSON kind that was found, such as `string`.
    pub found: &'static str,
    /// Whether the value could be read all the same.
    pub understood: bool,
    /// How often it was found.
    pub count: u64,
}

/// A function that is called once for each kind of drift.
pub(crate) type Listener = Arc<dyn Fn(&Drift) + Send + Sync>;

/// Counts drift. Clones of a client share it.
#[derive(Default)]
pub(crate) struct DriftLog {
    counts: Mutex<BTreeMap<(&'static str, Misfit), u64>>,
    pub(crate) listener: Option<Listener>,
    pub(crate) strict: bool,
}

impl DriftLog {
    /// Counts mismatches, reports new kinds, and returns whether the response is accepted.
    pub(crate) fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        for misfit in misfits {
            let count =
                *self.counts().entry((operation.id, misfit.clone())).and_modify(|count| *count += 1).or_insert(1);
            if count == 1 {
                self.report(&drift(operation.id, misfit, count));
            }
        }
        !self.strict && !misfits.iter().any(|misfit| hides_outcome(operation, misfit))
    }

    /// Returns all counted drift, sorted by operation and path.
    pub(crate) fn all(&self) -> Vec<Drift> {
        self.counts().iter().map(|((operation, misfit), count)| drift(operation, misfit, *count)).collect()
    }

    fn report(&self, drift: &Drift) {
        let Drift { operation, path, expected, found, .. } = drift;
        tracing::warn!(operation, path, expected, found, "unexpected kind of value in a response; kept unchanged");
        if let Some(listener) = &self.listener {
            listener(drift);
        }
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<(&'static str, Misfit), u64>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the response to a batch write does not say what became of its items. Such a response counts as lost, so that
/// the outcome is read from the service.
fn hides_outcome(operation: &Operation, misfit: &Misfit) -> bool {
    operation.returns.name == "BatchAnswer" && !misfit.understood
}

fn drift(operation: &'static str, misfit: &Misfit, count: u64) -> Drift {
    let Misfit { path, expected, found, understood, .. } = misfit.clone();
    Drift { operation, path, expected, found, understood, count }
}
