//! Changes by others in the account become visible.

use serde_json::json;
use ticktick::TaskDraft;

use crate::world::both;

#[tokio::test]
async fn the_next_read_shows_what_another_client_did() {
    both(async |world| {
        world.ok("agenda", json!({})).await;
        let task = world.task("Phone grandma").await;
        world.other.task().complete(&task).await.unwrap();
        world.other.task().create(TaskDraft::new("Buy a kite")).await.unwrap();
        assert!(!world.ok("agenda", json!({})).await.text.contains("Phone grandma"));
        assert_eq!(world.ok("find_tasks", json!({"text": "kite"})).await.value["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn deleted_and_closed_tasks_are_found_by_their_codes() {
    both(async |world| {
        world.ok("delete_tasks", json!({"tasks": ["Phone grandma"]})).await;
        let trash = world.ok("find_tasks", json!({"status": "trash", "text": "grandma"})).await;
        let code = crate::world::codes(&trash.text).remove(0);
        world.ok("restore_tasks", json!({"tasks": [code]})).await;
        world.ok("complete_tasks", json!({"tasks": ["Phone grandma"]})).await;
        world.ok("reopen_tasks", json!({"tasks": ["Phone grandma"]})).await;
        assert!(world.titles().await.contains(&"Phone grandma".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn the_other_tools_answer() {
    both(async |world| {
        let overview = world.ok("overview", json!({})).await;
        for part in ["Projects:", "💼 Work | ", "Tags:", "#Money", "Filters:", "Habits:"] {
            assert!(overview.text.contains(part), "{part} is missing in\n{}", overview.text);
        }
        for (tool, part) in [
            ("habits", "streak"),
            ("focus", "focus minutes"),
            ("statistics", "score"),
            ("sync_status", "open tasks"),
            ("history", "Changes of this server"),
        ] {
            let reply = world.ok(tool, json!({})).await;
            assert!(reply.text.contains(part), "{tool}: {}", reply.text);
        }
        let moved = world.ok("move_tasks", json!({"tasks": ["Plan the team's offsite"], "project": "home"})).await;
        assert!(moved.text.contains("🏡 Home"), "{}", moved.text);
        assert_eq!(world.ok("find_tasks", json!({"project": "home", "text": "venue"})).await.value["total"], 1);
        world.ok("comment", json!({"task": "Buy groceries", "add": "Ask Ann"})).await;
        world.ok("edit_project", json!({"action": "create", "project": "Garden", "view": "Kanban"})).await;
        world.ok("edit_tag", json!({"action": "create", "tag": "soon"})).await;
    })
    .await;
}
