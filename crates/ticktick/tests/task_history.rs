//! What was completed, in one project and in all, in both update modes of the simulator.

use jiff::Timestamp;
use ticktick::models::BatchTasks;
use ticktick::raw::{self, op};
use ticktick::{Client, Error, ProjectId, Task, TaskStatus, jiff};
use ticktick_sim::{Service, Simulator, UpdateMode};

const USER: &str = "me@example.com";

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = Simulator::builder().account(USER, "secret").update_mode(mode).build();
        let builder = Client::builder().transport(service.signed_on(USER));
        let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
        client.project().inbox().await.unwrap();
        service.forget_requests();
        journey(&service, &client).await;
    }
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(1_772_000_000 + second).unwrap()
}

/// Adds closed tasks, each a second after the other; every third won't be done.
async fn close(client: &Client, project: &ProjectId, count: i64) {
    let mut batch = BatchTasks::default();
    for number in 0..count {
        let mut task = Task::new(format!("{:024x}", 4_096 * project.as_str().len() as i64 + number), project.clone());
        task.title = number.to_string().into();
        task.status = if number % 3 == 2 { TaskStatus::WontDo } else { TaskStatus::Completed }.into();
        task.completed_time = ticktick::date::Timestamp::from(second(number)).into();
        batch.add.push(task);
    }
    raw::task::batch(client.transport(), &batch).await.unwrap();
}

#[tokio::test]
async fn completed_and_abandoned_tasks_are_merged_newest_first() {
    in_both_modes(async |service, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        close(client, &inbox, 441).await;
        service.forget_requests();
        let all = client.task().history(..).all().await.unwrap();
        let numbers: Vec<_> = all.iter().map(|task| task.title.as_deref().unwrap().parse::<i64>().unwrap()).collect();
        assert_eq!(numbers, Vec::from_iter((0..441).rev()));
        // 294 completed ones on four pages, which repeat the seconds at their seams, and 147 others on two.
        assert_eq!(service.count(&op::TASK_CLOSED), 4 + 2);
        assert_eq!(service.requests().len(), 6);

        let completed = client.task().completed_in_all().await.unwrap();
        assert_eq!(completed.len(), 294);
        assert!(completed.iter().all(Task::is_completed));
    })
    .await;
}

#[tokio::test]
async fn a_range_is_kept_to_the_moment() {
    in_both_modes(async |_, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        close(client, &inbox, 30).await;
        let count = async |history: ticktick::task::History<'_>| history.all().await.unwrap().len();
        assert_eq!(count(client.task().history(second(10)..second(20))).await, 10);
        assert_eq!(count(client.task().history(second(10)..=second(20))).await, 11);
        assert_eq!(count(client.task().history(second(25)..)).await, 5);
        assert_eq!(count(client.task().history(..second(5)).completed()).await, 4);
        assert_eq!(count(client.task().history(second(40)..)).await, 0);
        assert_eq!(count(client.task().history(Timestamp::MIN..Timestamp::MAX)).await, 30);
    })
    .await;
}

#[tokio::test]
async fn few_tasks_cost_two_requests_and_are_read_when_they_are_wanted() {
    in_both_modes(async |service, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        close(client, &inbox, 20).await;
        service.forget_requests();
        let mut history = client.task().history(..);
        assert!(service.requests().is_empty());
        assert_eq!(history.try_next().await.unwrap().unwrap().title, "19");
        assert_eq!(service.requests().len(), 2);
        assert_eq!(history.all().await.unwrap().len(), 19);
        assert_eq!(service.requests().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_history_can_be_limited_to_one_project() {
    in_both_modes(async |service, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        close(client, &inbox, 20).await;
        let mut batch = ticktick::models::BatchProjects::default();
        let mut project = ticktick::Project::new("65f0a1b2c3d4e5f6a7b8c9aa");
        project.name = "Other".into();
        batch.add.push(project.clone());
        raw::project::batch(client.transport(), &batch).await.unwrap();
        close(client, &project.id, 9).await;
        service.forget_requests();
        assert_eq!(client.task().history_of_project(&project, ..).all().await.unwrap().len(), 9);
        assert_eq!(service.count(&op::TASK_CLOSED_BY_PROJECT), 2);
        assert_eq!(client.task().completed(&project).await.unwrap().len(), 6);
        assert_eq!(client.task().completed(ProjectId::from("inbox")).await.unwrap().len(), 14);
        assert_eq!(service.requests().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn after_an_error_it_goes_on_where_it_was() {
    in_both_modes(async |service, client| {
        let inbox = client.project().inbox().await.unwrap().id;
        close(client, &inbox, 200).await;
        let mut history = client.task().history(..).completed();
        let mut numbers = Vec::new();
        let mut errors = 0;
        service.faults().add(ticktick_sim::Rule::new(ticktick_sim::Fault::Html).operation(&op::TASK_CLOSED).times(1));
        loop {
            match history.try_next().await {
                Ok(Some(task)) => numbers.push(task.title.into_option().unwrap()),
                Ok(None) => break,
                Err(error) => {
                    assert!(matches!(error, Error::Raw(_)), "{error:?}");
                    errors += 1;
                }
            }
        }
        assert_eq!(numbers.len(), 134);
        assert_eq!(errors, 1);
    })
    .await;
}
