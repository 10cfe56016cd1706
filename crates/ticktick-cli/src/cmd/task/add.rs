//! `ticktick add`.

use ticktick::quick_add::{Parsed, QuickAdd};
use ticktick::task::TaskKind;
use ticktick::{TaskDraft, TaskId};

use jiff::ZonedDateTime;

use super::fields::{assignee, column_of, is_none};
use super::{explain, line};
use crate::args::{AddArgs, Fields, Globals};
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::{Candidate, Error, Kind};
use crate::generated::cli;
use crate::output::Output;
use crate::refs;
use crate::stock::Stock;
use crate::when;
use crate::written::{Written, input, write};

/// The end of the help of `ticktick add`.
pub(super) const MORE: &str = "`ticktick help quick-add` describes the words and symbols.";

/// Maximum number of projects that an error lists.
const NAMED: usize = 8;

/// A task to create.
struct Planned {
    draft: TaskDraft,
    project: ProjectView,
    title: String,
}

pub(super) async fn run(globals: &Globals, args: &AddArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let lines = lines(args)?;
    let content = content(&args.fields, args.line == ["-"])?;
    if args.explain {
        return explain::run(globals, args, &lines, output);
    }
    let work = async |connection: &mut Connection| add(connection, globals, args, &lines, content, output).await;
    write(globals, output, work).await
}

/// Returns the lines to read, each of which becomes a task.
fn lines(args: &AddArgs) -> Result<Vec<String>, Error> {
    if args.line == ["-"] {
        return input();
    }
    Ok(vec![args.line.join(" ")])
}

/// Returns the text of the tasks. Standard input can be the text or the lines, but not both.
fn content(fields: &Fields, is_taken: bool) -> Result<Option<String>, Error> {
    match fields.content.as_deref() {
        Some("-") if is_taken => Err(Error::usage("standard input cannot be both the tasks and their text")),
        Some("-") => Ok(Some(std::io::read_to_string(std::io::stdin())?)),
        text => Ok(text.map(str::to_owned)),
    }
}

async fn add(
    connection: &mut Connection,
    globals: &Globals,
    args: &AddArgs,
    lines: &[String],
    content: Option<String>,
    output: Output,
) -> Result<Written<cli::Task>, Error> {
    if lines.is_empty() {
        return Ok(Written::all(Vec::new(), Vec::new()));
    }
    // The projects of the demo are others.
    let usual = if globals.demo { None } else { globals.settings()?.get("project") };
    let (parsed, stock, parent) = connection
        .find(globals, output, |account, now| {
            let stock = Stock::of_tasks(account, now, &[]);
            let quick = when::quick(globals, now, account.first_weekday());
            let parsed = parse_all(lines, args, &quick, &stock, usual)?;
            let parent = parent(args, &stock)?;
            Ok((parsed, stock, parent))
        })
        .await?;
    for note in parsed.iter().flat_map(|(parsed, _)| &parsed.notes) {
        output.note("note", &note.text);
    }
    let mut planned = Vec::with_capacity(parsed.len());
    for (parsed, project) in parsed {
        planned.push(plan(connection, args, parsed, project, parent.as_ref(), content.as_deref()).await?);
    }
    connection.name("add");
    created(connection, args, &stock, planned).await
}

/// Parses all lines and finds their projects before the first task is created.
fn parse_all(
    lines: &[String],
    args: &AddArgs,
    quick: &QuickAdd,
    stock: &Stock,
    usual: Option<&str>,
) -> Result<Vec<(Parsed, ProjectView)>, Error> {
    let parse = |line: &String| {
        let parsed = line::read(line, args, quick).map_err(|mut error| {
            if lines.len() > 1 {
                error.message = format!("line \"{line}\": {}", error.message);
            }
            error
        })?;
        let project = match parsed.project.as_deref().or(usual) {
            Some(wanted) => find_project(wanted, &stock.projects)?,
            None => stock.projects.first().ok_or_else(|| Error::failed("the service returned no inbox"))?,
        };
        Ok((parsed, project.clone()))
    };
    lines.iter().map(parse).collect()
}

/// Finds the project of a line. An archived project must be named in full. An error lists the open projects.
fn find_project<'a>(wanted: &str, projects: &'a [ProjectView]) -> Result<&'a ProjectView, Error> {
    let found = project_view::find(wanted, projects);
    if let Ok(project) = found
        && project.archived
        && project.id != wanted
        && !project.name.eq_ignore_ascii_case(wanted)
    {
        let message = format!("\"{wanted}\" is a part of the name of \"{}\", which is archived", project.name);
        return Err(Error::new(Kind::NotFound, message)
            .hint("write the whole name to add the task there")
            .candidates(open_projects(projects)));
    }
    found.map_err(|error| {
        if error.kind != Kind::NotFound || !error.candidates.is_empty() {
            return error;
        }
        error.candidates(open_projects(projects))
    })
}

fn open_projects(projects: &[ProjectView]) -> Vec<Candidate> {
    let candidate =
        |project: &ProjectView| Candidate { id: project.id.clone(), name: project.path(), details: Vec::new() };
    projects.iter().filter(|project| !project.archived).take(NAMED).map(candidate).collect()
}

/// Finds the parent of the new tasks.
fn parent(args: &AddArgs, stock: &Stock) -> Result<Option<TaskView>, Error> {
    let Some(wanted) = args.fields.parent.as_ref().filter(|parent| !is_none(parent)) else { return Ok(None) };
    refs::find_one(wanted, &stock.tasks, &stock.now).cloned().map(Some)
}

async fn plan(
    connection: &Connection,
    args: &AddArgs,
    parsed: Parsed,
    project: ProjectView,
    parent: Option<&TaskView>,
    content: Option<&str>,
) -> Result<Planned, Error> {
    let mut draft = parsed.draft().items(args.items.iter().map(String::as_str));
    draft = match parent {
        Some(parent) if parsed.project.is_none() => draft.parent(TaskId::from(parent.task.id.as_str())),
        Some(parent) => draft.parent(TaskId::from(parent.task.id.as_str())).project(project.id.as_str()),
        None => draft.project(project.id.as_str()),
    };
    if let Some(content) = content.filter(|content| !is_none(content)) {
        draft = draft.content(content);
    }
    if let Some(column) = &args.fields.column
        && let Some(column) = column_of(connection, column, &project).await?
    {
        draft = draft.column(column);
    }
    if args.note {
        draft = draft.kind(TaskKind::Note);
    }
    if args.pin {
        draft = draft.pinned();
    }
    if args.top {
        draft = draft.at_top();
    }
    if args.bottom {
        draft = draft.at_bottom();
    }
    Ok(Planned { draft, project, title: parsed.title })
}

async fn created(
    connection: &Connection,
    args: &AddArgs,
    stock: &Stock,
    planned: Vec<Planned>,
) -> Result<Written<cli::Task>, Error> {
    let client = &connection.client;
    let member = match (&args.fields.assign, planned.first()) {
        (Some(wanted), Some(first)) => assignee(connection, wanted, &first.project.id).await?,
        _ => None,
    };
    let (titles, drafts): (Vec<String>, Vec<TaskDraft>) =
        planned.into_iter().map(|planned| (planned.title, planned.draft)).unzip();
    let count = drafts.len();
    let mut written = Written::all(Vec::new(), Vec::new());
    let mut results = Vec::with_capacity(count);
    match <[TaskDraft; 1]>::try_from(drafts) {
        Ok([draft]) => results.push(client.task().create(draft).await),
        Err(drafts) => {
            let report = client.task().batch().create(drafts).send().await?;
            results.extend(report.items().iter().map(|item| item.result.clone()));
        }
    }
    for (title, result) in titles.iter().zip(results) {
        let assigned = match (result, &member) {
            (Ok(task), Some(member)) => client.task().assign(&task, member.id).await,
            (result, _) => result,
        };
        match assigned {
            Ok(task) => {
                let view = stock.view(&task);
                written.lines.push(described(&view, &stock.now));
                written.data.push(view.task);
            }
            Err(error) if count == 1 => return Err(error.into()),
            Err(error) => written.fail(title, error.into()),
        }
    }
    Ok(written)
}

/// Describes a task in one line: its title and the fields that are set.
pub(super) fn described(view: &TaskView, now: &ZonedDateTime) -> String {
    let task = &view.task;
    let mut parts = vec![task.title.clone(), view.project_path.clone()];
    parts.extend(view.due_text(now));
    match task.priority {
        cli::Priority::High => parts.push("high".into()),
        cli::Priority::Medium => parts.push("medium".into()),
        cli::Priority::Low => parts.push("low".into()),
        cli::Priority::None => {}
    }
    if task.repeats.is_some() {
        parts.push("↻".into());
    }
    if !task.reminders.is_empty() {
        parts.push(crate::text::plural(task.reminders.len(), "reminder"));
    }
    if !task.tags.is_empty() {
        parts.push(task.tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(" "));
    }
    parts.join(" · ")
}
