//! The simulator over a real socket, from the perspective of a client.
#![allow(clippy::unwrap_used)]

use ticktick_models::*;
use ticktick_raw::http::{Http, Pace, RetryPolicy};
use ticktick_raw::{Call, ErrorClass, auth, op, project, sync, task};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

async fn demo() -> Simulator {
    let noon = "2026-07-01T12:00:00Z".parse().unwrap();
    Simulator::builder().demo().clock(FixedClock(noon)).start().await.unwrap()
}

fn http(sim: &Simulator) -> Http {
    Http::builder().base_url(sim.base_url()).no_proxy().retry(RetryPolicy::never()).build().unwrap()
}

fn credentials(password: &str) -> SignOn {
    let mut credentials = SignOn::new(password);
    credentials.username.set(DEMO_USER);
    credentials
}

#[tokio::test]
async fn a_client_signs_on_and_works() {
    let sim = demo().await;
    let http = http(&sim);
    let answer = auth::sign_on(&http, &credentials(DEMO_PASSWORD), &Default::default()).await.unwrap();
    assert!(answer.token.get().is_some());

    let account = sync::check(&http, 0).await.unwrap();
    let bean = account.sync_task_bean.get().unwrap();
    assert_eq!(bean.update.len(), 40);
    assert_eq!(account.project_profiles.len(), 6);
    assert_eq!(project::list(&http).await.unwrap().len(), 6);

    let inbox = account.inbox_id.get().unwrap().clone();
    let mut milk = Task::new(TaskId::new(), inbox);
    milk.title.set("Milk");
    let mut batch = BatchTasks::default();
    batch.add.push(milk.clone());
    let stored = task::batch(&http, &batch).await.unwrap();
    assert!(stored.id2etag.contains_key(milk.id.as_str()));
    let read = task::get(&http, &milk.id, &Default::default()).await.unwrap();
    assert_eq!(read.title, "Milk");

    let delta = sync::check(&http, account.check_point).await.unwrap();
    assert_eq!(delta.sync_task_bean.get().unwrap().update.len(), 1);
    assert_eq!(sim.count(&op::SYNC_CHECK), 2);
}

#[tokio::test]
async fn empty_answers_of_the_open_api_have_a_type_and_a_length() {
    let sim = Simulator::builder().demo().api_token(DEMO_USER, "token").start().await.unwrap();
    let delete = Call::new(&op::OPEN_DELETE_TASK).path("projectId", "inbox").path("taskId", "0");
    let http = http(&sim);
    http.set_bearer(Secret::from("token"));
    let answer = delete.send(&http).await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body.len(), 0);
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert_eq!(answer.header("content-length"), Some("0"));
}

#[tokio::test]
async fn refusals_are_classified() {
    let sim = demo().await;
    let http = http(&sim);
    let refused = project::list(&http).await.unwrap_err();
    assert_eq!(refused.class(), Some(ErrorClass::SessionExpired));
    let refused = auth::sign_on(&http, &credentials("wrong"), &Default::default()).await.unwrap_err();
    assert_eq!(refused.class(), Some(ErrorClass::Auth));
    assert!(!format!("{refused:?} {refused}").contains(DEMO_USER));
    auth::sign_on(&http, &credentials(DEMO_PASSWORD), &Default::default()).await.unwrap();
    auth::sign_out(&http).await.unwrap();
    assert!(project::list(&http).await.is_err());
}

#[tokio::test]
async fn stopping_ends_the_server() {
    let sim = demo().await;
    let http = http(&sim);
    let status = || Call::new(&op::USER_STATUS).send(&http);
    assert_eq!(status().await.unwrap().status, 401);
    sim.stop().await;
    assert!(status().await.is_err());
}

#[tokio::test]
async fn layers_of_http_run_over_the_process() {
    let sim = Simulator::builder().demo().build();
    let http = Http::builder().pace(Pace::unlimited()).build_over(sim.transport()).unwrap();
    auth::sign_on(&http, &credentials(DEMO_PASSWORD), &Default::default()).await.unwrap();
    assert!(http.session().is_some());
    assert_eq!(project::list(&http).await.unwrap().len(), 6);
}
