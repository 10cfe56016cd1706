//! Long output on a terminal.

use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::{Eof, Expect, Session};

use crate::support::{bin, ticktick};

/// Runs a command of the demo on a terminal of 24 lines and returns what it shows.
fn on_terminal(args: &[&str], variables: &[(&str, &str)]) -> String {
    let nowhere = env!("CARGO_TARGET_TMPDIR");
    let mut command = Command::new(bin());
    command.arg("--demo").args(args).env_clear();
    command.envs([
        ("NO_COLOR", "1"),
        ("TERM", "xterm"),
        ("HOME", nowhere),
        ("TICKTICK_DEMO_NOW", "2026-11-23T08:50:00Z"),
    ]);
    command.env("TICKTICK_CONFIG_DIR", format!("{nowhere}/no-session")).env("PATH", std::env::var_os("PATH").unwrap());
    command.envs(variables.iter().copied());
    let mut session = Session::spawn(command).unwrap();
    // Only a failing test waits this long.
    session.set_expect_timeout(Some(Duration::from_secs(60)));
    let seen = session.expect(Eof).unwrap();
    let text = String::from_utf8_lossy(seen.as_bytes()).into_owned();
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, 0) => text,
        other => panic!("{other:?}: {text}"),
    }
}

const PAGER: (&str, &str) = ("TICKTICK_PAGER", "sed s/^/paged:/");

#[test]
fn what_does_not_fit_is_shown_in_the_pager() {
    let list = on_terminal(&["list"], &[PAGER, ("PAGER", "false")]);
    assert!(
        list.lines().count() > 24 && list.lines().all(|line| line.is_empty() || line.starts_with("paged:")),
        "{list}"
    );
    assert!(on_terminal(&["list"], &[("PAGER", "sed s/^/paged:/")]).contains("paged:"));
    let today = on_terminal(&["today"], &[PAGER]);
    assert!(!today.contains("paged:"), "{today}");
}

#[test]
fn a_pager_can_be_turned_off() {
    for off in [&[("TICKTICK_PAGER", "-")][..], &[("TICKTICK_PAGER", "")], &[PAGER, ("TERM", "dumb")]] {
        let list = on_terminal(&["list"], &[off, &[("PAGER", "sed s/^/paged:/")]].concat());
        assert!(list.lines().count() > 24 && !list.contains("paged:"), "{off:?}: {list}");
    }
    let csv = on_terminal(&["list", "-o", "csv"], &[PAGER]);
    assert!(!csv.contains("paged:"), "{csv}");
    let piped = ticktick(&["--demo", "list", "-o", "table"]).env("TICKTICK_PAGER", "false").assert().success();
    assert!(piped.get_output().stdout.len() > 500);
}

#[test]
fn a_pager_that_does_not_exist_or_is_left_loses_nothing() {
    let list = on_terminal(&["list"], &[("TICKTICK_PAGER", "/nowhere/less")]);
    assert!(list.lines().count() > 24, "{list}");
    assert_eq!(on_terminal(&["list"], &[("TICKTICK_PAGER", "true")]), "");
}
