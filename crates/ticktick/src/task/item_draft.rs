//! [`ItemDraft`]: a checklist item to create.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ticktick_models::{ChecklistItem, ChecklistItemId, ChecklistStatus, Due, IdSource};

use super::item_list;
use crate::Error;
use crate::form::{form, setters};

form! {
    /// A checklist item to create. A plain string converts into one.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use jiff::civil::date;
    /// use ticktick::{Due, ItemDraft, TaskDraft, jiff};
    ///
    /// let draft = TaskDraft::new("Trip")
    ///     .item("Passport")
    ///     .item(ItemDraft::new("Book the train").due(Due::day(date(2026, 3, 1))))
    ///     .item(ItemDraft::new("Choose a hotel").done());
    /// let trip = client.task().create(draft).await?;
    /// assert!(trip.items[2].is_done());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `item` or `add_item`"]
    pub struct ItemDraft {
        title: String;
        done: bool,
        due: Option<Due>,
    }
}

impl ItemDraft {
    /// Creates a draft of an open item.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), done: false, due: None }
    }

    setters! {
        /// Marks the item as done.
        on done: done;

        /// Sets the date: a day or a time. It must have neither an end nor a floating time.
        into due: Due;
    }

    /// Rejects a date that no item can have, before anything is read.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.due {
            None | Some(Due::Day { .. } | Due::At(_)) => Ok(()),
            Some(_) => Err(Error::invalid_input(
                "a checklist item has one day or one time\nhint: remove the end, or the floating flag",
            )),
        }
    }

    /// Returns whether the date is in the account's zone.
    pub(super) fn needs_zone(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.zone().is_none())
    }

    /// Builds the item, with a new id.
    pub(super) fn into_item(self, zone: &TimeZone, ids: &mut IdSource, now: Timestamp) -> Result<ChecklistItem, Error> {
        let mut item = ChecklistItem::new(ChecklistItemId::new_with(ids));
        item.title = self.title.into();
        item.status = ChecklistStatus::Open.into();
        if self.done {
            item_list::complete(&mut item, now);
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
