//! Countdowns, calendars, statistics and what belongs to the user, against the simulator.

use jiff::civil::date;
use ticktick::countdown::{CountdownDraft, CountdownKind, CountdownPatch};
use ticktick::date::FixedClock;
use ticktick::error::ErrorClass;
use ticktick::models::{
    CalendarAccount, CalendarEvent, CalendarEvents, CalendarSubscription, Json, Notification, Object, Timestamp,
    UserSettings,
};
use ticktick::raw::{self, op};
use ticktick::{Client, Error};
use ticktick_sim::{
    Builder, Collection, DEMO_USER, EventsForm, Fault, Plan, Service, Simulator, UnreadForm, UpdateMode,
};

use crate::common::{client, lines};

fn service(change: impl FnOnce(Builder) -> Builder) -> Service {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    change(Simulator::builder().demo().clock(clock)).build()
}

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(|builder| builder.update_mode(mode));
        let client = client(&service);
        journey(&service, &client).await;
    }
}

#[tokio::test]
async fn countdowns_live_and_die() {
    in_both_modes(async |service, client| {
        let draft =
            CountdownDraft::new("Ada", date(1815, 12, 10)).kind(CountdownKind::Birthday).yearly().remark("Cake");
        service.faults().next(&op::COUNTDOWN_BATCH, Fault::LoseAnswer);
        let ada = client.countdown().create(draft).await.unwrap();
        assert_eq!(ada.days_left(date(2026, 12, 8)), Some(2));
        let mut object = Object::encode(&client.countdown().get(&ada).await.unwrap()).unwrap();
        object.set("moon", serde_json::from_str::<Json>("1E3").unwrap());
        client.countdown().update(&object.decode().unwrap()).await.unwrap();

        service.forget_requests();
        service.faults().next(&op::COUNTDOWN_BATCH, Fault::Reset);
        let patch = CountdownPatch::new().name("Ada Lovelace").clear_remark().color("#FF0000");
        let patched = client.countdown().patch(&ada, patch.clone()).await.unwrap();
        assert_eq!(service.count(&op::COUNTDOWN_BATCH), 2);
        assert!(patched.remark.is_null());
        service.forget_requests();
        client.countdown().patch(&ada, patch).await.unwrap();
        assert_eq!(lines(service), ["GET /api/v2/countdown/list"]);

        assert!(client.countdown().archive(&ada).await.unwrap().archived_time.get().is_some());
        assert!(client.countdown().unarchive(&ada).await.unwrap().archived_time.is_null());
        let stored = service.objects(DEMO_USER, Collection::Countdowns);
        let stored = stored.iter().find(|one| one.get("id").unwrap().as_str().contains(ada.id.as_str())).unwrap();
        assert_eq!(stored.get("moon").unwrap().as_str(), "1E3");
        assert_eq!(stored.get("type").unwrap().as_str(), "2");

        client.countdown().delete(&ada).await.unwrap();
        assert!(client.countdown().get(&ada).await.unwrap_err().is_not_found());
        let error = client.countdown().create(CountdownDraft::new(" ", date(2026, 1, 1))).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn settings_are_written_completely_and_read_back() {
    in_both_modes(async |service, client| {
        assert_eq!(client.time_zone().await.unwrap().iana_name(), Some("Europe/London"));
        let mut settings = Object::encode(&client.user().settings().await.unwrap()).unwrap();
        settings.set("moonPhase", serde_json::from_str::<Json>("1E3").unwrap());
        let settings: UserSettings = settings.decode().unwrap();
        let options = raw::user::UpdateSettingsOptions::default();
        raw::user::update_settings(client.transport(), &settings, &options).await.unwrap();

        service.forget_requests();
        service.faults().next(&op::USER_UPDATE_SETTINGS, Fault::LoseAnswer);
        let change = |settings: &mut UserSettings| settings.time_zone = "America/Chicago".into();
        let stored = client.user().update_settings(change).await.unwrap();
        assert_eq!(service.count(&op::USER_UPDATE_SETTINGS), 1);
        let mut wanted = settings.clone();
        change(&mut wanted);
        assert_eq!(stored, wanted);
        assert!(serde_json::to_string(&stored).unwrap().contains(r#""moonPhase":1E3"#));
        assert_eq!(client.time_zone().await.unwrap().iana_name(), Some("America/Chicago"), "the old zone is forgotten");

        service.forget_requests();
        client.user().update_settings(|settings| settings.theme = "night".into()).await.unwrap();
        const SETTINGS: &str = "/api/v2/user/preferences/settings?includeWeb=true";
        assert_eq!(lines(service), ["GET", "PUT", "GET"].map(|method| format!("{method} {SETTINGS}")));
        client.user().update_settings(change).await.unwrap();
        assert_eq!(lines(service), [format!("GET {SETTINGS}")], "nothing differs, so nothing is written");
    })
    .await;
}

#[tokio::test]
async fn limits_depend_on_the_plan() {
    for (plan, habits) in [(Plan::Free, 5), (Plan::Pro, 299)] {
        let service = service(|builder| builder.plan(plan));
        let client = client(&service);
        let limits = client.user().limits().await.unwrap();
        assert_eq!(limits.habit_number, habits);
        let all = client.user().plan_limits().await.unwrap();
        let wanted = if plan == Plan::Free { all.free } else { all.pro };
        assert_eq!(Some(limits), wanted.into_option());
    }
}

#[tokio::test]
async fn unread_notifications_have_one_form() {
    for (form, listed) in [(UnreadForm::Count, 0), (UnreadForm::List, 1), (UnreadForm::Detail, 1)] {
        let service = service(|builder| builder.unread_form(form));
        let client = client(&service);
        let before = client.user().unread_notifications().await.unwrap();
        service.notify(DEMO_USER, &Notification::new("66aabbccddeeff0011223344"));
        let unread = client.user().unread_notifications().await.unwrap();
        assert_eq!(unread.count, before.count + 1, "{form:?}");
        assert_eq!(unread.list.len(), before.list.len() + listed, "{form:?}");
        let all = client.user().notifications().await.unwrap();
        assert!(all.iter().any(|one| one.unread == true), "reading the list marks nothing as read");
        assert_eq!(client.user().unread_notifications().await.unwrap().count, unread.count);
    }
}

#[tokio::test]
async fn events_of_calendars_are_one_list_in_either_form() {
    for form in [EventsForm::ByCalendar, EventsForm::ByAccount] {
        let service = service(|builder| builder.events_form(form));
        let client = client(&service);
        let before = client.calendar().events().await.unwrap().events.len();
        let mut event = CalendarEvent::new("66aabbccddeeff0011223344");
        event.due_start.set(Timestamp::from("2026-03-02T09:00:00.000+0000"));
        let mut calendar = CalendarEvents::default();
        calendar.id.set("private");
        calendar.events.push(event);
        service.link_calendar(DEMO_USER, &CalendarAccount::new("account"), &[calendar.clone()]);
        service.subscribe_calendar(DEMO_USER, &CalendarSubscription::new("feed"), &CalendarEvents::default());

        let all = client.calendar().events().await.unwrap();
        assert_eq!(all.events.len(), before + 1);
        let (from, to): (jiff::Timestamp, jiff::Timestamp) =
            ("2026-03-02T00:00:00Z".parse().unwrap(), "2026-03-03T00:00:00Z".parse().unwrap());
        let day = client.calendar().events_between(from..to).await.unwrap().events;
        let bound = day.iter().find(|bound| bound.event.id.as_str() == "66aabbccddeeff0011223344").unwrap();
        match form {
            EventsForm::ByCalendar => assert_eq!(bound.calendar.as_deref(), Some("private")),
            _ => assert_eq!(bound.account.as_ref().unwrap().as_str(), "account"),
        }
        assert!(matches!(client.calendar().events_between(to..from).await.unwrap_err(), Error::InvalidInput { .. }));
        assert!(client.calendar().accounts().await.unwrap().accounts.iter().any(|one| one.id.as_str() == "account"));
        assert!(client.calendar().subscriptions().await.unwrap().iter().any(|one| one.id == "feed"));
        client.calendar().archived_events().await.unwrap();
    }
}

#[tokio::test]
async fn events_may_need_a_plan() {
    let service = service(|builder| builder.plan(Plan::Free));
    let error = client(&service).calendar().events().await.unwrap_err();
    assert_eq!(error.class(), Some(ErrorClass::Premium), "{error:?}");
}

#[tokio::test]
async fn profile_preferences_and_statistics_are_read() {
    let service = service(|builder| builder);
    let client = client(&service);
    let status = client.user().status().await.unwrap();
    service.forget_requests();
    assert_eq!(client.project().inbox().await.unwrap().id, status.inbox_id);
    assert!(lines(&service).is_empty(), "the status contains the id of the inbox");
    assert!(!client.user().profile().await.unwrap().username.expose().is_empty());
    assert_eq!(client.user().pomodoro_preferences().await.unwrap().pomo_duration, 25);
    assert!(!client.user().daily_reminder().await.unwrap().week_days.is_empty());
    client.user().ext_preferences().await.unwrap();
    assert!(client.statistics().general().await.unwrap().total_completed.get() > Some(&0));
    client.statistics().ranking().await.unwrap();
    assert!(client.statistics().counters().await.unwrap().normal_count.get() > Some(&0));
    let days = client.statistics().tasks_by_day(date(2026, 2, 20)..=date(2026, 3, 1)).await.unwrap();
    assert_eq!(days.len(), 10);
    let error = client.statistics().tasks_by_day(date(2026, 3, 1)..=date(2026, 2, 20)).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
}

#[tokio::test]
async fn futures_can_be_sent_to_other_threads() {
    fn send<T: Send>(_: &T) {}
    let service = service(|builder| builder);
    let client = client(&service);
    send(&client.countdown().create(CountdownDraft::new("a", date(2026, 1, 1))));
    send(&client.countdown().patch(ticktick::countdown::CountdownId::from("a"), CountdownPatch::new()));
    send(&client.countdown().delete(ticktick::countdown::CountdownId::from("a")));
    send(&client.user().update_settings(|_| {}));
    send(&client.user().limits());
    send(&client.calendar().events());
    send(&client.statistics().general());
}
