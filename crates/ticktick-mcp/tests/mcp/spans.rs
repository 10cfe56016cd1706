//! Dates and spans of days: in the forms of answers, of weeks, and with limits.

use serde_json::{Value, json};

use crate::process::Process;

fn text(answer: &Value) -> &str {
    answer["text"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn a_date_in_the_form_of_an_answer_can_be_given_back() {
    let mut server = Process::start(&["--demo"]);
    for (date, wanted) in [
        ("Mon 2026-11-30 14:00-16:00", "Mon 2026-11-30 14:00-16:00"),
        ("2026-12-04 10:00-11:00", "Fri 2026-12-04 10:00-11:00"),
        ("Tue 2027-01-05 to Sat 2027-01-09", "Tue 2027-01-05 to Sat 2027-01-09"),
        ("Sun 2027-01-03 13:25 to Mon 2027-01-04 01:10", "Sun 2027-01-03 13:25 to Mon 2027-01-04 01:10"),
    ] {
        let args = json!({"tasks": [{"title": "D", "due": date}], "dry_run": true});
        let answer = server.call("add_tasks", args);
        assert!(text(&answer).ends_with(&format!("\nD | Inbox | {wanted}")), "{date}: {answer}");
    }
}

#[test]
fn weeks_and_months_are_spans() {
    let mut server = Process::start(&["--demo"]);
    for (due, days) in [
        ("this week", "2026-11-23..2026-11-29"),
        ("next week", "2026-11-30..2026-12-06"),
        ("下周", "2026-11-30..2026-12-06"),
        ("this month", "2026-11-01..2026-11-30"),
        ("next month", "2026-12-01..2026-12-31"),
        ("this weekend", "2026-11-28..2026-11-29"),
    ] {
        let named = server.call("find_tasks", json!({"due": due}));
        let given = server.call("find_tasks", json!({"due": days}));
        assert!(named["total"].as_u64() > Some(0) && named == given, "{due}: {named} {given}");
    }
    assert_eq!(server.call("find_tasks", json!({"closed": "this week"}))["total"], 2);
}

#[test]
fn closed_tasks_are_narrowed_by_date() {
    let mut server = Process::start(&["--demo"]);
    let args = json!({"tasks": [{"title": "Late one", "due": "yesterday"}, {"title": "Plain one"}]});
    server.call("add_tasks", args);
    server.call("complete_tasks", json!({"tasks": ["Late one", "Plain one"]}));
    for (due, count) in [("yesterday", 1), ("today", 0)] {
        let found = server.call("find_tasks", json!({"status": "done", "text": "one", "due": due}));
        assert_eq!(found["total"], count, "{found}");
    }
    let found = server.call("find_tasks", json!({"status": "done", "text": "one", "due": "none"}));
    assert!(found["total"] == 1 && text(&found).contains("Plain one"), "{found}");
}

#[test]
fn an_agenda_shows_all_of_its_days_or_says_so() {
    let mut server = Process::start(&["--demo"]);
    let answer = server.call("agenda", json!({"days": 90}));
    assert!(text(&answer).starts_with("The agenda has at most 31 days."), "{answer}");
}

#[test]
fn an_agenda_counts_a_task_of_several_days_once() {
    let mut server = Process::start(&["--demo"]);
    let answer = server.call("agenda", json!({"from": "2027-01-05", "days": 5, "overdue": false}));
    assert_eq!(answer["total"], 1, "{answer}");
    assert_eq!(text(&answer).matches("In Kyoto").count(), 5);
}

#[test]
fn statistics_name_the_projects() {
    let mut server = Process::start(&["--demo"]);
    let answer = server.call("statistics", json!({}));
    assert!(text(&answer).contains("\n💼 Work | 1 completed") && text(&answer).contains("\nInbox | 1 completed"));
    assert!(text(&answer).contains("\nWed 2026-11-25: 1 completed"), "{answer}");
}
