//! Restores an archive into an account.

mod comments;
mod files;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::value::RawValue;
use ticktick::models::{BatchAnswer, Json, Object, ParentAnswer};
use ticktick::raw::{Call, Operation, op};
use ticktick::{Client, Error};

use crate::apply::{id_of, refusal};
use crate::archive::{Archive, Entity};

/// Maximum number of objects in one request.
const CHUNK: usize = 200;

/// Members of tasks that only the service sets, or that are set after the task exists.
const NOT_SENT: [&str; 9] = [
    "etag",
    "parentId",
    "childIds",
    "attachments",
    "commentCount",
    "creator",
    "completedUserId",
    "deleted",
    "assignee",
];

/// The outcome of the objects of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The kind: the name of an [`Entity`], or `attachments`.
    pub kind: &'static str,
    /// How many were created.
    pub created: usize,
    /// How many existed already.
    pub existing: usize,
    /// How many were skipped, because they are never restored.
    pub left_out: usize,
    /// The ids of those that failed, with the reason.
    pub failed: Vec<(String, String)>,
}

impl Restored {
    fn new(kind: &'static str) -> Self {
        Self { kind, created: 0, existing: 0, left_out: 0, failed: Vec::new() }
    }
}

/// The result of a restore.
#[derive(Clone, Debug, Default)]
pub struct Restoration {
    /// Each kind, in the order of the archive.
    pub entities: Vec<Restored>,
    /// The new id of each object whose id has changed.
    pub ids: BTreeMap<String, String>,
}

impl Restoration {
    /// Returns how many objects were created.
    #[must_use]
    pub fn created(&self) -> usize {
        self.entities.iter().map(|one| one.created).sum()
    }

    fn failures(&self) -> BTreeSet<String> {
        self.entities.iter().flat_map(|one| &one.failed).map(|(id, _)| id.clone()).collect()
    }

    /// Returns how many objects failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.entities.iter().map(|one| one.failed.len()).sum()
    }
}

/// Creates the objects of an archive that an account lacks. `present` is the account as
/// [`collect`](crate::collect) reads it now.
///
/// In the account that the archive is from, objects keep their ids. In another one, new ids are computed from the old ones,
/// because ids are unique across the service. Therefore, a second run adds nothing and an interrupted one can be continued.
/// Nothing is ever deleted or changed. Tasks in the trash are skipped, and the signed-in user becomes the author of comments.
///
/// `POST /api/v2/batch/projectGroup`, `POST /api/v2/batch/project`, `POST /api/v2/column`, `POST /api/v2/batch/tag`,
/// `POST /api/v2/batch/filter`, `POST /api/v2/batch/task`, `POST /api/v2/batch/taskParent`,
/// `POST /api/v2/habitSections/batch`, `POST /api/v2/habits/batch`, `POST /api/v2/habitCheckins/batch`,
/// `POST /api/v2/batch/pomodoro`, `POST /api/v2/batch/pomodoro/timing` and `POST /api/v2/countdown/batch`, one for each 200
/// objects; `POST /api/v2/project/{projectId}/task/{taskId}/comment` for each comment, and
/// `POST /api/v1/attachment/upload/{projectId}/{taskId}/{attachmentId}` for each file
///
/// # Errors
///
/// Fails if a request cannot be sent or is refused as a whole. The errors of single objects are in the result.
///
/// # Examples
///
/// ```
/// # ticktick_tests::demo(async |client| {
/// use ticktick_formats::{CollectOptions, collect, restore};
///
/// let now = "2026-03-01T12:30:00Z".parse()?;
/// let archive = collect(&client, &CollectOptions::default(), now, "example 1", &mut |_| {}).await?;
/// let present = archive.clone();
/// let done = restore(&client, &archive, &present, &mut |part| println!("restoring {part}")).await?;
/// assert_eq!((done.created(), done.failed()), (0, 0));
/// # Ok(())
/// # });
/// ```
pub async fn restore(
    client: &Client,
    archive: &Archive,
    present: &Archive,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Restoration, Error> {
    let ids = mapping(archive, present);
    let mut restoration = Restoration { entities: Vec::new(), ids };
    let closed: BTreeSet<String> = keys(present, Entity::Completed);
    for entity in Entity::ALL {
        progress(entity.name());
        let mut done = Restored::new(entity.name());
        if entity == Entity::Trash {
            done.left_out = archive.objects(entity).len();
            restoration.entities.push(done);
            continue;
        }
        let mut known = keys(present, entity);
        if entity == Entity::Tasks {
            known.extend(closed.iter().cloned());
        }
        if entity == Entity::Completed {
            known.extend(keys(present, Entity::Tasks));
        }
        let mut missing = Vec::new();
        for json in archive.objects(entity) {
            let object = prepared(entity, json, &restoration.ids);
            match object {
                Some((key, _)) if known.contains(&key) => done.existing += 1,
                Some(object) => missing.push(object),
                None => done.failed.push((String::new(), "not an object".to_owned())),
            }
        }
        match operation(entity) {
            Some(operation) => create(client, operation, &missing, &mut done).await?,
            None => comments::create(client, &missing, &restoration.failures(), &mut done).await?,
        }
        restoration.entities.push(done);
    }
    progress("attachments");
    let files = files::upload(client, archive, present, &restoration.ids, &restoration.failures()).await?;
    restoration.entities.push(files);
    progress("parents");
    parents(client, archive, present, &mut restoration).await?;
    Ok(restoration)
}

/// Returns the key of an object: its id, or the name of a tag.
fn key(json: &RawValue) -> Option<String> {
    let object: Object = serde_json::from_str(json.get()).ok()?;
    let text = |name: &str| object.get(name).and_then(|value| value.decode::<String>().ok());
    text("id").or_else(|| text("name"))
}

fn keys(archive: &Archive, entity: Entity) -> BTreeSet<String> {
    archive.objects(entity).iter().filter_map(|json| key(json)).collect()
}

/// Returns the new ids. In the account of the archive there are none.
fn mapping(archive: &Archive, present: &Archive) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    let (Some(from), Some(to)) = (&archive.manifest.inbox, &present.manifest.inbox) else { return ids };
    // User numbers repeat across regions. The address of a simulator does not identify its accounts.
    let (here, there) = (&archive.manifest.region, &present.manifest.region);
    let is_elsewhere = here != there && !here.starts_with("http") && !there.starts_with("http");
    if from == to && !is_elsewhere {
        return ids;
    }
    for entity in Entity::ALL {
        if matches!(entity, Entity::Tags | Entity::Trash) {
            continue;
        }
        for id in keys(archive, entity) {
            let new = id_of(&["restore", to, &id]);
            ids.insert(id, new);
        }
    }
    for path in archive.attachments.keys() {
        let id = path.trim_start_matches("attachments/");
        ids.insert(id.to_owned(), id_of(&["restore", to, id]));
    }
    // Every account has the same built-in sections of habits.
    let named = |archive: &Archive| -> BTreeMap<String, String> {
        let section = |json: &RawValue| {
            let object: Object = serde_json::from_str(json.get()).ok()?;
            let text = |name: &str| object.get(name).and_then(|value| value.decode::<String>().ok());
            Some((text("name")?, text("id")?))
        };
        archive.objects(Entity::HabitSections).iter().filter_map(|json| section(json)).collect()
    };
    let theirs = named(present);
    for (name, id) in named(archive) {
        if let Some(own) = theirs.get(&name) {
            ids.insert(id, own.clone());
        }
    }
    ids.insert(from.clone(), to.clone());
    ids
}

/// Replaces old ids everywhere, also inside texts such as the rule of a filter.
fn renamed(text: &str, ids: &BTreeMap<String, String>) -> String {
    let mut new = String::with_capacity(text.len());
    let mut word = String::new();
    let flush = |word: &mut String, new: &mut String| {
        new.push_str(ids.get(word.as_str()).map_or(word.as_str(), String::as_str));
        word.clear();
    };
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
        } else {
            flush(&mut word, &mut new);
            new.push(letter);
        }
    }
    flush(&mut word, &mut new);
    new
}

fn prepared(entity: Entity, json: &RawValue, ids: &BTreeMap<String, String>) -> Option<(String, Object)> {
    let text = renamed(json.get(), ids);
    let mut object: Object = serde_json::from_str(&text).ok()?;
    object.remove("etag");
    if matches!(entity, Entity::Tasks | Entity::Completed) {
        NOT_SENT.iter().for_each(|name| drop(object.remove(name)));
    }
    let text = |name: &str| object.get(name).and_then(|value| value.decode::<String>().ok());
    let key = text("id").or_else(|| text("name"))?;
    Some((key, object))
}

/// Returns the batch operation that creates objects of a kind. Comments have no batch operation.
fn operation(entity: Entity) -> Option<&'static Operation> {
    Some(match entity {
        Entity::Groups => &op::PROJECT_GROUP_BATCH,
        Entity::Projects => &op::PROJECT_BATCH,
        Entity::Columns => &op::COLUMN_SAVE,
        Entity::Tags => &op::TAG_BATCH,
        Entity::Filters => &op::FILTER_BATCH,
        Entity::Tasks | Entity::Completed => &op::TASK_BATCH,
        Entity::HabitSections => &op::HABIT_BATCH_SECTIONS,
        Entity::Habits => &op::HABIT_BATCH,
        Entity::CheckIns => &op::HABIT_BATCH_CHECK_INS,
        Entity::Focus => &op::FOCUS_BATCH_POMODOROS,
        Entity::Countdowns => &op::COUNTDOWN_BATCH,
        Entity::Comments | Entity::Trash => return None,
    })
}

async fn create(
    client: &Client,
    operation: &'static Operation,
    objects: &[(String, Object)],
    done: &mut Restored,
) -> Result<(), Error> {
    let is_timing = |object: &Object| object.get("type").and_then(|kind| kind.decode::<i64>().ok()) == Some(1);
    let (timings, others): (Vec<_>, Vec<_>) =
        objects.iter().partition(|(_, object)| operation.id == op::FOCUS_BATCH_POMODOROS.id && is_timing(object));
    let groups = [(operation, others), (&op::FOCUS_BATCH_TIMINGS, timings)];
    for (operation, objects) in groups {
        for chunk in objects.chunks(CHUNK) {
            let add: Vec<&Object> = chunk.iter().map(|(_, object)| object).collect();
            let mut body = Object::new();
            body.set("add", Json::encode(&add).unwrap_or_else(|_| Json::null()));
            for lane in ["update", "delete"] {
                body.set(lane, Json::encode::<[i64]>(&[]).unwrap_or_else(|_| Json::null()));
            }
            let answer: BatchAnswer = Call::new(operation).json(&body).decode(client.transport()).await?;
            for (key, _) in chunk {
                match answer.id2error.get(key) {
                    Some(error) => done.failed.push((key.clone(), refusal(error))),
                    None => done.created += 1,
                }
            }
        }
    }
    Ok(())
}

/// Sets the parents of tasks that have none in the account.
async fn parents(
    client: &Client,
    archive: &Archive,
    present: &Archive,
    restoration: &mut Restoration,
) -> Result<(), Error> {
    let mut linked = BTreeSet::new();
    for entity in [Entity::Tasks, Entity::Completed] {
        let has_parent = |json: &RawValue| {
            let object: Object = serde_json::from_str(json.get()).ok()?;
            let parent = object.get("parentId")?.decode::<String>().ok().filter(|parent| !parent.is_empty());
            parent.and(key(json))
        };
        linked.extend(present.objects(entity).iter().filter_map(|json| has_parent(json)));
    }
    let failed = restoration.failures();
    let mut links = Vec::new();
    for json in [Entity::Tasks, Entity::Completed].into_iter().flat_map(|entity| archive.objects(entity)) {
        let Ok(object) = serde_json::from_str::<Object>(&renamed(json.get(), &restoration.ids)) else { continue };
        let text = |name: &str| object.get(name).and_then(|value| value.decode::<String>().ok());
        let (Some(id), Some(project), Some(parent)) = (text("id"), text("projectId"), text("parentId")) else {
            continue;
        };
        if parent.is_empty() || linked.contains(&id) || failed.contains(&id) || failed.contains(&parent) {
            continue;
        }
        let mut link = Object::new();
        link.set("taskId", id.as_str());
        link.set("projectId", project.as_str());
        link.set("parentId", parent.as_str());
        links.push((id, link));
    }
    for chunk in links.chunks(CHUNK) {
        let body: Vec<&Object> = chunk.iter().map(|(_, link)| link).collect();
        let answer: ParentAnswer = Call::new(&op::TASK_SET_PARENTS).json(&body).decode(client.transport()).await?;
        for (id, _) in chunk {
            let Some(error) = answer.id2error.get(id) else { continue };
            if let Some(tasks) = restoration.entities.iter_mut().find(|one| one.kind == Entity::Tasks.name()) {
                tasks.failed.push((id.clone(), format!("without its parent: {}", refusal(error))));
            }
        }
    }
    Ok(())
}
