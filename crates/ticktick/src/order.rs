//! The order of objects by position.

mod position;

use std::fmt;

use ticktick_models::{ChecklistItem, Column, Project, Tag, Task};

use self::position::Room;
pub(crate) use self::position::{below, between};
use crate::resource::Resource;
use crate::{Client, Error, write};

/// An object with a position; smaller is higher.
pub(crate) trait Ordered {
    /// Returns the position, if the object has one.
    fn position(&self) -> Option<i64>;

    /// Sets the position.
    fn set_position(&mut self, position: i64);
}

macro_rules! ordered {
    ($($kind:ty),+) => {$(
        impl Ordered for $kind {
            fn position(&self) -> Option<i64> {
                self.sort_order.copied()
            }

            fn set_position(&mut self, position: i64) {
                self.sort_order = position.into();
            }
        }
    )+};
}

ordered!(ChecklistItem, Column, Project, Tag, Task);

impl<T: Ordered> Ordered for &mut T {
    fn position(&self) -> Option<i64> {
        (**self).position()
    }

    fn set_position(&mut self, position: i64) {
        (**self).set_position(position);
    }
}

/// Returns the position of an object; 0 if it has none.
pub(crate) fn rank(one: &impl Ordered) -> i64 {
    one.position().unwrap_or_default()
}

/// The target of a move among other objects.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a, K> {
    Top,
    Bottom,
    Before(&'a K),
    After(&'a K),
}

impl<'a, K: PartialEq + fmt::Display> Place<'a, K> {
    /// Returns the neighbor of the target, which must be another object.
    pub(crate) fn neighbor_of(&self, key: &K) -> Result<Option<&'a K>, Error> {
        match self {
            Self::Top | Self::Bottom => Ok(None),
            Self::Before(other) | Self::After(other) if *other == key => Err(Error::invalid_input(
                "an object cannot be moved before or after itself\nhint: use another neighbor",
            )),
            Self::Before(other) | Self::After(other) => Ok(Some(other)),
        }
    }

    /// Returns how many of the others, which are sorted, come before the target.
    fn index<R: Resource<Key = K>>(&self, others: &[R]) -> Result<usize, Error> {
        let of = |key: &K| {
            let place = others.iter().position(|other| other.key() == key);
            place.ok_or_else(|| Error::not_found(R::WHAT, key))
        };
        match self {
            Self::Top => Ok(0),
            Self::Bottom => Ok(others.len()),
            Self::Before(key) => of(key),
            Self::After(key) => Ok(of(key)? + 1),
        }
    }
}

/// Sorts by position; objects with the same position keep their order.
pub(crate) fn sort<T: Ordered>(all: &mut [T]) {
    all.sort_by_key(rank);
}

/// Puts `moved` after the first `at` of the others, which are sorted, and returns which of those get new positions.
///
/// An object that is already there keeps its position.
pub(crate) fn put<T: Ordered>(moved: &mut T, others: &mut [impl Ordered], at: usize) -> Vec<usize> {
    let positions: Vec<i64> = others.iter().map(rank).collect();
    if moved.position().is_some_and(|here| position::fits(&positions, at, here)) {
        return Vec::new();
    }
    let Room { first, positions } = position::room(&positions, at);
    let mut changed = Vec::new();
    for (place, position) in (first..).zip(positions) {
        if place == at {
            moved.set_position(position);
            continue;
        }
        let other = if place < at { place } else { place - 1 };
        if others[other].position() != Some(position) {
            others[other].set_position(position);
            changed.push(other);
        }
    }
    changed
}

/// Moves an object and stores it, together with all that get new positions, in one call.
///
/// `read` is the object as it was read, and `moved` the same with other changes. If nothing differs, nothing is sent.
pub(crate) async fn store<R: Resource + Ordered>(
    client: &Client,
    read: R,
    mut moved: R,
    mut others: Vec<R>,
    place: Place<'_, R::Key>,
) -> Result<R, Error> {
    sort(&mut others);
    let at = place.index(&others)?;
    let changed = put(&mut moved, &mut others, at);
    if changed.is_empty() && moved == read {
        return Ok(read);
    }
    let changed = changed.into_iter().map(|other| others[other].clone());
    let mut stored = write::update_all(client, std::iter::once(moved).chain(changed).collect()).await?;
    Ok(stored.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::position::STEP;
    use super::*;

    /// A name and a position.
    type One = (usize, Option<i64>);

    impl Ordered for One {
        fn position(&self) -> Option<i64> {
            self.1
        }

        fn set_position(&mut self, position: i64) {
            self.1 = Some(position);
        }
    }

    fn others(positions: &[i64]) -> Vec<One> {
        (1..).zip(positions.iter().copied().map(Some)).collect()
    }

    #[test]
    fn only_what_moves_changes_where_there_is_room() {
        for (here, at, then) in [(9, 0, -STEP), (9, 1, 9), (-9, 1, STEP / 2), (9, 2, 2 * STEP), (3 * STEP, 2, 3 * STEP)]
        {
            let mut moved = (0, Some(here));
            assert!(put(&mut moved, &mut others(&[0, STEP]), at).is_empty(), "{here} {at}");
            assert_eq!(moved.1, Some(then), "{here} {at}");
        }
        let mut new: One = (0, None);
        put(&mut new, &mut others(&[]), 0);
        assert_eq!(new.1, Some(0), "without a position it gets one");
    }

    #[test]
    fn as_few_as_possible_make_room_where_there_is_none() {
        let (mut moved, mut all) = ((0, Some(9)), others(&[0, STEP, STEP, 3 * STEP]));
        assert_eq!(put(&mut moved, &mut all, 2), [1, 2]);
        sort(&mut all);
        assert!(all[0].1 == Some(0) && all[1].1 < moved.1 && moved.1 < all[2].1 && all[3].1 == Some(3 * STEP));
    }

    proptest! {
        #[test]
        fn what_was_put_stands_there(
            positions in prop::collection::vec(prop_oneof![any::<i64>(), -3_i64..3], 0..8),
            here: Option<i64>,
            place: prop::sample::Index,
        ) {
            let mut others = others(&positions);
            sort(&mut others);
            let at = place.index(others.len() + 1);
            let mut wanted: Vec<usize> = others.iter().map(|one| one.0).collect();
            wanted.insert(at, 0);

            let mut moved = (0, here);
            let before = others.clone();
            let changed = put(&mut moved, &mut others, at);
            for (place, (is, was)) in others.iter().zip(&before).enumerate() {
                prop_assert_eq!(is != was, changed.contains(&place));
            }
            others.insert(at, moved);
            // Whatever had the same position before keeps the order in which it was read.
            sort(&mut others);
            prop_assert_eq!(others.iter().map(|one| one.0).collect::<Vec<_>>(), wanted);
        }
    }
}
