//! Runs the examples of `docs/cli.md` and of the help on the demo account, the commands of the skill for assistants, and the
//! script of a day in `examples/day.sh`.
//!
//! A block of `console` contains commands after `$ `, each with its output. `? 3` in the first line of an output is the exit
//! status. `...` stands for any lines, and `[..]` for any text in a line.

use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::{Assert, IntoData};

use crate::support::bin;

/// A Monday morning.
const NOW: &str = "2026-11-23T08:50:00Z";

/// Prepares a shell that finds the program and in which every command uses the demo.
fn shell(folder: &Path) -> Command {
    let program = bin();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(program.parent().unwrap().to_owned()).chain(std::env::split_paths(&paths));
    let mut shell = Command::new("sh");
    shell
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::join_paths(paths.collect::<Vec<PathBuf>>()).unwrap())
        .env("HOME", folder)
        .env("TZ", "UTC")
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("TICKTICK_CONFIG_DIR", folder.join("config"))
        .env("TICKTICK_DEMO", "1");
    shell
}

/// Returns the commands of the guide with their outputs.
fn examples(guide: &str) -> Vec<(String, String)> {
    let blocks = guide.split("\n```console\n").skip(1).map(|rest| rest.split("\n```").next().unwrap());
    let commands =
        blocks.flat_map(|block| format!("\n{block}\n").split("\n$ ").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let pair = |text: String| {
        let (command, output) = text.split_once('\n').unwrap_or((&text, ""));
        (command.to_owned(), output.trim_end_matches('\n').to_owned() + "\n")
    };
    commands.map(pair).collect()
}

#[test]
fn the_examples_of_the_guide_are_real() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/cli.md");
    let guide = std::fs::read_to_string(path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let examples = examples(&guide);
    assert!(examples.len() > 5);
    for (command, wanted) in examples {
        let (status, wanted) = match wanted.strip_prefix("? ").and_then(|rest| rest.split_once('\n')) {
            Some((status, rest)) => (status.parse().unwrap(), rest.to_owned()),
            None => (0, wanted),
        };
        // Piped output is for programs, other output for people.
        let format = if command.contains(" | ") { "tsv" } else { "table" };
        let output = shell(folder.path())
            .env("TICKTICK_DEMO_NOW", NOW)
            .env("TICKTICK_OUTPUT", format)
            .args(["-c", &command])
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert_eq!(output.status.code(), Some(status), "{command}\n{text}");
        let first =
            if command.contains("--json") && status != 0 { text.lines().next().unwrap_or_default() } else { &text };
        Assert::new()
            .eq(format!("$ {command}\n{}\n", first.trim_end()), format!("$ {command}\n{}", wanted).into_data());
    }
}

#[test]
fn every_command_of_the_skill_works() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../skills/ticktick/SKILL.md");
    let skill = std::fs::read_to_string(path).unwrap();
    let examples = examples(&skill);
    assert!(examples.len() > 20);
    for (command, output) in examples {
        assert_eq!(output, "\n", "{command} has no output in the skill");
        let folder = tempfile::tempdir().unwrap();
        let needs_past = ["reopen", "history", "undo"].iter().any(|verb| command.split(' ').nth(1) == Some(verb));
        let mut shell = shell(folder.path());
        if needs_past {
            // Without a fixed time, the demo lasts longer than one command.
            shell.args(["-c", &format!("ticktick done 'call the dentist' >before && {command}")]);
        } else {
            shell.env("TICKTICK_DEMO_NOW", NOW).args(["-c", &command]);
        }
        let output = shell.output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(output.status.success(), "{command}\n{text}");
        assert!(!text.contains("\"data\":[]"), "{command} finds something\n{text}");
    }
}

#[test]
fn a_day_in_a_script_works() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/day.sh");
    let folder = tempfile::tempdir().unwrap();
    let output = shell(folder.path()).arg(script).output().unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(output.status.success() && text.ends_with("the day is done\n"), "{text}");
}

/// Runs an example of the help and returns the exit status and the output.
fn run(line: &str) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tasks.txt"), "Milk\n").unwrap();
    std::fs::write(folder.path().join("task.json"), "{}").unwrap();
    std::fs::write(folder.path().join("tags.json"), "[]").unwrap();
    let output = shell(folder.path())
        .env("TICKTICK_DEMO_NOW", "2026-11-23T08:50:00Z")
        .env("EDITOR", "true")
        .args(["-c", line])
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.code().unwrap(), text)
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
        let (mut code, mut text) = run(&line);
        if let Some((_, yes)) = text.split_once("; add --yes") {
            (code, text) = run(&format!("{line} --yes{}", yes.lines().next().unwrap()));
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
