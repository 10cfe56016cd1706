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
