//! Tasks whose zone is an offset, or is not known here.

use jiff::civil::date;
use ticktick::{CheckIn, Client, Due, Task, TaskDraft, TaskPatch, jiff, raw};
use ticktick_sim::Service;

use crate::common::{in_both_modes, stored_task};

/// Zones that are in no database of zones, with the offset that some of them name.
const ZONES: [(&str, Option<&str>); 6] = [
    ("GMT+08:00", Some("+08")),
    ("UTC+8", Some("+08")),
    ("+08:00", Some("+08")),
    ("GMT-3:30", Some("-03:30")),
    ("Asia/Beijing", None),
    ("Europe/Belrin", None),
];

/// Stores a task as another program would, at midnight of a day in its zone, or in the account's if it is not known.
async fn store(client: &Client, zone: (&str, Option<&str>), day: jiff::civil::Date, rule: Option<&str>) -> Task {
    let mut task = client.task().create(TaskDraft::new("Elsewhere").due(Due::day(day))).await.unwrap();
    task.time_zone.set(zone.0);
    if let Some(offset) = zone.1 {
        let midnight: jiff::Timestamp = format!("{day}T00:00{offset}").parse().unwrap();
        task.start_date.set(midnight);
        task.due_date.set(midnight);
    }
    if let Some(rule) = rule {
        task.repeat_flag.set(rule);
    }
    let mut batch = ticktick::models::BatchTasks::default();
    batch.update.push(task.clone());
    raw::task::batch(client.transport(), &batch).await.unwrap();
    task
}

fn zone_of(service: &Service, task: &Task) -> String {
    stored_task(service, &task.id)["timeZone"].clone()
}

#[tokio::test]
async fn a_task_of_an_odd_zone_is_in_the_views_of_its_day() {
    in_both_modes(async |_, client| {
        let zone = client.time_zone().await.unwrap();
        for odd in ZONES {
            let today = store(client, odd, date(2026, 3, 1), None).await;
            let over = store(client, odd, date(2026, 2, 28), None).await;
            let account = client.sync().full().await.unwrap();
            let has = |tasks: Vec<&Task>, task: &Task| tasks.iter().any(|one| one.id == task.id);
            assert!(has(account.today(), &today) && !has(account.overdue(), &today), "{odd:?}");
            assert!(has(account.overdue(), &over) && !has(account.today(), &over), "{odd:?}");
            assert!(over.is_overdue(date(2026, 3, 1), &zone) && !today.is_overdue(date(2026, 3, 1), &zone), "{odd:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_of_an_odd_zone_is_completed_skipped_and_moved() {
    in_both_modes(async |service, client| {
        for odd in ZONES {
            let series = async || store(client, odd, date(2026, 3, 1), Some("RRULE:FREQ=DAILY")).await;
            let text = format!("\"{}\"", odd.0);
            let task = series().await;
            let closed = client.task().complete(&task).await.unwrap();
            assert_eq!(closed.next.as_ref().map(Due::date), Some(date(2026, 3, 2)), "{odd:?}");
            assert_eq!(zone_of(service, &task), text);
            assert_eq!(zone_of(service, &closed), text);
            let next = client.task().get(&task).await.unwrap();
            let day = jiff::SignedDuration::from_hours(24);
            let instant = |task: &Task| task.due_date.get().unwrap().instant().unwrap();
            assert_eq!(instant(&next), instant(&task) + day, "{odd:?}");

            let task = client.task().skip(series().await).await.unwrap();
            assert_eq!(instant(&task), instant(&next), "{odd:?}");
            assert_eq!(zone_of(service, &task), text, "{odd:?}");

            let to = date(2026, 3, 9);
            let task = client.task().skip_and_move_to(series().await, Due::day(to)).await.unwrap();
            // The date names no zone: that is the account's, which an offset is not.
            assert_eq!(zone_of(service, &task) == text, odd.1.is_none(), "{odd:?}");
            let account = client.sync().full().await.unwrap();
            assert_eq!(account.day_of(&task), Some(to), "{odd:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_patch_leaves_an_odd_zone_alone_unless_it_sets_it() {
    in_both_modes(async |service, client| {
        for odd in ZONES {
            let task = store(client, odd, date(2026, 3, 1), None).await;
            let before = stored_task(service, &task.id);
            client.task().patch(&task, TaskPatch::new().title("Still there")).await.unwrap();
            let after = stored_task(service, &task.id);
            for key in ["timeZone", "startDate", "dueDate", "isAllDay"] {
                assert_eq!(after.get(key), before.get(key), "{odd:?}: {key}");
            }
            let tokyo = jiff::tz::TimeZone::get("Asia/Tokyo").unwrap();
            let there = Due::day(date(2026, 3, 1)).in_zone(tokyo);
            client.task().patch(&task, TaskPatch::new().due(there)).await.unwrap();
            assert_eq!(zone_of(service, &task), "\"Asia/Tokyo\"");
        }
    })
    .await;
}

/// Gives the account a zone as another program would.
async fn move_account(client: &Client, zone: &str) {
    let read = raw::user::SettingsOptions::default();
    let mut settings = raw::user::settings(client.transport(), &read).await.unwrap();
    settings.time_zone = zone.into();
    let write = raw::user::UpdateSettingsOptions::default();
    raw::user::update_settings(client.transport(), &settings, &write).await.unwrap();
}

#[tokio::test]
async fn an_account_of_an_odd_zone_has_days_like_others() {
    in_both_modes(async |service, client| {
        let builder = || crate::common::builder(service).build().unwrap();
        // It is 12:30 in UTC, and another day where it is fourteen hours later.
        for (zone, text, today) in [
            ("GMT+14:00", "GMT+14:00", date(2026, 3, 2)),
            ("UTC+14", "GMT+14:00", date(2026, 3, 2)),
            ("Asia/Typo", "UTC", date(2026, 3, 1)),
        ] {
            move_account(client, zone).await;
            let client = builder();
            let task = client.task().create(TaskDraft::new("Here").due(Due::day(today))).await.unwrap();
            assert_eq!(zone_of(service, &task), format!("\"{text}\""), "{zone}");
            let account = client.sync().full().await.unwrap();
            assert!(account.today().iter().any(|one| one.id == task.id), "{zone}");
            let rule = TaskPatch::new().repeat("RRULE:FREQ=DAILY");
            let task = client.task().patch(&task, rule).await.unwrap();
            let closed = client.task().complete(&task).await.unwrap();
            assert_eq!(closed.next.as_ref().map(Due::date), Some(today.tomorrow().unwrap()), "{zone}");
            let habit = client.habit().active().await.unwrap().remove(0);
            let done = client.habit().check_in(&habit, CheckIn::done()).await.unwrap();
            assert_eq!(done.checkin_stamp.date(), Some(today), "{zone}");
            let odd: Vec<_> = client.drift().into_iter().filter(|drift| drift.path == "$.timeZone").collect();
            assert_eq!(odd.len(), usize::from(zone == "Asia/Typo"), "{zone}: {odd:?}");
        }
    })
    .await;
}
