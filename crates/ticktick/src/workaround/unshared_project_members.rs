//! The members of a project that is not shared are an empty list or a refusal.

use ticktick_models::Project;

/// Returns whether a project is known to have no members except its owner.
pub(crate) fn is_unshared(project: &Project) -> bool {
    project.user_count.get().is_some_and(|count| *count <= 1)
}
