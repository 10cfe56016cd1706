//! The help of every command.

use crate::support::{golden, stdout, ticktick};

/// Runs through the tree of commands by what the help itself names.
fn help_of(path: &[&str]) {
    let assert = ticktick(path).arg("--help").assert().success();
    let text = stdout(&assert);
    let name = if path.is_empty() { "ticktick".into() } else { path.join("-") };
    assert.stdout_eq(golden(&format!("help/{name}.txt"))).stderr_eq("");
    let commands = text.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    for name in names.filter(|name| !name.is_empty() && *name != "help") {
        help_of(&[path, &[name]].concat());
    }
}

#[test]
fn every_command_has_help() {
    help_of(&[]);
}

#[test]
fn without_a_command_the_help_is_shown() {
    ticktick(&[]).assert().code(2).stdout_eq("").stderr_eq(golden("help/ticktick.txt"));
}
