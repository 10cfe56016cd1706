//! Parent and subtask must be in the same project, and at most five levels are allowed; the service gives no clear
//! error.

use ticktick_models::TaskId;

use crate::Error;

/// Maximum number of levels.
const LEVELS: usize = 5;

/// Rejects cycles and too many levels.
///
/// `line` is the new parent with its ancestors, `height` the number of levels of the child and its descendants.
pub(crate) fn check(child: &TaskId, line: &[TaskId], height: usize) -> Result<(), Error> {
    if line.contains(child) {
        let hint =
            if line.first() == Some(child) { "choose another parent" } else { "detach the new parent from it first" };
        return Err(Error::invalid_input(format!("task {child} cannot be below itself\nhint: {hint}")));
    }
    match line.len() + height {
        0..=LEVELS => Ok(()),
        levels => Err(Error::invalid_input(format!(
            "task {child} would be part of {levels} levels, but at most {LEVELS} are allowed\nhint: use a higher parent"
        ))),
    }
}
