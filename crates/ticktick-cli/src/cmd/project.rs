//! `ticktick project`.

mod people;
mod write;

use std::collections::HashMap;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::folder::Folder;
use ticktick::{Account, Project, Task};

use crate::answer::Answer;
use crate::args::{ArchivedArgs, Globals, ProjectCommand, named};
use crate::entry::{Entry, Section};
use crate::error::Error;
pub(crate) use crate::generated::cli::Project as ProjectView;
use crate::mirror;
use crate::noun::{self, Named};
use crate::output::{DIM, Output, width};
use crate::runtime::wait;
use crate::table::{Cell, Table};
use crate::text::plural;

impl ProjectView {
    /// A project that the account does not list.
    pub(crate) fn unknown(id: &str) -> Self {
        Self::named(id, id)
    }

    pub(crate) fn named(id: &str, name: &str) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            folder: None,
            kind: "TASK".into(),
            color: None,
            archived: false,
            open_tasks: 0,
            view: "list".into(),
            shared: false,
        }
    }

    /// Describes a project.
    fn of(project: &Project, folders: &[Folder], open_tasks: u64) -> Self {
        let folder = project.group_id.get().and_then(|id| folders.iter().find(|folder| folder.id == *id));
        Self {
            id: project.id.to_string(),
            name: project.name.as_deref().unwrap_or_default().to_owned(),
            folder: folder.and_then(|folder| folder.name.get().cloned()),
            kind: project.kind.get().map_or("TASK".into(), ToString::to_string),
            color: project.color.get().filter(|color| !color.is_empty()).cloned(),
            archived: project.closed == true,
            open_tasks,
            view: project.view_mode().as_str().to_owned(),
            shared: project.is_shared(),
        }
    }

    /// Returns the name with its folder.
    pub(crate) fn path(&self) -> String {
        match &self.folder {
            Some(folder) => format!("{folder} / {}", self.name),
            None => self.name.clone(),
        }
    }
}

pub(crate) const PROJECT: Entry = Entry::group(
    Section::Objects,
    "project",
    "Everything about projects",
    |command| named(ProjectCommand::augment_subcommands(command), "PROJECT"),
    run,
);

impl Named for ProjectView {
    const WHAT: &'static str = "project";
    const LIST: &'static str = "project list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn details(&self) -> Vec<String> {
        self.folder.iter().cloned().collect()
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match ProjectCommand::from_arg_matches(matches)? {
        ProjectCommand::List(args) => wait(list(globals, &args, output)),
        ProjectCommand::Show(args) => wait(crate::cmd::project_show::run(globals, &args, output)),
        ProjectCommand::Create(args) => wait(write::create(globals, args, output)),
        ProjectCommand::Rename(args) => wait(write::rename(globals, args, output)),
        ProjectCommand::Edit(args) => wait(write::edit(globals, args, output)),
        ProjectCommand::Archive(args) => wait(write::archive(globals, args, true, output)),
        ProjectCommand::Unarchive(args) => wait(write::archive(globals, args, false, output)),
        ProjectCommand::Move(args) => wait(write::place(globals, args, output)),
        ProjectCommand::Delete(args) => wait(write::delete(globals, args, output)),
        ProjectCommand::Members(args) => wait(people::members(globals, &args.name, false)),
        ProjectCommand::Shares(args) => wait(people::members(globals, &args.name, true)),
        ProjectCommand::Invitation(args) => wait(people::invitation(globals, &args.name)),
        ProjectCommand::Templates => wait(people::templates(globals)),
    }
}

async fn list(globals: &Globals, args: &ArchivedArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let mut projects = all(&snapshot.account);
    projects.retain(|project| args.archived || !project.archived);
    let mut answer = Answer::new(projects);
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, table)
}

pub(crate) fn table(projects: &[ProjectView]) -> Vec<String> {
    let mut table = Table::new();
    for project in projects {
        table.row(vec![
            Cell::new(format!(" {}", project.name)),
            Cell::new(project.folder.as_deref().unwrap_or_default()).style(DIM),
            Cell::new(open_tasks(project)),
            Cell::new(marks(project)).style(DIM),
        ]);
    }
    let mut lines = table.render(width());
    lines.push(format!(" {}", plural(projects.len(), "project")));
    lines
}

fn marks(project: &ProjectView) -> String {
    let marks = [(project.kind == "NOTE", "notes"), (project.archived, "archived")];
    let marks: Vec<&str> = marks.into_iter().filter(|(has, _)| *has).map(|(_, mark)| mark).collect();
    marks.join(", ")
}

fn open_tasks(project: &ProjectView) -> String {
    if project.open_tasks == 0 { String::new() } else { format!("{} open", project.open_tasks) }
}

/// Returns the projects in the order of the app: the inbox, then by folder and position, archived ones
/// last.
pub(crate) fn all(account: &Account) -> Vec<ProjectView> {
    let mut open: HashMap<&str, u64> = HashMap::new();
    for task in account.tasks().iter().filter(|task| Task::is_open(task)) {
        *open.entry(task.project_id.as_str()).or_default() += 1;
    }
    views(account.inbox().as_ref(), account.projects(), account.folders(), &open)
}

/// Returns the projects in the order of the app, with the numbers of their open tasks.
pub(crate) fn views(
    inbox: Option<&Project>,
    projects: &[Project],
    folders: &[Folder],
    open: &HashMap<&str, u64>,
) -> Vec<ProjectView> {
    let folder = |project: &Project| {
        let id = project.group_id.get()?;
        folders.iter().find(|group| group.id == *id)
    };
    let position = |project: &&Project| {
        let own = project.sort_order.get().copied();
        let place = folder(project).map_or(own, |folder| folder.sort_order.get().copied());
        (project.closed == true, place, own)
    };
    let mut projects: Vec<&Project> = projects.iter().collect();
    projects.sort_by_key(position);
    let views = inbox
        .into_iter()
        .chain(projects)
        .map(|project| ProjectView::of(project, folders, open.get(project.id.as_str()).copied().unwrap_or(0)));
    views.collect()
}

/// Finds the project that the user named.
pub(crate) fn find<'a>(wanted: &str, projects: &'a [ProjectView]) -> Result<&'a ProjectView, Error> {
    noun::find(wanted, projects)
}
