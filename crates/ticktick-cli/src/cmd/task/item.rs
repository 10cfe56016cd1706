//! `ticktick task item`: the checklist of a task.

use clap::{Arg, ArgMatches, Args, FromArgMatches, value_parser};
use ticktick::Task;
use ticktick::task::ChecklistItem;

use super::find::Wanted;
use crate::args::{Globals, ItemArgs, Selection, StatusArg};
use crate::connect::Connection;
use crate::entry::{Entry, Section, Verbs};
use crate::error::{Candidate, Error, Kind};
use crate::generated::cli;
use crate::output::Output;
use crate::pick::{Found, pick};
use crate::picker;
use crate::runtime::wait;
use crate::written::{Written, write};

/// The operation on items.
#[derive(Clone, Debug)]
enum Act {
    Add,
    Done,
    Reopen,
    Rename(String),
    Remove,
    Move(usize),
}

struct Acts;

impl Verbs for Acts {
    const ALL: &'static [Entry] = &[
        Entry::leaf(
            Section::Objects,
            "add",
            "Add items to the end of a checklist",
            ItemArgs::augment_args,
            |globals, matches| act(globals, matches, Act::Add),
        ),
        Entry::leaf(Section::Objects, "done", "Check items off", ItemArgs::augment_args, |globals, matches| {
            act(globals, matches, Act::Done)
        }),
        Entry::leaf(Section::Objects, "reopen", "Uncheck items", ItemArgs::augment_args, |globals, matches| {
            act(globals, matches, Act::Reopen)
        }),
        Entry::leaf(
            Section::Objects,
            "rename",
            "Rename an item",
            |command| {
                let title =
                    Arg::new("title").long("title").value_name("TEXT").help("New title of the item").required(true);
                ItemArgs::augment_args(command).arg(title)
            },
            |globals, matches| {
                let title = matches.get_one::<String>("title").cloned().unwrap_or_default();
                act(globals, matches, Act::Rename(title))
            },
        ),
        Entry::leaf(Section::Objects, "rm", "Remove items", ItemArgs::augment_args, |globals, matches| {
            act(globals, matches, Act::Remove)
        }),
        Entry::leaf(
            Section::Objects,
            "move",
            "Move an item to another position in the checklist",
            |command| {
                let to = Arg::new("to")
                    .long("to")
                    .value_name("N")
                    .help("New position of the item, counted from 1")
                    .required(true);
                ItemArgs::augment_args(command).arg(to.value_parser(value_parser!(u32).range(1..)))
            },
            |globals, matches| {
                let to = matches.get_one::<u32>("to").copied().unwrap_or(1);
                act(globals, matches, Act::Move(to as usize - 1))
            },
        ),
    ];
}

pub(super) const ITEM: Entry = Entry::verbs::<Acts>(Section::Objects, "item", "Change the checklist of a task");

fn act(globals: &Globals, matches: &ArgMatches, act: Act) -> Result<(), Error> {
    let args = ItemArgs::from_arg_matches(matches)?;
    if matches!(act, Act::Rename(_) | Act::Move(_)) && args.items.len() > 1 {
        return Err(Error::usage("only one item can be renamed or moved at a time"));
    }
    wait(run(globals, &args, &act))
}

async fn run(globals: &Globals, args: &ItemArgs, act: &Act) -> Result<(), Error> {
    let output = Output::new(globals);
    let everything = Selection::default();
    let names = [args.task.clone()];
    let wanted = Wanted::of(&names, &everything)?;
    let work = async |connection: &mut Connection| {
        let found = wanted.find(connection, globals, output, StatusArg::Open).await?;
        let [named] = found.tasks.as_slice() else {
            return Err(Error::usage("give one task, followed by its items"));
        };
        let tasks = connection.client.task();
        let mut task = tasks.get(named.task.id.as_str()).await?;
        // All items are found before the first is changed.
        let items = match act {
            Act::Add => Vec::new(),
            _ => args.items.iter().map(|name| find(name, &task)).collect::<Result<Vec<_>, _>>()?,
        };
        connection.name_with("item", &found.tasks);
        if let Act::Add = act {
            for title in &args.items {
                task = tasks.add_item(&task, title.as_str()).await?;
            }
        }
        for item in &items {
            task = match act {
                Act::Add => task,
                Act::Done => tasks.complete_item(&task, item).await?,
                Act::Reopen => tasks.reopen_item(&task, item).await?,
                Act::Rename(title) => tasks.rename_item(&task, item, title.as_str()).await?,
                Act::Remove => tasks.remove_item(&task, item).await?,
                Act::Move(place) => tasks.move_item(&task, item, *place).await?,
            };
        }
        let view = found.stock.view(&task);
        let done = view.task.items.iter().filter(|item| item.done).count();
        let line = format!("{} [{done}/{}]", view.task.title, view.task.items.len());
        Ok(Written::<cli::Task>::one(view.task, line))
    };
    write(globals, output, work).await
}

/// Finds an item by its number in the checklist, or by its title.
fn find(name: &str, task: &Task) -> Result<ChecklistItem, Error> {
    let items = in_order(task);
    let title = |item: &ChecklistItem| item.title.as_deref().unwrap_or_default().to_owned();
    let place = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(item) = place.and_then(|place| items.get(place)) {
        return Ok((*item).clone());
    }
    let named: Vec<(String, &ChecklistItem)> = items.iter().map(|&item| (title(item), item)).collect();
    match pick(name, &named, |(_, item)| item.id.as_str(), |(title, _)| title) {
        Found::One((_, item)) => Ok((*item).clone()),
        Found::Nothing => Err(Error::new(Kind::NotFound, format!("no item matches \"{name}\"")).hint(format!(
            "the checklist has: {}",
            named.iter().map(|one| one.0.as_str()).collect::<Vec<_>>().join(", ")
        ))),
        Found::Many(several) => {
            let candidate = |(title, item): &&(String, &ChecklistItem)| Candidate {
                id: item.id.to_string(),
                name: title.clone(),
                details: Vec::new(),
            };
            let candidates: Vec<Candidate> = several.iter().map(candidate).collect();
            if let Some((_, item)) = picker::choose("Which item?", &candidates)?.and_then(|at| several.get(at)) {
                return Ok((*item).clone());
            }
            Err(Error::new(Kind::Ambiguous, format!("\"{name}\" matches {} items", several.len()))
                .hint("use more of the title, or the number in the checklist")
                .candidates(candidates))
        }
    }
}

/// Returns the items from top to bottom.
pub(super) fn in_order(task: &Task) -> Vec<&ChecklistItem> {
    let mut items: Vec<&ChecklistItem> = task.items.iter().collect();
    items.sort_by_key(|item| item.sort_order.get().copied());
    items
}
