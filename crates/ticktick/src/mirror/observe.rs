//! Stores the objects that other calls of the client read.

use std::collections::{HashMap, HashSet};

use serde_json::value::RawValue;
use ticktick_raw::{Request, Response};

use super::kind::Kind;
use super::plan::path_value;
use super::store::{Put, Source, Sql, Store};

/// Where a response contains its objects.
enum Shape {
    /// The response is the object.
    One,
    /// The response is a list.
    List,
    /// The list is in this member.
    In(&'static str),
    /// Check-ins: a list, or lists by habit in `checkins`.
    Checkins,
}

/// What an operation returns.
struct Returns {
    kind: Kind,
    shape: Shape,
    /// Whether the list is complete, so that stored objects that it lacks are removed.
    complete: bool,
    /// The parameter in the path that names the owner of all objects.
    owner: Option<&'static str>,
}

fn returns(operation: &str) -> Option<Returns> {
    let list = |kind| Returns { kind, shape: Shape::List, complete: false, owner: None };
    let complete = |kind| Returns { complete: true, ..list(kind) };
    Some(match operation {
        "task.get" => Returns { shape: Shape::One, ..list(Kind::Task) },
        "task.list_by_project"
        | "task.closed"
        | "task.closed_by_project"
        | "task.completed"
        | "task.completed_by_project"
        | "task.completed_in_all" => list(Kind::Task),
        "project.get" => Returns { shape: Shape::One, ..list(Kind::Project) },
        "project.list" => list(Kind::Project),
        "tag.list" => complete(Kind::Tag),
        "column.list_since" => Returns { shape: Shape::In("update"), ..list(Kind::Column) },
        "column.list_by_project" => Returns { owner: Some("projectId"), ..complete(Kind::Column) },
        "comment.list" => Returns { owner: Some("taskId"), ..complete(Kind::Comment) },
        "habit.list" => complete(Kind::Habit),
        "habit.list_sections" => complete(Kind::Section),
        "habit.query_check_ins" => Returns { shape: Shape::Checkins, ..list(Kind::Checkin) },
        "countdown.list" => Returns { shape: Shape::In("countdowns"), ..complete(Kind::Countdown) },
        "focus.pomodoros" | "focus.timings" | "focus.timeline" | "focus.by_task" => list(Kind::Focus),
        _ => return None,
    })
}

/// Returns whether the responses of an operation are stored.
pub(super) fn is_observed(operation: &str) -> bool {
    returns(operation).is_some()
}

/// Stores the objects of a response.
pub(super) fn observe(store: &mut Store<'_>, request: &Request, response: &Response) -> Sql<()> {
    let Some(returns) = returns(request.operation.id) else { return Ok(()) };
    let Ok(text) = std::str::from_utf8(&response.body) else { return Ok(()) };
    // The caller reports responses of an unexpected shape.
    let Some(objects) = objects(&returns.shape, text) else { return Ok(()) };
    let owner = returns.owner.and_then(|param| path_value(request, param));
    let mut keep = HashSet::new();
    let mut odd = false;
    for object in objects {
        let stored = store.put_below(returns.kind, owner.as_deref(), object.get(), Source::Read)?;
        odd |= stored.put == Put::Odd;
        keep.insert(stored.id);
    }
    if returns.complete && !odd && (returns.owner.is_none() || owner.is_some()) {
        store.retain(returns.kind, owner.as_deref(), &keep)?;
    }
    Ok(())
}

fn objects<'a>(shape: &Shape, text: &'a str) -> Option<Vec<&'a RawValue>> {
    let members = |text: &'a str| serde_json::from_str::<HashMap<String, &'a RawValue>>(text).ok();
    let list = |text: &'a str| serde_json::from_str::<Vec<&'a RawValue>>(text).ok();
    match shape {
        Shape::One => Some(vec![serde_json::from_str(text).ok()?]),
        Shape::List => list(text),
        Shape::In(member) => list(members(text)?.get(*member)?.get()),
        Shape::Checkins => list(text).or_else(|| {
            let by_habit = members(members(text)?.get("checkins")?.get())?;
            Some(by_habit.values().filter_map(|of_one| list(of_one.get())).flatten().collect())
        }),
    }
}
