//! No call of the task manager changes what it does not mean to change, in both of the simulator's update modes.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{date, time};
use ticktick::task::{ChecklistItemId, TaskKind};
use ticktick::{Client, Due, Error, Priority, Task, TaskId, TaskPatch, Trigger};

use crate::common::{NOW, builder, differences, in_both_modes, lines, odd_task, stored};

/// Runs a call on every open task, and checks that it changed no member but those that it may.
async fn touches_only(members: &[&str], call: impl AsyncFn(&Client, &Task) -> Result<Task, Error>) {
    touches_only_of(|_| true, members, call).await;
}

/// Does the same with the open tasks that are `wanted`.
async fn touches_only_of(
    wanted: impl Fn(&Task) -> bool,
    members: &[&str],
    call: impl AsyncFn(&Client, &Task) -> Result<Task, Error>,
) {
    in_both_modes(async |service, client| {
        odd_task(client).await;
        let mut tasks = client.task().list().await.unwrap();
        tasks.retain(&wanted);
        let before = stored(service);
        let mut answers = BTreeMap::new();
        for task in &tasks {
            match call(client, task).await {
                Ok(answer) => {
                    drop(answers.insert(task.id.to_string(), format!("{:?}", answer.etag.get().unwrap().as_str())))
                }
                // A note without a checklist, a rule without a date.
                Err(Error::Unsupported { .. } | Error::InvalidInput { .. } | Error::NotFound { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        let after = stored(service);
        assert_eq!(before.len(), after.len());
        let mut written = 0;
        for (id, was) in &before {
            let mut different = differences(was, &after[id]);
            if different.is_empty() {
                continue;
            }
            written += 1;
            assert_eq!(after[id]["modifiedTime"], format!("{NOW:?}"), "{id}");
            assert_eq!(after[id]["etag"], answers[id], "only what was answered is written, and with its version");
            for key in ["etag", "modifiedTime"].iter().chain(members) {
                different.remove(*key);
            }
            assert!(different.is_empty(), "{}: {different:?}", was["title"]);
        }
        assert!(written > 0, "a call that never writes proves nothing");
    })
    .await;
}

#[tokio::test]
async fn closing_reopening_and_pinning_change_no_other_member() {
    let closing = ["status", "completedTime", "completedUserId"];
    // Of a series a copy is closed; `series.rs` has that.
    let once = |task: &Task| task.recurrence().is_none();
    touches_only_of(once, &closing, async |client, task| client.task().complete(task).await.map(Task::from)).await;
    touches_only_of(once, &closing, async |client, task| client.task().wont_do(task).await.map(Task::from)).await;
    touches_only_of(once, &closing, async |client, task| {
        client.task().complete(task).await?;
        client.task().reopen(task).await
    })
    .await;
    touches_only(&["pinnedTime"], async |client, task| client.task().pin(task).await).await;
    touches_only(&["pinnedTime"], async |client, task| {
        client.task().pin(task).await?;
        client.task().unpin(task).await
    })
    .await;
}

#[tokio::test]
async fn patches_change_no_other_member() {
    let patch = async |members: &[&str], patch: TaskPatch| {
        touches_only(members, async |client, task| client.task().patch(task, patch.clone()).await).await;
    };
    let dates = ["startDate", "dueDate", "isAllDay", "isFloating", "timeZone", "reminders"];
    patch(&["title"], TaskPatch::new().title("x")).await;
    patch(&["content", "desc"], TaskPatch::new().content("x")).await;
    patch(&["priority"], TaskPatch::new().priority(Priority::Low)).await;
    patch(&dates, TaskPatch::new().due(Due::day(date(2026, 5, 1)))).await;
    patch(&["startDate", "dueDate", "repeatFlag", "repeatFirstDate", "reminders"], TaskPatch::new().clear_due()).await;
    patch(&["repeatFlag"], TaskPatch::new().repeat("RRULE:FREQ=DAILY;INTERVAL=2")).await;
    patch(&["repeatFlag", "repeatFirstDate"], TaskPatch::new().clear_repeat()).await;
    patch(&["reminders"], TaskPatch::new().reminders([Trigger::at_start()])).await;
    patch(&["tags"], TaskPatch::new().tags(["new"])).await;
    touches_only(&["columnId"], async |client, task| {
        let columns = client.column().list_by_project(&task.project_id).await?;
        match columns.into_iter().find(|column| task.column_id != column.id) {
            Some(column) => client.task().patch(task, TaskPatch::new().column(column.id)).await,
            None => client.task().get(TaskId::new()).await,
        }
    })
    .await;
    patch(&["columnId"], TaskPatch::new().clear_column()).await;
}

#[tokio::test]
async fn parts_touch_nothing_else() {
    let checklist = ["items", "kind", "content", "desc", "progress"];
    touches_only(&checklist, async |client, task| client.task().add_item(task, "x").await).await;
    touches_only(&checklist, async |client, task| client.task().convert(task, TaskKind::Checklist).await).await;
    touches_only(&checklist, async |client, task| client.task().convert(task, TaskKind::Note).await).await;
    let first = |task: &Task| task.items.first().map_or_else(ChecklistItemId::new, |item| item.id.clone());
    let items = ["items", "progress"];
    touches_only(&items, async |client, task| client.task().complete_item(task, first(task)).await).await;
    touches_only(&items, async |client, task| client.task().reopen_item(task, first(task)).await).await;
    touches_only(&items, async |client, task| client.task().rename_item(task, first(task), "x").await).await;
    touches_only(&items, async |client, task| client.task().move_item(task, first(task), 9).await).await;
    touches_only(&items, async |client, task| client.task().remove_item(task, first(task)).await).await;
    touches_only(&["tags"], async |client, task| client.task().add_tags(task, ["New", "errands"]).await).await;
    touches_only(&["tags"], async |client, task| client.task().remove_tags(task, ["ERRANDS"]).await).await;
    let alarm = || Trigger::before(SignedDuration::from_mins(7));
    touches_only(&["reminders"], async |client, task| client.task().add_reminder(task, alarm()).await).await;
    touches_only(&["reminders"], async |client, task| client.task().set_reminders(task, [alarm()]).await).await;
}

#[tokio::test]
async fn orders_and_updates_touch_nothing_else() {
    touches_only(&["sortOrder"], async |client, task| client.task().move_to_top(task).await).await;
    touches_only(&["sortOrder"], async |client, task| client.task().move_to_bottom(task).await).await;
    touches_only(&["title"], async |client, task| {
        let mut task = task.clone();
        task.title = "x".into();
        client.task().update(&task).await
    })
    .await;
}

/// Makes every call that reads a task and writes it back, each with a difference.
async fn every_call(client: &Client, task: &Task, mut between: impl FnMut()) {
    let (manager, alarm, nine) =
        (client.task(), Trigger::on_day(0, time(8, 0, 0, 0)), Trigger::on_day(0, time(9, 0, 0, 0)));
    let (left, right) = (&task.items[0], &task.items[1]);
    macro_rules! calls {
        ($($call:ident($($argument:expr),*);)*) => {
            $(
                manager.$call(task $(, $argument)*).await.unwrap();
                between();
            )*
        };
    }
    calls! {
        complete(); wont_do(); reopen(); pin(); unpin();
        patch(TaskPatch::new().title("x").content("y").priority(Priority::Low).due(Due::day(date(2026, 5, 1))));
        patch(TaskPatch::new().repeat("RRULE:FREQ=DAILY;INTERVAL=1"));
        patch(TaskPatch::new().clear_repeat().clear_column());
        add_reminder(alarm.clone()); set_reminders([nine.clone()]); remove_reminder(&nine);
        patch(TaskPatch::new().clear_due().reminders([]).tags(["a", "b"]));
        add_item("up"); rename_item(left, "down"); reopen_item(left); complete_item(right); move_item(left, 2);
        remove_item(right); add_tags(["c"]); remove_tags(["a"]); set_tags(["d"]);
        convert(TaskKind::Note); convert(TaskKind::Checklist); convert(TaskKind::Text); duplicate();
    }
}

#[tokio::test]
async fn every_call_costs_one_read_and_one_write() {
    in_both_modes(async |service, client| {
        let task = odd_task(client).await;
        client.time_zone().await.unwrap();
        lines(service);
        let wanted = [format!("GET /api/v2/task/{}", task.id), "POST /api/v2/batch/task".to_owned()];
        every_call(client, &task, || assert_eq!(lines(service), wanted)).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_stored_is_what_was_sent() {
    in_both_modes(async |service, client| {
        let task = odd_task(client).await;
        let careful = builder(service).verify_writes(true).build().unwrap();
        every_call(&careful, &task, || ()).await;
        careful.task().move_to_bottom(&task).await.unwrap();
    })
    .await;
}
