//! Texts with control characters, and output that cannot be written.

use crate::support::{demo, json, stdout};

const TITLE: &str = "a\u{7f}b\u{9b}31mc\u{202e}d\u{e0041}";

#[test]
fn json_keeps_every_character_of_a_title() {
    let added = demo(&["task", "add", TITLE, "--json"]).success();
    assert_eq!(json(&added)["data"][0]["title"], TITLE);
    let harmful = |c: char| c.is_control() && c != '\n' || c == '\u{202e}' || c == '\u{e0041}';
    assert!(!stdout(&added).contains(harmful));
}

#[test]
fn people_see_what_is_hidden() {
    let text = stdout(&demo(&["task", "add", TITLE]).success());
    assert!(text.contains(r"a\u{7f}b\u{9b}31mc\u{202e}d\u{e0041}"), "{text:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_whose_output_is_lost_says_what_was_done() {
    use std::fs::OpenOptions;
    use std::process::{Command, Stdio};

    use crate::support::bin;

    for (args, done) in [
        (&["task", "add", "Buy milk", "-q"][..], "was stored"),
        (&["task", "add", "Buy milk", "--json"], "was stored"),
        (&["task", "done", "call the"], "was stored"),
        (&["api", "tag.batch", "-d", r#"{"add":[{"name":"x","label":"x"}]}"#], "tag.batch was answered"),
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = Command::new(bin())
            .arg("--demo")
            .args(args)
            .env_clear()
            .env("TICKTICK_DEMO_NOW", "2026-11-23T08:50:00Z")
            .stdout(Stdio::from(full))
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(10), "{args:?}: {told}");
        assert!(told.contains(done), "{told}");
    }
    for read in [
        &["api", "--list"][..],
        &["--demo", "api", "tag.list"],
        &["--demo", "task", "list"],
        &["--version"],
        &["--help"],
        &["task", "list", "-h"],
        &["help", "dates"],
        &["completion", "bash"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(bin());
        command.args(read).env_clear().env("TICKTICK_DEMO_NOW", "2026-11-23T08:50:00Z");
        let status = command.stdout(Stdio::from(full)).stderr(Stdio::null()).status();
        assert_eq!(status.unwrap().code(), Some(1), "nothing was changed by {read:?}");
    }
}
