//! Asking for the members of a project that is not shared is answered by an empty list, or by a refusal.

use ticktick_models::Project;

/// Tells whether a project is known to have nobody but its owner.
pub(crate) fn is_unshared(project: &Project) -> bool {
    project.user_count.get().is_some_and(|count| *count <= 1)
}
