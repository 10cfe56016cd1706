//! Maps and sets of ids for lists, which look up thousands of ids. Those of `std` take more than twice as long.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

pub(crate) type IdMap<K, V> = HashMap<K, V, RandomState>;

pub(crate) type IdSet<K> = HashSet<K, RandomState>;
