//! The values of the fields of a task, as they are typed.

use jiff::ZonedDateTime;
use ticktick::column::{Column, ColumnId};
use ticktick::project::ProjectMember;
use ticktick::quick_add::{DateValue, QuickAdd, QuickReminder, Repeat};
use ticktick::{Account, Due, Priority, ProjectId, Trigger};

use crate::args::{Globals, PriorityArg};
use crate::cmd::project_view::ProjectView;
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::{Candidate, Error, Kind};
use crate::output::Output;
use crate::pick::{Found, pick, similar};
use crate::stock::Stock;
use crate::when::parse_or_none;
use crate::{picker, refs};

/// The word that clears a field.
pub(super) const NONE: &str = "none";

/// A member of a shared project.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: i64,
    pub(super) name: String,
}

/// A repeat, or `none`.
#[derive(Clone, Debug)]
pub(super) enum RepeatValue {
    Clear,
    Set(Box<Repeat>),
}

pub(super) fn is_none(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case(NONE)
}

pub(super) fn priority(level: PriorityArg) -> Priority {
    match level {
        PriorityArg::None => Priority::None,
        PriorityArg::Low => Priority::Low,
        PriorityArg::Medium => Priority::Medium,
        PriorityArg::High => Priority::High,
    }
}

/// Reads a date, or `none`. With a start, it is the end of a range.
pub(super) fn date(quick: &QuickAdd, due: &str, start: Option<&str>) -> Result<Option<Due>, Error> {
    let due = match parse_or_none(quick, due)? {
        DateValue::Clear if start.is_some() => return Err(Error::usage("a task with a start needs a date")),
        DateValue::Clear => return Ok(None),
        DateValue::Due(due) => due,
    };
    let Some(start) = start else { return Ok(Some(due)) };
    let DateValue::Due(start) = parse_or_none(quick, start)? else {
        return Err(Error::usage("--start needs a date").hint("leave out --start for a task without a start"));
    };
    let wrong = |why: &str| Error::usage(format!("the task cannot last from {start} to {due}: {why}"));
    match (&start, &due) {
        (Due::Day { date: first, .. }, Due::Day { date: last, .. }) => {
            Due::days(*first..=*last).map(Some).map_err(|error| wrong(&error.to_string()))
        }
        (Due::At(from), Due::At(to)) => {
            Due::range(from.clone(), to.clone()).map(Some).map_err(|error| wrong(&error.to_string()))
        }
        _ => Err(wrong("both must be days, or both must have a time")),
    }
}

/// Reads a repeat, or `none`.
pub(super) fn repeat(quick: &QuickAdd, text: &str) -> Result<RepeatValue, Error> {
    if is_none(text) {
        return Ok(RepeatValue::Clear);
    }
    Ok(RepeatValue::Set(Box::new(quick.parse_repeat(text)?)))
}

/// Reads reminders of a task with this date, or `none`.
pub(super) fn triggers(quick: &QuickAdd, text: &str, due: Option<&Due>) -> Result<Vec<Trigger>, Error> {
    if is_none(text) {
        return Ok(Vec::new());
    }
    if text.split(',').all(|part| part.trim().starts_with(RAW)) {
        return Ok(text.split(',').map(|part| Trigger::from(part.trim())).collect());
    }
    let Some(due) = due else {
        return Err(Error::usage("a reminder needs a date").hint("give the task a date with --due"));
    };
    Ok(quick.parse_reminders(text, due)?.iter().map(QuickReminder::trigger).collect())
}

/// The start of a reminder in the form of the service.
pub(super) const RAW: &str = "TRIGGER:";

/// Finds a column of a project, or returns `None` for `none`.
pub(super) async fn column_of(
    connection: &Connection,
    wanted: &str,
    project: &ProjectView,
) -> Result<Option<ColumnId>, Error> {
    if is_none(wanted) {
        return Ok(None);
    }
    let columns = connection.client.column().list_by_project(project.id.as_str()).await?;
    let name = |column: &Column| column.name.as_deref().unwrap_or_default().to_owned();
    let named: Vec<(String, &Column)> = columns.iter().map(|column| (name(column), column)).collect();
    match pick(wanted, &named, |(_, column)| column.id.as_str(), |(name, _)| name) {
        Found::One((_, column)) => Ok(Some(column.id.clone())),
        Found::Nothing => {
            let fault = Error::new(Kind::NotFound, format!("project {} has no column \"{wanted}\"", project.name));
            Err(fault.hint(match named.as_slice() {
                [] => "the project has no columns; `ticktick column create` adds one".to_owned(),
                named => others(wanted, named.iter().map(|one| one.0.as_str())),
            }))
        }
        Found::Many(several) => {
            let candidate = |(name, column): &&(String, &Column)| Candidate {
                id: column.id.to_string(),
                name: name.clone(),
                details: vec![project.name.clone()],
            };
            let candidates: Vec<Candidate> = several.iter().map(candidate).collect();
            if let Some((_, column)) = picker::choose("Which column?", &candidates)?.and_then(|at| several.get(at)) {
                return Ok(Some(column.id.clone()));
            }
            Err(Error::new(Kind::Ambiguous, format!("\"{wanted}\" matches {} columns", several.len()))
                .hint("use more of the name, or the id")
                .candidates(candidates))
        }
    }
}

/// Suggests the name that was probably meant, or lists all names.
fn others<'a>(wanted: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    match similar(wanted, names.clone()) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => {
            let names: Vec<&str> = names.collect();
            if names.is_empty() { "there are none".to_owned() } else { format!("there are: {}", names.join(", ")) }
        }
    }
}

/// Finds the parent, or returns `None` for `none`.
pub(super) async fn parent_of(
    connection: &mut Connection,
    globals: &Globals,
    output: Output,
    wanted: &str,
) -> Result<Option<TaskView>, Error> {
    if is_none(wanted) {
        return Ok(None);
    }
    let find = |account: &Account, now: &ZonedDateTime| {
        let stock = Stock::of_tasks(account, now, &[]);
        refs::find_one(wanted, &stock.tasks, now).cloned()
    };
    connection.find(globals, output, find).await.map(Some)
}

/// Finds a member of a shared project, or returns `None` for `none`.
pub(super) async fn assignee(connection: &Connection, wanted: &str, project: &str) -> Result<Option<Member>, Error> {
    if is_none(wanted) {
        return Ok(None);
    }
    let client = &connection.client;
    if ProjectId::from(project).is_inbox() {
        return Err(not_shared("a task in the inbox cannot be assigned"));
    }
    let project = client.project().get(project).await?;
    if project.user_count.get().is_some() && !project.is_shared() {
        return Err(not_shared(&format!(
            "the project \"{}\" is not shared, so its tasks cannot be assigned",
            project.name()
        )));
    }
    let members = client.project().members(&project).await?;
    let members: Vec<(String, Member)> = members.iter().filter_map(member).collect();
    let wanted = if wanted.eq_ignore_ascii_case("me") {
        client.user().status().await?.user_id
    } else {
        wanted.trim_start_matches('@').to_owned()
    };
    match pick(&wanted, &members, |one| &one.0, |one| &one.1.name) {
        Found::One((_, member)) => Ok(Some(member.clone())),
        Found::Nothing => {
            let names = members.iter().map(|one| one.1.name.as_str());
            Err(Error::new(Kind::NotFound, format!("no member of the project matches \"{wanted}\""))
                .hint(others(&wanted, names)))
        }
        Found::Many(several) => {
            let candidate = |one: &&(String, Member)| Candidate {
                id: one.0.clone(),
                name: one.1.name.clone(),
                details: Vec::new(),
            };
            Err(Error::new(Kind::Ambiguous, format!("\"{wanted}\" matches {} members", several.len()))
                .hint("use more of the name, or the number")
                .candidates(several.iter().map(candidate).collect()))
        }
    }
}

fn not_shared(message: &str) -> Error {
    Error::usage(message).hint("move the task to a shared project; `ticktick project list` shows which ones are shared")
}

fn member(member: &ProjectMember) -> Option<(String, Member)> {
    let id = *member.user_id.get()?;
    let name = member.display_name.get().map_or_else(|| id.to_string(), |name| name.to_string());
    Some((id.to_string(), Member { id, name }))
}
