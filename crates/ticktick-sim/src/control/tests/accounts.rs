use serde_json::{Value, json};
use ticktick_models::Permission;

use super::{get, send};
use crate::server::testing::{PASSWORD, Tester, USER, id, tester, tester_with};
use crate::{Builder, Collection, Simulator};

fn names(tester: &Tester) -> Vec<String> {
    let accounts = get(tester, "accounts");
    accounts.as_array().unwrap().iter().map(|account| account["username"].as_str().unwrap().into()).collect()
}

fn titles(tester: &Tester, user: &str) -> Vec<String> {
    let title = |task: &ticktick_models::Object| task.get("title").unwrap().decode().unwrap();
    tester.service.objects(user, Collection::Tasks).iter().map(title).collect()
}

fn sign_on(tester: &Tester, user: &str, password: &str) -> u16 {
    let body = json!({ "username": user, "password": password }).to_string();
    tester.send("POST", "/api/v2/user/signon", body).status
}

#[track_caller]
fn error(tester: &Tester, method: &str, path: &str, body: &str, status: u16) -> String {
    send(tester, method, path, body).value(status)["error"].as_str().unwrap().to_owned()
}

#[test]
fn accounts_come_and_go() {
    let tester = tester();
    let made = send(&tester, "PUT", "accounts/you%40example.com", r#"{"password":"x","tasks":["a"]}"#).value(200);
    assert_eq!(made, json!({ "username": "you@example.com", "userId": 120_000_002, "inboxId": "inbox120000002" }));
    assert_eq!(get(&tester, "accounts/you@example.com"), made);
    assert_eq!(names(&tester), [USER, "you@example.com"]);
    assert_eq!(titles(&tester, "you@example.com").len(), 1);
    assert_eq!(sign_on(&tester, "you@example.com", "x"), 200);
    send(&tester, "DELETE", "accounts/YOU@example.com", "").value(200);
    assert_eq!(names(&tester), [USER]);
    assert_eq!(sign_on(&tester, "you@example.com", "x"), 500);
    // The other sessions remain valid, and a later account does not take over those of the removed one.
    tester.get("/api/v2/projects");
    let next = send(&tester, "PUT", "accounts/next", r#"{"password":"x"}"#).value(200);
    assert_eq!(next["userId"], 120_000_003);
}

#[test]
fn an_account_is_replaced_whole() {
    let tester = tester();
    tester.add(&json!({ "title": "before" }));
    let put = |body: &str| send(&tester, "PUT", &format!("accounts/{USER}"), body).value(200);
    assert_eq!(put(r#"{"tasks":["after"]}"#)["userId"], 120_000_001);
    assert_eq!(titles(&tester, USER), ["after"]);
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    assert_eq!(sign_on(&tester, USER, PASSWORD), 200, "the password stays");
    put(r#"{"password":"new"}"#);
    assert_eq!(titles(&tester, USER).len(), 0);
    assert_eq!(sign_on(&tester, USER, "new"), 200);
}

#[test]
fn the_same_contents_get_the_same_ids() {
    let tester = tester();
    let put = || {
        send(&tester, "PUT", &format!("accounts/{USER}"), r#"{"projects":["p"],"tasks":["a"]}"#).value(200);
        tester.service.objects(USER, Collection::Tasks)
    };
    assert_eq!(put(), put());
}

#[test]
fn one_account_is_reset_alone() {
    let tester = tester_with(|builder| builder.demo().account("b", "y"));
    let token = tester.service.state.world().access.lock().unwrap().open("b", 2).token;
    let other = Tester::new(tester.service.clone(), token);
    let demo = titles(&tester, "demo@example.com");
    tester.add(&json!({ "title": "mine" }));
    other.add(&json!({ "title": "theirs" }));
    tester.service.change_password(USER, "new");
    send(&tester, "POST", &format!("accounts/{USER}/reset"), "").value(200);
    assert!(titles(&tester, USER).is_empty());
    assert_eq!(sign_on(&tester, USER, PASSWORD), 200);
    assert_eq!(titles(&tester, "b"), ["theirs"]);
    other.get("/api/v2/projects");
    send(&tester, "POST", "accounts/demo%40example.com/reset", "").value(200);
    assert_eq!(titles(&tester, "demo@example.com"), demo);
    // An added account is reset to the contents of its `PUT`, and a reset of the server removes it.
    send(&tester, "PUT", "accounts/c", r#"{"password":"z","tasks":["a"]}"#).value(200);
    tester.service.change("c", |account| account.trash_task("", tester.service.clock().now()));
    send(&tester, "POST", "accounts/c/reset", "").value(200);
    assert_eq!(titles(&tester, "c"), ["a"]);
    send(&tester, "POST", "reset", "").value(200);
    assert_eq!(names(&tester), [USER, "demo@example.com", "b"]);
}

#[test]
fn failed_tries_and_grants_go_with_a_reset() {
    let tester = tester_with(|builder| builder.api_token(USER, "from-the-settings"));
    for _ in 0..10 {
        sign_on(&tester, USER, "wrong");
    }
    assert_eq!(sign_on(&tester, USER, PASSWORD), 500, "locked");
    send(&tester, "POST", &format!("accounts/{USER}/reset"), "").value(200);
    assert_eq!(sign_on(&tester, USER, PASSWORD), 200);
    let bearer = || {
        let headers = vec![("authorization".to_owned(), "Bearer from-the-settings".to_owned())];
        tester.send_with(headers, "GET", "/open/v1/project", "").status
    };
    assert_eq!(bearer(), 200);
    send(&tester, "DELETE", &format!("accounts/{USER}"), "").value(200);
    assert_eq!(bearer(), 401);
}

#[test]
fn shared_projects_follow_their_members() {
    let guest = "you@example.com";
    let tester =
        tester_with(|builder: Builder| builder.account(guest, "x").share(USER, "Family", guest, Permission::Write));
    let projects = |user: &str| tester.service.objects(user, Collection::Projects).len();
    send(&tester, "POST", &format!("accounts/{guest}/reset"), "").value(200);
    assert_eq!(projects(USER), 1, "it is shared again");
    assert_eq!(projects(guest), 1, "it is shared again");
    let project: Value = tester.service.objects(USER, Collection::Projects)[0].decode().unwrap();
    tester.add(&json!({ "id": id(1), "title": "a", "projectId": project["id"] }));
    assert_eq!(titles(&tester, guest), ["a"]);
    send(&tester, "DELETE", &format!("accounts/{guest}"), "").value(200);
    assert_eq!(tester.get("/api/v2/projects")[0]["userCount"], 1);
    tester.add(&json!({ "id": id(2), "title": "b", "projectId": project["id"] }));
    send(&tester, "POST", &format!("accounts/{USER}/reset"), "").value(200);
    assert_eq!(projects(USER), 0, "nobody is there to share it with");
}

#[test]
fn a_dump_closes_the_gaps() {
    let tester = tester_with(|builder| builder.account("b", "y").account("c", "z"));
    let token = tester.service.state.world().access.lock().unwrap().open("c", 2).token;
    tester.service.share("c", "Family", USER, Permission::Write);
    send(&tester, "DELETE", "accounts/b", "").value(200);
    let again = Simulator::builder().build();
    again.load(&tester.service.dump()).unwrap();
    let there = Tester::new(again.clone(), token);
    assert_eq!(there.get("/api/v2/user/profile")["username"], "c");
    assert_eq!(names(&there), [USER, "c"]);
    let project: Value = again.objects("c", Collection::Projects)[0].decode().unwrap();
    there.add(&json!({ "id": id(1), "title": "a", "projectId": project["id"] }));
    assert_eq!(again.objects(USER, Collection::Tasks).len(), 1, "what is shared stays shared");
    assert_eq!(send(&there, "POST", "accounts/c/reset", "").status, 409);
}

#[test]
fn wrong_accounts_change_nothing() {
    let tester = tester();
    let before = tester.service.dump();
    for (method, path, body, status, says) in [
        ("PUT", "accounts/you", "{}", 400, "$.password: expected a password"),
        ("PUT", "accounts/you", r#"{"password":""}"#, 400, "$.password: expected a password"),
        ("PUT", "accounts/you", "{", 400, "EOF"),
        ("PUT", "accounts/you", r#"{"password":"x","task":[]}"#, 400, "unknown field `task`"),
        ("PUT", "accounts/you", r#"{"password":"x","tasks":[{}]}"#, 400, "$.tasks[0].title: expected"),
        (
            "PUT",
            "accounts/you",
            r#"{"username":"me","password":"x"}"#,
            400,
            "$.username: expected the name in the path",
        ),
        ("PUT", "accounts/", "{}", 400, "expected a user name"),
        ("DELETE", "accounts/you", "", 404, "GET /_sim/accounts"),
        ("POST", "accounts/you/reset", "", 404, "GET /_sim/accounts"),
        ("GET", "accounts/you", "", 404, "GET /_sim/accounts"),
        ("PATCH", "accounts/you", "", 405, "GET, PUT, DELETE"),
        ("POST", "accounts", "{}", 405, "does not support this method"),
        ("POST", "accounts/you/rest", "{}", 404, "does not exist"),
    ] {
        let error = error(&tester, method, path, body, status);
        assert!(error.contains(says), "{method} {path} {body}: {error}");
    }
    assert_eq!(tester.service.dump(), before);
}
