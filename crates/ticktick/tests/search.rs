//! Searches, against the simulator.

use jiff::SignedDuration;
use ticktick::date::FixedClock;
use ticktick::search::SearchAnswer;
use ticktick::{Client, Error, Priority, Task, TaskDraft, TaskQuery};
use ticktick_sim::{DEMO_USER, Service, Simulator};

use crate::common::lines;

fn service() -> Service {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let lag = SignedDuration::from_secs(20);
    Simulator::builder().account(DEMO_USER, "x").clock(clock).search_lag(lag).build()
}

fn client(service: &Service) -> Client {
    let builder = Client::builder().transport(service.signed_on(DEMO_USER));
    builder.base_url("http://127.0.0.1:1").build().unwrap()
}

fn titles(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.title.as_deref().unwrap()).collect()
}

fn sends<T: Send>(value: T) -> T {
    value
}

const SEARCH: &str = "GET /api/v2/search/all?keywords=tennis";
const SYNC: &str = "GET /api/v3/batch/check/0";

/// An old task, a completed one, and one that the index does not know yet.
async fn three(service: &Service, client: &Client) -> [Task; 3] {
    let make = |title| client.task().create(TaskDraft::new(title).tag("sport").priority(Priority::High));
    let (old, done) = (make("old tennis").await.unwrap(), make("done tennis").await.unwrap());
    let done = client.task().complete(&done).await.unwrap();
    service.clock().advance(SignedDuration::from_secs(60));
    let fresh = make("new tennis").await.unwrap();
    service.forget_requests();
    [old, done.into(), fresh]
}

#[tokio::test]
async fn the_search_of_the_service_finds_closed_tasks() {
    let service = service();
    let client = client(&service);
    let [_, done, _] = three(&service, &client).await;
    let mut found = sends(client.search().search_tasks("tennis")).await.unwrap();
    found.sort_by(|one, other| one.title.as_deref().cmp(&other.title.as_deref()));
    assert_eq!(titles(&found), ["done tennis", "old tennis"]);
    assert!(found[0].id == done.id && found[0].is_completed());
    let SearchAnswer::Results(results) = sends(client.search().all("tennis")).await.unwrap() else { panic!() };
    assert_eq!(results.hits.len(), 2);
    assert_eq!(results.tasks.len(), 2);
    assert_eq!(lines(&service), [SEARCH, SEARCH]);
}

#[tokio::test]
async fn both_together_find_each_task_once() {
    let service = service();
    let client = client(&service);
    let [old, ..] = three(&service, &client).await;
    let found = sends(client.search().everywhere("tennis")).await.unwrap();
    assert_eq!(lines(&service), [SEARCH, SYNC]);
    assert_eq!(found.len(), 3);
    assert_eq!(found[2].title, "new tennis");
    service.clock().advance(SignedDuration::from_secs(60));
    let mut renamed = old.clone();
    renamed.title = "tennis with Ada".into();
    let mut batch = ticktick::models::BatchTasks::default();
    batch.update.push(renamed);
    ticktick::raw::task::batch(client.transport(), &batch).await.unwrap();
    let found = client.search().everywhere("tennis").await.unwrap();
    assert_eq!(found.len(), 3, "both know all of them now");
    let fresh = found.iter().find(|task| task.id == old.id).unwrap();
    assert_eq!(fresh.title, "tennis with Ada", "the index still has the old title");
}

#[tokio::test]
async fn a_snapshot_is_searched_without_a_request() {
    let service = service();
    let client = client(&service);
    three(&service, &client).await;
    let account = client.sync().full().await.unwrap();
    service.forget_requests();
    let found = client.search().local(&account, "TENNIS new");
    assert_eq!(found.iter().map(|task| task.title.as_deref().unwrap()).collect::<Vec<_>>(), ["new tennis"]);
    assert!(lines(&service).is_empty());
}

#[tokio::test]
async fn filtering_tasks_takes_one_sync() {
    let service = service();
    let client = client(&service);
    three(&service, &client).await;
    client.task().create(TaskDraft::new("other").tag("sport")).await.unwrap();
    service.forget_requests();
    let query = TaskQuery::new().tag("sport").priority(Priority::High);
    let found = sends(client.search().filter_tasks(&query)).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(lines(&service), vec![SYNC.to_owned()]);
}

#[tokio::test]
async fn a_search_for_nothing_is_refused() {
    let service = service();
    let client = client(&service);
    for error in [client.search().all(" ").await.unwrap_err(), client.search().everywhere("").await.unwrap_err()] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert!(service.requests().is_empty());
}
