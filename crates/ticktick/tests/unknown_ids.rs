//! The service stores ids and zones that do not exist. The client refuses them before anything is written.

use jiff::civil::date;
use ticktick::focus::{TimerDraft, TimerId};
use ticktick::folder::{Folder, FolderId};
use ticktick::habit::{HabitId, HabitPatch, SectionId};
use ticktick::value::Json;
use ticktick::{
    CheckIn, Client, Error, HabitDraft, Project, ProjectDraft, ProjectId, ProjectPatch, TagDraft, TaskDraft,
};
use ticktick_sim::{Service, Simulator};

const USER: &str = "me@example.com";
const UNKNOWN: &str = "65f0a1b2c3d4e5f6a7b8c9d0";

fn set_up() -> (Service, Client) {
    let service = Simulator::builder().account(USER, "secret").build();
    let client = Client::builder().transport(service.signed_on(USER)).base_url("http://127.0.0.1:1").build().unwrap();
    (service, client)
}

/// Expects that what a call names is not found, and that nothing was written.
async fn not_found<T: std::fmt::Debug>(service: &Service, kind: &str, call: impl Future<Output = Result<T, Error>>) {
    service.forget_requests();
    match call.await {
        Err(Error::NotFound { what, id, .. }) => assert_eq!((what, id.as_str()), (kind, UNKNOWN)),
        other => panic!("{kind}: {other:?}"),
    }
    assert!(service.requests().iter().all(|seen| seen.method == "GET"), "{kind}");
}

async fn in_folder(client: &Client) -> (Folder, Project) {
    let folder = client.folder().create("Office").await.unwrap();
    let project = client.project().create(ProjectDraft::new("Work").folder(&folder)).await.unwrap();
    (folder, project)
}

#[tokio::test]
async fn a_project_is_not_put_into_a_folder_that_does_not_exist() {
    let (service, client) = set_up();
    let (projects, unknown) = (client.project(), FolderId::from(UNKNOWN));
    not_found(&service, "folder", projects.create(ProjectDraft::new("x").folder(&unknown))).await;
    let (_, mut project) = in_folder(&client).await;
    not_found(&service, "folder", projects.patch(&project, ProjectPatch::new().folder(&unknown))).await;
    project.group_id = unknown.into();
    not_found(&service, "folder", projects.update(&project)).await;
    not_found(&service, "folder", projects.overwrite(&project)).await;
}

#[tokio::test]
async fn the_folder_that_a_project_has_blocks_no_other_change() {
    let (service, client) = set_up();
    let (folder, project) = in_folder(&client).await;
    let batch = format!(r#"{{"delete":["{}"]}}"#, folder.id);
    let call = ticktick::raw::Call::new(&ticktick::raw::op::PROJECT_GROUP_BATCH);
    let body: Json = serde_json::from_str(&batch).unwrap();
    call.json(&body).nothing(&service.signed_on(USER)).await.unwrap();
    let renamed = client.project().rename(&project, "Job").await.unwrap();
    assert_eq!(renamed.group_id, folder.id);
    let project = client.project().patch(&project, ProjectPatch::new().folder("NONE")).await.unwrap();
    assert!(project.group_id.get().is_none());
}

#[tokio::test]
async fn a_habit_is_not_put_into_a_section_that_does_not_exist() {
    let (service, client) = set_up();
    let (habits, unknown) = (client.habit(), SectionId::from(UNKNOWN));
    let kind = "habit section";
    not_found(&service, kind, habits.create(HabitDraft::new("x").section(&unknown))).await;
    let section = habits.create_section("Weekend").await.unwrap();
    let mut habit = habits.create(HabitDraft::new("Bake").section(&section)).await.unwrap();
    not_found(&service, kind, habits.patch(&habit, HabitPatch::new().section(&unknown))).await;
    habit.section_id = unknown.into();
    not_found(&service, kind, habits.update(&habit)).await;
    not_found(&service, kind, habits.overwrite(&habit)).await;
    habits.patch(&habit, HabitPatch::new().clear_section()).await.unwrap();
}

#[tokio::test]
async fn an_unknown_zone_is_not_stored_as_a_setting() {
    let (service, client) = set_up();
    service.forget_requests();
    let changed = client.user().update_settings(|settings| settings.time_zone = "Europe/Belrin".into()).await;
    assert!(matches!(&changed, Err(Error::InvalidInput { message, .. }) if message.contains("Europe/Belrin")));
    assert!(service.requests().iter().all(|seen| seen.method == "GET"));
    let known = client.user().update_settings(|settings| settings.time_zone = "GMT+08:00".into()).await.unwrap();
    assert_eq!(known.time_zone, "GMT+08:00");
}

#[tokio::test]
async fn an_unknown_tag_or_folder_is_not_an_empty_one() {
    let (service, client) = set_up();
    client.task().create(TaskDraft::new("x").tag("home")).await.unwrap();
    let (folder, _) = in_folder(&client).await;
    let missing = |what| move |error: Error| matches!(error, Error::NotFound { what: found, .. } if found == what);
    assert!(missing("tag")(client.task().list_by_tag("hme").await.unwrap_err()));
    assert_eq!(client.task().list_by_tag("Home").await.unwrap().len(), 1);
    client.tag().create(TagDraft::new("empty")).await.unwrap();
    assert!(client.task().list_by_tag("empty").await.unwrap().is_empty());
    not_found(&service, "folder", client.folder().projects(FolderId::from(UNKNOWN))).await;
    assert_eq!(client.folder().projects(&folder).await.unwrap().len(), 1);
    let empty = client.folder().create("Attic").await.unwrap();
    assert!(client.folder().projects(&empty).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_history_of_an_unknown_project_is_not_an_empty_one() {
    let (service, client) = set_up();
    let unknown = ProjectId::from(UNKNOWN);
    not_found(&service, "project", client.task().completed(&unknown)).await;
    not_found(&service, "project", client.task().history_of_project(&unknown, ..).all()).await;
    let mut history = client.task().history_of_project(&unknown, ..);
    assert!(history.try_next().await.is_err());
    assert!(history.try_next().await.is_err(), "an error does not end the history");
    assert!(client.task().completed("inbox").await.unwrap().is_empty());
    let project = client.project().create(ProjectDraft::new("Work")).await.unwrap();
    assert!(client.task().completed(&project).await.unwrap().is_empty());
    let task = client.task().create(TaskDraft::new("x").project(&project)).await.unwrap();
    client.task().complete(&task).await.unwrap();
    service.forget_requests();
    assert_eq!(client.task().completed(&project).await.unwrap().len(), 1);
    assert_eq!(service.requests().len(), 1);
}

#[tokio::test]
async fn a_file_is_not_uploaded_to_the_task_of_another_account() {
    let service = Simulator::builder().account(USER, "secret").account("you@example.com", "secret").build();
    let of =
        |user| Client::builder().transport(service.signed_on(user)).base_url("http://127.0.0.1:1").build().unwrap();
    let theirs = of("you@example.com").task().create(TaskDraft::new("x")).await.unwrap();
    let client = of(USER);
    for call in [client.task().attachments(&theirs).upload("a.txt", "x").await, {
        client.task().attachments(&theirs).upload_from("a.txt", &b"x"[..]).await
    }] {
        match call {
            Err(Error::NotFound { what, id, .. }) => assert_eq!((what, id.as_str()), ("task", theirs.id.as_str())),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_project_that_was_deleted_is_not_an_empty_one() {
    let (service, client) = set_up();
    let project = client.project().create(ProjectDraft::new("Work")).await.unwrap();
    assert!(client.task().list_by_project(&project).await.unwrap().is_empty());
    assert!(client.task().list_by_project("inbox").await.unwrap().is_empty());
    client.project().delete(&project).await.unwrap();
    let missing = |error: Error| matches!(error, Error::NotFound { what: "project", .. });
    assert!(missing(client.task().list_by_project(&project).await.unwrap_err()));
    assert!(missing(client.column().list_by_project(&project).await.unwrap_err()));
    assert!(service.requests().iter().any(|seen| seen.target.contains("/projects")));
}

#[tokio::test]
async fn an_unknown_habit_is_not_one_without_check_ins_or_notes() {
    let (service, client) = set_up();
    let missing = |error: Error| matches!(error, Error::NotFound { what: "habit", id, .. } if id == UNKNOWN);
    let unknown = HabitId::from(UNKNOWN);
    let read = client.habit().create(HabitDraft::new("Read")).await.unwrap();
    let habits = [&read.id, &unknown];
    assert!(missing(client.habit().check_ins([&unknown], ..).await.unwrap_err()));
    assert!(missing(client.habit().check_ins(habits, ..).await.unwrap_err()));
    assert!(missing(client.habit().records([&unknown], ..).await.unwrap_err()));
    assert!(missing(client.habit().records(habits, ..).await.unwrap_err()));
    assert!(client.habit().check_ins([&read], ..).await.unwrap().is_empty());
    assert!(client.habit().records([&read], ..).await.unwrap().is_empty());
    client.habit().check_in(&read, CheckIn::done()).await.unwrap();
    service.forget_requests();
    assert_eq!(client.habit().check_ins([&read], ..).await.unwrap().len(), 1);
    assert_eq!(client.habit().check_ins([&read], ..=date(2020, 1, 1)).await.unwrap().len(), 0);
    assert_eq!(service.requests().len(), 2);
}

#[tokio::test]
async fn an_unknown_timer_is_not_an_unused_one() {
    let (service, client) = set_up();
    not_found(&service, "timer", client.focus().timer_overview(TimerId::from(UNKNOWN))).await;
    let timer = client.focus().create_timer(TimerDraft::pomodoro("Deep work", 50)).await.unwrap();
    assert_eq!(client.focus().timer_overview(&timer).await.unwrap().total, 0);
}

#[tokio::test]
async fn an_unknown_tag_is_not_one_without_completed_tasks() {
    let (service, client) = set_up();
    let task = client.task().create(TaskDraft::new("x").tag("home")).await.unwrap();
    let completed = async |tags: &[&str]| client.tag().completed_tasks(tags.iter().copied(), 10).await;
    assert!(completed(&["home"]).await.unwrap().is_empty());
    for tags in [&["hme"][..], &["home", "hme"]] {
        let error = completed(tags).await.unwrap_err();
        assert!(matches!(&error, Error::NotFound { what: "tag", id, .. } if id == "hme"), "{error:?}");
    }
    client.task().complete(&task).await.unwrap();
    service.forget_requests();
    assert_eq!(completed(&["home", "hme"]).await.unwrap().len(), 1);
    assert_eq!(service.requests().len(), 1);
}
