//! Tags whose keys keep their capital letters, if the service stores them so: they are found in any case and stay as stored.

use ticktick::filter::FilterRule;
use ticktick::{Client, Error, FilterDraft, Tag, TagDraft, Task, TaskDraft, TaskPatch};
use ticktick_sim::{DEMO_USER, Service, Simulator};

use crate::common::{client, clock, service, stored_task};

/// Makes a service that keeps capital letters, with one task that has the tag `ÄRGER`.
async fn set_up() -> (Service, Client, Task) {
    let reading = "tag-case=kept".parse().unwrap();
    let service = Simulator::builder().account(DEMO_USER, "secret").clock(clock()).reading(reading).build();
    let client = client(&service);
    client.tag().create(TagDraft::new("small")).await.unwrap();
    let task = client.task().create(TaskDraft::new("x").tag("small")).await.unwrap();
    client.tag().rename("small", "ÄRGER").await.unwrap();
    let task = client.task().get(&task).await.unwrap();
    assert_eq!(task.tags[0], "ÄRGER");
    (service, client, task)
}

#[tokio::test]
async fn a_tag_with_capital_letters_is_found_in_any_case() {
    let (_, client, task) = set_up().await;
    let filter = client.filter().create(FilterDraft::new("f", FilterRule::normal().tags(["ärger"]))).await.unwrap();
    let child = client.tag().create(TagDraft::new("below").parent("Ärger")).await.unwrap();
    let below = client.task().create(TaskDraft::new("y").tag("below")).await.unwrap();
    let account = client.sync().full().await.unwrap();
    for name in ["ärger", "Ärger", "ÄRGER"] {
        assert_eq!(client.task().list_by_tag(name).await.unwrap(), std::slice::from_ref(&task), "{name}");
        assert_eq!(account.by_tag(name), [&task], "{name}");
        let children = client.tag().children(name).await.unwrap();
        assert_eq!(children.iter().map(|tag| &tag.name).collect::<Vec<_>>(), [&child.name], "{name}");
        assert_eq!(account.tag(name).unwrap().name, "ÄRGER");
        assert_eq!(client.tag().get(format!("{name}/below")).await.unwrap().name, "below");
    }
    let mut found: Vec<_> = account.matching(&filter).unwrap().into_iter().map(|task| &task.id).collect();
    found.sort();
    let mut wanted = [&task.id, &below.id];
    wanted.sort();
    assert_eq!(found, wanted);
    client.task().complete(&task).await.unwrap();
    assert_eq!(client.tag().completed_tasks(["ärger"], 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_task_keeps_its_tag_as_stored_and_gets_it_once() {
    let (service, client, task) = set_up().await;
    let before = stored_task(&service, &task.id);
    let tasks = client.task();
    tasks.add_tags(&task, ["ärger", "Ärger"]).await.unwrap();
    tasks.patch(&task, TaskPatch::new().add_tags(["ärger"])).await.unwrap();
    tasks.batch().add_tags([&task], ["ärger"]).send().await.unwrap().into_result().unwrap();
    tasks.patch(&task, TaskPatch::new().tags(["Ärger", "ärger"])).await.unwrap();
    tasks.set_tags(&task, ["ärger"]).await.unwrap();
    assert_eq!(stored_task(&service, &task.id), before);
    let task = tasks.set_tags(&task, ["home", "ärger"]).await.unwrap();
    assert_eq!(task.tags, vec!["ÄRGER".into(), "home".into()]);
    let task = tasks.patch(&task, TaskPatch::new().remove_tags(["ärger"])).await.unwrap();
    assert_eq!(task.tags, vec!["home".into()]);
}

#[tokio::test]
async fn an_update_does_not_give_a_task_a_tag_in_two_cases() {
    for kept in [false, true] {
        let (_, client, mut task) = if kept {
            set_up().await
        } else {
            let service = service(ticktick_sim::UpdateMode::Merge);
            let client = client(&service);
            let task = client.task().create(TaskDraft::new("x").tag("ärger")).await.unwrap();
            (service, client, task)
        };
        task.tags.push("Ärger".into());
        for done in [client.task().update(&task).await, client.task().overwrite(&task).await] {
            assert!(matches!(&done, Err(Error::InvalidInput { message, .. }) if message.contains("Ärger")), "{done:?}");
        }
    }
}

#[tokio::test]
async fn an_update_of_a_tag_does_not_change_the_case_of_its_key() {
    let (_, client, _) = set_up().await;
    let mut tag: Tag = client.tag().get("ärger").await.unwrap();
    tag.color.set("#4772FA");
    let tag = client.tag().update(&tag).await.unwrap();
    assert_eq!((tag.name.as_str(), tag.color.as_deref()), ("ÄRGER", Some("#4772FA")));
}
