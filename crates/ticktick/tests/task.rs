//! What the calls of the task manager do, in both of the simulator's update modes.

use jiff::civil::{date, time};
use ticktick::raw::op;
use ticktick::tag::TagName;
use ticktick::task::{ChecklistItemId, TaskKind};
use ticktick::{Due, Error, ItemDraft, Priority, ProjectId, Task, TaskDraft, TaskId, TaskPatch, Trigger};
use ticktick_sim::Fault;

use crate::common::{NOW, client, differences, in_both_modes, lines, odd_task, service, stored, stored_task};

#[tokio::test]
async fn what_does_not_differ_is_not_written() {
    in_both_modes(async |service, client| {
        let task = odd_task(client).await;
        lines(service);
        let again = TaskPatch::new()
            .title("Walk")
            .content("*far*")
            .priority(Priority::Unknown(4))
            .due(task.due(&jiff::tz::TimeZone::UTC).unwrap())
            .clear_repeat()
            .reminders(task.reminders.iter().map(|one| one.trigger.clone()))
            .tags(["Errands"])
            .clear_column();
        let manager = client.task();
        manager.patch(&task, again).await.unwrap();
        manager.reopen(&task).await.unwrap();
        manager.unpin(&task).await.unwrap();
        manager.add_tags(&task, ["errands"]).await.unwrap();
        manager.remove_tags(&task, ["other"]).await.unwrap();
        manager.complete_item(&task, &task.items[0]).await.unwrap();
        manager.reopen_item(&task, &task.items[1]).await.unwrap();
        manager.move_item(&task, &task.items[0], 0).await.unwrap();
        manager.remove_item(&task, ChecklistItemId::new()).await.unwrap();
        manager.remove_reminder(&task, &Trigger::at_start()).await.unwrap();
        manager.convert(&task, TaskKind::Checklist).await.unwrap();
        let same = manager.add_reminder(&task, task.reminders[0].trigger.clone()).await.unwrap();
        assert_eq!(service.count(&op::TASK_GET), 12);
        assert_eq!(service.count(&op::TASK_BATCH), 0);
        assert_eq!(same, task);
    })
    .await;
}

#[tokio::test]
async fn a_task_is_completed_and_reopened() {
    in_both_modes(async |service, client| {
        let task = odd_task(client).await;
        let done = client.task().complete(&task).await.unwrap();
        assert!(done.is_completed());
        assert_eq!(done.completed_time.to_string().as_str(), NOW);
        let user = done.completed_user_id.copied().unwrap();
        assert!(client.project().inbox().await.unwrap().id.as_str().ends_with(&user.to_string()));
        let given_up = client.task().wont_do(&task).await.unwrap();
        assert!(given_up.is_wont_do());
        let open = client.task().reopen(&task).await.unwrap();
        assert!(open.is_open() && open.completed_time.is_null() && open.completed_user_id.is_null());
        assert!(!stored_task(service, &task.id).contains_key("completedTime"));
    })
    .await;
}

#[tokio::test]
async fn a_pin_is_set_and_taken_off() {
    in_both_modes(async |_, client| {
        let task = client.task().create(TaskDraft::new("x").pinned()).await.unwrap();
        assert!(client.task().get(&task).await.unwrap().is_pinned());
        client.task().unpin(&task).await.unwrap();
        assert!(!client.task().get(&task).await.unwrap().is_pinned());
        client.task().pin(&task).await.unwrap();
        assert!(client.task().get(&task).await.unwrap().is_pinned());
    })
    .await;
}

#[tokio::test]
async fn a_draft_with_all_fields_is_stored_as_given() {
    in_both_modes(async |_, client| {
        let column = client.column().create(ProjectId::from("inbox"), "Soon").await.unwrap().id;
        let draft = TaskDraft::new("Trip")
            .project(ProjectId::from("inbox"))
            .column(column.clone())
            .content("far")
            .tag("Away")
            .due(Due::day(date(2026, 3, 9)))
            .repeat("RRULE:FREQ=YEARLY;INTERVAL=1")
            .reminder(Trigger::on_day(1, time(9, 0, 0, 0)))
            .item(ItemDraft::new("Ticket").done())
            .item(ItemDraft::new("Visa").due(Due::day(date(2026, 3, 2))))
            .pinned();
        let task = client.task().create(draft).await.unwrap();
        let read = client.task().get(&task).await.unwrap();
        assert_eq!(read.body(), Some("far"));
        assert_eq!(read.column_id.get(), Some(&column));
        assert_eq!(read.repeat_flag.as_deref(), Some("RRULE:FREQ=YEARLY;INTERVAL=1"));
        assert!(read.is_pinned());
        assert_eq!(read.reminders[0].trigger.day(), Some((1, time(9, 0, 0, 0))));
        assert_eq!(read.items[0].completed_time.to_string(), NOW);
        let zone = client.time_zone().await.unwrap();
        assert_eq!(read.items[1].due(&zone).unwrap().date(), date(2026, 3, 2));
        assert_eq!(client.task().list_by_tag(TagName::from("AWAY")).await.unwrap(), [read]);
        let note = TaskDraft::new("Idea").kind(TaskKind::Note).content("big");
        let note = client.task().create(note).await.unwrap();
        assert!(note.is_note() && note.content == "big");
    })
    .await;
}

#[tokio::test]
async fn tasks_are_put_in_order() {
    in_both_modes(async |service, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        let titles = async || {
            let mut tasks = client.task().list_by_project(&inbox).await.unwrap();
            tasks.sort_by_key(|task| task.sort_order.copied());
            tasks
                .into_iter()
                .map(|task| task.title.unwrap_or_default())
                .filter(|title| title.len() == 1)
                .collect::<String>()
        };
        let manager = client.task();
        let b = manager.create(TaskDraft::new("b").at_top()).await.unwrap();
        let c = manager.create(TaskDraft::new("c").at_bottom()).await.unwrap();
        let a = manager.create(TaskDraft::new("a").at_top()).await.unwrap();
        assert_eq!(titles().await, "abc");
        lines(service);
        manager.move_before(&c, &b).await.unwrap();
        assert_eq!(lines(service), [format!("GET /api/v2/project/{inbox}/tasks"), "POST /api/v2/batch/task".into()]);
        assert_eq!(titles().await, "acb");
        manager.move_after(&a, &c).await.unwrap();
        assert_eq!(titles().await, "cab");
        manager.move_to_top(&b).await.unwrap();
        assert_eq!(titles().await, "bca");
        lines(service);
        manager.move_before(&b, &c).await.unwrap();
        assert_eq!(lines(service).len(), 1, "it is there already");
        let error = manager.move_before(&b, &b).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    })
    .await;
}

/// Creates a project with three tasks at adjacent positions.
async fn close_together(client: &ticktick::Client) -> [Task; 3] {
    let project = client.project().list().await.unwrap().pop().unwrap();
    let mut tasks = Vec::new();
    for (title, place) in [("a", 0), ("b", 1), ("c", 2)] {
        let task = client.task().create(TaskDraft::new(title).project(&project.id)).await.unwrap();
        let mut task = client.task().get(&task).await.unwrap();
        task.sort_order = (i64::MAX - 2 + place).into();
        tasks.push(client.task().update(&task).await.unwrap());
    }
    tasks.try_into().unwrap()
}

#[tokio::test]
async fn neighbors_make_room_in_one_call() {
    in_both_modes(async |service, client| {
        for fault in [None, Some(Fault::LoseAnswer), Some(Fault::Reset)] {
            let [a, b, c] = close_together(client).await;
            let before = stored(service);
            if let Some(fault) = fault.clone() {
                service.faults().next(&op::TASK_BATCH, fault);
            }
            service.forget_requests();
            let moved = client.task().move_after(&a, &b).await.unwrap();
            let sent = if matches!(fault, Some(Fault::Reset)) { 2 } else { 1 };
            assert_eq!(service.count(&op::TASK_BATCH), sent);
            let after = stored(service);
            let place = |task: &Task| after[task.id.as_str()]["sortOrder"].parse::<i64>().unwrap();
            assert!(place(&b) < place(&a) && place(&a) < place(&c));
            assert_eq!(moved.sort_order, place(&a));
            assert_eq!(moved.etag, client.task().get(&a).await.unwrap().etag);
            for (id, was) in &before {
                let allowed = ["etag", "modifiedTime", "sortOrder"];
                assert!(differences(was, &after[id]).iter().all(|key| allowed.contains(&key.as_str())), "{id}");
            }
            for task in [a, b, c] {
                client.task().delete(&task).await.unwrap();
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_copy_is_a_task_of_its_own() {
    in_both_modes(async |service, client| {
        let task = odd_task(client).await;
        client.task().pin(&task).await.unwrap();
        client.task().complete(&task).await.unwrap();
        let before = stored(service);
        lines(service);
        let copy = client.task().duplicate(&task).await.unwrap();
        assert_eq!(lines(service), [format!("GET /api/v2/task/{}", task.id), "POST /api/v2/batch/task".into()]);
        assert_eq!(stored_task(service, &task.id), before[task.id.as_str()], "the first one stays");
        let read = client.task().get(&copy).await.unwrap();
        assert!(read.is_open() && !read.is_pinned() && read.completed_time.get().is_none());
        assert_eq!(read.items.len(), 2);
        for (one, other) in read.items.iter().zip(&task.items) {
            assert!(one.id != other.id && one.title == other.title && one.extra == other.extra);
        }
        for (one, other) in read.reminders.iter().zip(&task.reminders) {
            assert!(one.id != other.id && one.trigger == other.trigger && one.extra == other.extra);
        }
        let differ = differences(&before[task.id.as_str()], &stored_task(service, &copy.id));
        let allowed = [
            "completedTime",
            "completedUserId",
            "createdTime",
            "etag",
            "id",
            "items",
            "pinnedTime",
            "reminders",
            "sortOrder",
            "status",
        ];
        assert_eq!(differ.iter().map(String::as_str).collect::<Vec<_>>(), allowed);
    })
    .await;
}

#[tokio::test]
async fn checklist_items_are_added_completed_moved_and_removed() {
    in_both_modes(async |_, client| {
        let manager = client.task();
        let task = manager.create(TaskDraft::new("Shop").content("on foot")).await.unwrap();
        let task = manager.add_item(&task, "Milk").await.unwrap();
        assert_eq!(task.kind.get(), Some(&TaskKind::Checklist));
        assert_eq!(task.desc.as_deref(), Some("on foot"));
        let task = manager.add_item(&task, ItemDraft::new("Bread").due(Due::day(date(2026, 3, 2)))).await.unwrap();
        let [milk, bread] = [0, 1].map(|place| task.items[place].id.clone());
        manager.complete_item(&task, &milk).await.unwrap();
        manager.rename_item(&task, &bread, "Rolls").await.unwrap();
        let task = manager.move_item(&task, &bread, 0).await.unwrap();
        assert!(task.items[1].sort_order.get() < task.items[0].sort_order.get());
        let read = manager.get(&task).await.unwrap();
        assert_eq!(read.progress.copied(), Some(50));
        assert_eq!(read.items[1].title.as_deref(), Some("Rolls"));
        manager.reopen_item(&task, &milk).await.unwrap();
        let text = manager.convert(&task, TaskKind::Text).await.unwrap();
        assert_eq!(text.content, "on foot\n- [ ] Rolls\n- [ ] Milk");
        let error = manager.complete_item(&task, &milk).await.unwrap_err();
        assert!(matches!(error, Error::NotFound { what: "checklist item", .. }), "{error:?}");
        let note = manager.convert(&task, TaskKind::Note).await.unwrap();
        assert!(matches!(manager.add_item(&note, "x").await.unwrap_err(), Error::InvalidInput { .. }));
    })
    .await;
}

#[tokio::test]
async fn reminders_that_stay_keep_what_is_in_them() {
    in_both_modes(async |service, client| {
        let task = odd_task(client).await;
        let nine = task.reminders[0].trigger.clone();
        let evening = Trigger::on_day(1, time(20, 0, 0, 0));
        let set = client.task().set_reminders(&task, [evening.clone(), nine, evening.clone()]).await.unwrap();
        assert_eq!(set.reminders[0], task.reminders[0]);
        assert_eq!(set.reminders.len(), 2);
        assert_eq!(set.reminders[1].trigger, evening);
        assert_eq!(set.reminders[1].id.get().unwrap().as_str().len(), 24);
        client.task().remove_reminder(&task, &evening).await.unwrap();
        assert!(stored_task(service, &task.id)["reminders"].contains("3.50"));
        client.task().set_reminders(&task, []).await.unwrap();
        assert_eq!(stored_task(service, &task.id)["reminders"], "[]");
    })
    .await;
}

#[tokio::test]
async fn a_task_in_the_trash_counts_as_deleted() {
    in_both_modes(async |_, client| {
        let mut task = odd_task(client).await;
        client.task().delete(&task).await.unwrap();
        task.deleted = ticktick::models::DeletedState::InTrash.into();
        assert!(client.task().delete(&task).await.unwrap_err().is_not_found());
        assert!(client.task().get(&task).await.unwrap_err().is_not_found());
        assert!(client.task().patch(&task, TaskPatch::new().title("x")).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_is_sent() {
    let service = service(ticktick_sim::UpdateMode::Merge);
    let client = client(&service);
    let task = Task::new("65f0a1b2c3d4e5f6a7b8c9d0", "inbox");
    let manager = client.task();
    let rule = "RRULE:FREQ=DAILY;INTERVAL=1";
    let days = ItemDraft::new("y").due(Due::days(date(2026, 3, 1)..=date(2026, 3, 2)).unwrap());
    for answer in [
        manager.add_tags(&task, ["a b"]).await,
        manager.set_tags(&task, [""]).await,
        manager.patch(&task, TaskPatch::new().tags(["a:b"])).await,
        manager.patch(&task, TaskPatch::new().clear_due().repeat(rule)).await,
        manager.create(TaskDraft::new("x").tag("#x")).await,
        manager.create(TaskDraft::new("x").kind(TaskKind::Note).item("y")).await,
        manager.create(TaskDraft::new("x").repeat(rule)).await,
        manager.convert(&task, "SONG".into()).await,
        manager.create(TaskDraft::new("x").item(days.clone())).await,
        manager.add_item(&task, days).await,
    ] {
        assert!(matches!(answer, Err(Error::InvalidInput { .. })), "{answer:?}");
    }
    assert!(service.requests().is_empty());
    let plain = manager.create(TaskDraft::new("x")).await.unwrap();
    let mut series = plain.clone();
    series.repeat_flag = rule.into();
    for answer in [manager.patch(&plain, TaskPatch::new().repeat(rule)).await, manager.update(&series).await] {
        let error = answer.unwrap_err();
        assert!(error.to_string().contains("needs a date"), "{error}");
    }
}

/// Every call can be made on a thread of its own.
#[tokio::test]
async fn calls_can_be_sent_to_other_threads() {
    fn send<T: Send>(_: T) {}
    let service = service(ticktick_sim::UpdateMode::Merge);
    let client = client(&service);
    let (manager, task, item) = (client.task(), Task::new("a", "b"), ChecklistItemId::new());
    let id = TaskId::from("a");
    send(manager.list_by_tag(TagName::from("x")));
    send(manager.create(TaskDraft::new("x").at_top()));
    send(manager.update(&task));
    send(manager.patch(&task, TaskPatch::new()));
    send((manager.complete(&id), manager.wont_do(&id), manager.reopen(&id), manager.pin(&id), manager.unpin(&id)));
    send((manager.move_before(&id, &task), manager.move_after(&id, &task)));
    send((manager.move_to_top(&task), manager.move_to_bottom(&task)));
    send((manager.convert(&id, TaskKind::Note), manager.duplicate(&id)));
    send((manager.add_item(&id, "x"), manager.rename_item(&id, &item, "x"), manager.move_item(&id, &item, 0)));
    send((manager.complete_item(&id, &item), manager.reopen_item(&id, &item), manager.remove_item(&id, &item)));
    send((manager.add_tags(&id, ["x"]), manager.remove_tags(&id, ["x"]), manager.set_tags(&id, ["x"])));
    send(manager.set_reminders(&id, [Trigger::at_start()]));
    send(manager.add_reminder(&id, Trigger::at_start()));
    send(manager.remove_reminder(&id, &Trigger::at_start()));
}
