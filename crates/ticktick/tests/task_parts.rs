//! What is on a task: comments, files, and who does it; in both update modes of the simulator.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use ticktick::date::FixedClock;
use ticktick::models::Permission;
use ticktick::raw::op;
use ticktick::task::DailyLimit;
use ticktick::{Client, Error, ProjectId, Task, TaskDraft};
use ticktick_sim::{Fault, Plan, Service, Simulator, UpdateMode};
use tokio::io::{AsyncRead, ReadBuf};

const USER: &str = "me@example.com";
const OTHER: &str = "you@example.com";

fn client(service: &Service, user: &str) -> Client {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let builder = Client::builder().transport(service.signed_on(user)).clock(clock);
    builder.base_url("http://127.0.0.1:1").build().unwrap()
}

/// Hands over a task of the inbox in each mode; its project goes by the word that is not safe to send.
async fn in_both_modes(journey: impl AsyncFn(&Service, &Client, &Task)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
        let builder = Simulator::builder().account(USER, "secret").account(OTHER, "secret").clock(clock);
        let service = builder.update_mode(mode).plan(Plan::Pro).build();
        let client = client(&service, USER);
        let mut task = client.task().create(TaskDraft::new("one").content("# Plan")).await.unwrap();
        task.project_id = ProjectId::from("inbox");
        service.forget_requests();
        journey(&service, &client, &task).await;
    }
}

#[tokio::test]
async fn comments_are_written_changed_and_deleted() {
    in_both_modes(async |service, client, task| {
        let comments = client.task().comments(task);
        let first = comments.add("one").await.unwrap();
        let second = comments.add("two").await.unwrap();
        assert_eq!(service.requests().len(), 2);
        assert_eq!(comments.list().await.unwrap(), [first.clone(), second.clone()]);
        assert_eq!(comments.edit(&first, "three").await.unwrap().title, "three");
        comments.delete(&second).await.unwrap();
        let left = comments.list().await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].title.as_str(), "three");
        assert_eq!(service.requests().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn an_unknown_comment_attachment_or_member_is_not_found() {
    in_both_modes(async |service, client, task| {
        let what = |error: Error| match error {
            Error::NotFound { what, .. } => what,
            other => panic!("{other:?}"),
        };
        let comments = client.task().comments(task);
        let comment = comments.add("one").await.unwrap();
        comments.delete(&comment).await.unwrap();
        assert_eq!(what(comments.edit(&comment, "two").await.unwrap_err()), "comment");
        service.forget_requests();
        assert_eq!(what(comments.delete(&comment).await.unwrap_err()), "comment");
        assert_eq!(service.count(&op::COMMENT_DELETE), 0);
        let unknown = ticktick::task::AttachmentId::from("65f0a1b2c3d4e5f6a7b8c9d9");
        let files = client.task().attachments(task);
        assert_eq!(what(files.download(&unknown, Vec::new()).await.unwrap_err()), "attachment");
        let project = service.share(USER, "Family", OTHER, Permission::Write);
        let shared = client.task().create(TaskDraft::new("two").project(project)).await.unwrap();
        let error = client.task().assign(&shared, 12_345).await.unwrap_err();
        assert!(error.to_string().contains("project().members"), "{error}");
        assert_eq!(what(error), "member");
    })
    .await;
}

#[tokio::test]
async fn a_comment_whose_answer_is_lost_never_doubles() {
    for (fault, writes) in [(Fault::LoseAnswer, 1), (Fault::Reset, 2)] {
        in_both_modes(async |service, client, task| {
            let comments = client.task().comments(task);
            service.faults().next(&op::COMMENT_CREATE, fault.clone());
            let comment = comments.add("one").await.unwrap();
            assert_eq!(service.count(&op::COMMENT_CREATE), writes, "{fault:?}");
            service.faults().next(&op::COMMENT_UPDATE, fault.clone());
            comments.edit(&comment, "two").await.unwrap();
            assert_eq!(service.count(&op::COMMENT_UPDATE), writes, "{fault:?}");
            assert_eq!(comments.list().await.unwrap()[0].title, "two");
            service.faults().next(&op::COMMENT_DELETE, fault.clone());
            comments.delete(&comment).await.unwrap();
            assert!(comments.list().await.unwrap().is_empty());
        })
        .await;
    }
}

#[tokio::test]
async fn files_go_up_and_come_down() {
    in_both_modes(async |service, client, task| {
        let files = client.task().attachments(task);
        let picture: Vec<u8> = (0..=255).collect();
        let file = files.upload_from("Plan.PNG", &picture[..]).await.unwrap();
        assert_eq!(service.requests().len(), 1);
        assert_eq!(file.file_name.as_deref(), Some("Plan.PNG"));
        assert_eq!(file.file_type.as_deref(), Some("IMAGE"));
        let mut copy = Vec::new();
        assert_eq!(files.download(&file, &mut copy).await.unwrap(), 256);
        assert_eq!(copy, picture);
        assert_eq!(client.task().get(task).await.unwrap().attachments.len(), 1);
        assert!(client.task().may_upload().await.unwrap());
        assert_eq!(client.task().daily_upload_limit().await.unwrap(), DailyLimit::Count(99));
    })
    .await;
}

#[tokio::test]
async fn an_upload_whose_answer_is_lost_never_doubles() {
    for (fault, writes) in [(Fault::LoseAnswer, 1), (Fault::Reset, 2)] {
        in_both_modes(async |service, client, task| {
            service.faults().next(&op::ATTACHMENT_UPLOAD, fault.clone());
            let file = client.task().attachments(task).upload("a.txt", "one").await.unwrap();
            assert_eq!(service.count(&op::ATTACHMENT_UPLOAD), writes, "{fault:?}");
            let stored = client.task().get(task).await.unwrap().attachments;
            assert_eq!(stored.len(), 1);
            assert_eq!(stored[0].id, file.id);
        })
        .await;
    }
}

#[tokio::test]
async fn an_image_is_shown_when_it_is_asked_for() {
    in_both_modes(async |service, client, task| {
        let files = client.task().attachments(task);
        let image = files.upload("plan.png", b"png".to_vec()).await.unwrap();
        assert_eq!(client.task().get(task).await.unwrap().content, "# Plan");
        service.forget_requests();
        let shown = files.show(&image).await.unwrap();
        assert_eq!(service.requests().len(), 2);
        let marker = format!("# Plan\n![image]({}/plan.png)\n", image.id);
        assert_eq!(shown.content, marker.as_str());
        assert_eq!(client.task().get(task).await.unwrap().content, marker.as_str());
        files.show(&image).await.unwrap();
        assert_eq!(service.count(&op::TASK_BATCH), 1, "it is shown already");
    })
    .await;
}

struct Broken;

impl AsyncRead for Broken {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Err(io::Error::other("the disk is gone")))
    }
}

#[tokio::test]
async fn an_unreadable_file_is_an_error_and_nothing_is_sent() {
    in_both_modes(async |service, client, task| {
        let error = client.task().attachments(task).upload_from("a.txt", Broken).await.unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{error:?}");
        assert_eq!(error.to_string(), "reading the file to upload failed: the disk is gone");
        assert!(service.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_task_of_a_shared_project_is_given_away_and_taken_back() {
    in_both_modes(async |service, client, own| {
        let project = service.share(USER, "Family", OTHER, Permission::Write);
        let task = client.task().create(TaskDraft::new("two").project(project)).await.unwrap();
        let inbox = self::client(service, OTHER).project().inbox().await.unwrap().id;
        let user: i64 = inbox.as_str().strip_prefix("inbox").unwrap().parse().unwrap();
        service.forget_requests();
        let given = client.task().assign(&task, user).await.unwrap();
        assert_eq!(given.assignee, user);
        assert_eq!(service.requests().len(), 2);
        service.faults().next(&op::TASK_ASSIGN, Fault::LoseAnswer);
        client.task().unassign(&task).await.unwrap();
        assert_eq!(service.count(&op::TASK_ASSIGN), 2);
        assert!(client.task().get(&task).await.unwrap().assignee.get().is_none_or(|user| *user == -1));
        let error = client.task().assign(own, user).await.unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "nobody is a member of the inbox: {error:?}");
        assert_eq!(service.count(&op::TASK_ASSIGN), 2, "nothing was sent");
    })
    .await;
}
