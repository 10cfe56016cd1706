//! Tags that tasks name, in both update modes of the simulator.

use ticktick::raw::op;
use ticktick::tag::TagName;
use ticktick::{Client, TagDraft, TaskDraft, TaskPatch};

use crate::common::{in_both_modes, lines};

async fn label(client: &Client, name: &str) -> String {
    client.tag().get(TagName::from(name)).await.unwrap().label.to_string()
}

#[tokio::test]
async fn a_new_tag_on_a_task_keeps_its_case() {
    in_both_modes(async |service, client| {
        let task = client.task().create(TaskDraft::new("x").tag("Garden").tag("plain")).await.unwrap();
        assert_eq!(task.tags, vec!["garden".into(), "plain".into()]);
        client.task().add_tags(&task, ["GreenHouse"]).await.unwrap();
        client.task().set_tags(&task, ["McTag", "garden"]).await.unwrap();
        client.task().patch(&task, TaskPatch::new().tags(["Äpfel"])).await.unwrap();
        let parent = client.task().create(TaskDraft::new("y")).await.unwrap();
        client.task().create_under(&parent, TaskDraft::new("z").tag("Below")).await.unwrap();
        for (name, wanted) in [
            ("garden", "Garden"),
            ("greenhouse", "GreenHouse"),
            ("mctag", "McTag"),
            ("äpfel", "Äpfel"),
            ("below", "Below"),
            ("plain", "plain"),
        ] {
            assert_eq!(label(client, name).await, wanted);
        }
        lines(service);
        let drafts = ["One", "Two", "ONE", "low"].map(|tag| TaskDraft::new("batch").tag(tag));
        client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        assert_eq!(
            lines(service),
            ["GET /api/v2/tags", "POST /api/v2/batch/tag", "POST /api/v2/batch/task"],
            "one read and one write for all of them"
        );
        assert_eq!(label(client, "one").await, "One");
        assert_eq!(label(client, "two").await, "Two");
    })
    .await;
}

#[tokio::test]
async fn a_tag_that_exists_keeps_its_label_and_color() {
    in_both_modes(async |service, client| {
        client.tag().create(TagDraft::new("Work2").color("#4772FA")).await.unwrap();
        let before = client.tag().get(TagName::from("work2")).await.unwrap();
        lines(service);
        client.task().create(TaskDraft::new("x").tag("WORK2")).await.unwrap();
        assert_eq!(service.count(&op::TAG_BATCH), 0);
        assert_eq!(client.tag().get(TagName::from("work2")).await.unwrap(), before);
        lines(service);
        client.task().create(TaskDraft::new("x").tag("work2")).await.unwrap();
        assert_eq!(lines(service), ["POST /api/v2/batch/task"], "nothing is read for lower case");
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_is_refused_creates_no_tag() {
    in_both_modes(async |service, client| {
        service.forget_requests();
        let wrong = || TaskDraft::new("x").tag("Brand#New");
        assert!(client.task().create(wrong()).await.is_err());
        assert_eq!(client.task().batch().create([wrong(), wrong()]).send().await.unwrap().failures().count(), 2);
        assert!(lines(service).is_empty());
    })
    .await;
}
