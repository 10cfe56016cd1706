//! `ticktick add`.

use ticktick::{Priority, TaskDraft};

use crate::args::{AddArgs, Globals, PriorityArg};
use crate::cmd::project;
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::when;
use crate::written::{Written, write};

pub(super) async fn run(globals: &Globals, args: AddArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| add(connection, globals, args, output).await).await
}

async fn add(
    connection: &mut Connection,
    globals: &Globals,
    args: AddArgs,
    output: Output,
) -> Result<Written<cli::Task>, Error> {
    if args.title.trim().is_empty() {
        return Err(Error::usage("a task needs a title"));
    }
    // The projects of the demo are others.
    let usual = if globals.demo { None } else { globals.settings()?.get("project") };
    let (project, now, due) = connection
        .find(globals, output, |account, now| {
            let projects = project::all(account);
            let project = match args.project.as_deref().or(usual) {
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
    if let Some(due) = due {
        draft = draft.due(due);
    }
    connection.name("add");
    let task = connection.client.task().create(draft).await?;
    let view = TaskView::new(&task, &project, Some(&now));
    let due = view.due_text(&now).map(|due| format!(", due {due}")).unwrap_or_default();
    let line = format!("Added \"{}\" to {}{due}", view.task.title, project.path());
    Ok(Written::one(view.task, line))
}
