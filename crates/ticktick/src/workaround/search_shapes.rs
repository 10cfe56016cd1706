//! The response to a search is an object with tasks, or a list of tasks.

use ticktick_models::{SearchAnswer, Task};

use crate::Error;

/// Takes the tasks out of a response of either shape.
pub(crate) fn tasks(answer: SearchAnswer) -> Result<Vec<Task>, Error> {
    match answer {
        SearchAnswer::Results(results) => Ok(results.tasks.into_vec()),
        SearchAnswer::List(tasks) => Ok(tasks.into_inner()),
        SearchAnswer::Other(json) if json.kind() == "null" => Ok(Vec::new()),
        _ => Err(Error::Unsupported {
            what: "reading what a search found",
            why: "the response is neither an object nor a list of tasks\nhint: search a snapshot instead".into(),
        }),
    }
}
