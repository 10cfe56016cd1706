//! Snapshots, deltas and views, against the simulator in both of its update modes.

use jiff::civil::date;
use ticktick::date::FixedClock;
use ticktick::models::SyncAnswer;
use ticktick::raw::op;
use ticktick::{Account, Client, Due, TaskDraft};
use ticktick_sim::{DEMO_USER, Fault, Service, Simulator, UpdateMode};

const NOW: &str = "2026-03-01T12:30:00Z";

fn clock(at: &str) -> FixedClock {
    FixedClock(at.parse().unwrap())
}

fn service(mode: UpdateMode) -> Service {
    Simulator::builder().demo().clock(clock(NOW)).update_mode(mode).build()
}

fn client_at(service: &Service, at: &str) -> Client {
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock(at));
    builder.base_url("http://127.0.0.1:1").build().unwrap()
}

fn client(service: &Service) -> Client {
    client_at(service, NOW)
}

/// A client to which an invalid response is an error.
fn never_repeating(service: &Service) -> Client {
    let builder =
        Client::builder().transport(service.signed_on(DEMO_USER)).retry(ticktick::connection::RetryPolicy::never());
    builder.base_url("http://127.0.0.1:1").build().unwrap()
}

fn lines(service: &Service) -> Vec<String> {
    service.requests().into_iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect()
}

fn sends<T: Send>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_full_sync_and_the_settings_read_the_zone_again() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    // The zone is changed on another device.
    let elsewhere = client_at(&service, NOW);
    let move_to = async |zone: &str| {
        elsewhere.user().update_settings(|settings| settings.time_zone.set(zone)).await.unwrap();
        service.forget_requests();
    };
    sends(client.sync().full()).await.unwrap();
    for zone in ["Asia/Tokyo", "America/Chicago"] {
        move_to(zone).await;
        let account = client.clone().sync().full().await.unwrap();
        assert_eq!(account.zone().iana_name(), Some(zone));
        assert_eq!(lines(&service), ["GET /api/v2/user/preferences/settings", "GET /api/v3/batch/check/0"]);
        assert_eq!(client.time_zone().await.unwrap().iana_name(), Some(zone));
    }
    move_to("Europe/Berlin").await;
    assert_eq!(client.time_zone().await.unwrap().iana_name(), Some("America/Chicago"), "it is kept between");
    client.user().settings().await.unwrap();
    assert_eq!(client.time_zone().await.unwrap().iana_name(), Some("Europe/Berlin"));
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn the_checkpoint_is_shared_and_advances_only_on_success() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    assert_eq!(client.sync().checkpoint(), 0);
    let account = client.sync().full().await.unwrap();
    let clone = client.clone();
    assert_eq!(clone.sync().checkpoint(), account.checkpoint());

    client.task().create(TaskDraft::new("one")).await.unwrap();
    service.faults().next(&op::SYNC_CHECK, Fault::Truncate);
    let once = never_repeating(&service);
    once.sync().set_checkpoint(account.checkpoint());
    assert!(once.sync().changes().await.is_err());
    assert_eq!(once.sync().checkpoint(), account.checkpoint());

    service.forget_requests();
    let changes = sends(clone.sync().changes()).await.unwrap();
    assert_eq!(lines(&service), [format!("GET /api/v3/batch/check/{}", account.checkpoint())]);
    assert_eq!(changes.sync_task_bean.get().unwrap().update.len(), 1);
    let next = client.sync().checkpoint();
    assert_eq!(next, changes.check_point);
    client.sync().delta(0).await.unwrap();
    client.task().list().await.unwrap();
    assert_eq!(client.sync().checkpoint(), next, "no other call moves it");
    client.sync().changes().await.unwrap();
    assert_eq!(client.sync().checkpoint(), next, "nor does an empty answer");
    client.sync().set_checkpoint(0);
    assert!(client.sync().changes().await.unwrap().project_profiles.len() > 1, "0 is the start");
}

#[tokio::test]
async fn a_snapshot_is_refreshed_by_one_request() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service);
        let mut account = client.sync().full().await.unwrap();
        let first = account.tasks().iter().find(|task| task.repeat_flag.get().is_none()).unwrap().clone();
        let made = client.task().create(TaskDraft::new("new").tag("fresh")).await.unwrap();
        client.task().complete(&first).await.unwrap();
        service.forget_requests();
        let changes = sends(client.sync().refresh(&mut account)).await.unwrap();
        assert_eq!(lines(&service).len(), 1);
        assert_eq!(changes.tasks.added[..], [made.id.clone()][..]);
        assert_eq!(changes.tasks.removed[..], [first.id][..]);
        assert_eq!(changes.tags.added, ["fresh"]);
        assert!(client.sync().refresh(&mut account).await.unwrap().is_empty());

        service.faults().next(&op::SYNC_CHECK, Fault::Truncate);
        let before = account.checkpoint();
        client.task().delete(&made).await.unwrap();
        assert!(never_repeating(&service).sync().refresh(&mut account).await.is_err());
        assert_eq!(account.checkpoint(), before);
        assert!(account.task(&made).is_some());
        assert_eq!(client.sync().refresh(&mut account).await.unwrap().tasks.removed, [made.id]);
    }
}

#[tokio::test]
async fn what_comes_late_comes_all_the_same() {
    let service = Simulator::builder().demo().clock(clock(NOW)).late_sync().build();
    let client = client(&service);
    let mut account = client.sync().full().await.unwrap();
    let task = client.task().create(TaskDraft::new("late")).await.unwrap();
    assert!(client.sync().refresh(&mut account).await.unwrap().is_empty());
    assert_eq!(client.sync().refresh(&mut account).await.unwrap().tasks.added, [task.id]);
}

fn titles(tasks: &[&ticktick::Task]) -> Vec<String> {
    tasks.iter().map(|task| task.title.to_string()).collect()
}

/// An empty account in Chicago, where it is the last of February for six hours more than in UTC.
async fn in_chicago() -> (Service, Client) {
    let service = Simulator::builder().account(DEMO_USER, "x").clock(clock(NOW)).build();
    let client = client(&service);
    let mut settings = ticktick::raw::user::settings(client.transport(), &Default::default()).await.unwrap();
    settings.time_zone = "America/Chicago".into();
    ticktick::raw::user::update_settings(client.transport(), &settings, &Default::default()).await.unwrap();
    (service, client)
}

#[tokio::test]
async fn views_are_of_the_days_of_the_account() {
    let (service, client) = in_chicago().await;
    let tokyo = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap();
    let at = |text: &str| Due::at(text.parse().unwrap());
    let range = |start: &str, end: &str| Due::range(start.parse().unwrap(), end.parse().unwrap()).unwrap();
    let dues = [
        ("all day", Due::day(date(2026, 3, 1))),
        ("of Tokyo", Due::day(date(2026, 3, 1)).in_zone(tokyo.clone())),
        ("this morning", at("2026-03-01T01:00[America/Chicago]")),
        ("in Tokyo it is tomorrow", at("2026-03-02T08:00[Asia/Tokyo]")),
        ("until midnight", range("2026-03-01T22:00[America/Chicago]", "2026-03-02T00:00[America/Chicago]")),
        ("floating", Due::floating(date(2026, 3, 1).at(9, 0, 0, 0)).in_zone(tokyo)),
        ("several days", Due::days(date(2026, 2, 27)..=date(2026, 3, 2)).unwrap()),
        ("yesterday", at("2026-03-01T05:59Z[UTC]")),
        ("tomorrow", Due::day(date(2026, 3, 2))),
        ("on Saturday", Due::day(date(2026, 3, 7))),
        ("in a week", Due::day(date(2026, 3, 8))),
    ];
    for (title, due) in dues {
        client.task().create(TaskDraft::new(title).due(due)).await.unwrap();
    }
    client.task().create(TaskDraft::new("some day")).await.unwrap();
    let account = client_at(&service, "2026-03-02T05:59:59Z").sync().full().await.unwrap();
    assert_eq!(account.date(), date(2026, 3, 1));
    assert_eq!(account.zone().iana_name(), Some("America/Chicago"));
    let mut today = titles(&account.today());
    assert_eq!(today[0], "several days");
    today[1..3].sort();
    let rest = ["all day", "of Tokyo", "this morning", "floating", "in Tokyo it is tomorrow", "until midnight"];
    assert_eq!(today[1..], rest);
    assert_eq!(titles(&account.tomorrow()), ["several days", "tomorrow"]);
    assert_eq!(titles(&account.overdue()), ["yesterday"]);
    assert_eq!(titles(&account.no_date()), ["some day"]);
    assert_eq!(titles(&account.next_7_days()).len(), 9);
    assert!(!titles(&account.next_7_days()).contains(&"in a week".to_owned()));

    // One second later it is another day. The snapshot is the same.
    let account = account.clock(clock("2026-03-02T06:00:00Z"));
    assert_eq!(titles(&account.today()), ["several days", "tomorrow"]);
    assert_eq!(account.overdue().len(), 7);
}

#[tokio::test]
async fn a_task_of_another_zone_that_is_moved_to_today_is_not_overdue() {
    let (service, client) = in_chicago().await;
    let account = client.sync().full().await.unwrap();
    let today = account.date();
    let nine = Due::at("2026-02-20T09:00[Asia/Tokyo]".parse().unwrap());
    let task = client.task().create(TaskDraft::new("Call Ada").due(nine.clone())).await.unwrap();
    assert_eq!(account.day_of(&task), Some(date(2026, 2, 19)), "nine in Tokyo is the evening before in Chicago");
    let moved = nine.moved_to(today, account.zone()).unwrap();
    assert_eq!(moved.zone(), nine.zone());
    let task = client.task().patch(&task, ticktick::TaskPatch::new().due(moved)).await.unwrap();
    let account = client_at(&service, NOW).sync().full().await.unwrap();
    assert_eq!(account.day_of(&task), Some(today));
    assert_eq!(titles(&account.today()), vec!["Call Ada".to_owned()]);
    assert_eq!(account.overdue().len(), 0);
    assert_eq!(account.day_of(&client.task().create(TaskDraft::new("some day")).await.unwrap()), None);
}

#[tokio::test]
async fn views_hold_open_tasks_of_active_projects_in_order() {
    let (_service, client) = in_chicago().await;
    let answer = |tasks: &str| -> SyncAnswer {
        let projects = r#"[{"id":"p"},{"id":"old","closed":true}]"#;
        serde_json::from_str(&format!(
            r#"{{"checkPoint":1,"inboxId":"inbox1","projectProfiles":{projects},"syncTaskBean":{{"update":[{tasks}]}}}}"#
        ))
        .unwrap()
    };
    let task = |id: &str, more: &str| {
        let day = r#""startDate":"2026-03-01T06:00:00.000+0000","isAllDay":true,"timeZone":"America/Chicago""#;
        format!(r#"{{"id":"{id}","projectId":"p",{day}{more}}}"#)
    };
    let tasks = [
        task("low", r#","priority":1"#),
        task("second", r#","priority":5,"sortOrder":9007199254740993"#),
        task("first", r#","priority":5,"sortOrder":9007199254740992"#),
        task("none", ""),
        task("mars", r#","timeZone":"Mars/Base","tags":["work"]"#),
        task("note", r#","kind":"NOTE","tags":["work"]"#),
        task("done", r#","status":2"#),
        task("series", r#","repeatFlag":"RRULE:FREQ=DAILY","parentId":"low""#),
    ];
    let archived = r#"{"id":"x","projectId":"old","dueDate":"2026-03-01T18:00:00.000+0000","tags":["work"]}"#;
    let inbox = r#"{"id":"y","projectId":"inbox1","sortOrder":-1}"#;
    let answer = answer(&format!("{},{archived},{inbox}", tasks.join(",")));
    let zone = client.time_zone().await.unwrap();
    let account = Account::new(answer, zone).clock(clock("2026-03-01T18:00:00Z"));
    let ids = |tasks: Vec<&ticktick::Task>| tasks.iter().map(|task| task.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(account.today()), ["first", "second", "low", "mars", "none", "series"]);
    assert_eq!(ids(account.by_tag(ticktick::tag::TagName::from("work"))), ["mars", "note"]);
    assert_eq!(ids(account.by_project(ticktick::ProjectId::from("old"))), ["x"]);
    assert_eq!(ids(account.by_project(ticktick::ProjectId::from("inbox"))), ["y"]);
    assert_eq!(ids(account.children(ticktick::TaskId::from("low"))), ["series"]);
    assert_eq!(account.tasks().len(), 9);
    assert_eq!(account.task(ticktick::TaskId::from("done")), None);
    let shown = format!("{account:?}");
    assert!(shown.contains("tasks: 9") && !shown.contains("first"), "{shown}");
}

#[tokio::test]
async fn an_account_whose_zone_is_not_known_is_read_all_the_same() {
    let (_service, client) = in_chicago().await;
    let mut settings = ticktick::raw::user::settings(client.transport(), &Default::default()).await.unwrap();
    settings.time_zone = "Mars/Base".into();
    ticktick::raw::user::update_settings(client.transport(), &settings, &Default::default()).await.unwrap();
    assert!(client.sync().full().await.is_ok());
    assert_eq!(client.time_zone().await.unwrap(), jiff::tz::TimeZone::UTC);
    assert!(client.drift().iter().any(|drift| drift.path == "$.timeZone"), "{:?}", client.drift());
}
