//! The table of commands in `docs/coverage.md`: each function of the managers has a command.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::ticktick;

/// Managers with a command for each of their functions.
const MANAGERS: [&str; 13] = [
    "ProjectManager",
    "FolderManager",
    "ColumnManager",
    "TagManager",
    "FilterManager",
    "HabitManager",
    "FocusManager",
    "CountdownManager",
    "UserManager",
    "StatisticsManager",
    "CalendarManager",
    "TaskComments",
    "TaskAttachments",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads the table: functions with their commands.
fn table() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let part = text.split("\n## ").find(|part| part.starts_with("Functions and commands")).unwrap();
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "));
    rows.map(|(function, commands)| (function.to_owned(), commands.to_owned())).collect()
}

/// Returns the public functions of the managers, according to the sources of the client.
fn functions() -> BTreeSet<String> {
    let (mut folders, mut found) = (vec![root().join("crates/ticktick/src")], BTreeSet::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                collect(&fs::read_to_string(path).unwrap(), &mut found);
            }
        }
    }
    found
}

fn collect(text: &str, found: &mut BTreeSet<String>) {
    let mut manager = None;
    for line in text.lines() {
        if line.starts_with("impl") {
            manager = MANAGERS.iter().find(|name| line.contains(&format!(" {name}<")));
        } else if let (Some(manager), Some(rest)) = (manager, line.strip_prefix("    pub ")) {
            let rest = rest.strip_prefix("async ").unwrap_or(rest);
            if let Some(name) = rest.strip_prefix("fn ").and_then(|rest| rest.split(['(', '<']).next()) {
                found.insert(format!("{manager}::{name}"));
            }
        }
    }
}

#[test]
fn each_function_has_a_command() {
    let (table, functions) = (table(), functions());
    let missing: Vec<_> = functions.iter().filter(|name| !table.contains_key(*name)).collect();
    assert!(missing.is_empty(), "not in docs/coverage.md: {missing:?}");
    let managed = |name: &&String| MANAGERS.iter().any(|manager| name.starts_with(&format!("{manager}::")));
    let gone: Vec<_> = table.keys().filter(managed).filter(|name| !functions.contains(*name)).collect();
    assert!(gone.is_empty(), "in docs/coverage.md, and not in the client: {gone:?}");
    assert!(functions.len() > 100, "{}", functions.len());
}

#[test]
fn each_command_of_the_table_exists() {
    let commands: BTreeSet<String> = table()
        .values()
        .flat_map(|commands| commands.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let operations = String::from_utf8(ticktick(&["api", "--list", "-q"]).output().unwrap().stdout).unwrap();
    for command in commands {
        if let Some(operation) = command.strip_prefix("api ") {
            assert!(operations.lines().any(|known| known == operation), "{operation}");
            continue;
        }
        let words: Vec<&str> = command.split_whitespace().take_while(|word| !word.starts_with("--")).collect();
        let help = String::from_utf8(ticktick(&words).arg("--help").output().unwrap().stdout).unwrap();
        assert!(help.contains(&format!("Usage: ticktick {}", words.join(" "))), "{command}: {help}");
        for option in command.split_whitespace().filter(|word| word.starts_with("--")) {
            assert!(help.contains(option), "{command} has no {option}");
        }
    }
}
