//! `ticktick history` and `ticktick undo`.

use serde_json::{Value, json};

use crate::sessions::Served;
use crate::support::{demo, json as document, stderr, stdout, ticktick};

fn signed_in(name: &str) -> Served {
    let served = Served::start(name);
    served.sign_in("me@example.com");
    served
}

#[test]
fn the_latest_command_is_undone() {
    let served = signed_in("undo");
    let ids = ["Milk", "Bread"].map(|title| stdout(&served.run(&["task", "add", title, "-q"], "").success()));
    served.run(&["task", "done", "milk", "bread"], "").success();
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), "");

    let undone = served.run(&["undo"], "").success();
    assert_eq!(stdout(&undone), "✓ Restored task \"Bread\"\n✓ Restored task \"Milk\"\n");
    assert_eq!(stdout(&served.run(&["task", "list", "-q", "--max-age", "0s"], "").success()).lines().count(), 2);
    served.run(&["undo"], "").success().stdout_eq("✓ Moved task \"Bread\" to the trash\n");
    let undone = document(&served.run(&["undo", "--json"], "").success());
    let object = &undone["data"][0]["objects"][0];
    assert_eq!(object["id"].as_str(), Some(ids[0].trim()));
    assert_eq!(object["action"], "create");
    served
        .run(&["undo"], "")
        .code(3)
        .stderr_eq("error: there is nothing to undo\nhint: `ticktick history` lists what was written\n");
}

#[test]
fn one_write_is_undone_and_redone_by_its_number() {
    let served = signed_in("redo");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success());
    served.run(&["undo", "1"], "").success();
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), "");
    let history = document(&served.run(&["history", "--json"], "").success());
    let [undo, add] = &history["data"].as_array().unwrap()[..] else { panic!("{history}") };
    assert_eq!(add["undone"], true);
    assert_eq!(undo["undoes"], 1);
    assert_eq!(undo["command"], "undo 1");
    assert_eq!(undo["undone"], false);
    let number = undo["id"].to_string();
    let restored = stdout(&served.run(&["undo", &number], "").success());
    assert_eq!(restored, "✓ Restored task \"Milk\"\n");
    assert_eq!(stdout(&served.run(&["task", "list", "-q"], "").success()), id);
    let history = document(&served.run(&["history", "--json"], "").success());
    let undone: Vec<&Value> = history["data"].as_array().unwrap().iter().map(|entry| &entry["undone"]).collect();
    assert_eq!(undone, [&json!(false), &json!(true), &json!(false)]);
}

#[test]
fn the_history_tells_what_was_done() {
    let served = signed_in("history");
    served.run(&["history"], "").success().stdout_eq("Nothing was written from this machine.\n");
    served.run(&["task", "add", "Milk"], "").success();
    served.run(&["task", "done", "milk"], "").success();
    let text = stdout(&served.run(&["history"], "").success());
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].contains("  done  ") && lines[0].ends_with("changed task \"Milk\"  done"), "{text}");
    assert!(
        lines[1].starts_with("   1  2")
            && lines[1].contains("  add  ")
            && lines[1].ends_with("created task \"Milk\"  done"),
        "{text}"
    );
    assert_eq!(stdout(&served.run(&["history", "--limit", "1"], "").success()).lines().count(), 1);
    let history = document(&served.run(&["history", "--json"], "").success());
    let add = &history["data"][1];
    assert_eq!(add["command"], "add");
    assert_eq!(add["operation"], "task.batch");
    assert_eq!(add["changes"][0]["title"], "Milk");
    assert_eq!(add["outcome"], "done");
}

#[test]
fn what_somebody_has_changed_since_is_not_undone() {
    let served = signed_in("undo-conflict");
    let id = stdout(&served.run(&["task", "add", "Milk", "-q"], "").success()).trim().to_owned();
    let mut tasks = document(&served.run(&["api", "GET", "/api/v3/batch/check/0"], "").success());
    let mut task = tasks["syncTaskBean"]["update"][0].take();
    assert_eq!(task["id"], id.as_str());
    task["title"] = "Oat milk".into();
    let body = json!({ "update": [task] }).to_string();
    served.run(&["api", "task.batch", "-d", &body, "--no-mirror"], "").success();

    let refused = served.run(&["undo"], "").code(6);
    let said = stderr(&refused);
    let wanted = "error: write 1 was not undone, because task \"Oat milk\" has changed since\n         \
                  before  after  now\n  title  none    Milk   Oat milk\nhint: compare the versions, then change it by \
                  hand; `ticktick history` lists all writes\n";
    assert_eq!(said, wanted);
    let fault = document(&served.run(&["undo", "--json"], "").code(6));
    assert_eq!(fault["error"]["code"], "conflict");
    assert_eq!(
        fault["error"]["members"],
        json!([{ "name": "title", "before": null, "after": "Milk", "now": "Oat milk" }])
    );
}

#[test]
fn a_refused_undo_is_in_the_history() {
    let served = signed_in("undo-refused");
    for title in ["Milk", "Bread"] {
        served.run(&["task", "add", title], "").success();
    }
    served.run(&["task", "done", "milk", "bread"], "").success();
    served.control("POST", "/_sim/faults", r#"{"operation":"task.batch","status":403}"#);
    let failed = served.run(&["undo"], "").failure();
    assert!(stderr(&failed).contains("403"), "{}", stderr(&failed));
    let text = stdout(&served.run(&["history"], "").success());
    let states: Vec<&str> = text.lines().map(|line| line.rsplit("  ").next().unwrap()).collect();
    assert_eq!(states, ["refused", "done", "done", "done"], "{text}");
}

#[test]
fn wrong_numbers_are_refused() {
    let served = signed_in("undo-wrong");
    served
        .run(&["undo", "12"], "")
        .code(3)
        .stderr_eq("error: write 12 does not exist\nhint: `ticktick history` lists the writes\n");
    served.run(&["undo", "milk"], "").code(2);
    served.run(&["history", "--limit", "x"], "").code(2);
    served.run(&["undo", "--read-only"], "").code(3);
    ticktick(&["undo"]).assert().code(4);
    demo(&["undo"]).code(3);
    demo(&["history"]).success();
}

#[test]
fn the_history_begins_at_a_day() {
    let served = signed_in("since");
    served.run(&["task", "add", "Milk"], "").success();
    served.run(&["task", "done", "milk"], "").success();
    let lines = |args: &[&str]| stdout(&served.run(args, "").success()).lines().count();
    assert_eq!(lines(&["history", "-q", "--since", "yesterday"]), 2);
    assert_eq!(lines(&["history", "-q", "--since", "yesterday", "--limit", "1"]), 1);
    served.run(&["history", "--since", "someday"], "").code(2);
}

#[test]
fn a_deleted_project_comes_back_with_its_tasks_and_columns() {
    let served = signed_in("undo-project");
    let run = |args: &[&str]| stdout(&served.run(args, "").success());
    run(&["project", "create", "Flat"]);
    run(&["column", "create", "Doing", "--project", "Flat"]);
    let old = run(&["add", "Old", "--project", "Flat", "-q"]);
    run(&["rm", "old", "--yes"]);
    let boxes = run(&["add", "Boxes", "--project", "Flat", "--column", "Doing", "-q"]);
    let books = run(&["add", "Books", "--project", "Flat", "--parent", "Boxes", "-q"]);
    run(&["project", "rm", "flat", "--yes=Flat"]);
    assert_eq!(run(&["task", "trash", "-q"]).lines().count(), 3);

    let undone = run(&["undo"]);
    assert!(undone.starts_with("✓ Created project \"Flat\" again, with the new id "), "{undone}");
    assert!(undone.contains("✓ Created column \"Doing\" again"), "{undone}");
    assert!(undone.ends_with("✓ Restored task \"Boxes\"\n✓ Restored task \"Books\"\n"), "{undone}");
    assert_eq!(run(&["list", "--project", "flat", "-q", "--max-age", "0s"]), format!("{boxes}{books}"));
    assert_eq!(run(&["task", "trash", "-q"]), old);
    let tasks = document(&served.run(&["list", "--project", "flat", "--json"], "").success());
    let [first, second] = &tasks["data"].as_array().unwrap()[..] else { panic!("{tasks}") };
    assert_eq!(second["parent"], first["id"], "{tasks}");
    let columns = document(&served.run(&["column", "list", "flat", "--json"], "").success());
    assert_eq!(columns["data"][0]["id"], first["column"], "{tasks}\n{columns}");
    let history = run(&["history"]);
    assert!(history.contains("undo"), "{history}");
}

#[test]
fn a_deleted_folder_comes_back_with_its_projects() {
    let served = signed_in("undo-folder");
    let run = |args: &[&str]| stdout(&served.run(args, "").success());
    run(&["folder", "create", "Private"]);
    run(&["project", "create", "Flat", "--folder", "Private"]);
    run(&["folder", "rm", "private", "--yes"]);
    let deletion =
        document(&served.run(&["history", "--limit", "1", "--json"], "").success())["data"][0]["id"].to_string();
    let undone = run(&["undo", &deletion]);
    assert!(undone.starts_with("✓ Created folder \"Private\" again, with the new id "), "{undone}");
    assert!(undone.ends_with("✓ Restored project \"Flat\"\n"), "{undone}");
    let projects = document(&served.run(&["project", "list", "--json", "--max-age", "0s"], "").success());
    let flat = projects["data"].as_array().unwrap().iter().find(|project| project["name"] == "Flat").unwrap();
    assert_eq!(flat["folder"], "Private", "{projects}");
    let history = document(&served.run(&["history", "--json"], "").success());
    let undone = |command: &str| {
        let writes = history["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|write| write["command"].as_str().unwrap().starts_with(command));
        writes.map(|write| write["undone"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(undone("folder delete"), [true, true], "{history}");
    let lines = run(&["history"]);
    assert!(
        lines.lines().any(|line| line.contains("  folder delete  ") && line.contains("changed project")),
        "{lines}"
    );
}

#[test]
fn a_write_that_cannot_be_undone_names_no_undo() {
    let served = signed_in("undo-never");
    served.run(&["add", "Milk"], "").success();
    let started = document(&served.run(&["focus", "start", "--json"], "").success());
    assert!(started["meta"].get("undo").is_none(), "it would undo another command: {started}");
    let settings =
        document(&served.run(&["user", "settings", "set", "start_day_of_week", "SUN", "--json"], "").success());
    assert!(settings["meta"].get("undo").is_none(), "{settings}");
}

#[test]
fn an_undone_check_in_is_named_by_its_day() {
    let served = signed_in("undo-check-in");
    served.run(&["habit", "create", "Read"], "").success();
    served.run(&["habit", "check-in", "read", "--date", "yesterday"], "").success();
    let undone = stdout(&served.run(&["undo"], "").success());
    let first = undone.lines().next().unwrap();
    assert!(
        first.starts_with("✓ Deleted the check-in of 20") && first.len() == "✓ Deleted the check-in of ".len() + 10,
        "{undone}"
    );
}

#[test]
fn a_habit_that_is_created_again_has_no_check_ins() {
    let served = signed_in("undo-habit");
    served.run(&["habit", "create", "Read"], "").success();
    served.run(&["habit", "check-in", "read"], "").success();
    served.run(&["habit", "delete", "read", "--yes"], "").success();
    let undone = stdout(&served.run(&["undo"], "").success());
    assert!(undone.starts_with("✓ Created habit \"Read\" again, with the new id "), "{undone}");
    assert!(undone.ends_with(" and without its check-ins\n"), "{undone}");
}

#[test]
fn the_history_names_objects_by_their_titles() {
    let served = signed_in("history-titles");
    for title in ["Milk", "Bread", "Salt", "Oil", "Rice", "Tea"] {
        served.run(&["add", title], "").success();
    }
    served.run(&["done", "milk", "bread"], "").success();
    served.run(&["rm", "salt", "oil", "rice", "tea", "--yes"], "").success();
    served.run(&["undo"], "").success();
    let text = stdout(&served.run(&["history"], "").success());
    let has_id = |line: &str| line.split([' ', ',']).any(|word| word.len() == 24 && !word.contains(':'));
    assert!(!text.lines().any(has_id) && !text.contains("…") && !text.contains("  rm and"), "{text}");
    assert!(text.contains("  rm  ") && text.contains("and 3 more"), "{text}");
}
