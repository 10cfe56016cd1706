//! The commands that change projects.

use ticktick::folder::Folder;
use ticktick::project::{Project, ProjectKind, ViewMode};
use ticktick::{Account, ProjectDraft, ProjectPatch};

use crate::args::{
    Globals, ProjectCreateArgs, ProjectEditArgs, ProjectFields, ProjectKindArg, ProjectMoveArgs, RenameArgs, SomeArgs,
    ViewArg,
};
use crate::ask;
use crate::cmd::folder;
use crate::cmd::project_view::ProjectView;
use crate::connect::Connection;
use crate::error::Error;
use crate::noun::{self, Named};
use crate::output::Output;
use crate::text::plural;
use crate::written::{Written, write};

impl From<ViewArg> for ViewMode {
    fn from(view: ViewArg) -> Self {
        match view {
            ViewArg::List => Self::List,
            ViewArg::Kanban => Self::Kanban,
            ViewArg::Timeline => Self::Timeline,
        }
    }
}

impl From<ProjectKindArg> for ProjectKind {
    fn from(kind: ProjectKindArg) -> Self {
        match kind {
            ProjectKindArg::Tasks => Self::Task,
            ProjectKindArg::Notes => Self::Note,
        }
    }
}

/// The projects and folders of the account.
struct Known {
    projects: Vec<ProjectView>,
    folders: Vec<Folder>,
}

impl Known {
    async fn read(connection: &mut Connection, globals: &Globals, output: Output) -> Result<Self, Error> {
        let all =
            |account: &Account, _: &_| Ok(Self { projects: super::all(account), folders: account.folders().to_vec() });
        connection.find(globals, output, all).await
    }

    fn project(&self, name: &str) -> Result<&ProjectView, Error> {
        noun::find(name, &self.projects)
    }

    /// Returns the id of a folder.
    fn folder(&self, name: &str) -> Result<String, Error> {
        Ok(noun::find(name, &folder::views(&self.folders, &self.projects))?.id.clone())
    }

    /// Describes a project after a write.
    fn now(&self, before: &ProjectView, project: &Project) -> ProjectView {
        ProjectView::of(project, &self.folders, before.open_tasks)
    }
}

pub(super) async fn create(globals: &Globals, args: ProjectCreateArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(connection, globals, output).await?;
        let ProjectFields { rgb, kind, view, folder, smart_lists, muted } = args.fields;
        let mut draft = ProjectDraft::new(args.name).muted(muted.unwrap_or_default());
        if let Some(color) = rgb.as_deref().and_then(noun::set) {
            draft = draft.color(color);
        }
        if let Some(kind) = kind {
            draft = draft.kind(kind.into());
        }
        if let Some(view) = view {
            draft = draft.view_mode(view.into());
        }
        if let Some(folder) = folder.as_deref().and_then(noun::set) {
            draft = draft.folder(known.folder(folder)?);
        }
        if let Some(smart_lists) = smart_lists {
            draft = draft.in_all(smart_lists);
        }
        connection.name("project create");
        let project = connection.client.project().create(draft).await?;
        let view = ProjectView::of(&project, &known.folders, 0);
        let line = format!("Created project \"{}\"", view.path());
        Ok(Written::one(view, line))
    })
    .await
}

pub(super) async fn rename(globals: &Globals, args: RenameArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(connection, globals, output).await?;
        let project = known.project(&args.name)?;
        connection.name(&format!("project rename {}", project.id));
        let now = connection.client.project().rename(project.id.as_str(), args.new_name).await?;
        let view = known.now(project, &now);
        let line = format!("Renamed project \"{}\" to \"{}\"", project.name, view.name);
        Ok(Written::one(view, line))
    })
    .await
}

pub(super) async fn edit(globals: &Globals, args: ProjectEditArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(connection, globals, output).await?;
        let project = known.project(&args.project)?;
        let patch = patch(args.name, args.fields, &known)?;
        connection.name(&format!("project edit {}", project.id));
        let now = connection.client.project().patch(project.id.as_str(), patch).await?;
        let view = known.now(project, &now);
        let line = format!("Changed project \"{}\"", view.path());
        Ok(Written::one(view, line))
    })
    .await
}

fn patch(name: Option<String>, fields: ProjectFields, known: &Known) -> Result<ProjectPatch, Error> {
    let ProjectFields { rgb, kind, view, folder, smart_lists, muted } = fields;
    let mut patch = ProjectPatch::new();
    if let Some(name) = name {
        patch = patch.name(name);
    }
    if let Some(color) = &rgb {
        patch = noun::set(color).map_or(patch.clone().clear_color(), |color| patch.color(color));
    }
    if let Some(kind) = kind {
        patch = patch.kind(kind.into());
    }
    if let Some(view) = view {
        patch = patch.view_mode(view.into());
    }
    if let Some(folder) = &folder {
        patch = match noun::set(folder) {
            Some(folder) => patch.folder(known.folder(folder)?),
            None => patch.clear_folder(),
        };
    }
    if let Some(smart_lists) = smart_lists {
        patch = patch.in_all(smart_lists);
    }
    if let Some(muted) = muted {
        patch = patch.muted(muted);
    }
    if patch == ProjectPatch::new() {
        return Err(Error::usage("no changes given").hint("give a change, such as --rgb 4772FA"));
    }
    Ok(patch)
}

pub(super) async fn archive(globals: &Globals, args: SomeArgs, into: bool, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let known = Known::read(connection, globals, output).await?;
        let found = noun::find_all(&names, &known.projects)?;
        noun::name_command(connection, if into { "project archive" } else { "project unarchive" }, &found);
        let client = &connection.client;
        let done = if into { "Archived" } else { "Unarchived" };
        let archive = async |project: &ProjectView| {
            let id = project.id.as_str();
            let now = if into { client.project().archive(id).await? } else { client.project().unarchive(id).await? };
            Ok(known.now(project, &now))
        };
        Ok(noun::each(&found, done, archive).await)
    })
    .await
}

pub(super) async fn place(globals: &Globals, args: ProjectMoveArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let known = Known::read(connection, globals, output).await?;
        let project = known.project(&args.project)?;
        let (id, manager) = (project.id.as_str(), connection.client.project());
        let neighbor = |name: &str| Ok::<_, Error>(known.project(name)?.id.clone());
        connection.name(&format!("project move {id}"));
        let now = match (&args.place.before, &args.place.after, &args.folder) {
            (Some(before), _, _) => manager.move_before(id, neighbor(before)?).await?,
            (_, Some(after), _) => manager.move_after(id, neighbor(after)?).await?,
            (_, _, Some(folder)) => match noun::set(folder) {
                Some(folder) => connection.client.folder().add_project(known.folder(folder)?, id).await?,
                None => connection.client.folder().remove_project(id).await?,
            },
            _ if args.top => manager.move_to_top(id).await?,
            _ => manager.move_to_bottom(id).await?,
        };
        let view = known.now(project, &now);
        let line = match (&args.folder, &view.folder) {
            (Some(_), Some(folder)) => format!("Moved project \"{}\" to folder \"{folder}\"", view.name),
            (Some(_), None) => format!("Moved project \"{}\" out of its folder", view.name),
            _ => format!("Moved project \"{}\"", view.name),
        };
        Ok(Written::one(view, line))
    })
    .await
}

pub(super) async fn delete(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let known = Known::read(connection, globals, output).await?;
        let found = noun::find_all(&names, &known.projects)?;
        for project in &found {
            confirm(globals, project)?;
        }
        noun::name_command(connection, "project delete", &found);
        let client = &connection.client;
        let delete = async |project: &ProjectView| {
            client.project().delete(project.id.as_str()).await?;
            Ok(project.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}

/// Asks for confirmation before a project is deleted. If it has tasks, the user must type its name.
fn confirm(globals: &Globals, project: &ProjectView) -> Result<(), Error> {
    match usize::try_from(project.open_tasks).unwrap_or(usize::MAX) {
        0 => ask::agree(globals, &format!("delete project \"{}\"", project.name)),
        tasks => {
            let action = format!("delete project \"{}\" and its {}", project.name(), plural(tasks, "open task"));
            ask::confirm_by(globals, &action, project.name())
        }
    }
}
