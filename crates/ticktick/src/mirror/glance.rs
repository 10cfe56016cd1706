//! [`Glance`]: the members of a task that lists show, borrowed from the text of the task.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde_json::value::RawValue;
use ticktick_models::{
    ChecklistItem, ChecklistStatus, DeletedState, Field, List, Priority, Reminder, TaskKind, TaskStatus, Timestamp,
};

use super::card::{Card, millis};
use super::list::TaskTexts;

/// A task, without the members that no list shows.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Glance<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    project_id: Text<'a>,
    title: Option<Text<'a>>,
    content: Option<&'a RawValue>,
    desc: Option<&'a RawValue>,
    kind: Option<Text<'a>>,
    status: Option<TaskStatus>,
    deleted: Option<DeletedState>,
    priority: Option<Priority>,
    #[serde(default)]
    start_date: Field<Timestamp>,
    #[serde(default)]
    due_date: Field<Timestamp>,
    is_all_day: Option<bool>,
    is_floating: Option<bool>,
    time_zone: Option<Text<'a>>,
    pinned_time: Option<Timestamp>,
    tags: Option<Vec<Text<'a>>>,
    parent_id: Option<Text<'a>>,
    column_id: Option<Text<'a>>,
    repeat_flag: Option<Text<'a>>,
    sort_order: Option<i64>,
    etag: Option<Text<'a>>,
    created_time: Option<&'a RawValue>,
    #[serde(default)]
    modified_time: Field<Timestamp>,
    #[serde(default)]
    completed_time: Field<Timestamp>,
    items: Option<&'a RawValue>,
    reminders: Option<&'a RawValue>,
}

impl<'a> Glance<'a> {
    /// Returns what a list shows, or `Some(None)` if the task is not open. Returns `None` if its checklist does not fit.
    pub(super) fn card(self) -> Option<Option<Card<'a>>> {
        if self.status.is_some_and(|status| status != TaskStatus::Open)
            || matches!(self.deleted, Some(DeletedState::InTrash | DeletedState::Forever))
        {
            return Some(None);
        }
        let (items, items_done) = self.items.map_or(Some((0, 0)), |items| counted(items.get()))?;
        let filled = |text: Option<Text<'a>>| text.map(|text| text.0).filter(|text| !text.is_empty());
        Some(Some(Card {
            id: self.id.0,
            title: self.title.map(|title| title.0).unwrap_or_default(),
            project: self.project_id.0,
            status: None,
            kind: self.kind.map(|kind| kind.0).filter(|kind| kind != TaskKind::Text.as_str()),
            priority: self.priority.map(|priority| priority.value()),
            start: millis(&self.start_date),
            due: millis(&self.due_date),
            all_day: self.is_all_day == Some(true),
            floating: self.is_floating == Some(true),
            pinned: self.pinned_time.and_then(|time| time.instant()).is_some(),
            zone: filled(self.time_zone),
            tags: self.tags.unwrap_or_default().into_iter().map(|tag| tag.0).collect(),
            parent: filled(self.parent_id),
            column: filled(self.column_id),
            items,
            items_done,
            repeat: filled(self.repeat_flag),
            sort: self.sort_order,
            etag: filled(self.etag),
            modified: millis(&self.modified_time),
            completed: millis(&self.completed_time),
        }))
    }

    /// Returns the texts. Returns `None` if one does not fit.
    pub(super) fn texts(&self) -> Option<TaskTexts> {
        let is_checklist = self.kind.as_ref().is_some_and(|kind| kind.0 == TaskKind::Checklist.as_str());
        let body = if is_checklist { self.desc } else { self.content };
        let items: List<ChecklistItem> = self.items.map_or(Some(List::default()), read)?;
        let reminders: List<Reminder> = self.reminders.map_or(Some(List::default()), read)?;
        let created: Field<Timestamp> = self.created_time.map_or(Some(Field::Absent), read)?;
        Some(TaskTexts {
            content: body.map_or(Some(String::new()), read)?,
            items: items.into_vec(),
            created: created.get().and_then(Timestamp::instant),
            reminders: reminders.into_vec().into_iter().map(|reminder| reminder.trigger).collect(),
        })
    }
}

fn read<'a, T: Deserialize<'a>>(json: &'a RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
}

/// Counts the items of a checklist, and those that are done.
fn counted(json: &str) -> Option<(usize, usize)> {
    #[derive(Deserialize)]
    struct Item<'a> {
        // An item without an id does not fit.
        #[serde(borrow, rename = "id")]
        _id: Text<'a>,
        #[serde(default)]
        status: Field<ChecklistStatus>,
    }
    if json == "[]" {
        return Some((0, 0));
    }
    let items: Vec<Item<'_>> = serde_json::from_str(json).ok()?;
    let is_done = |item: &&Item<'_>| {
        item.status.get().is_some_and(|status| matches!(status, ChecklistStatus::Done | ChecklistStatus::LegacyDone))
    };
    Some((items.len(), items.iter().filter(is_done).count()))
}

/// A text, borrowed unless it contains escapes.
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;

        impl<'de> Visitor<'de> for Visit {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(text.into()))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(text.to_owned().into()))
            }
        }

        deserializer.deserialize_str(Visit)
    }
}
