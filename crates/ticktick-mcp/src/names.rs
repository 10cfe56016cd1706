//! Completions of the names in addresses of resources.

use rmcp::model::{CompletionInfo, Reference};

use crate::run;
use crate::state::State;
use crate::text::clean;

/// Returns the names that begin with, or contain, what was typed.
pub(crate) async fn complete(state: &State, of: &Reference, typed: &str) -> Vec<String> {
    let is_of = |template: &str| matches!(of, Reference::Resource(resource) if resource.uri == template);
    let Ok(view) = run::view(state).await else { return Vec::new() };
    let mut names = if is_of("ticktick://project/{name}") {
        let names = view.projects.iter().map(|project| view.project_name(&project.id));
        std::iter::once("Inbox".to_owned()).chain(names).collect()
    } else if is_of("ticktick://task/{id}") {
        view.tasks.iter().map(|task| clean(task.id.as_str())).collect()
    } else {
        Vec::new()
    };
    let typed = typed.trim().to_lowercase();
    names.retain(|name: &String| name.to_lowercase().contains(&typed));
    names.truncate(CompletionInfo::MAX_VALUES);
    names
}
