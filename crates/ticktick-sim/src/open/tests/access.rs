use jiff::SignedDuration;
use ticktick_raw::{Auth, OPERATIONS};

use super::{TOKEN, open, open_with};
use crate::server::testing::USER;

#[test]
fn only_tokens_grant_access() {
    let open = open();
    let data = OPERATIONS.iter().filter(|operation| operation.auth == Auth::Bearer);
    for operation in data.clone() {
        // The tester's own calls send the cookie of a session.
        let path = operation.path.replace(['{', '}'], "");
        open.web.send(operation.method.as_str(), &path, "{}").refused(401, "user_not_sign_on");
    }
    assert_eq!(data.count(), 50);
    for header in ["Bearer wrong", "Bearer", "my-token", "Basic my-token", "Bearer "] {
        let headers = vec![("authorization".to_owned(), header.to_owned())];
        open.web.send_with(headers, "GET", "/open/v1/project", "").refused(401, "user_not_sign_on");
    }
    let headers = vec![("authorization".to_owned(), format!("bearer  {TOKEN}"))];
    open.web.send_with(headers, "GET", "/open/v1/project", "").value(200);
    let headers = vec![("authorization".to_owned(), format!("Bearer {TOKEN}"))];
    open.web.send_with(headers, "GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
}

#[test]
fn tokens_of_nobody_open_nothing() {
    let open = open_with(|builder| builder.api_token("nobody", "lost")).with_token("lost");
    open.send("GET", "/project", "").refused(401, "user_not_sign_on");
}

#[test]
fn tokens_belong_to_a_user() {
    let open = open_with(|builder| builder.account("other", "x").api_token("other", "second"));
    open.add(&serde_json::json!({ "title": "mine" }));
    let other = open.with_token("second");
    assert_eq!(other.get("/project/inbox/data")["tasks"], serde_json::json!([]));
}

#[test]
fn a_minute_has_room_for_a_hundred() {
    let open = open_with(|builder| builder.throttle_open_api());
    for _ in 0..100 {
        open.get("/project");
    }
    for _ in 0..2 {
        let reply = open.send("GET", "/project", "");
        reply.refused(500, "exceed_query_limit");
        assert!(reply.value(500)["errorMessage"].as_str().unwrap().contains("100"));
    }
    open.web.get("/api/v2/projects");
    open.web.service.clock().advance(SignedDuration::from_secs(59));
    open.send("GET", "/project", "").refused(500, "exceed_query_limit");
    open.web.service.clock().advance(SignedDuration::from_secs(1));
    open.get("/project");
}

#[test]
fn five_minutes_have_room_for_three_hundred() {
    let open = open_with(|builder| builder.throttle_open_api());
    for _ in 0..3 {
        for _ in 0..100 {
            open.get("/project");
        }
        open.web.service.clock().advance(SignedDuration::from_mins(1));
    }
    let reply = open.send("GET", "/project", "");
    reply.refused(500, "exceed_query_limit");
    assert!(reply.value(500)["errorMessage"].as_str().unwrap().contains("300"));
    open.web.service.clock().advance(SignedDuration::from_secs(119));
    open.send("GET", "/project", "").refused(500, "exceed_query_limit");
    open.web.service.clock().advance(SignedDuration::from_secs(1));
    open.get("/project");
}

#[test]
fn without_the_switch_there_is_no_limit() {
    let open = open();
    for _ in 0..150 {
        open.get("/project");
    }
}

#[tokio::test]
async fn typed_calls_carry_the_token() {
    let open = open();
    let client = open.web.service.open_api(USER);
    assert!(ticktick_raw::open::list_projects(&client, &Default::default()).await.unwrap().is_empty());
    assert!(ticktick_raw::tag::list(&client).await.is_err());
}
