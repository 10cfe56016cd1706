//! Parent and child share a project, and a family has five levels at most; the service says so in no clear way.

use ticktick_models::TaskId;

use crate::Error;

/// Most levels of a family.
const LEVELS: usize = 5;

/// Refuses a circle and a family that is too deep.
///
/// `line` is the new parent and what is above it, `height` the levels of the child and what is below it.
pub(crate) fn check(child: &TaskId, line: &[TaskId], height: usize) -> Result<(), Error> {
    if line.contains(child) {
        return Err(Error::invalid_input(format!(
            "task {child} cannot stand below itself; take the new parent out from under it first."
        )));
    }
    match line.len() + height {
        0..=LEVELS => Ok(()),
        levels => Err(Error::invalid_input(format!(
            "task {child} would make a family of {levels} levels, and {LEVELS} is the most; choose a parent further up."
        ))),
    }
}
