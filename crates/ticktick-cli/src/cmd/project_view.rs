//! Projects as they are shown, and how the user names them.

use std::collections::HashMap;

use ticktick::folder::Folder;
use ticktick::{Account, Project, Task};

use crate::error::Error;
pub(crate) use crate::generated::cli::Project as ProjectView;
use crate::noun::{self, Named};
use crate::output::{DIM, width};
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
    pub(crate) fn of(project: &Project, folders: &[Folder], open_tasks: u64) -> Self {
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

/// Formats projects as a table for people.
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
