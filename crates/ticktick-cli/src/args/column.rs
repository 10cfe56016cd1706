//! The arguments of `ticktick column`.

use clap::{Args, Subcommand};

use super::noun::PlaceArgs;

#[derive(Subcommand, Debug)]
pub(crate) enum ColumnCommand {
    /// List columns
    #[command(visible_alias = "ls")]
    List(ColumnListArgs),
    /// Add a column at the end of a project
    #[command(visible_alias = "new")]
    Create(ColumnCreateArgs),
    /// Rename a column
    Rename(ColumnRenameArgs),
    /// Move a column to another position
    #[command(visible_alias = "mv")]
    Move(ColumnMoveArgs),
    /// Delete a column
    #[command(visible_alias = "rm")]
    Delete(ColumnDeleteArgs),
}

#[derive(Args, Debug)]
pub(crate) struct ColumnProjectArgs {
    /// Only columns of this project: name, part of the name, or id
    #[arg(short, long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct ColumnListArgs {
    /// Only columns of this project, like --project
    #[arg(value_name = "PROJECT", conflicts_with = "project")]
    pub(crate) of_project: Option<String>,
    #[command(flatten)]
    pub(crate) of: ColumnProjectArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ColumnCreateArgs {
    /// Name of the column
    pub(crate) name: String,
    /// Project: name, part of the name, or id
    #[arg(short, long, value_name = "PROJECT")]
    pub(crate) project: String,
}

// A column, by name within a project.
#[derive(Args, Debug)]
pub(crate) struct ColumnArgs {
    /// Column: name, part of the name, or id
    pub(crate) column: String,
    #[command(flatten)]
    pub(crate) of: ColumnProjectArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ColumnRenameArgs {
    #[command(flatten)]
    pub(crate) column: ColumnArgs,
    /// The new name
    pub(crate) new_name: String,
}

#[derive(Args, Debug)]
pub(crate) struct ColumnMoveArgs {
    #[command(flatten)]
    pub(crate) column: ColumnArgs,
    #[command(flatten)]
    pub(crate) place: PlaceArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ColumnDeleteArgs {
    #[command(flatten)]
    pub(crate) column: ColumnArgs,
    /// Move its open tasks to this column first
    #[arg(long, value_name = "COLUMN")]
    pub(crate) into: Option<String>,
}
