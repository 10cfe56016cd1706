//! Journeys from the client through raw functions and HTTP to the simulator, and back.

use jiff::civil::date;
use jiff::{SignedDuration, tz::TimeZone};
use ticktick::error::ErrorClass;
use ticktick::{Due, Error, Priority, ProjectId, Task, TaskDraft, TaskId, TaskStatus};
use ticktick_models::{BatchTasks, ClosedStatus, Json, Object, TaskRef};
use ticktick_raw::{self as raw, Call, Method, Operation, op};
use ticktick_sim::{Collection, DEMO_PASSWORD, DEMO_USER, Simulator, UpdateMode};

use crate::support::{client, clock, demo, login, signed_in, stored};

const BRAND_NEW: &str = r#"{"a":[1E3,-9223090562146500590,123456789012345678901234567890],"b\"":null}"#;

#[tokio::test]
async fn a_day_with_the_demo_account() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    let account = client.sync().full().await.unwrap();
    assert_eq!(account.tasks().len(), 40);
    assert_eq!(account.projects().len(), 6);
    assert_eq!(client.task().list().await.unwrap().len(), 40);

    let draft = TaskDraft::new("Call Ada").priority(Priority::High).tag("focus").item("Ask").item("Listen");
    let made = client.task().create(draft).await.unwrap();
    let delta = client.sync().delta(account.checkpoint()).await.unwrap();
    let lanes = delta.sync_task_bean.get().unwrap();
    assert_eq!(ids(&lanes.update), [made.id.as_str()]);
    assert!(lanes.add.is_empty() && lanes.delete.is_empty() && lanes.empty == false);
    assert_eq!(lanes.update[0].title, "Call Ada");
    assert_eq!(lanes.update[0].items.len(), 2);
    assert!(delta.project_profiles.is_empty() && delta.tags.is_empty() && delta.inbox_id.is_null());

    let done = client.task().complete(&made).await.unwrap();
    let next = client.sync().delta(delta.check_point).await.unwrap();
    let lanes = next.sync_task_bean.get().unwrap();
    assert_eq!(ids(&lanes.update), [made.id.as_str()]);
    assert_eq!(lanes.update[0].status, TaskStatus::Completed);
    assert_eq!(lanes.update[0].etag, done.etag);
    assert_eq!(client.task().list().await.unwrap().len(), 40);

    let idle = client.sync().delta(next.check_point).await.unwrap();
    assert!(idle.sync_task_bean.get().unwrap().empty == true);
    assert!(idle.check_point >= next.check_point);
}

fn ids(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.id.as_str()).collect()
}

#[tokio::test]
async fn a_completed_task_is_among_the_closed_ones() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    let made = client.task().create(TaskDraft::new("Short")).await.unwrap();
    client.task().complete(&made).await.unwrap();
    let options = raw::task::ClosedOptions::default();
    let closed = raw::task::closed(client.transport(), &ClosedStatus::Completed, &options).await.unwrap();
    assert!(ids(&closed).contains(&made.id.as_str()));
    assert!(client.task().get(&made.id).await.unwrap().is_completed());
}

#[tokio::test]
async fn a_deleted_task_leaves_by_its_own_lane() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    let account = client.sync().full().await.unwrap();
    let gone = &account.tasks()[7];
    let mut batch = BatchTasks::default();
    batch.delete.push(TaskRef::new(gone.id.clone(), gone.project_id.clone()));
    let answer = raw::task::batch(client.transport(), &batch).await.unwrap();
    assert!(answer.id2etag.is_empty() && answer.id2error.is_empty(), "a delete is not listed");
    let delta = client.sync().delta(account.checkpoint()).await.unwrap();
    let lanes = Object::encode(delta.sync_task_bean.get().unwrap()).unwrap();
    let key = format!(r#"[{{"taskId":"{}","projectId":"{}"}}]"#, gone.id, gone.project_id);
    assert_eq!(lanes.get("delete").map(Json::as_str), Some(key.as_str()));
    assert!(matches!(client.task().get(&gone.id).await, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn two_clients_work_at_once() {
    let sim = demo().await;
    let (one, two) = (signed_in(&sim).await, signed_in(&sim).await);
    let make = |client: ticktick::Client, name: &'static str| async move {
        let mut made = Vec::new();
        for number in 0..5 {
            made.push(client.task().create(TaskDraft::new(format!("{name} {number}"))).await.unwrap().id);
        }
        made
    };
    let (mut ids, more) = tokio::join!(make(one.clone(), "one"), make(two.clone(), "two"));
    ids.extend(more);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 10, "the same moment, and yet ids of their own");
    let (one, two) = (one.task(), two.task());
    let (one, two) = tokio::join!(one.list(), two.list());
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(sim.count(&op::TASK_BATCH), 10);
}

#[tokio::test]
async fn accounts_do_not_see_each_other() {
    let builder = Simulator::builder().clock(clock()).demo();
    let sim = builder.account("ada@example.com", "a").account("bob@example.com", "b").start().await.unwrap();
    let (ada, bob) = (client(&sim).build().unwrap(), client(&sim).build().unwrap());
    login(&ada, "ada@example.com", "a").await;
    login(&bob, "bob@example.com", "b").await;
    let task = ada.task().create(TaskDraft::new("Mine")).await.unwrap();
    assert!(bob.task().list().await.unwrap().is_empty());
    assert!(bob.task().get(&task.id).await.unwrap_err().is_not_found());
    assert_ne!(ada.project().inbox().await.unwrap().id, bob.project().inbox().await.unwrap().id);
}

#[tokio::test]
async fn a_token_is_enough() {
    let sim = demo().await;
    let session = signed_in(&sim).await.session().unwrap();
    let client = client(&sim).token(session.token).build().unwrap();
    assert_eq!(client.task().list().await.unwrap().len(), 40);
    client.task().create(TaskDraft::new("By token")).await.unwrap();
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
}

#[tokio::test]
async fn an_ended_session_is_an_error_and_is_never_renewed_by_itself() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    sim.end_sessions();
    let error = client.task().list().await.unwrap_err();
    assert!(matches!(error, Error::SessionExpired(_)), "{error:?}");
    assert_eq!(error.class(), Some(ErrorClass::SessionExpired));
    assert!(error.is_auth() && !error.is_retryable());
    let error = client.task().create(TaskDraft::new("Lost")).await.unwrap_err();
    assert!(matches!(error, Error::SessionExpired(_)), "{error:?}");
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 1);
    login(&client, DEMO_USER, DEMO_PASSWORD).await;
    assert_eq!(client.task().list().await.unwrap().len(), 40);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_everybody() {
    let sim = demo().await;
    let one = signed_in(&sim).await;
    let two = client(&sim).session(one.session().unwrap()).build().unwrap();
    two.check_session().await.unwrap();
    one.logout().await.unwrap();
    assert!(one.session().is_none());
    assert!(matches!(two.check_session().await, Err(Error::SessionExpired(_))));
}

#[tokio::test]
async fn wrong_passwords_are_counted_until_the_door_closes() {
    let sim = demo().await;
    let client = client(&sim).clock(sim.clock().clone()).build().unwrap();
    for left in (0..10).rev() {
        let error = client.login(DEMO_USER, "wrong").await.unwrap_err();
        assert!(matches!(error, Error::WrongPassword { tries_left, .. } if tries_left == Some(left)), "{error:?}");
    }
    let error = client.login(DEMO_USER, DEMO_PASSWORD).await.unwrap_err();
    assert!(matches!(error, Error::LockedOut { .. }), "{error:?}");
    assert!(client.session().is_none());
    assert_eq!(sim.count(&op::AUTH_SIGN_ON), 10, "each try is one call, and none is made without a try left");
    sim.clock().advance(SignedDuration::from_mins(30));
    login(&client, DEMO_USER, DEMO_PASSWORD).await;
}

/// Plants a task with members that nobody knows and completes it.
async fn complete_what_is_not_fully_known(mode: UpdateMode) {
    let sim = Simulator::builder().clock(clock()).demo().update_mode(mode).start().await.unwrap();
    let client = signed_in(&sim).await;
    let inbox = client.project().inbox().await.unwrap().id;
    let id = "6996da8a2ea6e4497e1cc128";
    let body = include_str!("../samples/odd_task.json")
        .replace("TASK_ID", id)
        .replace("INBOX", inbox.as_str())
        .replace(r#""BRAND_NEW""#, BRAND_NEW);
    Call::new(&op::TASK_BATCH).raw_body(body).text(client.transport()).await.unwrap();
    let before = stored(&sim, DEMO_USER, id);
    assert_eq!(before.get("brandNew").map(Json::as_str), Some(BRAND_NEW), "it is planted");

    client.task().complete(TaskId::from(id)).await.unwrap();

    let after = stored(&sim, DEMO_USER, id);
    let changed = ["status", "completedTime", "completedUserId", "modifiedTime", "etag"];
    for (key, value) in before.iter().filter(|(key, _)| !changed.contains(key)) {
        assert_eq!(after.get(key), Some(value), "{key}, {mode:?}");
    }
    let added: Vec<&str> = after.iter().map(|(key, _)| key).filter(|key| before.get(key).is_none()).collect();
    assert!(added.iter().all(|key| changed.contains(key)), "{added:?}");
    assert_eq!(after.get("status").map(Json::as_str), Some("2"));
    assert_ne!(after.get("etag"), before.get("etag"));
}

#[tokio::test]
async fn unknown_members_survive_where_updates_merge() {
    complete_what_is_not_fully_known(UpdateMode::Merge).await;
}

#[tokio::test]
async fn unknown_members_survive_where_updates_replace() {
    complete_what_is_not_fully_known(UpdateMode::Replace).await;
}

#[tokio::test]
async fn every_demo_task_can_be_completed_and_the_recurring_ones_go_on() {
    let sim = Simulator::builder().clock(clock()).demo().update_mode(UpdateMode::Replace).start().await.unwrap();
    let client = signed_in(&sim).await;
    let tasks = client.task().list().await.unwrap();
    let recurring = tasks.iter().filter(|task| task.recurrence().is_some()).count();
    for task in &tasks {
        let before = stored(&sim, DEMO_USER, task.id.as_str());
        let done = client.task().complete(task).await.unwrap();
        assert!(done.is_completed());
        assert_eq!(done.id == task.id, task.recurrence().is_none(), "of a series a copy is completed");
        let after = stored(&sim, DEMO_USER, task.id.as_str());
        assert!(before.iter().all(|(key, _)| after.get(key).is_some()), "{after:?}");
    }
    let left = client.task().list().await.unwrap();
    assert!(left.len() == recurring && recurring > 0 && left.iter().all(|task| task.recurrence().is_some()));
}

#[tokio::test]
async fn a_day_is_local_midnight_in_its_zone() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    let day = date(2026, 7, 1);
    for (zone, midnight) in [
        ("Europe/Istanbul", "2026-06-30T21:00:00.000+0000"),
        ("America/Chicago", "2026-07-01T05:00:00.000+0000"),
        ("UTC", "2026-07-01T00:00:00.000+0000"),
    ] {
        let due = Due::day(day).in_zone(TimeZone::get(zone).unwrap());
        let made = client.task().create(TaskDraft::new(zone).due(due.clone())).await.unwrap();
        let object = stored(&sim, DEMO_USER, made.id.as_str());
        assert_eq!(object.get("startDate"), Some(&Json::from(midnight)), "{zone}");
        assert_eq!(object.get("timeZone"), Some(&Json::from(zone)));
        assert_eq!(object.get("isAllDay").map(Json::as_str), Some("true"));
        // Somebody far away reads the same day.
        let read = client.task().get(&made.id).await.unwrap();
        assert_eq!(read.due(&TimeZone::get("Pacific/Auckland").unwrap()), Some(due));
    }
}

#[tokio::test]
async fn projects_are_listed_with_the_inbox_and_their_tasks() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    let projects = client.project().list_with_archived().await.unwrap();
    assert_eq!(projects.len(), 7);
    let mut count = 0;
    for project in &projects {
        let tasks = client.task().list_by_project(&project.id).await.unwrap();
        assert!(tasks.iter().all(|task| task.project_id == project.id));
        count += tasks.len();
    }
    assert_eq!(count, 40);
    assert!(client.project().list().await.unwrap().len() < projects.len(), "one is archived");
    assert_eq!(sim.objects(DEMO_USER, Collection::Projects).len(), 6);
}

#[tokio::test]
async fn what_is_not_there_is_a_typed_error() {
    let sim = demo().await;
    let client = signed_in(&sim).await;
    let error = client.task().get(TaskId::from("6996da8a2ea6e4497e1cc128")).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { what: "task", .. }), "{error:?}");
    let error = client.project().get(ProjectId::from("6996da8a2ea6e4497e1cc128")).await.unwrap_err();
    assert!(matches!(error, Error::NotFound { what: "project", .. }), "{error:?}");
    let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/nothing/here");
    let error = call.text(client.transport()).await.unwrap_err();
    assert!(error.is_not_found() && error.status() == Some(404), "{error:?}");
    let error = raw::project::get(client.transport(), &"6996da8a2ea6e4497e1cc128".into()).await.unwrap_err();
    assert_eq!(error.status(), Some(405), "{error:?}");
}

#[tokio::test]
async fn the_same_seed_and_clock_make_the_same_account() {
    let (one, two) = (demo().await, demo().await);
    for collection in [Collection::Tasks, Collection::Projects, Collection::Tags] {
        assert_eq!(one.objects(DEMO_USER, collection), two.objects(DEMO_USER, collection));
    }
}
