//! The mirror on a full disk, simulated by a limit on the size of files.

use std::process::{Command, Output};

use crate::sessions::Served;
use crate::support::{json, stdout};

/// Runs a command whose files cannot grow beyond a number of blocks of 512 bytes.
fn run(served: &Served, blocks: u32, args: &[&str]) -> Output {
    let run = served.command(args);
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &script]).arg(run.get_program()).args(run.get_args()).env_clear();
    command.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Starts a server whose account has a task that is not in the mirror, and returns the ids of both tasks.
fn served(name: &str) -> (Served, Vec<String>) {
    let served = Served::start(name);
    served.sign_in("me@example.com");
    let milk = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    served.run(&["sync"], "").success();
    // Larger than the mirror's log may become.
    let note = "long ".repeat(20_000);
    let bread = stdout(&served.run(&["task", "add", "Bread", "--content", &note, "-q", "--no-mirror"], "").success());
    (served, [milk, bread].map(|id| id.trim().to_owned()).into())
}

#[test]
fn a_disk_that_fills_during_a_refresh_does_not_fail_commands_that_read() {
    let (served, ids) = served("full-disk");
    for blocks in [0, 160] {
        for args in
            [&["task", "list", "-q"][..], &["today", "-q"], &["project", "list", "-q"], &["search", "bread", "-q"]]
        {
            let ran = run(&served, blocks, &[args, &["--max-age", "0s"]].concat());
            let (out, err) = (text(&ran.stdout), text(&ran.stderr));
            assert!(ran.status.success(), "{blocks} {args:?}: {err}");
            assert!(err.contains("; continuing without it"), "{blocks} {args:?}: {err}");
            if args[0] == "task" {
                assert!(ids.iter().all(|id| out.contains(id)), "{out}");
            }
        }
        for args in [&["task", "list", "--status", "done", "-q"][..], &["log", "-q"], &["week", "-q"]] {
            let ran = run(&served, blocks, &[args, &["--max-age", "0s"]].concat());
            let err = text(&ran.stderr);
            assert!(ran.status.success() && err.contains("; continuing without it"), "{blocks} {args:?}: {err}");
        }
    }
    // The mirror is unchanged and works again.
    let list = json(&served.run(&["task", "list", "--json", "--max-age", "0s"], "").success());
    assert_eq!(list["meta"]["count"], 2);
}

#[test]
fn a_search_whose_index_cannot_be_written_is_made_by_the_service() {
    let (served, ids) = served("full-disk-search");
    served.run(&["sync"], "").success();
    let ran = run(&served, 160, &["search", "bread", "-q"]);
    let err = text(&ran.stderr);
    assert_eq!(text(&ran.stdout).trim(), ids[1], "{err}");
    assert!(err.contains("; continuing without it"), "{err}");
    let ran = run(&served, 160, &["search", "bread", "--offline"]);
    let err = text(&ran.stderr);
    assert!(ran.status.code() == Some(1) && err.contains("cannot be written"), "{err}");
}

#[test]
fn a_disk_that_is_full_before_the_first_refresh_does_not_fail_commands_that_read() {
    let served = Served::start("full-disk-at-first");
    served.sign_in("me@example.com");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q", "--no-mirror"], "").success());
    for blocks in [0, 16, 64, 160] {
        let ran = run(&served, blocks, &["task", "list", "-q"]);
        let err = text(&ran.stderr);
        assert_eq!(text(&ran.stdout), id, "{blocks}: {err}");
        assert!(err.contains("; continuing without it"), "{blocks}: {err}");
    }
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), id);
}

#[test]
fn a_write_that_the_journal_cannot_record_is_not_sent() {
    let (served, ids) = served("full-disk-write");
    served.control("DELETE", "/_sim/requests", "");
    let note = "long ".repeat(20_000);
    let ran = run(&served, 160, &["task", "edit", &ids[0], "--content", &note]);
    let err = text(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{err}");
    assert!(err.contains("cannot be written") && err.contains("--no-mirror does without the file"), "{err}");
    let log = served.control("GET", "/_sim/requests", "");
    assert!(!log.contains("task.batch"), "{log}");
    let ran = run(&served, 160, &["task", "edit", &ids[0], "--content", &note, "--no-mirror"]);
    assert!(ran.status.success(), "{}", text(&ran.stderr));
}
