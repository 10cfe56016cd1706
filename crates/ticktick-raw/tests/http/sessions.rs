//! How the session is kept.

use std::sync::{Arc, OnceLock};

use ticktick_raw::http::{Http, Session};
use ticktick_raw::{Auth, Call, Error, Pending, Request, Response, Transport};

use crate::support::{LIST, SAVE, SIGN_ON, SIGN_OUT, Server, Time, header};

fn setting(cookies: &[&str]) -> Response {
    cookies.iter().fold(Response::new(200, "{}"), |answer, cookie| answer.with_header("Set-Cookie", *cookie))
}

async fn sign_on(http: &Http) {
    Call::new(&SIGN_ON).nothing(http).await.unwrap();
}

async fn list(http: &Http) {
    Call::new(&LIST).nothing(http).await.unwrap();
}

#[tokio::test]
async fn cookies_are_merged() {
    let server = Server::answering([
        setting(&[
            "AWSALB=balance; Path=/",
            "t=first; Path=/; HttpOnly; Max-Age=2592000",
            "_csrf_token=csrf; Path=/",
            "SESSION=no; Path=/",
        ]),
        setting(&["t=second; Expires=Mon, 01 Mar 2027 00:00:00 GMT"]),
        setting(&["_csrf_token=other"]),
        setting(&["_csrf_token=gone; Max-Age=0"]),
        setting(&["t=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]),
        setting(&[]),
    ])
    .await;
    let http = Http::builder().base_url(server.url()).clock(Time::new()).build().unwrap();
    sign_on(&http).await;
    for _ in 0..5 {
        list(&http).await;
    }
    let cookies: Vec<_> = (0..6).map(|index| header(&server.request(index), "cookie").map(str::to_owned)).collect();
    let wanted = [
        None,
        Some("t=first; _csrf_token=csrf"),
        Some("t=second; _csrf_token=csrf"),
        Some("t=second; _csrf_token=other"),
        Some("t=second"),
        None,
    ];
    assert_eq!(cookies, wanted.map(|cookie| cookie.map(str::to_owned)));
    assert!(http.session().is_none());
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let server = Server::answering([setting(&["t=kept", "_csrf_token=c"]), setting(&[])]).await;
    let http = Http::builder().base_url(server.url()).build().unwrap();
    sign_on(&http).await;
    let kept = serde_json::to_string(&http.session().unwrap()).unwrap();
    let session: Session = serde_json::from_str(&kept).unwrap();
    assert_eq!(session.region.as_deref(), Some(server.url().as_str()));

    let http = Http::builder().base_url(server.url()).session(session.clone()).build().unwrap();
    list(&http).await;
    assert_eq!(header(&server.request(1), "cookie"), Some("t=kept; _csrf_token=c"));
    assert!(Http::builder().session(session.clone()).build().is_err());
    let elsewhere = Http::builder().build().unwrap();
    assert!(elsewhere.set_session(session).is_err() && elsewhere.session().is_none());
}

#[tokio::test]
async fn sessions_do_not_follow_redirects() {
    let elsewhere = Server::answering([Response::new(200, "[]")]).await;
    let to = format!("{}/api/v2/tags?ticket=1", elsewhere.url());
    let server = Server::answering([Response::new(302, "").with_header("Location", to)]).await;
    let http = Http::builder().base_url(server.url()).token("hush").build().unwrap();
    let error = Call::new(&LIST).nothing(&http).await.unwrap_err();
    assert_eq!(error.status(), Some(302));
    assert!(error.to_string().contains("redirected to 127.0.0.1"), "{error}");
    assert!(!error.to_string().contains("ticket"), "{error}");
    assert_eq!(server.count(), 1);
    assert_eq!(elsewhere.count(), 0);
}

#[tokio::test]
async fn signing_out_is_a_redirect_that_ends_the_session() {
    let answer = Response::new(302, "").with_header("Location", "/");
    let server = Server::answering([answer.with_header("Set-Cookie", "t=; Max-Age=0")]).await;
    let http = Http::builder().base_url(server.url()).token("hush").build().unwrap();
    Call::new(&SIGN_OUT).nothing(&http).await.unwrap();
    assert_eq!(header(&server.request(0), "cookie"), Some("t=hush"));
    assert!(http.session().is_none());
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn refusals_may_renew_the_session() {
    let mut answer = setting(&["t=new"]);
    answer.status = 500;
    let server = Server::answering([answer]).await;
    let http = Http::builder().base_url(server.url()).token("old").build().unwrap();
    Call::new(&SAVE).nothing(&http).await.unwrap_err();
    assert_eq!(http.session().unwrap().token.expose(), "new");
}

#[tokio::test]
async fn failed_sign_ons_leave_the_session_alone() {
    let mut answer = setting(&["t=; Max-Age=0"]);
    answer.status = 500;
    let server = Server::answering([answer]).await;
    let http = Http::builder().base_url(server.url()).token("kept").build().unwrap();
    Call::new(&SIGN_ON).nothing(&http).await.unwrap_err();
    assert!(http.session().is_some());
}

/// Signs on again while the response to a request of the old session is pending.
struct Overtaken(OnceLock<Http>);

impl Transport for Overtaken {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async move {
            if request.operation.auth == Auth::None {
                return Ok(setting(&["t=new"]));
            }
            sign_on(self.0.get().unwrap()).await;
            Ok(setting(&["t=; Max-Age=0"]))
        })
    }
}

#[tokio::test]
async fn answers_to_an_old_session_do_not_end_the_new_one() {
    let wire = Arc::new(Overtaken(OnceLock::new()));
    let http = Http::builder().token("old").build_over(Arc::clone(&wire)).unwrap();
    let second = Http::clone(&http);
    assert!(wire.0.set(second).is_ok());
    list(&http).await;
    assert_eq!(http.session().unwrap().token.expose(), "new");
}
