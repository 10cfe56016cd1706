//! `ticktick folder`.

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::Account;
use ticktick::folder::Folder as Stored;

use super::project_view::{self, ProjectView};
use crate::answer::Answer;
use crate::args::{FolderCommand, Globals, NewArgs, RenameArgs, SomeArgs, named};
use crate::connect::Connection;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::Folder;
use crate::mirror;
use crate::noun::{self, Named};
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;
use crate::text::plural;
use crate::written::{Written, write};

pub(crate) const FOLDER: Entry = Entry::group(
    Section::Objects,
    "folder",
    "Manage folders",
    |command| named(FolderCommand::augment_subcommands(command), "FOLDER"),
    run,
);

impl Named for Folder {
    const WHAT: &'static str = "folder";
    const LIST: &'static str = "folder list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match FolderCommand::from_arg_matches(matches)? {
        FolderCommand::List => wait(list(globals, output)),
        FolderCommand::Show(args) => wait(show(globals, &args.name, output)),
        FolderCommand::Create(args) => wait(create(globals, args, output)),
        FolderCommand::Rename(args) => wait(rename(globals, args, output)),
        FolderCommand::Delete(args) => wait(delete(globals, args, output)),
    }
}

/// Describes folders, in their order.
pub(crate) fn views(folders: &[Stored], projects: &[ProjectView]) -> Vec<Folder> {
    let mut folders: Vec<&Stored> = folders.iter().collect();
    folders.sort_by_key(|folder| (folder.sort_order.copied(), folder.id.as_str()));
    folders.into_iter().map(|folder| view(folder, projects)).collect()
}

fn view(folder: &Stored, projects: &[ProjectView]) -> Folder {
    let name = folder.name.as_deref().unwrap_or_default().to_owned();
    let count = projects.iter().filter(|project| project.folder.as_ref() == Some(&name)).count();
    Folder { id: folder.id.to_string(), projects: count.try_into().unwrap_or(u64::MAX), name }
}

fn all(account: &Account) -> Vec<Folder> {
    views(account.folders(), &project_view::all(account))
}

async fn list(globals: &Globals, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let mut answer = Answer::new(all(&snapshot.account));
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, |folders| {
        noun::table(folders, "folder", 0, |folder| {
            let projects = usize::try_from(folder.projects).unwrap_or(usize::MAX);
            vec![Cell::new(format!(" {}", folder.name)), Cell::new(plural(projects, "project")).style(DIM)]
        })
    })
}

async fn show(globals: &Globals, name: &str, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let folder = noun::find(name, &all(&snapshot.account))?.name.clone();
    let mut projects = project_view::all(&snapshot.account);
    projects.retain(|project| project.folder.as_ref() == Some(&folder));
    let mut answer = Answer::new(projects);
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, project_view::table)
}

async fn known(connection: &mut Connection, globals: &Globals, output: Output) -> Result<Vec<Folder>, Error> {
    connection.find(globals, output, |account, _| Ok(all(account))).await
}

async fn create(globals: &Globals, args: NewArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        connection.name("folder create");
        let folder = connection.client.folder().create(args.name).await?;
        let view = view(&folder, &[]);
        let line = format!("Created folder \"{}\"", view.name);
        Ok(Written::one(view, line))
    })
    .await
}

async fn rename(globals: &Globals, args: RenameArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let folders = known(connection, globals, output).await?;
        let folder = noun::find(&args.name, &folders)?;
        noun::name_command(connection, "folder rename", std::slice::from_ref(folder));
        let now = connection.client.folder().rename(folder.id.as_str(), args.new_name).await?;
        let now = Folder { projects: folder.projects, ..view(&now, &[]) };
        let line = format!("Renamed folder \"{}\" to \"{}\"", folder.name, now.name);
        Ok(Written::one(now, line))
    })
    .await
}

async fn delete(globals: &Globals, args: SomeArgs, output: Output) -> Result<(), Error> {
    let names = noun::names(args.names)?;
    write(globals, output, async |connection| {
        let found = noun::find_all(&names, &known(connection, globals, output).await?)?;
        noun::confirm_delete(globals, &found, "; projects in it are kept")?;
        noun::name_command(connection, "folder delete", &found);
        let client = &connection.client;
        let delete = async |folder: &Folder| {
            client.folder().delete(folder.id.as_str()).await?;
            Ok(folder.clone())
        };
        Ok(noun::each(&found, "Deleted", delete).await)
    })
    .await
}
