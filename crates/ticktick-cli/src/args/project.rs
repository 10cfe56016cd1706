//! The arguments of `ticktick project`.

use clap::{Args, Subcommand};

use super::ProjectShowArgs;

#[derive(Subcommand, Debug)]
pub(crate) enum ProjectCommand {
    /// List projects
    #[command(visible_alias = "ls")]
    List(ProjectListArgs),
    /// Show a project with its tasks
    Show(ProjectShowArgs),
}

#[derive(Args, Debug)]
pub(crate) struct ProjectListArgs {
    /// Include archived projects
    #[arg(long)]
    pub(crate) archived: bool,
}
