//! Sections of the list of habits.

use jiff::Timestamp;
use serde_json::json;
use ticktick_models::{HabitSection, Object};

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Stored};
use crate::call::Call;
use crate::fields::{Fields, canonical, wire};
use crate::reply::Answer;
use crate::shape;
use crate::store::Table;

/// Sections that every account has; clients translate the names.
const BUILT_IN: &[&str] = &["_morning", "_afternoon", "_night"];

/// How far apart sections are placed.
const STEP: i64 = 1 << 40;

/// A habit without a section names this one.
const NONE: &str = "-1";

/// Creates the sections that every account has, under ids that depend on the account alone.
pub(super) fn built_in(user_id: i64, registered: Timestamp) -> Table {
    let mut table = Table::new("id");
    for (place, name) in (0..).zip(BUILT_IN) {
        let section = json!({
            "id": format!("{:08x}{user_id:010x}{place:06x}", registered.as_second()),
            "name": name,
            "sortOrder": place * STEP,
            "createdTime": wire(registered),
            "modifiedTime": wire(registered),
            "etag": format!("{:08x}", user_id + place),
        });
        table.put(&Object::encode(&section).unwrap_or_default(), 0);
    }
    table
}

pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    let required = [("id", json!("")), ("name", json!(""))];
    let times = ["createdTime", "modifiedTime"];
    batch.sent().try_for_each(|sent| shape::check::<HabitSection>(sent, &required, &times))?;
    let deleted: Vec<String> = batch.delete()?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_section(&sent, call.now));
    }
    for sent in batch.update() {
        outcome.note_some(account.update_section(&sent, call.now));
    }
    for id in deleted {
        account.delete_section(&id, call.now);
    }
    Ok(outcome.reply())
}

impl Account {
    pub(crate) fn add_section(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut section = sent.clone();
        section.put("id", &id);
        if let Some(stored) = self.update_section(&section, now) {
            return Ok(stored);
        }
        self.room(self.habit.sections.len(), "habitSectionNumber", &id)?;
        section.fill("name", "");
        section.fill("sortOrder", 0);
        section.fill("createdTime", wire(now));
        Ok((id, self.save_section(section, now)))
    }

    /// Changes a section; id and name suffice, whatever the update mode.
    fn update_section(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let mut section = self.habit.sections.get(&id)?;
        section.merge(sent.clone());
        Some((id, self.save_section(section, now)))
    }

    fn save_section(&mut self, mut section: Object, now: Timestamp) -> String {
        canonical(&mut section, &["createdTime"]);
        section.put("modifiedTime", wire(now));
        self.save(|account| &mut account.habit.sections, &mut section, now)
    }

    /// Deletes a section; its habits stay, without one.
    fn delete_section(&mut self, id: &str, now: Timestamp) {
        let stamp = self.stamp(now);
        if !self.habit.sections.remove(id, stamp) {
            return;
        }
        for habit in self.habit.habits.ids(|row| row.object().text("sectionId").as_deref() == Some(id)) {
            if let Some(mut habit) = self.habit.habits.get(&habit) {
                habit.put("sectionId", NONE);
                self.save_habit(habit, now);
            }
        }
    }
}
