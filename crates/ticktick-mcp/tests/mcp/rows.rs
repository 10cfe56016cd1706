//! Typed rows, and lists that are longer than an answer may be.

use serde_json::{Value, json};
use ticktick::TaskDraft;

use crate::world::{Era, World, both, codes, options};

#[tokio::test]
async fn lists_have_typed_rows_on_request() {
    both(async |world| {
        for tool in ["agenda", "find_tasks"] {
            let plain = world.ok(tool, json!({})).await;
            assert_eq!(plain.value["rows"], Value::Null);
            let reply = world.ok(tool, json!({"rows": "true"})).await;
            assert_eq!(reply.text, plain.text);
            let rows = reply.value["rows"].as_array().unwrap();
            let row = |title: &str| rows.iter().find(|row| row["title"] == title).unwrap_or_else(|| panic!("{title}"));
            let report = row("Send the quarterly report");
            let id = report["id"].as_str().unwrap();
            assert!(id.len() == 24 && id.ends_with(report["code"].as_str().unwrap()));
            assert_eq!(report["project"], "💼 Work");
            assert_eq!((&report["priority"], &report["due"]), (&json!("high"), &json!("2026-11-25 17:00")));
            let review = row("Review with the Tokyo office");
            assert_eq!((&review["start"], &review["due"]), (&json!("2026-11-27 01:00"), &json!("2026-11-27 02:00")));
            assert_eq!(row("Water the plants")["repeats"], true);
        }
    })
    .await;
}

#[tokio::test]
async fn a_row_of_each_task_is_listed_once() {
    both(async |world| {
        let reply = world.ok("agenda", json!({"days": 31, "rows": true})).await;
        let rows = reply.value["rows"].as_array().unwrap();
        let mut ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows.len());
    })
    .await;
}

/// Some clients limit a line to 64 KB.
#[tokio::test]
async fn long_lists_end_before_the_line_is_too_long_and_go_on_with_the_cursor() {
    let world = World::new(Era::Handshake, options()).await;
    let drafts = (0..300).map(|number| TaskDraft::new(format!("{number} {}", "é\"".repeat(95))));
    assert!(world.other.task().batch().create(drafts).send().await.unwrap().failures().next().is_none());
    for rows in [false, true] {
        let (mut found, mut cursor) = (0, Value::Null);
        loop {
            let args = json!({"text": "é", "limit": 200, "rows": rows, "cursor": cursor});
            let result = world.try_call("find_tasks", args).await.unwrap();
            let line = serde_json::to_string(&result).unwrap();
            assert!(line.len() < 64_000, "{} bytes", line.len());
            let reply = World::reply(result);
            assert!(!reply.text.contains("cut off"));
            found += codes(&reply.text).len();
            cursor = reply.value["next"].clone();
            if cursor.is_null() {
                break;
            }
        }
        assert_eq!(found, 300);
    }
}

#[tokio::test]
async fn an_agenda_that_leaves_tasks_out_says_so() {
    let world = World::new(Era::Handshake, options()).await;
    let due = ticktick::Due::day(jiff::civil::date(2026, 11, 26));
    let drafts = (0..150).map(|number| TaskDraft::new(format!("Task {number}")).due(due.clone()));
    assert!(world.other.task().batch().create(drafts).send().await.unwrap().failures().next().is_none());
    let reply = world.ok("agenda", json!({"days": 1, "overdue": false})).await;
    let hidden = reply.value["total"].as_u64().unwrap() - 100;
    assert!(
        reply.text.ends_with(&format!("{hidden} more are due. Ask for fewer days, or use find_tasks.")),
        "{}",
        reply.text
    );
}
