//! `ticktick filter`.

mod write;

use clap::{ArgMatches, FromArgMatches, Subcommand};

use super::filter_view::all;
use super::task::LIST;
use crate::answer::Answer;
use crate::args::{FilterCommand, Globals, named};
use crate::entry::{Entry, Run, Section};
use crate::error::Error;
use crate::generated::cli::Filter;
use crate::mirror;
use crate::noun;
use crate::output::{DIM, Output};
use crate::runtime::wait;
use crate::table::Cell;

pub(crate) const FILTER: Entry = Entry::group(
    Section::Objects,
    "filter",
    "Manage saved filters",
    |command| named(FilterCommand::augment_subcommands(command), "FILTER"),
    run,
);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match FilterCommand::from_arg_matches(matches)? {
        FilterCommand::List => wait(list(globals, output)),
        FilterCommand::Show(args) => wait(show(globals, &args.name, output)),
        FilterCommand::Run(args) => {
            let list = LIST.command().try_get_matches_from(["list", "--filter", &args.name])?;
            match LIST.run {
                Run::Account(run) => run(globals, &list),
                Run::Program(_) => Ok(()),
            }
        }
        FilterCommand::Create(args) => wait(write::create(globals, args, output)),
        FilterCommand::Edit(args) => wait(write::edit(globals, args, output)),
        FilterCommand::Rename(args) => wait(write::rename(globals, args, output)),
        FilterCommand::Delete(args) => wait(write::delete(globals, args, output)),
    }
}

async fn list(globals: &Globals, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let mut answer = Answer::new(all(&snapshot.account));
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, |filters| {
        noun::table(filters, "saved filter", 2, |filter| {
            let tasks = filter.tasks.map_or_else(|| "?".to_owned(), |tasks| format!("{tasks} open"));
            vec![Cell::new(format!(" {}", filter.name)), Cell::new(tasks), Cell::new(&filter.about).style(DIM)]
        })
    })
}

async fn show(globals: &Globals, name: &str, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let mut answer = Answer::new(vec![noun::find(name, &all(&snapshot.account))?.clone()]);
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, |filters| filters.iter().flat_map(details).collect::<Vec<_>>())
}

fn details(filter: &Filter) -> Vec<String> {
    let rows = [
        ("finds", filter.about.clone()),
        ("open tasks", filter.tasks.map_or_else(|| "cannot be counted".to_owned(), |tasks| tasks.to_string())),
        ("view", filter.view.clone().unwrap_or_default()),
        ("rule", filter.rule.clone()),
        ("id", filter.id.clone()),
    ];
    noun::details(&filter.name, &rows)
}
