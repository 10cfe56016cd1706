//! [`StandIn`]: what a required member reads as where it is missing.

use crate::{
    DayStamp, EpochMillis, Field, Json, List, Map, Number, Object, QueryTime, Secret, TextOrInt, Timestamp, Trigger,
};

/// Gives a required member that is missing or does not fit a value, where the object makes sense without it.
///
/// Only [`decode_lenient`](crate::decode_lenient) asks for it. A key of an object has none, so that an object without its
/// key is set aside as a whole.
pub trait StandIn: Sized {
    /// Returns the default for the member with this key, if there is one.
    #[must_use]
    fn stand_in(_key: &str) -> Option<Self> {
        None
    }
}

/// A name or title may be empty; a text under another key is one.
impl StandIn for String {
    fn stand_in(key: &str) -> Option<Self> {
        matches!(key, "name" | "title" | "label" | "rule").then(Self::new)
    }
}

/// A user can lack a name, but a token cannot be missing.
impl StandIn for Secret {
    fn stand_in(key: &str) -> Option<Self> {
        (key == "username").then(|| Self::new(""))
    }
}

macro_rules! empty {
    ($($name:ident),*) => {
        $(
            impl<T> StandIn for $name<T> {
                fn stand_in(_: &str) -> Option<Self> {
                    Some(Self::default())
                }
            }
        )*
    };
}

macro_rules! nothing {
    ($($name:ident),*) => { $(impl StandIn for $name {})* };
}

empty!(Field, List, Map, Vec);
nothing!(bool, i64, DayStamp, EpochMillis, Json, Number, Object, QueryTime, TextOrInt, Timestamp, Trigger);
