//! Occurrences that are finished or skipped, in both update modes of the simulator.

use std::collections::BTreeSet;

use ticktick::jiff::civil::date;
use ticktick::models::BatchTasks;
use ticktick::raw::{self, op};
use ticktick::task::RepeatFrom;
use ticktick::{Client, Due, Error, Task, TaskDraft, TaskId};
use ticktick_sim::{Fault, Rule, Service, UpdateMode};

use crate::common::{Members, NOW, builder, client, differences, in_both_modes, lines, service, stored, stored_task};

const ID: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
const BATCH: &str = "POST /api/v2/batch/task";
/// A day in a zone.
const DAY: &str = r#""isAllDay":true,"isFloating":false,"timeZone":"Europe/Berlin",
    "startDate":"2026-02-28T23:00:00.000+0000","dueDate":"2026-02-28T23:00:00.000+0000""#;
/// What differs when a series goes on.
const MOVED_ON: [&str; 8] =
    ["dueDate", "etag", "items", "modifiedTime", "progress", "repeatFirstDate", "repeatFlag", "startDate"];

/// Stores a series with much that a client may not know, and returns it.
async fn series(service: &Service, client: &Client, rule: &str, dates: &str) -> Task {
    let inbox = client.project().inbox().await.unwrap().id;
    let text = include_str!("samples/series.json")
        .replace("INBOX", inbox.as_str())
        .replace("RULE", rule)
        .replace(r#""DATES":null"#, dates);
    let mut batch = BatchTasks::default();
    batch.add.push(serde_json::from_str(&text).unwrap());
    raw::task::batch(client.transport(), &batch).await.unwrap();
    service.forget_requests();
    client.task().get(TaskId::from(ID)).await.unwrap()
}

/// Runs a journey in both modes, with a series of one day in a zone.
async fn with_series(rule: &str, journey: impl AsyncFn(&Service, &Client, Task)) {
    in_both_modes(async |service, client| {
        let task = series(service, client, rule, DAY).await;
        service.forget_requests();
        journey(service, client, task).await;
    })
    .await;
}

fn get() -> String {
    format!("GET /api/v2/task/{ID}")
}

/// Returns the finished copies of all series.
fn copies(service: &Service) -> Vec<Members> {
    stored(service).into_values().filter(|task| task.contains_key("repeatTaskId")).collect()
}

fn set<'a>(members: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    members.into_iter().map(str::to_owned).collect()
}

fn texts(members: &Members, keys: [&str; 3]) -> [String; 3] {
    keys.map(|key| members[key].trim_matches('"').to_owned())
}

/// Checks that the series went on by a day, and returns it.
fn went_on(service: &Service, before: &Members) -> Members {
    let after = stored_task(service, &ID.into());
    assert_eq!(differences(before, &after), set(MOVED_ON), "{after:?}");
    let day = "2026-03-01T23:00:00.000+0000";
    assert_eq!(texts(&after, ["startDate", "dueDate", "repeatFlag"]), [day, day, "RRULE:FREQ=DAILY;COUNT=2"]);
    assert_eq!(after["repeatFirstDate"], before["startDate"]);
    let begun_anew = before["items"].replace(r#""status":1"#, r#""status":0"#);
    assert_eq!(after["items"], begun_anew.replace(r#""2026-02-01T09:00:00.000+0000""#, "null"));
    after
}

#[tokio::test]
async fn a_finished_occurrence_leaves_a_copy_and_the_series_goes_on() {
    for status in ["2", "-1"] {
        with_series("RRULE:FREQ=DAILY;COUNT=3", async |service, client, task| {
            let before = stored_task(service, &task.id);
            let all = stored(service).len();
            let done = match status {
                "2" => client.task().complete(&task).await.unwrap(),
                _ => client.task().wont_do(&task).await.unwrap(),
            };
            assert_eq!(lines(service), [get(), BATCH.into()]);
            assert_eq!(stored(service).len(), all + 1);
            went_on(service, &before);

            let copy = stored_task(service, &done.id);
            let own = ["id", "etag", "modifiedTime", "status", "completedTime", "completedUserId"];
            let of_series = ["repeatFlag", "repeatTaskId", "pinnedTime", "reminders", "items"];
            let different = differences(&before, &copy);
            assert!(different.is_subset(&set(own.into_iter().chain(of_series))), "{different:?}");
            assert_eq!(copy["status"].as_str(), status);
            assert_eq!(copy["completedTime"], format!("{NOW:?}"));
            assert_eq!(copy["repeatTaskId"], format!("{ID:?}"));
            assert!(copy.get("repeatFlag").is_none_or(|rule| rule == "null"), "{copy:?}");
            let ids = |task: &Task| -> BTreeSet<String> {
                let items = task.items.iter().map(|item| item.id.to_string());
                items.chain(task.reminders.iter().filter_map(|one| Some(one.id.get()?.to_string()))).collect()
            };
            assert!(ids(&done).len() == 3 && ids(&done).is_disjoint(&ids(&task)), "its parts have their own ids");
            assert_eq!(done.items[0].completed_time, task.items[0].completed_time);
            assert_eq!(client.task().get(&done).await.unwrap().etag, done.etag);
        })
        .await;
    }
}

#[tokio::test]
async fn a_skipped_occurrence_leaves_nothing() {
    with_series("RRULE:FREQ=DAILY;COUNT=3", async |service, client, task| {
        let before = stored_task(service, &task.id);
        let all = stored(service).len();
        let series = client.task().skip(&task).await.unwrap();
        assert_eq!(lines(service), [get(), BATCH.into()]);
        assert_eq!(stored(service).len(), all);
        let after = went_on(service, &before);
        assert_eq!(after["etag"], format!("{:?}", series.etag.get().unwrap().as_str()));
    })
    .await;
}

#[tokio::test]
async fn the_last_occurrence_closes_the_series_itself() {
    for rule in ["RRULE:FREQ=DAILY;COUNT=1", "RRULE:FREQ=DAILY;UNTIL=20260301T225959Z"] {
        with_series(rule, async |service, client, task| {
            let before = stored_task(service, &task.id);
            let error = client.task().skip(&task).await.unwrap_err();
            assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
            assert!(error.to_string().contains("last occurrence"), "{error}");
            assert_eq!(service.count(&op::TASK_BATCH), 0);

            let done = client.task().complete(&task).await.unwrap();
            assert!(done.id == task.id && done.is_completed() && copies(service).is_empty());
            let closing = ["status", "completedTime", "completedUserId", "etag", "modifiedTime"];
            let different = differences(&before, &stored_task(service, &task.id));
            assert!(different.is_subset(&set(closing)), "{different:?}");
            assert!(matches!(client.task().skip(&task).await, Err(Error::Unsupported { .. })), "it is closed");
        })
        .await;
    }
}

#[tokio::test]
async fn what_cannot_be_computed_is_refused_and_nothing_is_sent() {
    for rule in
        ["RRULE:FREQ=DAILY;TT_SKIP=HOLIDAY", "ERULE:NAME=FORGETTINGCURVE", "RRULE:FREQ=DAILY;INTERVAL=0", "often"]
    {
        with_series(rule, async |service, client, task| {
            let before = stored(service);
            let manager = client.task();
            for result in [
                manager.complete(&task).await.map(Task::from),
                manager.wont_do(&task).await.map(Task::from),
                manager.skip(&task).await,
            ] {
                let error = result.unwrap_err();
                assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
                assert!(error.to_string().contains("cannot be computed: "), "{error}");
            }
            let report = manager.batch().complete([&task]).send().await.unwrap();
            assert!(matches!(report.failures().next().unwrap().error, Error::Unsupported { .. }));
            assert_eq!(lines(service), [get(), get(), get(), get()]);
            assert_eq!(stored(service), before);
        })
        .await;
    }
    in_both_modes(async |_, client| {
        let once = client.task().create(TaskDraft::new("once")).await.unwrap();
        let error = client.task().skip(&once).await.unwrap_err();
        assert!(error.to_string().contains("does not repeat"), "{error}");
    })
    .await;
}

/// Dates of a task, and the expected dates one day later.
const DATES: [(&str, &str, [&str; 2]); 6] = [
    (
        r#""isAllDay":true,"startDate":"2026-02-28T23:00:00.000+0000","dueDate":null,"timeZone":"Europe/Berlin""#,
        "RRULE:FREQ=DAILY",
        ["2026-03-01T23:00:00.000+0000", "2026-03-01T23:00:00.000+0000"],
    ),
    (
        // Three days, over the night in which Berlin loses an hour.
        r#""isAllDay":true,"startDate":"2026-03-27T23:00:00.000+0000","dueDate":"2026-03-29T22:00:00.000+0000",
        "timeZone":"Europe/Berlin""#,
        "RRULE:FREQ=DAILY",
        ["2026-03-28T23:00:00.000+0000", "2026-03-30T22:00:00.000+0000"],
    ),
    (
        // 09:00 stays 09:00.
        r#""isAllDay":false,"startDate":"2026-03-28T08:00:00.000+0000","dueDate":"2026-03-28T08:00:00.000+0000",
        "timeZone":"Europe/Berlin""#,
        "RRULE:FREQ=DAILY",
        ["2026-03-29T07:00:00.000+0000", "2026-03-29T07:00:00.000+0000"],
    ),
    (
        // A range keeps its length.
        r#""isAllDay":false,"startDate":"2026-03-28T08:00:00.000+0000","dueDate":"2026-03-28T09:30:00.000+0000",
        "timeZone":"Europe/Berlin""#,
        "RRULE:FREQ=WEEKLY",
        ["2026-04-04T07:00:00.000+0000", "2026-04-04T08:30:00.000+0000"],
    ),
    (
        r#""isAllDay":false,"isFloating":true,"startDate":"2026-03-28T08:00:00.000+0000",
        "dueDate":"2026-03-28T08:00:00.000+0000","timeZone":"Europe/Berlin""#,
        "RRULE:FREQ=DAILY",
        ["2026-03-29T07:00:00.000+0000", "2026-03-29T07:00:00.000+0000"],
    ),
    (
        // It counts from when it is completed, which is the night of 1 to 2 March in Auckland.
        r#""isAllDay":true,"repeatFrom":"1","startDate":"2026-02-18T11:00:00.000+0000",
        "dueDate":"2026-02-18T11:00:00.000+0000","timeZone":"Pacific/Auckland""#,
        "RRULE:FREQ=DAILY;INTERVAL=10",
        ["2026-03-11T11:00:00.000+0000", "2026-03-11T11:00:00.000+0000"],
    ),
];

#[tokio::test]
async fn every_kind_of_date_goes_on_as_what_it_is() {
    for (dates, rule, wanted) in DATES {
        in_both_modes(async |service, client| {
            let task = series(service, client, rule, dates).await;
            let before = stored_task(service, &task.id);
            client.task().complete(&task).await.unwrap();
            let after = stored_task(service, &task.id);
            let [start, due, zone] = texts(&after, ["startDate", "dueDate", "timeZone"]);
            assert_eq!([start.as_str(), due.as_str()], wanted, "{dates}");
            assert_eq!(zone, texts(&before, ["timeZone"; 3])[0]);
            assert_eq!(after["isAllDay"], before["isAllDay"]);
            assert_eq!(after.get("isFloating").is_some_and(|is| is == "true"), dates.contains("isFloating"));
            let copy = &copies(service)[0];
            for date in ["startDate", "dueDate"] {
                assert_eq!(copy.get(date), before.get(date));
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_time_that_the_clocks_skip_once_comes_back() {
    in_both_modes(async |service, client| {
        let night = r#""isAllDay":false,"startDate":"2026-03-28T01:30:00.000+0000",
            "dueDate":"2026-03-28T01:30:00.000+0000","timeZone":"Europe/Berlin""#;
        let task = series(service, client, "RRULE:FREQ=DAILY", night).await;
        let mut starts = Vec::new();
        for _ in 0..2 {
            client.task().complete(&task).await.unwrap();
            starts.push(stored_task(service, &task.id)["startDate"].clone());
        }
        // 02:30 does not exist on the 29th, and is 00:30 in UTC from the 30th on.
        assert_eq!(starts, ["\"2026-03-29T01:30:00.000+0000\"", "\"2026-03-30T00:30:00.000+0000\""]);
        assert_eq!(copies(service).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_zone_of_the_account_is_asked_for_where_a_series_names_none() {
    in_both_modes(async |service, client| {
        let dates = r#""isAllDay":false,"startDate":"2026-03-01T08:00:00.000+0000","timeZone":"""#;
        let task = series(service, client, "RRULE:FREQ=DAILY", dates).await;
        service.forget_requests();
        client.task().complete(&task).await.unwrap();
        client.task().skip(&task).await.unwrap();
        assert_eq!(service.count(&op::USER_SETTINGS), 1, "once");
        assert_eq!(lines(service).len(), 5, "once");
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_doubles_nothing() {
    for fault in [Fault::LoseAnswer, Fault::Reset, Fault::Truncate, Fault::BreakBody] {
        with_series("RRULE:FREQ=DAILY;COUNT=3", async |service, client, task| {
            let before = stored_task(service, &task.id);
            service.faults().next(&op::TASK_BATCH, fault.clone());
            let done = client.task().complete(&task).await.unwrap();
            let [copy] = &copies(service)[..] else { panic!("{fault:?}: one copy") };
            assert_eq!(copy["id"], format!("{:?}", done.id.as_str()));
            assert_eq!(copy["etag"], format!("{:?}", done.etag.get().unwrap().as_str()));
            let sent = if fault == Fault::Reset { 2 } else { 1 };
            assert_eq!(service.count(&op::TASK_BATCH), sent, "{fault:?}");
            went_on(service, &before);

            service.faults().next(&op::TASK_BATCH, fault.clone());
            client.task().skip(&task).await.unwrap();
            assert_eq!(copies(service).len(), 1);
            assert_eq!(stored_task(service, &task.id)["repeatFlag"], r#""RRULE:FREQ=DAILY;COUNT=1""#);
        })
        .await;
    }
}

#[tokio::test]
async fn a_verified_occurrence_costs_a_read_of_each() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let task = series(&service, &client(&service), "RRULE:FREQ=DAILY;COUNT=3", DAY).await;
        service.forget_requests();
        let client = builder(&service).verify_writes(true).build().unwrap();
        let done = client.task().complete(&task).await.unwrap();
        assert_eq!(lines(&service), [get(), BATCH.into(), get(), format!("GET /api/v2/task/{}", done.id)]);
    }
}

#[tokio::test]
async fn many_series_are_completed_in_few_requests() {
    in_both_modes(async |service, client| {
        let first = series(service, client, "RRULE:FREQ=DAILY;COUNT=3", DAY).await;
        let mut many: Vec<Task> = (0..120)
            .map(|number| {
                let mut task = first.clone();
                task.id = TaskId::from(format!("{number:024x}"));
                task
            })
            .collect();
        many.push(client.task().create(TaskDraft::new("once")).await.unwrap());
        let mut batch = BatchTasks::default();
        batch.add.extend(many.iter().cloned());
        raw::task::batch(client.transport(), &batch).await.unwrap();
        service.forget_requests();

        service.faults().add(Rule::new(Fault::LoseAnswer).operation(&op::TASK_BATCH).times(1));
        let report = client.task().batch().complete(&many).send().await.unwrap();
        assert_eq!(report.failures().count(), 0, "{report:?}");
        assert_eq!(service.count(&op::TASK_BATCH), 2, "a series is two of 200 tasks");
        for (item, task) in report.items().iter().zip(&many) {
            let done = item.result.as_ref().unwrap();
            assert!(item.id == task.id && done.is_completed());
            assert_eq!(done.repeat_task_id.get(), (task.recurrence().is_some()).then_some(&task.id));
        }
        assert_eq!(copies(service).len(), 120, "one each");
        assert_eq!(stored_task(service, &many[7].id)["repeatFlag"], r#""RRULE:FREQ=DAILY;COUNT=2""#);
    })
    .await;
}

#[tokio::test]
async fn a_series_that_is_named_twice_in_a_batch_is_completed_once() {
    with_series("RRULE:FREQ=DAILY;COUNT=3", async |service, client, task| {
        let before = stored_task(service, &task.id);
        let report = client.task().batch().complete([&task, &task]).send().await.unwrap();
        let failures: Vec<_> = report.failures().collect();
        assert_eq!(failures.len(), 1);
        assert_eq!(failures[0].id, &task.id);
        assert!(matches!(failures[0].error, Error::InvalidInput { .. }), "{:?}", failures[0].error);
        assert_eq!(copies(service).len(), 1);
        went_on(service, &before);
    })
    .await;
}

#[tokio::test]
async fn calls_can_be_sent_to_other_threads() {
    fn send<T: Send>(_: T) {}
    let service = service(UpdateMode::Merge);
    let (client, id) = (client(&service), TaskId::from(ID));
    send(client.task().skip(&id));
    send(client.task().batch().complete(Vec::<Task>::new()).send());
}

#[tokio::test]
async fn a_series_that_has_moved_on_is_not_moved_back_by_a_batch() {
    with_series("RRULE:FREQ=DAILY", async |service, client, task| {
        client.task().complete(&task).await.unwrap();
        let moved = client.task().get(&task).await.unwrap();
        lines(service);
        let report = client.task().batch().complete([&task]).send().await.unwrap();
        let copy = report.items()[0].result.as_ref().unwrap();
        assert_eq!(
            copy.start_date, moved.start_date,
            "the current occurrence is completed, not the one that the caller has"
        );
        assert_eq!(lines(service), [get(), "POST /api/v2/batch/task".into()]);
        let next = client.task().get(&task).await.unwrap();
        assert!(next.start_date.get().unwrap().instant() > moved.start_date.get().unwrap().instant());
    })
    .await;
}

#[tokio::test]
async fn a_draft_says_what_the_next_occurrence_counts_from() {
    in_both_modes(async |_, client| {
        let due = Due::day(date(2026, 3, 1));
        let draft = TaskDraft::new("Water").due(due).repeat("RRULE:FREQ=DAILY").repeat_from(RepeatFrom::Completion);
        let id = client.task().create(draft).await.unwrap().id;
        let tasks = client.task().list().await.unwrap();
        let stored = tasks.iter().find(|task| task.id == id).unwrap();
        assert_eq!(RepeatFrom::read(&stored.repeat_from), Some(RepeatFrom::Completion));
    })
    .await;
}
