//! `ticktick edit`: changes fields of tasks, by options or in an editor.

mod apply;
mod editor;
mod form;
mod items;
mod session;
mod values;

use clap::{Args, Command, FromArgMatches};
use jiff::ZonedDateTime;
use ticktick::column::ColumnId;
use ticktick::quick_add::QuickAdd;
use ticktick::task::{BatchItem, TaskPatch};
use ticktick::{Account, TaskId};

use super::add::described;
use super::fields::{self, Member, RepeatValue, assignee, column_of, is_none, parent_of};
use super::find::{Found, Wanted, put};
use super::place;
use crate::args::{EditArgs, Fields, Globals, Selection, StatusArg};
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::when;
use crate::written::{Written, write};

pub(super) async fn run(globals: &Globals, args: &EditArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let selection = selection(&args.conditions)?;
    let wanted = Wanted::of(&args.named, &selection)?;
    if !args.has_setters() {
        return session::run(globals, &wanted, output).await;
    }
    let content = content(args)?;
    let work = async |connection: &mut Connection| {
        change(connection, globals, args, &wanted, content.as_deref(), output).await
    };
    write(globals, output, work).await
}

impl EditArgs {
    /// Returns whether an option changes a field.
    fn has_setters(&self) -> bool {
        let Self { fields, title, add_tags, remove_tags, .. } = self;
        let Fields { project, column, parent, priority, tags, due, start: _, repeat, remind, content, assign } = fields;
        let texts = [project, column, parent, due, repeat, remind, content, assign, title];
        let has_tags = !(tags.is_empty() && add_tags.is_empty() && remove_tags.is_empty());
        texts.iter().any(|text| text.is_some()) || priority.is_some() || has_tags
    }
}

/// Reads conditions such as `tag=errand`, whose names and values are those of the options of `ticktick list`.
fn selection(conditions: &[String]) -> Result<Selection, Error> {
    let option = |condition: &String| match condition.split_once('=') {
        Some(("archived", "true")) => Ok("--archived".to_owned()),
        Some((name, value)) if !name.is_empty() => Ok(format!("--{name}={value}")),
        _ => Err(Error::usage(format!("--where {condition}: write NAME=VALUE, such as tag=errand"))),
    };
    let options = conditions.iter().map(option).collect::<Result<Vec<_>, _>>()?;
    let command = Selection::augment_args(Command::new("where").no_binary_name(true).disable_help_flag(true));
    let matches = command.try_get_matches_from(options).map_err(|error| {
        let error = Error::from(error);
        Error::usage(format!("--where: {}", error.message)).hint("the names are those of `ticktick list --help`")
    })?;
    Ok(Selection::from_arg_matches(&matches)?)
}

/// Returns the new text.
fn content(args: &EditArgs) -> Result<Option<String>, Error> {
    match args.fields.content.as_deref() {
        Some("-") if args.named.iter().any(|name| name == "-") => {
            Err(Error::usage("standard input cannot be both the tasks and their text"))
        }
        Some("-") => Ok(Some(std::io::read_to_string(std::io::stdin())?)),
        Some(text) if is_none(text) => Ok(Some(String::new())),
        text => Ok(text.map(str::to_owned)),
    }
}

/// The objects that the options refer to, found before the first task is changed.
struct Targets {
    project: Option<ProjectView>,
    column: Option<Option<ColumnId>>,
    parent: Option<Option<TaskView>>,
    member: Option<Option<Member>>,
}

async fn change(
    connection: &mut Connection,
    globals: &Globals,
    args: &EditArgs,
    wanted: &Wanted<'_>,
    content: Option<&str>,
    output: Output,
) -> Result<Written<cli::Task>, Error> {
    let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
    if args.title.is_some() && found.tasks.len() > 1 {
        return Err(Error::usage("several tasks cannot get the same title").hint("name one task"));
    }
    let week = |account: &Account, _: &ZonedDateTime| Ok(account.first_weekday());
    let week_start = connection.find(globals, output, week).await?;
    let quick = when::quick(globals, &found.stock.now, week_start);
    let targets = targets(connection, globals, &args.fields, &found, output).await?;
    let patches = found.tasks.iter().map(|task| Ok((task.id(), patch(args, content, task, &quick, &targets)?)));
    let patches = patches.collect::<Result<Vec<_>, Error>>()?;
    wanted.confirm(globals, "change {}", &found.tasks)?;
    connection.name_with("edit", &found.tasks);
    let mut written = Written::all(Vec::new(), Vec::new());
    if let Some(project) = &targets.project {
        written = place::moved(connection, &found, Some(project), None).await?;
    }
    let line = |task: &TaskView, _: &BatchItem| described(task, &found.stock.now);
    let is_empty = |patch: &TaskPatch| *patch == TaskPatch::new();
    if patches.iter().any(|(_, patch)| !is_empty(patch)) {
        let batch = connection.client.task().batch();
        let batch = patches.into_iter().fold(batch, |batch, (id, patch)| batch.patch([id], patch));
        found.add_report(&mut written, &batch.send().await?, line);
    }
    if let Some(parent) = &targets.parent {
        let moved = place::below(connection, &found, parent.as_ref()).await?;
        merge(&mut written, moved);
    }
    if let Some(member) = &targets.member {
        assign(connection, &found, member.as_ref(), &mut written).await;
    }
    super::find::summarize(&mut written, "changed");
    Ok(written)
}

async fn targets(
    connection: &mut Connection,
    globals: &Globals,
    fields: &Fields,
    found: &Found,
    output: Output,
) -> Result<Targets, Error> {
    let projects = &found.stock.projects;
    let project = fields.project.as_deref().map(|name| project_view::find(name, projects)).transpose()?.cloned();
    let parent = match &fields.parent {
        Some(parent) => Some(parent_of(connection, globals, output, parent).await?),
        None => None,
    };
    let column = match &fields.column {
        Some(column) => {
            let project = place::target(found, project.as_ref())?;
            Some(column_of(connection, column, &project).await?)
        }
        None => None,
    };
    let member = match &fields.assign {
        Some(member) => {
            let project = place::target(found, project.as_ref())?;
            Some(assignee(connection, member, &project.id).await?)
        }
        None => None,
    };
    Ok(Targets { project, column, parent, member })
}

/// Returns the changes of the options to a task.
fn patch(
    args: &EditArgs,
    content: Option<&str>,
    task: &TaskView,
    quick: &QuickAdd,
    targets: &Targets,
) -> Result<TaskPatch, Error> {
    let fields = &args.fields;
    let mut patch = TaskPatch::new();
    let mut due = task.when.as_ref().map(|when| when.due().clone());
    if let Some(title) = &args.title {
        patch = patch.title(title);
    }
    if let Some(content) = content {
        patch = patch.content(content);
    }
    if let Some(level) = fields.priority {
        patch = patch.priority(fields::priority(level));
    }
    if let Some(text) = &fields.due {
        due = fields::date(quick, text, fields.start.as_deref())?;
        patch = match &due {
            Some(due) => patch.due(due.clone()),
            None => patch.clear_due(),
        };
    }
    match fields.repeat.as_deref().map(|text| fields::repeat(quick, text)).transpose()? {
        Some(RepeatValue::Set(repeat)) => patch = patch.repeat(repeat.rule).repeat_from(repeat.from),
        Some(RepeatValue::Clear) => patch = patch.clear_repeat(),
        None => {}
    }
    if let Some(text) = &fields.remind {
        patch = patch.reminders(fields::triggers(quick, text, due.as_ref())?);
    }
    match fields.tags.as_slice() {
        [] => {}
        [only] if is_none(only) => patch = patch.tags(Vec::<&str>::new()),
        tags => patch = patch.tags(bare(tags)),
    }
    patch = patch.add_tags(bare(&args.add_tags)).remove_tags(bare(&args.remove_tags));
    match &targets.column {
        Some(Some(column)) => patch = patch.column(column),
        Some(None) => patch = patch.clear_column(),
        None => {}
    }
    Ok(patch)
}

/// Removes the signs of tags.
fn bare(tags: &[String]) -> Vec<&str> {
    tags.iter().map(|tag| tag.trim_start_matches('#')).collect()
}

/// Assigns the tasks one by one, because the service has no batch for it.
async fn assign(connection: &Connection, found: &Found, member: Option<&Member>, written: &mut Written<cli::Task>) {
    let tasks = connection.client.task();
    for task in &found.tasks {
        let assigned = async {
            let stored = tasks.get(task.id()).await?;
            match member {
                Some(member) => tasks.assign(&stored, member.id).await,
                None => tasks.unassign(&stored).await,
            }
        };
        match assigned.await {
            Ok(stored) => {
                let view = found.stock.view(&stored);
                put(written, described(&view, &found.stock.now), view.task);
            }
            Err(error) => written.fail(&task.task.title, error.into()),
        }
    }
}

/// Adds what a later step has written.
fn merge(written: &mut Written<cli::Task>, later: Written<cli::Task>) {
    if later.lines.len() == later.data.len() {
        for (line, task) in later.lines.into_iter().zip(later.data) {
            put(written, line, task);
        }
    }
    written.failure = written.failure.take().or(later.failure);
}

impl TaskView {
    fn id(&self) -> TaskId {
        self.task.id.as_str().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::PriorityArg;

    fn read(conditions: &[&str]) -> Result<Selection, Error> {
        selection(&conditions.iter().map(|&condition| condition.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn conditions_are_the_options_of_lists() {
        let read = read(&["tag=errand", "due=..today", "priority=high", "archived=true", "text=a = b"]).unwrap();
        assert_eq!(read.tags, ["errand"]);
        assert_eq!(read.due.as_deref(), Some("..today"));
        assert_eq!(read.priorities, [PriorityArg::High]);
        assert_eq!(read.text.as_deref(), Some("a = b"));
        assert!(read.archived);
    }

    #[test]
    fn wrong_conditions_are_refused() {
        for wrong in ["tag", "=x", "priority=urgent", "color=red", "limit=x"] {
            assert_eq!(read(&[wrong]).unwrap_err().kind, crate::error::Kind::Usage, "{wrong}");
        }
    }
}
