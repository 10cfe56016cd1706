use serde_json::{Value, json};

use crate::server::testing::{PASSWORD, USER, id};
use crate::{Builder, Collection, DEMO_USER, Service, Simulator};

fn builder() -> Builder {
    Simulator::builder().now("2026-03-01T12:00:00Z".parse().unwrap()).account(USER, PASSWORD)
}

fn seeded(seed: &Value) -> Service {
    builder().seed_json(seed.to_string()).build()
}

fn objects(service: &Service, collection: Collection) -> Vec<Value> {
    service.objects(USER, collection).iter().map(|object| object.decode().unwrap()).collect()
}

/// Returns the error for an invalid seed.
#[track_caller]
fn error(seed: &str) -> String {
    builder().seed_json(seed).open().unwrap_err().to_string()
}

#[test]
fn names_and_titles_are_enough() {
    let service = seeded(&json!({
        "folders": ["Office"],
        "projects": ["Work"],
        "columns": ["To do"],
        "tags": ["Urgent"],
        "filters": ["Mine"],
        "tasks": ["Call Ann"],
        "habits": ["Read"],
    }));
    let only = |collection| {
        let mut all = objects(&service, collection);
        assert_eq!(all.len(), 1, "{collection:?}");
        all.remove(0)
    };
    assert_eq!(only(Collection::ProjectGroups)["name"], "Office");
    assert_eq!(only(Collection::Projects)["name"], "Work");
    assert_eq!(only(Collection::Columns)["projectId"], "inbox120000001");
    assert_eq!(only(Collection::Tags)["name"], json!("urgent"));
    assert_eq!(only(Collection::Tags)["label"], json!("Urgent"));
    assert_eq!(only(Collection::Filters)["name"], "Mine");
    assert_eq!(only(Collection::Habits)["name"], "Read");
    let task = only(Collection::Tasks);
    assert_eq!(task["title"], json!("Call Ann"));
    assert_eq!(task["projectId"], json!("inbox120000001"));
    assert_eq!(task["createdTime"], "2026-03-01T12:00:00.000+0000");
}

#[test]
fn objects_refer_to_each_other_by_name_or_id() {
    let service = seeded(&json!({
        "timeZone": "Europe/Berlin",
        "folders": ["Office"],
        "projects": [{ "name": "Work", "folder": "Office" }, { "id": id(7), "name": "Home" }],
        "columns": [{ "name": "Doing", "project": "Work" }],
        "tags": ["b", { "name": "a", "parent": "b" }],
        "tasks": [
            { "title": "Report", "project": "Work", "column": "Doing", "priority": 5, "tags": ["a"] },
            { "title": "Draft", "parent": "Report" },
            { "id": id(2), "title": "Child", "projectId": id(7), "parentId": id(1) },
            { "id": id(1), "title": "Clean", "projectId": id(7) },
            { "title": "Old", "status": 2 },
            { "title": "Gone", "deleted": 1, "project": "inbox" },
        ],
        "habits": ["Read"],
        "checkins": [{ "habit": "Read", "checkinStamp": 20_260_228, "value": 1 }],
    }));
    let named = |collection, key: &str, name: &str| {
        objects(&service, collection).into_iter().find(|object| object[key] == name).unwrap()
    };
    let task = |title: &str| named(Collection::Tasks, "title", title);
    let work = named(Collection::Projects, "name", "Work");
    assert_eq!(work["groupId"], named(Collection::ProjectGroups, "name", "Office")["id"]);
    let report = task("Report");
    assert_eq!(report["projectId"], work["id"]);
    assert_eq!(report["columnId"], named(Collection::Columns, "name", "Doing")["id"]);
    assert_eq!(report["timeZone"], json!("Europe/Berlin"));
    assert_eq!(report["priority"], json!(5));
    assert!(report["column"].is_null() && report["project"].is_null());
    assert_eq!(task("Draft")["parentId"], report["id"]);
    assert_eq!(report["childIds"], json!([task("Draft")["id"]]));
    assert_eq!(task("Draft")["projectId"], work["id"], "a subtask is where its parent is");
    assert_eq!(task("Clean")["childIds"], json!([id(2)]), "ids may be given in any order");
    assert_eq!(task("Old")["completedTime"], "2026-03-01T12:00:00.000+0000");
    assert_eq!(task("Gone")["deleted"], 1);
    assert_eq!(named(Collection::Tags, "name", "a")["parent"], "b");
    let habit = named(Collection::Habits, "name", "Read");
    assert_eq!(objects(&service, Collection::HabitCheckins)[0]["habitId"], habit["id"]);
}

#[test]
fn errors_name_the_path_and_what_is_expected() {
    for (seed, says) in [
        ("{", "$: EOF"),
        ("[]", "$: invalid type"),
        (r#"{"taks":[]}"#, "unknown field `taks`"),
        (r#"{"tasks":7}"#, "$.tasks: invalid type: integer `7`, expected a sequence"),
        (r#"{"tasks":[7]}"#, "$.tasks[0]: expected an object, or a text for its `title`"),
        (r#"{"tasks":["a",{"titel":"b"}]}"#, "$.tasks[1].title: expected a text that is not empty"),
        (r#"{"tasks":[{"title":"a","priorty":5}]}"#, "$.tasks[0].priorty: expected a member or value that the API has"),
        (r#"{"tasks":[{"title":"a","priority":"high"}]}"#, "$.tasks[0].priority: invalid type: string"),
        (r#"{"tasks":[{"title":"a","priority":2}]}"#, "$.tasks[0].priority: expected a member or value"),
        (r#"{"tasks":[{"title":"a","dueDate":"tomorrow"}]}"#, "$.tasks[0].dueDate: expected a date and time, such as"),
        (r#"{"tasks":[{"title":"a","items":[{"status":"x"}]}]}"#, "$.tasks[0].items[0].status: invalid type"),
        (r#"{"tasks":[{"title":"a","id":"1"}]}"#, "$.tasks[0].id: expected 24 hexadecimal digits"),
        (
            r#"{"tasks":[{"title":"a","project":"Wrok"}],"projects":["Work"]}"#,
            "$.tasks[0].project: expected the name of a project of this account (nearest: Work, inbox)",
        ),
        (r#"{"tasks":[{"title":"a","project":7}]}"#, "$.tasks[0].project: expected a name"),
        (r#"{"tasks":[{"title":"a","projectId":"Work"}]}"#, "$.tasks[0].projectId: expected `inbox` or the id"),
        (
            r#"{"tasks":[{"title":"a","column":"x"}]}"#,
            "$.tasks[0].column: expected the name of a column of this account (there are none)",
        ),
        (r#"{"tasks":[{"title":"a","columnId":"x"}]}"#, "$.tasks[0].columnId: expected the id of a column"),
        (
            r#"{"tasks":[{"title":"a","parent":"b"},"b"]}"#,
            "$.tasks[0].parent: expected the name of a task before this one",
        ),
        (r#"{"tasks":[{"title":"a","parentId":"b"},"b"]}"#, "$.tasks[0].parentId: expected the id of another task"),
        (r#"{"projects":[{"name":"a","folder":"b"}]}"#, "$.projects[0].folder: expected the name of a folder"),
        (r#"{"projects":[{"name":""}]}"#, "$.projects[0].name: expected a text"),
        (r#"{"tags":[{"name":"a","parent":"b"}]}"#, "$.tags[0].parent: expected the name of a tag"),
        (r#"{"checkins":["a"]}"#, "$.checkins[0]: expected an object"),
        (
            r#"{"checkins":[{"habit":"a","checkinStamp":20260301}]}"#,
            "$.checkins[0].habit: expected the name of a habit",
        ),
        (r#"{"habits":["a"],"checkins":[{"habit":"a"}]}"#, "$.checkins[0].checkinStamp: expected a day as a number"),
        (r#"{"timeZone":"Mars/Base"}"#, "$.timeZone: expected an IANA time zone"),
        (r#"{"plan":"gold"}"#, "$.plan: unknown variant `gold`"),
        (r#"{"accounts":[{"tasks":[]}]}"#, "$.accounts[0].username: expected the user name"),
        (r#"{"accounts":[{"username":"a","password":"b","tasks":[{}]}]}"#, "$.accounts[0].tasks[0].title: expected"),
        (r#"{"accounts":[{"username":"a"}]}"#, "no `password`"),
        (r#"{"accounts":[],"tasks":[]}"#, "unknown field `tasks`"),
    ] {
        let error = error(seed);
        assert!(error.contains(says), "{seed}: {error}");
    }
    let twice = format!(r#"{{"tasks":[{{"id":"{0}","title":"a"}},{{"id":"{0}","title":"b"}}]}}"#, id(1));
    assert_eq!(error(&twice), "$.tasks[1].id: expected another id, because $.tasks[0] has this one");
    let circle = json!({ "tasks": [
        { "id": id(1), "title": "a", "parentId": id(2) }, { "id": id(2), "title": "b", "parentId": id(1) },
    ] });
    assert_eq!(error(&circle.to_string()), "$.tasks[1].parentId: expected a task that is not below this one");
    let many: Vec<String> = (0..12).map(|n| format!("project {n}")).collect();
    let over = error(&json!({ "plan": "free", "projects": many }).to_string());
    assert_eq!(over, "$.projects[9]: expected no more than the plan of the account allows");
}

#[test]
fn a_document_describes_one_account_or_several() {
    let several = json!({ "accounts": [
        { "username": USER, "tasks": ["a"] },
        { "username": "you@example.com", "password": "x", "plan": "free", "tasks": ["b", "c"] },
    ] });
    let count = |service: &Service, user: &str| service.objects(user, Collection::Tasks).len();
    let service = seeded(&several);
    assert_eq!(count(&service, USER), 1);
    assert_eq!(count(&service, "you@example.com"), 2);
    let lone = Simulator::builder().seed_json(r#"{"tasks":["a"]}"#).build();
    assert_eq!(count(&lone, DEMO_USER), 1);
}

#[test]
fn a_reset_plants_the_seed_again() {
    let service = seeded(&json!({ "tasks": ["a"] }));
    let before = objects(&service, Collection::Tasks);
    service.change(USER, |account| account.purge_task(before[0]["id"].as_str().unwrap(), service.clock().now()));
    assert!(objects(&service, Collection::Tasks).is_empty());
    service.reset();
    assert_eq!(objects(&service, Collection::Tasks), before);
}

#[test]
fn synthetic_tasks_go_to_the_account_that_is_named() {
    let two = || builder().account("you@example.com", "x");
    let service = two().synthetic_for(USER, 20).build();
    let count = |user: &str| service.objects(user, Collection::Tasks).len();
    assert_eq!(count(USER), 21);
    assert_eq!(count("you@example.com"), 0);
    let error = two().synthetic_for("nobody", 20).open().unwrap_err();
    assert!(error.to_string().contains("an account that does not exist"), "{error}");
}

#[test]
fn a_name_that_two_objects_have_is_refused_with_both() {
    let two = r#"["Work", {"name": "Work"}]"#;
    let both = |list: &str| format!("$.{list}[0] and $.{list}[1] have the name `Work`");
    for (seed, at, list) in [
        (
            format!(r#"{{"projects": {two}, "tasks": [{{"title": "x", "project": "Work"}}]}}"#),
            "$.tasks[0].project: ",
            "projects",
        ),
        (
            format!(r#"{{"projects": {two}, "columns": [{{"name": "x", "project": "Work"}}]}}"#),
            "$.columns[0].project: ",
            "projects",
        ),
        (
            format!(r#"{{"folders": {two}, "projects": [{{"name": "x", "folder": "Work"}}]}}"#),
            "$.projects[0].folder: ",
            "folders",
        ),
        (
            format!(r#"{{"columns": {two}, "tasks": [{{"title": "x", "column": "Work"}}]}}"#),
            "$.tasks[0].column: ",
            "columns",
        ),
        (r#"{"tasks": ["Work", "Work", {"title": "x", "parent": "Work"}]}"#.into(), "$.tasks[2].parent: ", "tasks"),
        (
            format!(r#"{{"habits": {two}, "checkins": [{{"habit": "Work", "checkinStamp": 20260301}}]}}"#),
            "$.checkins[0].habit: ",
            "habits",
        ),
    ] {
        let error = error(&seed);
        assert!(error.contains(at) && error.contains(&both(list)), "{seed}: {error}");
    }
    seeded(&json!({ "projects": ["Work", "Work", "Home"], "tasks": [{ "title": "x", "project": "Home" }] }));
    let columns = json!([{ "name": "To do", "project": "Work" }, { "name": "To do", "project": "Home" }]);
    let task = json!({ "title": "x", "project": "Home", "column": "To do" });
    seeded(&json!({ "projects": ["Work", "Home"], "columns": columns, "tasks": [task] }));
}
