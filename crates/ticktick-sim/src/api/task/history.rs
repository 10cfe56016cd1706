//! The history of tasks, and dismissed reminders.

use serde_json::{Value, json};
use ticktick_models::{Json, Object};

use crate::exchange::call::Call;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::book::history::{Entry, Event};
use crate::world::fields::{Fields, wire};
use crate::world::limits::Plan;

/// Maximum number of entries in a response.
const PAGE: usize = 50;

/// Returns the history of a task, latest first. The service refuses free accounts.
///
/// The next page starts after `skip` entries, or after the entry `lastId`.
pub(crate) fn activity(account: &Account, call: &Call) -> Answer {
    if account.plan == Plan::Free {
        return Err(Refusal::new(500, "need_pro"));
    }
    let id = call.path("taskId");
    let task = account.tasks.get(id).ok_or_else(|| Refusal::new(404, "task_not_found"))?;
    let created = task.instant("createdTime").unwrap_or(call.now);
    let made = Entry::new(Event::Create, &task, &task, created);
    let entries = account.history.0.iter().filter(|entry| *entry.task == *id);
    let entries = std::iter::once(&made).chain(entries).zip(1_u64..);
    let mut all: Vec<Value> = entries.map(|(entry, place)| written(account, entry, place)).collect();
    all.reverse();
    let skip = usize::try_from(call.number("skip", 0)?).unwrap_or_default();
    let last = call.query("lastId").and_then(|last| all.iter().position(|entry| entry["id"] == last));
    let start = last.map_or(skip, |place| place + 1);
    let page: Vec<Value> = all.into_iter().skip(start).take(PAGE).collect();
    Ok(Reply::json(&page))
}

fn written(account: &Account, entry: &Entry, place: u64) -> Value {
    let name = account.username.split('@').next();
    let mut written = json!({
        "id": format!("{:08x}{place:016x}", entry.at.as_second()),
        "action": entry.event.word(),
        "when": wire(entry.at),
        "whoProfile": { "isMyself": true, "displayName": name },
        "deviceChannel": "web",
    });
    for (key, value) in &entry.details {
        written[key] = value.clone();
    }
    written
}

/// Returns the number of entries of a kind for each task that has some.
pub(crate) fn counts(account: &Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let action = sent.word("action").ok_or_else(Refusal::senseless)?;
    let mut counts = serde_json::Map::new();
    for entry in account.history.0.iter().filter(|entry| entry.event.word() == action) {
        let count = counts.entry(&*entry.task).or_insert_with(|| json!(0));
        *count = json!(count.as_i64().unwrap_or_default() + 1);
    }
    Ok(Reply::json(&counts))
}

/// Dismisses a reminder. The content of the body is not recorded, so nothing changes.
pub(crate) fn close_remind(call: &Call) -> Answer {
    let _: Json = call.json()?;
    Ok(Reply::empty())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::json;

    use crate::Plan;
    use crate::server::testing::{Tester, id, tester, tester_with};

    fn actions(tester: &Tester, query: &str) -> Vec<String> {
        let entries = tester.get(&format!("/api/v1/task/activity/{}{query}", id(1)));
        entries.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap().into()).collect()
    }

    #[test]
    fn changes_are_remembered() {
        let tester = tester();
        tester.add(&json!({ "id": id(1), "title": "a" }));
        for change in [
            json!({ "id": id(1), "startDate": "2026-03-02T00:00:00Z" }),
            json!({ "id": id(1), "startDate": "2026-03-02T00:00:00Z", "title": "a" }),
            json!({ "id": id(1), "startDate": "2026-03-03T00:00:00Z" }),
            json!({ "id": id(1), "status": 2 }),
        ] {
            tester.service.clock().advance(SignedDuration::from_secs(1));
            tester.update(&change);
        }
        assert_eq!(actions(&tester, ""), ["T_DONE", "T_DUE", "T_DUE", "T_CREATE"]);
        assert_eq!(actions(&tester, "?skip=2"), ["T_DUE", "T_CREATE"]);
        let last = tester.get(&format!("/api/v1/task/activity/{}", id(1)))[2]["id"].as_str().unwrap().to_owned();
        assert_eq!(actions(&tester, &format!("?skip=3&lastId={last}")), ["T_CREATE"]);
        assert_eq!(actions(&tester, "?skip=4"), [""; 0], "the end");
        let count = |action: &str| tester.post("/api/v2/task/activity/count/all", &json!({ "action": action }));
        assert_eq!(count("T_DUE"), json!({ id(1): 2 }));
        assert_eq!(count("T_REOPEN"), json!({}));
    }

    #[test]
    fn entries_say_what_changed() {
        let tester = tester();
        tester.post("/api/v2/batch/project", &json!({ "add": [{ "id": id(9), "name": "Project" }] }));
        tester.add(&json!({ "id": id(1), "title": "a", "dueDate": "2026-03-02T00:00:00Z" }));
        tester.add(&json!({ "id": id(2) }));
        tester.update(&json!({ "id": id(1), "title": "b", "content": "c", "priority": 5, "tags": ["x"] }));
        tester.update(&json!({ "id": id(1), "startDate": "2026-03-03T00:00:00Z", "dueDate": "2026-03-03T00:00:00Z" }));
        let link = json!([{ "taskId": id(2), "projectId": "inbox", "parentId": id(1) }]);
        tester.post("/api/v2/batch/taskParent", &link);
        let places = json!([{ "taskId": id(1), "fromProjectId": "inbox", "toProjectId": id(9) }]);
        tester.post("/api/v2/batch/taskProject", &places);
        tester.post("/api/v2/batch/task", &json!({ "delete": [{ "taskId": id(1), "projectId": id(9) }] }));
        let words = ["T_DELETE", "T_MOVE", "T_DUE", "T_TAG", "T_PRIORITY", "T_CONTENT", "T_TITLE", "T_CREATE"];
        assert_eq!(actions(&tester, ""), words);
        let entries = tester.get(&format!("/api/v1/task/activity/{}", id(1)));
        assert_eq!(entries[6]["title"], json!("b"));
        assert_eq!(entries[5]["content"], json!("c"));
        let days = ["2026-03-02T00:00:00.000+0000", "2026-03-03T00:00:00.000+0000"];
        assert_eq!([&entries[2]["dueDateBefore"], &entries[2]["dueDate"]], days);
        assert_eq!(entries[2]["isAllDay"], false);
        assert_eq!([&entries[1]["fromProjectId"], &entries[1]["toProjectId"]], ["inbox120000001", &id(9)]);
        assert_eq!(entries[0]["whoProfile"], json!({ "isMyself": true, "displayName": "me" }));
        assert_eq!(entries[0]["deviceChannel"], "web");
    }

    #[test]
    fn a_free_account_has_no_history() {
        let tester = tester_with(|builder| builder.plan(Plan::Free));
        tester.add(&json!({ "id": id(1) }));
        tester.send("GET", &format!("/api/v1/task/activity/{}", id(1)), "").refused(500, "need_pro");
    }

    #[test]
    fn unknown_tasks_have_no_history_and_reminders_are_dismissed() {
        let tester = tester();
        tester.send("GET", &format!("/api/v1/task/activity/{}", id(1)), "").refused(404, "task_not_found");
        tester.send("POST", "/api/v2/task/activity/count/all", "{}").refused(500, "unknown_exception");
        assert!(tester.send("POST", "/api/v2/task/closeRemind", "{}").value(200).is_null());
        tester.send("POST", "/api/v2/task/closeRemind", "").refused(500, "unknown_exception");
    }
}
