use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::exchange::reply::Reply;
use crate::server::testing::{PASSWORD, Tester, USER, browser, id, tester, tester_with};
use crate::world::lock::lock;

const SIGN_ON: &str = "/api/v2/user/signon?wc=true&remember=true";

fn sign_on(tester: &Tester, headers: Vec<(String, String)>, password: &str) -> Reply {
    let body = json!({ "username": USER, "password": password }).to_string();
    tester.send_with(headers, "POST", SIGN_ON, body)
}

#[test]
fn the_token_comes_as_cookie_too() {
    let tester = tester();
    let reply = sign_on(&tester, browser(), PASSWORD);
    let answer = reply.value(200);
    let cookies: Vec<_> = reply.headers.iter().filter(|(name, _)| *name == "Set-Cookie").collect();
    let token = answer["token"].as_str().unwrap();
    assert_eq!(cookies[0].1, format!("t={token}; Path=/; HttpOnly"));
    assert!(cookies[1].1.starts_with("_csrf_token="));
    assert_eq!(answer["inboxId"], format!("inbox{}", answer["userId"].as_str().unwrap()));
    let cookie = vec![("Cookie".to_owned(), format!("t={token}"))];
    tester.send_with(cookie, "GET", "/api/v2/user/status", "").value(200);
}

#[test]
fn ten_failures_lock_for_half_an_hour() {
    let tester = tester();
    for left in (0..10).rev() {
        let reply = sign_on(&tester, browser(), "wrong");
        reply.refused(500, "username_password_not_match");
        let answer = reply.value(500);
        assert_eq!(answer["data"]["remainderTimes"], left);
        assert_eq!(answer["errorMessage"], USER);
    }
    sign_on(&tester, browser(), PASSWORD).refused(500, "incorrect_password_too_many_times");
    tester.service.clock().advance(SignedDuration::from_mins(29));
    sign_on(&tester, browser(), PASSWORD).refused(500, "incorrect_password_too_many_times");
    tester.service.clock().advance(SignedDuration::from_mins(1));
    sign_on(&tester, browser(), "wrong").refused(500, "username_password_not_match");
    sign_on(&tester, browser(), PASSWORD).value(200);
}

#[test]
fn scripts_are_turned_away_without_a_word() {
    let status = |tester: &Tester, absent: &[&str]| {
        let mut headers = browser();
        headers.retain(|(name, _)| !absent.contains(&&**name));
        let reply = sign_on(tester, headers, PASSWORD);
        assert_eq!(reply.body.is_empty(), reply.status == 429);
        (reply.status, tester.service.requests().pop().unwrap().missing)
    };
    let usual = tester();
    assert_eq!(status(&usual, &["origin"]), (200, vec![]));
    assert_eq!(status(&usual, &["referer"]), (200, vec![]));
    assert_eq!(status(&usual, &["x-device"]), (429, vec!["X-Device"]));
    assert_eq!(status(&usual, &["origin", "referer"]), (429, vec!["Origin or Referer"]));
    let strict = tester_with(|builder| builder.strict_headers());
    assert_eq!(status(&strict, &["origin"]), (429, vec!["Origin"]));
    assert_eq!(status(&strict, &["referer", "x-device"]), (429, vec!["Referer", "X-Device"]));
    let lenient = tester_with(|builder| builder.lenient_headers());
    assert_eq!(status(&lenient, &["origin", "referer", "x-device"]), (200, vec![]));
}

#[test]
fn odd_device_ids_look_like_wrong_passwords() {
    let mut headers = browser();
    headers[2].1 = r#"{"platform":"web","version":6010,"id":"web_client"}"#.into();
    sign_on(&tester(), headers, PASSWORD).refused(500, "username_password_not_match");
}

#[test]
fn sessions_are_cookies_and_end() {
    let tester = tester();
    let bearer = vec![("Authorization".to_owned(), "Bearer abc".to_owned())];
    tester.send_with(bearer, "GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    tester.send("GET", "/api/v2/projects", "").value(200);
    let reply = tester.send("GET", "/signout", "");
    assert_eq!(reply.status, 302);
    assert_eq!(reply.headers[0].1.as_str(), "/");
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    assert_eq!(tester.send("POST", "/api/v2/user/signin", "{}").status, 405);
}

/// `12345678901234567890` in base 32; at noon its code is [`code`].
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn code(tester: &Tester) -> String {
    let now = u64::try_from(tester.service.clock().now().as_second()).unwrap();
    crate::world::totp::read(SECRET).unwrap().generate(now).to_string()
}

fn guarded() -> Tester {
    tester_with(|builder| builder.mfa(USER, SECRET))
}

fn challenged(tester: &Tester) -> String {
    let answer = sign_on(tester, browser(), PASSWORD).value(200);
    assert!(answer.get("token").is_none());
    assert_eq!(answer["expireTime"], 600 + tester.service.clock().now().as_second());
    answer["authId"].as_str().unwrap().to_owned()
}

fn with_id(tester: &Tester, id: &str, method: &str, path: &str, body: &Value) -> Reply {
    let mut headers = browser();
    headers.push(("x-verify-id".into(), id.into()));
    let body = if method == "GET" { String::new() } else { body.to_string() };
    tester.send_with(headers, method, path, body)
}

fn verify(tester: &Tester, id: &str, method: &str, code: &str) -> Reply {
    let body = json!({ "method": method, "code": code });
    with_id(tester, id, "POST", "/api/v2/user/sign/mfa/code/verify", &body)
}

#[test]
fn an_authenticator_app_completes_a_sign_on() {
    let tester = guarded();
    let id = challenged(&tester);
    let factors = with_id(&tester, &id, "GET", "/api/v2/user/sign/mfa/setting", &Value::Null);
    assert_eq!(factors.value(200), json!({ "mfaType": "app" }));
    let reply = verify(&tester, &id, "app", &code(&tester));
    let token = reply.value(200)["token"].as_str().unwrap().to_owned();
    let cookie = vec![("Cookie".to_owned(), format!("t={token}"))];
    let setting = tester.send_with(cookie, "GET", "/api/v2/user/mfa", "");
    assert_eq!(setting.value(200), json!({ "mfaType": "app" }));
    verify(&tester, &id, "app", &code(&tester)).refused(500, "unknown_exception");
}

#[test]
fn a_second_factor_is_single_and_in_time() {
    let tester = guarded();
    let id = challenged(&tester);
    verify(&tester, &id, "app", "000000").refused(500, "totp_verify_failed");
    verify(&tester, &id, "mail", &code(&tester)).refused(500, "totp_verify_failed");
    verify(&tester, "", "app", &code(&tester)).refused(500, "unknown_exception");
    verify(&tester, "0000", "app", &code(&tester)).refused(500, "unknown_exception");
    tester.service.clock().advance(SignedDuration::from_mins(10));
    verify(&tester, &id, "app", &code(&tester)).refused(500, "unknown_exception");
    verify(&tester, &challenged(&tester), "app", &code(&tester)).value(200);
}

#[test]
fn guessed_codes_lock_the_account() {
    let tester = guarded();
    let id = challenged(&tester);
    for _ in 0..10 {
        verify(&tester, &id, "app", "000000").refused(500, "totp_verify_failed");
    }
    verify(&tester, &id, "app", &code(&tester)).refused(500, "incorrect_password_too_many_times");
    sign_on(&tester, browser(), PASSWORD).refused(500, "incorrect_password_too_many_times");
}

#[test]
fn codes_are_sent_by_mail() {
    let tester = guarded();
    let id = challenged(&tester);
    let ask = |method| with_id(&tester, &id, "POST", "/api/v2/user/sign/mfa/code", &json!({ "method": method }));
    ask("app").refused(500, "unknown_exception");
    ask("mail").value(200);
    let sent = tester.service.sent_codes();
    let (user, method, code) = &sent[0];
    assert_eq!(user.as_str(), USER);
    assert_eq!(method.as_str(), "mail");
    verify(&tester, &id, "phone", code).refused(500, "totp_verify_failed");
    verify(&tester, &id, "mail", code).value(200);
    assert!(tester.service.sent_codes().is_empty());
}

#[test]
fn a_captcha_has_to_be_answered() {
    let tester = tester_with(|builder| builder.captcha("key-1", "aB3x"));
    let send = |extra: Value| {
        let mut body = json!({ "username": USER, "password": PASSWORD });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        tester.send_with(browser(), "POST", SIGN_ON, body.to_string())
    };
    send(json!({})).refused(500, "need_captcha");
    send(json!({ "verKey": "key-1", "verCode": "wrong" })).refused(500, "captcha_wrong");
    send(json!({ "verKey": "key-1" })).refused(500, "captcha_wrong");
    send(json!({ "verKey": "key-1", "verCode": "aB3x" })).value(200);
}

#[test]
fn sessions_are_listed_with_their_devices() {
    let tester = tester();
    tester.service.clock().advance(SignedDuration::from_mins(1));
    sign_on(&tester, browser(), PASSWORD).value(200);
    tester.service.clock().advance(SignedDuration::from_mins(1));
    let sessions = tester.get("/api/v2/user/sessions?lang=en_US");
    assert_eq!(sessions.as_array().unwrap().len(), 2);
    assert_eq!(sessions[0]["modifiedTime"], "2026-03-01T12:02:00.000+0000");
    let second = &sessions[1];
    assert_eq!(second["createdTime"], second["modifiedTime"]);
    assert_eq!(second["id"].as_str().unwrap().len(), 24);
    let device = json!({ "platform": "web", "os": "a", "device": "b", "version": 8121 });
    assert_eq!(second["deviceInfo"], device);
}

#[test]
fn sessions_end_by_the_clock() {
    let tester = tester_with(|builder| builder.session_lifetime(SignedDuration::from_hours(1)));
    tester.service.clock().advance(SignedDuration::from_mins(59));
    tester.get("/api/v2/projects");
    tester.service.clock().advance(SignedDuration::from_mins(1));
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
}

#[test]
fn a_change_of_the_password_ends_sessions() {
    let tester = tester_with(|builder| builder.account("other@example.com", PASSWORD));
    let other = tester.service.signed_on("other@example.com");
    tester.service.change_password(USER, "new");
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    sign_on(&tester, browser(), PASSWORD).refused(500, "username_password_not_match");
    sign_on(&tester, browser(), "new").value(200);
    drop(other);
    assert_eq!(lock(&tester.service.state.world().access).sessions(1).len(), 1);
}

#[test]
fn a_device_with_a_new_id_each_time_is_turned_away() {
    let send = |tester: &Tester, n: u32| {
        let device = json!({ "platform": "web", "version": 8121, "id": id(n) }).to_string();
        let token = lock(&tester.service.state.world().access).sessions(0)[0].session.token.clone();
        let headers = vec![("x-device".to_owned(), device), ("cookie".to_owned(), format!("t={token}"))];
        tester.send_with(headers, "GET", "/api/v2/projects", "")
    };
    let strict = tester();
    for n in 0..10 {
        send(&strict, n).value(200);
    }
    send(&strict, 10).refused(401, "user_not_sign_on");
    send(&strict, 0).value(200);
    let lenient = tester_with(|builder| builder.lenient_headers());
    for n in 0..20 {
        send(&lenient, n).value(200);
    }
}
