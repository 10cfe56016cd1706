//! Lists tasks by their columns, without decoding whole objects.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, ToSql};
use serde::Deserialize;
use ticktick_models::{
    ChecklistItem, ColumnId, Due, Etag, Field, List, Priority, ProjectId, Reminder, TagName, Task, TaskId, TaskKind,
    TaskStatus, Trigger, decode, decode_lenient, time_zone,
};

use super::kind::Kind;
use super::select::TaskQuery;
use super::store::Sql;
use super::{Mirror, MirrorError};

/// A task as lists show it: the members that [`Mirror::list`] reads without decoding the whole task.
///
/// A row cannot be written back. To change a task, pass its [`id`](Self::id) to a method of
/// [`TaskManager`](crate::task::TaskManager); to read the rest of it, call [`Mirror::task`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TaskRow {
    /// Id of the task.
    pub id: TaskId,
    /// Title; may be empty.
    pub title: String,
    /// Project of the task.
    pub project_id: ProjectId,
    /// Name of the project; `Inbox` for the inbox. `None` if the file does not contain the project.
    pub project: Option<Arc<str>>,
    /// Whether the task is open, completed or abandoned.
    pub status: TaskStatus,
    /// Whether the task is a text, a checklist or a note.
    pub kind: TaskKind,
    /// Priority.
    pub priority: Priority,
    /// The date, in the time zone of the task.
    pub due: Option<Due>,
    /// Time zone of the task, if it is unknown. In that case the date uses the account's zone.
    pub unknown_zone: Option<String>,
    /// Tags, in the order in which the app shows them.
    pub tags: Vec<TagName>,
    /// Parent, if the task is a subtask.
    pub parent: Option<TaskId>,
    /// Column of the task, if it is in one.
    pub column: Option<ColumnId>,
    /// Number of checklist items.
    pub items: usize,
    /// Number of checklist items that are done.
    pub items_done: usize,
    /// Recurrence rule, if the task repeats.
    pub repeat: Option<String>,
    /// Whether the task is pinned.
    pub pinned: bool,
    /// Position in the project. Lower values come first.
    pub sort_order: i64,
    /// Version of the task.
    pub etag: Option<Etag>,
    /// When the task was last changed.
    pub modified: Option<Timestamp>,
    /// When the task was completed or abandoned. It may still be present after a task is reopened.
    pub completed: Option<Timestamp>,
    /// Text, checklist and so on, if [`TaskQuery::with_texts`] asked for them.
    pub texts: Option<TaskTexts>,
}

/// The text, the checklist, the reminders and the time of creation of a [`TaskRow`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TaskTexts {
    /// Text in Markdown; may be empty.
    pub content: String,
    /// Checklist.
    pub items: Vec<ChecklistItem>,
    /// When the task was created.
    pub created: Option<Timestamp>,
    /// When the reminders ring.
    pub reminders: Vec<Trigger>,
}

impl Mirror {
    /// Lists tasks, without a request and without decoding whole tasks.
    ///
    /// Reads only the columns of the file: listing 10,000 tasks takes about half the time of a full sync, and less than
    /// half that of [`account`](Self::account). [`TaskQuery::with_texts`] also reads the text of each task, which doubles
    /// the time. Tasks that are due in a range of days are sorted by due date; other lists have the order in which the
    /// tasks were stored.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use jiff::civil::date;
    /// use ticktick::mirror::TaskQuery;
    ///
    /// for task in mirror.list(&TaskQuery::new().due(..=date(2026, 3, 1)))? {
    ///     println!("{} ({})", task.title, task.project.as_deref().unwrap_or("unknown project"));
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub fn list(&self, query: &TaskQuery) -> Result<Vec<TaskRow>, MirrorError> {
        let zone = self.zone()?;
        self.read(|connection| rows(connection, query, &zone))
    }
}

/// The columns of a row, in the order in which [`Reader::row`] reads them.
const COLUMNS: &str = "o.id, o.title, o.owner, o.state, o.form, o.priority, o.start_at, o.due_at, o.all_day, \
                       o.floating, o.zone, o.tags, o.parent, o.lane, o.items, o.items_done, o.repeats, o.pinned, \
                       o.sort, o.etag, o.modified_at, o.finished_at";

fn rows(connection: &Connection, query: &TaskQuery, zone: &TimeZone) -> Sql<Vec<TaskRow>> {
    let (json, raw) = if query.texts { (", r.json", "join raw r using (num)") } else { ("", "") };
    let (which, order, values) = query.sql();
    let index = query.index();
    let select = format!("select {COLUMNS}{json} from object o {index} {raw} where {which} {order}");
    let mut statement = connection.prepare(&select)?;
    let values: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
    let mut found = statement.query(&*values)?;
    let mut reader = Reader::new(connection, zone)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let mut task = reader.row(row)?;
        if query.texts {
            task.texts = Some(texts(row.get_ref(22)?.as_str()?));
        }
        rows.push(task);
    }
    Ok(rows)
}

/// What is the same for many rows.
struct Reader<'a> {
    zone: &'a TimeZone,
    projects: HashMap<String, Arc<str>>,
    /// Whether each zone is known, by its name.
    zones: HashMap<String, bool>,
    /// Holds the dates of a row, so that they are read as those of any task.
    task: Task,
}

impl<'a> Reader<'a> {
    fn new(connection: &Connection, zone: &'a TimeZone) -> Sql<Self> {
        let names = "select id, title from object where kind = ?1 \
                     union all select value, 'Inbox' from meta where key = 'inbox'";
        let mut statement = connection.prepare(names)?;
        let projects = statement.query_map([Kind::Project.name()], |row| {
            Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default().into()))
        })?;
        let projects = projects.collect::<Sql<_>>()?;
        Ok(Self { zone, projects, zones: HashMap::new(), task: Task::new("", "") })
    }

    fn row(&mut self, row: &Row<'_>) -> Sql<TaskRow> {
        let text = |at| text(row, at);
        let project = text(2)?.unwrap_or_default();
        let zone = text(10)?;
        Ok(TaskRow {
            id: text(0)?.unwrap_or_default().into(),
            title: text(1)?.unwrap_or_default().to_owned(),
            project: self.projects.get(project).cloned(),
            project_id: project.into(),
            status: status(text(3)?),
            kind: text(4)?.map_or(TaskKind::Text, TaskKind::from),
            priority: number(row, 5)?.map_or(Priority::None, Priority::from),
            due: self.due(row, zone)?,
            unknown_zone: zone.filter(|zone| !self.is_known(zone)).map(str::to_owned),
            tags: text(11)?.iter().flat_map(|tags| tags.lines()).map(TagName::from).collect(),
            parent: text(12)?.map(TaskId::from),
            column: text(13)?.map(ColumnId::from),
            items: count(row, 14)?,
            items_done: count(row, 15)?,
            repeat: text(16)?.map(str::to_owned),
            pinned: number(row, 17)? == Some(1),
            sort_order: number(row, 18)?.unwrap_or_default(),
            etag: text(19)?.map(Etag::from),
            modified: moment(row, 20)?,
            completed: moment(row, 21)?,
            texts: None,
        })
    }

    fn due(&mut self, row: &Row<'_>, zone: Option<&str>) -> Sql<Option<Due>> {
        let (start, due) = (moment(row, 6)?, moment(row, 7)?);
        if start.is_none() && due.is_none() {
            return Ok(None);
        }
        let time = |time: Option<Timestamp>| time.map(ticktick_models::Timestamp::from).into();
        (self.task.start_date, self.task.due_date) = (time(start), time(due));
        self.task.is_all_day = (number(row, 8)? == Some(1)).into();
        self.task.is_floating = (number(row, 9)? == Some(1)).into();
        if self.task.time_zone.as_deref() != zone {
            self.task.time_zone = zone.map(str::to_owned).into();
        }
        Ok(self.task.due(self.zone))
    }

    fn is_known(&mut self, zone: &str) -> bool {
        if let Some(known) = self.zones.get(zone) {
            return *known;
        }
        let known = time_zone(zone).is_some();
        self.zones.insert(zone.to_owned(), known);
        known
    }
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> Sql<Option<&'r str>> {
    match row.get_ref(at)? {
        ValueRef::Null => Ok(None),
        value => Ok(Some(value.as_str()?)),
    }
}

fn number(row: &Row<'_>, at: usize) -> Sql<Option<i64>> {
    Ok(row.get_ref(at)?.as_i64_or_null()?)
}

fn count(row: &Row<'_>, at: usize) -> Sql<usize> {
    Ok(number(row, at)?.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
}

fn moment(row: &Row<'_>, at: usize) -> Sql<Option<Timestamp>> {
    Ok(number(row, at)?.and_then(|millis| Timestamp::from_millisecond(millis).ok()))
}

fn status(state: Option<&str>) -> TaskStatus {
    match state {
        Some("completed") => TaskStatus::Completed,
        Some("wont_do") => TaskStatus::WontDo,
        _ => TaskStatus::Open,
    }
}

/// Reads the text and the checklist of a task, and skips its other members.
fn texts(json: &str) -> TaskTexts {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Texts {
        #[serde(default)]
        content: Field<String>,
        #[serde(default)]
        desc: Field<String>,
        #[serde(default)]
        kind: Field<TaskKind>,
        #[serde(default)]
        items: List<ChecklistItem>,
        #[serde(default)]
        created_time: Field<ticktick_models::Timestamp>,
        #[serde(default)]
        reminders: List<Reminder>,
    }
    let mut task = Task::new("", "");
    match decode::<Texts>(json.as_bytes()) {
        Ok(Texts { content, desc, kind, items, created_time, reminders }) => {
            (task.content, task.desc, task.kind, task.items) = (content, desc, kind, items);
            (task.created_time, task.reminders) = (created_time, reminders);
        }
        Err(_) => task = decode_lenient::<Task>(json.as_bytes()).map_or(task, |read| read.value),
    }
    let created = task.created_time.get().and_then(ticktick_models::Timestamp::instant);
    let reminders = task.reminders.iter().map(|reminder| reminder.trigger.clone()).collect();
    TaskTexts { content: task.content().to_owned(), items: task.items.into_vec(), created, reminders }
}
