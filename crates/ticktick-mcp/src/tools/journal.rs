//! Shows and undoes changes of this server, and shows the state of the mirror.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use ticktick::Error;
use ticktick::mirror::{Change, ChangeAction, Entry, Outcome};

use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::refs;
use crate::text::{clean, plural, title};
use crate::tool::{Tool, tool};
use crate::view::View;
use crate::when;

/// How many entries of the journal an answer considers.
const READ: usize = 500;
/// How many changes of each call the history lists.
const LISTED: usize = 5;

pub(super) const HISTORY: Tool = tool!(reads
    "history",
    "List the changes of this server, with ids for undo.",
    History, history);
pub(super) const STATUS: Tool = tool!(reads
    "sync_status",
    "Show account, time zone, current time, last sync and limits. Call it when results look wrong.",
    Status, status);
pub(super) const UNDO: Tool = tool!(writes
    "undo",
    "Undo a change of this server; refused if its fields have changed since.",
    Undo, undo)
.destroys();

#[derive(Deserialize, JsonSchema)]
struct History {
    /// Default 10.
    limit: Option<u32>,
    /// Only changes of this task.
    task: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Status {
    /// Read the whole account again.
    #[serde(default)]
    refresh: bool,
}

#[derive(Deserialize, JsonSchema)]
struct Undo {
    /// From the end of the answer to the write, or from history.
    id: String,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
}

/// Returns whether a write is one of this server's.
fn is_ours(entry: &Entry) -> bool {
    entry.command.starts_with("mcp ")
}

/// Returns the current or former name of an object.
fn name(change: &Change, view: &View) -> String {
    let values = values(change);
    let known = values.iter().find_map(|value| ["title", "name", "label"].iter().find_map(|key| value[*key].as_str()));
    let row = || view.row(&change.id.as_str().into()).map(|row| row.title.as_str());
    title(known.or_else(row).unwrap_or(&change.id))
}

/// Returns an object after and before a change, as far as the journal knows.
fn values(change: &Change) -> Vec<Value> {
    let both = [&change.after, &change.before];
    both.into_iter().flatten().filter_map(|json| serde_json::from_str(json.as_str()).ok()).collect()
}

/// Refuses to undo a change of a protected project, or of something in it.
fn refuse_protected(call: &Call<'_>, changes: &[&Change], view: &View) -> Result<(), Failure> {
    for change in changes {
        let values = values(change);
        let mut projects: Vec<&str> = values.iter().filter_map(|value| value["projectId"].as_str()).collect();
        projects.extend((change.kind == "project").then_some(change.id.as_str()));
        projects.extend(view.row(&change.id.as_str().into()).map(|row| row.project_id.as_str()));
        for project in projects {
            call.refuse_project(&project.into(), view)?;
        }
    }
    Ok(())
}

/// Returns whether a change was undone and the undo was not undone in turn.
fn is_undone(id: i64, entries: &[Entry]) -> bool {
    entries.iter().any(|other| other.undoes == Some(id) && !is_undone(other.id, entries))
}

fn action(action: ChangeAction) -> &'static str {
    match action {
        ChangeAction::Create => "created",
        ChangeAction::Delete => "deleted",
        _ => "changed",
    }
}

async fn history(call: &Call<'_>, args: History) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let find = |name: &str| match refs::task(name, &view.tasks, &view) {
        Ok(row) => Ok(row.id.clone()),
        Err(failure) => call.listed(name).ok_or(failure),
    };
    let task = args.task.as_deref().map(find).transpose()?;
    let entries = call.account.mirror.journal(READ)?;
    let is_of = |run: &&Vec<&Entry>| {
        let mut changes = run.iter().flat_map(|entry| &entry.changes);
        task.as_ref().is_none_or(|id| changes.any(|one| one.id == id.as_str()))
    };
    let limit = args.limit.unwrap_or(10).clamp(1, 100) as usize;
    let lines = runs(&entries);
    let lines = lines.iter().filter(is_of).take(limit).map(|run| line(run, &entries, &view));
    Ok(Answer::lines(std::iter::once(view.head("Changes of this server, latest first")).chain(lines)))
}

/// Returns the entries of this server by call, because `undo` undoes whole calls.
fn runs(entries: &[Entry]) -> Vec<Vec<&Entry>> {
    let mut runs: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries.iter().filter(|entry| is_ours(entry)) {
        match runs.iter_mut().find(|run| run[0].run == entry.run) {
            Some(run) => run.push(entry),
            None => runs.push(vec![entry]),
        }
    }
    runs
}

/// Returns the line of a call.
fn line(run: &[&Entry], entries: &[Entry], view: &View) -> String {
    let state = |entry: &&Entry| match entry.outcome {
        _ if is_undone(entry.id, entries) => " (undone)",
        Outcome::Done => "",
        Outcome::Refused | Outcome::NotApplied => " (not carried out)",
        _ => " (outcome unknown)",
    };
    let latest = run[0];
    let shown = state(&latest);
    let shown = if run.iter().all(|entry| state(entry) == shown) { shown } else { " (partly done)" };
    let changes: Vec<&Change> = run.iter().rev().flat_map(|entry| &entry.changes).collect();
    let names =
        changes.iter().take(LISTED).map(|one| format!("{} {} {}", action(one.action), one.kind, name(one, view)));
    let names = names.collect::<Vec<_>>().join("; ");
    let more = changes.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let at = when::moment(&latest.at.to_zoned_datetime(view.zone().clone()));
    format!("undo {}{shown} | {at} | {} | {names}{more}", latest.id, clean(&latest.command))
}

async fn status(call: &Call<'_>, args: Status) -> Result<Answer, Failure> {
    if args.refresh {
        call.account.refresh(true).await?;
    }
    let view = call.view().await?;
    let age = call.account.mirror.age()?.map_or(0, |age| age.as_secs());
    let options = &call.state.options;
    let mut lines = vec![
        view.head(&format!("Account of {}", call.account.name)),
        format!(
            "synced {age} seconds ago; {}, {}",
            plural(view.tasks.len(), "open task"),
            plural(view.projects.len(), "project")
        ),
        "limits: 50 tasks per call; more than 20 per call or 100 in ten minutes need a confirmation".to_owned(),
    ];
    if let Some(until) = call.account.waits_until() {
        let until = when::moment(&until.to_zoned_datetime(view.zone().clone()));
        lines.push(format!("TickTick asked this and other programs to wait until {until}"));
    }
    lines.extend(call.account.remarked().map(|remark| clean(&remark)));
    if options.read_only {
        lines.push("read-only: this server changes nothing".to_owned());
    }
    if !options.protect.is_empty() {
        lines.push(format!(
            "protected projects: {}",
            options.protect.iter().map(|one| clean(one)).collect::<Vec<_>>().join(", ")
        ));
    }
    Ok(Answer::lines(lines))
}

async fn undo(call: &Call<'_>, args: Undo) -> Result<Answer, Failure> {
    let id = args.id.trim().trim_start_matches("undo").trim_start_matches(':').trim();
    let id: i64 = id.parse().map_err(|_| Failure::new("The id is a number from history. Nothing was done."))?;
    let view = call.view().await?;
    let entries = call.account.mirror.journal(READ)?;
    let Some(entry) = entries.iter().find(|entry| entry.id == id && is_ours(entry)) else {
        return Err(Failure::new(format!(
            "This server made no change {id}. Use history for the ids. Nothing was done."
        )));
    };
    if entries.iter().any(|other| other.undoes == Some(id)) {
        let text = format!("Change {id} was undone already. Nothing was done. History shows the latest changes.");
        return Err(Failure::new(text));
    }
    let of_run = entries.iter().filter(|other| other.run == entry.run);
    let changes: Vec<&Change> = of_run.flat_map(|entry| &entry.changes).collect();
    refuse_protected(call, &changes, &view)?;
    let lines = changes.iter().map(|one| {
        let (kind, name, action) = (&one.kind, name(one, &view), action(one.action));
        format!("{kind} {name}: was {action}, will be as before")
    });
    let plan = Plan { lines: lines.collect(), ..Plan::default() };
    if let Some(answer) = call.check(&plan, &view, args.dry_run, None).await? {
        return Ok(answer);
    }
    let undone = call.account.mirror.undo_command(call.client(), id).await;
    let undone = undone.map_err(|error| refused(error, id, &entries))?;
    let after = call.view().await?;
    describe(&undone, &after)
}

/// Explains why a change was not undone. A later change of this server can be undone first.
fn refused(error: Error, id: i64, entries: &[Entry]) -> Failure {
    let changed = if let Error::UndoConflict(conflict) = &error { Some(conflict.id.clone()) } else { None };
    let is_later = |entry: &&Entry| {
        let has_changed = |change: &Change| changed.as_ref().is_some_and(|id| change.id == *id);
        entry.id > id && is_ours(entry) && !is_undone(entry.id, entries) && entry.changes.iter().any(has_changed)
    };
    match entries.iter().find(is_later) {
        Some(later) => Failure::from(error).and(&format!("\nThis server changed it later: undo {} first.", later.id)),
        None => error.into(),
    }
}

fn describe(undone: &ticktick::mirror::Undone, view: &View) -> Result<Answer, Failure> {
    let mut lines = vec![format!("Undone: {} as before.", plural(undone.objects.len(), "object"))];
    for object in undone.objects.iter().take(60) {
        let id = object.new_id.as_deref().unwrap_or(&object.id);
        let project = view.projects.iter().find(|project| project.id == id);
        lines.push(match (view.row(&id.into()), project) {
            (Some(row), _) => view.line_of(row),
            (None, Some(project)) => format!("project {}, with its tasks", clean(project.name())),
            (None, None) => format!("{} {}", object.kind, clean(id)),
        });
    }
    Ok(Answer::lines(lines))
}
