//! Focus sessions, against the simulator in both of its update modes.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use ticktick::date::FixedClock;
use ticktick::focus::{FocusStart, TimerDraft};
use ticktick::models::{FocusKind, FocusRecordStatus, Json, Object};
use ticktick::raw::op;
use ticktick::{Client, Error, FocusDraft};
use ticktick_sim::{Collection, DEMO_USER, Fault, Service, Simulator, UpdateMode};

use crate::common::lines;

const NOW: &str = "2026-03-01T12:30:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn service(mode: UpdateMode) -> Service {
    Simulator::builder().demo().clock(FixedClock(at(NOW))).update_mode(mode).build()
}

/// A client whose clock is some minutes late.
fn client_at(service: &Service, minutes: i64) -> Client {
    let clock = FixedClock(at(NOW) + SignedDuration::from_mins(minutes));
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock);
    builder.base_url("http://127.0.0.1:1").build().unwrap()
}

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client_at(&service, 0);
        journey(&service, &client).await;
    }
}

#[tokio::test]
async fn the_timeline_is_everything_once_newest_first() {
    let service = service(UpdateMode::Merge);
    let client = client_at(&service, 0);
    let mut timeline = client.focus().timeline();
    let mut all = Vec::new();
    while let Some(record) = timeline.try_next().await.unwrap() {
        all.push(record);
    }
    let stored = service.objects(DEMO_USER, Collection::FocusRecords).len();
    assert!(stored > 31, "there is more than one page");
    assert_eq!(all.len(), stored);
    assert!(all.windows(2).all(|two| two[0].start_time.get() >= two[1].start_time.get()));
    assert!(timeline.try_next().await.unwrap().is_none(), "it stays at its end");

    let records = client.focus().records(at("2026-01-01T00:00:00Z")..=at(NOW)).await.unwrap();
    let ids = |records: &[ticktick::focus::FocusRecord]| records.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&records), ids(&all));
}

#[tokio::test]
async fn the_timeline_goes_on_after_an_error() {
    let service = service(UpdateMode::Merge);
    let client = client_at(&service, 0);
    let mut timeline = client.focus().timeline();
    for _ in 0..31 {
        timeline.try_next().await.unwrap().unwrap();
    }
    service.faults().next(&op::FOCUS_TIMELINE, Fault::Html);
    assert!(timeline.try_next().await.is_err());
    assert!(timeline.try_next().await.unwrap().is_some());
}

#[tokio::test]
async fn records_live_and_die() {
    in_both_modes(async |service, client| {
        let task = client.task().list().await.unwrap().remove(0);
        let (start, end) = (at("2026-02-01T09:00:00Z"), at("2026-02-01T10:30:00Z"));
        for stopwatch in [false, true] {
            let draft = FocusDraft::new(start, end).on_task(&task).note("went well").paused(60);
            let draft = if stopwatch { draft.stopwatch() } else { draft };
            let batch = if stopwatch { &op::FOCUS_BATCH_TIMINGS } else { &op::FOCUS_BATCH_POMODOROS };
            service.faults().next(batch, Fault::LoseAnswer);
            let mut record = client.focus().create(draft).await.unwrap();
            assert_eq!(record.status, FocusRecordStatus::Completed);
            assert!(client.focus().by_task(&task).await.unwrap().iter().any(|one| one.id == record.id));

            record.note = "went very well".into();
            let mut object = Object::encode(&record).unwrap();
            object.set("mood", serde_json::from_str::<Json>("1E3").unwrap());
            record = object.decode().unwrap();
            service.faults().next(batch, Fault::Reset);
            service.forget_requests();
            let updated = client.focus().update(&record).await.unwrap();
            assert_eq!(service.count(batch), 2, "read, and sent again");
            assert_ne!(updated.etag, record.etag);
            let read = client.focus().records(start..=start).await.unwrap().remove(0);
            assert_eq!(read.note, updated.note);
            assert_eq!(read.etag, updated.etag);
            assert!(serde_json::to_string(&read).unwrap().contains(r#""mood":1E3"#));

            let again = client.focus().update(&record).await.unwrap();
            assert_eq!(again.etag, updated.etag, "it is stored already");
            record.note = "went badly".into();
            let stale = client.focus().update(&record).await.unwrap_err();
            assert!(matches!(stale, Error::Conflict(_)), "{stale:?}");
            let read = client.focus().overwrite(&record).await.unwrap();
            service.faults().next(batch, Fault::LoseAnswer);
            client.focus().delete(&read).await.unwrap();
            assert!(client.focus().delete(&read).await.unwrap_err().is_not_found());
            assert!(client.focus().records(start..=start).await.unwrap().is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn senseless_sessions_are_refused_before_they_are_sent() {
    let service = service(UpdateMode::Merge);
    let client = client_at(&service, 0);
    let (start, end) = (at("2026-02-01T09:00:00Z"), at("2026-02-01T09:01:00Z"));
    for draft in [FocusDraft::new(end, start), FocusDraft::new(start, end).paused(60)] {
        assert!(matches!(client.focus().create(draft).await.unwrap_err(), Error::InvalidInput { .. }));
    }
    let unread = ticktick::focus::FocusRecord::new("65f0a1b2c3d4e5f6a7b8c9d0");
    assert!(matches!(client.focus().update(&unread).await.unwrap_err(), Error::InvalidInput { .. }));
    assert!(matches!(client.focus().start(FocusStart::pomodoro(0)).await.unwrap_err(), Error::InvalidInput { .. }));
    assert!(matches!(
        client.focus().create_timer(TimerDraft::pomodoro("", 5)).await.unwrap_err(),
        Error::InvalidInput { .. }
    ));
    let range = client.focus().heat_map(date(2026, 3, 2)..=date(2026, 3, 1)).await.unwrap_err();
    assert!(matches!(range, Error::InvalidInput { .. }), "{range:?}");
    assert!(lines(&service).is_empty());
}

#[tokio::test]
async fn statistics_are_read_as_they_come() {
    let service = service(UpdateMode::Merge);
    let client = client_at(&service, 0);
    let (from, to) = (date(2026, 2, 20), date(2026, 3, 1));
    let days = client.focus().heat_map(from..=to).await.unwrap();
    assert!(days.iter().any(|day| day.duration.get() > Some(&0)));
    assert!(!client.focus().distribution(from..=to).await.unwrap().project_durations.is_empty());
    assert!(client.focus().by_hour(from..=to).await.unwrap().contains_key("9"));
    assert!(!client.focus().by_day_and_hour(from..=to).await.unwrap().is_empty());
    assert!(client.focus().overview().await.unwrap().total_pomo_count.get() > Some(&0));
}

#[tokio::test]
async fn timers_live_and_die() {
    in_both_modes(async |service, client| {
        let before = client.focus().timers().await.unwrap();
        let mut timer = client.focus().create_timer(TimerDraft::stopwatch("Cello").icon("timer_music")).await.unwrap();
        timer.name = "Violin".into();
        service.faults().next(&op::FOCUS_BATCH_TIMERS, Fault::LoseAnswer);
        let timer = client.focus().update_timer(&timer).await.unwrap();
        let stored = client.focus().timers().await.unwrap();
        let read = stored.iter().find(|one| one.id == timer.id).unwrap();
        assert_eq!(read.name, timer.name);
        assert_eq!(read.etag, timer.etag);
        assert_eq!(read.icon, timer.icon);
        assert_eq!(client.focus().timer_overview(&timer).await.unwrap().days, 0);
        service.faults().next(&op::FOCUS_BATCH_TIMERS, Fault::Reset);
        client.focus().delete_timer(&timer).await.unwrap();
        assert_eq!(client.focus().timers().await.unwrap(), before);
    })
    .await;
}

#[tokio::test]
async fn a_session_runs_pauses_and_ends() {
    in_both_modes(async |service, client| {
        assert!(client.focus().state().await.unwrap().is_none(), "nothing has run yet");
        let task = client.task().list().await.unwrap().remove(0);
        service.forget_requests();
        let session = client.focus().start(FocusStart::pomodoro(25).on_task(&task).note("go")).await.unwrap();
        assert_eq!(lines(service), ["POST /focus/batch/focusOp"]);
        assert!(!session.is_paused() && !session.is_over());
        assert_eq!(session.focus_tasks[0].id.as_deref(), Some(task.id.as_str()));

        let paused = client.focus().pause(&session).await.unwrap();
        assert!(paused.is_paused());
        assert!(client.focus().state().await.unwrap().unwrap().is_paused());
        let again = client.focus().resume(&paused).await.unwrap();
        assert!(!again.is_paused());

        let later = client_at(service, 10);
        let over = later.focus().finish(&again).await.unwrap();
        assert!(over.is_over());
        let records = client.focus().by_task(&task).await.unwrap();
        assert!(records.iter().any(|one| Some(&one.id) == session.id.get()), "it is in the history");
        let error = later.focus().pause(&over).await.unwrap_err();
        assert!(matches!(error, Error::NotApplied { operation: "focus.operate", .. }), "{error:?}");
        assert!(error.remedy().contains("focus().state()"), "a sync does not contain the timer: {error}");

        let watch = later.focus().start(FocusStart::stopwatch()).await.unwrap();
        assert_eq!(watch.r#type, FocusKind::Stopwatch);
        assert!(later.focus().drop(&watch).await.unwrap().is_over());
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_and_never_repeated() {
    let service = service(UpdateMode::Merge);
    let client = client_at(&service, 0);
    service.faults().next(&op::FOCUS_OPERATE, Fault::LoseAnswer);
    let session = client.focus().start(FocusStart::pomodoro(25)).await.unwrap();
    assert_eq!(service.count(&op::FOCUS_OPERATE), 2, "sent, and read");
    service.faults().next(&op::FOCUS_OPERATE, Fault::Reset);
    let error = client.focus().pause(&session).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    assert_eq!(service.count(&op::FOCUS_OPERATE), 4);
    assert!(!client.focus().state().await.unwrap().unwrap().is_paused());
}

/// `focus-too-busy`
#[tokio::test]
async fn the_state_is_asked_again_where_the_host_is_busy() {
    let service = service(UpdateMode::Merge);
    let at_once = ticktick::connection::RetryPolicy::default().with_max_wait(std::time::Duration::ZERO);
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).retry(at_once);
    let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
    service.faults().next(&op::FOCUS_OPERATE, Fault::TooBusy);
    assert!(client.focus().state().await.unwrap().is_none());
    assert_eq!(service.count(&op::FOCUS_OPERATE), 2);
    service.faults().next(&op::FOCUS_OPERATE, Fault::TooBusy);
    assert!(client.focus().start(FocusStart::stopwatch()).await.unwrap_err().is_retryable());
    assert_eq!(service.count(&op::FOCUS_OPERATE), 3, "an operation is not repeated");
}

#[tokio::test]
async fn futures_can_be_sent_to_other_threads() {
    fn send<T: Send>(_: &T) {}
    let service = service(UpdateMode::Merge);
    let client = client_at(&service, 0);
    let (start, end) = (at("2026-02-01T09:00:00Z"), at("2026-02-01T09:30:00Z"));
    let record = client.focus().create(FocusDraft::new(start, end)).await.unwrap();
    let session = client.focus().start(FocusStart::stopwatch()).await.unwrap();
    let manager = client.focus();
    send(&manager.create(FocusDraft::new(start, end)));
    send(&manager.update(&record));
    send(&manager.delete(&record));
    send(&manager.state());
    send(&manager.start(FocusStart::stopwatch()));
    send(&manager.pause(&session));
    send(&manager.timeline().try_next());
    send(&manager.create_timer(TimerDraft::stopwatch("a")));
    send(&manager.delete_timer(ticktick::focus::TimerId::from("a")));
}
