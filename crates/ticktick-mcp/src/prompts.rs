//! Prompts: starting points for a conversation, each with the tasks that it is about.

use rmcp::model::{ErrorData, GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::call::Access;
use crate::resources;
use crate::state::State;

/// Returns the prompts.
pub(crate) fn listed() -> Vec<Prompt> {
    let with =
        |name: &str, about: &str| Some(vec![PromptArgument::new(name).with_description(about).with_required(false)]);
    vec![
        Prompt::new("habit_check", Some("Check which habits are still open on a day."), with("day", "Default today")),
        Prompt::new("inbox_zero", Some("Find a project or a date for everything in the inbox."), None),
        Prompt::new("plan_day", Some("Plan a day from what is due."), with("day", "Default today")),
        Prompt::new(
            "weekly_review",
            Some("Review a week and plan the next one."),
            with("week", "Days, default last 7 days"),
        ),
    ]
}

/// Returns a prompt with the tasks that it is about.
pub(crate) async fn get(state: &State, name: &str, args: Option<&JsonObject>) -> Result<GetPromptResult, ErrorData> {
    let given =
        |key: &str| args.and_then(|args| args.get(key)).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let (ask, parts) = match name {
        "plan_day" => {
            let day = given("day").unwrap_or("today");
            let ask = "Plan this day with me. Propose an order, and name what should move to another day. Change nothing before I agree.";
            (ask, vec![run(state, "agenda", json!({ "from": day, "days": 1 })).await])
        }
        "habit_check" => {
            let day = given("day").unwrap_or("today");
            let ask = "Tell me which of these habits are still open on this day. Record only what I confirm.";
            (ask, vec![run(state, "habits", json!({ "from": day, "to": day })).await])
        }
        "inbox_zero" => {
            let ask = "Go through my inbox with me. For each task, propose a project, a date, or to close it. Change nothing before I agree.";
            (ask, vec![run(state, "find_tasks", json!({ "project": "inbox", "limit": 100 })).await])
        }
        "weekly_review" => {
            let week = given("week").unwrap_or("last 7 days");
            let ask = "Review this week with me: what got done, what is late, and what comes next.";
            let done = run(state, "find_tasks", json!({ "status": "done", "closed": week })).await;
            (ask, vec![done, run(state, "agenda", json!({ "days": 7 })).await])
        }
        _ => return Err(ErrorData::invalid_params(format!("unknown prompt: {name}"), None)),
    };
    if let Some(failed) = parts.iter().find(|answer| answer.is_error) {
        return Err(ErrorData::invalid_params(failed.text.clone(), None));
    }
    let text = std::iter::once(ask.to_owned()).chain(parts.into_iter().map(|answer| answer.text));
    let text = text.collect::<Vec<_>>().join("\n\n");
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]))
}

async fn run(state: &State, tool: &str, args: Value) -> Answer {
    resources::run(state, tool, args, Access::Read).await
}
