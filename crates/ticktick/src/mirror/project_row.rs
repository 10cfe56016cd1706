//! [`ProjectRow`]: a project as lists show it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::Connection;
use serde::Deserialize;
use ticktick_models::{Field, Folder, FolderId, Project, ProjectId, ProjectKind, ViewMode, decode, decode_lenient};

use super::kind::Kind;
use super::read;
use super::store::Sql;
use crate::Account;
use crate::workaround::sync_leaves_out_the_inbox;

/// A project as a list shows it, with the fields that [`Mirror::overview`](super::Mirror::overview) reads without
/// decoding the whole project.
///
/// You cannot write a row back. To change a project, pass its [`id`](Self::id) to a method of
/// [`ProjectManager`](crate::project::ProjectManager).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ProjectRow {
    /// Id of the project.
    pub id: ProjectId,
    /// Name; may be empty. `Inbox` for the inbox.
    pub name: Arc<str>,
    /// Name of the folder, if the project is in one.
    pub folder: Option<Arc<str>>,
    /// Whether the project contains tasks or notes.
    pub kind: ProjectKind,
    /// Color as the service sends it, if the project has one.
    pub color: Option<String>,
    /// Whether the project is archived.
    pub archived: bool,
    /// The view in which the app opens the project.
    pub view: ViewMode,
    /// Whether the project is shared with others.
    pub shared: bool,
}

impl ProjectRow {
    /// Returns the row of a project.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::Project;
    /// use ticktick::mirror::ProjectRow;
    ///
    /// let row = ProjectRow::new(&Project::new("a"), &[]);
    /// assert!(!row.archived && row.folder.is_none());
    /// ```
    #[must_use]
    pub fn new(project: &Project, folders: &[Folder]) -> Self {
        Self::within(project, folder_of(project, folders))
    }

    /// Returns the projects of a snapshot in the order of the app: the inbox first, then by folder and position, archived
    /// ones last.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// use ticktick::mirror::ProjectRow;
    ///
    /// let account = client.sync().full().await?;
    /// assert_eq!(&*ProjectRow::of_account(&account)[0].name, "Inbox");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn of_account(account: &Account) -> Vec<Self> {
        in_order(account.inbox().as_ref(), account.projects(), account.folders())
    }

    fn within(project: &Project, folder: Option<&Folder>) -> Self {
        Self {
            id: project.id.clone(),
            name: project.name().into(),
            folder: folder.and_then(|folder| Some(folder.name.as_deref()?.into())),
            kind: project.kind(),
            color: project.color.get().filter(|color| !color.is_empty()).cloned(),
            archived: project.closed == true,
            view: project.view_mode(),
            shared: project.is_shared(),
        }
    }
}

fn folder_of<'a>(project: &Project, folders: &'a [Folder]) -> Option<&'a Folder> {
    let id = project.group_id.get()?;
    folders.iter().find(|folder| folder.id == *id)
}

fn in_order(inbox: Option<&Project>, projects: &[Project], folders: &[Folder]) -> Vec<ProjectRow> {
    let mut projects: Vec<_> = projects.iter().map(|project| (project, folder_of(project, folders))).collect();
    projects.sort_by_key(|(project, folder)| {
        let own = project.sort_order.get().copied();
        (
            project.closed == true,
            folder.map_or(own, |folder| folder.sort_order.get().copied()),
            own,
            project.id.as_str(),
        )
    });
    let inbox = inbox.map(|project| (project, None));
    inbox.into_iter().chain(projects).map(|(project, folder)| ProjectRow::within(project, folder)).collect()
}

/// Reads the projects in the order of the app.
pub(super) fn rows(connection: &Connection, inbox: Option<ProjectId>) -> Sql<Vec<ProjectRow>> {
    let mut projects = Vec::new();
    read::texts(connection, Kind::Project, |json| projects.extend(project(json)))?;
    let mut folders = Vec::new();
    read::texts(connection, Kind::Folder, |json| folders.extend(folder(json)))?;
    Ok(in_order(inbox.map(sync_leaves_out_the_inbox::project).as_ref(), &projects, &folders))
}

/// Reads the projects with these ids in the order of the app, after the inbox.
pub(super) fn rows_of<'a>(
    connection: &Connection,
    inbox: Option<ProjectId>,
    ids: impl IntoIterator<Item = &'a str>,
) -> Sql<Vec<ProjectRow>> {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    let mut projects = Vec::new();
    read::texts_of(connection, Kind::Project, ids, |json| projects.extend(project(json)))?;
    let groups: BTreeSet<&str> =
        projects.iter().filter_map(|project| project.group_id.get()).map(|id| id.as_str()).collect();
    let mut folders = Vec::new();
    read::texts_of(connection, Kind::Folder, groups, |json| folders.extend(folder(json)))?;
    Ok(in_order(inbox.map(sync_leaves_out_the_inbox::project).as_ref(), &projects, &folders))
}

/// The names of projects by id. Each task is looked up, which takes more than twice as long with the hasher of `std`.
pub(super) type Names = HashMap<String, Arc<str>, foldhash::fast::RandomState>;

/// Returns the names of projects by id.
pub(super) fn names(projects: &[ProjectRow]) -> Names {
    projects.iter().map(|project| (project.id.to_string(), project.name.clone())).collect()
}

/// Reads what a row shows of a project, and skips its other members.
fn project(json: &str) -> Option<Project> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Shown {
        id: ProjectId,
        #[serde(default)]
        name: Field<String>,
        #[serde(default)]
        group_id: Field<FolderId>,
        #[serde(default)]
        kind: Field<ProjectKind>,
        #[serde(default)]
        color: Field<String>,
        #[serde(default)]
        closed: Field<bool>,
        #[serde(default)]
        view_mode: Field<ViewMode>,
        #[serde(default)]
        user_count: Field<i64>,
        #[serde(default)]
        sort_order: Field<i64>,
    }
    let Ok(shown) = decode::<Shown>(json.as_bytes()) else {
        return Some(decode_lenient(json.as_bytes()).ok()?.value);
    };
    let mut project = Project::new(shown.id);
    (project.name, project.group_id, project.kind) = (shown.name, shown.group_id, shown.kind);
    (project.color, project.closed, project.view_mode) = (shown.color, shown.closed, shown.view_mode);
    (project.user_count, project.sort_order) = (shown.user_count, shown.sort_order);
    Some(project)
}

/// Reads what a row shows of a folder.
fn folder(json: &str) -> Option<Folder> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Shown {
        id: FolderId,
        #[serde(default)]
        name: Field<String>,
        #[serde(default)]
        sort_order: Field<i64>,
    }
    let Ok(shown) = decode::<Shown>(json.as_bytes()) else {
        return Some(decode_lenient(json.as_bytes()).ok()?.value);
    };
    let mut folder = Folder::new(shown.id);
    (folder.name, folder.sort_order) = (shown.name, shown.sort_order);
    Some(folder)
}
