//! Completed tasks by tag, in pages.

use std::cmp::Reverse;

use serde::Deserialize;

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::book::task::TaskHead;
use crate::world::fields::Fields;
use crate::world::json::Members;
use crate::world::store::Row;

#[derive(Deserialize)]
struct Asked {
    tags: Option<Vec<String>>,
    /// Empty for the first page.
    token: Option<String>,
    limit: Option<i64>,
}

/// Returns completed tasks with any of the tags, latest first.
pub(super) fn completed(account: &Account, call: &Call) -> Answer {
    let asked: Asked = call.json()?;
    let tags: Vec<String> = asked.tags.unwrap_or_default().iter().map(|tag| account.tag_key(tag)).collect();
    let start = match asked.token.as_deref() {
        None | Some("") => 0,
        Some(token) => token.parse::<usize>().map_err(|_| Refusal::senseless())?,
    };
    let limit = usize::try_from(asked.limit.unwrap_or(50)).unwrap_or_default();
    let wanted = |row: &&Row<TaskHead>| {
        matches!(row.head.status, 1 | 2)
            && !row.head.is_trashed()
            && row.object().texts("tags").iter().any(|tag| tags.contains(tag))
    };
    let mut rows: Vec<_> = account.tasks.live().filter(wanted).collect();
    rows.sort_by_key(|row| Reverse(row.head.closed));
    let page: Vec<_> = rows.iter().skip(start).take(limit).map(|row| row.shown()).collect();
    let next = start.saturating_add(page.len());
    let next = (!page.is_empty() && next < rows.len()).then(|| next.to_string());
    Ok(Reply::json_text(Members::new().array("tasks", page).value("nextToken", next).done()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::server::testing::{id, tester};

    #[test]
    fn completed_tasks_come_in_pages() {
        let tester = tester();
        for (n, tag, status) in [(1, "a", 2), (2, "b", 1), (3, "a", 2), (4, "a", 0), (5, "a", -1), (6, "c", 2)] {
            let time = format!("2026-02-0{n}T10:00:00.000+0000");
            tester.add(&json!({ "id": id(n), "status": status, "completedTime": time, "tags": [tag] }));
        }
        let page = |token: &Value| {
            let asked = json!({ "tags": ["a", "B"], "token": token, "limit": 2 });
            let answer = tester.post("/api/v2/tag/completedTask", &asked);
            let ids = answer["tasks"].as_array().unwrap().iter().map(|task| task["id"].clone()).collect();
            (Value::Array(ids), answer["nextToken"].clone())
        };
        let (ids, next) = page(&json!(""));
        assert_eq!(ids, json!([id(3), id(2)]));
        assert_eq!(page(&next), (json!([id(1)]), Value::Null));
        let wrong = tester.send("POST", "/api/v2/tag/completedTask", r#"{"tags":["a"],"token":"x"}"#);
        wrong.refused(500, "unknown_exception");
    }
}
