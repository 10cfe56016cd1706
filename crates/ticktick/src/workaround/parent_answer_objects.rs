//! A change of parents answers with an object for each affected task instead of etags.

use ticktick_models::{ParentAnswer, ParentLink, TaskId};
use ticktick_raw::op;

use crate::Error;
use crate::error::ItemFailure;

/// Returns the new link of the only task that was sent, if it has the requested parent.
pub(crate) fn linked(answer: &ParentAnswer, child: &TaskId, parent: Option<&TaskId>) -> Result<ParentLink, Error> {
    if !answer.id2error.is_empty() {
        let failures = answer.id2error.iter().map(|(id, error)| ItemFailure::new(id, error)).collect();
        return Err(Error::Batch { operation: op::TASK_SET_PARENTS.id, failures });
    }
    outcome(answer, child, parent)
}

/// Returns the new link of one of several tasks, if it has the requested parent.
pub(crate) fn outcome(answer: &ParentAnswer, child: &TaskId, parent: Option<&TaskId>) -> Result<ParentLink, Error> {
    let operation = op::TASK_SET_PARENTS.id;
    if let Some(error) = answer.id2error.get(child.as_str()) {
        return Err(Error::Batch { operation, failures: vec![ItemFailure::new(child.as_str(), error)] });
    }
    let is_linked = |link: &&ParentLink| link.parent_id.get().filter(|id| !id.as_str().is_empty()) == parent;
    let link = answer.id2etag.get(child.as_str()).filter(is_linked);
    link.cloned().ok_or_else(|| Error::NotApplied { operation, id: child.to_string() })
}
