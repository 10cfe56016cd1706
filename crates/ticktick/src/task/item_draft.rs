//! A checklist item that is to be created.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ticktick_models::{ChecklistItem, ChecklistItemId, ChecklistStatus, Due, IdSource};

use super::items;
use crate::Error;
use crate::form::{form, setters};

form! {
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
    #[must_use = "a draft does nothing until it is created"]
    pub struct ItemDraft {
        title: String;
        done: bool,
        due: Option<Due>,
    }
}

impl ItemDraft {
    /// Creates a draft of an open item.
    ///
    /// ```
    /// assert_eq!(ticktick::ItemDraft::from("Milk"), ticktick::ItemDraft::new("Milk"));
    /// ```
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), done: false, due: None }
    }

    setters! {
        /// Completes the item from the start.
        on done: done;

        /// Sets the date: a day or a moment. An item has neither an end nor a floating time.
        into due: Due;
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
