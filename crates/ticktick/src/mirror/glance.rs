//! [`Glance`]: the members of a task that lists show, borrowed from the text of the task.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};
use serde_json::value::RawValue;
use ticktick_models::{
    ChecklistStatus, DeletedState, Field, List, Priority, Reminder, TaskKind, TaskStatus, Timestamp,
};

use super::card::{Card, millis};
use super::list::{ItemRow, TaskTexts};

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
    /// Returns what a list shows, with the texts if they are wanted, or `Some(None)` if the task is not open. Returns `None` if
    /// a member does not fit.
    pub(super) fn shown(self, with_texts: bool) -> Option<Option<(Card<'a>, Option<Box<TaskTexts>>)>> {
        if self.status.is_some_and(|status| status != TaskStatus::Open)
            || matches!(self.deleted, Some(DeletedState::InTrash | DeletedState::Forever))
        {
            return Some(None);
        }
        let checklist = self.items.map_or(Some(Vec::new()), |items| checklist(items.get()))?;
        let counts = (checklist.len(), checklist.iter().filter(|item| item.is_done()).count());
        let texts = if with_texts { Some(Box::new(self.texts(checklist)?)) } else { None };
        Some(Some((self.card(counts), texts)))
    }

    fn card(self, (items, items_done): (usize, usize)) -> Card<'a> {
        let filled = |text: Option<Text<'a>>| text.map(|text| text.0).filter(|text| !text.is_empty());
        Card {
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
        }
    }

    /// Returns the texts, or `None` if one does not fit.
    fn texts(&self, checklist: Vec<Item<'_>>) -> Option<TaskTexts> {
        let is_checklist = self.kind.as_ref().is_some_and(|kind| kind.0 == TaskKind::Checklist.as_str());
        let body = if is_checklist { self.desc } else { self.content };
        let reminders: List<Reminder> = self.reminders.map_or(Some(List::default()), read)?;
        let created: Field<Timestamp> = self.created_time.map_or(Some(Field::Absent), read)?;
        Some(TaskTexts {
            content: body.map_or(Some(String::new()), read)?,
            items: checklist.into_iter().map(Item::row).collect(),
            created: created.get().and_then(Timestamp::instant),
            reminders: reminders.into_vec().into_iter().map(|reminder| reminder.trigger).collect(),
        })
    }
}

fn read<'a, T: Deserialize<'a>>(json: &'a RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
}

/// Reads the items of a checklist. Returns `None` if one does not fit.
fn checklist(json: &str) -> Option<Vec<Item<'_>>> {
    if json == "[]" { Some(Vec::new()) } else { serde_json::from_str(json).ok() }
}

/// A checklist item, without the members that no list shows.
#[derive(Deserialize)]
struct Item<'a> {
    // An item without an id does not fit.
    #[serde(borrow, rename = "id")]
    _id: Text<'a>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(default)]
    status: Field<ChecklistStatus>,
}

impl Item<'_> {
    fn is_done(&self) -> bool {
        let is_done = |status: &ChecklistStatus| matches!(status, ChecklistStatus::Done | ChecklistStatus::LegacyDone);
        self.status.get().is_some_and(is_done)
    }

    fn row(self) -> ItemRow {
        let done = self.is_done();
        ItemRow { title: self.title.map(|title| title.0.into_owned()).unwrap_or_default(), done }
    }
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
