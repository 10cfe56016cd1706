//! What the types of this crate and the lenient deserializer agree on.

/// The name of every type that `object!` makes, so that a deserializer can tell it from a map.
pub(crate) const MODEL: &str = "ticktick model";

/// The name of a type that is a number kept as text.
pub(crate) const NUMBER: &str = "ticktick number";

/// The name of [`Answer`](crate::Answer).
pub(crate) const ANSWER: &str = "ticktick answer";

/// The name of every type that `shapes!` makes.
pub(crate) const SHAPES: &str = "ticktick shapes";

/// The number of members that only a model read leniently claims to have: it may go on after a value that failed.
pub(crate) const LENIENT: usize = usize::MAX;
