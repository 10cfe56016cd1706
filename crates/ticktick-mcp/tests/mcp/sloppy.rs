//! Arguments as careless clients and models send them.

use serde_json::{Value, json};

use crate::process::Process;

/// Calls a tool and returns the text of its answer and whether it is an error.
fn say(server: &mut Process, name: &str, args: Value) -> (String, bool) {
    let answer = server.request("tools/call", json!({"name": name, "arguments": args}));
    let text = answer["result"]["structuredContent"]["text"].as_str().unwrap_or_else(|| panic!("{name}: {answer}"));
    (text.to_owned(), answer["result"]["isError"] == true)
}

fn dry(mut args: Value) -> Value {
    args["dry_run"] = true.into();
    args
}

#[test]
fn an_empty_text_is_no_argument() {
    let mut server = Process::start(&["--demo"]);
    let all = json!({"text": "", "project": "Work", "tag": " ", "due": "", "cursor": "", "status": ""});
    assert_eq!(server.call("find_tasks", all)["total"], 9);
    assert!(!say(&mut server, "agenda", json!({"from": ""})).1);
    for _ in 0..2 {
        let new = json!({"key": "", "tasks": [{"title": "Milk", "project": "", "due": "", "parent": "", "tags": ""}]});
        assert!(say(&mut server, "add_tasks", new).0.starts_with("Created 1 task:"));
    }
    let change = json!({"changes": [{"task": "bec7", "title": "", "tags": "", "content": "", "priority": "low"}]});
    let (text, _) = say(&mut server, "update_tasks", dry(change));
    assert!(text.ends_with("\nbec7 Send the quarterly report: priority becomes Low"), "{text}");
    let (text, is_error) = say(&mut server, "comment", json!({"task": "", "add": "Hi"}));
    assert!(is_error && text.starts_with("The argument task is missing."), "{text}");
}

#[test]
fn what_is_not_a_number_is_no_amount() {
    let mut server = Process::start(&["--demo"]);
    for amount in ["NaN", "inf", "-Infinity"] {
        let (text, is_error) = say(&mut server, "check_in", json!({"habit": "water", "amount": amount}));
        assert!(is_error && text.contains("must be a number"), "{text}");
    }
    assert!(say(&mut server, "habits", json!({"habit": "water"})).0.ends_with("Thu 2026-11-26: 3 of 8"));
}

#[test]
fn an_unknown_choice_is_answered_with_the_known_ones() {
    let mut server = Process::start(&["--demo"]);
    for level in [json!("urgent"), json!(5), json!(true)] {
        let (text, is_error) =
            say(&mut server, "add_tasks", json!({"tasks": [{"title": "Milk", "priority": level.clone()}]}));
        let wanted = "The argument priority must be one of none, low, medium, high, not ";
        assert!(is_error && text.starts_with(wanted), "{level}: {text}");
    }
}

#[test]
fn an_item_is_changed_in_one_way() {
    let mut server = Process::start(&["--demo"]);
    let (before, _) = say(&mut server, "get_task", json!({"tasks": ["Buy groceries"]}));
    let item = before.lines().find_map(|line| line.trim().strip_prefix("item [ ] ")).unwrap().to_owned();
    for (one, other) in [("check", "uncheck"), ("check", "remove"), ("uncheck", "remove")] {
        let args = json!({"task": "Buy groceries", one: [item], other: [item]});
        let (text, is_error) = say(&mut server, "checklist", args);
        let wanted = format!("The item \"{item}\" is in both {one} and {other}. ");
        assert!(is_error && text.starts_with(&wanted), "{text}");
    }
    assert_eq!(say(&mut server, "get_task", json!({"tasks": ["Buy groceries"]})).0, before);
    // An item that is given twice is removed once.
    let (text, is_error) = say(&mut server, "checklist", json!({"task": "Buy groceries", "remove": [item, item]}));
    assert!(!is_error && !text.contains(&item), "{text}");
}

#[test]
fn a_check_in_is_for_one_day() {
    let mut server = Process::start(&["--demo"]);
    let (text, is_error) = say(&mut server, "check_in", json!({"habit": "water", "day": "2026-11-20..2026-11-22"}));
    assert!(is_error && text.contains("one day"), "{text}");
}

#[test]
fn an_empty_list_as_arguments_is_no_arguments() {
    let mut server = Process::start(&["--demo"]);
    let answer = server.request("tools/call", json!({"name": "agenda", "arguments": []}));
    assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
}

#[test]
fn no_name_is_no_task() {
    let mut server = Process::start(&["--demo"]);
    server.call("add_tasks", json!({"tasks": ["🎉", "-"]}));
    for name in ["", " ", "!", "…"] {
        let (text, is_error) = say(&mut server, "delete_tasks", json!({"tasks": [name]}));
        assert!(is_error && text.contains("No task"), "{name:?}: {text}");
    }
    let (text, is_error) = say(&mut server, "get_task", json!({"tasks": []}));
    assert!(is_error && text.starts_with("No task was named."), "{text}");
}

#[test]
fn none_clears_lists_and_names_too() {
    let mut server = Process::start(&["--demo"]);
    for (tool, args, wanted) in [
        ("update_tasks", json!({"changes": [{"task": "bec7", "tags": "none"}]}), "tags are cleared"),
        ("update_tasks", json!({"changes": [{"task": "bec7", "tags": []}]}), "tags are cleared"),
        ("update_tasks", json!({"changes": [{"task": "bec7", "reminders": ["none"]}]}), "reminders are cleared"),
        (
            "add_tasks",
            json!({"tasks": [{"title": "Milk", "due": "none", "repeat": "none", "reminders": "none", "tags": "none"}]}),
            "\nMilk | Inbox",
        ),
        ("edit_project", json!({"action": "create", "project": "Garden", "folder": "none"}), "create project Garden"),
    ] {
        let (text, is_error) = say(&mut server, tool, dry(args));
        assert!(!is_error && text.ends_with(wanted), "{tool}: {text}");
    }
}

#[test]
fn reminders_are_printed_as_they_are_given() {
    let mut server = Process::start(&["--demo"]);
    let tasks = json!([
        {"title": "Timed", "due": "fri 9am", "reminders": ["30m", "1d"]},
        {"title": "All day", "due": "fri", "reminders": "9:00, 1d 18:00"},
    ]);
    server.call("add_tasks", json!({"tasks": tasks}));
    let (text, _) = say(&mut server, "get_task", json!({"tasks": ["Timed", "All day"]}));
    assert!(text.contains("\nreminders: 30m, 1d\n") && text.contains("\nreminders: 09:00, 1d 18:00"), "{text}");
    let (text, is_error) =
        say(&mut server, "update_tasks", json!({"changes": [{"task": "bec7", "reminders": "on time"}]}));
    assert!(is_error && text.contains("Write them as 30m"), "{text}");
}

#[test]
fn a_repeat_from_the_completion_is_kept_and_shown() {
    let mut server = Process::start(&["--demo"]);
    let every = "every 3 days after completion";
    server.call("update_tasks", json!({"changes": [{"task": "bec7", "repeat": every}]}));
    let (text, _) = say(&mut server, "get_task", json!({"tasks": ["bec7"]}));
    assert!(text.contains("\nrepeat: RRULE:FREQ=DAILY;INTERVAL=3 from completion"), "{text}");
    let (text, is_error) =
        say(&mut server, "update_tasks", json!({"changes": [{"task": "bec7", "repeat": "biweekly"}]}));
    assert!(is_error && text.contains("Write it as every week"), "{text}");
}

#[test]
fn a_failure_names_the_task() {
    let mut server = Process::start(&["--demo"]);
    let (text, _) = say(&mut server, "update_tasks", json!({"changes": [{"task": "bec7", "add_tags": ["a b"]}]}));
    assert!(text.contains("\nfailed: Send the quarterly report: "), "{text}");
}

#[test]
fn what_is_closed_or_deleted_already_is_said() {
    let mut server = Process::start(&["--demo"]);
    for (tool, wanted) in [
        ("complete_tasks", "\"bebd\" is not an open task: it was closed or deleted. Nothing was changed."),
        ("delete_tasks", "\"bebd\" is not an open task: it was closed or deleted. Nothing was changed."),
    ] {
        server.call(tool, json!({"tasks": ["bebd"]}));
        let (text, is_error) = say(&mut server, tool, json!({"tasks": ["bebd"]}));
        assert!(is_error && text.starts_with(wanted), "{tool}: {text}");
        server.call(if tool == "delete_tasks" { "restore_tasks" } else { "reopen_tasks" }, json!({"tasks": ["bebd"]}));
    }
    for tool in ["reopen_tasks", "restore_tasks"] {
        let (text, is_error) = say(&mut server, tool, json!({"tasks": ["bebd"]}));
        assert!(is_error && text.starts_with("\"bebd\" is open already. Nothing was changed."), "{tool}: {text}");
    }
    let (text, _) = say(&mut server, "history", json!({"limit": 1}));
    assert!(text.ends_with("mcp restore_tasks | created task Call the dentist"), "{text}");
}

#[test]
fn a_weekday_is_read_with_its_punctuation() {
    let mut server = Process::start(&["--demo"]);
    let mut on = |weekday: &str| {
        say(&mut server, "reschedule_tasks", dry(json!({"tasks": ["bec7"], "due": "2026-11-30", "weekday": weekday})))
    };
    assert!(!on("Mon.").1 && !on(" monday ").1);
    assert!(on("friday").0.starts_with("Mon 2026-11-30 is not a friday."));
    assert!(on("weekday").0.starts_with("\"weekday\" is not a weekday."));
}

#[test]
fn an_item_without_a_title_is_not_added() {
    let mut server = Process::start(&["--demo"]);
    let (text, is_error) = say(&mut server, "checklist", json!({"task": "groceries", "add": [" "]}));
    assert!(is_error && text.starts_with("Give add, check, uncheck or remove."), "{text}");
}

#[test]
fn objects_of_one_name_are_told_apart_by_their_ids() {
    let mut server = Process::start(&["--demo"]);
    server.call("edit_project", json!({"action": "create", "project": "Twin"}));
    server.call("edit_project", json!({"action": "create", "project": "Other"}));
    server.call("edit_project", json!({"action": "rename", "project": "Other", "name": "Twin"}));
    let (text, _) = say(&mut server, "edit_project", json!({"action": "archive", "project": "twin"}));
    let ids: Vec<&str> = text.split("(id ").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(ids.len(), 2, "{text}");
    let (text, is_error) = say(&mut server, "edit_project", json!({"action": "archive", "project": ids[1]}));
    assert!(!is_error && text.contains("archive Twin"), "{text}");
}

#[test]
fn arguments_that_an_action_does_not_use_are_refused() {
    let mut server = Process::start(&["--demo"]);
    for (tool, args, wanted) in [
        ("edit_tag", json!({"action": "create", "tag": "x", "to": "y"}), "create takes no to."),
        (
            "edit_tag",
            json!({"action": "rename", "tag": "money", "to": "y", "parent": "focus"}),
            "rename takes no parent.",
        ),
        ("edit_project", json!({"action": "archive", "project": "Home", "name": "y"}), "archive takes no name"),
        ("find_tasks", json!({"status": "done", "filter": "Burning"}), "A saved filter finds only open tasks."),
        ("find_tasks", json!({"status": "open", "closed": "today"}), "Closed tasks have the status done or wont_do."),
    ] {
        let (text, is_error) = say(&mut server, tool, args);
        assert!(is_error && text.starts_with(wanted), "{tool}: {text}");
    }
}

#[test]
fn a_comment_is_shown_right_after_it_was_added() {
    let mut server = Process::start(&["--demo"]);
    server.call("comment", json!({"task": "bec7", "add": "Hi"}));
    assert!(say(&mut server, "get_task", json!({"tasks": ["bec7"]})).0.contains("  > Hi"));
}

#[test]
fn a_project_is_made_with_its_columns() {
    let mut server = Process::start(&["--demo"]);
    let mut args = json!({"action": "create", "project": "Garden", "view": "kanban", "columns": ["To do", "Doing"]});
    let (text, _) = say(&mut server, "edit_project", dry(args.clone()));
    assert!(text.ends_with("\ncreate project Garden with columns To do, Doing"), "{text}");
    let undo = server.call("edit_project", args.clone())["undo"].clone();
    args["action"] = "update".into();
    args["columns"] = json!(["Doing", "Done"]);
    let added = server.call("edit_project", args)["undo"].clone();
    let mut columns = || say(&mut server, "overview", json!({"what": "projects"})).0;
    assert!(columns().contains("\nGarden | 0 open | columns To do, Doing, Done"), "{}", columns());
    server.call("undo", json!({"id": added}));
    let columns = say(&mut server, "overview", json!({"what": "projects"})).0;
    assert!(
        columns.contains("\nGarden | 0 open | columns To do, Doing\n") || columns.ends_with("To do, Doing"),
        "{columns}"
    );
    server.call("undo", json!({"id": undo}));
    assert!(!say(&mut server, "overview", json!({})).0.contains("Garden"));
}

#[test]
fn the_inbox_is_named_among_the_projects() {
    let mut server = Process::start(&["--demo"]);
    let (text, _) = say(&mut server, "find_tasks", json!({"project": "Nope"}));
    assert!(text.contains("There are: Inbox, 💼 Work, "), "{text}");
    for name in ["收集箱", "inbox", "INB"] {
        assert_eq!(server.call("find_tasks", json!({"project": name}))["total"], 7, "{name}");
    }
}
