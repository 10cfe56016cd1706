//! The options that select tasks: unknown names, and the words for dates.

use crate::schemas::fits;
use crate::sessions::Served;
use crate::support::{demo, json as document, stderr, stdout};

/// Commands with an option that names an unknown object, and its kind.
const MISSING: &[(&str, &str)] = &[
    ("list --tag moon", "no tag matches \"moon\""),
    ("list --tag #moon", "no tag matches \"moon\""),
    ("list --tag errands --tag moon", "no tag matches \"moon\""),
    ("today --tag moon", "no tag matches \"moon\""),
    ("next --tag moon", "no tag matches \"moon\""),
    ("inbox --tag moon", "no tag matches \"moon\""),
    ("task trash --tag moon", "no tag matches \"moon\""),
    ("list --status done --tag moon", "no tag matches \"moon\""),
    ("list --due nextmonth --tag moon", "no tag matches \"moon\""),
    ("search milk --tag moon", "no tag matches \"moon\""),
    ("done --tag moon --yes", "no tag matches \"moon\""),
    ("rm --tag moon --yes", "no tag matches \"moon\""),
    ("reopen --tag moon --yes", "no tag matches \"moon\""),
    ("task restore --tag moon --yes", "no tag matches \"moon\""),
    ("edit --where tag=moon --priority high --yes", "no tag matches \"moon\""),
    ("log --tag moon", "no tag matches \"moon\""),
    ("calendar --tag moon", "no tag matches \"moon\""),
    ("filter create x --tag moon", "no tag matches \"moon\""),
    ("list --project moon", "no project matches \"moon\""),
    ("search milk --project moon", "no project matches \"moon\""),
    ("log --project moon", "no project matches \"moon\""),
    ("calendar --project moon", "no project matches \"moon\""),
    ("list --status done --project moon", "no project matches \"moon\""),
    ("list --filter moon", "no saved filter matches \"moon\""),
    ("done --filter moon --yes", "no saved filter matches \"moon\""),
    ("search milk --filter moon", "no saved filter matches \"moon\""),
];

#[test]
fn what_a_selection_names_must_exist() {
    let mut wrong = Vec::new();
    for (line, part) in MISSING {
        let output = demo(&line.split(' ').collect::<Vec<_>>());
        let status = output.get_output().status.code();
        if status != Some(3) || !stderr(&output).contains(part) || !stdout(&output).is_empty() {
            wrong.push(format!("{line}: {status:?}\n{}", stderr(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_misspelt_tag_is_recognized() {
    let failed = demo(&["list", "--tag", "erands", "--json"]).code(3);
    let fault = document(&failed);
    fits("cli", "Failure", &fault);
    assert_eq!(fault["error"]["code"], "not_found");
    assert_eq!(fault["error"]["candidates"][0]["id"], "errands");
    assert!(fault["error"]["hint"].as_str().unwrap().starts_with("did you mean \"Errands\"?"), "{fault}");
}

#[test]
fn a_tag_is_named_by_its_name_or_a_part_of_it() {
    let list = |tag: &str| stdout(&demo(&["list", "--tag", tag, "-q"]).success());
    assert!(!list("errands").is_empty());
    for tag in ["ERRANDS", "#errands", "errand"] {
        assert_eq!(list(tag), list("errands"), "{tag}");
    }
    demo(&["list", "--tag", "n", "-q"]).code(5);
}

#[test]
fn a_tag_without_tasks_selects_nothing() {
    let served = Served::start("tags-without-tasks");
    served.sign_in("me@example.com");
    served.run(&["tag", "create", "later"], "").success();
    served.run(&["list", "--tag", "later", "-q"], "").success().stdout_eq("");
    served.run(&["list", "--tag", "sooner", "-q"], "").code(3);
}

#[test]
fn a_tag_of_other_days_and_of_closed_tasks_exists() {
    let served = Served::start("tags-of-tasks");
    served.sign_in("me@example.com");
    let run = |args: &[&str]| stdout(&served.run(args, "").success()).trim().to_owned();
    let id = run(&["add", "Milk", "--tag", "shop", "-q"]);
    for extra in [&[][..], &["--no-mirror"], &["--max-age", "0s"]] {
        assert_eq!(run(&[&["list", "--tag", "shop", "-q"], extra].concat()), id);
        assert_eq!(run(&[&["today", "--tag", "shop", "-q"], extra].concat()), "");
        assert_eq!(run(&[&["list", "--tag", "shop", "--due", "week", "-q"], extra].concat()), "");
        let misspelt = served.run(&[&["today", "--tag", "shpo", "-q"], extra].concat(), "").code(3);
        assert!(stderr(&misspelt).contains("did you mean \"shop\"?"), "{}", stderr(&misspelt));
    }
    run(&["done", "--tag", "shop", "--yes"]);
    assert_eq!(run(&["list", "--status", "done", "--tag", "shop", "-q"]), id);
}

#[test]
fn what_is_younger_than_the_mirror_is_found() {
    let served = Served::start("selecting-young");
    served.sign_in("me@example.com");
    let run = |args: &[&str]| stdout(&served.run(args, "").success());
    run(&["list"]);
    run(&["tag", "create", "later", "--no-mirror"]);
    assert_eq!(run(&["list", "--tag", "later", "-q"]), "");
    run(&["project", "create", "Flat", "--no-mirror"]);
    assert_eq!(run(&["list", "--project", "flat", "-q"]), "");
    served.run(&["list", "--tag", "sooner", "--offline"], "").code(3);
}

#[test]
fn a_closed_task_is_found_by_its_id_beside_one_that_is_named_by_its_title() {
    let served = Served::start("selecting-closed");
    served.sign_in("me@example.com");
    let run = |args: &[&str]| stdout(&served.run(args, "").success());
    let ids = ["Milk", "Bread"].map(|title| run(&["add", title, "-q"]));
    run(&["done", "milk", "bread"]);
    assert_eq!(run(&["reopen", ids[0].trim(), "bread", "-q"]), ids.concat());
}

#[test]
fn a_text_without_words_selects_nothing() {
    for line in [&["list", "--text", ""][..], &["rm", "--text", "", "--yes"], &["done", "--text", "  ", "--yes"]] {
        let refused = demo(line).code(2);
        assert!(stderr(&refused).contains("--text needs at least one word"), "{line:?}: {}", stderr(&refused));
    }
}

#[test]
fn lists_and_filters_take_the_same_words_for_dates() {
    let selected = |due: &str| stdout(&demo(&["list", "--due", due, "-q"]).success());
    for word in ["overdue", "today", "tomorrow", "week", "nextweek", "month", "nextmonth", "none", "-7..-1", "0..3"] {
        let saved = document(&demo(&["filter", "create", "x", "--due", word, "--json"]).success());
        assert!(saved["data"][0]["rule"].as_str().unwrap().contains("dueDate"), "{word}");
        selected(word);
    }
    for (word, other) in [
        ("week", "thisweek"),
        ("week", "this week"),
        ("nextweek", "next week"),
        ("month", "thismonth"),
        ("nextmonth", "next month"),
        ("none", "nodue"),
        ("tomorrow", "1..1"),
        ("today", "0..0"),
    ] {
        assert_eq!(selected(word), selected(other), "{other}");
        let about = |word: &str| {
            let saved = document(&demo(&["filter", "create", "x", "--due", word, "--json"]).success());
            saved["data"][0]["about"].clone()
        };
        if !other.contains("..") {
            assert_eq!(about(word), about(other), "{other}");
        }
    }
    // Monday 23 November.
    assert_eq!(selected("nextweek"), selected("2026-11-30..2026-12-06"));
    assert_eq!(selected("month"), selected("2026-11-01..2026-11-30"));
    assert_eq!(selected("nextmonth"), selected("2026-12-01..2026-12-31"));
    assert_eq!(selected("-7..-1"), selected("2026-11-16..2026-11-22"));
    let refused = demo(&["list", "--due", "3..0"]).code(2);
    assert!(stderr(&refused).contains("2026-11-26 is after 2026-11-23"), "{}", stderr(&refused));
}

#[test]
fn a_file_that_does_not_exist_is_not_found() {
    for line in [
        "import /nowhere.csv",
        "import /nowhere.csv --dry-run",
        "attachment upload dentist /nowhere.png",
        "api tag.batch -d @/nowhere.json",
        "api check task.get --response /nowhere.json",
        "api check tag.batch --request /nowhere.json",
        "serve --seed-file /nowhere.json",
        "serve --faults /nowhere.json",
    ] {
        let failed = demo(&line.split(' ').collect::<Vec<_>>());
        assert!(stderr(&failed).contains("/nowhere."), "{line}: {}", stderr(&failed));
        let status = failed.get_output().status.code();
        assert_eq!(status, Some(3), "{line}: {}", stderr(&failed));
    }
    demo(&["attachment", "upload", "dentist", "."]).code(2);
}

#[test]
fn tabs_and_line_breaks_are_written_as_the_help_says() {
    let served = Served::start("line-breaks");
    served.sign_in("me@example.com");
    served.run(&["add", "Milk", "--content", "two\tcans\nno sugar"], "").success();
    let list = served.run(&["list", "-o", "tsv", "--fields", "title,content"], "").success();
    assert_eq!(stdout(&list), "Milk\ttwo\\tcans\\nno sugar\n");
}
