//! Resources: what is due today, a project, and a task, as the tools print them.

use percent_encoding::percent_decode_str;
use rmcp::model::{Resource, ResourceTemplate};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::run;
use crate::state::State;
use crate::tools::TOOLS;

/// What the addresses of resources begin with.
const SCHEME: &str = "ticktick://";

/// Returns the resources that have fixed addresses.
pub(crate) fn listed() -> Vec<Resource> {
    vec![Resource::new("ticktick://today", "today").with_description("What is due: overdue, today and the days ahead.")]
}

/// Returns the resources whose addresses contain a name.
pub(crate) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new("ticktick://project/{name}", "project").with_description("The open tasks of a project."),
        ResourceTemplate::new("ticktick://task/{id}", "task").with_description("Everything about a task."),
    ]
}

/// Reads a resource. Returns `None` if no resource has this address.
pub(crate) async fn read(state: &State, uri: &str) -> Option<Answer> {
    let path = uri.strip_prefix(SCHEME)?;
    let (tool, args) = match path.split_once('/') {
        None if path == "today" => ("agenda", json!({})),
        Some(("project", name)) => ("find_tasks", json!({ "project": decoded(name)?, "limit": 200 })),
        Some(("task", id)) => ("get_task", json!({ "tasks": [decoded(id)?], "activity": true })),
        _ => return None,
    };
    let answer = run(state, tool, args).await;
    // A name that fits several objects, or none, is not an address.
    (!answer.is_error && answer.total.is_some()).then_some(answer)
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

/// Runs a tool that only reads.
pub(crate) async fn run(state: &State, tool: &str, args: Value) -> Answer {
    let Value::Object(args) = args else { return Answer::default() };
    match TOOLS.iter().find(|one| one.name == tool && one.reads) {
        Some(tool) => run::run(state, tool, args).await,
        None => Answer::default(),
    }
}
