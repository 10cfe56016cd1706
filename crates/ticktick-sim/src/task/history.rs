//! What happened to tasks, and reminders that were dismissed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ticktick_models::{Json, Object};

use crate::account::{Account, Plan};
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};

/// Most entries of one answer.
const PAGE: usize = 50;

/// Kinds of entries. Of the words only that for dates is on record; the others follow its pattern.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Create,
    Title,
    Due,
    Complete,
    Reopen,
}

impl Deed {
    fn word(self) -> &'static str {
        match self {
            Self::Create => "T_CREATE",
            Self::Title => "T_TITLE",
            Self::Due => "T_DUE",
            Self::Complete => "T_DONE",
            Self::Reopen => "T_REOPEN",
        }
    }
}

/// One entry.
#[derive(Serialize, Deserialize)]
struct Entry {
    task: Box<str>,
    deed: Deed,
    at: Timestamp,
}

/// Changes of tasks, the oldest first. That a task was made is told by the task itself.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct History(Vec<Entry>);

impl History {
    /// Notes what a change did.
    pub(super) fn note(&mut self, before: &Object, after: &Object, now: Timestamp) {
        let differs = |key: &str| before.get(key).map(Json::as_str) != after.get(key).map(Json::as_str);
        let status = |task: &Object| task.int("status").unwrap_or_default();
        let deeds = [
            (Deed::Title, differs("title")),
            (Deed::Due, differs("startDate") || differs("dueDate")),
            (Deed::Complete, status(before) == 0 && status(after) != 0),
            (Deed::Reopen, status(before) != 0 && status(after) == 0),
        ];
        let task = before.text("id").unwrap_or_default();
        for (deed, _) in deeds.into_iter().filter(|(_, is_done)| *is_done) {
            self.0.push(Entry { task: task.as_str().into(), deed, at: now });
        }
    }

    pub(super) fn purge(&mut self, task: &str) {
        self.0.retain(|entry| *entry.task != *task);
    }
}

/// Answers what happened to a task, latest first; a free account was always refused.
pub(super) fn activity(account: &Account, call: &Call) -> Answer {
    if account.plan == Plan::Free {
        return Err(Refusal::new(500, "need_pro"));
    }
    let id = call.path("taskId");
    let task = account.tasks.get(id).ok_or_else(Refusal::no_task)?;
    let made = Entry { task: id.into(), deed: Deed::Create, at: task.instant("createdTime").unwrap_or(call.now) };
    let entries = account.history.0.iter().filter(|entry| *entry.task == *id);
    let entries = std::iter::once(&made).chain(entries).zip(1_u64..);
    let mut all: Vec<Value> = entries.map(|(entry, place)| written(entry, place)).collect();
    all.reverse();
    let skipped = usize::try_from(call.number("skip", 0)?).unwrap_or_default();
    let after_last = call.query("lastId").and_then(|last| all.iter().position(|entry| entry["id"] == last));
    let start = after_last.map_or(skipped, |place| place + 1);
    let page: Vec<Value> = all.into_iter().skip(start).take(PAGE).collect();
    Ok(Reply::json(&page))
}

fn written(entry: &Entry, place: u64) -> Value {
    json!({
        "id": format!("{:08x}{place:016x}", entry.at.as_second()),
        "action": entry.deed.word(),
        "when": wire(entry.at),
        "whoProfile": { "isMyself": true },
        "deviceChannel": "web",
    })
}

/// Answers how many entries of a kind each task has that has some.
pub(super) fn counts(account: &Account, call: &Call) -> Answer {
    let sent: Object = call.json()?;
    let action = sent.word("action").ok_or_else(Refusal::senseless)?;
    let mut counts = serde_json::Map::new();
    for entry in account.history.0.iter().filter(|entry| entry.deed.word() == action) {
        let count = counts.entry(&*entry.task).or_insert_with(|| json!(0));
        *count = json!(count.as_i64().unwrap_or_default() + 1);
    }
    Ok(Reply::json(&counts))
}

/// Dismisses a reminder. What the body names is not on record, so that nothing changes.
pub(super) fn close_remind(call: &Call) -> Answer {
    let _: Json = call.json()?;
    Ok(Reply::empty())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::json;

    use crate::Plan;
    use crate::testing::{Tester, id, tester, tester_with};

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
        assert_eq!(actions(&tester, &format!("?lastId={last}")), ["T_CREATE"]);
        let count = |action: &str| tester.post("/api/v2/task/activity/count/all", &json!({ "action": action }));
        assert_eq!(count("T_DUE"), json!({ id(1): 2 }));
        assert_eq!(count("T_REOPEN"), json!({}));
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
        tester.send("GET", &format!("/api/v1/task/activity/{}", id(1)), "").refused(500, "task_not_found");
        tester.send("POST", "/api/v2/task/activity/count/all", "{}").refused(500, "unknown_exception");
        assert!(tester.send("POST", "/api/v2/task/closeRemind", "{}").value(200).is_null());
        tester.send("POST", "/api/v2/task/closeRemind", "").refused(500, "unknown_exception");
    }
}
