mod accounts;
mod readings;

use jiff::SignedDuration;
use serde_json::{Value, json};
use ticktick_models::Permission;
use ticktick_raw::OPERATIONS;

use crate::exchange::call::Incoming;
use crate::exchange::reply::Reply;
use crate::server::testing::{PASSWORD, Tester, USER, browser, id, tester, tester_with};
use crate::{Builder, Collection, Simulator};

/// Sends a request without headers, as a test in any language may.
fn send(tester: &Tester, method: &str, path: &str, body: &str) -> Reply {
    let (method, target) = (method.to_owned(), format!("/_sim/{path}"));
    tester.service.state.serve(Incoming { method, target, headers: Vec::new(), body: body.into() })
}

#[track_caller]
fn get(tester: &Tester, path: &str) -> Value {
    send(tester, "GET", path, "").value(200)
}

#[test]
fn no_path_of_the_service_is_taken() {
    assert!(OPERATIONS.iter().all(|operation| !operation.path.starts_with("/_sim")));
    assert!(OPERATIONS.iter().all(|operation| !operation.path.starts_with("/{")));
}

#[test]
fn health_says_who_is_there() {
    let health = get(&tester(), "health");
    assert_eq!(health["ok"], json!(true));
    assert_eq!(health["accounts"], json!([USER]));
    assert_eq!(health["now"], json!("2026-03-01T12:00:00Z"));
    assert_eq!(health["saveError"], Value::Null);
}

#[test]
fn the_prefix_alone_lists_the_routes() {
    let tester = tester();
    let listed = tester.send_with(Vec::new(), "GET", "/_sim", "").value(200);
    assert_eq!(get(&tester, ""), listed);
    tester.send_with(Vec::new(), "POST", "/_sim", "").value(405);
    let guide = include_str!("../../../../docs/simulator.md");
    for route in listed.as_array().unwrap() {
        let path = route["path"].as_str().unwrap();
        assert!(guide.contains(&format!("{path}` |")), "docs/simulator.md lacks {path}");
        let methods: Vec<&str> = route["methods"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let tester = crate::server::testing::tester();
            let status = tester.send_with(Vec::new(), method, &path.replace("NAME", USER), "").status;
            assert_eq!(methods.contains(&method), ![404, 405].contains(&status), "{method} {path}: {status}");
        }
    }
}

#[test]
fn errors_of_wrong_calls_list_valid_ones() {
    let tester = tester();
    let error = send(&tester, "GET", "stat", "").value(404)["error"].as_str().unwrap().to_owned();
    assert!(error.contains("did you mean /_sim/state?") && error.contains("state, reset"), "{error}");
    send(&tester, "PATCH", "state", "").value(405);
    for (method, path, body) in [
        ("PUT", "state", "{}"),
        ("PUT", "clock", r#"{"now":"yesterday"}"#),
        ("POST", "clock/advance", r#"{"seconds":1e300}"#),
        ("POST", "clock/advance", r#"{"by":"90000000 hours"}"#),
        ("POST", "faults", r#"[{"do":"reset"},{"do":"explode"}]"#),
        ("PUT", "captcha", "{}"),
        ("PUT", "password", "[]"),
    ] {
        let error = send(&tester, method, path, body).value(400);
        assert!(error["error"].is_string(), "{method} {path}");
    }
    assert_eq!(get(&tester, "faults"), json!([]));
    send(&tester, "PUT", "password", r#"{"username":"nobody","password":"x"}"#).value(404);
}

#[test]
fn the_clock_is_read_set_and_moved() {
    let tester = tester();
    assert_eq!(get(&tester, "clock")["now"], "2026-03-01T12:00:00Z");
    send(&tester, "PUT", "clock", r#"{"now":"2027-01-01T00:00:00Z"}"#).value(200);
    send(&tester, "POST", "clock/advance", r#"{"seconds":1.5}"#).value(200);
    let answer = send(&tester, "POST", "clock/advance", r#"{"by":"1h 30m"}"#).value(200);
    assert_eq!(answer["now"], "2027-01-01T01:30:01.5Z");
    assert_eq!(tester.service.clock().now().to_string(), "2027-01-01T01:30:01.5Z");
}

#[test]
fn the_clock_stands_still_on_demand() {
    let tester = tester_with(|builder| builder.clock(ticktick_models::SystemClock));
    let change = |body: &str| send(&tester, "POST", "clock", body).value(200);
    assert_eq!(get(&tester, "clock")["frozen"], false);
    let answer = change(r#"{"now":"2027-01-01T00:00:00Z","frozen":true}"#);
    assert_eq!(answer, json!({ "now": "2027-01-01T00:00:00Z", "frozen": true }));
    assert_eq!(get(&tester, "clock"), answer);
    send(&tester, "POST", "clock/advance", r#"{"by":"1h"}"#).value(200);
    assert_eq!(change(r#"{"frozen":true}"#)["now"], "2027-01-01T01:00:00Z");
    assert_eq!(change(r#"{"frozen":false}"#)["frozen"], false);
    for (body, says) in [
        ("{}", "expected `now`, `frozen` or both"),
        (r#"{"now":"2027-01-01"}"#, "expected a date and time with an offset, such as 2026-03-01T09:00:00Z"),
        (r#"{"now":"2027-01-01"}"#, "$.now: "),
        (r#"{"frozen":"yes"}"#, "$.frozen: invalid type"),
        (r#"{"freeze":true}"#, "unknown field `freeze`"),
        ("", "EOF"),
    ] {
        let error = send(&tester, "POST", "clock", body).value(400)["error"].as_str().unwrap().to_owned();
        assert!(error.contains(says), "{body}: {error}");
    }
}

#[test]
fn refused_bodies_name_the_place_and_what_is_allowed() {
    let tester = tester();
    for (path, body, says) in [
        ("clock/advance", "{}", "$: expected one of `by`, a duration such as `1h 30m`, and `seconds`, a number"),
        ("clock/advance", r#"{"by":"1h","seconds":1}"#, "$: expected one of `by`"),
        ("clock/advance", r#"{"by":"soon"}"#, "$.by: expected a duration, such as `1h 30m`"),
        ("clock/advance", r#"{"hours":1}"#, "unknown field `hours`, expected `by` or `seconds`"),
        ("clock/advance", r#"{"by":"90000000 hours"}"#, "$.by: expected a duration that ends between the years"),
        ("clock/advance", r#"{"seconds":1e12}"#, "$.seconds: expected a duration that ends between the years"),
        ("faults", "{}", "$: expected `do` or `status`; for example, `status` with the value 503"),
        ("faults", r#"[{"do":"reset"},{}]"#, "$[1]: expected `do` or `status`"),
        (
            "faults",
            r#"[{"do":"reset"},{"do":"explode"}]"#,
            "$[1]: `do`: unknown variant `explode`, expected one of `status`",
        ),
        ("faults", r#"[{"do":"reset"},{"status":"503"}]"#, "$[1].status: invalid type"),
        ("faults", r#"[{"do":"reset","tims":1}]"#, "unknown field `tims`, expected one of `operation`, `method`"),
        ("faults", "7", "$: invalid type"),
    ] {
        let error = send(&tester, "POST", path, body).value(400)["error"].as_str().unwrap().to_owned();
        assert!(error.contains(says), "{path} {body}: {error}");
    }
    let error =
        send(&tester, "PUT", "accounts/new", r#"{"titel":"x"}"#).value(400)["error"].as_str().unwrap().to_owned();
    assert!(error.contains("$.titel: unknown field `titel`, expected one of `username`, `password`"), "{error}");
}

#[test]
fn operations_are_listed() {
    let operations = get(&tester(), "operations");
    assert_eq!(operations.as_array().unwrap().len(), OPERATIONS.len());
    let batch = json!({ "id": "task.batch", "method": "POST", "path": "/api/v2/batch/task" });
    assert!(operations.as_array().unwrap().contains(&batch));
}

#[test]
fn a_misspelt_operation_is_refused() {
    let tester = tester();
    let rules = r#"[{"do":"reset"},{"operation":"task.bacth","status":503}]"#;
    let error = send(&tester, "POST", "faults", rules).value(400)["error"].as_str().unwrap().to_owned();
    assert!(error.contains("`task.bacth`") && error.contains("task.batch"), "{error}");
    assert_eq!(get(&tester, "faults"), json!([]));
    send(&tester, "POST", "faults", r#"{"status":503}"#).value(200);
    assert_eq!(tester.send("GET", "/api/v2/tags", "").status, 503);
}

#[test]
fn web_pages_elsewhere_are_turned_away() {
    let tester = tester();
    let send = |name: &str, value: &str| {
        let headers = vec![(name.to_owned(), value.to_owned())];
        tester.send_with(headers, "DELETE", "/_sim/sessions", "").status
    };
    assert_eq!(send("host", "evil.example"), 403);
    assert_eq!(send("origin", "https://evil.example"), 403);
    tester.get("/api/v2/projects");
    assert_eq!(send("host", "localhost:8080"), 200);
}

#[test]
fn requests_are_shown_as_they_were_sent() {
    let tester = tester();
    tester.send("POST", "/api/v2/batch/task?x=1", r#"{"add":[{"title":"a","strange":1.0e3}]}"#);
    tester.send("POST", "/nowhere", "not json");
    tester.get("/api/v2/projects");
    let text = String::from_utf8(send(&tester, "GET", "requests", "").body.to_vec()).unwrap();
    assert!(text.contains(r#""body":{"add":[{"title":"a","strange":1.0e3}]}"#), "{text}");
    let log = get(&tester, "requests");
    assert_eq!(log.as_array().unwrap().len(), 3, "the control is not logged");
    assert_eq!(log[0]["path"], json!("/api/v2/batch/task"));
    assert_eq!(log[0]["query"], json!("x=1"));
    assert_eq!(log[0]["operation"], json!("task.batch"));
    assert_eq!(log[0]["status"], json!(200));
    assert_eq!(log[1]["operation"], Value::Null);
    assert_eq!(log[1]["body"], json!("not json"));
    assert_eq!(log[2]["body"], Value::Null);
    send(&tester, "DELETE", "requests", "").value(200);
    assert_eq!(get(&tester, "requests"), json!([]));
}

#[test]
fn rules_are_added_listed_and_cleared() {
    let tester = tester();
    let rule = r#"{"operation":"tag.list","times":2,"do":"too_busy"}"#;
    assert_eq!(send(&tester, "POST", "faults", rule).value(200), json!([serde_json::from_str::<Value>(rule).unwrap()]));
    send(&tester, "POST", "faults", r#" [{"do":{"latency":{"ms":1}}},{"do":"reset","probability":0}]"#).value(200);
    tester.send("GET", "/api/v2/tags", "").refused(500, "too_busy");
    let rules = get(&tester, "faults");
    assert_eq!(rules.as_array().unwrap().len(), 3);
    assert_eq!(rules[0]["times"], json!(1));
    send(&tester, "DELETE", "faults", "").value(200);
    tester.get("/api/v2/tags");
}

#[test]
fn sign_ons_are_controlled() {
    let tester = tester();
    send(&tester, "PUT", "captcha", r#"{"verKey":"k","verCode":"c"}"#).value(200);
    let sign_on =
        || tester.send("POST", "/api/v2/user/signon", json!({ "username": USER, "password": "new" }).to_string());
    sign_on().refused(500, "need_captcha");
    send(&tester, "DELETE", "captcha", "").value(200);
    send(&tester, "PUT", "password", &json!({ "username": USER, "password": "new" }).to_string()).value(200);
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    sign_on().value(200);
    assert_eq!(get(&tester, "codes"), json!([]));
    send(&tester, "DELETE", "sessions", "").value(200);
    assert_eq!(get(&tester, "state")["access"]["sessions"], json!([]));
}

#[test]
fn a_state_comes_back_whole() {
    let one = tester_with(Builder::demo);
    one.add(&json!({ "id": id(1), "sortOrder": 1, "strange": 1 }));
    let gone = json!({ "delete": [{ "taskId": id(1), "projectId": "inbox120000001" }] });
    one.post("/api/v2/batch/task", &gone);
    one.send("DELETE", "/api/v2/trash/cleanUp", "").value(200);
    let since = one.get("/api/v2/batch/check/0")["checkPoint"].as_i64().unwrap() - 5000;
    let delta = format!("/api/v2/batch/check/{since}");

    let text = String::from_utf8(send(&one, "GET", "state", "").body.to_vec()).unwrap();
    let two = tester();
    send(&two, "PUT", "state", &text).value(200);
    assert_eq!(two.service.dump(), text);
    // The sessions were restored.
    let three = one.at(&two.service);
    let of_demo = |sim: &Tester| sim.service.objects("demo@example.com", Collection::Tasks).len();
    assert_eq!(of_demo(&three), of_demo(&one));
    assert_eq!(three.get(&delta)["syncTaskBean"]["deletedForever"][0]["taskId"], id(1));
    // Objects created from here on are the same, too.
    let add = json!({ "add": [{ "title": "next" }] });
    let other = Simulator::builder().clock(two.service.clock().clone()).build();
    other.load(&text).unwrap();
    let other = one.at(&other);
    let made = other.post("/api/v2/batch/task", &add);
    send(&two, "PUT", "state", &text).value(200);
    let again = one.at(&two.service);
    assert_eq!(again.post("/api/v2/batch/task", &add), made);
}

#[test]
fn sessions_outlive_a_state_without_them() {
    let tester = tester_with(|builder| builder.account("b", "x").account("c", "y"));
    let dump: Value = serde_json::from_str(&tester.service.dump()).unwrap();
    let mut accounts = dump["accounts"].as_array().unwrap().clone();
    accounts.reverse();
    accounts.remove(1);
    let load = json!({ "ticktick-sim": 1, "accounts": accounts }).to_string();
    drop(tester.service.signed_on("b"));
    send(&tester, "PUT", "state", &load).value(200);
    assert_eq!(tester.get("/api/v2/user/profile")["username"], USER);
    assert_eq!(get(&tester, "state")["access"]["sessions"].as_array().unwrap().len(), 1);
}

#[test]
fn an_account_by_hand_is_enough() {
    let tester = tester();
    let load =
        json!({ "ticktick-sim": 1, "accounts": [{ "username": "a", "password": "b", "userId": 7, "plan": "free" }] });
    send(&tester, "PUT", "state", &load.to_string()).value(200);
    assert_eq!(tester.service.objects("a", Collection::Tasks).len(), 0);
    let sign_on = json!({ "username": "a", "password": "b" }).to_string();
    let answer = tester.send("POST", "/api/v2/user/signon", sign_on).value(200);
    assert_eq!(answer["inboxId"], json!("inbox7"));
    assert_eq!(answer["pro"], json!(false));
}

#[test]
fn what_is_no_state_changes_nothing() {
    let tester = tester();
    let before = tester.service.dump();
    let account = r#""username":"a","password":"b""#;
    for (accounts, says) in [
        ("{".to_owned(), "key must be a string"),
        (r#"{"password":"b"}"#.into(), "accounts[0]: `username` is missing"),
        (format!("{{{account}}},{{{account}}}"), "accounts[1]: another account has the same user name"),
        (format!(r#"{{{account},"taks":[]}}"#), "accounts[0]: unknown member `taks`"),
        (format!(r#"{{{account},"tasks":[]}}"#), "accounts[0]: tasks:"),
        (
            format!(r#"{{{account},"tags":{{"changed":1,"rows":[{{"id":"a","changed":1,"object":7}}]}}}}"#),
            "accounts[0]: tags:",
        ),
    ] {
        let text = format!(r#"{{"ticktick-sim":1,"accounts":[{accounts}]}}"#);
        let error = send(&tester, "PUT", "state", &text).value(400)["error"].as_str().unwrap().to_owned();
        assert!(error.contains(says), "{text}: {error}");
    }
    for other in ["{}", "[]", r#"{"tasks":[]}"#, "null", ""] {
        let error = send(&tester, "PUT", "state", other).value(400)["error"].as_str().unwrap().to_owned();
        assert!(error.starts_with("not the state of a simulator: "), "{other}: {error}");
    }
    let error = send(&tester, "PUT", "state", r#"{"ticktick-sim":2,"accounts":[]}"#).value(400);
    assert!(error["error"].as_str().unwrap().contains("unknown version 2 of the format"));
    assert_eq!(tester.service.dump(), before);
}

#[test]
fn a_reset_goes_back_to_the_start() {
    let tester = tester_with(|builder| builder.demo().captcha("k", "c"));
    let objects = |tester: &Tester| tester.service.objects("demo@example.com", Collection::Tasks);
    let before = objects(&tester);
    tester.add(&json!({ "title": "x" }));
    tester.service.change_password(USER, "new");
    tester.service.clock().advance(SignedDuration::from_hours(1));
    send(&tester, "DELETE", "captcha", "").value(200);
    send(&tester, "POST", "faults", r#"{"do":"reset"}"#).value(200);
    send(&tester, "POST", "reset", "").value(200);
    assert_eq!(objects(&tester), before);
    assert!(tester.service.objects(USER, Collection::Tasks).is_empty());
    assert_eq!(get(&tester, "clock")["now"], "2026-03-01T12:00:00Z");
    assert_eq!(get(&tester, "faults"), json!([]));
    assert_eq!(get(&tester, "requests"), json!([]));
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    let body = json!({ "username": USER, "password": PASSWORD }).to_string();
    tester.send("POST", "/api/v2/user/signon", body).refused(500, "need_captcha");
}

#[test]
fn shared_projects_and_files_come_back_too() {
    let family = |builder: Builder| {
        builder.account("you@example.com", "x").share(USER, "Family", "you@example.com", Permission::Write)
    };
    let one = tester_with(family);
    let project = one.service.objects(USER, Collection::Projects)[0].get("id").unwrap().decode::<String>().unwrap();
    let add = json!({ "add": [{ "id": id(1), "projectId": project, "title": "a" }] });
    one.post("/api/v2/batch/task", &add);
    let edge = "--e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
                Content-Type: image/png\r\n\r\n\u{1}\u{2}\r\n--e--\r\n";
    let mut headers = browser();
    headers.push(("content-type".into(), "multipart/form-data; boundary=e".into()));
    let path = format!("/api/v1/attachment/upload/{project}/{}/{}", id(1), id(2));
    one.send_more(headers, "POST", &path, edge).value(200);

    let text = one.service.dump();
    let two = tester();
    two.service.load(&text).unwrap();
    assert_eq!(two.service.dump(), text);
    let there = one.at(&two.service);
    let file = there.send("GET", &format!("/api/v1/attachment/{project}/{}/{}", id(1), id(2)), "");
    assert_eq!(file.status, 200);
    assert_eq!(*file.body, [1, 2][..]);
    let title = |service: &crate::Service| {
        service.objects("you@example.com", Collection::Tasks)[0].get("title").unwrap().decode::<String>().unwrap()
    };
    there.post("/api/v2/batch/task", &json!({ "update": [{ "id": id(1), "projectId": project, "title": "b" }] }));
    assert_eq!(title(&two.service), "b", "what is shared stays shared");
    assert_eq!(title(&one.service), "a", "what is shared stays shared");

    one.service.reset();
    assert!(one.service.objects("you@example.com", Collection::Tasks).is_empty());
    assert_eq!(one.service.objects("you@example.com", Collection::Projects).len(), 1);
    let broken = text.replace("\"accounts\":[0,1]", "\"accounts\":[0,2]");
    assert!(two.service.load(&broken).unwrap_err().to_string().contains("ties"));
}
