//! Sends what a careless or hostile client may send, over a pipe.

use serde_json::json;

use crate::process::{Process, program};

#[test]
fn a_change_right_after_the_acknowledgement_is_not_missed() {
    let mut server = Process::bare(&["--demo"]);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "hand", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let request = |id: u64, method: &str, mut params: serde_json::Value| {
        params["_meta"] = meta.clone();
        json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()
    };
    let complete = json!({"name": "complete_tasks", "arguments": {"tasks": ["water the plants"]}});
    let listen = json!({"notifications": {"resourceSubscriptions": ["ticktick://today"]}});
    // Both in one write, so that the change is made while the subscription starts.
    server.line(&format!("{}\n{}", request(1, "subscriptions/listen", listen), request(2, "tools/call", complete)));
    let mut heard = Vec::new();
    while !heard.iter().any(|one| one == "notifications/resources/updated") {
        let answer = server.answer();
        heard.push(answer["method"].as_str().unwrap_or("answer").to_owned());
        assert!(heard.len() < 4, "{heard:?}");
    }
}

#[test]
fn a_resource_that_cannot_be_read_is_not_a_missing_one() {
    let mut server = Process::start(&[]);
    let answer = server.request("resources/read", json!({"uri": "ticktick://today"}));
    let text = answer["error"]["message"].as_str().unwrap();
    assert!(text.contains("not signed in") && text.contains("ticktick auth login"), "{text}");
    let mut server = Process::start(&["--demo"]);
    let answer = server.request("resources/read", json!({"uri": "ticktick://project/nonsense"}));
    assert_eq!(answer["error"]["message"], "there is no such resource");
}

#[test]
fn what_changes_nothing_is_refused_in_plain_words() {
    let mut server = Process::start(&["--demo"]);
    for (name, args, text) in [
        ("agenda", json!({"days": -5}), "The argument days must be from 0 to 4294967295, not -5. Nothing was done."),
        (
            "update_tasks",
            json!({"changes": [{"task": "dentist"}]}),
            "Give a field to change for bebd Call the dentist.",
        ),
        ("edit_tag", json!({"action": "merge", "tag": "money", "to": "Money"}), "#Money cannot be merged into itself."),
        ("agenda", json!({"from": "soonish"}), "The date \"soonish\" is not accepted: \"soonish\" is not a date. Use"),
    ] {
        let answer = server.call(name, args);
        assert!(answer["text"].as_str().unwrap().starts_with(text), "{answer}");
    }
}

#[test]
fn garbage_ends_neither_the_server_nor_the_next_call() {
    let mut server = Process::start(&["--demo"]);
    for line in ["hello", "", "[]", "{\"jsonrpc\":\"2.0\"}", "\u{0}\u{1b}[2J", &"[".repeat(5_000), &"x".repeat(1 << 20)]
    {
        server.line(line);
    }
    server.line(r#"{"jsonrpc":"2.0","id":900,"method":"tools/call","params":{"name":"agenda","arguments":"soon"}}"#);
    server.line(r#"{"jsonrpc":"2.0","id":901,"method":"ping"}"#);
    let mut last = server.answer();
    while last["id"] != 901 {
        assert!(last["error"].is_object(), "{last}");
        last = server.answer();
    }
    let title = "Very ".repeat(200_000);
    let answer = server.call("add_tasks", json!({"tasks": [{"title": title}]}));
    assert!(answer["text"].as_str().unwrap().len() < 2_000, "{answer}");
    assert!(server.call("agenda", json!({}))["total"].as_u64() > Some(0));
}

#[test]
fn undo_brings_the_tasks_of_a_project_back() {
    let mut server = Process::start(&["--demo"]);
    let mut args = json!({"action": "delete", "project": "trip to japan"});
    let confirm = server.call("edit_project", args.clone())["confirm"].clone();
    args["confirm"] = confirm;
    let undo = server.call("edit_project", args)["undo"].clone();
    assert_eq!(server.call("find_tasks", json!({"text": "kyoto"}))["total"], 0);
    server.call("undo", json!({"id": undo}));
    assert_eq!(server.call("find_tasks", json!({"project": "trip to japan"}))["total"], 6);
}

#[test]
fn a_protected_project_that_does_not_exist_ends_the_server_at_its_start() {
    for (name, said) in [
        ("Wrok", "error: --protect: there is no project \"Wrok\". There are: Inbox, "),
        ("o", "error: --protect: \"o\" is not one project. Candidates: "),
    ] {
        let output = program(&["--demo", "--protect", name]).output().unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && text.starts_with(said) && text.contains("Work"), "{text}");
        assert!(!text.contains("Nothing was done"), "{text}");
    }
    Process::start(&["--demo", "--protect", "work", "--protect", "Inbox"]);
    // Without a session, there is nothing to compare with. The first call says so.
    Process::start(&["--protect", "work"]);
}

#[test]
fn arguments_as_a_text_of_json_are_read() {
    let mut server = Process::start(&["--demo"]);
    for (args, wanted) in [("{\"text\": \"grandma\"}", 1), ("  {\"text\": \"nothing like it\"} ", 0)] {
        let answer = server.request("tools/call", json!({"name": "find_tasks", "arguments": args}));
        assert_eq!(answer["result"]["structuredContent"]["total"], wanted, "{answer}");
    }
    for args in ["", "{}", "null"] {
        let answer = server.request("tools/call", json!({"name": "agenda", "arguments": args}));
        assert_eq!(answer["result"]["isError"], json!(false), "{args:?}: {answer}");
    }
    let answer = server.request("tools/call", json!({"name": "agenda", "arguments": "soon"}));
    assert!(answer["error"].is_object(), "{answer}");
}

#[test]
fn amounts_beyond_all_measure_are_refused() {
    let mut server = Process::start(&["--demo"]);
    for amount in [json!(1e300), json!(-1), json!("1e300")] {
        let answer = server
            .request("tools/call", json!({"name": "check_in", "arguments": {"habit": "water", "amount": amount}}));
        assert_eq!(answer["result"]["isError"], true, "{answer}");
        let text = answer["result"]["structuredContent"]["text"].as_str().unwrap();
        assert!(text.contains("from 0 to 1000000000") && text.contains("Nothing was done"), "{text}");
    }
}

#[test]
fn a_notification_before_the_first_request_does_not_end_the_server() {
    let mut server = Process::bare(&["--demo", "--tools", "agenda, undo"]);
    server.line(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
    let client = json!({"name": "hand", "version": "1"});
    let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client});
    assert!(server.request("initialize", hello)["result"].is_object());
    server.line(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
    let tools = server.request("tools/list", json!({}))["result"]["tools"].clone();
    let names: Vec<&str> = tools.as_array().unwrap().iter().filter_map(|tool| tool["name"].as_str()).collect();
    assert_eq!(names, ["agenda", "undo"], "blanks around names are no part of them");
}

#[test]
fn a_title_that_is_the_code_of_another_task_does_not_hide_it() {
    let mut server = Process::start(&["--demo"]);
    server.call("add_tasks", json!({"tasks": ["BEC7"]}));
    let answer = server.call("complete_tasks", json!({"tasks": ["bec7"]}));
    let text = answer["text"].as_str().unwrap();
    assert!(text.starts_with("\"bec7\" matches 2 tasks."), "{text}");
    let line = text.lines().find(|line| line.contains("quarterly report")).unwrap();
    let id = line.split(' ').next().unwrap();
    let answer = server.call("complete_tasks", json!({"tasks": [id]}));
    assert_eq!(answer["text"], "Closed 1 task:\nbec7 Send the quarterly report: completed\nundo: 2");
}
