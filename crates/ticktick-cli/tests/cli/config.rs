//! Settings and profiles in files.

use std::path::PathBuf;

use serde_json::Value;
use snapbox::cmd::{Command, OutputAssert};

use crate::support::{json, stderr, stdout, ticktick};

/// A folder for the files of a user, initially empty.
struct User(tempfile::TempDir);

impl User {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn command(&self, args: &[&str]) -> Command {
        ticktick(args).env("TICKTICK_CONFIG_DIR", self.0.path()).current_dir(self.0.path())
    }

    fn run(&self, args: &[&str]) -> OutputAssert {
        self.command(args).assert()
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

#[test]
fn each_source_of_a_setting_wins_over_the_next() {
    let user = User::new();
    let seen = |command: Command| {
        let row = json(&command.assert().success())["data"][0].clone();
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        (text("value"), text("origin"))
    };
    let get = ["config", "get", "max-age", "--json"];
    let expect = |command: Command, value: &str, origin: &str| assert_eq!(seen(command), (value.into(), origin.into()));
    expect(user.command(&get), "30s", "default");
    user.write("config.toml", "max-age = \"1m\"\n[profiles.work]\n");
    expect(user.command(&get), "1m", "user");
    user.write("config.toml", "max-age = \"1m\"\n[profiles.work]\nmax-age = \"2m\"\n");
    let work = || user.command(&get).env("TICKTICK_PROFILE", "work");
    expect(work(), "2m", "profile");
    user.write(".ticktick.toml", "max-age = \"3m\"\n");
    expect(work(), "3m", "project");
    expect(work().env("TICKTICK_MAX_AGE", "4m"), "4m", "environment");
    expect(work().env("TICKTICK_MAX_AGE", "4m").args(["--max-age", "5m"]), "5m", "flag");

    let origins =
        stdout(&user.command(&["config", "list", "--origin"]).env("TICKTICK_COLOR", "never").assert().success());
    for (name, value, place) in [("max-age", "3m", ".ticktick.toml line 1"), ("color", "never", "TICKTICK_COLOR")] {
        let line = origins.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(line.contains(value) && line.ends_with(place), "{origins}");
    }
}

#[test]
fn settings_are_set_and_removed_and_comments_stay() {
    let user = User::new();
    let file = user.write("config.toml", "# mine\ncolor = \"auto\" # here\n");
    user.run(&["config", "set", "color", "never"]).success().stdout_eq("✓ Set color to never\n");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\ncolor = \"never\" # here\n");
    user.run(&["config", "get", "color"]).success().stdout_eq("never\n");
    user.run(&["config", "unset", "color"]).success().stdout_eq("✓ Removed color; now auto (default)\n");
    user.run(&["config", "unset", "color"]).success().stdout_eq("✓ It was not set: color; now auto (default)\n");
    assert_eq!(stdout(&user.run(&["config", "path"]).success()), format!("{}\n", file.display()));

    user.run(&["--dry-run", "config", "set", "color", "never"]).code(2);
    let wrong = stderr(&user.run(&["config", "set", "region", "mars"]).code(2));
    assert_eq!(wrong, "error: invalid value of `region`\nhint: use ticktick or dida365\n");
    user.run(&["config", "set", "profile", "work"]).code(3);
    let hidden = user.command(&["config", "set", "color", "never"]).env("TICKTICK_COLOR", "auto").assert().success();
    assert!(stderr(&hidden).contains("TICKTICK_COLOR takes precedence"), "{}", stderr(&hidden));
}

#[test]
fn a_broken_file_is_named_with_its_position_and_never_quoted() {
    let user = User::new();
    user.write("config.toml", "color = \"never\"\naccount = s3cret\n");
    for args in [&["config", "list"][..], &["task", "list"], &["auth", "status"]] {
        let error = stderr(&user.run(args).code(1));
        assert!(error.contains("config.toml: line 2, column 11") && !error.contains("s3cret"), "{error}");
    }
    // Commands that help to fix it work, and so do commands that need no settings.
    user.run(&["config", "path"]).success();
    user.run(&["--demo", "task", "list"]).success();
    let findings = user.run(&["auth", "doctor", "--json"]).code(1);
    assert_eq!(json(&findings)["data"][0]["check"], "config");

    user.write("config.toml", "region = \"s3cret\"\n");
    let error = stderr(&user.run(&["config", "list"]).code(2));
    assert!(error.contains("`region` in") && error.contains("line 1") && !error.contains("s3cret"), "{error}");
}

#[cfg(unix)]
#[test]
fn the_editor_gets_the_file_and_the_result_is_checked() {
    let user = User::new();
    let edit = |script: &str| {
        let editor = user.write("editor.sh", &format!("#!/bin/sh\n{script} \"$1\"\n"));
        user.command(&["config", "edit"])
            .env("PATH", "/usr/bin:/bin")
            .env("EDITOR", format!("sh {}", editor.display()))
            .assert()
    };
    edit("echo 'color = \"never\"' >").success();
    user.run(&["config", "get", "color"]).success().stdout_eq("never\n");
    edit("echo 'color = 1' >").code(2);
    edit("false").code(130);
    let refused = stderr(&user.run(&["config", "edit"]).code(2));
    assert!(refused.contains("no terminal to open an editor in"), "{refused}");
}

#[test]
fn a_project_file_sets_defaults_and_nothing_else() {
    let user = User::new();
    user.write(".ticktick.toml", "base-url = \"https://evil.example.com\"\nproject = \"Work\"\ncolour = \"never\"\n");
    let list = user.run(&["config", "list", "--json"]).success();
    let warnings = stderr(&list);
    assert!(warnings.contains("line 1: `base-url` is ignored"), "{warnings}");
    assert!(warnings.contains("there is no setting `colour`; did you mean `color`?"), "{warnings}");
    let rows = json(&list)["data"].as_array().unwrap().clone();
    let of = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap()["value"].clone();
    assert_eq!((of("base-url"), of("project")), (Value::Null, "Work".into()));
}

#[test]
fn profiles_are_added_selected_and_removed() {
    let user = User::new();
    let added =
        user.run(&["profile", "add", "work", "--region", "dida365", "--read-only", "--account", "me@example.com"]);
    added.success().stdout_eq("✓ Added profile work\n");
    user.run(&["profile", "add", "work"]).code(2);
    user.run(&["profile", "add", "../work"]).code(2);
    let list = "* default  ticktick.com  not signed in\n  work     dida365.com   not signed in  read-only\n";
    user.run(&["profile", "list"]).success().stdout_eq(list);
    user.run(&["profile", "use", "work"]).success().stdout_eq("✓ Commands use profile work now\n");
    let shown = json(&user.run(&["profile", "show", "--json"]).success());
    assert_eq!((&shown["data"][0]["name"], &shown["data"][0]["selected"]), (&"work".into(), &true.into()));
    let error = stderr(&user.run(&["--profile", "wrok", "task", "list"]).code(3));
    assert!(error.starts_with("error: there is no profile `wrok`\n") && error.contains("work"), "{error}");
    user.run(&["profile", "remove", "default"]).code(2);
    user.run(&["profile", "remove", "work"]).success().stdout_eq("✓ Removed profile work\n");
    user.run(&["profile", "list"]).success().stdout_eq("* default  ticktick.com  not signed in\n");
}

#[test]
fn the_demo_has_a_journal_that_lasts() {
    let user = User::new();
    let run = |args: &[&str]| user.command(&["--demo"]).args(args).env_remove("TICKTICK_DEMO_NOW").assert();
    let id = stdout(&run(&["task", "add", "Stay", "-q"]).success());
    run(&["task", "done", id.trim()]).success();
    assert_eq!(stdout(&run(&["history"]).success()).lines().count(), 2);
    assert!(!stdout(&run(&["task", "list"]).success()).contains("Stay"));
    run(&["undo"]).success().stdout_eq("✓ Restored task \"Stay\"\n");
    assert!(stdout(&run(&["task", "list"]).success()).contains("Stay"));
    run(&["sync", "--status"]).success();

    // The mirror starts over together with the demo.
    std::fs::remove_file(user.0.path().join("demo.json")).unwrap();
    assert!(!stdout(&run(&["task", "list"]).success()).contains("Stay"));
    assert!(stdout(&run(&["history"]).success()).contains("Nothing was written"));
}

#[test]
fn the_setting_date_order_applies_to_the_dates_of_every_command() {
    let run = |args: &[&str], order: &str| {
        json(&ticktick(&["--demo", "--json"]).args(args).env("TICKTICK_DATE_ORDER", order).assert().success())
    };
    for (order, typed) in [("mdy", "12/1..12/7"), ("dmy", "1/12..7/12")] {
        assert_eq!(run(&["list", "--due", typed], order)["meta"]["count"], 3, "{order}");
        assert_eq!(run(&["next", "--due", typed], order)["ok"], true, "{order}");
        assert_eq!(run(&["done", "--due", typed, "--yes"], order)["meta"]["count"], 3, "{order}");
    }
    let day = |order: &str| run(&["countdown", "create", "Trip", "12/1"], order)["data"][0]["date"].clone();
    assert_eq!((day("mdy"), day("dmy")), ("2026-12-01".into(), "2027-01-12".into()));
    run(&["week", "12/1"], "mdy");
}
