//! Positions: where something stands among others of its kind.

use std::fmt;

use crate::resource::Resource;
use crate::{Client, Error, write};

/// Distance between neighbours, as the app makes it.
pub(crate) const STEP: i64 = 1 << 40;

/// What has a position; smaller is higher.
pub(crate) trait Ordered {
    /// Returns the position; 0 where there is none.
    fn position(&self) -> i64;

    /// Gives it another position.
    fn set_position(&mut self, position: i64);
}

/// Where something is to stand among others.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a, K> {
    Top,
    Bottom,
    Before(&'a K),
    After(&'a K),
}

impl<'a, K: PartialEq + fmt::Display> Place<'a, K> {
    /// Returns next to what it is to stand; that cannot be the thing itself.
    pub(crate) fn neighbour_of(&self, key: &K) -> Result<Option<&'a K>, Error> {
        match self {
            Self::Top | Self::Bottom => Ok(None),
            Self::Before(other) | Self::After(other) if *other == key => {
                Err(Error::build("Nothing can stand before or after itself; name another neighbour."))
            }
            Self::Before(other) | Self::After(other) => Ok(Some(other)),
        }
    }

    /// Returns how many of the others, which are sorted, it is to stand below.
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

/// Returns a position between two others, of which either may be missing; nothing where there is no room.
pub(crate) fn between(before: Option<i64>, after: Option<i64>) -> Option<i64> {
    let step = match (before, after) {
        (None, None) => Some(0),
        (Some(before), None) => before.checked_add(STEP),
        (None, Some(after)) => after.checked_sub(STEP),
        (Some(_), Some(_)) => None,
    };
    // Real positions lie near both ends of the range, where a whole step does not fit.
    step.or_else(|| {
        let low = before.map_or(i128::from(i64::MIN) - 1, i128::from);
        let high = after.map_or(i128::from(i64::MAX) + 1, i128::from);
        let middle = low + (high - low) / 2;
        if low < middle && middle < high { i64::try_from(middle).ok() } else { None }
    })
}

/// Sorts from the highest to the lowest; what has the same position keeps its order.
pub(crate) fn sort<T: Ordered>(all: &mut [T]) {
    all.sort_by_key(T::position);
}

/// Puts `moved` below the first `at` of the others, which are sorted, and returns those that had to make room.
pub(crate) fn put<T: Ordered>(moved: &mut T, others: Vec<T>, at: usize) -> Vec<T> {
    let before = at.checked_sub(1).and_then(|last| others.get(last)).map(T::position);
    let after = others.get(at).map(T::position);
    let here = moved.position();
    if before.is_none_or(|before| before < here) && after.is_none_or(|after| here < after) {
        return Vec::new();
    }
    if let Some(position) = between(before, after) {
        moved.set_position(position);
        return Vec::new();
    }
    // No room: all of them are placed anew, a step apart.
    let position = |place: usize| STEP.saturating_mul(place as i64);
    moved.set_position(position(at));
    let mut changed = Vec::new();
    for (place, mut other) in others.into_iter().enumerate() {
        let position = position(if place < at { place } else { place + 1 });
        if other.position() != position {
            other.set_position(position);
            changed.push(other);
        }
    }
    changed
}

/// Moves what was `read` to a place among others, and stores it and what had to make room in one call.
///
/// `moved` is what was read, with what else is to change. If nothing differs, nothing is written.
pub(crate) async fn store<R: Resource + Ordered>(
    client: &Client,
    read: R,
    mut moved: R,
    mut others: Vec<R>,
    place: Place<'_, R::Key>,
) -> Result<R, Error>
where
    R::Key: PartialEq,
{
    sort(&mut others);
    let at = place.index(&others)?;
    let mut changed = put(&mut moved, others, at);
    if changed.is_empty() && moved == read {
        return Ok(read);
    }
    changed.insert(0, moved);
    let mut stored = write::update_all(client, changed).await?;
    Ok(stored.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A name and a position.
    type One = (usize, i64);

    impl Ordered for One {
        fn position(&self) -> i64 {
            self.1
        }

        fn set_position(&mut self, position: i64) {
            self.1 = position;
        }
    }

    #[test]
    fn a_step_apart_where_there_is_room() {
        assert_eq!(between(None, None), Some(0));
        assert_eq!(between(Some(5), None), Some(5 + STEP));
        assert_eq!(between(None, Some(5)), Some(5 - STEP));
        assert_eq!(between(Some(-4), Some(8)), Some(2));
        assert_eq!(between(Some(i64::MIN), Some(i64::MAX)), Some(-1));
    }

    #[test]
    fn no_room_is_told() {
        assert_eq!(between(Some(i64::MAX), None), None);
        assert_eq!(between(None, Some(i64::MIN)), None);
        assert_eq!(between(Some(7), Some(8)), None);
        assert_eq!(between(Some(7), Some(7)), None);
        assert_eq!(between(Some(8), Some(7)), None);
        assert_eq!(between(Some(i64::MAX - 1), None), Some(i64::MAX));
        assert_eq!(between(None, Some(i64::MIN + 1)), Some(i64::MIN));
    }

    #[test]
    fn only_what_moves_changes_where_there_is_room() {
        let others = vec![(1, 0), (2, STEP)];
        for (here, at, then) in [(9, 0, -STEP), (9, 1, 9), (-9, 1, STEP / 2), (9, 2, 2 * STEP), (3 * STEP, 2, 3 * STEP)]
        {
            let mut moved = (0, here);
            assert_eq!(put(&mut moved, others.clone(), at), [], "{here} {at}");
            assert_eq!(moved.1, then, "{here} {at}");
        }
    }

    #[test]
    fn all_make_room_where_there_is_none() {
        let mut moved = (0, 0);
        let changed = put(&mut moved, vec![(1, 0), (2, 0), (3, 3 * STEP)], 1);
        assert_eq!(moved.1, STEP);
        assert_eq!(changed, [(2, 2 * STEP)], "the first and the last stand right already");
    }

    proptest! {
        #[test]
        fn between_is_between(before: Option<i64>, after: Option<i64>) {
            match between(before, after) {
                Some(middle) => {
                    prop_assert!(before.is_none_or(|before| before < middle));
                    prop_assert!(after.is_none_or(|after| middle < after));
                }
                None => {
                    let low = before.map_or(i128::from(i64::MIN) - 1, i128::from);
                    let high = after.map_or(i128::from(i64::MAX) + 1, i128::from);
                    prop_assert!(high - low < 2, "there was room between {low} and {high}");
                }
            }
        }

        #[test]
        fn what_was_put_stands_there(
            positions in prop::collection::vec(prop_oneof![any::<i64>(), -3_i64..3], 0..8),
            here: i64,
            place: prop::sample::Index,
        ) {
            let mut others: Vec<One> = (1..).zip(positions).collect();
            sort(&mut others);
            let at = place.index(others.len() + 1);
            let mut wanted: Vec<usize> = others.iter().map(|one| one.0).collect();
            wanted.insert(at, 0);

            let mut moved = (0, here);
            let changed = put(&mut moved, others.clone(), at);
            let mut all: Vec<One> = others
                .into_iter()
                .map(|one| changed.iter().find(|other| other.0 == one.0).copied().unwrap_or(one))
                .collect();
            all.insert(at, moved);
            // Whatever had the same position before keeps the order in which it was read.
            sort(&mut all);
            prop_assert_eq!(all.iter().map(|one| one.0).collect::<Vec<_>>(), wanted);
        }
    }
}
