//! When a series comes back, and what else moves with it, in both update modes of the simulator.

use jiff::civil::{Date, date};
use ticktick::raw::op;
use ticktick::{Client, Due, Error, Task, TaskDraft, TaskPatch, jiff, raw};
use ticktick_sim::Service;

use crate::common::{in_both_modes, stored, stored_task};

/// Rules whose dates cannot be computed.
const UNKNOWN: [&str; 4] = [
    "RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY,WEEKEND",
    "RRULE:FREQ=DAILY;TT_SKIP=OFFICIAL_WORKDAY",
    "LUNAR:FREQ=YEARLY",
    "ERULE:NAME=FORGETTINGCURVE;CYCLE=0",
];

/// Creates a series that was due three days ago and repeats every two days; it is the first of March.
async fn late(client: &Client, from: &str) -> Task {
    let draft = TaskDraft::new("Water").due(Due::day(date(2026, 2, 26))).repeat("RRULE:FREQ=DAILY;INTERVAL=2");
    let mut task = client.task().create(draft).await.unwrap();
    task.repeat_from.set(from);
    client.task().update(&task).await.unwrap()
}

async fn day(client: &Client, task: &Task) -> Date {
    let task = client.task().get(task).await.unwrap();
    task.due(&client.time_zone().await.unwrap()).unwrap().date()
}

/// The vendor's example, three days late: the 19th, the 17th or the 20th for what was due on the 15th.
const MODES: [(&str, Date); 4] =
    [("", date(2026, 3, 2)), ("0", date(2026, 2, 28)), ("1", date(2026, 3, 3)), ("2", date(2026, 3, 2))];

#[tokio::test]
async fn complete_says_when_a_series_comes_back() {
    for (from, wanted) in MODES {
        in_both_modes(async |_, client| {
            let task = late(client, from).await;
            let closed = client.task().complete(&task).await.unwrap();
            assert_eq!(closed.next.as_ref().map(Due::date), Some(wanted), "repeatFrom {from:?}");
            assert!(closed.is_completed() && closed.repeat_task_id == task.id);
            assert_eq!(day(client, &task).await, wanted);
            let skipped = client.task().skip(late(client, from).await).await.unwrap();
            assert_eq!(day(client, &skipped).await, wanted, "skipped, repeatFrom {from:?}");
        })
        .await;
    }
    in_both_modes(async |_, client| {
        let once = client.task().create(TaskDraft::new("once")).await.unwrap();
        assert_eq!(client.task().complete(&once).await.unwrap().next, None);
        let last = TaskDraft::new("last").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY;COUNT=1");
        let last = client.task().create(last).await.unwrap();
        assert_eq!(client.task().wont_do(&last).await.unwrap().next, None);
    })
    .await;
}

/// Creates a series with a rule that the client would refuse to write.
async fn unknown(service: &Service, client: &Client, rule: &str) -> Task {
    let draft = TaskDraft::new("Water").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY").item("left");
    let mut task = client.task().create(draft).await.unwrap();
    task.repeat_flag.set(rule);
    let mut batch = ticktick::models::BatchTasks::default();
    batch.update.push(task.clone());
    raw::task::batch(client.transport(), &batch).await.unwrap();
    service.forget_requests();
    task
}

#[tokio::test]
async fn a_series_that_cannot_be_computed_is_completed_by_giving_its_date() {
    for rule in UNKNOWN {
        in_both_modes(async |service, client| {
            let task = unknown(service, client, rule).await;
            for error in [
                client.task().complete(&task).await.unwrap_err(),
                client.task().wont_do(&task).await.unwrap_err(),
                client.task().skip(&task).await.unwrap_err(),
            ] {
                assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
                let text = error.to_string();
                assert!(text.contains("complete_and_move_to") && text.contains("skip_and_move_to"), "{text}");
            }
            assert_eq!(service.count(&op::TASK_BATCH), 0);
            let all = stored(service).len();
            let next = Due::day(date(2026, 4, 10));
            let closed = client.task().complete_and_move_to(&task, next.clone()).await.unwrap();
            assert!(closed.is_completed() && closed.next == Some(next) && closed.repeat_task_id == task.id);
            assert_eq!(day(client, &task).await, date(2026, 4, 10));
            assert_eq!(stored(service).len(), all + 1);
            assert_eq!(stored_task(service, &task.id)["repeatFlag"], format!("{rule:?}"), "the rule stays");

            let series = client.task().skip_and_move_to(&task, Due::day(date(2026, 5, 1))).await.unwrap();
            assert_eq!(series.id, task.id);
            assert_eq!(day(client, &task).await, date(2026, 5, 1));
            assert_eq!(stored(service).len(), all + 1);
        })
        .await;
    }
}

#[tokio::test]
async fn a_chosen_date_counts_down_and_may_be_of_another_kind() {
    in_both_modes(async |service, client| {
        let draft = TaskDraft::new("x").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY;COUNT=3");
        let task = client.task().create(draft).await.unwrap();
        let next = Due::at("2026-03-09T09:00[Asia/Tokyo]".parse().unwrap());
        client.task().complete_and_move_to(&task, next.clone()).await.unwrap();
        let series = client.task().get(&task).await.unwrap();
        assert_eq!(series.due(&jiff::tz::TimeZone::UTC), Some(next.clone()));
        assert_eq!(series.repeat_flag, "RRULE:FREQ=DAILY;COUNT=2");
        assert!(stored_task(service, &task.id)["repeatFirstDate"].contains("2026-03-01"));

        let once = client.task().create(TaskDraft::new("once")).await.unwrap();
        let refused = client.task().complete_and_move_to(&once, next.clone()).await.unwrap_err();
        assert!(matches!(refused, Error::Unsupported { .. }), "{refused:?}");
        assert!(client.task().skip_and_move_to(&once, next).await.is_err());
        assert!(client.task().get(&once).await.unwrap().is_open());
    })
    .await;
}

#[tokio::test]
async fn subtasks_stay_below_a_series_that_moves_on() {
    in_both_modes(async |service, client| {
        let draft = TaskDraft::new("parent").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY");
        let parent = client.task().create(draft).await.unwrap();
        let open = client.task().create_under(&parent, TaskDraft::new("open")).await.unwrap();
        let done = client.task().create_under(&parent, TaskDraft::new("done")).await.unwrap();
        client.task().complete(&done).await.unwrap();
        let before = [stored_task(service, &open.id), stored_task(service, &done.id)];
        let copy = client.task().complete(&parent).await.unwrap();
        assert_eq!(day(client, &parent).await, date(2026, 3, 2));
        assert_eq!([stored_task(service, &open.id), stored_task(service, &done.id)], before, "neither is touched");
        let stored_copy = stored_task(service, &copy.id);
        assert!(copy.child_ids.is_empty() && !stored_copy.contains_key("childIds"), "the copy has none");
    })
    .await;
}

#[tokio::test]
async fn a_range_of_days_is_written_up_to_the_midnight_after_it() {
    in_both_modes(async |service, client| {
        let july = Due::days(date(2026, 7, 1)..=date(2026, 7, 3)).unwrap();
        let task = client.task().create(TaskDraft::new("x").due(july.clone().in_zone(jiff::tz::TimeZone::UTC))).await;
        let task = task.unwrap();
        assert_eq!(stored_task(service, &task.id)["dueDate"], r#""2026-07-04T00:00:00.000+0000""#);
        let read = client.task().get(&task).await.unwrap().due(&jiff::tz::TimeZone::UTC).unwrap();
        assert_eq!(read.start_date(), date(2026, 7, 1));
        assert_eq!(read.date(), date(2026, 7, 3));
        let same = client.task().patch(&task, TaskPatch::new().due(read)).await.unwrap();
        assert_eq!(same.etag, task.etag, "nothing differs, so nothing is written");
    })
    .await;
}
