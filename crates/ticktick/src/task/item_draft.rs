//! A checklist item that is to be created.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ticktick_models::{ChecklistItem, ChecklistItemId, ChecklistStatus, Due, IdSource};

use super::items;
use crate::Error;

/// A checklist item that is to be created; a text alone is one, too.
///
/// # Examples
///
/// ```
/// use jiff::civil::date;
/// use ticktick::{Due, ItemDraft, TaskDraft, jiff};
///
/// let draft = TaskDraft::new("Trip")
///     .item("Passport")
///     .item(ItemDraft::new("Book the train").due(Due::day(date(2026, 3, 1))))
///     .item(ItemDraft::new("Choose a hotel").done());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is created"]
pub struct ItemDraft {
    title: String,
    done: bool,
    due: Option<Due>,
}

impl ItemDraft {
    /// Begins an item.
    ///
    /// ```
    /// assert_eq!(ticktick::ItemDraft::from("Milk"), ticktick::ItemDraft::new("Milk"));
    /// ```
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), done: false, due: None }
    }

    /// Makes it done from the start.
    ///
    /// ```
    /// let item = ticktick::ItemDraft::new("Milk").done();
    /// ```
    pub fn done(mut self) -> Self {
        self.done = true;
        self
    }

    /// Sets its day or moment; it can have neither an end nor a floating time.
    ///
    /// ```
    /// use ticktick::{Due, ItemDraft, jiff::civil::date};
    ///
    /// let item = ItemDraft::new("Milk").due(Due::day(date(2026, 3, 1)));
    /// ```
    pub fn due(mut self, due: Due) -> Self {
        self.due = Some(due);
        self
    }

    /// Refuses a date that no item can have, before anything is asked.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.due {
            None | Some(Due::Day { .. } | Due::At(_)) => Ok(()),
            Some(_) => Err(Error::invalid_input(
                "a checklist item takes one day or one moment; give it neither an end nor a floating time.",
            )),
        }
    }

    /// Tells whether its date is meant in the account's zone.
    pub(super) fn needs_zone(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.zone().is_none())
    }

    /// Makes the item, with an id of ours.
    pub(super) fn into_item(self, zone: &TimeZone, ids: &mut IdSource, now: Timestamp) -> Result<ChecklistItem, Error> {
        let mut item = ChecklistItem::new(ChecklistItemId::new_with(ids));
        item.title = self.title.into();
        item.status = ChecklistStatus::Open.into();
        if self.done {
            items::complete(&mut item, now);
        }
        if let Some(due) = &self.due {
            item.set_due(due, zone).map_err(|error| Error::no_date(&error))?;
        }
        Ok(item)
    }
}

impl From<&str> for ItemDraft {
    fn from(title: &str) -> Self {
        Self::new(title)
    }
}

impl From<String> for ItemDraft {
    fn from(title: String) -> Self {
        Self::new(title)
    }
}
