//! Saved filters, against the simulator in both of its update modes.

use ticktick::date::FixedClock;
use ticktick::filter::{FilterDate, FilterId, FilterPatch, FilterRule, build_rule};
use ticktick::models::Object;
use ticktick::project::ViewMode;
use ticktick::raw::{self, op};
use ticktick::{Client, Due, Error, Filter, FilterDraft, Priority, TaskDraft};
use ticktick_sim::{Collection, DEMO_USER, Fault, Service, Simulator, UpdateMode};

use crate::common::{client, lines};

const SYNC: &str = "GET /api/v3/batch/check/0";
const BATCH: &str = "POST /api/v2/batch/filter";

fn service(mode: UpdateMode) -> Service {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    Simulator::builder().account(DEMO_USER, "x").clock(clock).update_mode(mode).build()
}

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        journey(&service, &client(&service)).await;
    }
}

fn sends<T: Send>(value: T) -> T {
    value
}

/// Stores a filter with members that nobody knows, past the client.
async fn odd(client: &Client) -> Filter {
    let text = include_str!("samples/odd_filter.json");
    raw::filter::batch(client.transport(), &serde_json::from_str(text).unwrap()).await.unwrap();
    client.filter().get(FilterId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await.unwrap()
}

fn stored(service: &Service) -> Vec<Object> {
    service.objects(DEMO_USER, Collection::Filters)
}

fn members(object: &Object, but: &[&str]) -> Vec<(String, String)> {
    let members = object.iter().filter(|(key, _)| !but.contains(key) && !["etag", "modifiedTime"].contains(key));
    let mut members: Vec<_> = members.map(|(key, value)| (key.to_owned(), value.as_str().to_owned())).collect();
    members.sort();
    members
}

#[tokio::test]
async fn a_filter_is_created_changed_and_deleted() {
    in_both_modes(async |service, client| {
        let rule = FilterRule::normal().priorities([Priority::High]);
        let draft = FilterDraft::new("High", &rule).view_mode(ViewMode::Kanban).sort_order(-7);
        let filter = sends(client.filter().create(draft)).await.unwrap();
        assert_eq!(lines(service), [BATCH]);
        assert_eq!(sends(client.filter().list()).await.unwrap()[0].etag, filter.etag);
        let read = sends(client.filter().get(&filter)).await.unwrap();
        assert_eq!(read.rule_tree().unwrap(), rule);
        assert_eq!(read.sort_order, -7);
        assert_eq!(read.view_mode.get(), Some(&ViewMode::Kanban));
        assert_eq!(lines(service), [SYNC, SYNC]);

        let renamed = sends(client.filter().rename(&filter, "Higher")).await.unwrap();
        assert_eq!(renamed.name.as_deref(), Some("Higher"));
        assert_eq!(lines(service), [SYNC, BATCH]);
        client.filter().rename(&filter, "Higher").await.unwrap();
        assert_eq!(lines(service), [SYNC], "nothing differs, so nothing is written");

        let mut filter = renamed;
        filter.name = "Highest".into();
        let updated = sends(client.filter().update(&filter)).await.unwrap();
        assert_eq!(lines(service), [SYNC, BATCH]);
        assert_eq!(client.filter().get(&filter).await.unwrap().etag, updated.etag);
        service.forget_requests();
        sends(client.filter().delete(&filter)).await.unwrap();
        assert_eq!(lines(service), [SYNC, BATCH]);
        assert_eq!(stored(service).len(), 0);
        let gone = client.filter().rename(&filter, "x").await.unwrap_err();
        assert!(matches!(gone, Error::NotFound { what: "filter", .. }), "{gone:?}");
        assert!(client.filter().update(&filter).await.unwrap_err().is_not_found());
        assert!(client.filter().delete(&filter).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn what_a_write_does_not_mean_stays() {
    in_both_modes(async |service, client| {
        let filter = odd(client).await;
        let before = stored(service);
        client.filter().rename(&filter, "Even").await.unwrap();
        assert_eq!(members(&stored(service)[0], &["name"]), members(&before[0], &["name"]));
        let mut rule = filter.rule_tree().unwrap();
        rule.and[0].or.push("garden".into());
        let patch = FilterPatch::new().rule(&rule).clear_view_mode().sort_order(1);
        let patched = sends(client.filter().patch(&filter, patch)).await.unwrap();
        assert_eq!(
            patched.rule.as_deref(),
            Some(r#"{ "version":1, "and":[{"or":["home","garden"], "conditionName":"tag", "x":1E3}] }"#),
        );
        let touched = ["name", "rule", "viewMode", "sortOrder"];
        assert_eq!(members(&stored(service)[0], &touched), members(&before[0], &touched));
        assert_eq!(stored(service)[0].get("viewMode").unwrap().as_str(), "null");
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_before_anything_is_sent() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let id = FilterId::from("65f0a1b2c3d4e5f6a7b8c9d0");
    // filter-rule-unchecked: the service would store it.
    for error in [
        client.filter().create(FilterDraft::new(" ", FilterRule::normal())).await.unwrap_err(),
        client.filter().create(FilterDraft::new("x", "high")).await.unwrap_err(),
        client.filter().patch(&id, FilterPatch::new().rule("[]")).await.unwrap_err(),
        client.filter().rename(&id, "").await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert!(service.requests().is_empty());
}

#[tokio::test]
async fn lost_answers_are_looked_for() {
    in_both_modes(async |service, client| {
        service.faults().next(&op::FILTER_BATCH, Fault::LoseAnswer);
        let filter = client.filter().create(FilterDraft::new("one", FilterRule::normal())).await.unwrap();
        assert_eq!(stored(service).len(), 1);
        service.faults().next(&op::FILTER_BATCH, Fault::LoseAnswer);
        assert_eq!(client.filter().rename(&filter, "two").await.unwrap().name, "two");
        service.faults().next(&op::FILTER_BATCH, Fault::Reset);
        client.filter().delete(&filter).await.unwrap();
        assert!(stored(service).is_empty());
    })
    .await;
}

#[tokio::test]
async fn filters_are_evaluated_locally() {
    in_both_modes(async |service, client| {
        let today = Due::day(jiff::civil::date(2026, 3, 1));
        let high = TaskDraft::new("high").priority(Priority::High);
        client.task().create(high.clone()).await.unwrap();
        let both = client.task().create(high.due(today.clone())).await.unwrap();
        client.task().create(TaskDraft::new("today").due(today)).await.unwrap();
        let rule = build_rule(&[], &[Priority::High], &[]).due([FilterDate::Today]);
        let filter = client.filter().create(FilterDraft::new("f", rule)).await.unwrap();
        service.forget_requests();
        let found = sends(client.task().list_by_filter(&filter)).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].id, both.id);
        assert_eq!(lines(service), [SYNC], "the zone is known already");

        let account = client.sync().full().await.unwrap();
        assert_eq!(account.matching(account.filter(&filter).unwrap()).unwrap().len(), 1);
        let mut strange = filter.clone();
        strange.rule = r#"{"and":[{"conditionName":"mood","or":["good"]}],"version":1}"#.into();
        let error = account.matching(&strange).unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }) && error.to_string().contains("mood"), "{error}");
        let error = client.task().list_by_filter(FilterId::from("none")).await.unwrap_err();
        assert!(error.is_not_found(), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn one_task_of_an_unknown_zone_does_not_spoil_a_filter() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let mut task =
        client.task().create(TaskDraft::new("x").due(Due::day(jiff::civil::date(2026, 3, 1)))).await.unwrap();
    task.time_zone = "Mars/Base".into();
    let mut batch = ticktick::models::BatchTasks::default();
    batch.update.push(task);
    raw::task::batch(client.transport(), &batch).await.unwrap();
    let rule = FilterRule::normal().due([FilterDate::Today, FilterDate::Overdue]);
    let filter = client.filter().create(FilterDraft::new("f", rule)).await.unwrap();
    assert_eq!(client.task().list_by_filter(&filter).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_rule_that_names_the_inbox_by_its_word_is_stored_with_the_id() {
    in_both_modes(async |_, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        let rule = build_rule(&["inbox".into()], &[], &[]);
        let stored = |id: &ticktick::ProjectId| Some(build_rule(std::slice::from_ref(id), &[], &[]).to_string());
        let filter = client.filter().create(FilterDraft::new("Inbox", &rule)).await.unwrap();
        assert_eq!(filter.rule.get().cloned(), stored(&inbox));
        let mut other =
            client.filter().patch(&filter, FilterPatch::new().rule(build_rule(&["p".into()], &[], &[]))).await.unwrap();
        other.rule = rule.to_string().into();
        let filter = client.filter().update(&other).await.unwrap();
        assert_eq!(filter.rule.get().cloned(), stored(&inbox));
        let filter = client.filter().patch(&filter, FilterPatch::new().rule(&rule)).await.unwrap();
        assert_eq!(filter.rule.get().cloned(), stored(&inbox));
        client.task().create(TaskDraft::new("one")).await.unwrap();
        let found = client.task().list_by_filter(&filter).await.unwrap();
        let account = client.sync().full().await.unwrap();
        assert!(!found.is_empty());
        assert_eq!(found.len(), account.inbox_tasks().len());
        let query = ticktick::TaskQuery::new().project("inbox");
        assert_eq!(account.tasks().iter().filter(|task| query.matches(task)).count(), found.len());
    })
    .await;
}
