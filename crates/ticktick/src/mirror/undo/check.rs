//! Checks whether all writes can be undone before undoing the first one.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use ticktick_models::{Column, Countdown, Filter, Folder, Habit, HabitSection, Object, Project, Tag, Task};

use super::{Undo, done, tags};
use crate::mirror::action::ChangeAction;
use crate::mirror::journal::Entry;
use crate::mirror::kind::Kind;
use crate::resource::Resource;
use crate::{Client, Error};

/// Checks entries, latest first. If several entries wrote an object, only the latest version can be compared.
pub(super) async fn all(client: &Client, entries: &[Entry]) -> Result<(), Error> {
    let mut checked = HashSet::new();
    for entry in entries {
        let done = done(entry)?;
        if tags::is_change(entry) {
            tags::check(client, entry, &done).await?;
            continue;
        }
        for change in done.into_iter().rev() {
            if checked.insert((&change.kind, &change.id)) {
                Undo { client, entry: entry.id, change }.check().await?;
            }
        }
    }
    Ok(())
}

impl Undo<'_> {
    async fn check(&self) -> Result<(), Error> {
        match Kind::of(&self.change.kind) {
            Some(Kind::Task) => self.check_object::<Task>().await,
            Some(Kind::Project) => self.check_object::<Project>().await,
            Some(Kind::Folder) => self.check_object::<Folder>().await,
            Some(Kind::Tag) => self.check_object::<Tag>().await,
            Some(Kind::Filter) => self.check_object::<Filter>().await,
            Some(Kind::Column) => self.check_object::<Column>().await,
            Some(Kind::Habit) => self.check_object::<Habit>().await,
            Some(Kind::Section) => self.check_object::<HabitSection>().await,
            Some(Kind::Countdown) => self.check_object::<Countdown>().await,
            // These are checked when they are undone.
            Some(Kind::Comment | Kind::Checkin | Kind::Focus) => Ok(()),
            None => Err(self.unsupported("a newer version recorded it")),
        }
    }

    async fn check_object<R: Resource + DeserializeOwned>(&self) -> Result<(), Error> {
        match self.change.action {
            ChangeAction::Create => match &self.change.after {
                Some(after) => {
                    let stored = self.decode::<R>(Some(after))?.read(self.client).await?;
                    self.check_untouched(&stored)
                }
                None => Ok(()),
            },
            ChangeAction::Update => {
                let (before, after) = self.versions()?;
                let stored = self.decode::<R>(self.change.before.as_ref())?.read(self.client).await?;
                self.members(&before, &after, &Object::encode(&stored).unwrap_or_default()).map(drop)
            }
            ChangeAction::Delete => self.decode::<R>(self.change.before.as_ref()).map(drop),
        }
    }
}
