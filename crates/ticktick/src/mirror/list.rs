//! Lists tasks, without decoding whole objects.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, ToSql};
use serde::Deserialize;
use ticktick_models::{
    ChecklistItem, ColumnId, Due, Etag, Field, List, Priority, ProjectId, Reminder, TagName, Task, TaskId, TaskKind,
    TaskStatus, Trigger, decode, decode_lenient, time_zone,
};

use super::card::Card;
use super::kind::Kind;
use super::meta::zone;
use super::project_row::Names;
use super::select::TaskQuery;
use super::store::Sql;
use super::{Mirror, MirrorError};

/// A task as a list shows it, with the fields that [`Mirror::list`] reads without decoding the whole task.
///
/// You cannot write a row back. To change a task, pass its [`id`](Self::id) to a method of
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
    /// Name of the task's time zone, if it is not in the time zone database. In that case, `due` uses the account's
    /// zone.
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
    /// Text, checklist, reminders and time of creation, if requested with [`TaskQuery::with_texts`].
    pub texts: Option<Box<TaskTexts>>,
}

/// The text, the checklist, the reminders and the time of creation of a [`TaskRow`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TaskTexts {
    /// Text in Markdown; may be empty.
    pub content: String,
    /// Checklist.
    pub items: Vec<ItemRow>,
    /// When the task was created.
    pub created: Option<Timestamp>,
    /// When the reminders ring.
    pub reminders: Vec<Trigger>,
}

/// A checklist item as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ItemRow {
    /// Text of the item; may be empty.
    pub title: String,
    /// Whether the item is done.
    pub done: bool,
}

impl Mirror {
    /// Lists tasks, without a request and without decoding whole tasks.
    ///
    /// Listing 10,000 tasks takes about a third of the time of a full sync or of [`account`](Self::account).
    /// [`TaskQuery::with_texts`] also reads the text of each task, which takes two to three times as long. Tasks that
    /// are due in a range of days are sorted by due date; other lists have the order in which the tasks were stored.
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
        self.at_once(|connection| {
            let mut rows = Vec::new();
            let mut reader = Reader::new(names(connection)?, zone(connection)?);
            read(connection, query, &mut reader, &mut rows)?;
            Ok(rows)
        })
    }
}

/// Reads the tasks that a query lists.
pub(super) fn read(
    connection: &Connection,
    query: &TaskQuery,
    reader: &mut Reader,
    rows: &mut Vec<TaskRow>,
) -> Sql<()> {
    let (json, raw) = if query.texts { (", r.json", "join raw r using (num)") } else { ("", "") };
    let (which, order, values) = query.sql();
    let index = query.index();
    let select = format!("select o.card{json} from object o {index} {raw} where {which} {order}");
    let mut statement = connection.prepare(&select)?;
    let values: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
    let mut found = statement.query(&*values)?;
    while let Some(row) = found.next()? {
        let mut task = reader.row(Card::parse(row.get_ref(0)?.as_str()?));
        if query.texts {
            task.texts = Some(texts(row.get_ref(1)?.as_str()?).into());
        }
        rows.push(task);
    }
    Ok(())
}

/// What is the same for many rows.
pub(super) struct Reader {
    zone: TimeZone,
    projects: Names,
    /// The id and the name of the last project, because neighbors are often in the same one.
    project: (String, Option<Arc<str>>),
    /// The last zone, and whether it is known.
    known: (String, bool),
    /// Holds the dates of a row, so that they are read as those of any task.
    task: Task,
}

/// Returns the names of the projects by id.
fn names(connection: &Connection) -> Sql<Names> {
    let names = "select id, title from object where kind = ?1 \
                 union all select value, 'Inbox' from meta where key = 'inbox'";
    let mut statement = connection.prepare(names)?;
    let projects = statement.query_map([Kind::Project.name()], |row| {
        Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default().into()))
    })?;
    projects.collect()
}

impl Reader {
    pub(super) fn new(projects: Names, zone: TimeZone) -> Self {
        Self { zone, projects, project: Default::default(), known: Default::default(), task: Task::new("", "") }
    }

    pub(super) fn row(&mut self, card: Card<'_>) -> TaskRow {
        let due = self.due(&card);
        let zone = card.zone.filter(|zone| !self.is_known(zone));
        TaskRow {
            id: card.id.into_owned().into(),
            title: card.title.into_owned(),
            project: self.project(&card.project),
            project_id: card.project.into_owned().into(),
            status: card.status.map_or(TaskStatus::Open, TaskStatus::from),
            kind: card.kind.map_or(TaskKind::Text, |kind| TaskKind::from(&*kind)),
            priority: card.priority.map_or(Priority::None, Priority::from),
            due,
            unknown_zone: zone.map(Cow::into_owned),
            tags: card.tags.into_iter().map(|tag| tag.into_owned().into()).collect(),
            parent: card.parent.map(|parent| parent.into_owned().into()),
            column: card.column.map(|column| column.into_owned().into()),
            items: card.items,
            items_done: card.items_done,
            repeat: card.repeat.map(Cow::into_owned),
            pinned: card.pinned,
            sort_order: card.sort.unwrap_or_default(),
            etag: card.etag.map(|etag| etag.into_owned().into()),
            modified: moment(card.modified),
            completed: moment(card.completed),
            texts: None,
        }
    }

    fn due(&mut self, card: &Card<'_>) -> Option<Due> {
        let (start, due) = (moment(card.start), moment(card.due));
        if start.is_none() && due.is_none() {
            return None;
        }
        let time = |time: Option<Timestamp>| time.map(ticktick_models::Timestamp::from).into();
        (self.task.start_date, self.task.due_date) = (time(start), time(due));
        self.task.is_all_day = card.all_day.into();
        self.task.is_floating = card.floating.into();
        if self.task.time_zone.as_deref() != card.zone.as_deref() {
            self.task.time_zone = card.zone.as_deref().map(str::to_owned).into();
        }
        self.task.due(&self.zone)
    }

    fn project(&mut self, id: &str) -> Option<Arc<str>> {
        if self.project.0 != id {
            self.project = (id.to_owned(), self.projects.get(id).cloned());
        }
        self.project.1.clone()
    }

    fn is_known(&mut self, zone: &str) -> bool {
        if self.known.0 != zone {
            self.known = (zone.to_owned(), time_zone(zone).is_some());
        }
        self.known.1
    }
}

fn moment(millis: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_millisecond(millis?).ok()
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
    TaskTexts::of(&task)
}

impl TaskTexts {
    pub(super) fn of(task: &Task) -> Self {
        let created = task.created_time.get().and_then(ticktick_models::Timestamp::instant);
        let reminders = task.reminders.iter().map(|reminder| reminder.trigger.clone()).collect();
        let item = |item: &ChecklistItem| ItemRow {
            title: item.title.as_deref().unwrap_or_default().to_owned(),
            done: item.is_done(),
        };
        Self { content: task.content().to_owned(), items: task.items().iter().map(item).collect(), created, reminders }
    }
}
