//! Resources: what is due today, a project, and a task, as the tools print them.

use percent_encoding::percent_decode_str;
use rmcp::model::{Resource, ResourceTemplate};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::call::Access;
use crate::caller::{Caller, Consent};
use crate::run;
use crate::state::State;
use crate::tools::TOOLS;

/// Prefix of the addresses of resources.
const SCHEME: &str = "ticktick://";

/// Returns the resources that have fixed addresses.
pub(crate) fn listed() -> Vec<Resource> {
    vec![
        Resource::new("ticktick://today", "today")
            .with_description("What is overdue, due today and due in the days ahead."),
    ]
}

/// Returns the resources whose addresses contain a name.
pub(crate) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new("ticktick://project/{name}", "project").with_description("The open tasks of a project."),
        ResourceTemplate::new("ticktick://task/{id}", "task").with_description("Everything about a task."),
    ]
}

/// Returns whether an address has the form of a resource. The project or task need not exist.
pub(crate) fn is_address(uri: &str) -> bool {
    query(uri, Access::Peek).is_some()
}

/// Reads a resource. Returns `None` if no resource has this address.
pub(crate) async fn read(state: &State, uri: &str, access: Access) -> Option<Answer> {
    let (tool, args) = query(uri, access)?;
    let answer = run(state, tool, args, access).await;
    // A name that matches several objects, or none, is not an address.
    (!answer.is_error && answer.total.is_some()).then_some(answer)
}

/// Returns the tool that prints a resource, and its arguments.
fn query(uri: &str, access: Access) -> Option<(&'static str, Value)> {
    let path = uri.strip_prefix(SCHEME)?;
    Some(match path.split_once('/') {
        None if path == "today" => ("agenda", json!({})),
        Some(("project", name)) => ("find_tasks", json!({ "project": decoded(name)?, "limit": 200 })),
        Some(("task", id)) => ("get_task", json!({ "tasks": [decoded(id)?], "activity": access != Access::Peek })),
        _ => return None,
    })
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Into::into)
}

/// Runs a tool that only reads.
pub(crate) async fn run(state: &State, tool: &str, args: Value, access: Access) -> Answer {
    let Value::Object(args) = args else { return Answer::default() };
    match TOOLS.iter().find(|one| one.name == tool && one.reads) {
        Some(tool) => run::run(state, tool, args, access, &Caller::default(), &Consent::default()).await,
        None => Answer::default(),
    }
}
