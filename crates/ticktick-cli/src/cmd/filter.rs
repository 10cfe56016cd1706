//! `ticktick filter`.

mod write;

use std::collections::HashMap;

use clap::{ArgMatches, FromArgMatches, Subcommand};
use ticktick::filter::{FilterField, FilterRule};
use ticktick::folder::Folder;
use ticktick::{Account, Tag};

use super::task::LIST;
use crate::answer::Answer;
use crate::args::{FilterCommand, Globals, named};
use crate::cmd::project_view;
use crate::entry::{Entry, Run, Section};
use crate::error::Error;
use crate::generated::cli::Filter;
use crate::mirror;
use crate::noun::{self, Named};
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

impl Named for Filter {
    const WHAT: &'static str = "saved filter";
    const LIST: &'static str = "filter list";

    fn key(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }
}

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

/// The names that rules refer to by id.
#[derive(Default)]
struct Names {
    projects: HashMap<String, String>,
    folders: HashMap<String, String>,
    tags: HashMap<String, String>,
}

impl Names {
    fn of(account: &Account) -> Self {
        let folder = |folder: &Folder| Some((folder.id.to_string(), folder.name.get()?.clone()));
        let tag = |tag: &Tag| Some((tag.name.to_string(), tag.label.get()?.clone()));
        Self {
            projects: project_view::all(account).into_iter().map(|project| (project.id, project.name)).collect(),
            folders: account.folders().iter().filter_map(folder).collect(),
            tags: account.tags().iter().filter_map(tag).collect(),
        }
    }

    fn get(&self, field: &FilterField, id: &str) -> Option<String> {
        let names = match field {
            FilterField::List => &self.projects,
            FilterField::Group => &self.folders,
            FilterField::Tag => &self.tags,
            _ => return None,
        };
        names.get(id).filter(|name| !name.is_empty()).cloned()
    }
}

/// Describes a filter, without the number of its tasks.
fn view(filter: &ticktick::Filter, names: &Names) -> Filter {
    let rule = filter.rule_tree();
    let describe = |rule: FilterRule| rule.describe_with(|field, id| names.get(field, id));
    Filter {
        id: filter.id.to_string(),
        name: filter.name.as_deref().unwrap_or_default().to_owned(),
        about: rule.map_or_else(|error| format!("cannot be read: {error}"), describe),
        rule: filter.rule.as_deref().unwrap_or_default().to_owned(),
        view: filter.view_mode.get().map(|view| view.as_str().to_owned()),
        tasks: None,
    }
}

/// Finds a saved filter.
pub(crate) fn find<'a>(name: &str, account: &'a Account) -> Result<&'a ticktick::Filter, Error> {
    let views: Vec<Filter> = account.filters().iter().map(|filter| view(filter, &Names::default())).collect();
    let id = &noun::find(name, &views)?.id;
    account.filter(id.as_str()).ok_or_else(|| Error::failed("the filter no longer exists"))
}

fn all(account: &Account) -> Vec<Filter> {
    let names = Names::of(account);
    let mut filters: Vec<&ticktick::Filter> = account.filters().iter().collect();
    filters.sort_by_key(|filter| filter.sort_order.copied());
    let count = |filter: &ticktick::Filter| {
        let tasks = account.matching(filter).ok()?.iter().filter(|task| task.is_open()).count();
        u64::try_from(tasks).ok()
    };
    filters.into_iter().map(|filter| Filter { tasks: count(filter), ..view(filter, &names) }).collect()
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
