//! [`Lost`]: what a format cannot store.

use std::collections::BTreeMap;
use std::fmt;

/// Number of affected tasks by kind of loss.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lost(BTreeMap<&'static str, usize>);

impl Lost {
    /// Counts one task that lost something.
    pub(crate) fn count(&mut self, what: &'static str, is_lost: bool) {
        if is_lost {
            *self.0.entry(what).or_default() += 1;
        }
    }

    /// Returns whether nothing was lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns each kind and the number of tasks.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, usize)> {
        self.0.iter().map(|(what, count)| (*what, *count))
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (what, count)) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let tasks = if count == 1 { "task" } else { "tasks" };
            write!(f, "{comma}{what} ({count} {tasks})")?;
        }
        Ok(())
    }
}
