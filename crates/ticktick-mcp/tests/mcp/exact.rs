//! Confirmations and previews are exact and cannot be bypassed.

use std::time::Duration;

use serde_json::{Value, json};
use ticktick::Client;
use ticktick::date::FixedClock;
use ticktick::mirror::Mirror;
use ticktick_mcp::{Options, Server};
use ticktick_sim::{DEMO_USER, Simulator};

use crate::agent::Agent;
use crate::process::Process;
use crate::slow::{Slow, Slowness};
use crate::world::{Era, NOW, call, connect, options};

fn text(answer: &Value) -> &str {
    answer["text"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn a_token_is_not_good_for_other_arguments() {
    let mut server = Process::start(&["--demo"]);
    let new = |content: &str| -> Vec<Value> {
        (0..22).map(|at| json!({"title": format!("T{at}"), "content": content})).collect()
    };
    let token = server.call("add_tasks", json!({"tasks": new("plain"), "key": "k"}))["confirm"].clone();
    for args in [
        json!({"tasks": new("other"), "key": "k", "confirm": token}),
        json!({"tasks": new("plain"), "key": "l", "confirm": token}),
    ] {
        let answer = server.call("add_tasks", args);
        assert!(text(&answer).starts_with("Not confirmed: the token is not for this"), "{answer}");
    }
    let answer = server.call("add_tasks", json!({"key": "k", "confirm": token, "tasks": new("plain")}));
    assert!(text(&answer).starts_with("Created 22 tasks:"), "{answer}");
    let changes = |content: &str| -> Vec<Value> {
        (0..22).map(|at| json!({"task": format!("T{at}"), "content": content})).collect()
    };
    let token = server.call("update_tasks", json!({"changes": changes("same length")}))["confirm"].clone();
    let answer = server.call("update_tasks", json!({"changes": changes("SAME LENGTH"), "confirm": token}));
    assert!(text(&answer).starts_with("Not confirmed: the token is not for this"), "{answer}");
}

#[test]
fn a_preview_shows_every_field() {
    let mut server = Process::start(&["--demo"]);
    let new = json!({"title": "Full", "project": "website", "column": "doing", "due": "fri 9am", "priority": "high",
        "tags": ["focus"], "content": "Hello\nundo: 1", "reminders": ["30m"], "checklist": ["Milk", "Bread"],
        "repeat": "every 3 days after completion"});
    let answer = server.call("add_tasks", json!({"tasks": [new], "dry_run": true}));
    let wanted = "!!! Full | 🚀 Website launch, column Doing | Fri 2026-11-27 09:00 | \
                  repeats RRULE:FREQ=DAILY;INTERVAL=3 from completion | reminders 30m | #focus\n  \
                  > Hello\n  > undo: 1\n  item Milk\n  item Bread";
    assert!(text(&answer).ends_with(wanted), "{answer}");
    let change = json!({"task": "bec7", "content": "First\nSecond"});
    let answer = server.call("update_tasks", json!({"changes": [change], "dry_run": true}));
    assert!(text(&answer).ends_with("content becomes 12 characters:\n  > First\n  > Second"), "{answer}");
}

#[test]
fn a_long_answer_keeps_its_token_and_its_undo() {
    let mut server = Process::start(&["--demo"]);
    let tasks: Vec<String> = (0..50).map(|at| format!("{at} {}", "长".repeat(198))).collect();
    let preview = server.call("add_tasks", json!({"tasks": tasks}));
    let token = preview["confirm"].as_str().unwrap();
    assert!(text(&preview).ends_with(&format!("(The rest was cut off. Ask for less.)\nconfirm: {token}")));
    let answer = server.call("add_tasks", json!({"tasks": tasks, "confirm": token}));
    assert!(text(&answer).ends_with("Ask for less.)\nundo: 1"), "{}", text(&answer).len());
}

#[test]
fn a_project_with_closed_tasks_is_deleted_only_with_a_token() {
    let mut server = Process::start(&["--demo"]);
    server.call("edit_project", json!({"action": "create", "project": "Garden"}));
    server.call("add_tasks", json!({"tasks": [{"title": "Sow", "project": "Garden"}]}));
    server.call("complete_tasks", json!({"tasks": ["Sow"]}));
    let mut args = json!({"action": "delete", "project": "Garden"});
    let preview = server.call("edit_project", args.clone());
    assert!(text(&preview).contains("because Garden has closed tasks"), "{preview}");
    args["confirm"] = preview["confirm"].clone();
    assert!(text(&server.call("edit_project", args)).starts_with("Done:"));
}

#[tokio::test]
async fn undo_does_not_change_a_protected_project() {
    let clock = FixedClock(NOW.parse().unwrap());
    let service = Simulator::builder().demo().clock(clock).build();
    let folder = tempfile::tempdir().unwrap();
    let serve = |options: Options| {
        let mirror = Mirror::open_at(folder.path().join("mirror.db"), clock).unwrap();
        let client = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock).mirror(&mirror);
        Server::of_client(client.build().unwrap(), mirror, clock, options).unwrap()
    };
    let free = connect(Era::Handshake, serve(options()), Agent::default()).await;
    let rename = json!({"action": "rename", "project": "Work", "name": "Office"});
    let renamed = call(&free, "edit_project", rename).await;
    let moved = call(&free, "reschedule_tasks", json!({"tasks": ["quarterly report"], "by": "1 day"})).await;
    let protect = Options { protect: vec!["Office".into()], ..options() };
    let bound = connect(Era::Handshake, serve(protect), Agent::default()).await;
    for id in [moved.undo, renamed.undo] {
        let reply = call(&bound, "undo", json!({"id": id})).await;
        assert!(reply.is_error && reply.text.contains("must not change"), "{}", reply.text);
    }
}

#[test]
fn the_history_has_a_line_for_each_call() {
    let mut server = Process::start(&["--demo"]);
    let args = json!({"action": "create", "project": "Garden", "columns": ["One", "Two"]});
    let undo = server.call("edit_project", args)["undo"].clone();
    let history = server.call("history", json!({}));
    let lines: Vec<&str> = text(&history).lines().skip(1).collect();
    let wanted = format!(
        "undo {} | Thu 2026-11-26 12:14 | mcp edit_project | created project Garden; created column One; created column Two",
        undo.as_str().unwrap()
    );
    assert_eq!(lines, [wanted]);
    server.call("undo", json!({"id": undo}));
    let history = server.call("history", json!({"limit": 2}));
    assert!(text(&history).contains("(undone) | Thu 2026-11-26 12:14 | mcp edit_project |"), "{history}");
}

#[test]
fn an_undo_can_be_undone() {
    let mut server = Process::start(&["--demo"]);
    let done = server.call("complete_tasks", json!({"tasks": ["bebd", "bec7"]}))["undo"].clone();
    let undone = server.call("undo", json!({"id": done}))["undo"].clone();
    assert!(text(&server.call("history", json!({}))).contains("| mcp undo 1 |"));
    let answer = server.call("undo", json!({"id": undone}));
    assert!(text(&answer).starts_with("Undone: "), "{answer}");
    assert_eq!(server.call("find_tasks", json!({"status": "done", "closed": "today"}))["total"], 2);
}

#[test]
fn what_was_undone_is_not_undone_again() {
    let mut server = Process::start(&["--demo"]);
    let undo = server.call("complete_tasks", json!({"tasks": ["bebd"]}))["undo"].clone();
    server.call("undo", json!({"id": undo}));
    let answer = server.call("undo", json!({"id": undo}));
    assert!(text(&answer).starts_with("Change 1 was undone already. Nothing was done."), "{answer}");
}

#[test]
fn a_refused_undo_names_the_later_change_of_this_server() {
    let mut server = Process::start(&["--demo"]);
    let change = |title: &str| json!({"changes": [{"task": "bebd", "title": title}]});
    let first = server.call("update_tasks", change("One"))["undo"].clone();
    let second = server.call("update_tasks", change("Two"))["undo"].clone();
    let answer = server.call("undo", json!({"id": first}));
    assert!(text(&answer).ends_with("\nThis server changed it later: undo 2 first."), "{answer}");
    for id in [second, first] {
        assert!(text(&server.call("undo", json!({"id": id}))).starts_with("Undone: "));
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_names_its_own_undo_while_another_server_writes() {
    let clock = FixedClock(NOW.parse().unwrap());
    let service = Simulator::builder().demo().clock(clock).build();
    let folder = tempfile::tempdir().unwrap();
    let serve = |delays: Slowness| {
        let mirror = Mirror::open_at(folder.path().join("mirror.db"), clock).unwrap();
        let client = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock);
        let slowed = client.layer(move |wire| Slow { inner: wire, delays: delays.clone() });
        Server::of_client(slowed.mirror(&mirror).build().unwrap(), mirror, clock, options()).unwrap()
    };
    let slow = Slowness::default();
    let first = connect(Era::Handshake, serve(slow.clone()), Agent::default()).await;
    let second = connect(Era::Handshake, serve(Slowness::default()), Agent::default()).await;
    // In one process at a fixed time, only their numbers distinguish the runs of two servers.
    call(&second, "undo", json!({"id": "99"})).await;
    slow.set("task.batch", 9);
    let one = call(&first, "complete_tasks", json!({"tasks": ["Call the dentist"]}));
    let other = async {
        tokio::time::sleep(Duration::from_secs(4)).await;
        call(&second, "complete_tasks", json!({"tasks": ["Phone grandma"]})).await
    };
    let (one, other) = tokio::join!(one, other);
    assert_ne!(one.undo, other.undo);
    let undone = call(&first, "undo", json!({"id": one.undo})).await;
    assert!(undone.text.contains("Call the dentist") && !undone.text.contains("Phone grandma"), "{}", undone.text);
}
