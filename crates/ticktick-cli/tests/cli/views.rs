//! Views for people: calendars, boards, charts and reports, each also for programs.

use crate::sessions::Served;
use crate::support::{demo, golden, json, stderr, stdout, ticktick};

/// The views of the demo account.
const VIEWS: &[(&str, &[&str])] = &[
    ("week", &["week"]),
    ("calendar-month", &["calendar", "--month"]),
    ("calendar-days", &["calendar", "tomorrow", "--days", "2"]),
    ("calendar-project", &["calendar", "--project", "work"]),
    ("calendar-list", &["calendar", "list"]),
    ("calendar-archived", &["calendar", "archived"]),
    ("stats", &["stats"]),
    ("stats-days", &["stats", "days", "--since", "last week"]),
    ("stats-projects", &["stats", "projects"]),
    ("stats-score", &["stats", "score"]),
    ("focus-stats", &["focus", "stats", "--since", "3d"]),
    ("focus-stats-task", &["focus", "stats", "--by", "task"]),
    ("habit-calendar", &["habit", "calendar"]),
    ("habit-calendar-weeks", &["habit", "calendar", "read", "--weeks", "8"]),
    ("log", &["log", "--since", "month"]),
    ("log-project", &["log", "--since", "month", "--group-by", "project"]),
    ("show", &["show", "plan the team"]),
    ("show-child", &["show", "collect dietary"]),
    ("project-show", &["project", "show", "website"]),
    ("list", &["list"]),
    ("next", &["next"]),
    ("project-board", &["project", "show", "website", "--board"]),
];

fn drawn(args: &[&str], columns: &str) -> String {
    let run = ticktick(&["--demo", "--output", "table"]).args(args).env("COLUMNS", columns).assert().success();
    let text = stdout(&run.stderr_eq(""));
    let widest = text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0);
    assert!(widest <= columns.parse().unwrap(), "{args:?} is {widest} columns wide:\n{text}");
    text
}

#[test]
fn views_of_the_demo_account_are_drawn() {
    for &(name, args) in VIEWS {
        snapbox::assert_data_eq!(drawn(args, "80"), golden(&format!("views/{name}.txt")));
    }
}

#[test]
fn views_fit_any_width() {
    for &(name, args) in VIEWS {
        // Ids and summaries are not cut.
        let narrow = match name {
            "project-show" => "46",
            "next" => "64",
            _ => "40",
        };
        for columns in [narrow, "120"] {
            drawn(args, columns);
        }
    }
}

#[test]
fn views_can_be_read_aloud() {
    for &(_, args) in VIEWS {
        let text = drawn(&[args, &["--accessible"]].concat(), "80");
        assert!(!text.contains(['▇', '█', '▁', '☐', '☑']), "{args:?}:\n{text}");
    }
}

#[test]
fn views_are_data_for_programs() {
    for &(name, args) in VIEWS {
        let document = json(&demo(&[args, &["--json"]].concat()).success());
        let count = document["data"].as_array().unwrap().len();
        assert_eq!(document["meta"]["count"], count, "{name}");
        let ids = stdout(&demo(&[args, &["-q"]].concat()).success());
        assert_eq!(ids.lines().count(), count, "{name}");
        let csv = stdout(&demo(&[args, &["-o", "csv"]].concat()).success());
        assert!(csv.lines().count() > count, "{name}: {csv}");
    }
}

#[test]
fn colors_mark_what_is_overdue() {
    let week = stdout(&demo(&["week", "-o", "table", "--color", "always"]).success());
    assert!(week.contains("\u{1b}[31m"), "{week}");
    let plain = stdout(&demo(&["week", "-o", "table"]).success());
    assert!(!plain.contains('\u{1b}'), "{plain}");
}

#[test]
fn an_empty_account_has_views() {
    let served = Served::start("empty-views");
    served.sign_in("me@example.com");
    for args in [
        &["week"][..],
        &["calendar", "--month"],
        &["calendar", "list"],
        &["stats"],
        &["stats", "days"],
        &["stats", "projects"],
        &["stats", "score"],
        &["focus", "stats"],
        &["focus", "stats", "--by", "hour"],
        &["focus", "stats", "--by", "tag"],
        &["habit", "calendar"],
        &["log"],
        &["log", "--group-by", "tag", "-o", "md"],
        &["project", "show", "inbox"],
        &["project", "show", "inbox", "--board"],
        &["report", "--html", "-"],
    ] {
        served.run(args, "").success();
        if !args.contains(&"-o") {
            served.run(&[args, &["-o", "table"]].concat(), "").success();
        }
    }
    let offline = served.run(&["week", "--offline"], "").success();
    assert!(stderr(&offline).contains("not shown offline"));
}

#[test]
fn what_was_completed_is_a_list_in_markdown() {
    let log = demo(&["log", "--since", "month", "--group-by", "project", "--output", "md"]).success();
    log.stdout_eq(golden("views/log.md")).stderr_eq("");
    let table = stdout(&demo(&["log", "--since", "month", "--output", "md"]).success());
    assert!(table.starts_with("| id | title |"), "{table}");
}

#[test]
fn a_report_is_one_page() {
    let path = format!("{}/report.html", env!("CARGO_TARGET_TMPDIR"));
    let written = json(&demo(&["report", "--html", &path, "--json"]).success());
    assert_eq!(written["data"][0]["file"], path);
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("💼 Work") && page.ends_with("</html>\n"));
    assert_eq!(stdout(&demo(&["report", "--html", "-"]).success()), page);
    demo(&["report", "--html", "/nowhere/report.html"]).code(1).stdout_eq("");
}

#[test]
fn what_cannot_be_shown_is_an_error() {
    for (args, code) in [
        (&["calendar", "someday"][..], 2),
        (&["calendar", "--days", "0"], 2),
        (&["calendar", "--month", "--days", "3"], 2),
        (&["calendar", "--project", "nonsense"], 3),
        (&["stats", "days", "--since", "soon"], 2),
        (&["stats", "days", "--since", "today", "--until", "yesterday"], 2),
        (&["stats", "days", "--since", "9999-12-31"], 2),
        (&["focus", "stats", "--by", "mood"], 2),
        (&["habit", "calendar", "nonsense"], 3),
        (&["habit", "calendar", "--weeks", "0"], 2),
        (&["log", "--group-by", "mood"], 2),
        (&["log", "--project", "nonsense"], 3),
        (&["log", "--since", ""], 2),
        (&["show", "nonsense"], 3),
        (&["show", "e"], 5),
        (&["project", "show", "nonsense", "--board"], 3),
        (&["report"], 2),
        (&["week", "--fields", "mood"], 2),
    ] {
        let failed = demo(&[args, &["--json"]].concat()).code(code);
        assert_eq!(json(&failed)["ok"], false, "{args:?}");
    }
}

#[test]
fn tasks_are_shown_without_events_that_cannot_be_read() {
    let served = Served::start("no-events");
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Milk", "--due", "today"], "").success();
    for operation in ["calendar.bound_events_between", "calendar.third_accounts"] {
        let fault = format!(r#"{{"operation":"{operation}","times":9,"status":400}}"#);
        served.control("POST", "/_sim/faults", &fault);
        let week = served.run(&["week", "--json"], "").success();
        assert!(stderr(&week).contains("warning: events could not be read"), "{operation}: {}", stderr(&week));
        assert_eq!(json(&week)["data"][0]["title"], "Milk");
        served.control("DELETE", "/_sim/faults", "");
    }
}

#[test]
fn titles_cannot_control_the_terminal() {
    const TITLE: &str = "a\u{7f}b\u{9b}31mc\u{202e}d\u{e0041}\u{1b}[2J<script>";
    let served = Served::start("harmless-views");
    served.sign_in("me@example.com");
    let add = || {
        let added =
            json(&served.run(&["task", "add", TITLE, "--due", "today", "--content", TITLE, "--json"], "").success());
        added["data"][0]["id"].as_str().unwrap().to_owned()
    };
    let (open, done) = (add(), add());
    served.run(&["task", "done", &done], "").success();
    for args in [
        &["week"][..],
        &["calendar", "--month"],
        &["log", "--group-by", "project", "-o", "md"],
        &["log"],
        &["show", &open],
        &["show", &done],
        &["project", "show", "inbox", "--board"],
        &["report", "--html", "-"],
    ] {
        let table: &[&str] = if args.contains(&"-o") { &[] } else { &["-o", "table"] };
        let text = stdout(&served.run(&[args, table].concat(), "").success());
        let harmful = |c: char| c.is_control() && c != '\n' || c == '\u{202e}' || c == '\u{e0041}';
        assert!(text.contains(r"a\u{7f}") || text.contains(r"a\\u{7f}"), "{args:?}: {text:?}");
        assert!(!text.contains(harmful), "{args:?}: {text:?}");
        assert!(!text.contains("<script>") || args[0] != "report", "{text}");
    }
}
