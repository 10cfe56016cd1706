//! Positions of habits.

use ticktick_models::{Habit, HabitId};
use ticktick_raw as raw;

use super::check_ins;
use crate::resource::Resource;
use crate::turn::Claim;
use crate::{Client, Error};

/// Distance between neighbors, as in the app.
pub(super) const STEP: i64 = 1 << 40;

/// The side of a neighbor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Side {
    Before,
    After,
}

/// Moves a habit next to another one and stores all habits whose positions change.
pub(super) async fn move_beside(client: &Client, id: &HabitId, side: Side, neighbor: &HabitId) -> Result<Habit, Error> {
    let _turn = client.turn(Claim::all::<Habit>()).await;
    let habits = raw::habit::list(client.wire()).await?;
    let stored = habits.iter().find(|habit| habit.id == *id).cloned();
    let changed = moved(habits.into_inner(), id, side, neighbor)?;
    let changed = check_ins::update_all(client, changed, client.now()).await?;
    // A habit that did not move, or got its old position in a new order, is unchanged.
    let habit = changed.into_iter().find(|habit| habit.id == *id).or(stored);
    habit.ok_or_else(|| Error::not_found(Habit::WHAT, id))
}

/// Moves a habit next to a neighbor and returns the habits whose positions change: the moved one, or all if no position
/// was free.
fn moved(mut habits: Vec<Habit>, id: &HabitId, side: Side, neighbor: &HabitId) -> Result<Vec<Habit>, Error> {
    habits.sort_by_key(position);
    let place = |habits: &[Habit], id: &HabitId| {
        let found = habits.iter().position(|habit| habit.id == *id);
        found.ok_or_else(|| Error::not_found(Habit::WHAT, id))
    };
    let from = place(&habits, id)?;
    let mut habit = habits.remove(from);
    if id == neighbor {
        return Err(Error::invalid_input(format!(
            "habit {id} cannot be moved to itself\nhint: use another habit as its neighbor"
        )));
    }
    let to = place(&habits, neighbor)? + usize::from(side == Side::After);
    if from == to {
        return Ok(Vec::new());
    }
    let above = to.checked_sub(1).and_then(|place| habits.get(place)).map(position);
    let room = between(above, habits.get(to).map(position));
    if let Some(position) = room {
        habit.sort_order = position.into();
        return Ok(vec![habit]);
    }
    habits.insert(to, habit);
    let mut changed = Vec::new();
    for (mut habit, place) in habits.into_iter().zip(0_i64..) {
        if position(&habit) != place * STEP {
            habit.sort_order = (place * STEP).into();
            changed.push(habit);
        }
    }
    Ok(changed)
}

fn position(habit: &Habit) -> i64 {
    habit.sort_order.copied().unwrap_or_default()
}

/// Returns a free position between two others, if there is one.
fn between(above: Option<i64>, below: Option<i64>) -> Option<i64> {
    match (above, below) {
        (None, None) => Some(0),
        (Some(above), None) => above.checked_add(STEP),
        (None, Some(below)) => below.checked_sub(STEP),
        (Some(above), Some(below)) => {
            let middle = i64::midpoint(above, below);
            (above < middle && middle < below).then_some(middle)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habit(id: &str, position: i64) -> Habit {
        let mut habit = Habit::new(id);
        habit.sort_order.set(position);
        habit
    }

    fn moved_to(positions: &[(&str, i64)], id: &str, side: Side, to: &str) -> Vec<(String, i64)> {
        let habits = positions.iter().map(|(id, position)| habit(id, *position)).collect();
        let changed = moved(habits, &id.into(), side, &to.into()).unwrap();
        changed.iter().map(|habit| (habit.id.to_string(), position(habit))).collect()
    }

    #[test]
    fn only_the_moved_one_changes_where_there_is_room() {
        let list = [("b", 10), ("a", 0), ("c", 20)];
        assert_eq!(moved_to(&list, "c", Side::Before, "b"), [("c".to_owned(), 5)]);
        assert_eq!(moved_to(&list, "c", Side::Before, "a"), [("c".to_owned(), -STEP)]);
        assert_eq!(moved_to(&list, "a", Side::After, "c"), [("a".to_owned(), 20 + STEP)]);
        assert_eq!(moved_to(&list, "b", Side::After, "a"), []);
    }

    #[test]
    fn all_are_spread_where_there_is_none() {
        let list = [("a", 0), ("b", 0), ("c", i64::MAX)];
        let spread = [("c".to_owned(), STEP), ("b".to_owned(), 2 * STEP)];
        assert_eq!(moved_to(&list, "c", Side::After, "a"), spread);
    }

    #[test]
    fn neighbors_must_be_there_and_be_others() {
        let list = || vec![habit("a", 0)];
        assert!(moved(list(), &"a".into(), Side::After, &"b".into()).unwrap_err().is_not_found());
        assert!(moved(list(), &"b".into(), Side::After, &"a".into()).unwrap_err().is_not_found());
        let error = moved(list(), &"a".into(), Side::After, &"a".into()).unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }));
    }
}
