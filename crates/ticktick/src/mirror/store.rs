//! [`Store`]: objects in the file.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use rusqlite::{Connection, OptionalExtension, Statement, ToSql, params, params_from_iter};

use super::columns::{Columns, NAMES};
use super::kind::Kind;
use super::members::Members;

pub(super) type Sql<T> = Result<T, rusqlite::Error>;

/// How long after our own write a response may still lack it, in milliseconds.
pub(super) const EARLY: i64 = 60_000;

/// Removes a task from the search index.
pub(super) const UNPLACE: [&str; 2] =
    ["delete from words where rowid = (select place from place where num = ?1)", "delete from place where num = ?1"];

/// Where an object comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A response to a sync.
    Sync,
    /// Another response of the service, which may be older than the last sync.
    Read,
    /// The body of one of our own writes that was applied.
    Us,
}

/// The outcome of storing an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    Added,
    Changed,
    Same,
    /// The stored object is newer than the response.
    Early,
    /// The object has no key.
    Odd,
}

/// The result of storing an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) put: Put,
    /// Empty if the object has no key.
    pub(super) id: String,
    /// Whether it was an open task before.
    pub(super) was_open: bool,
    /// Whether it is an open task now.
    pub(super) is_open: bool,
}

/// Prepared statements of one transaction.
pub(super) struct Store<'c> {
    /// Whether an object had members that do not fit their types.
    pub(super) odd: bool,
    connection: &'c Connection,
    zone: &'c TimeZone,
    now: i64,
    find: Statement<'c>,
    insert: Statement<'c>,
    insert_raw: Statement<'c>,
    update: Statement<'c>,
    update_raw: Statement<'c>,
    seen: Statement<'c>,
    unindexed: Statement<'c>,
    gone: Statement<'c>,
    /// Corrects the columns of an object whose text is what it should be.
    correct: Option<Statement<'c>>,
    /// The keys of the objects added to an empty file. Only these need a lookup.
    filling: Option<HashSet<(Kind, String)>>,
}

/// A stored object.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) num: i64,
    pub(super) json: String,
    ours: Option<i64>,
    owner: Option<String>,
    state: Option<String>,
}

impl<'c> Store<'c> {
    /// Prepares the statements. `now` is in epoch milliseconds.
    pub(super) fn new(connection: &'c Connection, zone: &'c TimeZone, now: i64) -> Sql<Self> {
        let names = NAMES.join(", ");
        let marks = |count: usize| vec!["?"; count].join(", ");
        Ok(Self {
            find: connection.prepare(
                "select num, json, ours, owner, state from object join raw using (num) where kind = ?1 and id = ?2",
            )?,
            insert: connection.prepare(&format!(
                "insert into object ({names}, read_at, ours, kind, id) values ({})",
                marks(NAMES.len() + 4)
            ))?,
            insert_raw: connection.prepare("insert into raw (num, json) values (?1, ?2)")?,
            update: connection.prepare(&format!(
                "update object set ({names}, read_at, ours) = ({}) where num = ?",
                marks(NAMES.len() + 2)
            ))?,
            update_raw: connection.prepare("update raw set json = ?2 where num = ?1")?,
            seen: connection.prepare("update object set read_at = ?2, ours = null where num = ?1")?,
            unindexed: connection.prepare("insert or ignore into unindexed (num) values (?1)")?,
            gone: connection.prepare("select at from gone where kind = ?1 and id = ?2")?,
            odd: false,
            correct: None,
            filling: None,
            connection,
            zone,
            now,
        })
    }

    /// Prepares to fill an empty file, so that new objects are added without a lookup.
    pub(super) fn filling(self) -> Self {
        Self { filling: Some(HashSet::new()), ..self }
    }

    /// Prepares for the whole account, which also corrects columns that do not follow from the text of their object.
    pub(super) fn correcting(mut self) -> Sql<Self> {
        let names = NAMES.join(", ");
        let marks = (1..=NAMES.len()).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
        let correct = format!(
            "update object set ({names}) = ({marks}) where num = ?{} and ({names}) is not ({marks})",
            NAMES.len() + 1
        );
        self.correct = Some(self.connection.prepare(&correct)?);
        Ok(self)
    }

    pub(super) fn is_filling(&self) -> bool {
        self.filling.is_some()
    }

    /// Returns whether an object was added to an empty file.
    pub(super) fn has_added(&self, kind: Kind, id: &str) -> bool {
        self.filling.as_ref().is_some_and(|added| added.contains(&(kind, id.to_owned())))
    }

    pub(super) fn find(&mut self, kind: Kind, id: &str) -> Sql<Option<Row>> {
        let row = self.find.query_row(params![kind.name(), id], |row| {
            Ok(Row { num: row.get(0)?, json: row.get(1)?, ours: row.get(2)?, owner: row.get(3)?, state: row.get(4)? })
        });
        row.optional()
    }

    /// Stores an object.
    pub(super) fn put(&mut self, kind: Kind, json: &str, source: Source) -> Sql<Stored> {
        self.put_below(kind, None, json, source)
    }

    /// Stores an object with an owner that the object itself may not name.
    pub(super) fn put_below(&mut self, kind: Kind, owner: Option<&str>, json: &str, source: Source) -> Sql<Stored> {
        let columns = Columns::of(kind, json, self.zone);
        self.put_read(kind, owner, json, columns, source)
    }

    /// Stores an object whose columns were read already. Without columns, it has no key.
    pub(super) fn put_read(
        &mut self,
        kind: Kind,
        owner: Option<&str>,
        json: &str,
        columns: Option<Columns>,
        source: Source,
    ) -> Sql<Stored> {
        let Some(mut columns) = columns else {
            return Ok(Stored { put: Put::Odd, id: String::new(), was_open: false, is_open: false });
        };
        self.odd |= columns.odd;
        let is_new = self.filling.as_mut().is_some_and(|added| added.insert((kind, columns.id.clone())));
        let row = if is_new { None } else { self.find(kind, &columns.id)? };
        if columns.owner.is_none() {
            columns.owner = owner.map(str::to_owned).or_else(|| row.as_ref()?.owner.clone());
        }
        let was_open = row.as_ref().is_some_and(|row| row.state.as_deref() == Some("open"));
        let put = match row {
            Some(row) => self.replace(kind, &row, &columns, json, source)?,
            None if !is_new && source != Source::Us && self.is_gone(kind, &columns.id)? => Put::Early,
            None => self.add(kind, &columns, json, source)?,
        };
        let is_open = if put == Put::Early { was_open } else { columns.state == Some("open") };
        Ok(Stored { put, id: columns.id, was_open, is_open })
    }

    fn add(&mut self, kind: Kind, columns: &Columns, json: &str, source: Source) -> Sql<Put> {
        let ours = (source == Source::Us).then_some(self.now);
        let (values, kind_name) = (columns.values(), kind.name());
        let key: [&dyn ToSql; 4] = [&self.now, &ours, &kind_name, &columns.id];
        self.insert.execute(params_from_iter(values.iter().chain(&key)))?;
        let num = self.connection.last_insert_rowid();
        self.insert_raw.execute(params![num, json])?;
        self.link(num, kind)?;
        if source == Source::Us {
            self.expect(kind, &columns.id)?;
        }
        Ok(Put::Added)
    }

    /// Allows responses to add an object again that we deleted.
    pub(super) fn expect(&self, kind: Kind, id: &str) -> Sql<()> {
        let delete = "delete from gone where kind = ?1 and id = ?2";
        self.connection.execute(delete, params![kind.name(), id]).map(drop)
    }

    fn replace(&mut self, kind: Kind, row: &Row, columns: &Columns, json: &str, source: Source) -> Sql<Put> {
        if row.json == json {
            if let Some(correct) = &mut self.correct {
                let (values, num): (_, &dyn ToSql) = (columns.values(), &row.num);
                if correct.execute(params_from_iter(values.iter().chain([&num])))? > 0 {
                    self.link(row.num, kind)?;
                }
            }
            // After a sync, the time of the refresh applies to all objects, so their rows need no update.
            if source == Source::Read || row.ours.is_some() && source == Source::Sync {
                self.seen.execute(params![row.num, self.now])?;
            }
            return Ok(Put::Same);
        }
        let may_be_early = match source {
            Source::Sync => self.is_recent(row.ours),
            // The time in an object of ours is that of this machine, whose clock may be ahead of the service's.
            Source::Read => row.ours.is_none() || self.is_recent(row.ours),
            Source::Us => false,
        };
        if may_be_early && is_older(json, &row.json) {
            return Ok(Put::Early);
        }
        let ours = (source == Source::Us).then_some(self.now);
        let (values, key): (_, [&dyn ToSql; 3]) = (columns.values(), [&self.now, &ours, &row.num]);
        self.update.execute(params_from_iter(values.iter().chain(&key)))?;
        self.update_raw.execute(params![row.num, json])?;
        self.link(row.num, kind)?;
        Ok(Put::Changed)
    }

    fn link(&mut self, num: i64, kind: Kind) -> Sql<()> {
        if matches!(kind, Kind::Task | Kind::Comment) && self.filling.is_none() {
            self.unindexed.execute([num])?;
        }
        Ok(())
    }

    /// Removes an object. If we deleted it ourselves, early responses do not add it again.
    pub(super) fn remove(&mut self, kind: Kind, id: &str, source: Source) -> Sql<bool> {
        if source == Source::Us {
            let gone = "insert or replace into gone (kind, id, at) values (?1, ?2, ?3)";
            self.connection.execute(gone, params![kind.name(), id, self.now])?;
        }
        let Some(row) = self.find(kind, id)? else { return Ok(false) };
        if kind == Kind::Comment {
            let task = "insert or ignore into unindexed select num from object where kind = 'task' and id = ?1";
            self.connection.execute(task, [&row.owner])?;
        }
        // Foreign keys would do this, but they take a search for each new object.
        let row_of = [
            "delete from unindexed where num = ?1",
            "delete from raw where num = ?1",
            "delete from object where num = ?1",
        ];
        for delete in UNPLACE.into_iter().chain(row_of) {
            self.connection.execute(delete, [row.num])?;
        }
        Ok(true)
    }

    /// Removes all objects of a kind, and of an owner if one is given, whose ids are not in `keep`. Our own recent
    /// objects stay. Returns the ids, and whether any of our own objects was missing.
    pub(super) fn retain(
        &mut self,
        kind: Kind,
        owner: Option<&str>,
        keep: &HashSet<String>,
    ) -> Sql<(Vec<String>, bool)> {
        let (mut removed, mut early) = (Vec::new(), false);
        if self.filling.is_some() {
            return Ok((removed, early));
        }
        for (id, ours) in self.ids(kind, owner)? {
            if keep.contains(&id) {
                continue;
            }
            if self.is_recent(ours) {
                early = true;
                continue;
            }
            self.remove(kind, &id, Source::Sync)?;
            removed.push(id);
        }
        Ok((removed, early))
    }

    fn ids(&self, kind: Kind, owner: Option<&str>) -> Sql<Vec<(String, Option<i64>)>> {
        let open = if kind == Kind::Task { "and state = 'open'" } else { "" };
        let query = format!("select id, ours from object where kind = ?1 and (?2 is null or owner = ?2) {open}");
        let mut statement = self.connection.prepare(&query)?;
        let rows = statement.query_map(params![kind.name(), owner], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// A time in the future is not recent, because the clock was set back.
    fn is_recent(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| self.now.abs_diff(at) < EARLY.unsigned_abs())
    }

    fn is_gone(&mut self, kind: Kind, id: &str) -> Sql<bool> {
        let at = self.gone.query_row(params![kind.name(), id], |row| row.get(0)).optional()?;
        Ok(self.is_recent(at))
    }
}

/// Returns whether a received object is older than the stored one. Objects with equal etags or without times are not.
fn is_older(received: &str, stored: &str) -> bool {
    let members = |json| serde_json::from_str::<ticktick_models::Object>(json).map(Members);
    let (Ok(received), Ok(stored)) = (members(received), members(stored)) else { return false };
    let time = |object: &Members| {
        let text = object.text("modifiedTime").or_else(|| object.text("opTime"))?;
        ticktick_models::Timestamp::from(text.as_str()).instant()
    };
    let same = received.text("etag").is_some_and(|etag| Some(etag) == stored.text("etag"));
    !same && time(&received).zip(time(&stored)).is_some_and(|(received, stored)| received < stored)
}
