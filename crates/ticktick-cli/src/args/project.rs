//! The arguments of `ticktick project` and `ticktick folder`.

use clap::{Args, Subcommand, ValueEnum};

use super::noun::{ArchivedArgs, NewArgs, OneArgs, PlaceArgs, RenameArgs, SomeArgs, ViewArg, color, yes_no};

use super::ProjectShowArgs;

#[derive(Subcommand, Debug)]
pub(crate) enum ProjectCommand {
    /// List projects
    #[command(visible_alias = "ls")]
    List(ArchivedArgs),
    /// Show a project with its tasks
    Show(ProjectShowArgs),
    /// Create a project
    #[command(visible_alias = "new")]
    Create(ProjectCreateArgs),
    /// Rename a project
    Rename(RenameArgs),
    /// Change the color, kind, view or folder of a project
    Edit(ProjectEditArgs),
    /// Archive projects
    Archive(SomeArgs),
    /// Restore projects from the archive
    Unarchive(SomeArgs),
    /// Move a project to another position or folder
    #[command(visible_alias = "mv")]
    Move(ProjectMoveArgs),
    /// Delete projects with their tasks
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
    /// List the people who work on a project
    Members(OneArgs),
    /// List the people with whom a project is shared or who are invited
    Shares(OneArgs),
    /// Show the invitation link, and how many more people can join
    Invitation(OneArgs),
    /// List task and project templates
    Templates,
}

#[derive(Args, Debug)]
pub(crate) struct ProjectCreateArgs {
    /// Name of the project
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) fields: ProjectFields,
}

#[derive(Args, Debug)]
pub(crate) struct ProjectEditArgs {
    /// Project: name, part of the name, or id
    pub(crate) project: String,
    /// New name
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) fields: ProjectFields,
}

// The fields of a project other than its name.
#[derive(Args, Debug)]
pub(crate) struct ProjectFields {
    /// Color, such as 4772FA; `none` removes it
    #[arg(long, value_name = "COLOR", value_parser = color)]
    pub(crate) rgb: Option<String>,
    /// What the project contains
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<ProjectKindArg>,
    /// How the app shows the project
    #[arg(long, value_name = "VIEW")]
    pub(crate) view: Option<ViewArg>,
    /// Folder: name, part of the name, or id; `none` takes it out of its folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Option<String>,
    /// Whether its tasks are in the smart lists of the app, such as Today
    #[arg(long, value_name = "yes|no", value_parser = yes_no)]
    pub(crate) smart_lists: Option<bool>,
    /// Whether notifications of a shared project are muted
    #[arg(long, value_name = "yes|no", value_parser = yes_no)]
    pub(crate) muted: Option<bool>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProjectKindArg {
    Tasks,
    Notes,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("target").args(["before", "after", "top", "bottom", "folder"]).multiple(true).required(true))]
pub(crate) struct ProjectMoveArgs {
    /// Project: name, part of the name, or id
    pub(crate) project: String,
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
    /// Move to the top of its folder
    #[arg(long, conflicts_with_all = ["before", "after"])]
    pub(crate) top: bool,
    /// Move to the bottom of its folder
    #[arg(long, conflicts_with_all = ["before", "after", "top"])]
    pub(crate) bottom: bool,
    /// Move into this folder; `none` moves it out of its folder
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["before", "after", "top", "bottom"])]
    pub(crate) folder: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum FolderCommand {
    /// List folders
    #[command(visible_alias = "ls")]
    List,
    /// List the projects of a folder
    Show(OneArgs),
    /// Create a folder
    #[command(visible_alias = "new")]
    Create(NewArgs),
    /// Rename a folder
    Rename(RenameArgs),
    /// Delete folders; their projects are kept
    #[command(visible_alias = "rm")]
    Delete(SomeArgs),
}
