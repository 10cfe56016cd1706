//! Writes whose response is lost, damaged or untrue, against the simulator in both of its update modes.

use ticktick::models::Object;
use ticktick::raw::{self, Pending, Request, Response, Transport, op};
use ticktick::{Client, Error, Priority, ProjectDraft, ProjectId, TaskDraft};
use ticktick_sim::{Collection, DEMO_USER, Fault, InProcess, Service, Simulator, UpdateMode};

use crate::common::{builder, service};

fn client(service: &Service, verify: bool) -> Client {
    builder(service).verify_writes(verify).build().unwrap()
}

async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service, false);
        journey(&service, &client).await;
    }
}

fn titles(service: &Service, title: &str) -> usize {
    let is = |task: &Object| task.get("title").is_some_and(|one| one.as_str() == format!("{title:?}"));
    service.objects(DEMO_USER, Collection::Tasks).iter().filter(|task| is(task)).count()
}

#[tokio::test]
async fn a_create_is_sent_again_and_never_doubles() {
    in_both_modes(async |service, client| {
        for fault in [Fault::LoseAnswer, Fault::BreakBody, Fault::Truncate] {
            let title = format!("{fault:?}");
            service.faults().next(&op::TASK_BATCH, fault);
            let before = service.count(&op::TASK_BATCH);
            let task = client.task().create(TaskDraft::new(&title)).await.unwrap();
            assert_eq!(service.count(&op::TASK_BATCH) - before, 2, "{title}");
            assert_eq!(titles(service, &title), 1);
            assert_eq!(client.task().get(&task).await.unwrap().etag, task.etag);
        }
    })
    .await;
}

/// `add-under-taken-id`
#[tokio::test]
async fn a_create_that_is_sent_again_may_be_refused_or_passed_over() {
    for reading in ["create-twice=refused", "create-twice=ignored"] {
        let service = Simulator::builder().demo().reading(reading.parse().unwrap()).build();
        let client = client(&service, false);
        service.faults().next(&op::TASK_BATCH, Fault::LoseAnswer);
        let task = client.task().create(TaskDraft::new("once")).await.unwrap();
        assert_eq!(client.task().get(&task).await.unwrap().etag, task.etag, "{reading}");
        assert_eq!(titles(&service, "once"), 1);
    }
}

#[tokio::test]
async fn an_update_is_read_back_before_it_is_sent_again() {
    in_both_modes(async |service, client| {
        let task = client.task().create(TaskDraft::new("one")).await.unwrap();
        service.faults().next(&op::TASK_BATCH, Fault::LoseAnswer);
        service.forget_requests();
        let done = client.task().complete(&task).await.unwrap();
        assert!(done.is_completed());
        assert_eq!(service.count(&op::TASK_BATCH), 1);
        assert_eq!(service.count(&op::TASK_GET), 2);
        assert_eq!(client.task().get(&task).await.unwrap().etag, done.etag);

        let task = client.task().create(TaskDraft::new("two")).await.unwrap();
        service.faults().next(&op::TASK_BATCH, Fault::Reset);
        service.forget_requests();
        assert!(client.task().complete(&task).await.unwrap().is_completed());
        assert_eq!(service.count(&op::TASK_BATCH), 2);
        assert_eq!(service.count(&op::TASK_GET), 2);
    })
    .await;
}

#[tokio::test]
async fn a_client_that_never_repeats_reports_the_lost_answer() {
    let service = service(UpdateMode::Merge);
    let client = Client::builder()
        .transport(service.signed_on(DEMO_USER))
        .base_url("http://127.0.0.1:1")
        .retry(ticktick::connection::RetryPolicy::never())
        .build()
        .unwrap();
    service.faults().next(&op::TASK_BATCH, Fault::LoseAnswer);
    let error = client.task().create(TaskDraft::new("one")).await.unwrap_err();
    assert!(error.is_retryable(), "{error:?}");
    assert_eq!(service.count(&op::TASK_BATCH), 1);
}

#[tokio::test]
async fn a_verified_write_costs_one_read_and_finds_no_difference() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service, true);
        let task = client.task().create(TaskDraft::new("one").tag("Zwei").item("three")).await.unwrap();
        assert_eq!(service.count(&op::TASK_GET), 1);
        client.task().complete(&task).await.unwrap();
        assert_eq!(service.count(&op::TASK_GET), 3);
    }
}

#[tokio::test]
async fn a_task_that_was_moved_since_it_was_read_is_deleted_and_restored_where_it_is() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service, true);
        let project = client.project().create(ProjectDraft::new("elsewhere")).await.unwrap();
        let stale = client.task().create(TaskDraft::new("one")).await.unwrap();
        let task = client.task().move_to(&stale, &project).await.unwrap();
        service.forget_requests();
        client.task().delete(&stale).await.unwrap();
        assert_eq!(service.count(&op::TASK_GET), 2, "before and after");
        let back = client.task().restore(&task).await.unwrap();
        assert_eq!(back.project_id, project.id);
    }
}

/// A service that forgets the priority of what it stores.
struct Forgetful(InProcess);

impl Transport for Forgetful {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, raw::Error>> {
        Box::pin(async move {
            let is_read = request.operation.id == op::TASK_GET.id;
            let mut response = self.0.send(request).await?;
            if is_read {
                let body = String::from_utf8(response.body.to_vec()).unwrap();
                response.body = body.replace("\"priority\":5", "\"priority\":0").into_bytes();
            }
            Ok(response)
        })
    }
}

#[tokio::test]
async fn a_lost_field_is_named_in_the_error() {
    let service = service(UpdateMode::Merge);
    let builder = Client::builder().transport(Forgetful(service.signed_on(DEMO_USER))).verify_writes(true);
    let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
    let error = client.task().create(TaskDraft::new("one").priority(Priority::High)).await.unwrap_err();
    let Error::FieldLost { field, sent, stored, .. } = &error else { panic!("{error:?}") };
    assert_eq!(field.as_str(), "priority");
    assert_eq!(sent.as_str(), "5");
    assert_eq!(stored.as_ref().unwrap().as_str(), "0");
    assert!(error.to_string().contains("`priority`"), "{error}");
}

#[tokio::test]
async fn a_delete_whose_answer_is_lost_is_looked_for() {
    for fault in [Fault::LoseAnswer, Fault::Reset] {
        let service = service(UpdateMode::Merge);
        let client = client(&service, false);
        let task = client.task().create(TaskDraft::new("one")).await.unwrap();
        service.faults().next(&op::TASK_BATCH, fault);
        let clone = client.clone();
        let id = task.id.clone();
        tokio::spawn(async move { clone.task().delete(&task).await }).await.unwrap().unwrap();
        assert!(client.task().get(&id).await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn an_update_that_a_gateway_lost_is_read_back() {
    let service = service(UpdateMode::Merge);
    let client = client(&service, false);
    let task = client.task().create(TaskDraft::new("one")).await.unwrap();
    let status = Fault::Status { status: 502.try_into().unwrap(), headers: Default::default(), body: String::new() };
    service.faults().next(&op::TASK_BATCH, status);
    service.forget_requests();
    assert!(client.task().complete(&task).await.unwrap().is_completed());
    assert_eq!(service.count(&op::TASK_BATCH), 2);
    assert_eq!(service.count(&op::TASK_GET), 2);
}

#[tokio::test]
async fn a_verified_update_of_a_restored_or_moved_task_finds_no_difference() {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service, true);
        let task = client.task().create(TaskDraft::new("x")).await.unwrap();
        client.task().delete(&task).await.unwrap();
        let mut task = client.task().restore(&task).await.unwrap();
        task.title = "restored".into();
        let task = client.task().update(&task).await.unwrap();
        let project = client.project().create(ProjectDraft::new("board")).await.unwrap();
        let column = client.column().create(&project, "doing").await.unwrap();
        client.task().move_to(&task, &project).await.unwrap();
        client.task().move_to_column(&task, &column).await.unwrap();
        let mut task = client.task().move_to(&task, ProjectId::from("inbox")).await.unwrap();
        task.title = "moved".into();
        assert_eq!(client.task().update(&task).await.unwrap().title, "moved");
    }
}
