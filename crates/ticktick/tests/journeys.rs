//! Whole ways through the client, against the simulator in both of its update modes.

use std::collections::BTreeMap;

use jiff::civil::date;
use jiff::tz::TimeZone;
use serde_json::Value;
use ticktick::date::FixedClock;
use ticktick::models::{Field, Object};
use ticktick::raw::{self, op};
use ticktick::{Client, Due, Error, Login, Priority, ProjectId, Task, TaskDraft, TaskId};
use ticktick_sim::{Collection, DEMO_PASSWORD, DEMO_USER, Simulator, UpdateMode};

const NOW: &str = "2026-03-01T12:30:00Z";

fn clock() -> FixedClock {
    FixedClock(NOW.parse().unwrap())
}

async fn simulator(mode: UpdateMode) -> Simulator {
    Simulator::builder().demo().clock(clock()).update_mode(mode).start().await.unwrap()
}

async fn client(sim: &Simulator) -> Client {
    let client = Client::builder().base_url(sim.base_url()).clock(clock()).build().unwrap();
    let login = client.login(DEMO_USER, DEMO_PASSWORD).await.unwrap();
    assert!(matches!(login, Login::Done(_)));
    sim.forget_requests();
    client
}

/// Starts the simulator in each mode and hands it over with a client that is signed in.
async fn in_both_modes(journey: impl AsyncFn(Simulator, Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let sim = simulator(mode).await;
        let client = client(&sim).await;
        journey(sim, client).await;
    }
}

/// The members of every stored task.
type Stored = BTreeMap<String, BTreeMap<String, Value>>;

fn stored(sim: &Simulator) -> Stored {
    let tasks = sim.objects(DEMO_USER, Collection::Tasks);
    tasks.iter().map(|task| (task.get("id").unwrap().decode().unwrap(), members(task))).collect()
}

fn members(task: &Object) -> BTreeMap<String, Value> {
    task.iter().map(|(key, json)| (key.to_owned(), json.decode().unwrap())).collect()
}

fn lines(sim: &Simulator) -> Vec<String> {
    sim.requests().into_iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect()
}

#[tokio::test]
async fn a_day_with_tasks() {
    in_both_modes(async |sim, client| {
        let before = client.sync().full().await.unwrap();
        let draft = TaskDraft::new("Buy groceries")
            .priority(Priority::Medium)
            .tag("errands")
            .due(Due::day(date(2026, 3, 1)))
            .item("Milk")
            .item("Bread");
        let task = client.task().create(draft).await.unwrap();
        let read = client.task().get(&task.id).await.unwrap();
        assert_eq!(read.title, "Buy groceries".to_owned());
        assert_eq!(read.items.len(), 2);
        assert_eq!(read.project_id, client.project().inbox().await.unwrap().id);

        let open = client.task().list().await.unwrap();
        assert_eq!(open.len(), before.tasks().len() + 1);
        let inbox = client.task().list_by_project(ProjectId::from("inbox")).await.unwrap();
        assert!(inbox.iter().any(|one| one.id == task.id));

        let done = client.task().complete(&task).await.unwrap();
        assert!(done.is_completed());
        assert_eq!(client.task().get(&task.id).await.unwrap().etag, done.etag);
        assert_eq!(client.task().list().await.unwrap().len(), before.tasks().len());

        let changes = client.sync().delta(before.checkpoint()).await.unwrap();
        let updated = &changes.sync_task_bean.get().unwrap().update;
        let [changed] = &updated[..] else { panic!("one task changed: {}", updated.len()) };
        assert!(changed.id == task.id && changed.is_completed());
        drop(sim);
    })
    .await;
}

#[tokio::test]
async fn completing_touches_nothing_else() {
    const CLOSED: &[&str] = &["status", "completedTime", "completedUserId", "modifiedTime", "etag", "progress"];
    const MOVED_ON: &[&str] =
        &["startDate", "dueDate", "isAllDay", "isFloating", "timeZone", "modifiedTime", "etag", "progress"];
    in_both_modes(async |sim, client| {
        let before = stored(&sim);
        for task in client.task().list().await.unwrap().iter().filter(|task| !task.is_note()) {
            assert!(client.task().complete(task).await.unwrap().is_completed());
        }
        let mut after = stored(&sim);
        let mut series = 0;
        for (id, mut was) in before {
            let mut is = after.remove(&id).unwrap();
            let touched = match (was["status"] == 0, was.get("repeatFlag").is_some_and(Value::is_string)) {
                (true, true) => {
                    series += 1;
                    assert!(is["status"] == 0 && is["startDate"] != was["startDate"], "{id} goes on");
                    MOVED_ON
                }
                _ => CLOSED,
            };
            touched.iter().for_each(|key| {
                is.remove(*key);
                was.remove(*key);
            });
            assert_eq!(is, was, "{id}");
        }
        assert!(series > 0, "the demo account has series");
        assert_eq!(after.len(), series, "each has a finished copy, and nothing else is new");
        for copy in after.values() {
            assert_eq!(copy["status"], 2);
            assert_eq!(copy["completedTime"], "2026-03-01T12:30:00.000+0000");
        }
        let left = client.task().list().await.unwrap();
        assert_eq!(left.iter().filter(|task| !task.is_note()).count(), series, "what recurs is still open");
    })
    .await;
}

#[tokio::test]
async fn no_call_costs_more_requests_than_it_must() {
    let sim = simulator(UpdateMode::Merge).await;
    let client = client(&sim).await;
    let task = client.task().create(TaskDraft::new("one")).await.unwrap();
    assert_eq!(lines(&sim), ["POST /api/v2/batch/task"]);
    sim.forget_requests();
    client.task().complete(&task).await.unwrap();
    assert_eq!(lines(&sim), [format!("GET /api/v2/task/{}", task.id), "POST /api/v2/batch/task".into()]);
    sim.forget_requests();
    for day in 1..4 {
        let draft = TaskDraft::new("due").due(Due::day(date(2026, 3, day)));
        client.task().create(draft).await.unwrap();
    }
    assert_eq!(sim.count(&op::USER_SETTINGS), 1, "the zone is asked for once");
    assert_eq!(sim.count(&op::TASK_BATCH), 3);
    sim.forget_requests();
    client.project().list().await.unwrap();
    assert_eq!(lines(&sim), ["GET /api/v2/projects"]);
    sim.forget_requests();
    client.task().list().await.unwrap();
    assert_eq!(lines(&sim), ["GET /api/v3/batch/check/0"]);
}

#[tokio::test]
async fn a_day_is_meant_in_the_zone_of_the_account() {
    let sim = simulator(UpdateMode::Merge).await;
    let client = client(&sim).await;
    let options = raw::user::SettingsOptions::default();
    let mut settings = raw::user::settings(client.transport(), &options).await.unwrap();
    settings.time_zone = "America/Chicago".into();
    let options = raw::user::UpdateSettingsOptions::default();
    raw::user::update_settings(client.transport(), &settings, &options).await.unwrap();

    let day = Due::day(date(2026, 7, 1));
    let task = client.task().create(TaskDraft::new("here").due(day.clone())).await.unwrap();
    let read = client.task().get(&task.id).await.unwrap();
    assert_eq!(read.start_date.get().unwrap().to_string(), "2026-07-01T05:00:00.000+0000");
    assert_eq!(read.time_zone, "America/Chicago".to_owned());
    let chicago = client.time_zone().await.unwrap();
    assert_eq!(read.due(&TimeZone::UTC), Some(day.clone().in_zone(chicago)));

    let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
    let task = client.task().create(TaskDraft::new("there").due(day.in_zone(tokyo))).await.unwrap();
    let read = client.task().get(&task.id).await.unwrap();
    assert_eq!(read.start_date.get().unwrap().to_string(), "2026-06-30T15:00:00.000+0000");
}

#[tokio::test]
async fn the_inbox_is_a_project_like_the_others() {
    let sim = simulator(UpdateMode::Merge).await;
    let client = client(&sim).await;
    let account = client.sync().full().await.unwrap();
    let projects = client.project().list_with_archived().await.unwrap();
    assert_eq!(projects[0], account.inbox().unwrap());
    assert_eq!(projects[1..], *account.projects());
    let in_use = client.project().list().await.unwrap();
    assert!(in_use.iter().all(|project| project.closed != Field::Value(true)));

    let inbox = client.project().get(ProjectId::from("inbox")).await.unwrap();
    assert_eq!(inbox, client.project().inbox().await.unwrap());
    let third = client.project().get(&projects[2].id).await.unwrap();
    assert_eq!(third, projects[2]);
    let error = client.project().get(ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { what: "project", .. }), "{error:?}");
}

#[tokio::test]
async fn a_session_is_reused_expires_and_is_logged_out() {
    let sim = simulator(UpdateMode::Merge).await;
    let first = client(&sim).await;
    let kept = first.session().unwrap();
    let again = Client::builder().base_url(sim.base_url()).session(kept.clone()).build().unwrap();
    assert_eq!(again.check_session().await.unwrap().inbox_id, first.project().inbox().await.unwrap().id);
    let by_token = Client::builder().base_url(sim.base_url()).token(kept.token).build().unwrap();
    assert!(by_token.check_session().await.is_ok());

    sim.end_sessions();
    let error = first.task().list().await.unwrap_err();
    assert!(matches!(error, Error::SessionExpired(_)), "{error:?}");
    let _login = first.login(DEMO_USER, DEMO_PASSWORD).await.unwrap();
    assert!(first.check_session().await.is_ok());
    first.logout().await.unwrap();
    assert!(first.session().is_none());
    assert!(matches!(first.check_session().await, Err(Error::SessionExpired(_))));
}

#[tokio::test]
async fn a_wrong_password_is_an_error_of_its_own() {
    let sim = simulator(UpdateMode::Merge).await;
    let client = Client::builder().base_url(sim.base_url()).build().unwrap();
    let error = client.login(DEMO_USER, "wrong").await.unwrap_err();
    assert!(matches!(error, Error::WrongPassword { .. }), "{error:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let sim = simulator(UpdateMode::Merge).await;
    let client = client(&sim).await;
    let error = client.task().get(TaskId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { what: "task", .. }), "{error:?}");
}

#[tokio::test]
async fn clones_share_the_session_across_threads() {
    fn shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    let sim = simulator(UpdateMode::Merge).await;
    let client = client(&sim).await;
    shareable(&client);
    let clone = client.clone();
    let created: Task =
        tokio::spawn(async move { clone.task().create(TaskDraft::new("x")).await }).await.unwrap().unwrap();
    client.logout().await.unwrap();
    assert!(!created.id.as_str().is_empty());
}
