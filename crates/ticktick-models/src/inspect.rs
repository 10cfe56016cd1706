//! [`Inspect`]: finds what this version does not know.

use std::collections::BTreeMap;

use crate::path::Path;
use crate::{DayStamp, EpochMillis, Field, Json, List, Map, Number, QueryTime, Secret, TextOrInt, Timestamp, Trigger};

/// Finds keys and enum values that this version does not know.
pub trait Inspect {
    /// Adds the JSON path of each unknown key and value below `at`.
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>);
}

/// Values without parts have no unknown keys.
macro_rules! nothing_inside {
    ($($name:ty),*) => {
        $(
            impl Inspect for $name {
                fn inspect(&self, _: &mut Path, _: &mut Vec<String>) {}
            }
        )*
    };
}

nothing_inside!(
    bool,
    i64,
    String,
    DayStamp,
    EpochMillis,
    Json,
    Number,
    QueryTime,
    Secret,
    TextOrInt,
    Timestamp,
    Trigger
);

impl<T: Inspect> Inspect for Field<T> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        if let Self::Value(value) = self {
            value.inspect(at, found);
        }
    }
}

impl<T: Inspect> Inspect for Option<T> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        if let Some(value) = self {
            value.inspect(at, found);
        }
    }
}

impl<T: Inspect> Inspect for Vec<T> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        for (index, value) in self.iter().enumerate() {
            at.index(index, |at| value.inspect(at, found));
        }
    }
}

impl<T: Inspect> Inspect for BTreeMap<String, T> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        for (key, value) in self {
            at.entry(key, |at| value.inspect(at, found));
        }
    }
}

impl<T: Inspect> Inspect for List<T> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        (**self).inspect(at, found);
    }
}

impl<T: Inspect> Inspect for Map<T> {
    fn inspect(&self, at: &mut Path, found: &mut Vec<String>) {
        (**self).inspect(at, found);
    }
}
