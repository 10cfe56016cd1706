//! Counts the requests of every call of every manager, and compares them with `docs/costs.md`.
#![allow(clippy::unwrap_used)]

mod calls;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ticktick::Error;
use ticktick::raw::Pending;

use crate::world::World;

/// One call, made in a world of its own.
type Call = for<'w> fn(&'w World) -> Pending<'w, Result<(), Error>>;

/// The rows of the table, by call: how many requests.
fn table() -> BTreeMap<String, usize> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/costs.md");
    let text = fs::read_to_string(path).unwrap();
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, call, count, ..] = cells[..] else { panic!("{line}") };
        let before = rows.insert(call.trim_matches('`').to_owned(), count.parse().expect(line));
        assert!(before.is_none(), "{call} is listed twice");
    }
    rows
}

#[tokio::test]
async fn each_call_costs_what_the_table_says() {
    let (mut rows, mut wrong) = (table(), Vec::new());
    for (name, call) in calls::all() {
        let world = World::new().await;
        world.service.forget_requests();
        call(&world).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let seen: Vec<_> =
            world.service.requests().iter().map(|one| format!("{} {}", one.method, one.target)).collect();
        if rows.remove(name) != Some(seen.len()) {
            wrong.push((name, seen));
        }
    }
    assert!(wrong.is_empty(), "docs/costs.md has other numbers: {wrong:#?}");
    assert!(rows.is_empty(), "not called here: {:?}", rows.into_keys());
}

/// Returns the names of all calls of all managers, as the sources have them.
fn declared() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match entry.extension() {
                None => folders.push(entry),
                Some(_) => found.extend(declared_in(&fs::read_to_string(entry).unwrap())),
            }
        }
    }
    found
}

fn declared_in(source: &str) -> Vec<String> {
    let (mut of, mut calls) = (None, Vec::new());
    for line in source.lines() {
        if line.starts_with("impl") {
            of = line.rsplit_once("> ").or(line.split_once(' ')).and_then(|_| prefix(line));
        }
        let call = line.strip_prefix("    pub async fn ").and_then(|rest| rest.split(['(', '<']).next());
        if let (Some(of), Some(call)) = (&of, call) {
            calls.push(format!("{of}.{call}"));
        }
    }
    calls
}

/// Makes `task` of `impl TaskManager<'_> {`, and `task.comments` of `impl TaskComments<'_> {`.
fn prefix(line: &str) -> Option<String> {
    let name = line.split_whitespace().find(|word| word.contains("<'") && !word.starts_with("impl"))?;
    let name = name.split('<').next()?;
    let mut words = Vec::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push(letter.to_lowercase().to_string())
        } else {
            words.last_mut()?.push(letter)
        }
    }
    words.retain(|word| word != "manager");
    Some(words.join("."))
}

#[test]
fn no_call_is_left_out() {
    let rows: BTreeSet<String> = table().into_keys().collect();
    let missing: Vec<_> = declared().difference(&rows).cloned().collect();
    assert!(missing.is_empty(), "not in docs/costs.md: {missing:?}");
}
