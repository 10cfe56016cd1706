//! Two writers of one object: calls at the same time through clones of a client, and two devices.

use jiff::civil::date;
use ticktick::countdown::CountdownDraft;
use ticktick::filter::FilterRule;
use ticktick::focus::TimerDraft;
use ticktick::project::Permission;
use ticktick::tag::TagName;
use ticktick::{Due, Error, FilterDraft, HabitDraft, ProjectDraft, TagDraft, Task, TaskDraft, TaskPatch};

use ticktick::Client;
use ticktick::raw::{self, Pending, Request, Response, Transport};
use ticktick_sim::{DEMO_USER, InProcess, Service, Simulator, UpdateMode};

use crate::common::{self, builder, in_both_modes, stored};

/// A service whose responses let other tasks run first, as those over a network do.
struct Distant(InProcess);

impl Transport for Distant {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let response = self.0.send(request).await;
            tokio::task::yield_now().await;
            response
        })
    }
}

fn distant(service: &Service) -> Client {
    builder(service).transport(Distant(service.signed_on(DEMO_USER))).build().unwrap()
}

fn conflict<T: std::fmt::Debug>(answer: Result<T, Error>) {
    assert!(matches!(answer, Err(Error::Conflict(_))), "{answer:?}");
}

#[tokio::test]
async fn changes_of_one_task_at_the_same_time_lose_nothing() {
    in_both_modes(async |service, _| {
        let client = &distant(service);
        let made = client.task().create(TaskDraft::new("x")).await.unwrap();
        let other = client.clone();
        let names: Vec<String> = (0..10).map(|n| format!("tag{n}")).collect();
        let tags = all(names.iter().map(|name| client.task().add_tags(&made, [name])));
        let items = all(names.iter().map(|name| other.task().add_item(&made, name.as_str())));
        let (tags, items) = tokio::join!(tags, items);
        assert!(tags.iter().chain(&items).all(Result::is_ok));
        let (title, content) = tokio::join!(
            client.task().patch(&made, TaskPatch::new().title("new")),
            other.task().patch(&made, TaskPatch::new().content("text")),
        );
        assert!(title.is_ok() && content.is_ok());
        let stored = client.task().get(&made).await.unwrap();
        assert_eq!(stored.tags.len(), 10);
        assert_eq!(stored.items.len(), 10);
        assert_eq!(stored.title.as_deref(), Some("new"));
        assert_eq!(stored.body(), Some("text"));
    })
    .await;
}

#[tokio::test]
async fn changes_of_one_project_at_the_same_time_lose_nothing() {
    in_both_modes(async |service, _| {
        let client = &distant(service);
        let made = client.project().create(ProjectDraft::new("x")).await.unwrap();
        let (renamed, archived, moved) = tokio::join!(
            client.project().rename(&made, "y"),
            client.project().archive(&made),
            client.project().move_to_bottom(&made),
        );
        assert!(renamed.is_ok() && archived.is_ok() && moved.is_ok());
        let stored = client.project().get(&made).await.unwrap();
        assert!(stored.name == "y" && stored.closed == true && stored.sort_order.get().is_some(), "{stored:?}");
    })
    .await;
}

#[tokio::test]
async fn an_occurrence_that_is_completed_three_times_at_once_is_finished_once() {
    in_both_modes(async |service, _| {
        let client = &distant(service);
        let draft = TaskDraft::new("series").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY;INTERVAL=1");
        let series = client.task().create(draft).await.unwrap();
        let before = stored(service).len();
        let done = all((0..3).map(|_| client.task().complete(&series))).await;
        let ids: Vec<_> = done.into_iter().map(|task| task.unwrap().task.id).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(stored(service).len(), before + 1, "one finished copy");
        client.task().complete(&series).await.unwrap();
        assert_eq!(stored(service).len(), before + 2, "a later call means the next occurrence");
    })
    .await;
}

#[tokio::test]
async fn an_occurrence_that_is_moved_by_hand_three_times_at_once_is_finished_once() {
    in_both_modes(async |service, _| {
        let client = &distant(service);
        let draft = TaskDraft::new("series").due(Due::day(date(2026, 3, 1))).repeat("RRULE:FREQ=DAILY;COUNT=9");
        let series = client.task().create(draft).await.unwrap();
        let (before, due) = (stored(service).len(), || Due::day(date(2026, 3, 8)));
        let done = all((0..3).map(|_| client.task().complete_and_move_to(&series, due()))).await;
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        assert_eq!(stored(service).len(), before + 1, "one finished copy");
        let skipped = all((0..3).map(|_| client.task().skip_and_move_to(&series, due()))).await;
        assert!(skipped.iter().all(Result::is_ok), "{skipped:?}");
        let rule = client.task().get(&series).await.unwrap().repeat_flag.into_option().unwrap();
        assert!(rule.contains("COUNT=7"), "{rule}");
    })
    .await;
}

#[tokio::test]
async fn a_tag_that_a_task_names_while_it_is_created_keeps_its_label() {
    in_both_modes(async |service, _| {
        let client = &distant(service);
        for (wait, name) in ["ONE", "TWO", "THREE", "FOUR", "FIVE"].into_iter().enumerate() {
            let (tag, task) = tokio::join!(
                client.tag().create(TagDraft::new(name)),
                after(wait, client.task().create(TaskDraft::new("x").tag(name.replace('E', "e").replace('O', "o")))),
            );
            assert!(tag.is_ok() && task.is_ok(), "{wait}: {tag:?} {task:?}");
            assert_eq!(client.tag().get(TagName::from(name)).await.unwrap().label, name, "{wait}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_task_that_is_assigned_while_it_is_changed_stays_assigned() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let friend = "friend@example.com";
        let service =
            Simulator::builder().account(DEMO_USER, "secret").account(friend, "secret").update_mode(mode).build();
        let project = service.share(DEMO_USER, "Family", friend, Permission::Write);
        let user = 120_000_002;
        let client = &distant(&service);
        for wait in 0..6 {
            let task = client.task().create(TaskDraft::new("x").project(&project)).await.unwrap();
            let (tagged, given) = tokio::join!(
                client.task().add_tags(&task, ["errands"]),
                after(wait, client.task().assign(&task, user)),
            );
            assert!(tagged.is_ok() && given.is_ok(), "{wait}: {tagged:?} {given:?}");
            let stored = client.task().get(&task).await.unwrap();
            assert_eq!(stored.assignee.copied(), Some(user), "{wait}");
            assert_eq!(stored.tags.len(), 1, "{wait}");
        }
    }
}

#[tokio::test]
async fn updating_a_task_that_another_device_changed_is_a_conflict() {
    in_both_modes(async |service, client| {
        let phone = common::client(service);
        let mut mine = client.task().create(TaskDraft::new("x").content("old")).await.unwrap();
        let theirs = phone.task().patch(&mine, TaskPatch::new().title("theirs")).await.unwrap();
        mine.content = "mine".into();
        let Err(Error::Conflict(both)) = client.task().update(&mine).await else { panic!("no conflict") };
        assert_eq!(both.given::<Task>().unwrap(), mine);
        assert_eq!(both.stored::<Task>().unwrap().title, theirs.title);
        let report = client.task().batch().update([&mine]).send().await.unwrap();
        conflict(report.into_result());
        assert_eq!(client.task().get(&mine).await.unwrap().title, "theirs");
        // Calls that apply to any version never return a conflict.
        client.task().patch(&mine, TaskPatch::new().content("patched")).await.unwrap();
        let mine = client.task().overwrite(&mine).await.unwrap();
        assert_eq!(client.task().get(&mine).await.unwrap().title, "x");
        let mine = client.task().update(&mine).await.unwrap();
        client.task().batch().overwrite([&mine]).send().await.unwrap().into_result().unwrap();
    })
    .await;
}

#[tokio::test]
async fn every_manager_answers_a_conflict() {
    in_both_modes(async |service, client| {
        let phone = common::client(service);
        let mut project = client.project().create(ProjectDraft::new("x")).await.unwrap();
        phone.project().rename(&project, "y").await.unwrap();
        project.muted = true.into();
        conflict(client.project().update(&project).await);
        client.project().overwrite(&project).await.unwrap();
        let mut folder = client.folder().create("x").await.unwrap();
        phone.folder().rename(&folder, "y").await.unwrap();
        folder.open = false.into();
        conflict(client.folder().update(&folder).await);
        client.folder().overwrite(&folder).await.unwrap();
        let mut filter = client.filter().create(FilterDraft::new("x", FilterRule::normal())).await.unwrap();
        phone.filter().rename(&filter, "y").await.unwrap();
        filter.sort_order = 7.into();
        conflict(client.filter().update(&filter).await);
        client.filter().overwrite(&filter).await.unwrap();
        let mut habit = client.habit().create(HabitDraft::new("x")).await.unwrap();
        phone.habit().archive(&habit).await.unwrap();
        habit.encouragement = "go".into();
        conflict(client.habit().update(&habit).await);
        client.habit().overwrite(&habit).await.unwrap();
        let mut tag = client.tag().create(TagDraft::new("x")).await.unwrap();
        phone.tag().set_color(&tag, "#FF0000").await.unwrap();
        tag.sort_order = 7.into();
        conflict(client.tag().update(&tag).await);
        client.tag().overwrite(&tag).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn columns_countdowns_and_timers_answer_a_conflict_too() {
    in_both_modes(async |service, client| {
        let phone = common::client(service);
        let project = client.project().create(ProjectDraft::new("x")).await.unwrap();
        let mut column = client.column().create(&project, "x").await.unwrap();
        phone.column().rename(&column, "y").await.unwrap();
        column.sort_order = 7.into();
        conflict(client.column().update(&column).await);
        client.column().overwrite(&column).await.unwrap();
        let mut countdown = client.countdown().create(CountdownDraft::new("x", date(2026, 3, 1))).await.unwrap();
        phone.countdown().archive(&countdown).await.unwrap();
        countdown.name = "y".into();
        conflict(client.countdown().update(&countdown).await);
        client.countdown().overwrite(&countdown).await.unwrap();
        let mut timer = client.focus().create_timer(TimerDraft::stopwatch("x")).await.unwrap();
        let mut theirs = timer.clone();
        (timer.name, theirs.name) = ("mine".into(), "theirs".into());
        phone.focus().update_timer(&theirs).await.unwrap();
        conflict(client.focus().update_timer(&timer).await);
        client.focus().overwrite_timer(&timer).await.unwrap();
    })
    .await;
}

/// Lets others go first as many times, then makes a call.
async fn after<T>(times: usize, call: impl Future<Output = T>) -> T {
    for _ in 0..times {
        tokio::task::yield_now().await;
    }
    call.await
}

/// Polls all futures in turn until each has an outcome.
async fn all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, outcome) in &mut waiting {
            if outcome.is_none()
                && let std::task::Poll::Ready(ready) = future.as_mut().poll(context)
            {
                *outcome = Some(ready);
            }
        }
        if waiting.iter().all(|(_, outcome)| outcome.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, outcome)| outcome).collect()
}
