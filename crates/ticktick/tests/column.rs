//! Columns, against the simulator in both of its update modes.

use std::collections::BTreeMap;

use ticktick::column::{Column, ColumnId};
use ticktick::models::{Object, SaveColumns};
use ticktick::project::ViewMode;
use ticktick::raw::{self, op};
use ticktick::{Client, Error, ProjectDraft, ProjectId, TaskDraft};
use ticktick_sim::{Collection, DEMO_USER, Fault, Service, UpdateMode};

use crate::common::{client, in_both_modes, lines, service};

const BY_PROJECT: &str = "GET /api/v2/column/project/";
const SAVE: &str = "POST /api/v2/column";

/// Creates a board with columns at these positions. Each column has a member that the client does not know.
async fn board(service: &Service, client: &Client, columns: &[(&str, i64)]) -> Vec<Column> {
    let board = client.project().create(ProjectDraft::new("Board").view_mode(ViewMode::Kanban)).await.unwrap();
    let mut body = SaveColumns::default();
    for (name, order) in columns {
        let mut column = Column::new(ColumnId::new(), board.id.clone());
        column.name = (*name).into();
        column.sort_order = (*order).into();
        column.extra.insert("future", serde_json::json!({ "n": [1, null] }));
        body.add.push(column);
    }
    raw::column::save(client.transport(), &body).await.unwrap();
    service.forget_requests();
    raw::column::list_by_project(client.transport(), &board.id).await.unwrap().into_inner()
}

async fn names(client: &Client, project: &ProjectId) -> Vec<String> {
    let columns = client.column().list_by_project(project).await.unwrap();
    columns.into_iter().map(|column| column.name.to_string()).collect()
}

fn stored(service: &Service, id: &ColumnId) -> BTreeMap<String, String> {
    let is = |object: &Object| object.get("id").unwrap().decode::<ColumnId>().unwrap() == *id;
    let object = service.objects(DEMO_USER, Collection::Columns).into_iter().find(is).unwrap();
    object.iter().map(|(key, json)| (key.to_owned(), json.as_str().to_owned())).collect()
}

fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    assert_eq!(before.len(), after.len());
    let keys = before.keys().filter(|key| before.get(*key) != after.get(*key));
    keys.filter(|key| !["etag", "modifiedTime"].contains(&key.as_str())).cloned().collect()
}

#[tokio::test]
async fn columns_are_made_from_left_to_right() {
    in_both_modes(async |service, client| {
        let board = client.project().create(ProjectDraft::new("Board")).await.unwrap();
        service.forget_requests();
        let first = client.column().create(&board, "Not Sectioned").await.unwrap();
        assert_eq!(first.sort_order, 0, "as the app begins a board");
        assert_eq!(lines(service), [format!("{BY_PROJECT}{}", board.id), SAVE.into()]);
        service.faults().next(&op::COLUMN_SAVE, Fault::LoseAnswer);
        client.column().create(&board, "Doing").await.unwrap();
        client.column().create(&board, "Done").await.unwrap();
        assert_eq!(names(client, &board.id).await, ["Not Sectioned", "Doing", "Done"]);
        let all = client.column().list().await.unwrap();
        assert_eq!(all.iter().filter(|column| column.project_id == board.id).count(), 3);
        assert!(all.len() > 3);

        let inbox = client.column().create(ProjectId::from("inbox"), "Later").await.unwrap();
        assert_eq!(inbox.project_id, client.project().inbox().await.unwrap().id);
        assert_eq!(names(client, &"inbox".into()).await, ["Later"]);
    })
    .await;
}

#[tokio::test]
async fn a_change_writes_no_other_member() {
    in_both_modes(async |service, client| {
        let mut columns = board(service, client, &[("a", 7), ("b", 6_917_539_217_469_669_374)]).await;
        let before = stored(service, &columns[1].id);
        let renamed = client.column().rename(&columns[1], "Shipped").await.unwrap();
        assert_eq!(lines(service).len(), 3, "the list above, and two");
        assert_eq!(changed(&before, &stored(service, &renamed.id)), ["name"]);
        assert_eq!(renamed.name, "Shipped");
        client.column().rename(&renamed, "Shipped").await.unwrap();
        assert_eq!(lines(service).len(), 1, "nothing to write");

        columns[1].etag = renamed.etag.clone();
        service.faults().next(&op::COLUMN_SAVE, Fault::LoseAnswer);
        let back = client.column().update(&columns[1]).await.unwrap();
        assert_eq!(changed(&before, &stored(service, &back.id)), [""; 0]);
        assert_eq!(service.count(&op::COLUMN_SAVE), 1, "read back, not repeated");
    })
    .await;
}

#[tokio::test]
async fn columns_change_places() {
    in_both_modes(async |service, client| {
        let columns = board(service, client, &[("c", 30), ("a", 10), ("b", 20)]).await;
        let [c, a, _] = &columns[..] else { panic!("three columns") };
        let project = &a.project_id;
        assert_eq!(names(client, project).await, ["a", "b", "c"]);
        service.forget_requests();
        client.column().move_before(c, a).await.unwrap();
        assert_eq!(lines(service), [format!("{BY_PROJECT}{project}"), SAVE.into()]);
        assert_eq!(names(client, project).await, ["c", "a", "b"]);
        client.column().move_after(c, a).await.unwrap();
        assert_eq!(names(client, project).await, ["a", "c", "b"]);
        service.forget_requests();
        client.column().move_after(c, a).await.unwrap();
        assert_eq!(lines(service).len(), 1, "it is there already");
    })
    .await;
}

#[tokio::test]
async fn without_room_neighbors_are_placed_anew_in_one_call() {
    in_both_modes(async |service, client| {
        let columns = board(service, client, &[("a", 0), ("b", 0), ("c", 0)]).await;
        let before = stored(service, &columns[1].id);
        client.column().move_before(&columns[2], &columns[0]).await.unwrap();
        assert_eq!(names(client, &columns[0].project_id).await, ["c", "a", "b"], "room is at the ends");
        client.column().move_after(&columns[2], &columns[0]).await.unwrap();
        assert_eq!(names(client, &columns[0].project_id).await, ["a", "c", "b"]);
        assert_eq!(changed(&before, &stored(service, &columns[1].id)), ["sortOrder"]);
        assert_eq!(service.count(&op::COLUMN_SAVE), 2);
    })
    .await;
}

#[tokio::test]
async fn a_column_is_deleted_into_another_one() {
    in_both_modes(async |service, client| {
        let columns = board(service, client, &[("Doing", 1), ("Done", 2)]).await;
        let project = columns[0].project_id.clone();
        let draft = |column: &Column| TaskDraft::new("x").project(&project).column(&column.id);
        let drafts = [draft(&columns[0]), draft(&columns[0]), draft(&columns[1])];
        let tasks = client.task().batch().create(drafts).send().await.unwrap().into_result().unwrap();
        let foreign = board(service, client, &[("Elsewhere", 1)]).await.remove(0);
        service.forget_requests();
        for other in [&columns[0].id, &foreign.id] {
            let refused = client.column().delete_into(&columns[0], other).await.unwrap_err();
            assert!(matches!(refused, Error::InvalidInput { .. }), "{refused}");
        }
        assert!(lines(service).iter().all(|line| line.starts_with("GET")));

        client.column().delete_into(&columns[0], &columns[1]).await.unwrap();
        assert_eq!(service.count(&op::TASK_BATCH), 1);
        assert_eq!(service.count(&op::COLUMN_SAVE), 1);
        assert_eq!(names(client, &project).await, ["Done"]);
        for task in &tasks {
            assert_eq!(client.task().get(task).await.unwrap().column_id, columns[1].id);
        }
        let empty = client.column().create(&project, "Empty").await.unwrap();
        service.forget_requests();
        client.column().delete_into(&empty, &columns[1]).await.unwrap();
        assert_eq!(service.count(&op::TASK_BATCH), 0);
        assert!(client.column().delete_into(&empty, &columns[1]).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn a_deleted_column_leaves_its_tasks() {
    for fault in [None, Some(Fault::LoseAnswer), Some(Fault::Reset)] {
        let service = service(UpdateMode::Merge);
        let client = client(&service);
        let tasks = client.task().list().await.unwrap();
        let task = tasks.iter().find(|task| task.column_id.get().is_some()).unwrap();
        let columns = client.column().list_by_project(&task.project_id).await.unwrap();
        let column = columns.iter().find(|column| task.column_id == column.id).unwrap();
        service.forget_requests();
        let is_plain = fault.is_none();
        fault.into_iter().for_each(|fault| service.faults().next(&op::COLUMN_SAVE, fault));
        client.column().delete(column).await.unwrap();
        if is_plain {
            assert_eq!(lines(&service), [format!("{BY_PROJECT}{}", task.project_id), SAVE.to_owned()]);
        }
        let left = client.column().list_by_project(&task.project_id).await.unwrap();
        assert_eq!(left.len(), columns.len() - 1);
        assert_eq!(client.task().get(task).await.unwrap().column_id, column.id, "column-delete-spares-tasks");

        service.forget_requests();
        assert!(client.column().delete(column).await.unwrap_err().is_not_found());
        assert_eq!(lines(&service).len(), 1);
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let columns = board(&service, &client, &[("a", 1)]).await;
    let other = client.column().list().await.unwrap().remove(0);
    service.forget_requests();
    for error in [
        client.column().create(&columns[0].project_id, " ").await.unwrap_err(),
        client.column().rename(&columns[0], "").await.unwrap_err(),
        client.column().move_before(&columns[0], &columns[0]).await.unwrap_err(),
        client.column().move_after(&columns[0], &other).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert_eq!(lines(&service), [""; 0]);

    // column-update-needs-project: the service does nothing if the project is another one.
    let mut astray = columns[0].clone();
    astray.project_id = other.project_id.clone();
    let error = client.column().update(&astray).await.unwrap_err();
    assert!(
        matches!(&error, Error::InvalidInput { message, .. } if message.contains("cannot leave project")),
        "{error:?}"
    );
    let gone = Column::new(ColumnId::new(), other.project_id.clone());
    assert!(client.column().rename(&gone, "x").await.unwrap_err().is_not_found());
    assert!(client.column().move_before(&gone, &other).await.unwrap_err().is_not_found());
    assert!(client.column().move_before(&other, &gone).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn futures_cross_threads() {
    fn send<T: Send>(_: &T) {}
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let columns = client.column();
    let column = Column::new("a", "b");
    send(&columns.list());
    send(&columns.list_by_project(&column.project_id));
    send(&columns.create(&column.project_id, "a"));
    send(&columns.update(&column));
    send(&columns.rename(&column, "a"));
    send(&columns.move_before(&column, &column));
    send(&columns.move_after(&column, &column));
    send(&columns.delete(&column));
    send(&columns.delete_into(&column, &column));
}
