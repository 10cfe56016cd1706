//! `--offline` sends nothing, whatever the command.

use std::path::Path;

use crate::sessions::Served;
use crate::support::stderr;

/// Commands that wait: for clients, or for a client of their own.
const NOT_RUN: [&str; 2] = ["serve", "mcp"];

/// Returns the words of each command, with a value for each argument that it requires, as the help gives them.
fn commands() -> Vec<Vec<String>> {
    let help = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/golden/help");
    let mut commands: Vec<Vec<String>> = Vec::new();
    for file in std::fs::read_dir(help).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let usage = text.lines().find_map(|line| line.strip_prefix("Usage: ticktick ")).unwrap();
        if usage.contains("<COMMAND>") || NOT_RUN.contains(&usage.split(' ').next().unwrap()) {
            continue;
        }
        let words = usage.split(' ').filter(|word| !word.starts_with('[') && !word.ends_with(']'));
        commands
            .push(words.map(|word| if word.starts_with('<') { "Buy".to_owned() } else { word.to_owned() }).collect());
    }
    commands
}

#[test]
fn no_command_sends_anything_with_offline() {
    let served = Served::start("offline");
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Buy milk"], "").success();
    served.run(&["task", "list"], "").success();
    let (mut run, mut done) = (0, 0);
    for command in commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).chain(["--offline"]).collect();
        served.control("DELETE", "/_sim/requests", "");
        let assert = served.run(&words, "");
        assert_eq!(served.control("GET", "/_sim/requests", ""), "[]", "{words:?}");
        let code = assert.get_output().status.code().unwrap();
        assert!(code <= 10, "{words:?}: {code}: {}", stderr(&assert));
        (run, done) = (run + 1, done + usize::from(code == 0));
    }
    assert!(run > 150 && done > 30, "{done} of {run} commands succeeded");
}
