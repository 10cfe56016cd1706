//! No call lists the inbox among the projects; a sync and the user's status only contain its id.

use ticktick_models::{Project, ProjectId};

/// Name of the inbox in the app.
const NAME: &str = "Inbox";

/// Builds the project of the inbox.
pub(crate) fn project(id: ProjectId) -> Project {
    let mut project = Project::new(id);
    project.name = NAME.into();
    project
}

/// Returns whether an id is the word `inbox`, which the service does not always accept.
pub(crate) fn is_word(id: &ProjectId) -> bool {
    id.as_str() == "inbox"
}

/// Returns whether an id is that of the inbox or the word for it; those of other projects are hex digits.
pub(crate) fn is_inbox(id: &ProjectId) -> bool {
    id.is_inbox()
}
