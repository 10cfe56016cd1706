//! Reminders follow the kind of date, in both update modes of the simulator.

use jiff::SignedDuration;
use jiff::civil::{date, time};
use ticktick::{Due, Error, Task, TaskDraft, TaskPatch, Trigger, jiff};

use crate::common::in_both_modes;

fn texts(task: &Task) -> Vec<String> {
    task.reminders.iter().map(|one| one.trigger.to_string()).collect()
}

fn at_nine() -> Due {
    Due::at("2026-03-05T09:00[UTC]".parse().unwrap())
}

fn day() -> Due {
    Due::day(date(2026, 3, 5)).in_zone(jiff::tz::TimeZone::UTC)
}

#[tokio::test]
async fn a_patch_between_a_day_and_a_time_takes_the_reminders_along() {
    in_both_modes(async |_, client| {
        let early = Trigger::before(SignedDuration::from_mins(30));
        let draft = TaskDraft::new("x").due(at_nine()).reminder(early).reminder(Trigger::at_start());
        let task = client.task().create(draft).await.unwrap();
        client.task().patch(&task, TaskPatch::new().due(day())).await.unwrap();
        let task = client.task().get(&task).await.unwrap();
        assert_eq!(texts(&task), ["TRIGGER:P0DT8H30M0S", "TRIGGER:P0DT9H0M0S"]);
        client.task().patch(&task, TaskPatch::new().due(at_nine())).await.unwrap();
        let task = client.task().get(&task).await.unwrap();
        assert_eq!(texts(&task), ["TRIGGER:-PT30M", "TRIGGER:PT0S"]);
        client.task().patch(&task, TaskPatch::new().clear_due()).await.unwrap();
        assert!(client.task().get(&task).await.unwrap().reminders.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_reminder_at_a_senseless_time_is_refused() {
    in_both_modes(async |service, client| {
        let on_day = Trigger::on_day(0, time(9, 0, 0, 0));
        let timed = client.task().create(TaskDraft::new("timed").due(at_nine())).await.unwrap();
        let whole = client.task().create(TaskDraft::new("day").due(day())).await.unwrap();
        service.forget_requests();
        let manager = client.task();
        let refused: [(Result<Task, Error>, &str); 6] = [
            (manager.add_reminder(&timed, on_day.clone()).await, "Trigger::before"),
            (manager.set_reminders(&whole, [Trigger::at_start()]).await, "Trigger::on_day"),
            (manager.patch(&whole, TaskPatch::new().reminders([Trigger::at_start()])).await, "Trigger::on_day"),
            (
                manager.patch(&whole, TaskPatch::new().due(at_nine()).reminders([on_day.clone()])).await,
                "Trigger::before",
            ),
            (manager.create(TaskDraft::new("x").due(day()).reminder(Trigger::at_start())).await, "Trigger::on_day"),
            (manager.create(TaskDraft::new("x").due(at_nine()).reminder(on_day)).await, "Trigger::before"),
        ];
        for (result, wanted) in refused {
            let error = result.unwrap_err();
            assert!(matches!(error, Error::InvalidInput { .. }) && error.to_string().contains(wanted), "{error}");
        }
        assert_eq!(service.count(&ticktick::raw::op::TASK_BATCH), 0);
    })
    .await;
}

#[tokio::test]
async fn without_a_date_there_are_no_reminders() {
    in_both_modes(async |_, client| {
        let plain = client.task().create(TaskDraft::new("plain")).await.unwrap();
        for result in [
            client.task().create(TaskDraft::new("x").reminder(Trigger::at_start())).await,
            client.task().add_reminder(&plain, Trigger::at_start()).await,
            client.task().patch(&plain, TaskPatch::new().reminders([Trigger::at_start()])).await,
        ] {
            let error = result.unwrap_err();
            assert!(error.to_string().contains("needs a date"), "{error}");
        }
        let patch = TaskPatch::new().due(day()).reminders([Trigger::on_day(1, time(0, 0, 0, 0))]);
        let task = client.task().patch(&plain, patch).await.unwrap();
        assert_eq!(texts(&task), ["TRIGGER:-PT1440M"], "a date and its reminders in one patch");
    })
    .await;
}
