//! Into the trash and back, in both update modes of the simulator.

use ticktick::date::FixedClock;
use ticktick::raw::op;
use ticktick::{Client, Error, ProjectId, Task, TaskDraft};
use ticktick_sim::{Collection, Fault, Plan, Service, Simulator, UpdateMode};

const USER: &str = "me@example.com";

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    in_each_way("restore-without-project=inbox", journey).await;
}

/// Runs a journey in both update modes, with a reading of the simulator.
async fn in_each_way(reading: &str, journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
        let builder = Simulator::builder().account(USER, "secret").clock(clock).plan(Plan::Pro);
        let service = builder.update_mode(mode).reading(reading.parse().unwrap()).build();
        let builder = Client::builder().transport(service.signed_on(USER)).clock(clock);
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        client.project().inbox().await.unwrap();
        journey(&service, &client).await;
    }
}

/// Creates tasks and moves them to the trash.
async fn trashed(client: &Client, count: usize) -> Vec<Task> {
    let drafts = (0..count).map(|number| TaskDraft::new(number.to_string()));
    let tasks = client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
    client.task().batch().delete(&tasks).send().await.unwrap().into_result().unwrap();
    client.task().trash().await.unwrap()
}

#[tokio::test]
async fn all_pages_of_the_trash_are_read() {
    in_both_modes(async |service, client| {
        for (count, pages) in [(0, 1), (49, 1), (100, 3), (120, 3)] {
            let tasks = trashed(client, count).await;
            assert_eq!(tasks.len(), count);
            assert!(tasks.iter().all(Task::is_deleted));
            service.forget_requests();
            client.task().trash().await.unwrap();
            assert_eq!(service.count(&op::TASK_TRASH), pages, "{count}");
            client.task().empty_trash().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_task_comes_back_as_it_was() {
    in_both_modes(async |service, client| {
        let task = client.task().create(TaskDraft::new("one").tag("a").item("b")).await.unwrap();
        let before = client.task().get(&task).await.unwrap();
        client.task().delete(&task).await.unwrap();
        let in_trash = client.task().trash().await.unwrap().remove(0);
        service.forget_requests();
        let back = client.task().restore(&in_trash).await.unwrap();
        assert_eq!(service.requests().len(), 1);
        let mut after = client.task().get(&task).await.unwrap();
        assert_eq!(after.etag, back.etag);
        assert!(!back.is_deleted() && back.deleted_time.get().is_none());
        after.etag = before.etag.clone();
        assert_eq!(after, before);
    })
    .await;
}

#[tokio::test]
async fn many_come_back_in_few_requests() {
    in_both_modes(async |service, client| {
        let tasks = trashed(client, 401).await;
        service.forget_requests();
        let back = client.task().restore_all(&tasks).await.unwrap();
        assert_eq!(back.len(), 401);
        assert_eq!(service.requests().len(), 3);
        assert_eq!(client.task().list().await.unwrap().len(), 401);
        assert!(client.task().restore_all::<Task>([]).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_looked_for() {
    for (fault, posts) in [(Fault::LoseAnswer, 1), (Fault::Reset, 2)] {
        in_both_modes(async |service, client| {
            let tasks = trashed(client, 2).await;
            service.faults().next(&op::TASK_RESTORE, fault.clone());
            service.forget_requests();
            let back = client.task().restore_all(&tasks).await.unwrap();
            assert_eq!(service.count(&op::TASK_RESTORE), posts, "{fault:?}");
            assert_eq!(client.task().get(&back[1]).await.unwrap().etag, back[1].etag);
        })
        .await;
    }
}

#[tokio::test]
async fn a_task_whose_project_is_gone_can_go_elsewhere() {
    in_each_way("restore-without-project=stays", async |_, client| {
        let mut lost = trashed(client, 1).await.remove(0);
        lost.project_id = ProjectId::from("65f0a1b2c3d4e5f6a7b8c9aa");
        let error = client.task().restore(&lost).await.unwrap_err();
        assert!(matches!(error, Error::Batch { .. }) && error.is_not_found(), "{error:?}");
        let back = client.task().restore_to(&lost, ProjectId::from("inbox")).await.unwrap();
        assert_eq!(back.project_id, client.project().inbox().await.unwrap().id);
    })
    .await;
}

#[tokio::test]
async fn a_task_whose_project_is_gone_lands_in_the_inbox() {
    in_both_modes(async |_, client| {
        let mut lost = trashed(client, 1).await.remove(0);
        lost.project_id = ProjectId::from("65f0a1b2c3d4e5f6a7b8c9aa");
        client.task().restore(&lost).await.unwrap();
        let back = client.task().get(&lost).await.unwrap();
        assert_eq!(back.project_id, client.project().inbox().await.unwrap().id);
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_for_good_is_gone() {
    in_both_modes(async |service, client| {
        let tasks = trashed(client, 3).await;
        service.forget_requests();
        client.task().delete_forever(&tasks[..1]).await.unwrap();
        client.task().delete_forever::<Task>([]).await.unwrap();
        assert_eq!(service.requests().len(), 3, "it is read before and after");
        assert_eq!(client.task().trash().await.unwrap().len(), 2);
        client.task().empty_trash().await.unwrap();
        assert!(service.objects(USER, Collection::Tasks).is_empty());
    })
    .await;
}

#[tokio::test]
async fn emptying_is_never_repeated() {
    in_both_modes(async |service, client| {
        trashed(client, 1).await;
        service.faults().next(&op::TASK_EMPTY_TRASH, Fault::LoseAnswer);
        assert!(client.task().empty_trash().await.unwrap_err().as_raw().is_some());
        assert_eq!(service.count(&op::TASK_EMPTY_TRASH), 1);
    })
    .await;
}
