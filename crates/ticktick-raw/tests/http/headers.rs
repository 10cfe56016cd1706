//! What exactly is sent.

use serde_json::json;
use ticktick_raw::http::{Device, Http, Region, Session};
use ticktick_raw::{Call, Error, FileUpload, Response};

use crate::support::{Canned, LIST, OPEN, SAVE, SIGN_ON, Server, TOKEN, header};

const DEVICE: &str = "66a1b2c3d4e5f60718293a4b";
const X_DEVICE: &str = r#"{"platform":"web","os":"Windows 10","device":"Chrome 150.0.0.0","name":"","version":8121,"id":"66a1b2c3d4e5f60718293a4b","channel":"website","campaign":"","websocket":""}"#;
const BROWSER: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

/// Names and values in alphabetical order, without those of the connection.
fn sent(request: &httpmock::HttpMockRequest) -> Vec<(String, String)> {
    let mut headers: Vec<_> = request
        .headers_vec()
        .iter()
        .map(|(name, value)| (name.to_lowercase(), value.clone()))
        .filter(|(name, _)| !["host", "traceid"].contains(&name.as_str()))
        .collect();
    headers.sort();
    headers
}

fn expected(own: &[(&str, &str)]) -> Vec<(String, String)> {
    let common = [
        ("accept", "application/json, text/plain, */*"),
        ("accept-encoding", "gzip"),
        ("accept-language", "en-US,en;q=0.9"),
        ("hl", "en_US"),
        ("origin", "https://ticktick.com"),
        ("referer", "https://ticktick.com/"),
        ("user-agent", BROWSER),
        ("x-requested-with", "XMLHttpRequest"),
    ];
    let all = common.iter().chain(own);
    let mut headers: Vec<_> = all.map(|(name, value)| (name.to_string(), value.to_string())).collect();
    headers.sort();
    headers
}

fn sorted_json(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let parsed = |value: &str| serde_json::from_str::<serde_json::Value>(value).unwrap();
    headers
        .into_iter()
        .map(|(name, value)| match name.as_str() {
            "x-device" => (name, parsed(&value).to_string()),
            _ => (name, value),
        })
        .collect()
}

#[tokio::test]
async fn sign_on_looks_like_the_web_application() {
    let server = Server::answering([Response::new(200, "{}")]).await;
    let http = Http::builder()
        .base_url(server.url())
        .device(Device::with_id(DEVICE))
        .session(Session::new("old"))
        .build()
        .unwrap();
    let call = Call::new(&SIGN_ON).query("wc", &true).query("remember", &true);
    let body = json!({"username": "me@example.com", "password": "hush"});
    call.json(&body).nothing(&http).await.unwrap();

    let request = server.request(0);
    assert_eq!(request.method_str(), "POST");
    assert!(request.uri_str().ends_with("/api/v2/user/signon?wc=true&remember=true"));
    assert_eq!(serde_json::from_slice::<serde_json::Value>(request.body_ref()).unwrap(), body);
    let length = body.to_string().len().to_string();
    let wanted = expected(&[("content-length", &length), ("content-type", "application/json"), ("x-device", X_DEVICE)]);
    assert_eq!(sorted_json(sent(&request)), sorted_json(wanted));
    let trace = header(&request, "traceid").unwrap();
    assert!(trace.len() == 24 && trace.bytes().all(|b| b.is_ascii_hexdigit()), "{trace}");
}

#[tokio::test]
async fn calls_carry_the_session() {
    let server = Server::answering([Response::new(200, "[]")]).await;
    let mut session = Session::new("0123ABCD");
    session.csrf_token = Some("xyz".into());
    let http = Http::builder()
        .base_url(server.url())
        .device(Device::with_id(DEVICE))
        .time_zone("Europe/Berlin")
        .session(session)
        .build()
        .unwrap();
    for _ in 0..2 {
        Call::new(&LIST).header("x-extra", &1).nothing(&http).await.unwrap();
    }
    let wanted = expected(&[
        ("cookie", "t=0123ABCD; _csrf_token=xyz"),
        ("x-csrftoken", "xyz"),
        ("x-device", X_DEVICE),
        ("x-extra", "1"),
        ("x-tz", "Europe/Berlin"),
    ]);
    assert_eq!(sorted_json(sent(&server.request(0))), sorted_json(wanted.clone()));
    assert_eq!(sorted_json(sent(&server.request(1))), sorted_json(wanted));
    let trace = |index| header(&server.request(index), "traceid").unwrap().to_owned();
    assert_ne!(trace(0), trace(1));
}

#[tokio::test]
async fn the_open_api_gets_its_token_only() {
    let wire = Canned::new(Response::new(200, "[]"));
    let builder = Http::builder().token("0123ABCD").bearer("open-token").basic("id", "secret");
    let http = builder.build_over(wire.clone()).unwrap();
    Call::new(&OPEN).nothing(&http).await.unwrap();
    Call::new(&TOKEN).form(&json!({"code": "a b"})).nothing(&http).await.unwrap();
    let names =
        |index: usize| -> Vec<String> { wire.seen()[index].headers.iter().map(|(name, _)| name.clone()).collect() };
    assert_eq!(names(0), ["User-Agent", "Accept", "Authorization"]);
    assert_eq!(names(1), names(0));
    assert_eq!(wire.seen()[0].header("authorization"), Some("Bearer open-token"));
    assert_eq!(wire.seen()[1].header("authorization"), Some("Basic aWQ6c2VjcmV0"));
    assert_eq!(Region::TickTick.url(&wire.seen()[1]).unwrap(), "https://ticktick.com/oauth/token");
}

#[tokio::test]
async fn without_its_proof_nothing_is_sent() {
    let wire = Canned::new(Response::new(200, "[]"));
    let http = Http::builder().token("0123ABCD").build_over(wire.clone()).unwrap();
    for operation in [&OPEN, &TOKEN] {
        let error = Call::new(operation).nothing(&http).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error}");
    }
    assert!(wire.seen().is_empty());
    http.set_bearer(Some("late".into()));
    Call::new(&OPEN).nothing(&http).await.unwrap();
}

#[tokio::test]
async fn a_client_without_a_secret_is_named_in_the_form() {
    let wire = Canned::new(Response::new(200, "{}"));
    let http = Http::builder().build_over(wire.clone()).unwrap();
    Call::new(&TOKEN).form(&json!({"client_id": "cli", "code_verifier": "x"})).nothing(&http).await.unwrap();
    assert_eq!(wire.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn forms_and_files_have_their_types() {
    let server = Server::answering([Response::new(200, "{}")]).await;
    let http = Http::builder().base_url(server.url()).build().unwrap();
    let file = FileUpload::new("ü \"a\".txt", "text/plain", "contents");
    Call::new(&SAVE).file(file).nothing(&http).await.unwrap();
    Call::new(&SAVE).form(&json!({"a": "b c", "n": 1})).nothing(&http).await.unwrap();
    let upload = server.request(0);
    assert!(header(&upload, "content-type").unwrap().starts_with("multipart/form-data; boundary="));
    let body = upload.body_string();
    assert!(body.contains(r#"name="file""#) && body.contains("Content-Type: text/plain"), "{body}");
    assert!(body.contains("\r\n\r\ncontents\r\n"), "{body}");
    let form = server.request(1);
    assert_eq!(header(&form, "content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(form.body_string(), "a=b%20c&n=1");
}

#[tokio::test]
async fn impossible_requests_are_not_sent() {
    let server = Server::answering([Response::new(200, "{}")]).await;
    let mut session = Session::new("a");
    session.csrf_token = Some("a\r\nb".into());
    let http = Http::builder().base_url(server.url()).session(session).build().unwrap();
    let with_bad_cookie = Call::new(&LIST).nothing(&http).await.unwrap_err();
    assert!(!with_bad_cookie.to_string().contains("a\r\nb"));
    http.set_session(None).unwrap();
    let with_bad_header = Call::new(&LIST).header("x y", "1").nothing(&http).await.unwrap_err();
    let file = FileUpload::new("a", "no type", "");
    let with_bad_file = Call::new(&SAVE).file(file).nothing(&http).await.unwrap_err();
    for error in [with_bad_cookie, with_bad_header, with_bad_file] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert_eq!(server.count(), 0);
}

#[test]
fn clients_that_would_leak_are_not_built() {
    for builder in [
        Http::builder().base_url("http://example.com"),
        Http::builder().device(Device::with_id("web_client")),
        Http::builder().token("a\r\nb"),
        Http::builder().token("t=a; b=c"),
        Http::builder().token(""),
        Http::builder().proxy("http://me:secret@:x"),
        Http::builder().region(Region::Dida365).session({
            let mut session = Session::new("0123ABCD");
            session.region = Some("ticktick".into());
            session
        }),
    ] {
        let error = builder.build().unwrap_err();
        assert!(matches!(error, Error::InvalidInput { operation: "client", .. }), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
    }
}
