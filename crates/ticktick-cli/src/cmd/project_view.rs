//! How projects are shown and found by name.

use ticktick::folder::Folder;
use ticktick::mirror::ProjectRow;
use ticktick::{Account, Project};

use crate::error::Error;
pub(crate) use crate::generated::cli::Project as ProjectView;
use crate::ids::IdMap;
use crate::noun::{self, Named};
use crate::output::{DIM, width};
use crate::table::{Cell, Table};
use crate::text::plural;

impl ProjectView {
    /// A project that is missing from the account.
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
        Self::of_row(ProjectRow::new(project, folders), open_tasks)
    }

    fn of_row(row: ProjectRow, open_tasks: u64) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name.as_ref().to_owned(),
            folder: row.folder.map(|folder| folder.as_ref().to_owned()),
            kind: row.kind.to_string(),
            color: row.color,
            archived: row.archived,
            open_tasks,
            view: row.view.as_str().to_owned(),
            shared: row.shared,
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

/// Returns the projects of an account, with the numbers of their open tasks.
pub(crate) fn all(account: &Account) -> Vec<ProjectView> {
    let tasks = account.tasks().iter().filter(|task| task.is_open());
    views(ProjectRow::of_account(account), tasks.map(|task| task.project_id.as_str()))
}

/// Returns projects with the numbers of their open tasks, given the project of each open task.
pub(crate) fn views<'a>(projects: Vec<ProjectRow>, tasks: impl Iterator<Item = &'a str>) -> Vec<ProjectView> {
    let mut open: IdMap<&str, u64> = IdMap::default();
    for project in tasks {
        *open.entry(project).or_default() += 1;
    }
    let count = |project: &ProjectRow| open.get(project.id.as_str()).copied().unwrap_or(0);
    let view = |project: ProjectRow| {
        let open_tasks = count(&project);
        ProjectView::of_row(project, open_tasks)
    };
    projects.into_iter().map(view).collect()
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
