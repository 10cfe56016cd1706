//! Folders.

use ticktick::ProjectId;
use ticktick::folder::{Folder, FolderId};
use ticktick::raw::op;
use ticktick_sim::{Collection, Fault};

use super::{FOLDER, PROJECT, add_strange, changed, in_both_modes, members};

#[tokio::test]
async fn a_deleted_folder_releases_its_projects() {
    in_both_modes(async |service, client| {
        add_strange(service, client).await;
        let (folders, projects) = (client.folder(), client.project());
        let before = members(service, Collection::ProjectGroups, FOLDER);
        folders.rename(FolderId::from(FOLDER), "Renamed").await.unwrap();
        assert_eq!(changed(&before, &members(service, Collection::ProjectGroups, FOLDER)), ["name"]);
        let stored: Folder = folders.get(FolderId::from(FOLDER)).await.unwrap();
        folders.update(&stored).await.unwrap();
        assert_eq!(changed(&before, &members(service, Collection::ProjectGroups, FOLDER)), ["name"]);

        service.faults().next(&op::PROJECT_GROUP_BATCH, Fault::LoseAnswer);
        let folder = folders.create("New").await.unwrap();
        let count = folders.list().await.unwrap().len();
        let strange = members(service, Collection::Projects, PROJECT);
        let inside = folders.add_project(&folder, ProjectId::from(PROJECT)).await.unwrap();
        assert_eq!(changed(&strange, &members(service, Collection::Projects, PROJECT)), ["groupId"]);
        projects.archive(&inside).await.unwrap();
        assert!(folders.projects(&folder).await.unwrap().is_empty(), "archived ones are shown apart");

        service.faults().next(&op::PROJECT_BATCH, Fault::LoseAnswer);
        service.faults().next(&op::PROJECT_GROUP_BATCH, Fault::LoseAnswer);
        folders.delete(&folder).await.unwrap();
        assert_eq!(folders.list().await.unwrap().len(), count - 1);
        assert!(folders.get(&folder).await.unwrap_err().is_not_found());
        let released = projects.unarchive(&inside).await.unwrap();
        assert!(released.group_id.is_null(), "deleted-folder-dangles: nothing dangles");
        assert_eq!(changed(&strange, &members(service, Collection::Projects, PROJECT)), ["groupId"]);
        assert!(folders.delete(&folder).await.unwrap_err().is_not_found());
    })
    .await;
}
