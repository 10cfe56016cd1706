//! What a user says, what an assistant calls, and the expected result.

use serde_json::json;
use ticktick::TaskDraft;

use crate::world::{Era, World, both, codes, options};

#[tokio::test]
async fn the_agenda_of_today_begins_with_what_is_overdue() {
    both(async |world| {
        let reply = world.ok("agenda", json!({})).await;
        let text = &reply.text;
        let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is missing in\n{text}"));
        assert!(place("Overdue:") < place("Today, Thu 2026-11-26:"));
        assert!(place("Fri 2026-11-27:") < place("Review with the Tokyo office"));
        assert!(text.contains("Fri 2026-11-27 01:00-02:00"), "{text}");
        assert!(text.len() / 4 <= 1_500, "{} characters", text.len());
        assert_eq!(world.writes(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_date_in_a_title_is_moved_to_the_date() {
    both(async |world| {
        let draft = TaskDraft::new("Pay rent tomorrow 9am").priority(ticktick::Priority::High);
        world.other.task().create(draft).await.unwrap();
        let name = "Pay rent tomorrow 9am";
        let moved =
            world.ok("reschedule_tasks", json!({"tasks": [name], "due": "tomorrow 9am", "weekday": "fri"})).await;
        assert!(moved.text.contains("Fri 2026-11-27 09:00"), "{}", moved.text);
        let reply = world.ok("update_tasks", json!({"changes": [{"task": name, "title": "Pay rent"}]})).await;
        assert!(reply.text.contains("!!! Pay rent | Inbox | Fri 2026-11-27 09:00"), "{}", reply.text);
        let task = world.task("Pay rent").await;
        assert!(!task.is_all_day.copied().unwrap_or(false));
    })
    .await;
}

#[tokio::test]
async fn a_date_on_another_weekday_is_refused() {
    both(async |world| {
        let reply = world
            .call("reschedule_tasks", json!({"tasks": ["Phone grandma"], "due": "2026-11-30", "weekday": "Tuesday"}))
            .await;
        assert!(reply.is_error && reply.text.contains("Mon 2026-11-30 is not a tuesday"), "{}", reply.text);
        assert_eq!(world.writes(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_item_is_added_to_a_checklist() {
    both(async |world| {
        let reply = world.ok("checklist", json!({"task": "groceries", "add": "Eggs"})).await;
        assert!(reply.text.contains("Buy groceries [2/5]"), "{}", reply.text);
        let task = world.task("Buy groceries").await;
        assert!(task.is_open() && task.items.len() == 5);
    })
    .await;
}

#[tokio::test]
async fn a_repeating_task_moves_on_and_back() {
    both(async |world| {
        let before = world.task("Water the plants").await;
        let reply = world.ok("complete_tasks", json!({"tasks": ["water the plants"]})).await;
        assert!(reply.text.contains("moved to") && reply.text.contains("it repeats"), "{}", reply.text);
        let moved = world.task("Water the plants").await;
        assert_ne!(moved.due_date, before.due_date);
        assert_eq!((&moved.repeat_flag, &moved.reminders), (&before.repeat_flag, &before.reminders));
        world.ok("undo", json!({"id": reply.undo.unwrap()})).await;
        assert_eq!(world.task("Water the plants").await.due_date, before.due_date);
    })
    .await;
}

#[tokio::test]
async fn everything_overdue_moves_to_monday_and_back() {
    both(async |world| {
        let found = world.ok("find_tasks", json!({"due": "overdue"})).await;
        let codes = codes(&found.text);
        assert_eq!(found.value["total"], codes.len());
        let reply = world.ok("reschedule_tasks", json!({"tasks": codes, "due": "monday"})).await;
        assert!(reply.text.contains("Send the quarterly report | 💼 Work | Mon 2026-11-30 17:00"), "{}", reply.text);
        let now = world.ok("find_tasks", json!({"due": "overdue"})).await;
        assert_eq!(now.value["total"], 0);
        world.ok("undo", json!({"id": reply.undo.unwrap()})).await;
        let again = world.ok("find_tasks", json!({"due": "overdue"})).await;
        assert_eq!(again.text, found.text);
    })
    .await;
}

#[tokio::test]
async fn a_project_with_tasks_is_deleted_only_with_a_token_that_works_once() {
    both(async |world| {
        let delete = json!({"action": "delete", "project": "trip to japan"});
        let preview = world.ok("edit_project", delete.clone()).await;
        assert!(preview.text.contains("✈️ Trip to Japan, 6 open tasks"), "{}", preview.text);
        assert_eq!(world.writes(), 0);
        let confirmed = json!({"action": "delete", "project": "trip to japan", "confirm": preview.confirm.unwrap()});
        let other = json!({"action": "delete", "project": "work", "confirm": confirmed["confirm"]});
        assert!(world.ok("edit_project", other).await.text.contains("Not confirmed"));
        world.ok("edit_project", confirmed.clone()).await;
        let projects = world.other.project().list().await.unwrap();
        assert!(!projects.iter().any(|project| project.name().contains("Japan")));
        assert!(world.call("edit_project", confirmed).await.is_error, "the project is gone");
    })
    .await;
}

#[tokio::test]
async fn an_exact_title_wins_over_a_part_of_another() {
    both(async |world| {
        world.ok("complete_tasks", json!({"tasks": "passport"})).await;
        let titles = world.titles().await;
        assert!(titles.contains(&"Flight to Tokyo".to_owned()) && !titles.contains(&"Passport".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn an_ambiguous_name_is_answered_with_candidates() {
    both(async |world| {
        let reply = world.ok("complete_tasks", json!({"tasks": ["call"]})).await;
        assert!(reply.text.contains("\"call\" matches 2 tasks. Nothing was changed."), "{}", reply.text);
        assert!(reply.text.contains("Call the dentist") && reply.text.contains("Launch call with Chicago"));
        assert_eq!((world.writes(), reply.undo), (0, None));
    })
    .await;
}

#[tokio::test]
async fn a_tag_is_renamed_on_its_tasks() {
    both(async |world| {
        let reply = world.ok("edit_tag", json!({"action": "rename", "tag": "money", "to": "finance"})).await;
        assert!(reply.text.contains("rename #Money to #finance on 5 open tasks"), "{}", reply.text);
        let found = world.ok("find_tasks", json!({"tag": "finance"})).await;
        assert_eq!(found.value["total"], 5);
        assert!(found.text.contains("Choose a birthday present") && found.text.contains("#errands"), "{}", found.text);
    })
    .await;
}

#[tokio::test]
async fn what_was_finished_lately_is_found() {
    both(async |world| {
        let reply = world.ok("find_tasks", json!({"status": "done", "closed": "last 7 days"})).await;
        assert!(
            reply.text.contains("Renew the train card") && reply.text.contains("Interview questions"),
            "{}",
            reply.text
        );
        assert!(!reply.text.contains("Phone grandma"));
    })
    .await;
}

#[tokio::test]
async fn a_check_in_sets_the_total_of_the_day() {
    both(async |world| {
        let args = json!({"habit": "water", "amount": 3});
        world.ok("check_in", args.clone()).await;
        let reply = world.ok("check_in", args).await;
        assert!(reply.text.contains("now 3 of 8"), "{}", reply.text);
    })
    .await;
}

#[tokio::test]
async fn everything_is_deleted_only_with_a_token_and_comes_back() {
    both(async |world| {
        let before = world.ok("find_tasks", json!({"limit": 200})).await;
        let codes = codes(&before.text);
        assert_eq!(before.value["total"], codes.len());
        let preview = world.ok("delete_tasks", json!({"tasks": codes})).await;
        assert_eq!(world.writes(), 0);
        let deleted = world.ok("delete_tasks", json!({"tasks": codes, "confirm": preview.confirm.unwrap()})).await;
        assert!(world.titles().await.is_empty(), "{}", deleted.text);
        world.ok("undo", json!({"id": deleted.undo.unwrap()})).await;
        let after = world.ok("find_tasks", json!({"limit": 200})).await;
        let lines = |text: &str| {
            let mut lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(lines(&after.text), lines(&before.text));
    })
    .await;
}

#[tokio::test]
async fn a_read_only_server_has_only_tools_that_read() {
    for era in [Era::Handshake, Era::Discover] {
        let world = World::new(era, ticktick_mcp::Options { read_only: true, ..options() }).await;
        assert_eq!(world.tools().await.len(), 9);
        assert!(world.try_call("add_tasks", json!({"tasks": ["Milk"]})).await.is_err());
    }
}
