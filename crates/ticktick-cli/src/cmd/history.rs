//! `ticktick history`.

use std::collections::HashMap;

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use ticktick::mirror::{Change, ChangeAction, Entry as Write, Outcome};

use crate::answer::Answer;
use crate::args::{Globals, HistoryArgs};
use crate::entry::{Entry, Section};
use crate::error::{Error, name_in};
use crate::generated::cli::{self, EntryChange};
use crate::mirror;
use crate::output::{DIM, Output, RED, YELLOW, width};
use crate::period::since;
use crate::table::{Cell, Table};

pub(crate) const HISTORY: Entry =
    Entry::leaf(Section::Data, "history", "List the changes made from this machine", HistoryArgs::augment_args, run);

/// How many writes are listed by default.
const USUAL: usize = 20;

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = HistoryArgs::from_arg_matches(matches)?;
    let first = args.since.as_deref().map(start_of).transpose()?;
    let limit = args.limit.unwrap_or(if first.is_some() { usize::MAX } else { USUAL });
    let mut journal = match mirror::existing(globals, Output::new(globals))? {
        Some(mirror) => mirror.journal(limit)?,
        None => Vec::new(),
    };
    journal.retain(|entry| first.is_none_or(|first| entry.at >= first));
    Answer::new(described(&journal)).print(globals, |entries| match entries {
        [] => vec!["Nothing was written from this machine.".to_owned()],
        entries => table(entries).render(width()),
    })
}

/// Returns the start of a day such as `--since "last monday"`, in the time zone of this machine.
fn start_of(day: &str) -> Result<Timestamp, Error> {
    let now = mirror::moment().to_zoned_datetime(TimeZone::system());
    let first = since(day, now.date(), Weekday::Monday)?;
    let start = first.to_zoned_datetime(TimeZone::system());
    Ok(start.map_err(|_| Error::usage(format!("{first} is out of range")))?.timestamp())
}

/// Describes writes, latest first.
fn described(journal: &[Write]) -> Vec<cli::Entry> {
    let mut undone = Vec::new();
    let describe = |entry: &Write| {
        let is_undone = undone.contains(&entry.id);
        // An undo that was undone itself has no effect.
        if let Some(undoes) = entry.undoes.filter(|_| !is_undone && entry.outcome == Outcome::Done) {
            undone.push(undoes);
        }
        cli::Entry {
            id: entry.id,
            at: entry.at,
            command: entry.command.clone(),
            operation: entry.operation.clone(),
            outcome: outcome(entry.outcome),
            error: entry.error.clone(),
            undoes: entry.undoes,
            undone: is_undone,
            changes: entry.changes.iter().map(change).collect(),
        }
    };
    let mut entries: Vec<cli::Entry> = journal.iter().map(describe).collect();
    name_changes(&mut entries);
    entries
}

/// Takes missing titles of objects, such as restored ones, from other entries.
fn name_changes(entries: &mut [cli::Entry]) {
    let changes = entries.iter().flat_map(|entry| &entry.changes);
    let known: HashMap<String, String> =
        changes.filter_map(|change| Some((change.id.clone(), change.title.clone()?))).collect();
    for change in entries.iter_mut().flat_map(|entry| &mut entry.changes).filter(|change| change.title.is_none()) {
        change.title = known.get(&change.id).cloned();
    }
}

fn change(change: &Change) -> EntryChange {
    EntryChange {
        kind: change.kind.clone(),
        id: change.id.clone(),
        title: title(change),
        action: action(change.action),
        outcome: outcome(change.outcome),
    }
}

/// Returns the title or name of an object: the one after the write, if there is one.
pub(crate) fn title(change: &Change) -> Option<String> {
    [&change.after, &change.before].into_iter().flatten().find_map(name_in)
}

pub(crate) fn action(action: ChangeAction) -> cli::Action {
    match action {
        ChangeAction::Create => cli::Action::Create,
        ChangeAction::Delete => cli::Action::Delete,
        _ => cli::Action::Update,
    }
}

fn outcome(outcome: Outcome) -> cli::Outcome {
    match outcome {
        Outcome::Sent => cli::Outcome::Sent,
        Outcome::Done => cli::Outcome::Done,
        Outcome::Refused => cli::Outcome::Refused,
        Outcome::NotApplied => cli::Outcome::NotApplied,
        _ => cli::Outcome::Unknown,
    }
}

fn table(entries: &[cli::Entry]) -> Table {
    let mut table = Table::new().flexible([(3, 20), (2, 16)]);
    let zone = TimeZone::system();
    for entry in entries {
        let at = entry.at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M");
        let command = if entry.command.is_empty() { &entry.operation } else { &entry.command };
        table.row(vec![
            Cell::new(format!("{:>4}", entry.id)),
            Cell::new(at.to_string()).style(DIM),
            Cell::new(without_ids(command, &entry.changes)),
            Cell::new(what(&entry.changes)),
            state(entry),
        ]);
    }
    table
}

/// Omits the ids of objects whose titles the next column shows, here or in another line of the command.
fn without_ids(command: &str, changes: &[EntryChange]) -> String {
    let is_id = |word: &str| {
        let word = word.trim_end_matches(',');
        let is_long = word.len() == 24 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_long || changes.iter().any(|change| change.id == word)
    };
    let mut words: Vec<&str> = command.split(' ').collect();
    // The number of further ids.
    if let [.., id, "and", _, "more"] = words[..]
        && is_id(id)
    {
        words.truncate(words.len() - 3);
    }
    words.retain(|word| !is_id(word));
    words.join(" ")
}

/// Returns what a write did, such as `created task "Milk" and 2 more`.
fn what(changes: &[EntryChange]) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let did = match first.action {
        cli::Action::Create => "created",
        cli::Action::Update => "changed",
        cli::Action::Delete => "deleted",
    };
    let name = first.title.as_ref().map_or_else(|| first.id.clone(), |title| format!("\"{title}\""));
    let more = match changes.len() {
        1 => String::new(),
        all => format!(" and {} more", all - 1),
    };
    format!("{did} {} {name}{more}", first.kind)
}

fn state(entry: &cli::Entry) -> Cell {
    match entry.outcome {
        cli::Outcome::Done if entry.undone => Cell::new("undone").style(DIM),
        cli::Outcome::Done => Cell::new("done"),
        cli::Outcome::Refused => Cell::new("refused").style(RED),
        cli::Outcome::NotApplied => Cell::new("not applied").style(RED),
        cli::Outcome::Sent => Cell::new("on its way").style(YELLOW),
        cli::Outcome::Unknown => Cell::new("unknown; run `ticktick sync`").style(YELLOW),
    }
}
