//! `ticktick add`.

use serde_json::{Value, json};

use crate::sessions::Served;
use crate::support::{demo, golden, json as document, stderr, stdout, ticktick};

/// The time of the quick-add samples.
const NOW: &str = "2026-11-26T10:00[Europe/Berlin]";
const RENT: &str = "Pay rent fri 9am !high #home ~Flat every month";

fn explained(args: &[&str]) -> Value {
    let assert = ticktick(&["--demo", "add", "--explain", "--json"]).env("TICKTICK_DEMO_NOW", NOW).args(args).assert();
    document(&assert.success())["data"].clone()
}

#[test]
fn a_line_is_explained() {
    let explain = ticktick(&["--demo", "add", RENT, "--explain"]).env("TICKTICK_DEMO_NOW", NOW).assert().success();
    explain.stdout_eq(golden("explain.txt")).stderr_eq("");
    assert_eq!(
        explained(&[RENT]),
        json!({
            "title": "Pay rent", "project": "Flat", "tags": ["home"], "priority": "high",
            "due": "2026-11-27T09:00+01:00[Europe/Berlin]", "repeat": "RRULE:FREQ=MONTHLY;INTERVAL=1;FROM=2",
            "reminders": null, "notes": [],
        })
    );
}

#[test]
fn words_and_options_are_one_line() {
    let read = explained(&["Dentist", "dec", "1", "3pm", "--remind", "1h,10m", "--tag", "#health"]);
    assert_eq!(read["title"], "Dentist");
    assert_eq!(read["due"], "2026-12-01T15:00+01:00[Europe/Berlin]");
    assert_eq!(read["reminders"], "1h,10m");
    assert_eq!(read["tags"], json!(["health"]));
    assert_eq!(explained(&["Milk tomorrow", "--literal"])["title"], "Milk tomorrow");
    assert_eq!(explained(&["Milk tomorrow", "--keep-text"])["title"], "Milk tomorrow");
    assert_eq!(explained(&["Milk tomorrow", "--keep-text"])["due"], "2026-11-27");
    assert_eq!(explained(&["Fair", "--due", "2026-12-05", "--start", "2026-12-01"])["due"], "2026-12-01/2026-12-05");
    let noted = explained(&["Fix it !hihg"]);
    assert_eq!(noted["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn doubtful_words_are_noted_also_in_a_pipe() {
    let explain = ticktick(&["--demo", "add", "The cat sat", "--explain"]).env("TICKTICK_OUTPUT", "tsv").assert();
    let notes = stderr(&explain.success());
    assert!(notes.contains("note: \"sat\" stays in the title"), "{notes}");
}

#[test]
fn a_refused_line_gives_its_reason() {
    let refused = document(&demo(&["add", "Dinner at 7", "--explain", "--json"]).code(2));
    assert_eq!(refused["error"]["code"], "usage");
    assert!(refused["error"]["message"].as_str().unwrap().contains("can mean"), "{refused}");
    assert!(refused["error"]["hint"].as_str().unwrap().contains("7pm"), "{refused}");
}

#[test]
fn explaining_needs_no_account() {
    let read = ticktick(&["add", "Milk tomorrow", "--explain"]).assert().success();
    assert!(stdout(&read).contains("title") && stdout(&read).contains("tomorrow"), "{}", stdout(&read));
}

#[test]
fn every_field_is_an_option() {
    let served = Served::start("add-fields");
    served.sign_in("me@example.com");
    served.run(&["add", "Trip"], "").success();
    let args = [
        "add",
        "Book",
        "a",
        "hotel",
        "--priority",
        "high",
        "--tag",
        "travel",
        "--due",
        "2030-01-01 9am",
        "--repeat",
        "monthly",
        "--remind",
        "10m",
        "--content",
        "Near the station",
        "--item",
        "Dates",
        "--item",
        "Budget",
        "--pin",
        "--parent",
        "trip",
        "--json",
    ];
    let task = document(&served.run(&args, "").success())["data"][0].clone();
    assert_eq!(task["title"], "Book a hotel");
    assert_eq!(task["priority"], "high");
    assert_eq!(task["tags"], json!(["travel"]));
    assert_eq!(task["content"], "Near the station");
    assert_eq!(task["items"].as_array().unwrap().len(), 2);
    assert_eq!(task["reminders"], json!(["TRIGGER:-PT10M"]));
    assert!(task["repeats"].as_str().unwrap().contains("FREQ=MONTHLY"), "{task}");
    assert_eq!(task["pinned"], true);
    assert!(task["parent"].is_string(), "{task}");
    let note = document(&served.run(&["add", "Ideas", "--note", "--content", "-", "--json"], "One\nTwo").success());
    assert_eq!(
        (note["data"][0]["kind"].as_str(), note["data"][0]["content"].as_str()),
        (Some("note"), Some("One\nTwo"))
    );
}

#[test]
fn lines_become_tasks_in_one_batch() {
    let served = Served::start("add-lines");
    served.sign_in("me@example.com");
    let preview = document(&served.run(&["add", "-", "--dry-run", "--json"], "Milk\n\nBread #food\n").success());
    assert_eq!(preview["data"].as_array().unwrap().len(), 1);
    assert_eq!(preview["data"][0]["body"]["add"].as_array().unwrap().len(), 2);
    let added = served.run(&["add", "-", "--tag", "shop"], "Milk\n\nBread #food\n").success();
    assert_eq!(stdout(&added), "✓ Milk · Inbox · #shop\n✓ Bread · Inbox · #food #shop\n");
    let refused = served.run(&["add", "-"], "Milk\nDinner at 7\n").code(2);
    assert!(stderr(&refused).contains("line \"Dinner at 7\""), "{}", stderr(&refused));
    assert_eq!(stdout(&served.run(&["list", "-q"], "").success()).lines().count(), 2, "nothing of the second run");
    served.run(&["add", "-"], "").success().stdout_eq("");
}

#[test]
fn an_unknown_project_is_an_error_with_candidates() {
    let fault = document(&demo(&["add", "Milk ~Moon", "--json"]).code(3));
    assert_eq!(fault["error"]["code"], "not_found");
    let candidates = fault["error"]["candidates"].as_array().unwrap();
    assert!(candidates.iter().any(|candidate| candidate["name"] == "Inbox"), "{fault}");
}

#[test]
fn a_part_of_the_name_of_an_archived_project_is_not_enough() {
    let refused = demo(&["add", "Pay rent ~Flat"]).code(3);
    assert!(stderr(&refused).contains("is archived"), "{}", stderr(&refused));
    demo(&["add", "Pay rent ~\"old flat\""]).success();
}
