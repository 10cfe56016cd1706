//! The eleven rules of deltas, each by its name.

use jiff::tz::TimeZone;
use serde_json::{Value, json};
use ticktick_models::{Object, TaskId};

use super::*;

/// A snapshot with two tasks, two projects in a folder, a tag and a filter, at checkpoint 10.
fn account() -> Account {
    let full = json!({
        "checkPoint": 10,
        "syncTaskBean": { "update": [
            { "id": "a", "projectId": "p", "status": 0, "title": "A", "tags": ["work"], "mood": "good" },
            { "id": "b", "projectId": "q", "status": 0, "title": "B" },
        ] },
        "projectProfiles": [{ "id": "p", "name": "P", "groupId": "g" }, { "id": "q", "name": "Q" }],
        "projectGroups": [{ "id": "g", "name": "G" }],
        "tags": [{ "name": "work", "label": "Work" }],
        "filters": [{ "id": "f", "name": "F", "rule": "{}" }],
        "inboxId": "inbox1",
    });
    // Compared as text, because unknown fields are kept as text.
    Account::new(serde_json::from_str(&full.to_string()).unwrap(), TimeZone::UTC)
}

/// Applies members of a delta; what is not given is null, as in an idle one.
fn apply(account: &mut Account, members: Value) -> Changes {
    let mut delta = json!({
        "checkPoint": 20,
        "syncTaskBean": { "update": [], "add": [], "delete": [], "tagUpdate": [], "empty": true },
        "projectProfiles": null, "projectGroups": null, "filters": null, "tags": null,
        "syncTaskOrderBean": null, "syncOrderBean": null, "syncOrderBeanV3": null,
        "inboxId": null, "checks": null, "remindChanges": null,
    });
    delta.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    account.apply(serde_json::from_str(&delta.to_string()).unwrap())
}

fn update(account: &mut Account, task: Value) -> Changes {
    apply(account, json!({ "syncTaskBean": { "update": [task], "empty": false } }))
}

fn ids<K: AsRef<str>>(keys: &[K]) -> Vec<&str> {
    keys.iter().map(AsRef::as_ref).collect()
}

#[test]
fn rule_1_a_created_task_comes_in_update() {
    let mut account = account();
    let changes = update(&mut account, json!({ "id": "c", "projectId": "inbox1", "status": 0 }));
    assert_eq!(ids(&changes.tasks.added), ["c"]);
    assert_eq!(account.inbox_tasks().len(), 1);
    let added = json!({ "syncTaskBean": { "add": [{ "id": "d", "projectId": "p", "status": 0 }] } });
    assert_eq!(ids(&apply(&mut account, added).tasks.added), ["d"], "should that lane ever be filled");
}

#[test]
fn rule_2_a_closed_task_leaves() {
    for status in [2, 1, -1] {
        let mut account = account();
        let changes = update(&mut account, json!({ "id": "a", "projectId": "p", "status": status }));
        assert_eq!(ids(&changes.tasks.removed), ["a"], "{status}");
        assert!(account.task(TaskId::from("a")).is_none());
        let again = update(&mut account, json!({ "id": "x", "projectId": "p", "status": status }));
        assert!(again.is_empty(), "one that was never here is no change");
    }
}

#[test]
fn rule_3_a_moved_task_is_known_by_its_id() {
    let mut account = account();
    let changes = update(&mut account, json!({ "id": "a", "projectId": "q", "status": 0 }));
    assert_eq!(ids(&changes.tasks.changed), vec!["a"]);
    assert_eq!(account.tasks().len(), 2);
    let of = |project: &str| account.by_project(ticktick_models::ProjectId::from(project)).len();
    assert_eq!(of("p"), 0);
    assert_eq!(of("q"), 2);
}

#[test]
fn rule_4_a_deleted_task_comes_in_its_lane_in_either_shape() {
    for entry in [json!({ "taskId": "a", "projectId": "p" }), json!("a")] {
        for lane in ["delete", "deletedInTrash", "deletedForever"] {
            let mut account = account();
            let changes = apply(&mut account, json!({ "syncTaskBean": { lane: [entry, 7, "unknown"] } }));
            assert_eq!(ids(&changes.tasks.removed), ["a"], "{lane} {entry}");
            assert_eq!(account.tasks().len(), 1);
        }
    }
    let mut account = account();
    let trashed = update(&mut account, json!({ "id": "a", "projectId": "p", "status": 0, "deleted": 1 }));
    assert_eq!(ids(&trashed.tasks.removed), ["a"]);
}

#[test]
fn rule_5_what_a_new_list_lacks_is_deleted() {
    let mut account = account();
    let projects = json!([{ "id": "q", "name": "Q", "closed": true }, { "id": "r", "name": "R" }]);
    let changes = apply(&mut account, json!({ "projectProfiles": projects, "projectGroups": [], "tags": [] }));
    let projects = &changes.projects;
    assert_eq!(ids(&projects.added), vec!["r"]);
    assert_eq!(ids(&projects.changed), vec!["q"]);
    assert_eq!(ids(&projects.removed), vec!["p"]);
    assert_eq!(ids(&changes.groups.removed), vec!["g"]);
    assert_eq!(ids(&changes.tags.removed), vec!["work"]);
    assert_eq!(ids(&changes.tasks.removed), ["a"], "the tasks go with their project");
    assert!(changes.filters == Changed::default() && account.filters().len() == 1, "null is no change");
}

#[test]
fn rule_6_members_that_are_missing_stay_and_null_removes() {
    let mut account = account();
    let changes = update(&mut account, json!({ "id": "a", "projectId": "p", "content": "new", "title": null }));
    assert_eq!(ids(&changes.tasks.changed), ["a"]);
    let task = Object::encode(account.task(TaskId::from("a")).unwrap()).unwrap();
    let member = |key| task.get(key).map(ticktick_models::Json::as_str);
    assert_eq!(member("content"), Some("\"new\""));
    assert_eq!(member("title"), Some("null"));
    assert_eq!(member("tags"), Some("[\"work\"]"));
    assert_eq!(member("mood"), Some("\"good\""));
    assert_eq!(member("status"), Some("0"));
    let changes = update(&mut account, json!({ "id": "a", "projectId": "p", "tags": [], "mood": 1 }));
    assert_eq!(ids(&changes.tasks.changed), ["a"]);
    assert!(account.by_tag(ticktick_models::TagName::from("work")).is_empty());
    assert_eq!(account.task(TaskId::from("a")).unwrap().extra.get("mood").unwrap().as_str(), "1");
    let same = update(&mut account, json!({ "id": "a", "projectId": "p", "mood": 1 }));
    assert!(same.is_empty(), "what came once more is no change");
}

#[test]
fn rule_7_a_project_may_come_before_its_folder() {
    let mut account = account();
    let projects = json!([{ "id": "p", "name": "P", "groupId": "h" }, { "id": "q", "name": "Q" }]);
    apply(&mut account, json!({ "projectProfiles": projects }));
    let group = account.projects()[0].group_id.get().cloned().unwrap();
    assert!(account.folder(&group).is_none());
    let changes = apply(&mut account, json!({ "projectGroups": [{ "id": "g" }, { "id": "h" }] }));
    assert_eq!(ids(&changes.groups.added), ["h"]);
    assert!(account.folder(&group).is_some());
}

#[test]
fn rule_8_an_empty_delta_leaves_the_checkpoint() {
    let mut account = account();
    assert!(apply(&mut account, json!({ "syncOrderBeanV3": { "orderByType": {} } })).is_empty());
    assert_eq!(account.checkpoint(), 10);
    update(&mut account, json!({ "id": "c", "projectId": "p" }));
    assert_eq!(account.checkpoint(), 20);
}

#[test]
fn rule_9_the_flag_empty_is_about_tasks() {
    let mut account = account();
    let changes = apply(&mut account, json!({ "tags": [{ "name": "home" }], "filters": [] }));
    assert_eq!(ids(&changes.tags.added), vec!["home"]);
    assert_eq!(ids(&changes.filters.removed), vec!["f"]);
    assert_eq!(account.checkpoint(), 20);
    let liar = json!({ "syncTaskBean": { "empty": true, "update": [{ "id": "c", "projectId": "p" }] } });
    assert_eq!(ids(&apply(&mut account, liar).tasks.added), ["c"]);
}

#[test]
fn rule_10_null_does_not_take_the_inbox_away() {
    let mut account = account();
    apply(&mut account, json!({ "inboxId": null }));
    assert_eq!(account.inbox_id().unwrap(), "inbox1");
    apply(&mut account, json!({ "inboxId": "inbox2" }));
    assert_eq!(account.inbox_id().unwrap(), "inbox2");
}

#[test]
fn rule_11_the_status_decides_and_not_the_time() {
    let mut account = account();
    let reopened = json!({ "id": "c", "projectId": "p", "status": 0, "completedTime": "2026-03-01T00:00:00.000+0000" });
    assert_eq!(ids(&update(&mut account, reopened).tasks.added), ["c"]);
}

#[test]
fn what_is_shown_is_there_whatever_the_other_lane_says() {
    let mut account = account();
    let lanes = json!({ "update": [{ "id": "a", "projectId": "q" }], "delete": [{ "taskId": "a", "projectId": "p" }] });
    let changes = apply(&mut account, json!({ "syncTaskBean": lanes }));
    assert_eq!(ids(&changes.tasks.changed), vec!["a"]);
    assert_eq!(changes.tasks.removed.len(), 0);
}

#[test]
fn orders_are_merged_object_by_object() {
    let order =
        |entries: Value| json!({ "syncOrderBeanV3": { "orderByType": { "view": { "all": { "changed": entries } } } } });
    let mut account = account();
    apply(&mut account, order(json!([{ "id": "a", "order": 1 }, { "id": "b", "order": 2 }])));
    apply(&mut account, order(json!([{ "id": "b", "order": 3 }, { "id": "c", "order": 4 }])));
    for (bean, map) in [("syncOrderBean", "orderByType"), ("syncTaskOrderBean", "taskOrderByDate")] {
        apply(&mut account, json!({ bean: { map: { "x": 1, "y": 1 } } }));
        apply(&mut account, json!({ bean: { map: { "y": 2 } } }));
    }
    let answer = account.into_answer();
    let changed = &answer.sync_order_bean_v3.get().unwrap().order_by_type["view"]["all"].changed;
    let orders: Vec<_> = changed.iter().map(|entry| entry.order.copied().unwrap()).collect();
    assert_eq!(orders, [1, 3, 4]);
    let wanted = json!({ "x": 1, "y": 2 });
    let maps = [
        serde_json::to_value(&answer.sync_order_bean.get().unwrap().order_by_type).unwrap(),
        serde_json::to_value(&answer.sync_task_order_bean.get().unwrap().task_order_by_date).unwrap(),
    ];
    assert!(maps.iter().all(|map| *map == wanted), "{maps:?}");
}

#[test]
fn an_answer_that_was_kept_is_read_back() {
    let mut account = account();
    update(&mut account, json!({ "id": "c", "projectId": "p", "new": 1.50 }));
    let text = serde_json::to_string(&account.clone().into_answer()).unwrap();
    let again = Account::new(serde_json::from_str(&text).unwrap(), TimeZone::UTC);
    assert_eq!(again.tasks(), account.tasks());
    assert_eq!(again.checkpoint(), 20);
    assert_eq!(again.projects(), account.projects());
    assert_eq!(again.inbox(), account.inbox());
    // What is known of an empty account is all that a delta to the start brings.
    let mut fresh = Account::new(SyncAnswer::new(0), TimeZone::UTC);
    assert_eq!(fresh.apply(again.into_answer()).tasks.added.len(), 3);
    assert_eq!(fresh.checkpoint(), 20);
}
