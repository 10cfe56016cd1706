//! `ticktick column`.

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::column::Column as Stored;

use super::project_view::{self, ProjectView};
use crate::answer::Answer;
use crate::args::{
    ColumnArgs, ColumnCommand, ColumnCreateArgs, ColumnDeleteArgs, ColumnListArgs, ColumnMoveArgs, ColumnProjectArgs,
    ColumnRenameArgs, Globals,
};
use crate::connect::Connection;
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{Column, ProjectName};
use crate::noun::{self, Named};
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;
use crate::written::{Written, write};

pub(crate) const COLUMN: Entry =
    Entry::group(Section::Objects, "column", "Manage columns", ColumnCommand::augment_subcommands, run);

impl Named for Column {
    const WHAT: &'static str = "column";
    const LIST: &'static str = "column list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn details(&self) -> Vec<String> {
        vec![self.project.name.clone()]
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match ColumnCommand::from_arg_matches(matches)? {
        ColumnCommand::List(ColumnListArgs { of_project, mut of }) => {
            of.project = of.project.or(of_project);
            wait(list(globals, &of, output))
        }
        ColumnCommand::Create(args) => wait(create(globals, args, output)),
        ColumnCommand::Rename(args) => wait(rename(globals, args, output)),
        ColumnCommand::Move(args) => wait(place(globals, &args, output)),
        ColumnCommand::Delete(args) => wait(delete(globals, &args, output)),
    }
}

fn view(column: &Stored, projects: &[ProjectView]) -> Column {
    let id = column.project_id.to_string();
    let name = projects.iter().find(|project| project.id == id).map(|project| project.name.clone()).unwrap_or_default();
    Column {
        id: column.id.to_string(),
        name: column.name.as_deref().unwrap_or_default().to_owned(),
        project: ProjectName { id, name },
    }
}

/// Reads the columns of a project, or of all that are not archived, in their order.
async fn columns(
    connection: &mut Connection,
    globals: &Globals,
    of: &ColumnProjectArgs,
    output: Output,
) -> Result<Vec<Column>, Error> {
    let projects = connection.find(globals, output, |account, _| Ok(project_view::all(account))).await?;
    let manager = connection.client.column();
    let (mut columns, wanted) = match &of.project {
        Some(name) => {
            let project = noun::find(name, &projects)?;
            (manager.list_by_project(project.id.as_str()).await?.into_inner(), vec![project])
        }
        None => (manager.list().await?, projects.iter().filter(|project| !project.archived).collect()),
    };
    columns.sort_by_key(|column| column.sort_order.copied());
    let of = |project: &ProjectView| {
        let id = project.id.clone();
        columns.iter().filter(move |column| column.project_id == *id).map(|column| view(column, &projects))
    };
    Ok(wanted.into_iter().flat_map(of).collect())
}

/// Finds the column of a command.
async fn find(
    connection: &mut Connection,
    globals: &Globals,
    args: &ColumnArgs,
    output: Output,
) -> Result<(Column, Vec<Column>), Error> {
    let all = columns(connection, globals, &args.of, output).await?;
    Ok((noun::find(&args.column, &all)?.clone(), all))
}

/// Finds another column of the same project.
fn sibling<'a>(name: &str, column: &Column, all: &'a [Column]) -> Result<&'a Column, Error> {
    let siblings: Vec<Column> = all.iter().filter(|other| other.project.id == column.project.id).cloned().collect();
    let id = noun::find(name, &siblings)?.id.clone();
    noun::find(&id, all)
}

async fn list(globals: &Globals, args: &ColumnProjectArgs, output: Output) -> Result<(), Error> {
    let columns =
        noun::read_of_tasks(globals, output, async |connection| columns(connection, globals, args, output).await);
    Answer::new(columns.await?).print(globals, |columns| {
        noun::table(columns, "column", 1, |column| {
            vec![Cell::new(format!(" {}", column.name)), Cell::new(&column.project.name).style(DIM)]
        })
    })
}

async fn create(globals: &Globals, args: ColumnCreateArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let projects = connection.find(globals, output, |account, _| Ok(project_view::all(account))).await?;
        let project = noun::find(&args.project, &projects)?;
        connection.name("column create");
        let column = connection.client.column().create(project.id.as_str(), args.name).await?;
        let view = view(&column, &projects);
        let line = format!("Created column \"{}\" in {}", view.name, view.project.name);
        Ok(Written::one(view, line))
    })
    .await
}

async fn rename(globals: &Globals, args: ColumnRenameArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let (column, _) = find(connection, globals, &args.column, output).await?;
        noun::name_command(connection, "column rename", std::slice::from_ref(&column));
        let now = connection.client.column().rename(column.id.as_str(), args.new_name).await?;
        let now = Column { project: column.project, ..view(&now, &[]) };
        let line = format!("Renamed column \"{}\" to \"{}\"", column.name, now.name);
        Ok(Written::one(now, line))
    })
    .await
}

async fn place(globals: &Globals, args: &ColumnMoveArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let (column, all) = find(connection, globals, &args.column, output).await?;
        let neighbor = |name: &str| Ok::<_, Error>(sibling(name, &column, &all)?.id.clone());
        let (id, manager) = (column.id.as_str(), connection.client.column());
        connection.name(&format!("column move {id}"));
        let now = match (&args.place.before, &args.place.after) {
            (Some(before), _) => manager.move_before(id, neighbor(before)?).await?,
            (_, Some(after)) => manager.move_after(id, neighbor(after)?).await?,
            _ => return Err(args.place.missing()),
        };
        let now = Column { project: column.project.clone(), ..view(&now, &[]) };
        let line = format!("Moved column \"{}\"", now.name);
        Ok(Written::one(now, line))
    })
    .await
}

async fn delete(globals: &Globals, args: &ColumnDeleteArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let (column, all) = find(connection, globals, &args.column, output).await?;
        let into = args.into.as_ref().map(|name| sibling(name, &column, &all)).transpose()?;
        noun::confirm_delete(globals, std::slice::from_ref(&column), "")?;
        noun::name_command(connection, "column delete", std::slice::from_ref(&column));
        let (id, manager) = (column.id.as_str(), connection.client.column());
        let line = match into {
            Some(into) => {
                manager.delete_into(id, into.id.as_str()).await?;
                format!("Deleted column \"{}\"; its tasks are in \"{}\"", column.name, into.name)
            }
            None => {
                manager.delete(id).await?;
                format!("Deleted column \"{}\"", column.name)
            }
        };
        Ok(Written::one(column, line))
    })
    .await
}
