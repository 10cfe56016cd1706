//! The places of tasks: projects, columns and families, in both update modes of the simulator.

use std::collections::BTreeMap;

use ticktick::column::ColumnId;
use ticktick::date::FixedClock;
use ticktick::models::Object;
use ticktick::raw::{self, op};
use ticktick::{Client, Error, ProjectId, Task, TaskDraft, TaskId};
use ticktick_sim::{Collection, DEMO_USER, Fault, Rule, Service, Simulator, UpdateMode};

use crate::common::{client, lines};

/// Hands over the demo account in each mode, with a client that knows the inbox.
async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
        let service = Simulator::builder().demo().clock(clock).update_mode(mode).build();
        let client = client(&service);
        client.project().inbox().await.unwrap();
        service.forget_requests();
        journey(&service, &client).await;
    }
}

/// The stored tasks by id, each as the text of its members.
fn stored(service: &Service) -> BTreeMap<String, BTreeMap<String, String>> {
    let members = |task: &Object| task.iter().map(|(key, json)| (key.to_owned(), json.to_string())).collect();
    let tasks = service.objects(DEMO_USER, Collection::Tasks);
    tasks.iter().map(|task| (task.get("id").unwrap().decode().unwrap(), members(task))).collect()
}

/// Returns what differs, but for what every write changes.
fn changes(before: &BTreeMap<String, BTreeMap<String, String>>, service: &Service) -> Vec<String> {
    let after = stored(service);
    assert_eq!(before.len(), after.len());
    let mut changes = Vec::new();
    for (id, was) in before {
        let keys = was.keys().chain(after[id].keys()).filter(|key| was.get(*key) != after[id].get(*key));
        changes.extend(
            keys.filter(|key| !["etag", "modifiedTime"].contains(&key.as_str())).map(|key| format!("{id}.{key}")),
        );
    }
    changes.sort();
    changes.dedup();
    changes
}

async fn project(client: &Client, name: &str) -> ProjectId {
    client.project().list().await.unwrap().into_iter().find(|project| project.name == name).unwrap().id
}

async fn task(client: &Client, title: &str) -> Task {
    client.task().list().await.unwrap().into_iter().find(|task| task.title == title).unwrap()
}

/// Makes a task with members that nobody knows.
async fn odd_task(client: &Client, title: &str) -> Task {
    let made = client.task().create(TaskDraft::new(title)).await.unwrap();
    let text = serde_json::to_string(&made).unwrap();
    let text = text.replacen('{', r#"{"attendId":{"n":1E3},"longNumber":12345678901234567890123,"#, 1);
    let odd: Task = serde_json::from_str(&text).unwrap();
    let mut batch = ticktick::models::BatchTasks::default();
    batch.update.push(odd);
    raw::task::batch(client.transport(), &batch).await.unwrap();
    client.task().get(&made).await.unwrap()
}

#[tokio::test]
async fn a_task_moves_together_with_its_subtasks() {
    in_both_modes(async |service, client| {
        let home = project(client, "🏡 Home").await;
        let root = task(client, "Plan the team's offsite").await;
        let work = root.project_id.clone();
        let count = client.task().list_by_project(&work).await.unwrap().len();
        service.forget_requests();
        let moved = client.task().move_to(&root, &home).await.unwrap();
        assert_eq!(
            lines(service),
            [
                format!("GET /api/v2/task/{}", root.id),
                format!("GET /api/v2/project/{work}/tasks"),
                "POST /api/v2/batch/taskProject".into(),
            ]
        );
        assert_eq!(moved.id, root.id);
        assert_eq!(moved.project_id, home);
        assert_eq!(client.task().list_by_project(&work).await.unwrap().len(), count - 4);
        for title in ["Find a venue", "Collect dietary needs", "Ask the night shift"] {
            assert_eq!(task(client, title).await.project_id, home);
        }
        let low = task(client, "Ask the night shift").await;
        assert_eq!(low.parent_id, task(client, "Collect dietary needs").await.id);
        assert_eq!(client.task().get(&root).await.unwrap().etag, moved.etag);

        service.forget_requests();
        client.task().move_to(&root, &home).await.unwrap();
        assert_eq!(lines(service), [format!("GET /api/v2/task/{}", root.id)], "it is there already");
    })
    .await;
}

#[tokio::test]
async fn closed_children_move_along() {
    in_both_modes(async |_, client| {
        let home = project(client, "🏡 Home").await;
        let root = task(client, "Plan the team's offsite").await;
        let child = client.task().complete(&task(client, "Find a venue").await).await.unwrap();
        client.task().move_to(&root, &home).await.unwrap();
        assert_eq!(client.task().get(&child).await.unwrap().project_id, home);
    })
    .await;
}

#[tokio::test]
async fn a_moved_child_leaves_its_parent_and_nothing_else_changes() {
    in_both_modes(async |service, client| {
        let home = project(client, "🏡 Home").await;
        let odd = odd_task(client, "odd").await;
        let parent = client.task().create(TaskDraft::new("parent")).await.unwrap();
        client.task().set_parent(&odd, &parent).await.unwrap();
        let before = stored(service);
        service.forget_requests();
        let moved = client.task().move_to(&odd, &home).await.unwrap();
        assert_eq!(lines(service)[1..], ["POST /api/v2/batch/taskParent", "POST /api/v2/batch/taskProject"]);
        assert!(moved.parent_id.get().is_none());
        let mut wanted = [(&odd, "parentId"), (&odd, "projectId"), (&parent, "childIds")]
            .map(|(task, key)| format!("{}.{key}", task.id));
        wanted.sort();
        assert_eq!(changes(&before, service), wanted);
    })
    .await;
}

#[tokio::test]
async fn a_task_moves_without_its_subtasks_on_request() {
    in_both_modes(async |service, client| {
        let home = project(client, "🏡 Home").await;
        let root = task(client, "Plan the team's offsite").await;
        service.forget_requests();
        client.task().move_without_subtasks(&root, &home).await.unwrap();
        assert_eq!(lines(service), [format!("GET /api/v2/task/{}", root.id), "POST /api/v2/batch/taskProject".into()]);
        assert_eq!(task(client, "Find a venue").await.project_id, root.project_id);
    })
    .await;
}

#[tokio::test]
async fn a_move_whose_answer_is_lost_is_looked_for() {
    for (fault, posts) in [(Fault::LoseAnswer, 1), (Fault::Reset, 2), (Fault::BreakBody, 1)] {
        in_both_modes(async |service, client| {
            let home = project(client, "🏡 Home").await;
            let root = task(client, "Plan the team's offsite").await;
            service.forget_requests();
            service.faults().next(&op::TASK_MOVE, fault.clone());
            let moved = client.task().move_to(&root, &home).await.unwrap();
            assert_eq!(service.count(&op::TASK_MOVE), posts, "{fault:?}");
            assert_eq!(client.task().get(&root).await.unwrap().etag, moved.etag);
            assert_eq!(task(client, "Ask the night shift").await.project_id, home);
        })
        .await;
    }
}

#[tokio::test]
async fn a_move_to_nowhere_names_the_tasks() {
    in_both_modes(async |_, client| {
        let root = task(client, "Plan the team's offsite").await;
        let nowhere = ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0");
        let error = client.task().move_to(&root, &nowhere).await.unwrap_err();
        let Error::Batch { operation: "task.move", failures, .. } = &error else { panic!("{error:?}") };
        assert_eq!(failures.len(), 4);
        assert!(error.is_not_found(), "{error}");
        let child = task(client, "Find a venue").await;
        let error = client.task().move_to(&child, &nowhere).await.unwrap_err();
        let Error::Unfinished { id, source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(*id, child.id.to_string());
        assert!(matches!(**source, Error::Batch { .. }) && error.is_not_found(), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_column_is_changed_alone() {
    in_both_modes(async |service, client| {
        let odd = odd_task(client, "odd").await;
        let column = client.column().create(&odd.project_id, "Soon").await.unwrap();
        let before = stored(service);
        service.forget_requests();
        client.task().move_to_column(&odd, &column).await.unwrap();
        let columns = format!("GET /api/v2/column/project/{}", odd.project_id);
        let read = format!("GET /api/v2/task/{}", odd.id);
        assert_eq!(lines(service), [read, columns, "POST /api/v2/batch/task".into()]);
        assert_eq!(changes(&before, service), [format!("{}.columnId", odd.id)]);
        client.task().move_to_column(&odd, &column).await.unwrap();
        assert_eq!(lines(service).len(), 1, "it is there already");
    })
    .await;
}

#[tokio::test]
async fn parents_are_set_changed_and_removed() {
    in_both_modes(async |service, client| {
        let odd = odd_task(client, "odd").await;
        let [one, two] = ["one", "two"].map(TaskDraft::new);
        let (one, two) = (client.task().create(one).await.unwrap(), client.task().create(two).await.unwrap());
        let before = stored(service);
        service.forget_requests();
        let child = client.task().set_parent(&odd, &one).await.unwrap();
        assert_eq!(lines(service).len(), 3);
        assert_eq!(child.parent_id, one.id);
        client.task().set_parent(&odd, &one).await.unwrap();
        assert_eq!(service.count(&op::TASK_SET_PARENTS), 0, "it is there already");
        client.task().set_parent(&odd, &two).await.unwrap();
        assert!(client.task().children(&one).await.unwrap().is_empty());
        assert_eq!(client.task().children(&two).await.unwrap()[0].id, odd.id);
        let child = client.task().get(&odd).await.unwrap();
        assert_eq!(child.parent_id, two.id);

        service.forget_requests();
        let alone = client.task().unset_parent(&odd).await.unwrap();
        assert_eq!(lines(service), [format!("GET /api/v2/task/{}", odd.id), "POST /api/v2/batch/taskParent".into()]);
        assert_eq!(client.task().get(&odd).await.unwrap().etag, alone.etag);
        client.task().unset_parent(&odd).await.unwrap();
        assert_eq!(service.count(&op::TASK_SET_PARENTS), 0, "it has none");
        // It had no parent before, and has null for one now.
        let others = changes(&before, service);
        assert!(
            others.iter().all(|change| change.ends_with(".childIds") || change.ends_with(".parentId")),
            "{others:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn circles_and_deep_families_are_refused_before_anything_is_sent() {
    in_both_modes(async |service, client| {
        let root = task(client, "Plan the team's offsite").await;
        let low = task(client, "Ask the night shift").await;
        let mut line = vec![client.task().create(TaskDraft::new("1")).await.unwrap()];
        for level in 2..=5 {
            let child = client.task().create_under(line.last().unwrap(), TaskDraft::new(level.to_string())).await;
            line.push(child.unwrap());
        }
        service.forget_requests();
        for (child, parent) in [(&root, &low), (&root, &root), (&root, &line[2]), (&low, &line[4])] {
            let error = client.task().set_parent(child, parent).await.unwrap_err();
            assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
        }
        let error = client.task().create_under(&line[4], TaskDraft::new("6")).await.unwrap_err();
        assert!(error.to_string().contains("6 levels"), "{error}");
        assert!(service.requests().iter().all(|seen| seen.method == "GET"));
    })
    .await;
}

#[tokio::test]
async fn a_child_comes_over_from_another_project() {
    in_both_modes(async |service, client| {
        let root = task(client, "Plan the team's offsite").await;
        let low = task(client, "Collect dietary needs").await;
        let parent = client.task().create(TaskDraft::new("parent")).await.unwrap();
        service.forget_requests();
        let moved = client.task().set_parent(&low, &parent).await.unwrap();
        assert_eq!(
            lines(service),
            [
                format!("GET /api/v2/task/{}", low.id),
                format!("GET /api/v2/project/{}/tasks", low.project_id),
                format!("GET /api/v2/task/{}", parent.id),
                "POST /api/v2/batch/taskParent".into(),
                "POST /api/v2/batch/taskProject".into(),
                "POST /api/v2/batch/taskParent".into(),
            ]
        );
        assert_eq!(moved.project_id, parent.project_id);
        assert_eq!(moved.parent_id.get(), Some(&parent.id));
        let lowest = task(client, "Ask the night shift").await;
        assert_eq!(lowest.project_id, parent.project_id);
        assert_eq!(lowest.parent_id.get(), Some(&low.id));
        assert_eq!(client.task().children(&root).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_about_a_parent_is_looked_for() {
    for (fault, posts) in [(Fault::LoseAnswer, 1), (Fault::Reset, 2)] {
        in_both_modes(async |service, client| {
            let [one, two] = ["one", "two"].map(TaskDraft::new);
            let (one, two) = (client.task().create(one).await.unwrap(), client.task().create(two).await.unwrap());
            service.forget_requests();
            service.faults().next(&op::TASK_SET_PARENTS, fault.clone());
            let child = client.task().set_parent(&two, &one).await.unwrap();
            assert_eq!(service.count(&op::TASK_SET_PARENTS), posts, "{fault:?}");
            assert_eq!(child.parent_id, one.id);
            service.forget_requests();
            service.faults().next(&op::TASK_SET_PARENTS, fault.clone());
            assert!(client.task().unset_parent(&two).await.unwrap().parent_id.get().is_none());
            assert_eq!(service.count(&op::TASK_SET_PARENTS), posts, "{fault:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_child_is_created_in_two_requests_and_never_lost() {
    in_both_modes(async |service, client| {
        let parent = task(client, "Plan the team's offsite").await;
        service.forget_requests();
        let child = client.task().create_under(&parent, TaskDraft::new("Book a bus")).await.unwrap();
        let read_first = format!("GET /api/v2/task/{}", parent.id);
        assert_eq!(lines(service), [&read_first, "POST /api/v2/batch/task", "POST /api/v2/batch/taskParent"]);
        let read = client.task().get(&child).await.unwrap();
        assert_eq!(read.parent_id.get(), Some(&parent.id));
        assert_eq!(read.etag, child.etag);

        service.faults().add(Rule::new(Fault::Reset).operation(&op::TASK_SET_PARENTS));
        let error = client.task().create_under(&parent, TaskDraft::new("Book a band")).await.unwrap_err();
        let Error::Unfinished { id, .. } = &error else { panic!("{error:?}") };
        assert!(error.to_string().contains("was created, but is not below its parent"), "{error}");
        let alone = client.task().get(TaskId::from(id.as_str())).await.unwrap();
        assert!(alone.title == "Book a band" && alone.parent_id.get().is_none());
        assert_eq!(alone.project_id, parent.project_id);
    })
    .await;
}

#[tokio::test]
async fn all_of_it_can_be_spawned() {
    fn send<T: Send>(_: &T) {}
    let service = Simulator::builder().demo().build();
    let client = client(&service);
    let (tasks, id, project) = (client.task(), TaskId::from("a"), ProjectId::from("b"));
    let task = Task::new("a", "b");
    send(&tasks.move_to(&id, &project));
    send(&tasks.move_without_subtasks(&id, &project));
    send(&tasks.move_to_column(&id, ColumnId::from("c")));
    send(&tasks.set_parent(&id, &id));
    send(&tasks.unset_parent(&id));
    send(&tasks.children(&task));
    send(&tasks.create_under(&task, TaskDraft::new("x")));
    send(&tasks.assign(&task, 1));
    send(&tasks.comments(&task).list());
    send(&tasks.comments(&task).add("x"));
    send(&tasks.comments(&task).edit(ticktick::task::CommentId::from("c"), "x"));
    send(&tasks.comments(&task).delete(ticktick::task::CommentId::from("c")));
    send(&tasks.attachments(&task).upload_from("x", &b""[..]));
    send(&tasks.attachments(&task).download(ticktick::task::AttachmentId::from("c"), Vec::new()));
    send(&tasks.attachments(&task).show(&ticktick::task::Attachment::new()));
    send(&tasks.batch().update([&task]).send());
    send(&tasks.history(..).all());
    send(&tasks.history(..).try_next());
    send(&tasks.completed(&project));
    send(&tasks.trash());
    send(&tasks.restore_all([&task]));
    send(&tasks.delete_forever([&task]));
}
