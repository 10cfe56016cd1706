//! The journal: a record of all writes of clients with this mirror.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use ticktick_models::{Json, Object};

use super::action::ChangeAction;
use super::kind::Kind;
use super::plan::{Item, Plan};
use super::read;
use super::store::{EARLY, Sql};
use crate::fields::lost;

/// How long a write may be unanswered before its outcome counts as unknown, in milliseconds.
const UNDER_WAY: i64 = 600_000;

/// Members that the service sets itself, or that clients set to the time of the write.
pub(super) const SERVER: &[&str] =
    &["etag", "modifiedTime", "progress", "opTime", "rawName", "listType", "createdTime", "childIds"];

/// One write in the journal of a [`Mirror`](super::Mirror).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Number of the entry. Later writes have higher numbers.
    pub id: i64,
    /// When the write was sent.
    pub at: Timestamp,
    /// Id of the operation, such as `task.batch`.
    pub operation: String,
    /// The command that made the write; empty if [`Mirror::name_command`](super::Mirror::name_command) was not called.
    pub command: String,
    /// Identifies one run of the command. All its writes share this value.
    pub run: String,
    /// The outcome of the write. A partly refused batch is [`Outcome::Done`]; each change has its own outcome.
    pub outcome: Outcome,
    /// The error, if there was one.
    pub error: Option<String>,
    /// The entry that this write undid.
    pub undoes: Option<i64>,
    /// What the write did to each object.
    pub changes: Vec<Change>,
}

/// What a write did to one object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Kind of object, such as `task`.
    pub kind: String,
    /// Id of the object; for a tag, its name.
    pub id: String,
    /// Whether the object was created, changed or deleted.
    pub action: ChangeAction,
    /// The object before the write, if the file held it.
    pub before: Option<Json>,
    /// The object after the write; `None` if it was deleted.
    pub after: Option<Json>,
    /// The outcome of the write for this object.
    pub outcome: Outcome,
    /// The task of a comment.
    pub owner: Option<String>,
}

/// The outcome of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The write was sent, and the response is pending.
    Sent,
    /// The service applied the write.
    Done,
    /// The service refused the write, or the request could not be sent.
    Refused,
    /// The response was lost. A later refresh determines whether the write was applied.
    Unknown,
    /// The service did not apply the write.
    NotApplied,
}

impl Outcome {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::NotApplied => "not applied",
        }
    }

    fn of(name: &str) -> Self {
        let all = [Self::Sent, Self::Done, Self::Refused, Self::NotApplied];
        all.into_iter().find(|outcome| outcome.name() == name).unwrap_or(Self::Unknown)
    }
}

/// The request of an entry.
pub(super) struct Write<'a> {
    pub(super) operation: &'a str,
    pub(super) command: &'a str,
    pub(super) run: &'a str,
    pub(super) undoes: Option<i64>,
    pub(super) plan: &'a Plan,
}

/// Records a write that is about to be sent, and returns its number.
pub(super) fn begin(connection: &Connection, now: i64, write: &Write<'_>) -> Sql<i64> {
    connection.execute(
        "insert into journal (at, operation, command, run, outcome, undoes) values (?1, ?2, ?3, ?4, 'sent', ?5)",
        params![now, write.operation, write.command, write.run, write.undoes],
    )?;
    let entry = connection.last_insert_rowid();
    for (item, position) in write.plan.items.iter().zip(0_i64..) {
        connection.execute(
            "insert into journal_item (entry, position, kind, id, action, before, after, owner, outcome) \
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'sent')",
            params![
                entry,
                position,
                item.kind.name(),
                item.id,
                item.action.name(),
                item.before,
                item.after,
                item.owner
            ],
        )?;
    }
    Ok(entry)
}

/// Records the outcome of a write.
pub(super) fn finish(connection: &Connection, entry: i64, outcome: Outcome, error: Option<&str>) -> Sql<()> {
    connection
        .execute("update journal set outcome = ?2, error = ?3 where id = ?1", params![entry, outcome.name(), error])
        .map(drop)
}

/// Records the outcome of a write for one of its objects, and the new version of the object.
pub(super) fn finish_item(connection: &Connection, at: (i64, usize), item: &Item, outcome: Outcome) -> Sql<()> {
    let position = i64::try_from(at.1).unwrap_or(i64::MAX);
    connection
        .execute(
            "update journal_item set outcome = ?3, id = ?4, after = ?5 where entry = ?1 and position = ?2",
            params![at.0, position, outcome.name(), item.id, item.after],
        )
        .map(drop)
}

/// Determines the outcomes of writes whose responses were lost, by comparing them with the objects in the file.
pub(super) fn settle(connection: &Connection, now: i64) -> Sql<()> {
    connection.execute(
        "update journal set outcome = 'unknown', error = 'the program ended before it received the answer' \
         where outcome = 'sent' and at < ?1",
        [now - UNDER_WAY],
    )?;
    connection.execute(
        "update journal_item set outcome = 'unknown' \
         where outcome = 'sent' and entry in (select id from journal where outcome = 'unknown')",
        [],
    )?;
    for open in open_items(connection)? {
        if let Some(outcome) = open.outcome(connection)? {
            connection.execute(
                "update journal_item set outcome = ?3 where entry = ?1 and position = ?2",
                params![open.entry, open.position, outcome.name()],
            )?;
        }
    }
    // The outcome of an entry follows from the outcomes of its objects.
    connection.execute(
        "update journal set outcome = case when exists (select * from journal_item i where i.entry = journal.id \
         and i.outcome = 'done') then 'done' else 'not applied' end \
         where outcome = 'unknown' and exists (select * from journal_item i where i.entry = journal.id) \
         and not exists (select * from journal_item i where i.entry = journal.id and i.outcome in ('unknown', 'sent'))",
        [],
    )?;
    Ok(())
}

/// An object of a write whose outcome is not known.
struct Open {
    entry: i64,
    position: i64,
    at: i64,
    kind: String,
    id: String,
    after: Option<String>,
}

impl Open {
    fn outcome(&self, connection: &Connection) -> Sql<Option<Outcome>> {
        let Some(kind) = Kind::of(&self.kind) else { return Ok(None) };
        let stored = read::json(connection, kind, &self.id)?;
        let is_done = match (&self.after, &stored) {
            (None, stored) => stored.is_none(),
            (Some(after), Some(stored)) => same(after, stored),
            (Some(_), None) => false,
        };
        let seen = self.last_seen(connection)?;
        Ok(match is_done {
            _ if seen <= self.at => None,
            true => Some(Outcome::Done),
            // An early response may lack the write.
            false if seen < self.at + EARLY => None,
            false => Some(Outcome::NotApplied),
        })
    }

    /// Returns when a response last showed the state of the object. A sync that omits the object counts as well.
    fn last_seen(&self, connection: &Connection) -> Sql<i64> {
        let query = "select max(coalesce((select read_at from object where kind = ?1 and id = ?2 and ours is null), 0), \
                     coalesce((select cast(value as integer) from meta where key = 'refreshed'), 0))";
        connection.query_row(query, params![self.kind, self.id], |row| row.get(0))
    }
}

fn open_items(connection: &Connection) -> Sql<Vec<Open>> {
    let mut statement = connection.prepare(
        "select entry, position, at, kind, i.id, after from journal_item i join journal j on j.id = i.entry \
         where i.outcome = 'unknown'",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(Open {
            entry: row.get(0)?,
            position: row.get(1)?,
            at: row.get(2)?,
            kind: row.get(3)?,
            id: row.get(4)?,
            after: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// Returns whether the stored object holds what was sent.
fn same(sent: &str, stored: &str) -> bool {
    let object = |json| serde_json::from_str::<Object>(json).ok();
    object(sent).zip(object(stored)).is_some_and(|(sent, stored)| lost(&sent, &stored, SERVER).is_none())
}

/// Removes the entries that exceed a number or an age.
pub(super) fn prune(connection: &Connection, most: i64, oldest: i64) -> Sql<()> {
    connection
        .execute(
            "delete from journal where at < ?2 or id <= (select coalesce(max(id), 0) from journal) - ?1",
            params![most, oldest],
        )
        .map(drop)
}

/// Returns the objects of a kind that were deleted before an entry was made.
pub(super) fn deleted(connection: &Connection, kind: Kind, before: i64) -> Sql<Vec<String>> {
    let mut statement = connection.prepare(
        "select id from journal_item where kind = ?1 and action = 'delete' and outcome = 'done' and entry < ?2",
    )?;
    statement.query_map(params![kind.name(), before], |row| row.get(0))?.collect()
}

/// Returns the latest id of an object that was deleted and created again by undoing the deletion.
pub(super) fn created_again(connection: &Connection, kind: Kind, id: &str) -> Sql<Option<String>> {
    let mut statement = connection.prepare(
        "select made.id from journal_item gone \
         join journal undo on undo.undoes = gone.entry and undo.outcome = 'done' \
         join journal_item made on made.entry = undo.id and made.kind = gone.kind and made.action = 'create' \
         and json_extract(made.after, '$.name') = json_extract(gone.before, '$.name') \
         where gone.kind = ?1 and gone.id = ?2 and gone.action = 'delete' and made.outcome = 'done' \
         order by made.entry desc limit 1",
    )?;
    let mut again = |id: &str| statement.query_row(params![kind.name(), id], |row| row.get::<_, String>(0)).optional();
    let mut latest = None;
    while let Some(next) = again(latest.as_deref().unwrap_or(id))? {
        latest = Some(next);
    }
    Ok(latest)
}

/// Returns entries, latest first.
pub(super) fn entries(connection: &Connection, which: &str, of: impl rusqlite::Params) -> Sql<Vec<Entry>> {
    let mut items: HashMap<i64, Vec<Change>> = HashMap::new();
    let mut statement = connection
        .prepare(&format!("select id, at, operation, command, run, outcome, error, undoes from journal {which}"))?;
    let mut entries = statement
        .query_map(of, |row| {
            Ok(Entry {
                id: row.get(0)?,
                at: Timestamp::from_millisecond(row.get(1)?).unwrap_or_default(),
                operation: row.get(2)?,
                command: row.get(3)?,
                run: row.get(4)?,
                outcome: Outcome::of(&row.get::<_, String>(5)?),
                error: row.get(6)?,
                undoes: row.get(7)?,
                changes: Vec::new(),
            })
        })?
        .collect::<Sql<Vec<_>>>()?;
    let mut statement = connection.prepare(
        "select kind, id, action, before, after, outcome, owner from journal_item where entry = ?1 order by position",
    )?;
    for entry in &entries {
        let changes = statement.query_map([entry.id], |row| {
            let json =
                |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|text| text.parse().ok()));
            Ok(Change {
                kind: row.get(0)?,
                id: row.get(1)?,
                action: ChangeAction::of(&row.get::<_, String>(2)?),
                before: json(3)?,
                after: json(4)?,
                outcome: Outcome::of(&row.get::<_, String>(5)?),
                owner: row.get(6)?,
            })
        })?;
        items.insert(entry.id, changes.collect::<Sql<_>>()?);
    }
    for entry in &mut entries {
        entry.changes = items.remove(&entry.id).unwrap_or_default();
    }
    Ok(entries)
}
