//! `ticktick project`.

use std::collections::HashMap;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::folder::Folder;
use ticktick::{Account, Project, Task};

use crate::answer::Answer;
use crate::args::{Globals, ProjectCommand, ProjectListArgs};
use crate::entry::{Entry, Section};
use crate::error::{Candidate, Error, Kind};
pub(crate) use crate::generated::cli::Project as ProjectView;
use crate::mirror;
use crate::output::{DIM, Output, width};
use crate::pick::{Found, pick, similar};
use crate::picker;
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

pub(crate) const PROJECT: Entry =
    Entry::group(Section::Objects, "project", "Everything about projects", ProjectCommand::augment_subcommands, run);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    match ProjectCommand::from_arg_matches(matches)? {
        ProjectCommand::List(args) => wait(list(globals, &args, Output::new(globals))),
        ProjectCommand::Show(args) => wait(crate::cmd::project_show::run(globals, &args, Output::new(globals))),
    }
}

async fn list(globals: &Globals, args: &ProjectListArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let mut projects = all(&snapshot.account);
    projects.retain(|project| args.archived || !project.archived);
    let mut answer = Answer::new(projects);
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, table)
}

fn table(projects: &[ProjectView]) -> Vec<String> {
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
    let views = inbox.into_iter().chain(projects).map(|project| ProjectView {
        id: project.id.to_string(),
        name: project.name.as_deref().unwrap_or_default().to_owned(),
        folder: folder(project).and_then(|folder| folder.name.get()).cloned(),
        kind: project.kind.get().map_or("TASK".into(), ToString::to_string),
        color: project.color.get().filter(|color| !color.is_empty()).cloned(),
        archived: project.closed == true,
        open_tasks: open.get(project.id.as_str()).copied().unwrap_or(0),
    });
    views.collect()
}

/// Finds the project that the user named.
pub(crate) fn find<'a>(wanted: &str, projects: &'a [ProjectView]) -> Result<&'a ProjectView, Error> {
    match pick(wanted, projects, |project| &project.id, |project| &project.name) {
        Found::One(project) => Ok(project),
        Found::Many(several) => {
            let message = format!("\"{wanted}\" matches {} projects", several.len());
            let choices: Vec<Candidate> = several.iter().map(|project| candidate(project)).collect();
            if let Some(chosen) = picker::choose(&format!("Which project is \"{wanted}\"?"), &choices)? {
                return several.get(chosen).copied().ok_or_else(|| Error::failed(message));
            }
            Err(Error::new(Kind::Ambiguous, message)
                .hint("use more of the name, or the id")
                .candidates(several.into_iter().map(candidate).collect()))
        }
        Found::Nothing => {
            let names = projects.iter().map(|project| project.name.as_str());
            let hint = similar(wanted, names).map(|name| format!("did you mean \"{name}\"?"));
            Err(Error::new(Kind::NotFound, format!("no project matches \"{wanted}\""))
                .hint(hint.unwrap_or_else(|| "`ticktick project list` lists all projects".to_owned())))
        }
    }
}

fn candidate(project: &ProjectView) -> Candidate {
    Candidate { id: project.id.clone(), name: project.path(), details: Vec::new() }
}
