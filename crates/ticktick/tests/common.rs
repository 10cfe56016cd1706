//! What the files of journeys share.

use std::collections::{BTreeMap, BTreeSet};

use ticktick::date::FixedClock;
use ticktick::models::{BatchTasks, Json, Object};
use ticktick::{Client, ClientBuilder, Task, TaskId, raw};
use ticktick_sim::{Collection, DEMO_USER, Service, Simulator, UpdateMode};

/// When all of it happens.
pub(crate) const NOW: &str = "2026-03-01T12:30:00.000+0000";

/// The members of an object, each as the text it is on the wire.
pub(crate) type Members = BTreeMap<String, String>;

/// Makes a service with the demo account.
pub(crate) fn service(mode: UpdateMode) -> Service {
    Simulator::builder().demo().clock(clock()).update_mode(mode).build()
}

/// Makes a client of the demo account that needs no socket.
pub(crate) fn client(service: &Service) -> Client {
    builder(service).build().unwrap()
}

/// Begins a client of the demo account that needs no socket.
pub(crate) fn builder(service: &Service) -> ClientBuilder {
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock());
    // Nobody listens there, and nobody is asked.
    builder.base_url("http://127.0.0.1:1")
}

pub(crate) fn clock() -> FixedClock {
    FixedClock("2026-03-01T12:30:00Z".parse().unwrap())
}

/// Runs a journey against a service that merges updates, and against one that replaces by them.
pub(crate) async fn in_both_modes(journey: impl AsyncFn(&Service, &Client)) {
    for mode in [UpdateMode::Merge, UpdateMode::Replace] {
        let service = service(mode);
        let client = client(&service);
        journey(&service, &client).await;
    }
}

/// Returns methods, paths and queries since the last time.
pub(crate) fn lines(service: &Service) -> Vec<String> {
    let lines = service.requests().into_iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect();
    service.forget_requests();
    lines
}

/// Returns the members of every stored task, by id.
pub(crate) fn stored(service: &Service) -> BTreeMap<String, Members> {
    let tasks = service.objects(DEMO_USER, Collection::Tasks);
    tasks.iter().map(|task| (task.get("id").unwrap().decode().unwrap(), members(task))).collect()
}

/// Returns the members of one stored task.
pub(crate) fn stored_task(service: &Service, id: &TaskId) -> Members {
    let tasks = service.objects(DEMO_USER, Collection::Tasks);
    let is_it = |task: &&Object| task.get("id").unwrap().decode::<TaskId>().unwrap() == *id;
    members(tasks.iter().find(is_it).unwrap())
}

pub(crate) fn members(object: &Object) -> Members {
    object.iter().map(|(key, json)| (key.to_owned(), sorted(json))).collect()
}

/// Writes a value with the members of objects in the order of their names; everything else stays as it is on the wire.
fn sorted(json: &Json) -> String {
    match json.kind() {
        "object" => {
            let members = members(&json.decode().unwrap());
            let members: Vec<_> = members.into_iter().map(|(key, value)| format!("{key:?}:{value}")).collect();
            format!("{{{}}}", members.join(","))
        }
        "array" => {
            let elements: Vec<_> = json.decode::<Vec<Json>>().unwrap().iter().map(sorted).collect();
            format!("[{}]", elements.join(","))
        }
        _ => json.as_str().to_owned(),
    }
}

/// Names the members that are not the same, also those that only one has.
pub(crate) fn differences(one: &Members, other: &Members) -> BTreeSet<String> {
    let keys = one.keys().chain(other.keys());
    keys.filter(|key| one.get(*key) != other.get(*key)).cloned().collect()
}

/// Stores a task of the inbox with much that a client may not know, and returns it.
pub(crate) async fn odd_task(client: &Client) -> Task {
    let inbox = client.project().inbox().await.unwrap().id;
    let task = include_str!("samples/odd_inbox_task.json").replace("INBOX", inbox.as_str());
    let mut batch = BatchTasks::default();
    batch.add.push(serde_json::from_str(&task).unwrap());
    raw::task::batch(client.transport(), &batch).await.unwrap();
    client.task().get(TaskId::from("65f0a1b2c3d4e5f6a7b8c9d0")).await.unwrap()
}
