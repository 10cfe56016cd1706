//! The settings of the account: time zone, first day of the week.

use jiff::civil::date;
use ticktick::mirror::{SqlLimits, TaskQuery};
use ticktick::{Client, Due, TaskDraft};

use crate::world::World;

const SETTINGS: &str = "GET /api/v2/user/preferences/settings";

/// Moves the account to another zone.
async fn move_to(elsewhere: &Client, zone: &str) {
    elsewhere.user().update_settings(|settings| settings.time_zone.set(zone)).await.unwrap();
}

/// The local dates of the tasks that were made here.
fn dates(world: &World) -> String {
    let sql = "select title, due, due_day, completed from all_tasks where title like 'Zone%' order by title";
    format!("{:?}", world.mirror.sql(sql, SqlLimits::default()).unwrap().rows)
}

#[tokio::test]
async fn a_new_time_zone_moves_the_local_dates_of_all_tasks() {
    let world = World::new();
    move_to(&world.elsewhere(), "Europe/Berlin").await;
    world.mirror.refresh(&world.client).await.unwrap();
    let tasks = world.client.task();
    let late = Due::at("2026-03-02T23:30[Europe/Berlin]".parse().unwrap());
    let closed = tasks.create(TaskDraft::new("Zone closed").due(late.clone())).await.unwrap();
    tasks.complete(&closed).await.unwrap();
    let open = tasks.create(TaskDraft::new("Zone open").due(late)).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();
    let in_berlin = dates(&world);
    assert_eq!(in_berlin.matches("2026-03-02 23:30").count(), 2, "{in_berlin}");

    move_to(&world.elsewhere(), "Asia/Tokyo").await;
    world.mirror.refresh_full(&world.client).await.unwrap();
    let in_tokyo = dates(&world);
    assert_eq!(in_tokyo.matches("2026-03-03 07:30").count(), 2, "{in_tokyo}");
    assert_eq!(in_berlin.matches("2026-03-01 13:30").count(), 1, "{in_berlin}");
    assert_eq!(in_tokyo.matches("2026-03-01 21:30").count(), 1, "{in_tokyo}");
    let due = |day| world.mirror.list(&TaskQuery::new().due(day..=day)).unwrap().iter().any(|row| row.id == open.id);
    assert!(!due(date(2026, 3, 2)) && due(date(2026, 3, 3)));
    world.assert_equal().await;
}

#[tokio::test]
async fn settings_are_read_again_after_a_day() {
    let world = World::refreshed().await;
    move_to(&world.elsewhere(), "Asia/Tokyo").await;
    world.service.forget_requests();
    world.mirror.refresh(&world.client).await.unwrap();
    assert!(!world.lines().contains(&SETTINGS.to_owned()));

    let next_day = world.opened_at("2026-03-02T12:30:00Z");
    let refresh = next_day.refresh(&world.client).await.unwrap();
    assert!(!refresh.full && world.lines().contains(&SETTINGS.to_owned()));
    assert_eq!(next_day.zone().unwrap().iana_name(), Some("Asia/Tokyo"));
    next_day.refresh(&world.client).await.unwrap();
    assert!(!world.lines().contains(&SETTINGS.to_owned()));
}

#[tokio::test]
async fn settings_that_seem_to_be_read_in_the_future_are_read_again() {
    let world = World::refreshed().await;
    let ahead = world.opened_at("2026-03-05T12:30:00Z");
    ahead.refresh(&world.client).await.unwrap();
    move_to(&world.elsewhere(), "Europe/Berlin").await;
    // The clock was set back.
    world.mirror.refresh(&world.client).await.unwrap();
    assert_eq!(world.mirror.zone().unwrap().iana_name(), Some("Europe/Berlin"));
}
