//! Positions: 64-bit numbers, smaller is higher.

/// Distance between neighbors, as in the app.
pub(super) const STEP: i64 = 1 << 40;

/// Smallest distance that the client creates, because the web app stores positions as doubles, which cannot distinguish
/// closer ones.
const NEAREST: i64 = 1 << 11;

/// The position of a new object, and new positions of its neighbors.
#[derive(Debug, PartialEq)]
pub(super) struct Room {
    /// Index in the order, including the new object, at which the new positions start.
    pub(super) first: usize,
    /// The new positions. A single one is that of the new object.
    pub(super) positions: Vec<i64>,
}

/// Finds a position at an index of an order, whose positions are given from top to bottom.
///
/// If no position is free, as few neighbors as possible get new positions.
pub(super) fn room(order: &[i64], at: usize) -> Room {
    let above = at.checked_sub(1).map(|above| order[above]);
    match between(above, order.get(at).copied()) {
        Some(position) => Room { first: at, positions: vec![position] },
        None => spread(order, at),
    }
}

/// Returns whether a position is between those of its neighbors at an index, without a tie.
pub(super) fn fits(order: &[i64], at: usize, position: i64) -> bool {
    at.checked_sub(1).is_none_or(|above| order[above] < position) && order.get(at).is_none_or(|below| position < *below)
}

/// Returns a position below the last one, or the same if no number is left there.
pub(crate) fn below(last: Option<i64>) -> i64 {
    between(last, None).or(last).unwrap_or_default()
}

/// Returns a position between two others, either of which may be missing, or `None` if no position is free.
pub(crate) fn between(above: Option<i64>, below: Option<i64>) -> Option<i64> {
    let middle = match (above, below) {
        (None, None) => 0,
        (None, Some(below)) => below.checked_sub(STEP).unwrap_or(i64::midpoint(i64::MIN, below)),
        (Some(above), None) => above.checked_add(STEP).unwrap_or(i64::midpoint(above, i64::MAX)),
        (Some(above), Some(below)) => i64::midpoint(above, below),
    };
    let is_below = |one: i64, other: i64| i128::from(one) - i128::from(other) >= i128::from(NEAREST);
    let fits = above.is_none_or(|above| is_below(middle, above)) && below.is_none_or(|below| is_below(below, middle));
    fits.then_some(middle)
}

/// Spreads neighbors evenly in the smallest range around an index that has room for one more.
fn spread(order: &[i64], at: usize) -> Room {
    for reach in 1..order.len() {
        let (first, end) = (at.saturating_sub(reach), (at + reach).min(order.len()));
        let count = (end - first + 1) as i128;
        let above = first.checked_sub(1).map(|above| i128::from(order[above]));
        let below = order.get(end).map(|below| i128::from(*below));
        let whole = (count + 1) * i128::from(STEP);
        let (above, below) = match (above, below) {
            (None, None) => break,
            (None, Some(below)) => ((below - whole).max(i64::MIN.into()), below),
            (Some(above), None) => (above, (above + whole).min(i64::MAX.into())),
            (Some(above), Some(below)) => (above, below),
        };
        let step = (below - above) / (count + 1);
        if step >= i128::from(NEAREST) {
            // Lies between two positions, so it fits.
            let positions = (1..=count).map(|place| (above + step * place) as i64).collect();
            return Room { first, positions };
        }
    }
    let count = order.len() as i64 + 1;
    Room { first: 0, positions: (0..count).map(|place| (place - count / 2) * STEP).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(order: &[i64], at: usize) -> Option<i64> {
        let room = room(order, at);
        (room.positions.len() == 1).then(|| room.positions[0])
    }

    #[test]
    fn a_step_at_the_ends_and_half_way_between() {
        assert_eq!(one(&[], 0), Some(0));
        assert_eq!(one(&[0], 0), Some(-STEP));
        assert_eq!(one(&[0], 1), Some(STEP));
        assert_eq!(one(&[0, STEP], 1), Some(STEP / 2));
        assert_eq!(one(&[i64::MIN, i64::MAX], 1), Some(0));
    }

    #[test]
    fn near_the_end_of_the_numbers_there_is_still_room() {
        assert_eq!(one(&[i64::MIN + STEP / 2], 0), Some(i64::MIN + STEP / 4));
        assert_eq!(one(&[i64::MAX - STEP / 2], 1), Some(i64::MAX - STEP / 4));
        assert_eq!(one(&[i64::MIN], 0), None);
        assert_eq!(one(&[i64::MAX], 1), None);
    }

    #[test]
    fn only_as_many_as_needed_make_room() {
        let order = [0, STEP, STEP + 1, STEP + 2, 2 * STEP, 3 * STEP];
        let Room { first, positions } = room(&order, 2);
        assert_eq!(first, 1, "one neighbor above and one below");
        assert_eq!(positions.len(), 3, "one neighbor above and one below");
        assert!(positions.iter().all(|position| *position < STEP + 2));
        assert_eq!(room(&[7, 7], 1).positions, [-STEP, 0, STEP], "all of them");
    }

    fn orders() -> impl Strategy<Value = Vec<i64>> {
        let ends =
            prop_oneof![any::<i64>(), (i64::MIN..i64::MIN + 5000), (i64::MAX - 5000..=i64::MAX), (-3000i64..3000),];
        prop::collection::vec(ends, 0..12).prop_map(|mut order| {
            order.sort_unstable();
            order
        })
    }

    proptest! {
        #[test]
        fn the_order_is_what_was_asked_for(order in orders(), at: prop::sample::Index) {
            let at = at.index(order.len() + 1);
            let Room { first, positions } = room(&order, at);
            prop_assert!(first <= at && at < first + positions.len());
            let mut after = order.clone();
            after.insert(at, 0);
            after.splice(first..first + positions.len(), positions.iter().copied());
            prop_assert!(positions.is_sorted_by(|above, below| (*below as i128) - (*above as i128) >= NEAREST.into()));
            for place in [first, first + positions.len()] {
                let (above, below) = (place.checked_sub(1).map(|above| after[above]), after.get(place));
                prop_assert!(above.zip(below.copied()).is_none_or(|(above, below)| above < below));
            }
            let rest = [&after[..at], &after[at + 1..]].concat();
            prop_assert!(fits(&rest, at, after[at]));
        }
    }
}
