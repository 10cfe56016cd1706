//! The commands on tasks: lists, and every command that writes.

use serde_json::Value;

use crate::sessions::Served;
use crate::support::{demo, golden, json, stderr, stdout, ticktick};

fn signed_in(name: &str) -> Served {
    let served = Served::start(name);
    served.sign_in("me@example.com");
    served
}

fn titles(document: &Value) -> Vec<&str> {
    document["data"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect()
}

#[test]
fn every_list_has_its_table() {
    let lists: &[&[&str]] = &[
        &["tomorrow"],
        &["overdue"],
        &["inbox"],
        &["next", "--limit", "3"],
        &["search", "dentist"],
        &["list", "--status", "done"],
        &["list", "--status", "wont-do"],
        &["task", "trash"],
    ];
    let mut text = String::new();
    for list in lists {
        text.push_str(&format!("$ ticktick {}\n{}\n", list.join(" "), stdout(&demo(list).success())));
    }
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(text, golden("lists.txt"));
}

#[test]
fn every_list_has_its_json() {
    let read = |args: &[&str]| json(&ticktick(&["--demo", "--json"]).args(args).assert().success());
    assert_eq!(titles(&read(&["overdue", "--limit", "1"])), ["Get the deposit back"]);
    assert_eq!(read(&["overdue", "--limit", "1"])["meta"]["more"], true);
    assert_eq!(titles(&read(&["tomorrow", "--project", "trip"])), ["Passport"]);
    assert!(read(&["inbox"])["data"].as_array().unwrap().iter().all(|task| task["project"]["name"] == "Inbox"));
    let next = read(&["next"]);
    let scores: Vec<f64> =
        next["data"].as_array().unwrap().iter().map(|task| task["score"].as_f64().unwrap()).collect();
    assert_eq!(scores.len(), 10);
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert_eq!(read(&["list", "--status", "wont-do"])["data"][0]["status"], "wont_do");
    assert_eq!(read(&["list", "--status", "done", "--limit", "2"])["meta"]["more"], true);
    assert_eq!(read(&["task", "trash"])["data"][0]["status"], "trashed");
    assert_eq!(titles(&read(&["search", "dentist", "--status", "open"])), ["Call the dentist"]);
    assert_eq!(read(&["search", "no", "such", "words"])["meta"]["count"], 0);
}

#[test]
fn the_mirror_and_the_service_answer_the_same() {
    let served = signed_in("same-answer");
    let add = ["add", "Milk", "--tag", "home", "--due", "tomorrow", "--content", "Oat", "--priority", "high"];
    served.run(&add, "").success();
    served
        .run(
            &[
                "add",
                "Party",
                "--item",
                "Cake",
                "--item",
                "Music",
                "--repeat",
                "daily",
                "--due",
                "today 9am",
                "--remind",
                "10m",
            ],
            "",
        )
        .success();
    for list in ["list", "today", "next", "inbox"] {
        for options in [&["--json"][..], &["-o", "csv"], &["-q"], &["--jq", ".[].created"], &[]] {
            let read = |more: &[&str]| {
                let mut args = vec![list];
                args.extend(options);
                args.extend(more);
                stdout(&served.run(&args, "").success())
            };
            let (mirror, service) = (read(&[]), read(&["--no-mirror"]));
            let data = |text: &str| serde_json::from_str::<Value>(text).map(|mut document| document["data"].take());
            match (data(&mirror), data(&service)) {
                (Ok(mirror), Ok(service)) if mirror.is_array() => assert_eq!(mirror, service, "{list}"),
                _ => assert_eq!(mirror, service, "{list} {options:?}"),
            }
        }
    }
}

#[test]
fn states_change() {
    let served = signed_in("states");
    served.run(&["add", "Milk"], "").success();
    served.run(&["add", "Water the plants", "--due", "2030-01-01", "--repeat", "weekly"], "").success();
    let say = |args: &[&str]| stdout(&served.run(args, "").success());
    let status = |args: &[&str]| json(&served.run(args, "").success())["data"][0]["status"].clone();
    assert_eq!(say(&["done", "milk"]), "✓ Milk\n");
    assert_eq!(say(&["reopen", "milk"]), "✓ Milk\n");
    assert_eq!(status(&["task", "wont-do", "milk", "--json"]), "wont_do");
    assert_eq!(status(&["reopen", "milk", "--json"]), "open");
    assert_eq!(say(&["task", "pin", "milk"]), "✓ Milk\n");
    assert_eq!(json(&served.run(&["task", "unpin", "milk", "--json"], "").success())["data"][0]["pinned"], false);
    assert_eq!(say(&["task", "skip", "water"]), "✓ Water the plants, next: 8 Jan 2030\n");
    let skipped = json(&served.run(&["task", "skip", "water", "--json"], "").success());
    assert_eq!(skipped["data"][0]["due"]["date"], "2030-01-15");
    let done = json(&served.run(&["done", "water", "--json"], "").success());
    assert_eq!(done["data"][0]["next"]["date"], "2030-01-22");
    assert_eq!(say(&["task", "duplicate", "milk"]), "✓ Milk in Inbox\n");
}

#[test]
fn tasks_change_their_place() {
    let served = signed_in("places");
    let id = stdout(&served.run(&["add", "Trip", "-q"], "").success()).trim().to_owned();
    served.run(&["add", "Hotel"], "").success();
    let say = |args: &[&str]| stdout(&served.run(args, "").success());
    assert_eq!(say(&["move", "hotel", "--parent", "trip"]), "✓ Hotel below Trip\n");
    let moved = json(&served.run(&["mv", "hotel", "--parent", "none", "--json"], "").success());
    assert_eq!(moved["data"][0]["parent"], Value::Null);
    assert_eq!(say(&["task", "order", "hotel", "--before", "trip"]), "✓ Hotel before Trip\n");
    assert_eq!(say(&["task", "order", "hotel", "--bottom"]), "✓ Hotel at the bottom of Inbox\n");
    assert_eq!(say(&["move", &id, "--to", "inbox"]), "✓ Trip to Inbox\n");
    served.run(&["move", "trip"], "").code(2);
    served.run(&["move", "trip", "--to", "moon"], "").code(3);
    served.run(&["move", "trip", "--column", "Doing"], "").code(3);
    served.run(&["task", "order", "trip"], "").code(2);
}

#[test]
fn what_was_deleted_last_is_restored() {
    let served = signed_in("restored");
    for title in ["Milk", "Bread", "Eggs"] {
        served.run(&["add", title], "").success();
    }
    let removed = served.run(&["rm", "milk", "bread"], "").success();
    assert_eq!(stdout(&removed), "✓ Milk to the trash\n✓ Bread to the trash\n");
    assert_eq!(stderr(&removed), "undo: ticktick task restore --last\n");
    assert_eq!(titles(&json(&served.run(&["task", "trash", "--json"], "").success())).len(), 2);
    let restored = stdout(&served.run(&["task", "restore", "--last"], "").success());
    assert!(restored.contains("✓ Milk back in Inbox\n") && restored.contains("✓ Bread back in Inbox\n"), "{restored}");
    served.run(&["task", "restore", "--last"], "").code(3);
    served.run(&["rm", "eggs"], "").success();
    let restored = json(&served.run(&["task", "restore", "eggs", "--json"], "").success());
    assert_eq!(restored["data"][0]["status"], "open");
    // Without a journal, the terminal session stores the ids.
    served.run(&["rm", "eggs", "--no-mirror"], "").success();
    served.run(&["task", "restore", "--last", "--no-mirror"], "").success().stdout_eq("✓ Eggs back in Inbox\n");
}

#[test]
fn checklists_change_item_by_item() {
    let served = signed_in("items");
    served.run(&["add", "Groceries", "--item", "Milk", "--item", "Bread"], "").success();
    let say = |args: &[&str]| stdout(&served.run(&[&["task", "item"], args].concat(), "").success());
    assert_eq!(say(&["add", "groceries", "Eggs", "Salt"]), "✓ Groceries [0/4]\n");
    assert_eq!(say(&["done", "groceries", "milk", "2"]), "✓ Groceries [2/4]\n");
    assert_eq!(say(&["reopen", "groceries", "milk"]), "✓ Groceries [1/4]\n");
    assert_eq!(say(&["rename", "groceries", "milk", "--title", "Oat milk"]), "✓ Groceries [1/4]\n");
    assert_eq!(say(&["move", "groceries", "salt", "--to", "1"]), "✓ Groceries [1/4]\n");
    assert_eq!(say(&["rm", "groceries", "eggs"]), "✓ Groceries [1/3]\n");
    served.run(&["task", "item", "done", "groceries", "butter"], "").code(3).stdout_eq("");
    served.run(&["task", "item", "rename", "groceries", "1", "2", "--title", "x"], "").code(2);
    let document = json(&served.run(&["list", "--json", "--no-mirror"], "").success());
    let items = document["data"][0]["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
}

#[test]
fn kinds_reminders_and_addresses() {
    let served = signed_in("kinds");
    served.run(&["add", "Milk", "--due", "2030-01-01 9am"], "").success();
    let say = |args: &[&str]| stdout(&served.run(args, "").success());
    assert_eq!(say(&["task", "remind", "milk", "--at", "1h,10m"]), "✓ Milk with 2 reminders\n");
    assert_eq!(say(&["task", "remind", "milk", "--at", "none"]), "✓ Milk without reminders\n");
    assert_eq!(say(&["task", "convert", "milk", "--to", "note"]), "✓ Milk is a note now\n");
    served.run(&["done", "milk"], "").code(2);
    let address = say(&["open", "milk"]);
    assert!(address.starts_with(served.address()) && address.contains("/webapp/#p/"), "{address}");
    let document = json(&served.run(&["open", "milk", "--json"], "").success());
    assert_eq!(document["data"][0]["address"], address.trim());
    let id = say(&["list", "-q"]);
    assert_eq!(say(&["open", address.trim(), "-q"]), id, "an address names its task");
}

#[test]
fn many_tasks_are_confirmed_by_their_number() {
    let served = signed_in("many");
    let lines: String = (1..=60).map(|number| format!("Task {number} #many\n")).collect();
    let added = served.run(&["add", "-"], &lines).success();
    assert_eq!(stdout(&added).lines().count(), 60);
    let asked = served.run(&["done", "--tag", "many"], "").code(2);
    assert!(stderr(&asked).contains("this would complete 60 tasks; add --yes=60"), "{}", stderr(&asked));
    served.run(&["done", "--tag", "many", "--yes"], "").code(2);
    served.run(&["done", "--tag", "many", "--yes=59"], "").code(2);
    let preview = json(&served.run(&["done", "--tag", "many", "--dry-run", "--json"], "").success());
    assert_eq!(preview["data"][0]["body"]["update"].as_array().unwrap().len(), 60);
    served.run(&["done", "--tag", "many", "--yes=60"], "").success().stdout_eq("✓ 60 tasks completed\n");
    served.run(&["reopen", "--tag", "many", "--status", "done", "--yes=60", "-q"], "").success();
    let asked = served.run(&["rm", "--project", "inbox"], "").code(2);
    assert!(stderr(&asked).contains("--yes=60"), "{}", stderr(&asked));
    served.run(&["rm", "--tag", "many", "--limit", "3"], "").code(2);
    served.run(&["rm", "--tag", "many", "--limit", "3", "--yes", "-q"], "").success();
    let some = stdout(&served.run(&["list", "-q", "--limit", "2"], "").success());
    served.run(&["rm", "-", "-q"], &some).success().stdout_eq(some);
    let rest = stdout(&served.run(&["list", "-q"], "").success());
    served
        .run(&["rm", "--project", "inbox", "--limit", "20", "--yes"], "")
        .success()
        .stdout_eq("✓ 20 tasks to the trash\n");
    assert_eq!(rest.lines().count(), 55);
}

#[test]
fn a_whole_project_is_confirmed_by_its_name() {
    let served = signed_in("whole");
    for title in ["Milk", "Bread"] {
        served.run(&["add", title], "").success();
    }
    let asked = served.run(&["rm", "--project", "inbox"], "").code(2);
    let said = stderr(&asked);
    assert!(said.contains("this would move 2 tasks of project Inbox to the trash; add --yes=inbox"), "{said}");
    served.run(&["rm", "--project", "inbox", "--yes=home"], "").code(2);
    served.run(&["rm", "--project", "inbox", "--yes"], "").success();
}

#[test]
fn what_was_done_in_part_is_said() {
    let served = signed_in("in-part");
    served.run(&["add", "Once"], "").success();
    served.run(&["add", "Weekly", "--due", "2030-01-01", "--repeat", "weekly"], "").success();
    let failed = served.run(&["task", "skip", "once", "weekly"], "").code(6);
    assert_eq!(stdout(&failed), "✓ Weekly, next: 8 Jan 2030\n");
    assert!(stderr(&failed).starts_with("error: \"Once\": "), "{}", stderr(&failed));
    let fault = json(&served.run(&["task", "skip", "once", "weekly", "--json"], "").code(6));
    assert_eq!(fault["error"]["code"], "partial");
    assert_eq!(fault["data"][0]["due"]["date"], "2030-01-15");
    assert_eq!(fault["data"].as_array().unwrap().len(), 1);
}

#[test]
fn numbers_name_the_tasks_of_any_list() {
    let served = signed_in("any-list");
    for line in ["Milk today", "Bread tomorrow", "Eggs"] {
        served.run(&["add", line], "").success();
    }
    for (list, title) in [("today", "Milk"), ("tomorrow", "Bread"), ("next", "Milk"), ("inbox", "Milk")] {
        served.run(&[list], "").success();
        let preview = json(&served.run(&["open", "1", "--json"], "").success());
        assert_eq!(titles(&preview), [title], "{list}");
    }
    served.run(&["search", "eggs"], "").success();
    assert_eq!(titles(&json(&served.run(&["done", "1", "--json"], "").success())), ["Eggs"]);
    served.run(&["list", "--status", "done"], "").success();
    assert_eq!(titles(&json(&served.run(&["reopen", "1", "--json"], "").success())), ["Eggs"]);
}

#[test]
fn misspelt_titles_are_proposed() {
    let missing = demo(&["done", "dentits"]).code(3);
    assert_eq!(stderr(&missing), "error: no task matches \"dentits\"\nhint: did you mean \"Call the dentist\"?\n");
    let missing = demo(&["list", "--project", "Hoem"]).code(3);
    assert!(stderr(&missing).contains("did you mean \"🏡 Home\"?"), "{}", stderr(&missing));
}

#[test]
fn wrong_arguments_are_refused() {
    for (args, status) in [
        (&["list", "--due", "someday"][..], 2),
        (&["list", "--due", "tomorrow..today"], 2),
        (&["list", "--priority", "urgent"], 2),
        (&["list", "--sort", "color"], 2),
        (&["list", "--limit", "-1"], 2),
        (&["list", "--status", "gone"], 2),
        (&["list", "--filter", "moon"], 3),
        (&["list", "--status", "done", "--filter", "Urgent"], 2),
        (&["search"], 2),
        (&["done"], 2),
        (&["done", "milk", "--tag", "x"], 2),
        (&["task", "skip", "dentist"], 1),
        (&["task", "convert", "dentist", "--to", "song"], 2),
        (&["task", "convert", "dentist"], 2),
        (&["task", "assign", "passport", "--to", "Zoe"], 2),
        (&["task", "remind", "dentist", "--at", "soon"], 2),
        (&["task", "order", "dentist", "--top", "--bottom"], 2),
        (&["task", "order", "dentist", "--before", "dentist"], 2),
        (&["task", "item", "move", "groceries", "milk", "--to", "0"], 2),
        (&["task", "restore", "no such task"], 3),
        (&["task", "restore", "--last", "--tag", "x"], 2),
        (&["move", "dentist", "--to", "Work", "--parent", "passport"], 2),
        (&["open", "no such task"], 3),
        (&["edit", "dentist"], 2),
        (&["edit", "--due", "today"], 2),
        (&["edit", "dentist", "--due", "someday"], 2),
        (&["edit", "dentist", "--start", "today"], 2),
        (&["edit", "dentist", "--due", "today", "--start", "today 9am"], 2),
        (&["edit", "dentist", "--repeat", "biweekly"], 2),
        (&["edit", "dentist", "--add-tag", "x", "--tag", "y"], 2),
        (&["edit", "--where", "tag", "--due", "today"], 2),
        (&["edit", "dentist", "--where", "tag=x", "--due", "today"], 2),
        (&["edit", "dentist", "passport", "--title", "x"], 2),
        (&["add"], 2),
        (&["add", "Dinner at 7"], 2),
        (&["add", "Milk", "--project", "moon"], 3),
        (&["add", "Milk", "--column", "Doing"], 3),
        (&["add", "Milk", "--parent", "no such task"], 3),
        (&["add", "Milk", "--remind", "10m"], 2),
        (&["add", "Milk", "--note", "--item", "x"], 2),
        (&["add", "Milk", "--top", "--bottom"], 2),
        (&["add", "Milk !low", "--priority", "high"], 2),
    ] {
        let failed = demo(args).code(status);
        assert_eq!(stdout(&failed), "", "{args:?}");
        assert!(stderr(&failed).starts_with("error: "), "{args:?}: {}", stderr(&failed));
    }
}

#[test]
fn a_task_that_is_not_shared_cannot_be_assigned() {
    for (task, said) in [
        ("dentist", "error: a task in the inbox cannot be assigned\n"),
        ("quarterly", "error: the project \"💼 Work\" is not shared, so its tasks cannot be assigned\n"),
    ] {
        for command in [&["task", "assign", task, "--to", "me"][..], &["edit", task, "--assign", "Ada"]] {
            let said = format!(
                "{said}hint: move the task to a shared project; `ticktick project list` shows which ones are shared\n"
            );
            demo(command).code(2).stderr_eq(said);
        }
    }
    demo(&["add", "Milk", "--assign", "me"]).code(2);
}
