//! Replaced texts that the search index still contains.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

/// The texts that the search index still contains instead of newer ones.
#[derive(Default)]
pub(crate) struct SearchBook {
    pub(crate) lag: SignedDuration,
    old: HashMap<Box<str>, Vec<Old>>,
}

/// A replaced text; `None` if the object did not exist before.
struct Old {
    until: Timestamp,
    text: Option<Box<str>>,
}

impl SearchBook {
    /// Stores the text of an object before the object changes.
    pub(crate) fn remember(&mut self, id: &str, text: Option<&str>, now: Timestamp) {
        if self.lag <= SignedDuration::ZERO {
            return;
        }
        let until = now.saturating_add(self.lag).unwrap_or(Timestamp::MAX);
        let olds = self.old.entry(id.into()).or_default();
        olds.retain(|old| old.until > now);
        olds.push(Old { until, text: text.map(Into::into) });
    }

    /// Returns the text of an object in the index.
    pub(crate) fn seen<'a>(&'a self, id: &str, present: &'a str, now: Timestamp) -> Option<&'a str> {
        let old = self.old.get(id).and_then(|olds| olds.iter().find(|old| old.until > now));
        old.map_or(Some(present), |old| old.text.as_deref())
    }
}
