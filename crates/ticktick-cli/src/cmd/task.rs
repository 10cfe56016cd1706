//! `ticktick task`.

use std::collections::{HashMap, HashSet};
use std::io;

use jiff::ZonedDateTime;
use ticktick::{Account, Priority, Task, TaskDraft};

use crate::args::{Globals, PriorityArg, TaskAddArgs, TaskCommand, TaskDoneArgs, TaskListArgs};
use crate::cmd::project::{self, ProjectView};
use crate::cmd::task_view::{TaskView, tasks_table};
use crate::connect::Connection;
use crate::error::{Candidate, Error, Kind};
use crate::generated::cli::TaskList;
use crate::mirror;
use crate::output::{Output, width};
use crate::pick::{Found, pick};
use crate::text::plural;
use crate::when::{self, Urgency, When};

pub(crate) async fn run(globals: &Globals, command: TaskCommand, output: Output) -> Result<(), Error> {
    match command {
        TaskCommand::List(args) => list(globals, &args, output).await,
        TaskCommand::Add(args) => {
            let quiet = args.quiet;
            mirror::write(globals, quiet, output, async |connection| add(connection, globals, args, output).await).await
        }
        TaskCommand::Done(args) => {
            let quiet = args.quiet;
            mirror::write(globals, quiet, output, async |connection| done(connection, globals, &args, output).await)
                .await
        }
    }
}

async fn list(globals: &Globals, args: &TaskListArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let now = snapshot.now.clone();
    let projects = project::all(&snapshot.account);
    let project = args.project.as_ref().map(|wanted| project::find(wanted, &projects)).transpose()?;
    let mut tasks = open_tasks(&snapshot.account, &projects, &now);
    let all = tasks.len();
    let archived: HashSet<String> = projects.iter().filter(|one| one.archived).map(|one| one.id.clone()).collect();
    match project {
        Some(project) => tasks.retain(|task| task.task.project.id == project.id),
        None if !args.archived => tasks.retain(|task| !archived.contains(&task.task.project.id)),
        None => {}
    }
    let hidden = match all - tasks.len() {
        hidden @ 1.. if project.is_none() => format!(" · {hidden} more in archived projects"),
        _ => String::new(),
    };
    if let Some(tag) = &args.tag {
        let tag = tag.trim_start_matches('#').to_lowercase();
        tasks.retain(|task| task.task.tags.contains(&tag));
    }
    if args.today {
        tasks.retain(|task| task.urgency(&now) <= Urgency::Today);
    }
    let tasks = TaskView::in_order(tasks, &projects, &now);
    if output.json {
        let mut document = document(&tasks);
        snapshot.add_age_to(&mut document.meta);
        document.meta.now = Some(now);
        return output.document(&document);
    }
    if args.quiet {
        return output.ids(tasks.iter().map(|task| task.task.id.as_str()));
    }
    let mut lines = tasks_table(&tasks, &now).render(width());
    lines.push(summary(&tasks, &now) + &hidden + &snapshot.age());
    output.lines(lines)
}

fn document(tasks: &[TaskView]) -> TaskList {
    TaskList::from(tasks.iter().map(|view| view.task.clone()).collect::<Vec<_>>())
}

fn summary(tasks: &[TaskView], now: &ZonedDateTime) -> String {
    let count = |urgency| tasks.iter().filter(|task| task.urgency(now) == urgency).count();
    let mut text = format!(" {}", plural(tasks.len(), "task"));
    for (count, what) in [(count(Urgency::Overdue), "overdue"), (count(Urgency::Today), "today")] {
        if count > 0 {
            text.push_str(&format!(" · {count} {what}"));
        }
    }
    text
}

/// Returns the open tasks of all projects.
fn open_tasks(account: &Account, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<TaskView> {
    let projects: HashMap<&str, &ProjectView> = projects.iter().map(|project| (project.id.as_str(), project)).collect();
    let view = |task: &Task| Some(TaskView::new(task, projects.get(task.project_id.as_str())?, Some(now)));
    let tasks = account.tasks().iter().filter(|task| task.is_open());
    tasks.filter_map(view).collect()
}

async fn add(connection: &mut Connection, globals: &Globals, args: TaskAddArgs, output: Output) -> Result<(), Error> {
    if args.title.trim().is_empty() {
        return Err(Error::usage("a task needs a title"));
    }
    let (project, now, due) = connection
        .find(globals, output, |account, now| {
            let projects = project::all(account);
            let project = match &args.project {
                Some(wanted) => project::find(wanted, &projects)?.clone(),
                None => projects.into_iter().next().ok_or_else(|| Error::failed("the service returned no inbox"))?,
            };
            let due = args.due.as_ref().map(|due| when::parse(due, now)).transpose()?;
            Ok((project, now.clone(), due))
        })
        .await?;
    let mut draft = TaskDraft::new(args.title).project(project.id.as_str()).priority(match args.priority {
        None | Some(PriorityArg::None) => Priority::None,
        Some(PriorityArg::Low) => Priority::Low,
        Some(PriorityArg::Medium) => Priority::Medium,
        Some(PriorityArg::High) => Priority::High,
    });
    for tag in &args.tags {
        draft = draft.tag(tag.trim_start_matches('#'));
    }
    if let Some(content) = args.content {
        draft = draft.content(content);
    }
    let now = due.is_some().then_some(now);
    if let Some(due) = due {
        draft = draft.due(due);
    }
    connection.name("task add");
    let task = connection.client.task().create(draft).await?;
    added(&TaskView::new(&task, &project, now.as_ref()), &project, now.as_ref(), args.quiet, output)
        .map_err(|error| error.after_write(format!("task {} was added", task.id)))
}

fn added(
    task: &TaskView,
    project: &ProjectView,
    now: Option<&ZonedDateTime>,
    quiet: bool,
    output: Output,
) -> Result<(), Error> {
    if output.json {
        return output.document(&document(std::slice::from_ref(task)));
    }
    if quiet {
        return output.ids([&task.task.id]);
    }
    let due = task.when.as_ref().zip(now).map(|(when, now)| format!(", due {}", when.show(now)));
    output.done(&format!("Added \"{}\" to {}{}", task.task.title, project.path(), due.unwrap_or_default()))
}

async fn done(
    connection: &mut Connection,
    globals: &Globals,
    args: &TaskDoneArgs,
    output: Output,
) -> Result<(), Error> {
    let wanted = wanted(&args.tasks)?;
    let find = |account: &Account, now: &ZonedDateTime| Ok((chosen(&wanted, account, now)?, now.clone()));
    let (chosen, now) = connection.find(globals, output, find).await?;
    connection.name(&format!("task done {}", ids(&chosen)));
    let mut completed = Vec::new();
    for task in chosen {
        let answer = connection.client.task().complete(ticktick::TaskId::from(task.task.id.as_str())).await;
        let closed = answer.map_err(|error| after(&completed, Error::from(error)))?;
        let next = closed.next.and_then(|next| When::new(next, now.time_zone()));
        completed.push(task.completed(next.as_ref()));
        if !output.json && !args.quiet {
            let next = next.map(|next| format!(", next: {}", next.show(&now))).unwrap_or_default();
            let line = format!("{}{next}", task.task.title);
            output.done(&line).map_err(|error| unwritten(&completed, error))?;
        }
    }
    match (output.json, args.quiet) {
        (true, _) => output.document(&document(&completed)),
        (false, true) => output.ids(completed.iter().map(|task| task.task.id.as_str())),
        (false, false) => Ok(()),
    }
    .map_err(|error| unwritten(&completed, error))
}

/// Finds all tasks, before the first is completed.
fn chosen(wanted: &[String], account: &Account, now: &ZonedDateTime) -> Result<Vec<TaskView>, Error> {
    let projects = project::all(account);
    let tasks = TaskView::in_order(open_tasks(account, &projects, now), &projects, now);
    let mut chosen: Vec<TaskView> = Vec::new();
    for wanted in wanted {
        let task = find(wanted, &tasks, now)?;
        if !chosen.iter().any(|other| other.task.id == task.task.id) {
            chosen.push(task.clone());
        }
    }
    Ok(chosen)
}

fn unwritten(completed: &[TaskView], error: Error) -> Error {
    error.after_write(format!("completed {}", ids(completed)))
}

fn ids<'a>(tasks: impl IntoIterator<Item = &'a TaskView>) -> String {
    tasks.into_iter().map(|task| task.task.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// Adds the tasks completed before the failure to an error.
fn after(completed: &[TaskView], mut error: Error) -> Error {
    if !completed.is_empty() {
        error.message = format!("{} (completed before that: {})", error.message, ids(completed));
    }
    error
}

/// Returns the typed arguments, with `-` replaced by the lines of standard input.
fn wanted(typed: &[String]) -> Result<Vec<String>, Error> {
    let mut all = Vec::new();
    for one in typed {
        match one.as_str() {
            "-" => {
                let lines = io::stdin().lines().collect::<Result<Vec<_>, _>>()?;
                all.extend(lines.into_iter().filter(|line| !line.trim().is_empty()));
            }
            _ => all.push(one.clone()),
        }
    }
    Ok(all)
}

fn find<'a>(wanted: &str, tasks: &'a [TaskView], now: &ZonedDateTime) -> Result<&'a TaskView, Error> {
    match pick(wanted, tasks, |task| &task.task.id, |task| &task.task.title) {
        Found::One(task) if task.is_note() => {
            Err(Error::usage(format!("\"{}\" is a note, which cannot be completed", task.task.title)))
        }
        Found::One(task) => Ok(task),
        Found::Many(several) => {
            let candidate = |task: &&TaskView| Candidate {
                id: task.task.id.clone(),
                name: task.task.title.clone(),
                details: vec![task.project_path.clone(), task.due_text(now).unwrap_or("no date".into())],
            };
            let message = format!("\"{wanted}\" matches {} tasks", several.len());
            Err(Error::new(Kind::Ambiguous, message)
                .hint("use more of the title, or the id")
                .candidates(several.iter().map(candidate).collect()))
        }
        Found::Nothing => Err(Error::new(Kind::NotFound, format!("no open task matches \"{wanted}\""))
            .hint("`ticktick task list` lists the open tasks; add --json for their ids")),
    }
}
