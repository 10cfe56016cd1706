//! Random sequences of every write to habits, in both update modes: what a call does not mean to change stays.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;
use ticktick::date::FixedClock;
use ticktick::habit::HabitPatch;
use ticktick::models::{Json, Object};
use ticktick::{CheckIn, Client};
use ticktick_sim::{Collection, DEMO_USER, Service, Simulator, UpdateMode};

/// A write to the habit at some place.
#[derive(Clone, Debug)]
enum Write {
    Rename(String),
    Archive,
    Unarchive,
    MoveBefore(usize),
    CheckIn(i64, f64),
    Clear(i64),
}

fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        "[a-z]{1,8}".prop_map(Write::Rename),
        Just(Write::Archive),
        Just(Write::Unarchive),
        (0_usize..4).prop_map(Write::MoveBefore),
        ((0_i64..40), (1_u8..12)).prop_map(|(ago, amount)| Write::CheckIn(ago, amount.into())),
        (0_i64..40).prop_map(Write::Clear),
    ]
}

fn day(ago: i64) -> Date {
    date(2026, 3, 1).saturating_sub(jiff::SignedDuration::from_hours(24 * ago))
}

/// Members that each write means to change.
fn touched(write: &Write) -> &'static [&'static str] {
    match write {
        Write::Rename(_) => &["name"],
        Write::Archive | Write::Unarchive => &["status", "archivedTime"],
        Write::MoveBefore(_) => &["sortOrder"],
        Write::CheckIn(..) | Write::Clear(_) => &["totalCheckIns", "currentStreak"],
    }
}

type Stored = BTreeMap<String, BTreeMap<String, Value>>;

fn stored(service: &Service, collection: Collection) -> Stored {
    let members = |one: &Object| one.iter().map(|(key, json)| (key.to_owned(), json.decode().unwrap())).collect();
    let objects = service.objects(DEMO_USER, collection);
    objects.iter().map(|one| (one.get("id").unwrap().decode().unwrap(), members(one))).collect()
}

/// Gives every habit members that nobody knows.
async fn with_unknown_members(client: &Client) {
    for habit in client.habit().list().await.unwrap() {
        let mut object = Object::encode(&habit).unwrap();
        object.set("moonPhase", serde_json::from_str::<Json>(r#"{"n":1E3,"list":[null,{}]}"#).unwrap());
        client.habit().update(&object.decode().unwrap()).await.unwrap();
    }
}

async fn carry_out(client: &Client, place: usize, write: &Write) {
    let habits = client.habit().list().await.unwrap();
    let habit = &habits[place];
    match write {
        Write::Rename(name) => drop(client.habit().patch(habit, HabitPatch::new().name(name)).await.unwrap()),
        Write::Archive => drop(client.habit().archive(habit).await.unwrap()),
        Write::Unarchive => drop(client.habit().unarchive(habit).await.unwrap()),
        Write::MoveBefore(other) if *other == place => {}
        Write::MoveBefore(other) => drop(client.habit().move_before(habit, &habits[*other]).await.unwrap()),
        Write::CheckIn(ago, amount) => {
            let is_amount = habit.r#type == ticktick::models::HabitType::Real;
            let check_in = if is_amount { CheckIn::amount(*amount) } else { CheckIn::done() };
            client.habit().check_in(habit, check_in.on(day(*ago))).await.unwrap();
        }
        Write::Clear(ago) => drop(client.habit().check_in(habit, CheckIn::cleared().on(day(*ago))).await.unwrap()),
    }
}

async fn untouched_members_stay(mode: UpdateMode, writes: &[(usize, Write)]) {
    let clock = || FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let service = Simulator::builder().demo().clock(clock()).update_mode(mode).build();
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock());
    let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
    with_unknown_members(&client).await;
    for (place, write) in writes {
        let (before, check_ins) = (stored(&service, Collection::Habits), stored(&service, Collection::HabitCheckins));
        carry_out(&client, *place, write).await;
        let after = stored(&service, Collection::Habits);
        assert_eq!(before.len(), after.len());
        for (id, mut was) in before {
            let mut is = after[&id].clone();
            if is != was {
                for key in touched(write).iter().chain(&["etag", "modifiedTime"]) {
                    is.remove(*key);
                    was.remove(*key);
                }
            }
            assert_eq!(is, was, "{write:?}");
        }
        let now = stored(&service, Collection::HabitCheckins);
        let changed = now.iter().filter(|(id, check_in)| check_ins.get(*id) != Some(check_in)).count();
        assert!(changed <= 1 && check_ins.keys().all(|id| now.contains_key(id)), "{write:?}");
    }
    let days: std::collections::BTreeSet<_> = stored(&service, Collection::HabitCheckins)
        .into_values()
        .map(|one| (one["habitId"].to_string(), one["checkinStamp"].to_string()))
        .collect();
    assert_eq!(days.len(), service.objects(DEMO_USER, Collection::HabitCheckins).len(), "no day is doubled");
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn what_is_not_meant_stays(writes in prop::collection::vec((0_usize..4, write()), 1..12)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for mode in [UpdateMode::Merge, UpdateMode::Replace] {
            runtime.block_on(untouched_members_stay(mode, &writes));
        }
    }
}
