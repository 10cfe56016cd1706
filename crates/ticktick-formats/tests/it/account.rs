//! Imports, exports and restores through a simulated account.

use std::collections::BTreeMap;

use serde_json::Value;
use ticktick::countdown::CountdownDraft;
use ticktick::date::FixedClock;
use ticktick::raw::op;
use ticktick::{Client, TaskStatus};
use ticktick_formats as formats;
use ticktick_formats::archive::Entity;
use ticktick_formats::{
    Applied, ApplyOptions, Archive, CollectOptions, Context, Format, View, WriteOptions, apply, collect, read, restore,
    write,
};
use ticktick_sim::{DEMO_USER, Fault, Plan, Service, Simulator};

const NOW: &str = "2026-11-26T09:00:00Z";

fn context() -> Context {
    Context::new("2026-11-26T09:00[Europe/London]".parse().unwrap())
}

fn service() -> Service {
    let builder = Simulator::builder().demo().account("me", "secret").account("you", "secret");
    builder.now(NOW.parse().unwrap()).build()
}

fn client(service: &Service, user: &str) -> Client {
    let clock = FixedClock(NOW.parse().unwrap());
    Client::builder().transport(service.signed_on(user)).clock(clock).build().unwrap()
}

async fn everything(client: &Client) -> Archive {
    let mut options = CollectOptions::default();
    (options.closed, options.rest, options.attachments) = (true, true, true);
    collect(client, &options, NOW.parse().unwrap(), "test 1", &mut |_| {}).await.unwrap()
}

async fn import(client: &Client, plan: &formats::Plan) -> Applied {
    apply(client, plan, &context(), &ApplyOptions::default(), &mut |_, _| {}).await.unwrap()
}

fn sample(name: &str) -> formats::Plan {
    let bytes = std::fs::read(format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let format = ticktick_formats::detect(name, &bytes).unwrap();
    read(format, &bytes, name.rsplit_once('.').unwrap().0, &context()).unwrap()
}

/// Returns the tasks of an account as a plan.
async fn tasks(client: &Client) -> formats::Plan {
    formats::Plan::of_archive(&everything(client).await, Format::Json, "account", &context())
}

#[tokio::test]
async fn every_sample_is_imported_once() {
    for name in [
        "ticktick-backup-en.csv",
        "ticktick-backup-zh.csv",
        "todoist.csv",
        "taskwarrior.json",
        "todo.txt",
        "tasks.ics",
        "tasks.org",
        "obsidian.md",
    ] {
        let service = service();
        let client = client(&service, "me");
        let plan = sample(name);
        let first = import(&client, &plan).await;
        assert_eq!((first.created(), first.failed()), (plan.records.len(), 0), "{name}: {:?}", first.rows);
        let stored = tasks(&client).await;
        assert_eq!(stored.records.len(), plan.records.len(), "{name}");
        let second = import(&client, &plan).await;
        assert_eq!((second.created(), second.existing(), second.failed()), (0, plan.records.len(), 0), "{name}");
        assert!(second.made.is_empty(), "{:?}", second.made);
        for record in &plan.records {
            let found = stored.records.iter().find(|one| one.title == record.title);
            let found = found.unwrap_or_else(|| panic!("{name}: {}", record.title));
            assert_eq!(found.status, record.status, "{name}: {}", record.title);
            assert_eq!(stored.parent_title(found), plan.parent_title(record), "{name}: {}", record.title);
            assert_eq!(found.items.len(), record.items.len());
            assert_eq!(found.repeat, record.repeat, "{name}: {}", record.title);
        }
    }
}

#[tokio::test]
async fn a_backup_is_imported_as_it_is() {
    let service = service();
    let client = client(&service, "me");
    let plan = sample("ticktick-backup-en.csv");
    import(&client, &plan).await;
    let stored = tasks(&client).await;
    let view = |plan: &formats::Plan| -> BTreeMap<String, Value> {
        let json = serde_json::to_value(View::new(plan)).unwrap();
        json["tasks"].as_array().unwrap().iter().map(|task| (task["title"].to_string(), task.clone())).collect()
    };
    let (wanted, found) = (view(&plan), view(&stored));
    for (title, task) in wanted {
        for member in [
            "project",
            "folder",
            "column",
            "priority",
            "start",
            "due",
            "all_day",
            "tags",
            "items",
            "content",
            "floating",
            "completed",
        ] {
            assert_eq!(found[&title].get(member), task.get(member), "{member} of {title}");
        }
    }
    let bulbs = stored.records.iter().find(|record| record.title == "Order seed catalogue").unwrap();
    assert_eq!(bulbs.alarms.len(), 2);
}

#[tokio::test]
async fn a_length_in_days_makes_an_all_day_task_a_range() {
    let text = "TYPE,CONTENT,PRIORITY,INDENT,DATE,DURATION,DURATION_UNIT\n\
                task,Trip,4,1,2027-01-15,3,day\ntask,Visit,4,1,2027-01-15,1,day\n";
    let plan = read(Format::Todoist, text.as_bytes(), "Travel", &context()).unwrap();
    let service = service();
    let client = client(&service, "me");
    import(&client, &plan).await;
    let mut stored: Vec<_> = tasks(&client).await.records;
    stored.sort_by(|one, other| one.title.cmp(&other.title));
    let dates: Vec<_> = stored.iter().map(|task| [task.start, task.due].map(|at| at.unwrap().to_string())).collect();
    assert_eq!(dates, [["2027-01-15", "2027-01-17"], ["2027-01-15", "2027-01-15"]]);
}

#[tokio::test]
async fn what_the_user_deleted_or_closed_is_not_imported_again() {
    let service = service();
    let client = client(&service, "me");
    let plan = sample("todo.txt");
    import(&client, &plan).await;
    let open = client.task().list().await.unwrap();
    client.task().delete(&open[0]).await.unwrap();
    client.task().complete(&open[1]).await.unwrap();
    let again = import(&client, &plan).await;
    assert_eq!((again.created(), again.failed()), (0, 0));
}

#[tokio::test]
async fn an_interrupted_import_is_continued() {
    let text: String = (0..450).map(|row| format!("task {row} +Big id:{row} p:{}\n", row - row % 9)).collect();
    let plan = read(Format::TodoTxt, text.as_bytes(), "big", &context()).unwrap();
    let service = service();
    let client = client(&service, "me");
    let fault = Fault::Status { status: 400.try_into().unwrap(), headers: Default::default(), body: String::new() };
    service.faults().next(&op::TASK_SET_PARENTS, fault);
    let first = import(&client, &plan).await;
    assert_eq!((first.created(), first.failed()), (50, 400));
    let second = import(&client, &plan).await;
    assert_eq!((second.created(), second.existing()), (0, 450));
    let stored = tasks(&client).await;
    assert_eq!(stored.records.iter().filter(|record| record.parent.is_some()).count(), 400);
    assert_eq!(service.count(&op::TASK_BATCH), 3, "200 tasks in a request");
}

#[tokio::test]
async fn an_archive_is_restored_into_an_empty_account() {
    let service = service();
    let demo = client(&service, DEMO_USER);
    fill(&demo).await;
    let archive = everything(&demo).await;
    assert_eq!(archive.manifest.gaps, ["settings of the account"]);
    assert_eq!(archive.objects(Entity::Comments).len(), 2);
    let trash = archive.objects(Entity::Trash).len();
    assert_eq!(service.count(&op::COMMENT_LIST), 1, "only tasks that have comments are asked for them");
    for entity in Entity::ALL {
        assert!(!archive.objects(entity).is_empty() || matches!(entity, Entity::HabitSections), "{entity:?}");
    }
    let me = client(&service, "me");
    let before = everything(&me).await;
    let done = restore(&me, &archive, &before, &mut |_| {}).await.unwrap();
    assert_eq!(done.failed(), 0, "{:?}", done.entities);
    let of_trash = done.entities.iter().find(|one| one.kind == "trash").unwrap();
    assert_eq!((of_trash.left_out, of_trash.created), (trash, 0));
    let after = everything(&me).await;
    let back: BTreeMap<&str, &str> = done.ids.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect();
    for entity in Entity::ALL.into_iter().filter(|entity| *entity != Entity::Trash) {
        let (was, is) = (plain(&archive, entity, &BTreeMap::new()), plain(&after, entity, &back));
        assert_eq!(was.keys().collect::<Vec<_>>(), is.keys().collect::<Vec<_>>(), "{entity:?}");
        for (key, object) in was {
            assert_eq!(is[&key], object, "{entity:?}");
        }
    }
    let bytes = |archive: &Archive| archive.attachments.values().cloned().collect::<Vec<_>>();
    assert_eq!((bytes(&after), bytes(&archive)), (vec![b"Call Ada".to_vec()], vec![b"Call Ada".to_vec()]));
    let uploads = service.count(&op::ATTACHMENT_UPLOAD);
    let again = restore(&me, &archive, &after, &mut |_| {}).await.unwrap();
    assert_eq!((again.created(), again.failed()), (0, 0), "{:?}", again.entities);
    assert_eq!(service.count(&op::ATTACHMENT_UPLOAD), uploads);
}

/// Adds objects that the demo lacks: comments, a countdown, a file and a task in the trash.
async fn fill(client: &Client) {
    let tasks = client.task().list().await.unwrap();
    let comments = client.task().comments(&tasks[0]);
    comments.add("They are closed on Friday").await.unwrap();
    comments.add("Ask for *Ada*").await.unwrap();
    client.task().attachments(&tasks[1]).upload("notes.txt", "Call Ada").await.unwrap();
    client.countdown().create(CountdownDraft::new("Trip", jiff::civil::date(2027, 1, 2))).await.unwrap();
    client.task().delete(&tasks[2]).await.unwrap();
}

#[tokio::test]
async fn files_above_the_daily_limit_are_reported_and_uploaded_later() {
    let builder = Simulator::builder().demo().account("me", "secret").plan(Plan::Free);
    let service = builder.now(NOW.parse().unwrap()).build();
    let (demo, me) = (client(&service, DEMO_USER), client(&service, "me"));
    let mut archive = everything(&demo).await;
    let ids = ["6b03fe38a833bdcdb6d1b001", "6b03fe38a833bdcdb6d1b002", "6b03fe38a833bdcdb6d1b003"];
    let files: Vec<_> = ids.iter().map(|id| serde_json::json!({ "id": id, "fileName": "a.txt" })).collect();
    let task = serde_json::json!({
        "id": "6b03fe38a833bdcdb6d1b000", "projectId": archive.manifest.inbox, "title": "Report", "attachments": files,
    });
    archive.add(Entity::Tasks, [serde_json::value::to_raw_value(&task).unwrap()]);
    archive.attachments.extend(ids.map(|id| (format!("attachments/{id}"), b"text".to_vec())));
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        let present = everything(&me).await;
        let done = restore(&me, &archive, &present, &mut |_| {}).await.unwrap();
        let files = done.entities.iter().find(|one| one.kind == "attachments").unwrap().clone();
        outcomes.push((files.created, files.existing, files.failed.len()));
    }
    assert_eq!(outcomes, [(1, 0, 2), (0, 1, 2)]);
    assert_eq!(service.count(&op::ATTACHMENT_UPLOAD), 3, "nothing is sent after the limit");
}

/// Returns the objects of a kind with their old ids, without members that only the service sets.
fn plain(archive: &Archive, entity: Entity, back: &BTreeMap<&str, &str>) -> BTreeMap<String, Value> {
    let mut objects = BTreeMap::new();
    for json in archive.objects(entity) {
        let mut text = json.get().to_owned();
        for (new, old) in back {
            text = text.replace(new, old);
        }
        let mut object: Value = serde_json::from_str(&text).unwrap();
        let members = object.as_object_mut().unwrap();
        for name in ["etag", "modifiedTime", "childIds", "creator", "completedUserId", "userId", "assignee"] {
            members.remove(name);
        }
        let key = members.get("id").or_else(|| members.get("name")).unwrap().to_string();
        objects.insert(key, object);
    }
    objects
}

#[tokio::test]
async fn archives_are_equal_in_every_form() {
    let service = service();
    let archive = everything(&client(&service, DEMO_USER)).await;
    let again = everything(&client(&service, DEMO_USER)).await;
    assert_eq!(archive.to_ndjson(), again.to_ndjson());
    let objects = |archive: &Archive| -> Vec<String> {
        Entity::ALL.into_iter().flat_map(|entity| archive.objects(entity)).map(|json| json.get().to_owned()).collect()
    };
    let (from_lines, bad) = Archive::from_ndjson(&archive.to_ndjson()).unwrap();
    assert_eq!((objects(&from_lines), bad), (objects(&archive), Vec::new()));
    assert_eq!(objects(&Archive::from_json(&archive.to_json()).unwrap()), objects(&archive));
    // Objects are kept byte for byte as the service sent them.
    let sync = ticktick::raw::Call::new(&op::SYNC_CHECK).path("checkpoint", &0);
    let sync = sync.text(client(&service, DEMO_USER).transport()).await.unwrap();
    assert!(archive.objects(Entity::Tasks).iter().all(|json| sync.contains(json.get())));
}

#[tokio::test]
async fn folders_are_verified_before_they_are_read() {
    let service = service();
    let archive = everything(&client(&service, DEMO_USER)).await;
    let folder = tempfile::tempdir().unwrap();
    archive.write_folder(folder.path()).unwrap();
    let back = Archive::read_folder(folder.path()).unwrap();
    assert_eq!(
        back.to_ndjson().lines().skip(1).collect::<Vec<_>>(),
        archive.to_ndjson().lines().skip(1).collect::<Vec<_>>()
    );
    let file = folder.path().join("tasks.ndjson");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("title", "titel", 1)).unwrap();
    assert!(Archive::read_folder(folder.path()).unwrap_err().message().contains("tasks.ndjson"));
    let manifest = folder.path().join("manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replacen("\"version\": 1", "\"version\": 2", 1)).unwrap();
    assert!(Archive::read_folder(folder.path()).unwrap_err().message().contains("newer"));
    std::fs::write(&manifest, text.replacen("tasks.ndjson", "../tasks.ndjson", 1)).unwrap();
    assert!(Archive::read_folder(folder.path()).unwrap_err().message().contains("outside"));
}

#[tokio::test]
async fn the_demo_survives_the_backup_of_the_app() {
    let service = service();
    let demo = tasks(&client(&service, DEMO_USER)).await;
    let written = write(Format::BackupCsv, &demo, &context(), WriteOptions::default());
    let plan =
        read(Format::BackupCsv, written.files[0].1.as_bytes(), "TickTick-backup-2026-11-26", &context()).unwrap();
    let you = client(&service, "you");
    let done = import(&you, &plan).await;
    assert_eq!((done.created(), done.failed()), (demo.records.len(), 0), "{:?}", done.rows);
    let stored = tasks(&you).await;
    let key = |record: &ticktick_formats::Record| {
        let (start, due) = (record.start.map(|at| at.to_string()), record.due.map(|at| at.to_string()));
        let status = record.status == TaskStatus::Open;
        (record.project.clone(), record.title.clone(), start, due, record.tags.clone(), record.content.clone(), status)
    };
    let sorted = |plan: &formats::Plan| {
        let mut keys: Vec<_> = plan.records.iter().map(key).collect();
        keys.sort();
        keys
    };
    assert_eq!(sorted(&stored), sorted(&demo));
}

#[tokio::test]
async fn the_demo_is_written_as_a_valid_calendar() {
    let service = service();
    let demo = tasks(&client(&service, DEMO_USER)).await;
    let written = write(Format::Ics, &demo, &context(), WriteOptions::default());
    crate::ics::validate(&written.files[0].1);
}
