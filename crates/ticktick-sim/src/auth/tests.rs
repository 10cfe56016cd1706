use jiff::SignedDuration;
use serde_json::json;

use crate::Reply;
use crate::testing::{PASSWORD, Tester, USER, browser, tester, tester_with};

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
    let tester = tester();
    for missing in ["origin", "referer", "x-device"] {
        let mut headers = browser();
        headers.retain(|(name, _)| name != missing);
        let reply = sign_on(&tester, headers, PASSWORD);
        assert_eq!((reply.status, reply.body.len()), (429, 0), "{missing}");
    }
    let lenient = tester_with(|builder| builder.lenient_headers());
    sign_on(&lenient, Vec::new(), PASSWORD).value(200);
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
    assert_eq!((reply.status, reply.headers[0].1.as_str()), (302, "/"));
    tester.send("GET", "/api/v2/projects", "").refused(401, "user_not_sign_on");
    assert_eq!(tester.send("POST", "/api/v2/user/signin", "{}").status, 405);
}
