//! `ticktick tag`.

mod write;

use std::collections::{HashMap, HashSet};

use clap::{ArgMatches, FromArgMatches, Subcommand};
use jiff::ZonedDateTime;
use ticktick::Account;

use super::project_view;
use super::task_table::tasks_table;
use super::task_view::TaskView;
use crate::answer::Answer;
use crate::args::{Globals, TagCommand, TagCompletedArgs, named};
use crate::entry::{Entry, Section};
use crate::error::{Error, Kind};
use crate::generated::cli::{self, Tag};
use crate::listed;
use crate::noun::{self, Named};
use crate::output::{DIM, Output, width};
use crate::runtime::wait;
use crate::table::Cell;
use crate::text::plural;
use crate::{mirror, numbers};

pub(crate) const TAG: Entry = Entry::group(
    Section::Objects,
    "tag",
    "Manage tags",
    |command| named(TagCommand::augment_subcommands(command), "TAG"),
    run,
);

impl Named for Tag {
    const WHAT: &'static str = "tag";
    const LIST: &'static str = "tag list";

    fn key(&self) -> &str {
        &self.name
    }

    // The member with this name is the key.
    #[allow(clippy::misnamed_getters)]
    fn name(&self) -> &str {
        &self.label
    }
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let output = Output::new(globals);
    match TagCommand::from_arg_matches(matches)? {
        TagCommand::List => wait(list(globals, output)),
        TagCommand::Show(args) => wait(show(globals, &args.name, output)),
        TagCommand::Create(args) => wait(write::create(globals, args, output)),
        TagCommand::Rename(args) => wait(write::rename(globals, args, output)),
        TagCommand::Color(args) => wait(write::color(globals, &args, output)),
        TagCommand::Nest(args) => wait(write::nest(globals, &args, output)),
        TagCommand::Unnest(args) => wait(write::unnest(globals, args, output)),
        TagCommand::Merge(args) => wait(write::merge(globals, &args, output)),
        TagCommand::Delete(args) => wait(write::delete(globals, args, output)),
        TagCommand::Completed(args) => wait(completed(globals, &args, output)),
    }
}

/// Describes a tag.
fn view(tag: &ticktick::Tag) -> Tag {
    Tag {
        name: tag.name.to_string(),
        label: tag.label.get().cloned().unwrap_or_else(|| tag.name.to_string()),
        parent: tag.parent.get().map(ToString::to_string).filter(|parent| !parent.is_empty()),
        children: Vec::new(),
        color: tag.color.get().filter(|color| !color.is_empty()).cloned(),
        open_tasks: 0,
    }
}

/// Describes all tags in their order, with child tags after their parents.
fn all(account: &Account) -> Vec<Tag> {
    let mut open: HashMap<String, u64> = HashMap::new();
    for task in account.tasks().iter().filter(|task| task.is_open()) {
        for tag in task.tags.iter() {
            *open.entry(tag.as_str().to_lowercase()).or_default() += 1;
        }
    }
    let mut tags: Vec<&ticktick::Tag> = account.tags().iter().collect();
    tags.sort_by_key(|tag| (tag.sort_order.copied(), tag.name.as_str()));
    let views: Vec<Tag> = tags.into_iter().map(view).collect();
    let below = |parent: &Tag| views.iter().filter(|tag| tag.parent.as_ref() == Some(&parent.name)).collect::<Vec<_>>();
    let is_known = |parent: &String| views.iter().any(|tag| tag.name == *parent);
    let mut ordered: Vec<Tag> = Vec::new();
    for tag in views.iter().filter(|tag| !tag.parent.as_ref().is_some_and(is_known)) {
        ordered.push(tag.clone());
        ordered.extend(below(tag).into_iter().cloned());
    }
    // Deeper levels, and tags that are each other's parents.
    let is_missing = |tag: &&Tag| !ordered.iter().any(|other| other.name == tag.name);
    let missing: Vec<Tag> = views.iter().filter(is_missing).cloned().collect();
    ordered.extend(missing);
    for tag in &mut ordered {
        tag.children = below(tag).iter().map(|child| child.name.clone()).collect();
        tag.open_tasks = open.get(&tag.name.to_lowercase()).copied().unwrap_or(0);
    }
    ordered
}

/// Returns all known tags: those of the account, and those that occur only in tasks. Empty if the command names no tag.
pub(crate) fn known(account: &Account, given: &[String]) -> Vec<Tag> {
    if given.is_empty() {
        return Vec::new();
    }
    let carried = account.tasks().iter().flat_map(|task| task.tags.iter()).map(|tag| tag.as_str());
    with_carried(account.tags().iter(), carried)
}

/// Describes tags, including those that occur only in tasks.
pub(crate) fn with_carried<'a>(
    tags: impl Iterator<Item = &'a ticktick::Tag>,
    carried: impl Iterator<Item = &'a str>,
) -> Vec<Tag> {
    let mut all: Vec<Tag> = tags.map(view).collect();
    let mut names: HashSet<String> = all.iter().map(|tag| tag.name.to_lowercase()).collect();
    for name in carried.map(str::to_lowercase) {
        if names.insert(name.clone()) {
            all.push(Tag { label: name.clone(), name, parent: None, children: Vec::new(), color: None, open_tasks: 0 });
        }
    }
    all
}

/// Returns the names of the given tags, and an error if one does not exist.
pub(crate) fn wanted(given: &[String], all: &[Tag]) -> Result<(Vec<String>, Option<Error>), Error> {
    let (mut names, mut unknown) = (Vec::new(), None);
    for tag in given {
        match find(tag, all) {
            Ok(found) => names.push(found.name.clone()),
            Err(error) if error.kind == Kind::NotFound => {
                names.push(tag.trim_start_matches('#').to_lowercase());
                unknown = unknown.or(Some(error));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((names, unknown))
}

/// Finds tags, which may be written with a number sign.
pub(crate) fn find<'a>(name: &str, tags: &'a [Tag]) -> Result<&'a Tag, Error> {
    noun::find(name.trim_start_matches('#'), tags)
}

async fn list(globals: &Globals, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let mut answer = Answer::new(all(&snapshot.account));
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, |tags| {
        noun::table(tags, "tag", 0, |tag| {
            let branch = if tag.parent.is_some() { "└ " } else { "" };
            let open = if tag.open_tasks == 0 { String::new() } else { format!("{} open", tag.open_tasks) };
            let color = noun::swatch(tag.color.as_ref());
            vec![Cell::new(format!(" {branch}{}", tag.label)), Cell::new(open).style(DIM), color]
        })
    })
}

async fn show(globals: &Globals, name: &str, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let tags = all(&snapshot.account);
    let mut answer = Answer::new(vec![find(name, &tags)?.clone()]);
    snapshot.add_age_to(&mut answer.meta);
    answer.print(globals, |tags| tags.iter().flat_map(details).collect::<Vec<_>>())
}

fn details(tag: &Tag) -> Vec<String> {
    let rows = [
        ("name", tag.name.clone()),
        ("parent", tag.parent.clone().unwrap_or_default()),
        ("children", tag.children.join(", ")),
        ("color", tag.color.clone().unwrap_or_default()),
        ("open tasks", tag.open_tasks.to_string()),
    ];
    noun::details(&tag.label, &rows)
}

async fn completed(globals: &Globals, args: &TagCompletedArgs, output: Output) -> Result<(), Error> {
    let read = noun::read_of_tasks(globals, output, async |connection| {
        let (names, projects, now) = connection
            .find(globals, output, |account, now| {
                let tags = all(account);
                let names = args.tags.iter().map(|name| Ok(find(name, &tags)?.name.clone()));
                Ok((names.collect::<Result<Vec<_>, Error>>()?, project_view::all(account), now.clone()))
            })
            .await?;
        let tasks = connection.client.tag().completed_tasks(names.iter().map(String::as_str), args.limit).await?;
        Ok((TaskView::all(&tasks, &projects, &now), now))
    });
    let (tasks, now): (Vec<TaskView>, ZonedDateTime) = read.await?;
    let data: Vec<cli::Task> = tasks.iter().map(|task| task.task.clone()).collect();
    Answer::new(data).print(globals, |_| {
        numbers::remember(tasks.iter().map(|task| task.task.id.as_str()));
        let mut lines = tasks_table(&listed::all(&tasks), false, &now).render(width());
        lines.push(format!(" {}", plural(tasks.len(), "completed task")));
        lines
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_only_tasks_carry_is_known() {
        let listed = [ticktick::Tag::new("errands")];
        let all = with_carried(listed.iter(), ["Shop", "errands", "shop"].into_iter());
        assert_eq!(all.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["errands", "shop"]);
        let wanted = |name: &str| wanted(&[name.to_owned()], &all).unwrap();
        assert_eq!(wanted("#SHOP").0, ["shop"]);
        assert!(wanted("shop").1.is_none());
        let (names, unknown) = wanted("Moon");
        assert_eq!(names, ["moon"], "closed tasks may carry it");
        assert_eq!(unknown.map(|error| error.kind), Some(Kind::NotFound));
    }
}
