//! An object is named by itself, by its id, or by the text of its id, wherever a call needs only that.

use ticktick::column::ColumnId;
use ticktick::folder::FolderId;
use ticktick::{Client, Error, ProjectDraft, ProjectPatch, TagDraft, TaskDraft, TaskId, TaskPatch};
use ticktick_sim::{Service, Simulator};

const USER: &str = "me@example.com";

fn set_up() -> (Service, Client) {
    let service = Simulator::builder().account(USER, "secret").build();
    let client = Client::builder().transport(service.signed_on(USER)).base_url("http://127.0.0.1:1").build().unwrap();
    (service, client)
}

#[tokio::test]
async fn a_task_is_named_in_five_ways() {
    let (_service, client) = set_up();
    let task = client.task().create(TaskDraft::new("Milk")).await.unwrap();
    assert_eq!(client.task().get(&task).await.unwrap().id, task.id);
    assert_eq!(client.task().get(&task.id).await.unwrap().id, task.id);
    assert_eq!(client.task().get(task.id.clone()).await.unwrap().id, task.id);
    assert_eq!(client.task().get(task.id.as_str()).await.unwrap().id, task.id);
    assert_eq!(client.task().get(task.id.to_string()).await.unwrap().id, task.id);
    client.task().comments(task.id.as_str()).add("Two bottles").await.unwrap();
    assert_eq!(client.task().comments(&task).list().await.unwrap().len(), 1);
    let file = client.task().attachments(task.id.as_str()).upload("list.txt", "Milk").await.unwrap();
    assert_eq!(client.task().attachments(&task.id).list().await.unwrap()[0].id, file.id);
}

#[tokio::test]
async fn the_inbox_is_named_by_its_word_in_managers_and_drafts() {
    let (_service, client) = set_up();
    let inbox = client.project().get("inbox").await.unwrap();
    let work = client.project().create(ProjectDraft::new("Work")).await.unwrap();
    let task = client.task().create(TaskDraft::new("Milk").project(&work)).await.unwrap();
    assert_eq!(client.task().move_to(&task, "inbox").await.unwrap().project_id, inbox.id);
    assert_eq!(client.task().list_by_project("inbox").await.unwrap().len(), 1);
    let other = client.task().create(TaskDraft::new("Bread").project("inbox")).await.unwrap();
    assert_eq!(other.project_id, inbox.id);
    let moved = client.task().batch().move_to([&other], &work).send().await.unwrap().into_result().unwrap();
    assert_eq!(moved[0].project_id, work.id);
}

#[tokio::test]
async fn a_tag_is_named_by_itself_or_in_the_slash_form() {
    let (_service, client) = set_up();
    let urgent = client.tag().create(TagDraft::new("Work/Urgent")).await.unwrap();
    assert_eq!(client.tag().get("work/urgent").await.unwrap().name, urgent.name);
    let task = client.task().create(TaskDraft::new("Milk").tag(&urgent)).await.unwrap();
    assert_eq!(task.tags[0], "urgent");
    assert_eq!(client.task().list_by_tag("Work/Urgent").await.unwrap().len(), 1);
    assert!(client.task().remove_tags(&task, ["work/urgent"]).await.unwrap().tags.is_empty());
}

#[tokio::test]
async fn a_lone_column_id_is_looked_up() {
    let (service, client) = set_up();
    let work = client.project().create(ProjectDraft::new("Work")).await.unwrap();
    let column = client.column().create(&work, "To do").await.unwrap();
    service.forget_requests();
    client.column().rename(&column, "Doing").await.unwrap();
    let known = service.requests().len();
    service.forget_requests();
    assert_eq!(client.column().rename(column.id.as_str(), "Done").await.unwrap().name, "Done");
    assert_eq!(service.requests().len(), known + 1, "the project is not known");
    let missing = client.column().delete(ColumnId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await;
    assert!(matches!(missing, Err(Error::NotFound { what: "column", .. })), "{missing:?}");
}

#[tokio::test]
async fn a_text_that_cannot_be_an_id_is_refused_before_anything_is_sent() {
    let (service, client) = set_up();
    service.forget_requests();
    let refusals = [
        ("task", client.task().complete("Buy milk").await.map(drop)),
        ("task", client.task().comments("").list().await.map(drop)),
        ("task", client.task().create(TaskDraft::new("x").id("a b")).await.map(drop)),
        ("project", client.task().list_by_project("a/b").await.map(drop)),
        ("project", client.task().create(TaskDraft::new("x").project("")).await.map(drop)),
        ("column", client.task().create(TaskDraft::new("x").column("To do")).await.map(drop)),
        ("column", client.task().patch(TaskId::new(), TaskPatch::new().column("To do")).await.map(drop)),
        ("folder", client.project().create(ProjectDraft::new("x").folder("My folder")).await.map(drop)),
        ("folder", client.project().patch("a", ProjectPatch::new().folder("My folder")).await.map(drop)),
        ("folder", client.folder().delete(FolderId::from("")).await),
        ("habit", client.habit().archive("Read a book").await.map(drop)),
        ("filter", client.filter().get("#1").await.map(drop)),
        ("countdown", client.countdown().get("New year").await.map(drop)),
    ];
    for (what, refused) in refusals {
        let Err(Error::InvalidInput { message, .. }) = refused else { panic!("{what}: {refused:?}") };
        assert!(
            message.contains(&format!("id of the {what}")) || message.contains(&format!("id of a {what}")),
            "{message}"
        );
    }
    assert!(service.requests().is_empty(), "{:?}", service.requests());
}
