//! Habits, check-ins and sections, against the simulator in both of its update modes.

use std::collections::BTreeMap;

use jiff::civil::{date, time};
use serde_json::Value;
use ticktick::habit::{HabitId, HabitPatch};
use ticktick::models::{CheckinStatus, HabitStatus, Json, Object};
use ticktick::raw::op;
use ticktick::{CheckIn, Client, Error, Habit, HabitDraft};
use ticktick_sim::{Collection, DEMO_USER, Fault, Service, UpdateMode};

use crate::common::{builder, lines, service};

const HABITS: &str = "GET /api/v2/habits";
const BATCH: &str = "POST /api/v2/habits/batch";
const QUERY: &str = "POST /api/v2/habitCheckins/query";
const CHECK_INS: &str = "POST /api/v2/habitCheckins/batch";

fn client(service: &Service, verify: bool) -> Client {
    builder(service).verify_writes(verify).build().unwrap()
}

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        for verify in [false, true] {
            let service = service(mode);
            let client = client(&service, verify);
            client.time_zone().await.unwrap();
            service.forget_requests();
            journey(&service, &client).await;
        }
    }
}

fn members(object: &Object) -> BTreeMap<String, Value> {
    object.iter().map(|(key, json)| (key.to_owned(), json.decode().unwrap())).collect()
}

fn stored(service: &Service, collection: Collection, id: &str) -> BTreeMap<String, Value> {
    let objects = service.objects(DEMO_USER, collection);
    members(objects.iter().find(|one| one.get("id").unwrap().decode::<String>().unwrap() == id).unwrap())
}

async fn named(client: &Client, name: &str) -> Habit {
    client.habit().list().await.unwrap().into_iter().find(|habit| habit.name == name).unwrap()
}

#[tokio::test]
async fn habits_are_created_changed_archived_and_deleted() {
    in_both_modes(async |service, client| {
        let evening = client.habit().sections().await.unwrap().pop().unwrap();
        let draft = HabitDraft::new("Run")
            .amount(5.0, "Kilometer")
            .step(0.5)
            .section(&evening)
            .repeat("RRULE:FREQ=WEEKLY;TT_TIMES=3")
            .reminder(time(9, 5, 0, 0))
            .target_days(30)
            .target_start(date(2026, 3, 2));
        let habit = client.habit().create(draft).await.unwrap();
        let read = client.habit().get(&habit).await.unwrap();
        assert_eq!(read.name, habit.name);
        assert_eq!(read.etag, habit.etag);
        assert_eq!(read.reminders, vec!["09:05".to_owned()]);
        assert_eq!(read.target_start_date.get().unwrap().0, 20_260_302);

        let patch = HabitPatch::new().goal(6.0).clear_section().clear_reminders().clear_target_start();
        let habit = client.habit().patch(&read, patch.clone()).await.unwrap();
        service.forget_requests();
        assert_eq!(client.habit().patch(&habit, patch).await.unwrap().etag, habit.etag);
        assert_eq!(lines(service), [HABITS], "nothing differs, so nothing is written");
        assert_eq!(stored(service, Collection::Habits, habit.id.as_str())["sectionId"], "-1");
        assert_eq!(stored(service, Collection::Habits, habit.id.as_str())["goal"], 6.0);

        let archived = client.habit().archive(&habit).await.unwrap();
        assert_eq!(archived.status, HabitStatus::Archived);
        assert!(client.habit().archived().await.unwrap().iter().any(|one| one.id == habit.id));
        assert!(client.habit().active().await.unwrap().iter().all(|one| one.id != habit.id));
        let mut active = client.habit().unarchive(&habit).await.unwrap();
        assert!(client.habit().active().await.unwrap().iter().any(|one| one.id == habit.id));
        active.encouragement = "Go".into();
        client.habit().update(&active).await.unwrap();
        assert_eq!(client.habit().get(&habit).await.unwrap().encouragement, "Go");

        client.habit().delete(&habit).await.unwrap();
        assert!(client.habit().delete(&habit).await.unwrap_err().is_not_found());
        assert!(client.habit().get(&habit).await.unwrap_err().is_not_found());
        assert!(client.habit().update(&active).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn a_check_in_takes_four_requests_and_updates_the_counters() {
    in_both_modes(async |service, client| {
        let habit = named(client, "Read before bed").await;
        let before = stored(service, Collection::Habits, habit.id.as_str());
        service.forget_requests();
        let done = client.habit().check_in(&habit, CheckIn::done()).await.unwrap();
        let seen = lines(service);
        assert_eq!(seen[..4], [HABITS, QUERY, BATCH, if client_verifies(&seen) { HABITS } else { CHECK_INS }]);
        assert_eq!(done.checkin_stamp.0, 20_260_301);
        let after = stored(service, Collection::Habits, habit.id.as_str());
        let number = |members: &BTreeMap<String, Value>, key: &str| members[key].as_i64().unwrap();
        assert_eq!(number(&after, "totalCheckIns"), number(&before, "totalCheckIns") + 1);
        let history = client.habit().history(&habit).await.unwrap();
        assert_eq!(number(&after, "currentStreak"), i64::try_from(history.current_streak()).unwrap());
        assert_eq!(number(&after, "totalCheckIns"), i64::try_from(history.total()).unwrap());

        service.forget_requests();
        client.habit().check_in(&habit, CheckIn::done()).await.unwrap();
        assert_eq!(lines(service), [HABITS, QUERY], "the day says so already");

        let cleared = client.habit().check_in(&habit, CheckIn::cleared()).await.unwrap();
        assert_eq!(cleared.id, done.id);
        assert_eq!(cleared.status, CheckinStatus::InProgress);
        let back = stored(service, Collection::Habits, habit.id.as_str());
        assert_eq!(number(&back, "totalCheckIns"), number(&before, "totalCheckIns"));
        let day = client.habit().check_ins([&habit], date(2026, 3, 1)..).await.unwrap();
        assert_eq!(day.len(), 1, "no day is doubled");
        assert!(day[0].checkin_time.is_null());
    })
    .await;
}

fn client_verifies(seen: &[String]) -> bool {
    seen.len() > 4
}

#[tokio::test]
async fn an_explicit_status_is_recorded_whatever_the_amount() {
    in_both_modes(async |service, client| {
        let water = named(client, "Drink water").await;
        let read = named(client, "Read before bed").await;
        let day = date(2026, 1, 5);
        let record = async |habit: &Habit, status, amount| {
            client.habit().check_in(habit, CheckIn::exact(status, amount).on(day)).await.unwrap()
        };
        for (habit, status, amount) in [
            (&water, CheckinStatus::Done, 3.0),
            (&water, CheckinStatus::Undone, 9.0),
            (&water, CheckinStatus::InProgress, 8.0),
            (&read, CheckinStatus::Done, 1.0),
        ] {
            let made = record(habit, status, amount).await;
            assert_eq!(made.status, status);
            assert_eq!(made.value.get().unwrap().as_f64(), amount);
            assert_eq!(client.habit().check_ins([habit], day..).await.unwrap()[0], made);
        }
        service.forget_requests();
        record(&read, CheckinStatus::Done, 1.0).await;
        assert_eq!(service.count(&op::HABIT_BATCH_CHECK_INS), 0, "nothing differs");
        let refused = client.habit().check_in(&water, CheckIn::exact(CheckinStatus::Done, -1.0)).await;
        assert!(matches!(refused, Err(Error::InvalidInput { .. })));
    })
    .await;
}

#[tokio::test]
async fn amounts_are_compared_with_the_goal() {
    in_both_modes(async |service, client| {
        let water = named(client, "Drink water").await;
        let day = date(2026, 1, 5);
        for (amount, status) in
            [(7.5, CheckinStatus::InProgress), (8.0, CheckinStatus::Done), (9.0, CheckinStatus::Done)]
        {
            let check_in = client.habit().check_in(&water, CheckIn::amount(amount).on(day)).await.unwrap();
            assert_eq!(check_in.status, status);
            assert_eq!(check_in.value.get().unwrap().as_f64(), amount);
        }
        service.forget_requests();
        client.habit().check_in(&water, CheckIn::amount(2.0).on(date(2026, 1, 6))).await.unwrap();
        assert_eq!(lines(service)[..3], [HABITS, QUERY, CHECK_INS], "no counter changes");
        let done = client.habit().check_in(&water, CheckIn::done().on(day)).await.unwrap();
        assert_eq!(done.value.get().unwrap().as_f64(), 9.0, "what was reached stays");
        let undone = client.habit().check_in(&water, CheckIn::undone().on(day)).await.unwrap();
        assert_eq!(undone.status, CheckinStatus::Undone);
        assert_eq!(undone.value.get().unwrap().as_f64(), 0.0);
        assert_eq!(client.habit().check_ins([&water], day..).await.unwrap()[0], undone);
    })
    .await;
}

#[tokio::test]
async fn many_check_ins_take_as_many_requests_as_one() {
    in_both_modes(async |service, client| {
        let habits = client.habit().active().await.unwrap();
        let days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 1)];
        let all = habits.iter().flat_map(|habit| days.map(|day| (habit, CheckIn::done().on(day))));
        service.forget_requests();
        let recorded = client.habit().check_in_all(all).await.unwrap();
        assert_eq!(recorded.len(), habits.len() * 3);
        assert_eq!(service.count(&op::HABIT_BATCH), 1);
        assert_eq!(service.count(&op::HABIT_BATCH_CHECK_INS), 1);
        assert_eq!(recorded[0], recorded[2], "the same day twice is one check-in");
        for habit in &habits {
            let history = client.habit().history(habit).await.unwrap();
            let read = client.habit().get(habit).await.unwrap();
            assert_eq!(read.total_check_ins, i64::try_from(history.total()).unwrap());
            assert_eq!(read.current_streak, i64::try_from(history.current_streak()).unwrap());
        }
        service.forget_requests();
        assert_eq!(client.habit().check_in_all(Vec::<(HabitId, CheckIn)>::new()).await.unwrap(), []);
        assert!(lines(service).is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_is_sent() {
    let service = service(UpdateMode::Merge);
    let client = client(&service, false);
    let (read, water) = (named(&client, "Read before bed").await, named(&client, "Drink water").await);
    let before = service.objects(DEMO_USER, Collection::HabitCheckins);
    let refused = [
        (&read, CheckIn::done().on(date(2026, 3, 2))),
        (&read, CheckIn::amount(3.0)),
        (&water, CheckIn::amount(-1.0)),
        (&water, CheckIn::amount(f64::NAN)),
        (&water, CheckIn::amount(1e300)),
    ];
    for (habit, check_in) in refused {
        let error = client.habit().check_in(habit, check_in).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    for draft in [HabitDraft::new(" "), HabitDraft::new("a").amount(0.0, "x"), HabitDraft::new("a").step(-1.0)] {
        assert!(matches!(client.habit().create(draft).await.unwrap_err(), Error::InvalidInput { .. }));
    }
    let error = client.habit().patch(&water, HabitPatch::new().goal(f64::INFINITY)).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    let all = [(HabitId::from("65f0a1b2c3d4e5f6a7b8c9d0"), CheckIn::done()), (read.id, CheckIn::done())];
    assert!(client.habit().check_in_all(all).await.unwrap_err().is_not_found());
    assert_eq!(service.objects(DEMO_USER, Collection::HabitCheckins), before);
    assert_eq!(service.count(&op::HABIT_BATCH), 0);
}

#[tokio::test]
async fn unknown_members_of_a_habit_survive_every_write() {
    in_both_modes(async |service, client| {
        let mut habit = named(client, "Drink water").await;
        let unknown: Json = serde_json::from_str(r#"{"n":1E3,"long":12345678901234567890123}"#).unwrap();
        let mut object = Object::encode(&habit).unwrap();
        object.set("moonPhase", unknown);
        object.set("style", serde_json::from_str::<Json>("7").unwrap());
        habit = object.decode().unwrap();
        client.habit().update(&habit).await.unwrap();
        let before = stored(service, Collection::Habits, habit.id.as_str());
        assert_eq!(before["style"], 7);

        client.habit().patch(&habit, HabitPatch::new().name("Drink more")).await.unwrap();
        client.habit().archive(&habit).await.unwrap();
        client.habit().unarchive(&habit).await.unwrap();
        client.habit().check_in(&habit, CheckIn::amount(8.0)).await.unwrap();
        let others = client.habit().active().await.unwrap();
        client.habit().move_before(&habit, &others[2]).await.unwrap();
        let after = stored(service, Collection::Habits, habit.id.as_str());
        const TOUCHED: &[&str] =
            &["name", "archivedTime", "totalCheckIns", "currentStreak", "sortOrder", "modifiedTime", "etag"];
        let untouched = |members: BTreeMap<String, Value>| {
            members.into_iter().filter(|(key, _)| !TOUCHED.contains(&key.as_str())).collect::<BTreeMap<_, _>>()
        };
        assert_eq!(untouched(after), untouched(before));
        let object = service.objects(DEMO_USER, Collection::Habits);
        assert!(
            object.iter().any(|one| serde_json::to_string(one).unwrap().contains(r#""long":12345678901234567890123"#))
        );
    })
    .await;
}

#[tokio::test]
async fn lost_answers_are_settled_by_reading() {
    in_both_modes(async |service, client| {
        for fault in [Fault::LoseAnswer, Fault::Reset] {
            service.faults().next(&op::HABIT_BATCH, fault.clone());
            let habit = client.habit().create(HabitDraft::new(format!("{fault:?}"))).await.unwrap();
            service.faults().next(&op::HABIT_BATCH, fault.clone());
            service.faults().next(&op::HABIT_BATCH_CHECK_INS, fault.clone());
            service.forget_requests();
            client.habit().check_in(&habit, CheckIn::done()).await.unwrap();
            let sent = if fault == Fault::Reset { 2 } else { 1 };
            assert_eq!(service.count(&op::HABIT_BATCH_CHECK_INS), sent, "{fault:?}");
            assert_eq!(service.count(&op::HABIT_BATCH), sent, "{fault:?}");
            assert_eq!(client.habit().check_ins([&habit], ..).await.unwrap().len(), 1);
            assert_eq!(client.habit().get(&habit).await.unwrap().total_check_ins, 1);
            service.faults().next(&op::HABIT_BATCH, fault);
            client.habit().delete(&habit).await.unwrap();
            assert!(client.habit().get(&habit).await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn counters_without_their_check_in_are_reported_and_corrected_by_the_same_call() {
    in_both_modes(async |service, client| {
        let habit = client.habit().create(HabitDraft::new("Read")).await.unwrap();
        let refused = serde_json::from_str(r#"{"status":{"status":403}}"#).unwrap();
        service.faults().next(&op::HABIT_BATCH_CHECK_INS, refused);
        let error = client.habit().check_in(&habit, CheckIn::done()).await.unwrap_err();
        assert!(matches!(&error, Error::Unfinished { id, .. } if *id == habit.id.as_str()), "{error:?}");
        assert!(error.to_string().contains("repeat the check-in"), "{error}");
        client.habit().check_in(&habit, CheckIn::done()).await.unwrap();
        assert_eq!(client.habit().check_ins([&habit], ..).await.unwrap().len(), 1);
        assert_eq!(client.habit().get(&habit).await.unwrap().total_check_ins, 1);
    })
    .await;
}

#[tokio::test]
async fn sections_live_and_die() {
    in_both_modes(async |service, client| {
        let before = client.habit().sections().await.unwrap();
        assert!(before.iter().any(|section| section.name == "_morning"), "built-in names are kept");
        service.forget_requests();
        let section = client.habit().create_section("Noon").await.unwrap();
        assert_eq!(lines(service)[..2], ["GET /api/v2/habitSections", "POST /api/v2/habitSections/batch"]);
        assert!(before.iter().all(|one| one.sort_order.get() < section.sort_order.get()));
        service.faults().next(&op::HABIT_BATCH_SECTIONS, Fault::LoseAnswer);
        let renamed = client.habit().rename_section(&section, "Midday").await.unwrap();
        assert_eq!(renamed.id, section.id);
        assert_eq!(renamed.sort_order, section.sort_order);
        service.forget_requests();
        client.habit().rename_section(&section, "Midday").await.unwrap();
        assert_eq!(lines(service), ["GET /api/v2/habitSections"]);
        let habit = client.habit().create(HabitDraft::new("Nap").section(&section)).await.unwrap();
        client.habit().delete_section(&section).await.unwrap();
        assert_eq!(client.habit().sections().await.unwrap().len(), before.len());
        assert_eq!(client.habit().get(&habit).await.unwrap().section_id.get().unwrap().as_str(), "-1");
        assert!(client.habit().rename_section(&section, "x").await.unwrap_err().is_not_found());
        assert!(matches!(client.habit().create_section("").await.unwrap_err(), Error::InvalidInput { .. }));
    })
    .await;
}

#[tokio::test]
async fn records_preferences_statistics_and_exports_are_read() {
    let service = service(UpdateMode::Merge);
    let client = client(&service, false);
    let habits = client.habit().list().await.unwrap();
    let notes = client.habit().records(&habits, ..).await.unwrap();
    assert_eq!(notes.len(), 2);
    let latest = client.habit().records(&habits, date(2026, 2, 28)..).await.unwrap();
    assert_eq!(latest.len(), 1, "the first day is included");
    assert_eq!(client.habit().preferences().await.unwrap().enabled, true);
    assert!(!client.habit().week_statistics().await.unwrap().is_empty());
    assert!(!client.habit().export().await.unwrap().is_empty());
    service.forget_requests();
    assert!(client.habit().check_ins(Vec::<HabitId>::new(), ..).await.unwrap().is_empty());
    assert!(client.habit().records(Vec::<HabitId>::new(), ..).await.unwrap().is_empty());
    assert!(lines(&service).is_empty(), "no habits, no question");
    let from = client.habit().check_ins(&habits, date(2026, 2, 20)..).await.unwrap();
    assert!(from.iter().any(|one| one.checkin_stamp.0 == 20_260_220));
    assert!(from.iter().all(|one| one.checkin_stamp.0 >= 20_260_220));
}

#[tokio::test]
async fn habits_are_moved_by_one_call() {
    in_both_modes(async |service, client| {
        let names = async || -> Vec<String> {
            let mut habits = client.habit().active().await.unwrap();
            habits.sort_by_key(|habit| habit.sort_order.copied());
            habits.into_iter().map(|habit| habit.name.unwrap_or_default()).collect()
        };
        let habits = client.habit().active().await.unwrap();
        service.forget_requests();
        client.habit().move_before(&habits[2], &habits[0]).await.unwrap();
        assert_eq!(lines(service)[..2], [HABITS, BATCH]);
        assert_eq!(names().await, ["Run", "Drink water", "Read before bed"]);
        client.habit().move_after(&habits[2], &habits[0]).await.unwrap();
        assert_eq!(names().await, ["Drink water", "Run", "Read before bed"]);
    })
    .await;
}

#[tokio::test]
async fn futures_can_be_sent_to_other_threads() {
    fn send<T: Send>(_: &T) {}
    let service = service(UpdateMode::Merge);
    let client = client(&service, false);
    let habit = named(&client, "Run").await;
    let manager = client.habit();
    send(&manager.create(HabitDraft::new("a")));
    send(&manager.patch(&habit, HabitPatch::new()));
    send(&manager.check_in(&habit, CheckIn::done()));
    send(&manager.check_in_all([(&habit, CheckIn::done())]));
    send(&manager.delete(&habit));
    send(&manager.move_after(&habit, &habit));
    send(&manager.history(&habit));
    send(&manager.create_section("a"));
    send(&manager.delete_section(ticktick::habit::SectionId::from("a")));
}
