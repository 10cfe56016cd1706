//! Projects that are created, changed and deleted.

use std::collections::BTreeMap;

use ticktick::folder::{Folder, FolderId};
use ticktick::project::{ProjectKind, ViewMode};
use ticktick::raw::op;
use ticktick::{Client, Error, Project, ProjectDraft, ProjectId, ProjectPatch};
use ticktick_sim::{Collection, DEMO_USER, Fault, UpdateMode};

use super::{FOLDER, PROJECT, add_strange, changed, client, in_both_modes, lines, members, names, service};

/// Puts a project together again, each number as it was written.
fn whole(members: &BTreeMap<String, String>) -> Project {
    let text: Vec<String> = members.iter().map(|(key, json)| format!("\"{key}\":{json}")).collect();
    serde_json::from_str(&format!("{{{}}}", text.join(","))).unwrap()
}

#[tokio::test]
async fn a_project_is_created_as_it_was_drafted() {
    in_both_modes(async |service, client| {
        add_strange(service, client).await;
        let draft = ProjectDraft::new("🚀 Launch")
            .color("#FFD324")
            .view_mode(ViewMode::Kanban)
            .kind(ProjectKind::Note)
            .folder(FOLDER)
            .in_all(false)
            .muted(true)
            .sort_order(-9_223_090_562_146_500_590);
        service.faults().next(&op::PROJECT_BATCH, Fault::LoseAnswer);
        let made = client.project().create(draft).await.unwrap();
        let read = client.project().get(&made).await.unwrap();
        assert_eq!(names(std::slice::from_ref(&read)), ["🚀 Launch"]);
        assert_eq!(read.color, "#FFD324");
        assert_eq!(read.view_mode, ViewMode::Kanban);
        assert_eq!(read.kind, ProjectKind::Note);
        assert_eq!(read.group_id, FolderId::from(FOLDER));
        assert_eq!(read.in_all, false);
        assert_eq!(read.muted, true);
        assert_eq!(read.sort_order, -9_223_090_562_146_500_590);
        assert_eq!(read.etag, made.etag);
        let all = client.project().list().await.unwrap();
        assert_eq!(all.iter().filter(|project| project.name == "🚀 Launch").count(), 1, "the repeat made no second");
    })
    .await;
}

#[tokio::test]
async fn what_makes_no_sense_is_not_sent() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let (projects, folders) = (client.project(), client.folder());
    let id = ProjectId::from(PROJECT);
    for error in [
        projects.create(ProjectDraft::new(" ")).await.unwrap_err(),
        projects.create(ProjectDraft::new("a").color("red")).await.unwrap_err(),
        projects.rename(&id, "").await.unwrap_err(),
        projects.patch(&id, ProjectPatch::new().color("#FFF")).await.unwrap_err(),
        projects.move_before(&id, &id).await.unwrap_err(),
        folders.create("\t").await.unwrap_err(),
        folders.rename(FolderId::from(FOLDER), "").await.unwrap_err(),
        folders.add_project(FolderId::from("NONE"), &id).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::InvalidInput { .. }), "{error:?}");
    }
    assert_eq!(lines(&service), [""; 0]);
}

#[tokio::test]
async fn the_inbox_is_read_only() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let inbox = client.project().inbox().await.unwrap();
    let other = client.project().list().await.unwrap().remove(1);
    service.forget_requests();
    let projects = client.project();
    for id in [&inbox.id, &ProjectId::from("inbox")] {
        let mut named = inbox.clone();
        named.id = id.clone();
        for error in [
            projects.update(&named).await.unwrap_err(),
            projects.rename(id, "a").await.unwrap_err(),
            projects.archive(id).await.unwrap_err(),
            projects.delete(id).await.unwrap_err(),
            projects.move_to_top(id).await.unwrap_err(),
            projects.move_after(&other, id).await.unwrap_err(),
            projects.members(&named).await.unwrap_err(),
            projects.shares(id).await.unwrap_err(),
            client.folder().add_project(FolderId::from(FOLDER), id).await.unwrap_err(),
        ] {
            assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
            assert!(error.to_string().contains("create a project instead"), "{error}");
        }
    }
    assert_eq!(lines(&service), [""; 0]);
    let error = projects.get(ProjectId::from("inbox7")).await.unwrap_err();
    assert!(error.is_not_found(), "the inbox of somebody else: {error:?}");
}

#[tokio::test]
async fn a_change_writes_no_other_member() {
    in_both_modes(async |service, client| {
        add_strange(service, client).await;
        let id = ProjectId::from(PROJECT);
        let projects = client.project();
        let before = members(service, Collection::Projects, PROJECT);
        assert_eq!(before["longNumber"], "12345678901234567890123");
        let all = ProjectPatch::new()
            .name("Plain")
            .color("#35D870")
            .view_mode(ViewMode::List)
            .kind(ProjectKind::Task)
            .in_all(false)
            .muted(true)
            .sort_order(7);
        for (change, wanted) in [
            (ProjectPatch::new().name("Plain"), &["name"][..]),
            (ProjectPatch::new().clear_color(), &["color"]),
            (ProjectPatch::new().clear_folder(), &["groupId"]),
            (all, &["color", "inAll", "kind", "muted", "name", "sortOrder", "viewMode"]),
        ] {
            let stored = projects.patch(&id, change).await.unwrap();
            let after = members(service, Collection::Projects, PROJECT);
            assert_eq!(changed(&before, &after), wanted);
            assert_eq!(stored, projects.get(&id).await.unwrap());
            projects.overwrite(&whole(&before)).await.unwrap();
            let again = members(service, Collection::Projects, PROJECT);
            assert_eq!(changed(&before, &again), [""; 0], "an update puts all of it back");
        }
    })
    .await;
}

#[tokio::test]
async fn archiving_there_and_back_loses_nothing() {
    in_both_modes(async |service, client| {
        add_strange(service, client).await;
        let before = members(service, Collection::Projects, PROJECT);
        let id = ProjectId::from(PROJECT);
        let archived = client.project().archive(&id).await.unwrap();
        assert_eq!(archived.closed, true);
        assert_eq!(changed(&before, &members(service, Collection::Projects, PROJECT)), ["closed"]);
        assert!(client.project().list().await.unwrap().iter().all(|project| project.id != id));
        assert!(client.project().list_with_archived().await.unwrap().contains(&archived));
        let back = client.project().unarchive(&id).await.unwrap();
        assert!(back.closed.is_null());
        assert_eq!(changed(&before, &members(service, Collection::Projects, PROJECT)), [""; 0]);

        let mut closed = client.project().archive(&id).await.unwrap();
        closed.closed = false.into();
        assert!(client.project().update(&closed).await.unwrap().closed.is_null(), "false is another word for it");
    })
    .await;
}

#[tokio::test]
async fn what_changes_nothing_is_not_written() {
    in_both_modes(async |service, client| {
        add_strange(service, client).await;
        let id = ProjectId::from(PROJECT);
        let projects = client.project();
        projects.unarchive(&id).await.unwrap();
        projects.rename(&id, "Strange").await.unwrap();
        projects.patch(&id, ProjectPatch::new().folder(FOLDER)).await.unwrap();
        projects.move_to_top(&id).await.unwrap();
        projects.move_to_bottom(&id).await.unwrap();
        assert_eq!(service.count(&op::PROJECT_BATCH), 0);
    })
    .await;
}

#[tokio::test]
async fn calls_cost_what_they_say() {
    const LIST: &str = "GET /api/v2/projects";
    const BATCH: &str = "POST /api/v2/batch/project";
    const SYNC: &str = "GET /api/v3/batch/check/0";
    const FOLDERS: &str = "POST /api/v2/batch/projectGroup";
    let service = service(UpdateMode::Merge);
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).base_url("http://127.0.0.1:1");
    let client = builder.build().unwrap();
    let (projects, folders) = (client.project(), client.folder());
    add_strange(&service, &client).await;

    let project = projects.create(ProjectDraft::new("New")).await.unwrap();
    assert_eq!(lines(&service), [BATCH]);
    let project = projects.update(&project).await.unwrap();
    assert_eq!(lines(&service), [LIST, BATCH]);
    projects.rename(&project, "Newer").await.unwrap();
    assert_eq!(lines(&service), [LIST, BATCH]);
    projects.archive(&project).await.unwrap();
    projects.unarchive(&project).await.unwrap();
    assert_eq!(lines(&service), [LIST, BATCH, LIST, BATCH]);
    projects.move_to_bottom(&project).await.unwrap();
    assert_eq!(lines(&service), [LIST, BATCH]);
    projects.get(&project).await.unwrap();
    assert_eq!(lines(&service), [LIST]);
    projects.members(&projects.get(&project).await.unwrap()).await.unwrap();
    assert_eq!(lines(&service), [LIST], "nobody is asked about a project that is not shared");

    let folder = folders.create("Folder").await.unwrap();
    assert_eq!(lines(&service), [FOLDERS]);
    folders.rename(&folder, "Other").await.unwrap();
    assert_eq!(lines(&service), [SYNC, FOLDERS]);
    folders.add_project(&folder, &project).await.unwrap();
    folders.remove_project(&project).await.unwrap();
    assert_eq!(lines(&service), [SYNC, BATCH, LIST, BATCH]);
    folders.delete(&folder).await.unwrap();
    assert_eq!(lines(&service), [SYNC, FOLDERS], "it was empty");
    folders.delete(FolderId::from(FOLDER)).await.unwrap();
    assert_eq!(lines(&service), [SYNC, BATCH, FOLDERS]);
    projects.delete(&project).await.unwrap();
    assert_eq!(lines(&service), [LIST, BATCH]);
}

#[tokio::test]
async fn a_deleted_project_takes_its_tasks_along() {
    for fault in [Fault::LoseAnswer, Fault::Reset] {
        let service = service(UpdateMode::Merge);
        let client = client(&service);
        let project = client.project().list().await.unwrap().remove(1);
        assert!(!client.task().list_by_project(&project).await.unwrap().is_empty());
        service.faults().next(&op::PROJECT_BATCH, fault);
        client.project().delete(&project).await.unwrap();
        assert!(client.project().get(&project).await.unwrap_err().is_not_found());
        let left = client.task().list().await.unwrap();
        assert!(left.iter().all(|task| task.project_id != project.id));
        assert!(client.project().delete(&project).await.unwrap_err().is_not_found());
    }
}

#[tokio::test]
async fn futures_cross_threads() {
    fn send<T: Send>(_: &T) {}
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let (projects, folders) = (client.project(), client.folder());
    let (id, folder) = (ProjectId::from(PROJECT), FolderId::from(FOLDER));
    let project = Project::new(id.clone());
    send(&projects.list());
    send(&projects.inbox());
    send(&projects.get(&id));
    send(&projects.create(ProjectDraft::new("a")));
    send(&projects.update(&project));
    send(&projects.patch(&id, ProjectPatch::new()));
    send(&projects.rename(&id, "a"));
    send(&projects.archive(&id));
    send(&projects.unarchive(&id));
    send(&projects.delete(&id));
    send(&projects.move_before(&id, &id));
    send(&projects.move_to_top(&id));
    send(&projects.members(&project));
    send(&projects.shares(&id));
    send(&projects.share_quota(&id));
    send(&projects.invite_url(&id));
    send(&projects.templates());
    send(&projects.project_templates());
    send(&folders.list());
    send(&folders.projects(&folder));
    send(&folders.create("a"));
    send(&folders.update(&Folder::new(folder.clone())));
    send(&folders.rename(&folder, "a"));
    send(&folders.delete(&folder));
    send(&folders.add_project(&folder, &id));
    send(&folders.remove_project(&id));
}
