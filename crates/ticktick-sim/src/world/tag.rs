//! Tags, and the tasks that have them.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::denial::Denial;
use crate::world::fields::{Fields, drop_nulls, is_null, wire};
use crate::world::item::{Item, SENSELESS, Stored};
use crate::world::readings::Other;

impl Account {
    /// Creates a tag from a typed name.
    pub(crate) fn make_tag(&mut self, label: &str, now: Timestamp) {
        let mut tag = Object::new();
        tag.put("name", self.tag_key(label));
        tag.put("label", label);
        self.save_tag(tag, now);
    }

    /// Adds a tag. Adding a tag again changes the existing one.
    pub(crate) fn add_tag(&mut self, sent: &Object, now: Timestamp) -> Item {
        let name = self.tag_key(&sent.text("name").or(sent.text("label")).unwrap_or_default());
        if name.is_empty() {
            return Err((name, SENSELESS));
        }
        let mut tag = sent.clone();
        tag.put("name", &name);
        if let Some(stored) = self.update_tag(&tag, now) {
            return Ok(stored);
        }
        Ok((name, self.save_tag(tag, now)))
    }

    /// Changes a tag, if it exists.
    pub(crate) fn update_tag(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let name = sent.text("name")?;
        let stored = self.tags.get(&name)?;
        let mut tag = self.updated(&stored, sent);
        // Only an empty text removes a tag from its parent.
        if sent.get("parent").is_some_and(is_null) {
            tag.put("parent", stored.text("parent"));
        }
        // `rawName` keeps the name before a rename.
        tag.put("rawName", stored.text("rawName"));
        Some((name, self.save_tag(tag, now)))
    }

    fn save_tag(&mut self, mut tag: Object, now: Timestamp) -> String {
        tag.fill("label", tag.text("name"));
        tag.fill("rawName", tag.text("name"));
        tag.fill("sortOrder", 0);
        tag.fill("sortType", "project");
        tag.fill("type", 1);
        if tag.text("parent").is_some_and(|parent| parent.is_empty()) {
            tag.remove("parent");
        }
        drop_nulls(&mut tag);
        self.save(|account| &mut account.tags, &mut tag, now)
    }

    /// Merges a tag into another one, which replaces it on all tasks.
    pub(crate) fn merge_tag(&mut self, name: &str, into: &str, now: Timestamp) -> Result<(), Denial> {
        if self.tags.row(name).is_none() || self.tags.row(into).is_none() {
            return Err(Denial::NoTag);
        }
        if self.readings.has(Other::MergeRefused) {
            return Err(Denial::Senseless);
        }
        if name != into {
            self.retag(name, Some(into), now);
            if !self.readings.has(Other::MergedTagStays) {
                self.remove_tag(name, None, now);
            }
        }
        Ok(())
    }

    /// Handles a rename to the name of another tag.
    fn rename_onto(&mut self, old: &str, taken: &str, now: Timestamp) -> Result<(), Denial> {
        if self.readings.has(Other::RenameMerges) {
            return self.merge_tag(old, taken, now);
        }
        if self.readings.has(Other::RenameIgnored) { Ok(()) } else { Err(Denial::Senseless) }
    }

    /// Renames a tag on all tasks.
    pub(crate) fn rename_tag(&mut self, old: &str, label: &str, now: Timestamp) -> Result<(), Denial> {
        let mut tag = self.tags.get(old).ok_or(Denial::NoTag)?;
        let name = self.tag_key(label);
        if name.is_empty() {
            return Err(Denial::Senseless);
        }
        if name != old && self.tags.row(&name).is_some() {
            return self.rename_onto(old, &name, now);
        }
        tag.put("name", &name);
        tag.put("rawName", old);
        tag.put("label", label);
        self.save_tag(tag, now);
        if name != old {
            self.retag(old, Some(&name), now);
            self.remove_tag(old, Some(&name), now);
        }
        Ok(())
    }

    /// Deletes a tag. A tag that does not exist is not an error.
    pub(crate) fn delete_tag(&mut self, name: &str, now: Timestamp) {
        self.retag(name, None, now);
        self.remove_tag(name, None, now);
    }

    /// Removes a tag and moves its child tags under `heir`, or to the top level.
    fn remove_tag(&mut self, name: &str, heir: Option<&str>, now: Timestamp) {
        let stamp = self.stamp(now);
        self.tags.remove(name, stamp);
        self.repin(name, heir);
        for child in self.tags.ids(|row| row.object().text("parent").as_deref() == Some(name)) {
            if let Some(mut tag) = self.tags.get(&child) {
                tag.put("parent", heir);
                self.save_tag(tag, now);
            }
        }
    }

    /// Replaces a tag by another, or removes it, on every task.
    fn retag(&mut self, old: &str, new: Option<&str>, now: Timestamp) {
        // The text of a task with the tag contains its name.
        for id in self.tasks.ids(|row| row.text.contains(old)) {
            let Some(mut task) = self.tasks.get(&id) else { continue };
            let tags = task.texts("tags");
            if !tags.iter().any(|tag| tag == old) {
                continue;
            }
            let mut kept: Vec<&str> = Vec::new();
            for tag in tags.iter().map(String::as_str) {
                let tag = if tag == old { new } else { Some(tag) };
                kept.extend(tag.filter(|tag| !kept.contains(tag)));
            }
            task.put("tags", kept);
            task.put("modifiedTime", wire(now));
            self.save_task(task, now);
        }
    }
}

impl Account {
    /// Pins and unpins tags; unknown ones are ignored.
    pub(crate) fn pin_tags(&mut self, add: Vec<String>, delete: &[String], now: Timestamp) {
        self.pins.0.retain(|tag| !delete.contains(tag) && !add.contains(tag));
        let known = add.into_iter().filter(|tag| self.tags.row(tag).is_some());
        self.pins.0.extend(known);
        self.stamp(now);
    }

    /// Replaces a pinned tag by another one, or removes it.
    fn repin(&mut self, old: &str, new: Option<&str>) {
        let Some(place) = self.pins.0.iter().position(|tag| tag == old) else { return };
        let new = new.filter(|new| !self.pins.0.iter().any(|tag| tag == new));
        let new = new.map(str::to_owned);
        self.pins.0.splice(place..=place, new);
    }
}
