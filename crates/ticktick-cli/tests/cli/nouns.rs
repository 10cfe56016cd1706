//! The commands on projects, tags and other named objects.
//!
//! Each noun has a table of its commands. Each is run for people and for programs, and compared with a golden.

mod attachments;
mod comments;
mod countdowns;
mod coverage;
mod dry_run;
mod focus;
mod folders;
mod habits;
mod projects;
mod tags;
mod user;
mod wrong;

use std::fmt::Write;

use serde_json::Value;

use crate::schemas::fits;
use crate::support::{demo, golden, json, stderr, stdout};

/// A command line, and the definition that its JSON matches.
type Case = (&'static str, &'static str);

/// All commands that run on a new demo account.
const ALL: &[&[Case]] =
    &[projects::CASES, folders::CASES, tags::CASES, habits::CASES, focus::CASES, countdowns::CASES, user::CASES];

/// Splits a command line at spaces; double quotes keep words together.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// Runs a command line on a new demo account.
fn run(line: &str) -> snapbox::cmd::OutputAssert {
    let words = words(line);
    demo(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Replaces ids, which differ in each run.
fn without_ids(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(from.len());
        shown.push_str(before);
        shown.push_str(if end == 24 { "ID" } else { &from[..end] });
        rest = &from[end..];
    }
    shown + rest
}

/// Compares the output of a noun's commands with its goldens, and their JSON with the schema.
fn compare(noun: &str, cases: &[Case]) {
    let (mut people, mut programs) = (String::new(), String::new());
    for (line, definition) in cases {
        let run_as = |option: &str| run(&format!("{line} --yes {option}")).success();
        let shown = run_as("-o table");
        writeln!(people, "$ ticktick {line}\n{}{}", stdout(&shown), stderr(&shown)).unwrap();
        let document = json(&run_as("--json"));
        fits("cli", definition, &document);
        let data = document["data"].as_array().unwrap().iter().map(Value::to_string);
        writeln!(programs, "$ ticktick {line} --json").unwrap();
        data.for_each(|one| writeln!(programs, "{one}").unwrap());
        writeln!(programs, "$ ticktick {line} -q\n{}", stdout(&run_as("-q"))).unwrap();
    }
    for (kind, text) in [("txt", people), ("json.txt", programs)] {
        snapbox::assert_data_eq!(without_ids(&text), golden(&format!("nouns/{noun}.{kind}")));
    }
}
