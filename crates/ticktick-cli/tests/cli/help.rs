//! The help of every command.

use std::path::Path;

use snapbox::Data;
use snapbox::data::DataFormat;

use crate::support::{demo, golden, stderr, stdout, ticktick};

/// Visits all commands that the help lists, recursively.
fn help_of(path: &[&str]) {
    let assert = ticktick(path).arg("--help").assert().success();
    let text = stdout(&assert);
    let name = if path.is_empty() { "ticktick".into() } else { path.join("-") };
    assert.stdout_eq(golden(&format!("help/{name}.txt"))).stderr_eq("");
    for name in text.lines().filter_map(command) {
        help_of(&[path, &[name]].concat());
    }
}

/// Returns the name of the command in a line such as `  list    List tasks`.
fn command(line: &str) -> Option<&str> {
    let (name, about) = line.strip_prefix("  ")?.split_once("  ")?;
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        && !name.starts_with('-');
    (is_name && about.trim().starts_with(char::is_uppercase)).then_some(name)
}

#[test]
fn every_command_has_help() {
    help_of(&[]);
}

#[test]
fn without_a_command_today_is_listed() {
    let today = stdout(&demo(&["today"]).success());
    demo(&[]).success().stdout_eq(today);
}

#[test]
fn a_wrong_name_is_corrected_whatever_else_the_line_names() {
    for line in [&["lst"][..], &["lst", "today"], &["--json", "lst"], &["task", "lst", "today"]] {
        let refused = ticktick(line).assert().code(2);
        let text = stdout(&refused) + &stderr(&refused);
        assert!(text.contains("lst") && (text.contains("'list'") || line[0] == "--json"), "{text}");
    }
}

#[test]
fn topics_are_explained() {
    for topic in ["quick-add", "dates", "filters", "formatting", "json", "exit-codes", "environment"] {
        let text = stdout(&ticktick(&["help", topic]).assert().success());
        assert!(text.lines().count() > 10 && text.lines().all(|line| line.chars().count() <= 110), "{text}");
    }
    let list = stdout(&ticktick(&["help"]).assert().success());
    assert!(list.contains("Every day:") && list.contains("  exit-codes   "), "{list}");
    let of_command = stdout(&ticktick(&["help", "task", "list"]).assert().success());
    assert!(of_command.contains("Usage: ticktick task list"), "{of_command}");
    ticktick(&["help", "nonsense"]).assert().code(3);
}

#[test]
fn the_published_skill_is_the_topic_for_agents() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../../skills/ticktick/SKILL.md");
    let published = Data::read_from(Path::new(published), Some(DataFormat::Text)).raw();
    let assert = ticktick(&["help", "agents"]).assert().success().stdout_eq(published);
    let text = stdout(&assert);
    let fields: Vec<_> = text.split("---\n").nth(1).unwrap().lines().filter_map(|line| line.split_once(": ")).collect();
    assert_eq!(fields[0], ("name", "ticktick"), "the name of its folder");
    assert!(fields[1].0 == "description" && fields[1].1.len() <= 1024);
    assert!(fields.iter().all(|(_, value)| !value.contains(": ")), "plain YAML: {fields:?}");
}

#[test]
fn the_schema_of_the_json_is_shown() {
    let schema: serde_json::Value =
        serde_json::from_str(&stdout(&ticktick(&["help", "json", "--json"]).assert().success())).unwrap();
    assert!(schema["definitions"]["TaskList"].is_object());
}

/// Examples that wait for input, or that need another program, a file or a network.
const NOT_RUN: [&str; 14] = [
    "ticktick auth login",
    "ticktick serve",
    "ticktick watch",
    "ticktick open 3",
    "ticktick api verify",
    "pass ticktick |",
    "ticktick import ",
    "ticktick attachment ",
    "ticktick api check --model ",
    "ticktick api task.batch ",
    "ticktick sync --status",
    "ticktick task assign ",
    "ticktick --profile work auth login",
    "ticktick mcp",
];

/// Examples that need something that the demo lacks: a write, a running session, a profile.
const NOTHING_THERE: [&str; 11] = [
    "ticktick undo",
    "ticktick task restore",
    "ticktick focus finish",
    "ticktick focus pause",
    "ticktick focus resume",
    "ticktick focus drop",
    "ticktick habit unarchive",
    "ticktick countdown",
    "ticktick comment",
    "ticktick profile",
    "ticktick --profile work",
];

/// Replaces the numbers of a list by titles, because only a terminal has such numbers.
fn with_titles(example: &str) -> String {
    let mut before = "";
    let titled = example.split(' ').map(|word| {
        let is_value = std::mem::replace(&mut before, word).starts_with("--");
        match word {
            "3" if !is_value => "dentist",
            "5" if !is_value => "grandma",
            word => word,
        }
    });
    titled.collect::<Vec<_>>().join(" ")
}

/// Runs every second example. Repeats those that need confirmation with the option from the error.
fn run_examples(first: usize) {
    let examples = include_str!("../../src/help/examples.txt").lines().filter_map(|line| line.strip_prefix("  "));
    let mut failed = Vec::new();
    for example in examples.skip(first).step_by(2) {
        if NOT_RUN.iter().any(|start| example.starts_with(start)) {
            continue;
        }
        let line = with_titles(example.split("   ").next().unwrap());
        let (mut code, mut text) = crate::guide_cli::example(&line);
        if let Some((_, yes)) = text.split_once("; add --yes") {
            (code, text) = crate::guide_cli::example(&format!("{line} --yes{}", yes.lines().next().unwrap()));
        }
        let is_nothing_there = code == 3 && NOTHING_THERE.iter().any(|start| example.starts_with(start));
        if code != 0 && !is_nothing_there {
            failed.push(format!("{code} {line}\n{text}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_example_runs() {
    run_examples(0);
}

#[test]
fn every_other_example_runs() {
    run_examples(1);
}
