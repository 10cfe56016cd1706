//! A list shows of each task what the whole task says.

use jiff::civil::date;
use ticktick::Due;
use ticktick::mirror::{TaskQuery, TaskRow};
use ticktick::{Account, Recurrence, Task, TaskDraft};

use crate::world::World;

/// What a whole task says, as a row.
fn expected(task: &Task, account: &Account, row: &TaskRow) -> TaskRow {
    let mut expected = row.clone();
    let project = account.projects().iter().find(|project| project.id == task.project_id);
    let inbox = account.inbox_id().filter(|inbox| **inbox == task.project_id);
    expected.id = task.id.clone();
    expected.title = task.title().to_owned();
    expected.project_id = task.project_id.clone();
    expected.project = project.map(|project| project.name().into()).or_else(|| inbox.map(|_| "Inbox".into()));
    expected.status = task.status();
    expected.kind = task.kind();
    expected.priority = task.priority();
    expected.due = task.due(account.zone());
    expected.unknown_zone = task.unknown_zone().map(str::to_owned);
    expected.tags = task.tags().to_vec();
    expected.parent = task.parent().cloned();
    expected.column = task.column().cloned();
    expected.items = task.items().len();
    expected.items_done = task.items().iter().filter(|item| item.is_done()).count();
    expected.repeat = task.repeat_flag.get().cloned().filter(|rule| !rule.is_empty());
    expected.pinned = task.is_pinned();
    expected.sort_order = task.sort_order.get().copied().unwrap_or(0);
    expected.etag = task.etag.get().cloned();
    expected.modified = task.modified_time.get().and_then(|time| time.instant());
    expected.completed = task.completed_time.get().and_then(|time| time.instant());
    expected
}

#[tokio::test]
async fn rows_say_what_the_tasks_say() {
    let world = World::refreshed().await;
    let tasks = world.client.task();
    let floating = Due::floating(date(2026, 3, 4).at(7, 30, 0, 0));
    let checklist = TaskDraft::new("List").item("one").item("two").due(floating).repeat(Recurrence::weekly());
    let pinned = tasks.create(checklist).await.unwrap();
    tasks.pin(&pinned).await.unwrap();
    tasks.create(TaskDraft::new("Week").due(Due::days(date(2026, 3, 2)..=date(2026, 3, 8)).unwrap())).await.unwrap();
    let zoned = Due::at("2026-03-02T09:00[Asia/Tokyo]".parse().unwrap());
    tasks.create(TaskDraft::new("Tokyo").due(zoned).tag("a").tag("b").parent(&pinned)).await.unwrap();
    world.mirror.refresh(&world.client).await.unwrap();

    let account = world.mirror.account().unwrap();
    let rows = world.mirror.list(&TaskQuery::new()).unwrap();
    assert_eq!(rows.len(), account.tasks().len());
    for row in &rows {
        assert_eq!(*row, expected(account.task(&row.id).unwrap(), &account, row));
    }
    for row in world.mirror.list(&TaskQuery::new().with_texts()).unwrap() {
        let (task, texts) = (account.task(&row.id).unwrap(), row.texts.as_ref().unwrap());
        assert_eq!(texts.content, task.content());
        let items = texts.items.iter().map(|item| (item.title.as_str(), item.done));
        let whole = task.items().iter().map(|item| (item.title.as_deref().unwrap_or_default(), item.is_done()));
        assert!(items.eq(whole), "{:?}", texts.items);
    }
}

#[tokio::test]
async fn all_conditions_of_a_list_apply() {
    let world = World::refreshed().await;
    let account = world.mirror.account().unwrap();
    let listed = |query: TaskQuery| -> Vec<_> {
        let mut ids: Vec<_> = world.mirror.list(&query).unwrap().into_iter().map(|row| row.id).collect();
        ids.sort();
        ids
    };
    let wanted = |is: &dyn Fn(&Task) -> bool| -> Vec<_> {
        let mut ids: Vec<_> = account.tasks().iter().filter(|task| is(task)).map(|task| task.id.clone()).collect();
        ids.sort();
        assert!(!ids.is_empty());
        ids
    };
    let (inbox, zone) = (account.inbox_id().unwrap(), account.zone());
    let is_due = |task: &Task| task.due(zone).is_some_and(|due| *due.days_in(zone).end() <= date(2026, 3, 1));
    assert_eq!(listed(TaskQuery::new().project("inbox")), wanted(&|task| task.project_id == *inbox));
    assert_eq!(listed(TaskQuery::new().tag("Errands")), wanted(&|task| task.has_tag("errands")));
    assert_eq!(listed(TaskQuery::new().due(..=date(2026, 3, 1))), wanted(&is_due));
    let both = TaskQuery::new().tag("errands").due(..=date(2026, 3, 1));
    assert_eq!(listed(both), wanted(&|task| task.has_tag("errands") && is_due(task)));
    assert!(listed(TaskQuery::new().closed()).is_empty());

    let closed = &account.tasks()[0];
    world.client.task().complete(closed).await.unwrap();
    let rows = world.mirror.list(&TaskQuery::new().closed()).unwrap();
    assert_eq!(rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&closed.id]);
    assert!(rows[0].completed.is_some());
}

#[tokio::test]
async fn tasks_that_last_several_days_are_listed_while_they_run() {
    let world = World::refreshed().await;
    let (first, last) = (date(2026, 3, 1), date(2026, 3, 4));
    let trip = TaskDraft::new("Trip").due(Due::days(first..=last).unwrap());
    let trip = world.client.task().create(trip).await.unwrap();
    let is_running =
        |day| world.mirror.list(&TaskQuery::new().running(day)).unwrap().iter().any(|row| row.id == trip.id);
    assert!(!is_running(date(2026, 2, 28)));
    assert!(is_running(first) && is_running(date(2026, 3, 3)));
    assert!(!is_running(last), "it is due on its last day");
    let due = world.mirror.list(&TaskQuery::new().due(last..=last)).unwrap();
    assert!(due.iter().any(|row| row.id == trip.id));
    let rows = world.mirror.list(&TaskQuery::new().with_texts()).unwrap();
    let row = rows.iter().find(|row| row.id == trip.id).unwrap();
    let texts = row.texts.as_ref().unwrap();
    assert_eq!(texts.created, trip.created_time.get().and_then(ticktick::models::Timestamp::instant));
    assert!(texts.reminders.is_empty());
}
