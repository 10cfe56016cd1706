//! Projects and folders, against the simulator in both of its update modes.

mod folder;
mod order;
mod people;
mod writes;

use std::collections::BTreeMap;

use ticktick::date::FixedClock;
use ticktick::models::{BatchFolders, BatchProjects, Object};
use ticktick::raw;
use ticktick::{Client, Project};
use ticktick_sim::{Collection, DEMO_USER, Service, Simulator, UpdateMode};

pub(crate) const GUEST: &str = "guest@example.com";
pub(crate) const PROJECT: &str = "65f0a1b2c3d4e5f6a7b8c9d0";
pub(crate) const OTHER: &str = "65f0a1b2c3d4e5f6a7b8c9d1";
pub(crate) const FOLDER: &str = "65f0a1b2c3d4e5f6a7b8c9e0";

/// Members that this version knows nothing of, and numbers that no float holds.
pub(crate) const STRANGE: &str = include_str!("samples/strange_project.json");

pub(crate) fn service(mode: UpdateMode) -> Service {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    Simulator::builder().demo().account(GUEST, "secret").clock(clock).update_mode(mode).build()
}

pub(crate) fn client(service: &Service) -> Client {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock);
    builder.base_url("http://127.0.0.1:1").verify_writes(true).build().unwrap()
}

pub(crate) async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service);
        journey(&service, &client).await;
    }
}

/// Stores the strange project in a folder of its own, which is strange too.
pub(crate) async fn add_strange(service: &Service, client: &Client) {
    let mut batch = BatchProjects::default();
    batch.add.push(serde_json::from_str(STRANGE).unwrap());
    raw::project::batch(client.transport(), &batch).await.unwrap();
    let mut batch = BatchFolders::default();
    batch.add.push(serde_json::from_str(&format!(r#"{{"id":"{FOLDER}","name":"Folder","future":[1.50]}}"#)).unwrap());
    raw::project_group::batch(client.transport(), &batch).await.unwrap();
    service.forget_requests();
}

/// The text of every member of what is stored, by key.
pub(crate) fn members(service: &Service, collection: Collection, id: &str) -> BTreeMap<String, String> {
    let is = |object: &Object| object.get("id").unwrap().decode::<String>().unwrap() == id;
    let object = service.objects(DEMO_USER, collection).into_iter().find(is).unwrap();
    object.iter().map(|(key, json)| (key.to_owned(), json.as_str().to_owned())).collect()
}

/// Names the members that differ, but for version and time of change.
pub(crate) fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
    let differs = |key: &&String| before.get(*key) != after.get(*key);
    keys.filter(differs).filter(|key| !["etag", "modifiedTime"].contains(&key.as_str())).cloned().collect()
}

pub(crate) fn lines(service: &Service) -> Vec<String> {
    let lines = service.requests().into_iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect();
    service.forget_requests();
    lines
}

pub(crate) fn names(projects: &[Project]) -> Vec<&str> {
    projects.iter().map(|project| project.name.as_deref().unwrap()).collect()
}
