//! No call lists the inbox among the projects; a sync and the user's status name its id only.

use ticktick_models::{Project, ProjectId};

/// Name of the inbox in the app.
const NAME: &str = "Inbox";

/// Makes a project of the inbox.
pub(crate) fn project(id: ProjectId) -> Project {
    let mut project = Project::new(id);
    project.name = NAME.into();
    project
}

/// Tells whether an id is the bare word, which stands for the inbox and is not safe to send.
pub(crate) fn is_word(id: &ProjectId) -> bool {
    id.as_str() == "inbox"
}

/// Tells whether an id is the inbox's, or the word for it; those of other projects are hex digits.
pub(crate) fn is_inbox(id: &ProjectId) -> bool {
    id.is_inbox()
}
