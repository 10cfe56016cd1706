//! Check-ins come as a map by habit, or as a list.

use ticktick_models::{CheckinsAnswer, HabitCheckin};

use crate::Error;

/// Makes one list of either.
pub(crate) fn flatten(answer: CheckinsAnswer) -> Result<Vec<HabitCheckin>, Error> {
    match answer {
        CheckinsAnswer::ByHabit(answer) => Ok(answer.checkins.into_map().into_values().flatten().collect()),
        CheckinsAnswer::List(list) => Ok(list.into_inner()),
        _ => Err(Error::Unsupported {
            what: "the answer to `habit.query_check_ins`",
            why: "It is neither a map nor a list of check-ins; the call of `raw` returns it as it came.".into(),
        }),
    }
}
