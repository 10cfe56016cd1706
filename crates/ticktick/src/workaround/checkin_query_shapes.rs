//! Check-ins are a map by habit, or a list.

use ticktick_models::{CheckinsAnswer, HabitCheckin};

use crate::Error;

/// Converts either shape to one list.
pub(crate) fn flatten(answer: CheckinsAnswer) -> Result<Vec<HabitCheckin>, Error> {
    match answer {
        CheckinsAnswer::ByHabit(answer) => Ok(answer.checkins.into_map().into_values().flatten().collect()),
        CheckinsAnswer::List(list) => Ok(list.into_inner()),
        _ => Err(Error::Unsupported {
            what: "the response to `habit.query_check_ins`",
            why: "the response is neither a map nor a list of check-ins\nhint: use `raw::habit::query_check_ins` to read it"
                .into(),
        }),
    }
}
