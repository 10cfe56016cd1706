//! Closed tasks, page by page.

use serde_json::{Value, json};
use ticktick::{ProjectId, jiff};

use crate::service::Service;

/// `closed-date-format`, `closed-pages-by-time`
#[tokio::test]
async fn the_next_page_begins_a_second_before_the_last_one_ended() {
    let row = |id: i64| {
        let at = jiff::Timestamp::from_second(1_772_366_400 - id).unwrap().to_string();
        json!({ "id": id.to_string(), "projectId": "p", "status": 2, "completedTime": at })
    };
    let service = Service::start(move |line, _| {
        let rows = if line.contains("&to=2026-03-01") { 98..103 } else { 0..100 };
        (200, rows.map(row).collect::<Value>())
    })
    .await;
    let since: jiff::Timestamp = "2026-02-28T09:30:00.250Z".parse().unwrap();
    let tasks = service.client().task().history(since..).completed().all().await.unwrap();
    assert_eq!(tasks.len(), 103, "what came twice is told once");
    // The last row of the first page was closed at 11:58:21.
    let path = "GET /api/v2/project/all/closed?status=Completed&from=2026-02-28%2009%3A29%3A59";
    assert_eq!(
        service.lines(),
        [format!("{path}&limit=100"), format!("{path}&to=2026-03-01%2011%3A58%3A22&limit=100")]
    );
}

#[tokio::test]
async fn both_kinds_are_asked_for() {
    let service = Service::start(|line, _| {
        let (id, status, at) = if line.contains("Completed") { ("c", 2, 9) } else { ("w", -1, 10) };
        (200, json!([{ "id": id, "projectId": "p", "status": status, "completedTime": format!("2026-03-01T{at:02}:00:00.000+0000") }]))
    })
    .await;
    let until: jiff::Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let client = service.client();
    let tasks = client.task().history_of_project(ProjectId::from("p"), ..until).all().await.unwrap();
    let ids: Vec<_> = tasks.iter().map(|task| task.id.as_str()).collect();
    assert_eq!(ids, ["w", "c"]);
    let path = "GET /api/v2/project/p/closed?status";
    let to = "to=2026-03-01%2012%3A00%3A01&limit=100";
    assert_eq!(service.lines(), [format!("{path}=Completed&{to}"), format!("{path}=Abandoned&{to}")]);
}
