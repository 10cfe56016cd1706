//! Applies the response to a sync: objects and checkpoint in one transaction.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::mpsc;

use jiff::tz::TimeZone;
use rusqlite::{Connection, params};
use ticktick_models::{Object, SyncAnswer, decode, decode_lenient};

use super::fill;
use super::kind::Kind;
use super::lane::Lane;
use super::members::Members;
use super::meta::{checkpoint, meta, set_meta};
use super::received::{LISTS, Received};
use super::store::{Put, Source, Sql, Store, Stored};
use crate::workaround::delta_lags_behind_writes;
use crate::{Account, Changes};

/// From this length on, the tasks of a whole account are read on another thread, in bytes.
const LONG: usize = 1_000_000;

/// A response to a sync, and what is needed to apply it.
pub(super) struct Sync<'a> {
    pub(super) json: &'a str,
    /// Whether the response is the complete state.
    pub(super) full: bool,
    pub(super) zone: &'a TimeZone,
    /// In epoch milliseconds.
    pub(super) now: i64,
}

/// The result of applying a response.
pub(super) struct Applied {
    pub(super) changes: Changes,
    /// Whether the response has members that do not fit their types.
    pub(super) odd: bool,
}

/// Applies a response inside the caller's transaction, which must be rolled back if it cannot be read (`None`).
pub(super) fn apply(connection: &Connection, sync: &Sync<'_>) -> Sql<Option<Applied>> {
    let apply = |store| {
        let (early, changes) = (false, Changes::default());
        Applying { store, connection, zone: sync.zone, full: sync.full, early, changes }.all(sync)
    };
    let store = || Store::new(connection, sync.zone, sync.now);
    if fill::is_empty(connection)? {
        return fill::without_indexes(connection, || apply(store()?.filling()));
    }
    apply(if sync.full { store()?.correcting()? } else { store()? })
}

struct Applying<'c> {
    store: Store<'c>,
    connection: &'c Connection,
    zone: &'c TimeZone,
    full: bool,
    /// Whether the response lacks one of our own writes, so that its changes must be requested again.
    early: bool,
    changes: Changes,
}

/// Which tasks a response contains.
#[derive(Default)]
struct Seen {
    /// Their ids, unless the file was empty.
    ids: HashSet<String>,
    /// Those without a key.
    odd: Vec<String>,
}

impl Applying<'_> {
    fn all(mut self, sync: &Sync<'_>) -> Sql<Option<Applied>> {
        let mut seen = Seen::default();
        let mut json = Cow::Borrowed(sync.json);
        if let Some(lane) = Some(sync.json).filter(|json| self.full && json.len() >= LONG).and_then(Lane::find) {
            let Some(end) = self.lane(&lane, &mut seen)? else { return Ok(None) };
            json = lane.others(end).into();
        }
        let Some(received) = Received::new(&json) else { return Ok(None) };
        self.tasks(&received, seen)?;
        for (member, kind) in LISTS {
            self.list(&received, member, kind)?;
        }
        self.rest(sync, &received)?;
        Ok(Some(Applied { changes: self.changes, odd: self.store.odd }))
    }

    /// Stores a long list of tasks, which another thread reads meanwhile. Returns where it ends.
    fn lane(&mut self, lane: &Lane<'_>, seen: &mut Seen) -> Sql<Option<usize>> {
        let (send, read) = mpsc::sync_channel(4);
        let zone = self.zone;
        std::thread::scope(|scope| {
            // If storing failed, nobody receives what is left.
            let reader = scope.spawn(move || lane.read(zone, |some| send.send(some).is_ok()));
            for (task, columns) in read.into_iter().flatten() {
                let stored = self.store.put_read(Kind::Task, None, task, columns, Source::Sync)?;
                self.saw(task, stored, seen);
            }
            Ok(reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })
    }

    /// Notes what was done with a task.
    fn saw(&mut self, task: &str, stored: Stored, seen: &mut Seen) {
        match stored.put {
            Put::Odd => seen.odd.push(task.to_owned()),
            Put::Early => self.early = true,
            _ => {}
        }
        self.note(&stored);
        // Nothing has to be removed from a file that was empty.
        if !self.store.is_filling() {
            seen.ids.insert(stored.id);
        }
    }

    fn tasks(&mut self, received: &Received<'_>, mut seen: Seen) -> Sql<()> {
        for task in &received.tasks {
            let stored = self.put_task(task.get())?;
            self.saw(task.get(), stored, &mut seen);
        }
        for id in &received.deleted {
            let is_present = seen.ids.contains(id) || self.store.has_added(Kind::Task, id);
            if !is_present && self.store.remove(Kind::Task, id, Source::Sync)? {
                self.changes.tasks.removed.push(id.as_str().into());
            }
        }
        if self.full {
            self.keep_odd("tasks", &seen.odd)?;
            if seen.odd.is_empty() {
                let (removed, early) = self.store.retain(Kind::Task, None, &seen.ids)?;
                self.early |= early;
                self.changes.tasks.removed.extend(removed.iter().map(|id| id.as_str().into()));
            }
        }
        Ok(())
    }

    /// Stores a task. In a delta, members that it lacks are kept.
    fn put_task(&mut self, json: &str) -> Sql<Stored> {
        if self.full {
            return self.store.put(Kind::Task, json, Source::Sync);
        }
        let merged = merged(&mut self.store, json)?;
        let stored = self.store.put(Kind::Task, merged.as_deref().unwrap_or(json), Source::Sync)?;
        if stored.put != Put::Early && is_trashed(json) {
            self.store.remove(Kind::Task, &stored.id, Source::Sync)?;
        }
        Ok(stored)
    }

    fn note(&mut self, stored: &Stored) {
        let id = || stored.id.as_str().into();
        let changes = &mut self.changes.tasks;
        match (stored.was_open, stored.is_open) {
            (false, true) => changes.added.push(id()),
            (true, false) => changes.removed.push(id()),
            (true, true) if stored.put == Put::Changed => changes.changed.push(id()),
            _ => {}
        }
    }

    /// Replaces a list. Lists that are present are complete.
    fn list(&mut self, received: &Received<'_>, member: &str, kind: Kind) -> Sql<()> {
        let elements = match received.list(member) {
            Some(elements) => elements,
            None if self.full => Vec::new(),
            None => return Ok(()),
        };
        let (mut present, mut odd) = (HashSet::new(), Vec::new());
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for element in elements {
            let stored = self.store.put(kind, element.get(), Source::Sync)?;
            match stored.put {
                Put::Added => added.push(stored.id.clone()),
                Put::Changed => changed.push(stored.id.clone()),
                Put::Early => self.early = true,
                Put::Odd => odd.push(element.get()),
                Put::Same => {}
            }
            present.insert(stored.id);
        }
        let mut removed = Vec::new();
        // A missing object may be one of the unreadable elements.
        if odd.is_empty() {
            let (gone, early) = self.store.retain(kind, None, &present)?;
            self.early |= early;
            removed = gone;
        }
        self.keep_odd(member, &odd)?;
        let changes = &mut self.changes;
        match kind {
            Kind::Project => record(&mut changes.projects, added, changed, removed),
            Kind::Folder => record(&mut changes.groups, added, changed, removed),
            Kind::Tag => record(&mut changes.tags, added, changed, removed),
            _ => record(&mut changes.filters, added, changed, removed),
        }
        Ok(())
    }

    /// Keeps unreadable elements, so that snapshots contain them as well.
    fn keep_odd(&self, member: &str, odd: &[impl AsRef<str>]) -> Sql<()> {
        let odd: Vec<&str> = odd.iter().map(AsRef::as_ref).collect();
        set_meta(self.connection, &format!("odd {member}"), &format!("[{}]", odd.join(",")))
    }

    /// Stores the other members and the checkpoint.
    fn rest(&self, sync: &Sync<'_>, received: &Received<'_>) -> Sql<()> {
        let before = checkpoint(self.connection)?;
        let (rest, next) = if self.full {
            (received.rest(), received.check_point)
        } else {
            let delta = answer(sync.json);
            let next = delta.as_ref().map_or(before, |delta| next(before, delta));
            (self.merged_rest(delta)?, next)
        };
        set_meta(self.connection, "rest", &rest)?;
        if let Some(inbox) = received.member("inboxId").and_then(|id| serde_json::from_str::<String>(id.get()).ok()) {
            set_meta(self.connection, "inbox", &inbox)?;
        }
        // If the response predates one of our writes, the next sync must return its changes again.
        if !self.early {
            set_meta(self.connection, "checkpoint", &next.to_string())?;
        }
        set_meta(self.connection, "refreshed", &sync.now.to_string())?;
        self.connection.execute("delete from gone where at < ?1", params![sync.now - 3_600_000]).map(drop)
    }

    /// Merges a delta without its tasks and lists into the stored response.
    fn merged_rest(&self, delta: Option<SyncAnswer>) -> Sql<String> {
        let stored = meta(self.connection, "rest")?.unwrap_or_default();
        let Some((account, mut delta)) = answer(&stored).zip(delta) else { return Ok(stored) };
        let mut account = Account::new(account, TimeZone::UTC);
        delta.sync_task_bean = ticktick_models::Field::default();
        (delta.project_profiles, delta.project_groups) = Default::default();
        (delta.tags, delta.filters) = Default::default();
        account.apply(delta);
        Ok(serde_json::to_string(&account.into_answer()).unwrap_or(stored))
    }
}

fn record<K: for<'a> std::convert::From<&'a str>>(
    changes: &mut crate::account::Changed<K>,
    added: Vec<String>,
    changed: Vec<String>,
    removed: Vec<String>,
) {
    let keys = |ids: Vec<String>| ids.iter().map(|id| K::from(id.as_str())).collect();
    (changes.added, changes.changed, changes.removed) = (keys(added), keys(changed), keys(removed));
}

/// Merges a task of a delta into the stored task. Returns `None` if there is nothing to merge.
fn merged(store: &mut Store<'_>, json: &str) -> Sql<Option<String>> {
    let Ok(news) = serde_json::from_str::<Object>(json) else { return Ok(None) };
    let id = Members(news.clone()).text(Kind::Task.key());
    let Some(row) = id.map(|id| store.find(Kind::Task, &id)).transpose()?.flatten() else { return Ok(None) };
    let Ok(mut whole) = serde_json::from_str::<Object>(&row.json) else { return Ok(None) };
    if whole.iter().all(|(key, _)| news.get(key).is_some()) {
        return Ok(None);
    }
    whole.merge(news);
    Ok(serde_json::to_string(&whole).ok())
}

fn is_trashed(json: &str) -> bool {
    let deleted = serde_json::from_str(json).ok().and_then(|object| Members(object).number("deleted"));
    deleted.is_some_and(|deleted| deleted != 0)
}

fn answer(json: &str) -> Option<SyncAnswer> {
    decode(json.as_bytes()).ok().or_else(|| decode_lenient(json.as_bytes()).ok().map(|read| read.value))
}

/// Returns where the next delta starts.
fn next(before: i64, delta: &SyncAnswer) -> i64 {
    match delta.extra.odd("syncTaskBean") {
        Some(_) => before,
        None => delta_lags_behind_writes::next(before, delta),
    }
}
