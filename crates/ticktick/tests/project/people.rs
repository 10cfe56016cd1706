//! Who shares a project, and templates.

use ticktick::ProjectId;
use ticktick::project::{Permission, ShareQuota};
use ticktick_sim::{DEMO_USER, UpdateMode};

use super::{GUEST, OTHER, client, lines, service};

#[tokio::test]
async fn a_project_has_people() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let id = service.share(DEMO_USER, "💼 Work", GUEST, Permission::Write);
    let shared = client.project().get(&id).await.unwrap();
    let members = client.project().members(&shared).await.unwrap();
    assert_eq!(members.len(), 2);
    assert_eq!(members[1].permission, Permission::Write);
    let shares = client.project().shares(&id).await.unwrap();
    assert_eq!(shares.len(), 1);
    assert_eq!(shares[0].user_id, members[1].user_id);
    assert!(matches!(client.project().share_quota(&id).await.unwrap(), ShareQuota::Count(1..)));
    let link = client.project().invite_url(&id).await.unwrap().unwrap();
    assert!(link.as_str().contains("inviteUrl"));
    assert!(client.project().shares(ProjectId::from(OTHER)).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn task_and_project_templates_are_read() {
    let service = service(UpdateMode::Merge);
    let client = client(&service);
    let templates = client.project().templates().await.unwrap();
    assert_eq!(templates[0].title, "Packing");
    assert_eq!(templates[0].items.len(), 3);
    assert_eq!(client.project().project_templates().await.unwrap().len(), 1);
    let sent = lines(&service);
    assert_eq!(sent, ["GET /api/v2/templates", "GET /api/v2/projectTemplates/all?timestamp=0"]);
}
