//! `ticktick project`.

mod people;
mod write;

use clap::{ArgMatches, FromArgMatches, Subcommand};

use crate::answer::Answer;
use crate::args::{ArchivedArgs, Globals, ProjectCommand, named};
use crate::cmd::project_show;
use crate::cmd::project_view::{all, table};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::mirror;
use crate::output::Output;
use crate::runtime::wait;

pub(crate) const PROJECT: Entry = Entry::group(
    Section::Objects,
    "project",
    "Manage projects",
    |command| named(ProjectCommand::augment_subcommands(command), "PROJECT"),
    run,
);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match ProjectCommand::from_arg_matches(matches)? {
        ProjectCommand::List(args) => wait(list(globals, &args, output)),
        ProjectCommand::Show(args) => wait(project_show::run(globals, &args, output)),
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
