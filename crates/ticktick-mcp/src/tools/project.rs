//! Creates, renames, archives and deletes projects.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::models::ViewMode;
use ticktick::{ProjectDraft, ProjectId, ProjectPatch};

use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::forms;
use crate::refs;
use crate::text::{plural, title};
use crate::tool::{Tool, tool};
use crate::view::View;

pub(super) const EDIT: Tool =
    tool!(writes "edit_project", "Create, rename, archive or delete a project, and add columns.", Args, edit)
        .destroys();

#[derive(Deserialize, JsonSchema)]
struct Args {
    action: Action,
    /// The project; with create, the new name.
    project: String,
    /// New name.
    name: Option<String>,
    /// Such as #4AA6EF.
    color: Option<String>,
    view: Option<Shown>,
    /// Folder, or none.
    folder: Option<String>,
    /// Names of columns to add.
    columns: Option<Vec<String>>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Action {
    Create,
    Update,
    Rename,
    Archive,
    Unarchive,
    Delete,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Shown {
    List,
    Kanban,
    Timeline,
}

impl From<Shown> for ViewMode {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::List => Self::List,
            Shown::Kanban => Self::Kanban,
            Shown::Timeline => Self::Timeline,
        }
    }
}

async fn edit(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    if args.action == Action::Create {
        return create(call, &args, &view).await;
    }
    let (id, name) = call.project(&args.project, &view)?;
    if view.inbox.as_ref() == Some(&id) {
        return Err(Failure::new("The inbox cannot be changed. Nothing was done."));
    }
    call.refuse_project(&id, &view)?;
    refuse_unused(&args)?;
    let mut tasks: Vec<_> = view.of_project(&id).collect();
    tasks.sort_by_key(|row| (row.sort_order, row.id.as_str()));
    let open = plural(tasks.len(), "open task");
    let mut plan = Plan::default();
    plan.lines.push(match args.action {
        Action::Delete => format!("delete {name}, {open}"),
        Action::Archive => format!("archive {name}, {open}"),
        Action::Unarchive => format!("unarchive {name}"),
        _ => format!("{name}: {}", changes(&args)?),
    });
    if args.action == Action::Delete {
        plan.lines.extend(tasks.iter().map(|row| view.line_of(row)));
        plan.because = if tasks.is_empty() {
            has_closed(call, &id).await?.then(|| format!("{name} has closed tasks"))
        } else {
            Some(format!("{name} has {open}"))
        };
        plan.tasks = tasks.into_iter().map(Into::into).collect();
    }
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let projects = || call.client().project();
    match args.action {
        Action::Delete => projects().delete(&id).await?,
        Action::Archive => drop(projects().archive(&id).await?),
        Action::Unarchive => drop(projects().unarchive(&id).await?),
        _ => {
            projects().patch(&id, patch(&args, call)?).await?;
            add_columns(call, &id, &args).await?;
        }
    }
    Ok(Answer::lines(["Done:".to_owned(), plan.lines[0].clone()]))
}

/// Refuses fields that an action would ignore.
fn refuse_unused(args: &Args) -> Result<(), Failure> {
    let action = match args.action {
        Action::Archive => "archive",
        Action::Unarchive => "unarchive",
        Action::Delete => "delete",
        _ => return Ok(()),
    };
    let is_plain = args.name.is_none() && args.color.is_none() && args.view.is_none() && args.folder.is_none();
    if is_plain && args.columns.is_none() {
        return Ok(());
    }
    Err(Failure::new(format!("{action} takes no name, color, view, folder or columns. Nothing was done.")))
}

async fn has_closed(call: &Call<'_>, project: &ProjectId) -> Result<bool, Failure> {
    Ok(call.client().task().history_of_project(project, ..).try_next().await?.is_some())
}

fn columns(args: &Args) -> impl Iterator<Item = &str> {
    args.columns.iter().flatten().map(|name| name.trim()).filter(|name| !name.is_empty())
}

/// Adds the columns that a project does not have yet.
async fn add_columns(call: &Call<'_>, project: &ProjectId, args: &Args) -> Result<(), Failure> {
    if columns(args).next().is_none() {
        return Ok(());
    }
    let existing = call.client().column().list_by_project(project).await?;
    let exists = |name: &str| existing.iter().any(|column| column.name.as_deref() == Some(name));
    for name in columns(args).filter(|name| !exists(name)) {
        call.step(format!("Adding the column {}", title(name))).await?;
        call.client().column().create(project, name).await?;
    }
    Ok(())
}

fn changes(args: &Args) -> Result<String, Failure> {
    let mut changes = Vec::new();
    changes.extend(args.name.iter().map(|name| format!("name becomes {}", title(name))));
    changes.extend(args.color.iter().map(|color| format!("color becomes {}", title(color))));
    changes.extend(args.view.iter().map(|view| format!("view becomes {}", ViewMode::from(*view).as_str())));
    changes.extend(args.folder.iter().map(|folder| format!("folder becomes {}", title(folder))));
    changes.extend(columns(args).map(|name| format!("column {} is added", title(name))));
    if changes.is_empty() {
        return Err(Failure::new("Give name, color, view, folder or columns. Nothing was done."));
    }
    Ok(changes.join(", "))
}

fn folder(name: &str, call: &Call<'_>) -> Result<ticktick::models::FolderId, Failure> {
    let folders = call.account.mirror.folders()?;
    let found = refs::named("folder", name, &folders, |one| (one.id.as_str(), one.name.as_deref().unwrap_or("")))?;
    Ok(found.id.clone())
}

fn patch(args: &Args, call: &Call<'_>) -> Result<ProjectPatch, Failure> {
    let mut patch = ProjectPatch::new();
    if let Some(name) = &args.name {
        patch = patch.name(name.trim());
    }
    if let Some(color) = &args.color {
        patch = patch.color(color.trim());
    }
    if let Some(shown) = args.view {
        patch = patch.view_mode(shown.into());
    }
    match args.folder.as_deref() {
        Some(name) if forms::is_none(name) => patch = patch.clear_folder(),
        Some(name) => patch = patch.folder(folder(name, call)?),
        None => {}
    }
    Ok(patch)
}

async fn create(call: &Call<'_>, args: &Args, view: &View) -> Result<Answer, Failure> {
    let name = args.name.as_deref().unwrap_or(&args.project).trim();
    let is_taken = view.projects.iter().any(|other| other.name().trim() == name);
    if name.is_empty() || is_taken {
        return Err(Failure::new("A new project needs a name that no other project has. Nothing was done."));
    }
    let mut draft = ProjectDraft::new(name);
    if let Some(color) = &args.color {
        draft = draft.color(color.trim());
    }
    if let Some(shown) = args.view {
        draft = draft.view_mode(shown.into());
    }
    if let Some(name) = args.folder.as_deref().filter(|name| !forms::is_none(name)) {
        draft = draft.folder(folder(name, call)?);
    }
    let mut line = format!("create project {}", title(name));
    let columns = columns(args).map(title).collect::<Vec<_>>().join(", ");
    if !columns.is_empty() {
        line += &format!(" with columns {columns}");
    }
    let plan = Plan { lines: vec![line.clone()], ..Plan::default() };
    if let Some(answer) = call.check(&plan, view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let project = call.client().project().create(draft).await?;
    let added = add_columns(call, &project.id, args).await;
    added.map_err(|failure| failure.and("\nThe project was created, but lacks columns."))?;
    Ok(Answer::lines(["Done:".to_owned(), line]))
}
