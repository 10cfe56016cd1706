//! The output of the program, and the requests and responses of the simulator, match the published schemas.

use std::cell::RefCell;
use std::collections::HashMap;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value, json};
use ticktick_sim::{Rule, Simulator};

use crate::guide::seeds;
use crate::serve::Serve;
use crate::sessions::Served;
use crate::support::{demo, json, ticktick};

thread_local! {
    /// The compiled schemas, by address. Compiling takes longer than comparing.
    static COMPILED: RefCell<(Compiler, Schemas, HashMap<String, SchemaIndex>)> =
        RefCell::new((Compiler::new(), Schemas::new(), HashMap::new()));
}

/// Compares a value with a definition of a file in `docs/schemas`, or with the whole file if the definition is empty.
fn compared(file: &str, definition: &str, value: &Value) -> Result<(), String> {
    let address = format!("http://localhost/{file}.schema.json");
    let part = if definition.is_empty() { String::new() } else { format!("#/definitions/{definition}") };
    COMPILED.with_borrow_mut(|(compiler, schemas, known)| {
        if !known.contains_key(&address) {
            let path = format!("{}/../../docs/schemas/{file}.schema.json", env!("CARGO_MANIFEST_DIR"));
            let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            compiler.set_default_draft(Draft::V7);
            compiler.enable_format_assertions();
            compiler.add_resource(&address, schema).unwrap();
            known.insert(address.clone(), compiler.compile(&address, schemas).unwrap());
        }
        let index = *known
            .entry(format!("{address}{part}"))
            .or_insert_with_key(|address| compiler.compile(address, schemas).unwrap());
        schemas.validate(value, index).map_err(|error| format!("{error:#}"))
    })
}

#[track_caller]
pub(crate) fn fits(file: &str, definition: &str, value: &Value) {
    for definition in [definition, ""] {
        if let Err(error) = compared(file, definition, value) {
            panic!("{value:#}\ndoes not fit {definition} of {file}: {error}");
        }
    }
}

/// A file for each kind of import.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ticktick-formats/tests/samples/tasks.ics");

#[test]
fn the_manifest_of_an_export_fits() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    demo(&["export", &path("backup")]).success();
    demo(&["export", &path("backup.json"), "--project", "Work"]).success();
    let read = |name: &str| serde_json::from_slice::<Value>(&std::fs::read(path(name)).unwrap()).unwrap();
    let manifest = read("backup/manifest.json");
    assert_eq!(manifest["files"].as_array().unwrap().len(), 14);
    fits("archive", "Manifest", &manifest);
    fits("archive", "Manifest", &read("backup.json"));
    let mut wrong = manifest;
    wrong["files"][0]["sha256"] = json!(1);
    assert!(compared("archive", "Manifest", &wrong).is_err());
}

#[test]
fn every_document_of_the_command_line_fits() {
    for (definition, args) in [
        ("TaskList", &["task", "list", "--archived"][..]),
        ("TaskList", &["task", "list", "--text", "nonsense"]),
        ("TaskList", &["task", "add", "Buy milk", "--due", "fri 09:30", "-t", "errands"]),
        ("TaskList", &["task", "done", "call the"]),
        ("ProjectList", &["project", "list", "--archived"]),
        ("SignInList", &["auth", "status"]),
        ("SignInList", &["auth", "status", "--verify"]),
        ("FindingList", &["auth", "doctor"]),
        ("SettingList", &["config", "list"]),
        ("SettingList", &["config", "get", "region"]),
        ("ProfileList", &["profile", "list"]),
        ("ProfileList", &["profile", "show"]),
        ("OperationList", &["api", "--list"]),
        ("ReportList", &["api", "verify", "--only", "task.get", "--only", "project.get", "--only", "project-get"]),
        ("DriftList", &["doctor", "--drift"]),
        ("McpClientList", &["mcp", "config"]),
        ("SyncList", &["sync"]),
        ("RowList", &["sql", "select id, title, due, sort, null as none, 1.5 as real from all_tasks"]),
        ("ViewList", &["sql"]),
        ("EntryList", &["history"]),
        ("ExportedList", &["export", "schemas-export.ics"]),
        ("ImportedList", &["import", SAMPLE]),
        ("ImportPlan", &["import", SAMPLE, "--dry-run"]),
        ("Explanation", &["add", "Pay rent fri 9am", "--explain"]),
        ("CalendarEntryList", &["week"]),
        ("CalendarEntryList", &["calendar", "--month"]),
        ("LinkedCalendarList", &["calendar", "list"]),
        ("ArchivedEventList", &["calendar", "archived"]),
        ("StatisticList", &["stats"]),
        ("DayStatisticsList", &["stats", "days"]),
        ("ProjectStatisticsList", &["stats", "projects"]),
        ("AchievementList", &["stats", "score"]),
        ("FocusTotalList", &["focus", "stats", "--by", "tag"]),
        ("HabitCalendarList", &["habit", "calendar"]),
        ("TaskList", &["log", "--since", "month"]),
        ("TaskList", &["show", "call the dentist"]),
        ("ProjectList", &["project", "show", "work"]),
        ("BoardColumnList", &["project", "show", "website", "--board"]),
        ("HtmlReportList", &["report", "--html", concat!(env!("CARGO_TARGET_TMPDIR"), "/schema.html")]),
    ] {
        fits("cli", definition, &json(&demo(&[args, &["--json"]].concat()).success()));
    }
    for args in [
        &["sql", "select"][..],
        &["undo"],
        &["task", "done", "pa"],
        &["task", "lst"],
        &["project", "list", "x"],
        &["api", "task.gt"],
    ] {
        fits("cli", "Failure", &json(&demo(&[args, &["--json"]].concat()).failure()));
    }
    let signed_out = ticktick(&["task", "list", "--json", "--base-url", "http://127.0.0.1:9"]).assert().code(4);
    fits("cli", "Failure", &json(&signed_out));
}

#[test]
fn documents_of_the_mirror_fit() {
    let served = Served::start("mirror-schema");
    served.sign_in("me@example.com");
    let run = |definition, args: &[&str]| {
        fits("cli", definition, &json(&served.run(&[args, &["--json"]].concat(), "")));
    };
    run("MirrorStatusList", &["sync", "--status"]);
    run("SyncList", &["sync", "--full"]);
    run("TaskList", &["task", "add", "Milk"]);
    run("TaskList", &["task", "done", "milk"]);
    run("TaskList", &["task", "list"]);
    run("ProjectList", &["project", "list", "--offline"]);
    run("EntryList", &["history"]);
    run("MirrorStatusList", &["sync", "--status"]);
    run("UndoList", &["undo"]);
    run("EntryList", &["history"]);
    run("RowList", &["sql", "select * from writes", "--limit", "1"]);
    run("Failure", &["undo", "77"]);
}

#[test]
fn comparisons_with_a_model_fit() {
    for recorded in [r#"{"id":"a","projectId":"b"}"#, r#"{"id":"a","projectId":"b","mood":1,"status":"open"}"#, "[]"] {
        let check = ticktick(&["api", "check", "--model", "Task", "-"]).stdin(recorded).assert();
        fits("cli", "Check", &json(&check));
    }
}

#[test]
fn a_report_of_a_verification_fits() {
    let served = Served::start("report-schema");
    served.run(&["auth", "login", "-u", "me@example.com", "--password-stdin"], "secret\n").success();
    let path = format!("{}/report-schema.json", env!("CARGO_TARGET_TMPDIR"));
    served.run(&["api", "verify", "--write", "--yes", "--report", &path], "");
    let report: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert!(report["operations"].as_array().unwrap().len() > 50 && report["experiments"].as_array().unwrap().len() > 5);
    fits("report", "Report", &report);
    for (pointer, wrong) in [
        ("/version", json!(2)),
        ("/region", json!("https://example.com")),
        ("/operations/0/seen/outcome", json!("fine")),
        ("/experiments/0/effect", json!("helps")),
        ("/experiments/0/steps", json!([["after"]])),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(pointer).unwrap() = wrong;
        assert!(compared("report", "", &report).is_err(), "{pointer}");
    }
}

#[test]
fn the_control_of_a_simulator_fits() {
    let serve = Serve::start(&["--account", "me@example.com:secret", "--lenient-headers"]);
    serve.json("POST", "/api/v2/user/signon", r#"{"username":"me@example.com","password":"secret"}"#);
    serve.send("POST", "/api/v2/nowhere?x=1", "not JSON");
    serve.send("GET", "/api/v2/projects", "");
    for (definition, method, path, sent, body) in [
        ("Health", "GET", "health", "", ""),
        ("AccountList", "GET", "accounts", "", ""),
        ("Account", "GET", "accounts/me@example.com", "", ""),
        ("OperationList", "GET", "operations", "", ""),
        ("RequestLog", "GET", "requests", "", ""),
        ("CodeList", "GET", "codes", "", ""),
        ("Clock", "GET", "clock", "", ""),
        ("Clock", "POST", "clock", "ClockChange", r#"{"now":"2026-03-01T09:00:00Z","frozen":true}"#),
        ("Clock", "POST", "clock/advance", "Advance", r#"{"by":"1h 30m"}"#),
        ("Clock", "POST", "clock/advance", "Advance", r#"{"seconds":1.5}"#),
        ("Done", "PUT", "captcha", "Captcha", r#"{"verKey":"k","verCode":"c"}"#),
        ("Done", "PUT", "password", "Credentials", r#"{"username":"me@example.com","password":"new"}"#),
        ("Failure", "GET", "stat", "", ""),
    ] {
        if !sent.is_empty() {
            fits("control", sent, &serde_json::from_str(body).unwrap());
        }
        let answer = serve.json(method, &format!("/_sim/{path}"), body);
        fits("control", definition, &answer);
        assert!(definition != "RequestLog" || answer.as_array().unwrap().len() == 3, "{answer}");
    }
    for (definition, path, body) in [
        ("ClockChange", "clock", "{}"),
        ("ClockChange", "clock", r#"{"now":"2026-03-01"}"#),
        ("ClockChange", "clock", r#"{"freeze":true}"#),
        ("Advance", "clock/advance", "{}"),
        ("Advance", "clock/advance", r#"{"by":"1h","seconds":1}"#),
    ] {
        assert!(compared("control", definition, &serde_json::from_str(body).unwrap()).is_err(), "{body}");
        fits("control", "Failure", &serve.json("POST", &format!("/_sim/{path}"), body));
    }
}

#[test]
fn rules_fit_if_the_simulator_takes_them() {
    let serve = Serve::start(&[]);
    for (fits_too, rule) in [
        (true, json!({ "operation": "task.batch", "times": 1, "do": "lose_answer" })),
        (
            true,
            json!({ "method": "get", "path": "/api/", "probability": 0.5, "skip": 2, "do": { "latency": { "ms": 5 } } }),
        ),
        (true, json!({ "status": 503 })),
        (true, json!({ "do": { "status": 503 } })),
        (true, json!({ "do": { "status": { "status": 503, "headers": { "A": "b" }, "body": "x" } } })),
        (true, json!({ "do": { "too_many_requests": { "retry_after": { "seconds": 30 } } } })),
        (true, json!({ "do": { "rate_limit": {} } })),
        (true, json!({ "do": { "drip": { "bytes": 3 } } })),
        (false, json!({})),
        (false, json!({ "status": 503, "do": "reset" })),
        (false, json!({ "status": 99 })),
        (false, json!({ "do": "explode" })),
        (false, json!({ "do": { "latency": { "seconds": 1 } } })),
        (false, json!({ "do": "reset", "time": 1 })),
        (false, json!({ "do": "reset", "times": -1 })),
        (false, json!({ "do": "reset", "probability": 2 })),
        (false, json!({ "do": "reset", "path": "api" })),
        (false, json!(7)),
    ] {
        let (read, by_schema) = (serde_json::from_value::<Rule>(rule.clone()), compared("faults", "", &rule));
        assert_eq!(read.is_ok(), fits_too, "{rule}: {read:?} {by_schema:?}");
        assert_eq!(by_schema.is_ok(), fits_too, "{rule}: {read:?} {by_schema:?}");
        let answer = serve.json("POST", "/_sim/faults", &rule.to_string());
        assert_eq!(answer.is_array(), fits_too, "{answer}");
    }
    fits("faults", "", &serve.json("GET", "/_sim/faults", ""));
}

#[test]
fn seeds_fit_if_the_simulator_takes_them() {
    let guide = seeds().into_iter().map(|seed| (true, serde_json::from_str(&seed).unwrap()));
    for (fits_too, seed) in guide.chain([
        (true, json!({})),
        (true, json!({ "plan": "free", "tasks": [{ "title": "a", "kind": "NOTE", "items": [{ "id": "x", "title": "b" }] }] })),
        (false, json!({ "titel": "x" })),
        (false, json!({ "plan": "gold" })),
        (false, json!({ "tasks": "a" })),
        (false, json!({ "tasks": [7] })),
        (false, json!({ "tasks": [""] })),
        (false, json!({ "tasks": [{ "content": "no title" }] })),
        (false, json!({ "projects": [{ "id": "x", "name": "a" }] })),
        (false, json!({ "habits": ["a"], "checkins": [{ "habit": "a" }] })),
        (false, json!({ "accounts": [{ "name": "x" }] })),
    ]) {
        let read = Simulator::builder().seed_json(seed.to_string()).open().map(drop);
        let by_schema = compared("seed", "", &seed);
        assert_eq!(read.is_ok(), fits_too, "{seed}: {read:?} {by_schema:?}");
        assert_eq!(by_schema.is_ok(), fits_too, "{seed}: {read:?} {by_schema:?}");
    }
}
