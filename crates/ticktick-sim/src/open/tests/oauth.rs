use jiff::SignedDuration;
use serde_json::Value;

use super::{Open, open, open_with};
use crate::exchange::reply::Reply;
use crate::server::testing::USER;

const PAGE: &str = "/oauth/authorize?scope=tasks:read%20tasks:write&state=a%26b&response_type=code";
const CALLBACK: &str = "http://localhost:8000/callback";
const ENCODED: &str = "http%3A%2F%2Flocalhost%3A8000%2Fcallback";
/// From RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// `app:hush`.
const BASIC: &str = "Basic YXBwOmh1c2g=";

fn clients() -> Open {
    open_with(|builder| builder.oauth_client("app", "hush", CALLBACK).public_oauth_client("cli", CALLBACK))
}

fn authorize(open: &Open, rest: &str) -> Reply {
    open.web.send_with(Vec::new(), "GET", &format!("{PAGE}&redirect_uri={ENCODED}&{rest}"), "")
}

/// Returns the address that the page redirects the user to.
#[track_caller]
fn sent_to(reply: &Reply) -> String {
    assert_eq!(reply.status, 302);
    reply.headers.iter().find(|(name, _)| *name == "Location").unwrap().1.clone()
}

#[track_caller]
fn code(open: &Open, rest: &str) -> String {
    let to = sent_to(&authorize(open, rest));
    let rest = to.strip_prefix("http://localhost:8000/callback?code=").expect("a code");
    rest.strip_suffix("&state=a%26b").expect("the state").to_owned()
}

fn trade(open: &Open, basic: &str, form: &str) -> Reply {
    let headers = [("Authorization", basic), ("Content-Type", "application/x-www-form-urlencoded")];
    let headers = headers.iter().filter(|(_, value)| !value.is_empty());
    let headers = headers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let reply = open.web.send_with(headers, "POST", "/oauth/token", form);
    if reply.status == 200 {
        super::fits("POST", "/oauth/token", &reply);
    }
    reply
}

fn form(code: &str) -> String {
    format!("grant_type=authorization_code&code={code}&redirect_uri={ENCODED}&scope=tasks:read+tasks:write")
}

#[track_caller]
fn fails(reply: &Reply, status: u16, error: &str) {
    assert_eq!(reply.value(status)["error"], error);
}

#[test]
fn a_code_becomes_a_token_once() {
    let open = clients();
    let form = form(&code(&open, "client_id=app"));
    let answer = trade(&open, BASIC, &form).value(200);
    assert_eq!(answer["token_type"], "bearer");
    assert_eq!(answer["expires_in"], 15_551_999);
    assert_eq!(answer["scope"], "tasks:read tasks:write");
    assert_eq!(answer.get("refresh_token"), None);
    let token = answer["access_token"].as_str().unwrap();
    assert_eq!(token.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    assert_eq!(&token[14..15], "4", "a UUID of version 4");
    assert_eq!(&token[19..20], "a", "a UUID of version 4");
    fails(&trade(&open, BASIC, &form), 400, "invalid_grant");
    let open = open.with_token(token);
    open.get("/project");
    open.web.service.clock().advance(SignedDuration::from_secs(15_551_998));
    open.get("/project");
    open.web.service.clock().advance(SignedDuration::from_secs(1));
    open.send("GET", "/project", "").refused(401, "user_not_sign_on");
}

#[test]
fn codes_are_good_for_what_they_were_made_for() {
    let open = clients();
    let fresh = || code(&open, "client_id=app");
    let elsewhere = format!("grant_type=authorization_code&code={}&redirect_uri=http://evil", fresh());
    fails(&trade(&open, BASIC, &elsewhere), 400, "invalid_grant");
    let other = format!("{}&client_id=cli&code_verifier={VERIFIER}", form(&fresh()));
    fails(&trade(&open, "", &other), 400, "invalid_grant");
    let late = form(&fresh());
    open.web.service.clock().advance(SignedDuration::from_mins(10));
    fails(&trade(&open, BASIC, &late), 400, "invalid_grant");
    fails(&trade(&open, BASIC, "grant_type=authorization_code"), 400, "invalid_request");
    fails(&trade(&open, BASIC, "scope=x"), 400, "invalid_request");
}

#[test]
fn secrets_come_by_basic() {
    let open = clients();
    let form = form(&code(&open, "client_id=app"));
    for basic in ["", "Basic YXBwOndyb25n", "Basic YXBw", "Basic ?", "Bearer YXBwOmh1c2g="] {
        fails(&trade(&open, basic, &form), 401, "invalid_client");
    }
    let named = format!("{form}&client_id=app");
    fails(&trade(&open, "", &named), 401, "invalid_client");
    trade(&open, BASIC, &form).value(200);
}

#[test]
fn public_clients_prove_themselves() {
    let open = clients();
    let fresh = || code(&open, &format!("client_id=cli&{CHALLENGE}&code_challenge_method=S256"));
    let without = format!("{}&client_id=cli", form(&fresh()));
    fails(&trade(&open, "", &without), 400, "invalid_grant");
    let wrong = format!("{}&client_id=cli&code_verifier=wrong", form(&fresh()));
    fails(&trade(&open, "", &wrong), 400, "invalid_grant");
    let right = format!("{}&client_id=cli&code_verifier={VERIFIER}", form(&fresh()));
    let token = trade(&open, "", &right).value(200)["access_token"].clone();
    open.with_token(token.as_str().unwrap()).get("/project");
}

#[test]
fn the_user_is_that_of_the_session() {
    let open = open_with(|builder| builder.account("other", "x").oauth_client("app", "hush", CALLBACK));
    let session = open.web.service.state.world().access.lock().unwrap().open("other", 1).token;
    let page = format!("{PAGE}&redirect_uri={ENCODED}&client_id=app");
    let reply = open.web.send_with(vec![("cookie".into(), format!("t={session}"))], "GET", &page, "");
    let code = sent_to(&reply).split(['=', '&']).nth(1).unwrap().to_owned();
    let token = trade(&open, BASIC, &form(&code)).value(200)["access_token"].clone();
    let open = open.with_token(token.as_str().unwrap());
    let task = open.post("/task", &serde_json::json!({ "title": "theirs" }));
    assert_eq!(task["projectId"], "inbox120000002");
}

#[test]
fn a_client_alone_reaches_no_data() {
    let open = clients();
    let answer = trade(&open, BASIC, "grant_type=client_credentials&scope=tasks:read").value(200);
    assert_eq!(answer["scope"], "tasks:read");
    let open = open.with_token(answer["access_token"].as_str().unwrap());
    for path in ["/project", "/habit", "/tag"] {
        open.send("GET", path, "").refused(500, "unknown_exception");
    }
    fails(&trade(&open, "", "grant_type=client_credentials&client_id=cli"), 401, "invalid_client");
}

#[test]
fn nothing_is_refreshed() {
    let open = clients();
    fails(&trade(&open, BASIC, "grant_type=refresh_token&refresh_token=x"), 400, "unsupported_grant_type");
}

#[test]
fn mistakes_go_back_to_the_client() {
    let open = clients();
    for rest in ["client_id=cli", &format!("client_id=app&{CHALLENGE}"), &format!("client_id=cli&{CHALLENGE}")] {
        assert_eq!(sent_to(&authorize(&open, rest)), format!("{CALLBACK}?error=invalid_request&state=a%26b"));
    }
    let page = format!("/oauth/authorize?client_id=app&redirect_uri={ENCODED}&response_type=token");
    let reply = open.web.send_with(Vec::new(), "GET", &page, "");
    assert_eq!(sent_to(&reply), format!("{CALLBACK}?error=unsupported_response_type"));
}

#[test]
fn strangers_see_a_page() {
    for (open, rest) in [(open(), "client_id=app"), (clients(), "client_id=stranger")] {
        let reply = authorize(&open, rest);
        assert_eq!(reply.status, 200);
        assert!(reply.body.starts_with(b"<!doctype html>"));
    }
    let page = format!("{PAGE}&client_id=app&redirect_uri=http://evil");
    let reply = clients().web.send_with(Vec::new(), "GET", &page, "");
    assert!(reply.status == 200 && reply.headers.iter().all(|(name, _)| *name != "Location"));
}

#[test]
fn tokens_differ_by_user_and_time_but_not_by_run() {
    let run = || -> Value {
        let open = clients();
        let form = form(&code(&open, "client_id=app"));
        trade(&open, BASIC, &form).value(200)
    };
    assert_eq!(run(), run());
    let open = clients();
    let mut access = open.web.service.state.world().open.lock().unwrap();
    let token = access.personal_token(USER);
    assert!(token.starts_with("tp_") && token.len() > 20, "{token}");
    assert_ne!(token, access.personal_token(USER));
}

#[test]
fn revoked_tokens_stop_working_at_once() {
    let open = clients();
    let fresh = || {
        let form = form(&code(&open, "client_id=app"));
        trade(&open, BASIC, &form).value(200)["access_token"].as_str().unwrap().to_owned()
    };
    let revoke = |kind: &str, body: String| {
        open.web.send_with(vec![("content-type".into(), kind.into())], "POST", "/oauth/revoke", body)
    };
    let get = |token: &str| {
        let headers = vec![("authorization".to_owned(), format!("Bearer {token}"))];
        open.web.send_with(headers, "GET", "/open/v1/project", "")
    };
    let (first, second, kept) = (fresh(), fresh(), fresh());
    get(&first).value(200);
    assert_eq!(revoke("application/x-www-form-urlencoded", format!("token={first}")).value(200), Value::Null);
    get(&first).refused(401, "user_not_sign_on");
    let parts = format!("--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{second}\r\n--edge--\r\n");
    assert_eq!(revoke("multipart/form-data; boundary=edge", parts).value(200), Value::Null);
    get(&second).refused(401, "user_not_sign_on");
    get(&kept).value(200);
    revoke("application/x-www-form-urlencoded", "token=unknown".into()).value(200);
    fails(&revoke("application/x-www-form-urlencoded", String::new()), 400, "invalid_request");
}
