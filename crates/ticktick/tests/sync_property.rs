//! A snapshot that is kept by deltas is what a full sync is, whatever was written.

use jiff::SignedDuration;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ticktick::date::FixedClock;
use ticktick::filter::FilterRule;
use ticktick::models::Field;
use ticktick::raw;
use ticktick::{Client, FilterDraft, Priority, Task, TaskDraft};
use ticktick_sim::{DEMO_USER, Service, Simulator, UpdateMode};

use crate::holdings::holdings;

/// Makes what is sent out of JSON, by text, for members that are not known are kept as text.
fn of<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_str(&json.to_string()).unwrap()
}

fn pick<T>(list: &[T], at: usize) -> Option<&T> {
    list.get(at.checked_rem(list.len())?)
}

/// Writes what two numbers choose; what the service refuses is refused.
async fn write(client: &Client, service: &Service, kind: u8, at: usize) -> Result<(), ticktick::Error> {
    let tasks = client.task().list().await?;
    let (Some(task), Some(other)) = (pick(&tasks, at), pick(&tasks, at / 7)) else { return Ok(()) };
    let wire = client.transport();
    let link = |key: &str, parent: &Value| json!([{ "taskId": task.id, "projectId": task.project_id, key: parent }]);
    match kind {
        0 => drop(client.task().create(TaskDraft::new("new").tag("a").priority(Priority::Low)).await?),
        1 => drop(client.task().create(TaskDraft::new("elsewhere").project(&other.project_id)).await?),
        2 => drop(client.task().complete(task).await?),
        3 => client.task().delete(task).await?,
        4 => {
            let from =
                json!([{ "taskId": task.id, "fromProjectId": task.project_id, "toProjectId": other.project_id }]);
            raw::task::r#move(wire, &of::<Vec<_>>(from)).await?;
        }
        5 => drop(raw::task::set_parents(wire, &of::<Vec<_>>(link("parentId", &json!(other.id)))).await?),
        6 => drop(raw::task::set_parents(wire, &of::<Vec<_>>(link("oldParentId", &json!(task.parent_id)))).await?),
        7 => change_task(client, task, at).await?,
        8 => drop(client.filter().create(FilterDraft::new("f", FilterRule::normal())).await?),
        9 => {
            if let Some(filter) = pick(&client.filter().list().await?, at) {
                client.filter().delete(filter).await?;
            }
        }
        10 => change_project(client, at).await?,
        11 => {
            let add = json!({ "add": [{ "id": format!("{at:024x}"), "name": "n", "label": "n" }] });
            drop(raw::project_group::batch(wire, &of(add)).await?);
        }
        12 => {
            if let Some(group) = pick(client.sync().full().await?.folders(), at) {
                drop(raw::project_group::batch(wire, &of(json!({ "delete": [group.id] }))).await?);
            }
        }
        13 => raw::task::empty_trash(wire).await?,
        _ => service.clock().advance(SignedDuration::from_secs(1)),
    }
    Ok(())
}

async fn change_task(client: &Client, task: &Task, at: usize) -> Result<(), ticktick::Error> {
    let mut task = task.clone();
    task.title = format!("title {at}").into();
    task.content = if at.is_multiple_of(2) { Field::Null } else { Field::from("body") };
    task.tags = if at.is_multiple_of(3) { Vec::new().into() } else { vec![format!("t{}", at % 4).into()].into() };
    task.extra.insert("unknown", at.is_multiple_of(5));
    raw::task::batch(client.transport(), &of(json!({ "update": [task] }))).await?;
    Ok(())
}

async fn change_project(client: &Client, at: usize) -> Result<(), ticktick::Error> {
    let projects = raw::project::list(client.transport()).await?;
    let Some(project) = pick(&projects, at) else { return Ok(()) };
    match at % 4 {
        0 => raw::project::delete(client.transport(), &project.id).await?,
        one => {
            let mut project = project.clone();
            project.closed = (one == 1).into();
            project.name = format!("name {at}").into();
            drop(raw::project::batch(client.transport(), &of(json!({ "update": [project] }))).await?);
        }
    }
    Ok(())
}

async fn run(mode: UpdateMode, late: bool, writes: &[(u8, usize)]) {
    let clock = FixedClock("2026-03-01T12:30:00Z".parse().unwrap());
    let builder = Simulator::builder().demo().clock(clock).update_mode(mode);
    let service = if late { builder.late_sync().build() } else { builder.build() };
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock);
    let client = builder.base_url("http://127.0.0.1:1").build().unwrap();
    let mut account = client.sync().full().await.unwrap();
    for (kind, at) in writes {
        // The service refuses circles, full projects and the like.
        let _refused = write(&client, &service, *kind, *at).await;
        if at.is_multiple_of(3) {
            client.sync().refresh(&mut account).await.unwrap();
        }
        if late {
            continue;
        }
        let before = account.clone();
        let changes = client.sync().refresh(&mut account).await.unwrap();
        assert_eq!(changes.is_empty(), holdings(&before) == holdings(&account), "{changes:?}");
        assert_eq!(holdings(&account), holdings(&client.sync().full().await.unwrap()), "{mode:?} {kind} {at}");
    }
    // What is late comes with the next but one.
    for _ in 0..2 {
        client.sync().refresh(&mut account).await.unwrap();
    }
    assert_eq!(holdings(&account), holdings(&client.sync().full().await.unwrap()), "{mode:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deltas_lead_where_a_full_sync_does(
        writes in prop::collection::vec((0u8..15, 0usize..1000), 1..30),
        late in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for mode in [UpdateMode::Merge, UpdateMode::Replace] {
            runtime.block_on(run(mode, late, &writes));
        }
    }
}
