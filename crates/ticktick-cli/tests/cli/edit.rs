//! `ticktick edit`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::sessions::Served;
use crate::support::{bin, json as document, stderr, stdout};

fn signed_in(name: &str) -> Served {
    let served = Served::start(name);
    served.sign_in("me@example.com");
    served
}

/// Writes a script that edits the given file.
pub(crate) fn editor(served: &Served, script: &str) -> PathBuf {
    let path = served.folder().join("editor.sh");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

fn edited(served: &Served, args: &[&str], script: &str) -> snapbox::cmd::OutputAssert {
    let path = editor(served, script);
    let command = served.prepared(&[&["edit"], args].concat()).args(["--base-url", served.address()]);
    command.env("EDITOR", path).env("PATH", std::env::var("PATH").unwrap()).env("TMPDIR", served.folder()).assert()
}

fn task(served: &Served) -> Value {
    document(&served.run(&["list", "--json", "--no-mirror"], "").success())["data"][0].clone()
}

#[test]
fn options_change_fields() {
    let served = signed_in("edit-options");
    served.run(&["add", "Milk", "--tag", "old"], "").success();
    let say = |args: &[&str]| stdout(&served.run(&[&["edit", "milk"], args].concat(), "").success());
    assert_eq!(say(&["--title", "Oat milk", "--priority", "high"]), "✓ Oat milk · Inbox · high · #old\n");
    assert_eq!(
        say(&["--due", "2030-01-01 9am", "--remind", "10m", "--repeat", "daily"]),
        "✓ Oat milk · Inbox · 1 Jan 2030 09:00 · high · ↻ · 1 reminder · #old\n"
    );
    assert_eq!(
        say(&["--add-tag", "new", "--remove-tag", "old"]),
        "✓ Oat milk · Inbox · 1 Jan 2030 09:00 · high · ↻ · 1 reminder · #new\n"
    );
    assert_eq!(
        say(&["--due", "none", "--repeat", "none", "--tag", "none", "--priority", "none"]),
        "✓ Oat milk · Inbox\n"
    );
    served.run(&["edit", "milk", "--content", "-"], "One\nTwo").success();
    assert_eq!(task(&served)["content"], "One\nTwo");
    served.run(&["edit", "milk", "--content", "none"], "").success();
    assert_eq!(task(&served)["content"], "");
    served.run(&["add", "Trip"], "").success();
    assert!(
        document(&served.run(&["edit", "milk", "--parent", "trip", "--json"], "").success())["data"][0]["parent"]
            .is_string()
    );
    served.run(&["edit", "milk", "--parent", "none"], "").success();
}

#[test]
fn the_editor_keeps_the_line_ends_of_a_text() {
    let served = signed_in("edit-line-ends");
    served.run(&["add", "Milk"], "").success();
    served.run(&["edit", "milk", "--content", "-"], "One\r\nTwo\r\n").success();
    let stored = task(&served)["content"].clone();
    assert!(stored.as_str().unwrap().starts_with("One\r\nTwo"), "{stored}");
    edited(&served, &["milk"], "sed -i 's/^title: Milk/title: Oat milk/' \"$1\"").success();
    assert_eq!((task(&served)["title"].as_str(), &task(&served)["content"]), (Some("Oat milk"), &stored));
}

#[test]
fn several_tasks_change_in_one_request() {
    let served = signed_in("edit-bulk");
    served.run(&["add", "-"], "Milk #a\nBread #a\nEggs\n").success();
    served.run(&["edit", "--where", "tag=a", "--due", "today"], "").code(2);
    let preview = ["edit", "--where", "tag=a", "--due", "2030-01-01", "--add-tag", "b", "--dry-run", "--json"];
    let preview = document(&served.run(&preview, "").success());
    assert_eq!(preview["data"].as_array().unwrap().len(), 1);
    let changed = served.run(&["edit", "--where", "tag=a", "--due", "2030-01-01", "--yes"], "").success();
    assert_eq!(stdout(&changed), "✓ Milk · Inbox · 1 Jan 2030 · #a\n✓ Bread · Inbox · 1 Jan 2030 · #a\n");
    let ids = stdout(&served.run(&["list", "-q"], "").success());
    served.run(&["edit", "-", "--priority", "low", "-q"], &ids).success().stdout_eq(ids);
}

#[test]
fn an_editor_changes_a_task() {
    let served = signed_in("edit-editor");
    served.run(&["add", "Milk", "--item", "Oat", "--item", "Soy", "--content", "Body"], "").success();
    let script = r#"sed -i -e 's/^title:.*/title: Oat milk/' -e 's/^tags:.*/tags: a, b/' -e 's/^priority:.*/priority: high/' \
        -e 's/^due:.*/due: 2030-01-01 9am/' -e 's/- \[ \] Soy/- [x] Soya/' "$1"; printf 'More\n' >> "$1""#;
    let done = edited(&served, &["milk"], script).success();
    assert_eq!(stdout(&done), "✓ Oat milk · Inbox · 1 Jan 2030 09:00 · high · #a #b\n");
    let stored = task(&served);
    assert_eq!(stored["content"], "Body\nMore");
    assert_eq!(stored["items"], json!([{ "title": "Oat", "done": false }, { "title": "Soya", "done": true }]));
    let stored = edited(&served, &["milk"], "true").success();
    assert_eq!(stdout(&stored), "");
    assert_eq!(stderr(&stored), "note: nothing was changed\n");
}

#[test]
fn an_editor_that_gives_up_changes_nothing() {
    let served = signed_in("edit-canceled");
    served.run(&["add", "Milk"], "").success();
    edited(&served, &["milk"], "exit 3").code(130).stdout_eq("");
    edited(&served, &["milk"], ": > \"$1\"").code(130).stdout_eq("");
    assert_eq!(task(&served)["title"], "Milk");
}

#[test]
fn a_text_that_cannot_be_stored_is_kept() {
    let served = signed_in("edit-kept");
    served.run(&["add", "Milk"], "").success();
    for (script, status) in [
        ("sed -i 's/^due:.*/due: someday/' \"$1\"", 2),
        ("sed -i 's/^due:.*/color: red/' \"$1\"", 2),
        ("sed -i 's/^title:.*/title:/' \"$1\"", 2),
        ("sed -i 's/^project:.*/project: Moon/' \"$1\"", 3),
        ("sed -i 's/^priority:.*/priority: urgent/' \"$1\"", 2),
        ("sed -i '1d' \"$1\"", 2),
    ] {
        let failed = stderr(&edited(&served, &["milk"], script).code(status));
        let (_, path) = failed.trim_end().rsplit_once("your text is in ").unwrap();
        assert!(fs::read_to_string(path).unwrap().contains("title:"), "{failed}");
    }
    assert_eq!(task(&served)["title"], "Milk");
}

#[test]
fn changes_made_elsewhere_are_kept_or_reported() {
    let served = signed_in("edit-elsewhere");
    served.run(&["add", "Milk"], "").success();
    let elsewhere = |change: &str| {
        let (program, address) = (bin(), served.address().to_owned());
        let config = served.folder().display().to_string();
        format!(
            "TICKTICK_CONFIG_DIR='{config}' '{}' edit milk {change} --base-url '{address}' -q > /dev/null",
            program.display()
        )
    };
    let script = format!("{}\nsed -i 's/^tags:.*/tags: mine/' \"$1\"", elsewhere("--priority high"));
    edited(&served, &["milk"], &script).success();
    let stored = task(&served);
    assert_eq!((stored["priority"].as_str(), &stored["tags"]), (Some("high"), &json!(["mine"])));
    let script = format!("{}\nsed -i 's/^title:.*/title: Milk, mine/' \"$1\"", elsewhere("--title 'Milk, theirs'"));
    let failed = edited(&served, &["milk"], &script).code(6);
    assert!(stderr(&failed).contains("title is \"Milk, theirs\" now"), "{}", stderr(&failed));
    assert_eq!(task(&served)["title"], "Milk, theirs");
}
