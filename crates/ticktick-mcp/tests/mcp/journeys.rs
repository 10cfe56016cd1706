//! An agent's day while the service fails: responses are lost, it is too busy, sessions end, and members have odd values.

use serde_json::{Value, json};
use ticktick_mcp::Options;
use ticktick_sim::{Fault, RetryAfter, Rule};

use crate::world::{Era, Reply, World, codes};

/// Calls a tool until it succeeds, as an agent does that reads what an answer says about repeating.
async fn insist(world: &World, tool: &str, args: Value) -> Reply {
    for _ in 0..20 {
        let reply = world.call(tool, args.clone()).await;
        if !reply.is_error {
            return reply;
        }
        assert!(!reply.text.contains("defect"), "{tool}: {}", reply.text);
        assert!(reply.text.contains("repeat"), "{tool} says whether it may be repeated: {}", reply.text);
    }
    panic!("{tool} {args} never succeeds");
}

fn faults(world: &World) {
    let faults = world.service.faults();
    faults.add(Rule::new(Fault::LoseAnswer).probability(0.2));
    faults.add(Rule::new(Fault::TooManyRequests { retry_after: RetryAfter::Seconds(2) }).probability(0.1));
    faults.add(Rule::new(Fault::TooBusy).probability(0.1));
    faults.add(serde_json::from_value(json!({"status": 503, "probability": 0.2})).unwrap());
    faults.add(Rule::new(Fault::Truncate).method("GET").probability(0.1));
    faults.add(Rule::new(Fault::UnknownField).probability(0.2));
}

#[tokio::test(start_paused = true)]
async fn a_day_with_faults_ends_as_one_without() {
    for era in [Era::Handshake, Era::Discover] {
        let world = World::new(era, Options::default()).await;
        let before = world.titles().await;
        faults(&world);
        assert!(insist(&world, "agenda", json!({})).await.text.contains("Send the quarterly report"));
        let new = json!({"key": "morning", "tasks": [{"title": "Water the tomatoes", "due": "tomorrow 9am"}, "Mend the gate"]});
        for _ in 0..3 {
            insist(&world, "add_tasks", new.clone()).await;
        }
        insist(&world, "update_tasks", json!({"changes": [{"task": "Mend the gate", "priority": "high"}]})).await;
        insist(&world, "reschedule_tasks", json!({"tasks": ["Mend the gate"], "due": "2026-11-30"})).await;
        insist(&world, "move_tasks", json!({"tasks": ["Mend the gate"], "project": "home"})).await;
        insist(&world, "check_in", json!({"habit": "water", "amount": 3})).await;
        insist(&world, "comment", json!({"task": "Mend the gate", "add": "Ask Ann for the hammer"})).await;
        world.service.faults().clear();
        let task = world.task("Mend the gate").await;
        assert_eq!(task.priority.copied(), Some(ticktick::Priority::High));
        let list = world.ok("find_tasks", json!({"project": "home", "text": "gate"})).await;
        assert!(list.text.contains("!!! Mend the gate | 🏡 Home | Mon 2026-11-30"), "{}", list.text);
        let mut expected = before;
        expected.extend(["Water the tomatoes".to_owned(), "Mend the gate".to_owned()]);
        expected.sort();
        let mut after = world.titles().await;
        after.sort();
        assert_eq!(after, expected, "{era:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn everything_goes_to_the_trash_and_back_with_faults() {
    let world = World::new(Era::Discover, Options::default()).await;
    let before = world.ok("find_tasks", json!({"limit": 200})).await;
    let trashed = world.other.task().trash().await.unwrap().len();
    faults(&world);
    let mut args = json!({"tasks": codes(&before.text)});
    let preview = insist(&world, "delete_tasks", args.clone()).await;
    args["confirm"] = preview.confirm.unwrap().into();
    let mut reply = world.call("delete_tasks", args).await;
    // The effect of a lost response is found by reading, not by repeating.
    for _ in 0..20 {
        let left = codes(&insist(&world, "find_tasks", json!({"limit": 200})).await.text);
        if left.is_empty() {
            break;
        }
        let mut args = json!({"tasks": left});
        reply = world.call("delete_tasks", args.clone()).await;
        if let Some(token) = &reply.confirm {
            args["confirm"] = token.as_str().into();
            reply = world.call("delete_tasks", args).await;
        }
    }
    world.service.faults().clear();
    assert!(world.titles().await.is_empty(), "{}", reply.text);
    let trash = world.other.task().trash().await.unwrap().len();
    assert_eq!(trash, trashed + codes(&before.text).len(), "nothing was erased");
}

#[tokio::test(start_paused = true)]
async fn a_failed_write_says_what_happened() {
    for (fault, part) in [
        (Fault::LoseAnswer, "repeat"),
        (Fault::TooBusy, "may be repeated"),
        (Fault::ExpireSession, "`ticktick auth login`"),
    ] {
        let world = World::new(Era::Handshake, Options::default()).await;
        world.ok("agenda", json!({})).await;
        let shown = format!("{fault:?}");
        world.service.faults().add(Rule::new(fault).method("POST"));
        let reply = world.call("add_tasks", json!({"tasks": ["Milk"]})).await;
        assert!(reply.is_error && reply.text.contains(part), "{shown}: {}", reply.text);
    }
}

#[tokio::test]
async fn a_project_whose_columns_failed_is_reported_as_created() {
    let world = World::new(Era::Handshake, Options::default()).await;
    world.service.faults().add(serde_json::from_value(json!({"operation": "column.save", "status": 403})).unwrap());
    let args = json!({"action": "create", "project": "Garden", "columns": ["To do"]});
    let reply = world.call("edit_project", args).await;
    assert!(reply.is_error && reply.undo.is_some(), "{}", reply.text);
    assert!(reply.text.contains("\nThe project was created, but lacks columns.\nundo: "), "{}", reply.text);
}

#[tokio::test]
async fn odd_members_are_no_failure_of_a_tool_that_reads() {
    for fault in [Fault::UnknownEnum, Fault::UnknownField] {
        let world = World::new(Era::Handshake, crate::world::options()).await;
        world.service.faults().add(Rule::new(fault).method("GET"));
        for tool in ["agenda", "find_tasks", "overview", "habits", "focus", "statistics", "history", "sync_status"] {
            world.ok(tool, json!({})).await;
        }
        world.ok("get_task", json!({"tasks": ["Buy groceries"], "activity": true})).await;
    }
}
