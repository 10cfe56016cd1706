//! The order of projects.

use ticktick::folder::FolderId;
use ticktick::raw::{self, op};
use ticktick::{Client, ProjectDraft, ProjectId};
use ticktick_sim::{Collection, Fault};

use super::{FOLDER, OTHER, PROJECT, add_strange, changed, in_both_modes, members, names};

/// Names of the projects in no folder, in their order.
async fn loose(client: &Client) -> Vec<String> {
    let mut all = raw::project::list(client.transport()).await.unwrap();
    all.retain(|project| project.group_id.get().is_none());
    all.sort_by_key(|project| project.sort_order.copied());
    all.iter().map(|project| project.name.to_string()).collect()
}

#[tokio::test]
async fn projects_change_places() {
    in_both_modes(async |_, client| {
        let projects = client.project();
        let draft = |name: &str| ProjectDraft::new(name);
        let mut ids = Vec::new();
        for (name, order) in [("a", 1), ("b", 2), ("c", 3)] {
            ids.push(projects.create(draft(name).sort_order(order)).await.unwrap().id);
        }
        let before = loose(client).await;
        let place = |names: &[String], name: &str| names.iter().position(|one| one == name).unwrap();
        assert!(place(&before, "a") < place(&before, "b"));

        projects.move_to_top(&ids[1]).await.unwrap();
        assert_eq!(loose(client).await[0], "b");
        projects.move_to_bottom(&ids[0]).await.unwrap();
        assert_eq!(loose(client).await.last().unwrap(), "a");
        projects.move_before(&ids[0], &ids[2]).await.unwrap();
        let after = loose(client).await;
        assert_eq!(place(&after, "a") + 1, place(&after, "c"));
        projects.move_after(&ids[1], &ids[2]).await.unwrap();
        let after = loose(client).await;
        assert_eq!(place(&after, "c") + 1, place(&after, "b"));

        let work = projects.list().await.unwrap().into_iter().find(|project| project.name == "💼 Work").unwrap();
        let moved = projects.move_after(&ids[1], &work).await.unwrap();
        assert_eq!(moved.group_id, work.group_id, "it joins the neighbor's folder");
        let inside = client.folder().projects(moved.group_id.get().unwrap()).await.unwrap();
        assert_eq!(names(&inside), ["💼 Work", "b", "🚀 Website launch"]);
        assert!(projects.move_after(&ids[1], ProjectId::from(OTHER)).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn without_room_neighbors_are_placed_anew_in_one_call() {
    in_both_modes(async |service, client| {
        add_strange(service, client).await;
        let folder = FolderId::from(FOLDER);
        let strange = client.project().get(ProjectId::from(PROJECT)).await.unwrap();
        let mut ids = Vec::new();
        for name in ["a", "b", "c"] {
            let draft =
                ProjectDraft::new(name).folder(&folder).sort_order(strange.sort_order.copied().unwrap_or_default());
            ids.push(client.project().create(draft).await.unwrap().id);
        }
        let far = client.project().get(&ids[1]).await.unwrap();
        let before = members(service, Collection::Projects, PROJECT);
        service.forget_requests();
        service.faults().next(&op::PROJECT_BATCH, Fault::LoseAnswer);
        client.project().move_before(&ids[2], &ids[0]).await.unwrap();
        assert_eq!(service.count(&op::PROJECT_BATCH), 1, "what was stored is not sent again");
        let inside = client.folder().projects(&folder).await.unwrap();
        assert_eq!(names(&inside), ["Strange", "c", "a", "b"]);
        let after = members(service, Collection::Projects, PROJECT);
        assert_eq!(changed(&before, &after), ["sortOrder"]);
        assert_eq!(client.project().get(&ids[1]).await.unwrap(), far, "as few as possible are touched");

        service.faults().next(&op::PROJECT_BATCH, Fault::Reset);
        client.project().move_before(&ids[2], &strange).await.unwrap();
        assert_eq!(names(&client.folder().projects(&folder).await.unwrap()), ["c", "Strange", "a", "b"]);
    })
    .await;
}
