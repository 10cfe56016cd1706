//! Reads an account into an [`Archive`].

mod more;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use ticktick::models::{CheckinQuery, DayStamp, HabitId, Task};
use ticktick::raw::{Call, Operation, attachment, op};
use ticktick::{Client, Error};

use crate::archive::{Archive, Entity, Manifest};

/// What [`collect`] reads.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CollectOptions {
    /// Whether to read completed and abandoned tasks.
    pub closed: bool,
    /// Whether to read comments, habits with their check-ins, focus sessions, countdowns and the trash.
    pub rest: bool,
    /// Whether to read attached files.
    pub attachments: bool,
    /// Projects whose tasks and columns are read. If empty, all of them.
    pub projects: Vec<String>,
}

/// Data that is never part of an archive.
const NEVER: &str = "settings of the account";

/// Reads an account as the service sends it.
///
/// `GET /api/v3/batch/check/0`, `GET /api/v2/column`, and depending on the options `GET /api/v2/project/all/closed`,
/// `GET /api/v2/project/{projectId}/task/{taskId}/comments` for each task that has comments, `GET /api/v2/habits`,
/// `GET /api/v2/habitSections`, `POST /api/v2/habitCheckins/query`, `GET /api/v2/pomodoros/timeline`,
/// `GET /api/v2/countdown/list`, `GET /api/v2/project/all/trash/pagination` and
/// `GET /api/v1/attachment/{projectId}/{taskId}/{attachmentId}`
///
/// # Errors
///
/// Fails if the tasks cannot be read. Everything else that cannot be read is a gap in the manifest.
///
/// # Examples
///
/// ```
/// # ticktick_tests::demo(async |client| {
/// use ticktick_formats::archive::Entity;
/// use ticktick_formats::{CollectOptions, collect};
///
/// let mut options = CollectOptions::default();
/// options.closed = true;
/// let now = "2026-03-01T12:30:00Z".parse()?;
/// let archive = collect(&client, &options, now, "example 1", &mut |part| println!("reading {part}")).await?;
/// assert_eq!(archive.objects(Entity::Tasks).len(), 40);
/// # Ok(())
/// # });
/// ```
pub async fn collect(
    client: &Client,
    options: &CollectOptions,
    now: Timestamp,
    program: &str,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<Archive, Error> {
    let mut archive = Archive::new(Manifest::new(now, program, client.region().to_string()));
    archive.manifest.gaps = vec![NEVER.to_owned()];
    archive.manifest.zone = client.time_zone().await?.iana_name().map(str::to_owned);
    progress("tasks");
    sync(client, options, &mut archive).await?;
    progress("columns");
    let columns = columns(client, options).await;
    keep(&mut archive, Entity::Columns, columns)?;
    if options.closed {
        progress("completed tasks");
        closed(client, options, &mut archive).await?;
        archive.manifest.options.push("closed".to_owned());
    }
    if options.rest {
        rest(client, options, &mut archive, progress).await?;
    }
    if options.attachments {
        progress("attachments");
        files(client, &mut archive).await?;
        archive.manifest.options.push("attachments".to_owned());
    }
    archive.manifest.options.extend(options.projects.iter().map(|project| format!("project={project}")));
    Ok(archive)
}

async fn rest(
    client: &Client,
    options: &CollectOptions,
    archive: &mut Archive,
    progress: &mut (dyn FnMut(&str) + Send),
) -> Result<(), Error> {
    progress("comments");
    more::comments(client, archive).await?;
    progress("habits");
    habits(client, archive).await?;
    progress("focus");
    let focus = sessions(client).await;
    keep(archive, Entity::Focus, focus)?;
    progress("countdowns");
    let countdowns = more::countdowns(client).await;
    keep(archive, Entity::Countdowns, countdowns)?;
    progress("trash");
    let trash = more::trash(client, options).await;
    keep(archive, Entity::Trash, trash)
}

type Objects = Vec<Box<RawValue>>;

/// Adds the objects that were read, or notes that they are missing. Returns errors that would affect every call.
fn keep(archive: &mut Archive, entity: Entity, read: Result<Objects, Error>) -> Result<(), Error> {
    match read {
        Ok(objects) => archive.add(entity, objects),
        Err(error) if error.is_auth() || error.is_rate_limited() => return Err(error),
        Err(error) => archive.manifest.gaps.push(format!("{}: {error}", entity.name())),
    }
    Ok(())
}

async fn answer<T: serde::de::DeserializeOwned>(client: &Client, call: Call) -> Result<T, Error> {
    Ok(call.decode(client.transport()).await?)
}

async fn list(client: &Client, operation: &'static Operation) -> Result<Objects, Error> {
    Ok(answer::<Option<Objects>>(client, Call::new(operation)).await?.unwrap_or_default())
}

/// The parts of a full sync.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sync {
    #[serde(default)]
    inbox_id: Option<String>,
    #[serde(default)]
    project_profiles: Option<Objects>,
    #[serde(default)]
    project_groups: Option<Objects>,
    #[serde(default)]
    tags: Option<Objects>,
    #[serde(default)]
    filters: Option<Objects>,
    #[serde(default)]
    sync_task_bean: Option<Lanes>,
}

#[derive(Default, Deserialize)]
struct Lanes {
    #[serde(default)]
    update: Option<Objects>,
    #[serde(default)]
    add: Option<Objects>,
}

/// The members of an object that determine whether it is exported.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    project_id: Option<String>,
}

fn place(json: &RawValue) -> Place {
    serde_json::from_str(json.get()).unwrap_or_default()
}

fn in_projects(options: &CollectOptions, json: &RawValue) -> bool {
    let place = || place(json).project_id.unwrap_or_default();
    options.projects.is_empty() || options.projects.contains(&place())
}

async fn sync(client: &Client, options: &CollectOptions, archive: &mut Archive) -> Result<(), Error> {
    let read: Sync = answer(client, Call::new(&op::SYNC_CHECK).path("checkpoint", &0)).await?;
    let lanes = read.sync_task_bean.unwrap_or_default();
    let mut tasks: Objects = lanes.update.into_iter().chain(lanes.add).flatten().collect();
    tasks.retain(|json| in_projects(options, json));
    archive.add(Entity::Tasks, tasks);
    archive.manifest.inbox = read.inbox_id;
    let mut projects = read.project_profiles.unwrap_or_default();
    let is_named = |json: &RawValue| place(json).id.is_some_and(|id| options.projects.contains(&id));
    projects.retain(|json| options.projects.is_empty() || is_named(json));
    archive.add(Entity::Projects, projects);
    archive.add(Entity::Groups, read.project_groups.unwrap_or_default());
    if options.projects.is_empty() {
        archive.add(Entity::Tags, read.tags.unwrap_or_default());
        archive.add(Entity::Filters, read.filters.unwrap_or_default());
    }
    Ok(())
}

async fn columns(client: &Client, options: &CollectOptions) -> Result<Objects, Error> {
    let read: Lanes = answer(client, Call::new(&op::COLUMN_LIST_SINCE).query("from", &0)).await?;
    let mut columns: Objects = read.update.unwrap_or_default();
    columns.retain(|json| in_projects(options, json));
    Ok(columns)
}

/// Reads all closed tasks. Those that the service does not send are a gap in the manifest.
async fn closed(client: &Client, options: &CollectOptions, archive: &mut Archive) -> Result<(), Error> {
    let mut history = client.task().history(..);
    let mut all = Vec::new();
    loop {
        match history.try_next().await {
            Ok(Some(task)) => all.extend(serde_json::value::to_raw_value(&task).ok()),
            Ok(None) => break,
            Err(error @ Error::Unsupported { .. }) => {
                archive.manifest.gaps.push(format!("{}: {error}", Entity::Completed.name()));
            }
            Err(error) => return Err(error),
        }
    }
    all.retain(|json| in_projects(options, json));
    archive.add(Entity::Completed, all);
    Ok(())
}

async fn habits(client: &Client, archive: &mut Archive) -> Result<(), Error> {
    let sections = list(client, &op::HABIT_LIST_SECTIONS).await;
    keep(archive, Entity::HabitSections, sections)?;
    let habits = list(client, &op::HABIT_LIST).await;
    keep(archive, Entity::Habits, habits)?;
    let ids: Vec<HabitId> =
        archive.objects(Entity::Habits).iter().filter_map(|json| place(json).id).map(HabitId::from).collect();
    if !ids.is_empty() {
        let check_ins = check_ins(client, ids).await;
        keep(archive, Entity::CheckIns, check_ins)?;
    }
    Ok(())
}

/// Check-ins by habit. The service also sends a plain list.
#[derive(Deserialize)]
struct ByHabit {
    checkins: BTreeMap<String, Objects>,
}

async fn check_ins(client: &Client, ids: Vec<HabitId>) -> Result<Objects, Error> {
    let mut query = CheckinQuery::default();
    query.habit_ids = ids.into();
    query.after_stamp = DayStamp::from(0).into();
    let json: Box<RawValue> = answer(client, Call::new(&op::HABIT_QUERY_CHECK_INS).json(&query)).await?;
    match serde_json::from_str::<ByHabit>(json.get()) {
        Ok(by_habit) => Ok(by_habit.checkins.into_values().flatten().collect()),
        Err(_) => Ok(serde_json::from_str::<Objects>(json.get()).unwrap_or_default()),
    }
}

async fn sessions(client: &Client) -> Result<Objects, Error> {
    let mut timeline = client.focus().timeline();
    let mut all = Vec::new();
    while let Some(session) = timeline.try_next().await? {
        all.extend(serde_json::value::to_raw_value(&session).ok());
    }
    Ok(all)
}

async fn files(client: &Client, archive: &mut Archive) -> Result<(), Error> {
    let mut tasks = archive.decoded::<Task>(Entity::Tasks).0;
    tasks.extend(archive.decoded::<Task>(Entity::Completed).0);
    for task in tasks {
        for file in task.attachments.iter().filter_map(|file| file.id.get()) {
            let options = attachment::DownloadOptions::default();
            let read = attachment::download(client.transport(), &task.project_id, &task.id, file, &options).await;
            match read.map_err(Error::from) {
                Ok(bytes) => drop(archive.attachments.insert(format!("attachments/{file}"), bytes)),
                Err(error) if error.is_auth() || error.is_rate_limited() => return Err(error),
                Err(error) => archive.manifest.gaps.push(format!("attachments/{file}: {error}")),
            }
        }
    }
    Ok(())
}
