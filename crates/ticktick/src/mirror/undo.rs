//! Undoes writes in the journal.

mod check;
mod family;
mod folders;
mod parts;
mod projects;
mod tags;
mod tasks;

use serde::de::DeserializeOwned;
use ticktick_models::{Column, Countdown, Filter, Folder, Habit, HabitSection, Json, Object, Project, Tag, TaskId};

use super::action::ChangeAction;
use super::command::{Command, current, named};
use super::conflict::same;
use super::journal::{self, Change, Entry, Outcome, SERVER};
use super::kind::Kind;
use super::{Mirror, UndoConflict};
use crate::fields::lost;
use crate::resource::Resource;
use crate::turn::Claim;
use crate::{Client, Error, write};

/// The result of [`Mirror::undo`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undone {
    /// The entries that were undone, latest first.
    pub entries: Vec<i64>,
    /// The objects of the writes that were undone.
    pub objects: Vec<UndoneObject>,
}

/// An object in [`Undone`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UndoneObject {
    /// Kind of object, such as `task`.
    pub kind: String,
    /// Id of the object in the journal entry.
    pub id: String,
    /// The new id of a deleted object that had to be created again.
    pub new_id: Option<String>,
}

impl Mirror {
    /// Undoes one write in the journal.
    ///
    /// * If the write changed an object, restores the members that it changed and keeps later changes to other members.
    /// * If the write created an object, deletes it. Tasks go to the trash; check-ins, which cannot be deleted, are
    ///   reset.
    /// * If the write deleted a project, creates the project and its columns again under new ids, and restores its
    ///   tasks in their columns and below their parents.
    /// * If the write deleted a folder, creates the folder again under a new id and puts its projects back into it.
    ///   This also undoes the write that removed them from it.
    /// * If the write deleted a task, restores it from the trash, and puts its subtasks below it again. Other objects,
    ///   and tasks that are not in the trash, are created again with the same content under a new id.
    /// * If the write renamed a tag, gives it its old name. If it deleted a tag or merged it into another one, creates
    ///   the tag again and adds it to the tasks that had it in the file at that time and are still open.
    ///
    /// Some writes cannot be undone, such as changes to settings, sharing a project, and emptying the trash. For these,
    /// returns [`Error::Unsupported`].
    ///
    /// Undoing is itself a write, so the journal records it and you can undo it. Before changing anything, the call
    /// checks all objects for later changes, except comments, check-ins and focus records, which it checks one by one.
    ///
    /// # Errors
    ///
    /// Returns [`Error::UndoConflict`] with all three versions if the members that the write changed, or the object
    /// that it created, have changed since, [`Error::NotFound`] if there is no such entry, and [`Error::Unsupported`]
    /// if the write was not applied, or if its operation cannot be undone.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::{TaskDraft, TaskPatch};
    ///
    /// let milk = client.task().create(TaskDraft::new("Milk")).await?;
    /// client.task().patch(&milk, TaskPatch::new().title("Oat milk")).await?;
    /// let write = mirror.journal(1)?[0].id;
    /// mirror.undo(&client, write).await?;
    /// assert_eq!(client.task().get(&milk).await?.title(), "Milk");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn undo(&self, client: &Client, entry: i64) -> Result<Undone, Error> {
        let entries = self.at_once(|connection| journal::entries(connection, "where id = ?1", [entry]))?;
        let entry = entries.into_iter().next().ok_or_else(|| Error::not_found("journal entry", &entry))?;
        self.undo_all(client, vec![entry]).await
    }

    /// Undoes the latest command that has not been undone yet: all its writes, latest first.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`undo`](Self::undo), and [`Error::NotFound`] if there is nothing to undo.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// let milk = client.task().create(TaskDraft::new("Milk")).await?;
    /// mirror.undo_latest(&client).await?;
    /// assert!(client.task().get(&milk).await.is_err());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn undo_latest(&self, client: &Client) -> Result<Undone, Error> {
        let latest = "where run = (select run from journal j where outcome = 'done' and undoes is null \
                      and exists (select * from journal_item i where i.entry = j.id) \
                      and not exists (select * from journal u where u.undoes = j.id and u.outcome = 'done') \
                      order by id desc limit 1) and outcome = 'done' order by id desc";
        let entries = self.at_once(|connection| journal::entries(connection, latest, []))?;
        if entries.is_empty() {
            return Err(Error::not_found("journal entry", &"to undo"));
        }
        self.undo_all(client, entries).await
    }

    /// Undoes all writes of the command that made an entry, latest first, except those that were undone before.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`undo`](Self::undo), and [`Error::NotFound`] if there is nothing left to undo.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::mirrored(async |client, mirror| {
    /// use ticktick::TaskDraft;
    ///
    /// mirror.name_command("add two");
    /// let milk = client.task().create(TaskDraft::new("Milk")).await?;
    /// let eggs = client.task().create(TaskDraft::new("Eggs")).await?;
    /// let entry = mirror.journal(1)?[0].id;
    /// assert_eq!(mirror.undo_command(&client, entry).await?.entries.len(), 2);
    /// assert!(client.task().get(&milk).await.is_err() && client.task().get(&eggs).await.is_err());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn undo_command(&self, client: &Client, entry: i64) -> Result<Undone, Error> {
        let of_command = "where run = (select run from journal where id = ?1) and outcome = 'done' \
                          and exists (select * from journal_item i where i.entry = journal.id) \
                          and not exists (select * from journal u where u.undoes = journal.id and u.outcome = 'done') \
                          order by id desc";
        let entries = self.at_once(|connection| journal::entries(connection, of_command, [entry]))?;
        if entries.is_empty() {
            return Err(Error::not_found("journal entry", &entry));
        }
        self.undo_all(client, entries).await
    }

    async fn undo_all(&self, client: &Client, entries: Vec<Entry>) -> Result<Undone, Error> {
        let mut entries = folders::with_releases(self, entries)?;
        for entry in &mut entries {
            folders::renew(self, entry)?;
        }
        check::all(client, &entries).await?;
        let mut undone = Undone::default();
        let (name, run) = match current() {
            Some(command) => (command.text, command.run),
            None => ("undo".to_owned(), self.new_run()),
        };
        let command = |entry: &Entry| {
            let text = format!("{name} {}", entry.id);
            Command { text, run: run.clone(), undoes: Some(entry.id) }
        };
        for entry in &mut entries {
            // A folder that was just created again has a new id.
            folders::renew(self, entry)?;
            let objects = named(command(entry), self.undo_entry(client, entry)).await;
            undone.objects.extend(objects?);
            undone.entries.push(entry.id);
        }
        for entry in entries.iter().filter(|entry| !projects::is_deletion(entry)) {
            named(command(entry), family::unite(client, entry)).await?;
        }
        Ok(undone)
    }

    async fn undo_entry(&self, client: &Client, entry: &Entry) -> Result<Vec<UndoneObject>, Error> {
        let done = done(entry)?;
        if tags::is_change(entry) {
            return tags::undo(client, entry, &done).await;
        }
        if projects::is_deletion(entry) {
            return projects::undo(self, client, entry, &done).await;
        }
        tasks::move_back(client, entry.id, &done).await?;
        let mut objects = Vec::new();
        for change in done.into_iter().rev() {
            let new_id = undo_change(client, entry.id, change).await?;
            objects.push(undone(change, new_id));
        }
        Ok(objects)
    }
}

/// Returns the changes of an entry that were applied.
fn done(entry: &Entry) -> Result<Vec<&Change>, Error> {
    let done: Vec<&Change> = entry.changes.iter().filter(|change| change.outcome == Outcome::Done).collect();
    if done.is_empty() {
        let why = match entry.outcome {
            Outcome::Done => format!("{} changes more than single objects; revert it by hand", entry.operation),
            _ => format!("write {} was not carried out ({})", entry.id, entry.outcome.name()),
        };
        return Err(Error::Unsupported { what: "undoing this write", why });
    }
    Ok(done)
}

fn undone(change: &Change, new_id: Option<String>) -> UndoneObject {
    UndoneObject { kind: change.kind.clone(), id: change.id.clone(), new_id }
}

/// Undoes what a write did to one object, and returns its new id if it was created again.
async fn undo_change(client: &Client, entry: i64, change: &Change) -> Result<Option<String>, Error> {
    let undo = Undo { client, entry, change };
    match Kind::of(&change.kind) {
        Some(Kind::Task) => undo.task().await,
        Some(Kind::Project) => undo.object::<Project>(async |id| client.project().delete(id).await).await,
        Some(Kind::Folder) => undo.object::<Folder>(async |id| client.folder().delete(id).await).await,
        Some(Kind::Tag) => undo.object::<Tag>(async |id| client.tag().delete(id).await).await,
        Some(Kind::Filter) => undo.object::<Filter>(async |id| client.filter().delete(id).await).await,
        Some(Kind::Column) => undo.object::<Column>(async |id| client.column().delete(id).await).await,
        Some(Kind::Habit) => undo.object::<Habit>(async |id| client.habit().delete(id).await).await,
        Some(Kind::Section) => undo.object::<HabitSection>(async |id| client.habit().delete_section(id).await).await,
        Some(Kind::Countdown) => undo.object::<Countdown>(async |id| client.countdown().delete(id).await).await,
        Some(Kind::Comment) => undo.comment().await,
        Some(Kind::Checkin) => undo.check_in().await,
        Some(Kind::Focus) => undo.focus().await,
        None => Err(undo.unsupported("a newer version recorded it")),
    }
}

struct Undo<'a> {
    client: &'a Client,
    entry: i64,
    change: &'a Change,
}

impl Undo<'_> {
    /// Undoes a write of an object that is not a task.
    async fn object<R: Resource + DeserializeOwned>(
        &self,
        delete: impl AsyncFnOnce(&str) -> Result<(), Error>,
    ) -> Result<Option<String>, Error> {
        match self.change.action {
            ChangeAction::Create => {
                let created: R = self.decode(self.change.after.as_ref())?;
                self.check_untouched(&created.read(self.client).await?)?;
                delete(&self.change.id).await.map(|()| None)
            }
            ChangeAction::Update => {
                self.restore_members::<R>(&R::Key::from(self.change.id.as_str()), &[]).await.map(|()| None)
            }
            ChangeAction::Delete => self.create_again(self.decode::<R>(self.change.before.as_ref())?).await,
        }
    }

    /// Restores the members of an object that the write changed.
    async fn restore_members<R: Resource + DeserializeOwned>(
        &self,
        key: &R::Key,
        except: &[&str],
    ) -> Result<(), Error> {
        let (before, after) = self.versions()?;
        let _turn = self.client.turn(Claim::one::<R>(key)).await;
        let stored: R = self.decode::<R>(self.change.before.as_ref())?.read(self.client).await?;
        let mut object = Object::encode(&stored).unwrap_or_default();
        for member in self.members(&before, &after, &object)? {
            if !except.contains(&member.as_str()) {
                let value = before.get(&member).filter(|value| value.kind() != "null").cloned();
                object.set(&*member, value.unwrap_or_else(|| nothing(&member, after.get(&member))));
            }
        }
        let changed = self.read_back(object)?;
        write::store(self.client, stored, changed).await.map(drop)
    }

    async fn create_again<R: Resource + DeserializeOwned>(&self, object: R) -> Result<Option<String>, Error> {
        let mut members = Object::encode(&object).unwrap_or_default();
        for member in ["etag", "deleted"] {
            members.remove(member);
        }
        let mut object: R = self.read_back(members)?;
        if self.change.kind != Kind::Tag.name() {
            let id = TaskId::new_with(&mut self.client.ids());
            object.set_key(R::Key::from(id.as_str()));
        }
        let created = write::create(self.client, object).await?;
        let id = created.key().to_string();
        Ok((id != self.change.id).then_some(id))
    }

    /// Returns the members that the write changed and that do not have their previous values yet.
    fn members(&self, before: &Object, after: &Object, current: &Object) -> Result<Vec<String>, Error> {
        let keys = before.iter().chain(after.iter()).map(|(key, _)| key);
        let mut members: Vec<String> = Vec::new();
        for key in keys.filter(|key| !SERVER.contains(key)) {
            if members.iter().any(|known| known == key)
                || same(before.get(key), after.get(key))
                || same(current.get(key), before.get(key))
            {
                continue;
            }
            if !same(current.get(key), after.get(key)) {
                return Err(self.conflict(current));
            }
            members.push(key.to_owned());
        }
        Ok(members)
    }

    /// Returns a conflict if the object has changed since the write.
    fn check_untouched<R: serde::Serialize>(&self, current: &R) -> Result<(), Error> {
        // A restored task has no version in the entry.
        let Some(created) = &self.change.after else { return Ok(()) };
        let created: Object = self.decode(Some(created))?;
        let current = Object::encode(current).unwrap_or_default();
        match lost(&created, &current, SERVER) {
            None => Ok(()),
            Some(_) => Err(self.conflict(&current)),
        }
    }

    fn versions(&self) -> Result<(Object, Object), Error> {
        Ok((self.decode(self.change.before.as_ref())?, self.decode(self.change.after.as_ref())?))
    }

    fn decode<T: DeserializeOwned>(&self, json: Option<&Json>) -> Result<T, Error> {
        let json = json.ok_or_else(|| self.unsupported("the mirror did not contain the object at that time"))?;
        json.decode_lenient().map_err(|_| self.unsupported("the older version cannot be read"))
    }

    fn read_back<T: DeserializeOwned>(&self, members: Object) -> Result<T, Error> {
        members.decode_lenient().map_err(|_| self.unsupported("the older version cannot be read"))
    }

    fn conflict(&self, current: &Object) -> Error {
        Error::UndoConflict(Box::new(UndoConflict {
            entry: self.entry,
            kind: self.change.kind.clone(),
            id: self.change.id.clone(),
            before: self.change.before.clone(),
            after: self.change.after.clone(),
            current: Json::encode(current).ok(),
        }))
    }

    fn unsupported(&self, why: &str) -> Error {
        let why = format!("write {} of {} {}: {why}", self.entry, self.change.kind, self.change.id);
        Error::Unsupported { what: "undoing this write", why }
    }
}

/// Returns the value that makes the service remove a member. For some members, null has no effect.
fn nothing(member: &str, after: Option<&Json>) -> Json {
    match member {
        "pinnedTime" => "-1".into(),
        "groupId" => "NONE".into(),
        "parent" => "".into(),
        _ if after.is_some_and(|after| after.kind() == "array") => serde_json::json!([]).into(),
        _ => Json::null(),
    }
}
