//! Task writes on which reports disagree: dates, zones, checklist items, and ids already in use.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::denial::Denial;
use crate::world::fields::{Fields, canonical, instant_of};
use crate::world::item::{EXISTED, Item, NO_TASK, Refused, UNKNOWN};
use crate::world::readings::Other;
use crate::world::task::place::TaskRef;

/// Members that contain instants.
const INSTANTS: &[&str] = &[
    "startDate",
    "dueDate",
    "completedTime",
    "createdTime",
    "modifiedTime",
    "repeatFirstDate",
    "remindTime",
    "pinnedTime",
];

impl Account {
    /// Refuses a batch with unknown tasks. By default, they are silently accepted.
    pub(crate) fn refuse_unknown(
        &self,
        added: &[Object],
        changed: &[Object],
        deleted: &[TaskRef],
    ) -> Result<(), Denial> {
        let is_new = |id: &str| added.iter().any(|sent| sent.text("id").as_deref() == Some(id));
        let is_unknown = |id: &str| self.tasks.row(id).is_none() && !is_new(id);
        let changes = changed.iter().filter_map(|sent| sent.text("id"));
        let is_refused = self.readings.has(Other::UnknownUpdateRefused)
            && changes.into_iter().any(|id| is_unknown(&id))
            || self.readings.has(Other::UnknownDeleteRefused) && deleted.iter().any(|task| is_unknown(&task.task_id));
        if is_refused { Err(Denial::NoTask) } else { Ok(()) }
    }

    /// Adds a task with an id that exists. By default, this changes the existing task.
    pub(super) fn add_again(&mut self, id: String, sent: &Object, now: Timestamp) -> Item {
        if self.readings.has(Other::CreateTwiceRefused) {
            return Err((id, EXISTED));
        }
        if self.readings.has(Other::CreateTwiceIgnored) {
            let etag = self.tasks.get(&id).and_then(|task| task.text("etag"));
            return Ok((id, etag.unwrap_or_default()));
        }
        self.update_task(sent, now).ok_or((id, NO_TASK))
    }

    /// Refuses an update with an outdated etag, if etags are checked.
    pub(super) fn etag_fits(&self, sent: &Object, id: &str) -> Result<(), Refused> {
        let outdated = |etag: &String| self.tasks.get(id).and_then(|task| task.text("etag")).as_ref() != Some(etag);
        let is_refused = self.readings.has(Other::StaleEtagRefused) && sent.word("etag").as_ref().is_some_and(outdated);
        if is_refused { Err((id.to_owned(), UNKNOWN)) } else { Ok(()) }
    }

    /// Refuses dates that contain spaces, unless they are accepted.
    pub(super) fn dates_fit(&self, sent: &Object, id: &str) -> Result<(), Refused> {
        let is_refused = self.readings.has(Other::BlanksRefuseTask) && INSTANTS.iter().any(|key| has_blank(sent, key));
        if is_refused { Err((id.to_owned(), UNKNOWN)) } else { Ok(()) }
    }

    /// Converts the dates of a task to the form of the service, and silently drops those in other forms.
    pub(super) fn understand_dates(&self, task: &mut Object) {
        let drops_blanks = self.readings.has(Other::BlanksDropDate);
        for key in INSTANTS {
            // Clients send `-1` to unpin a task.
            let is_odd = task.word(key).is_some_and(|text| text != "-1" && !is_service_form(&text));
            if is_odd || (drops_blanks && has_blank(task, key)) {
                task.remove(key);
            }
        }
        canonical(task, INSTANTS);
    }

    /// Handles an empty time zone, which by default is stored unchanged.
    pub(super) fn handle_empty_zone(&self, task: &mut Object) {
        if task.text("timeZone").as_deref() != Some("") {
            return;
        }
        if self.readings.has(Other::EmptyZoneIsFilled) {
            task.put("timeZone", &self.zone);
        } else if self.readings.has(Other::EmptyZoneIsDropped) {
            task.remove("timeZone");
        }
    }

    /// Handles status 2 of checklist items, which by default is stored unchanged.
    pub(super) fn handle_item_status(&self, task: &mut Object) {
        let status = if self.readings.has(Other::ItemTwoIsOne) {
            1
        } else if self.readings.has(Other::ItemTwoIsOpen) {
            0
        } else {
            return;
        };
        let mut items: Vec<Object> = task.read("items").unwrap_or_default();
        if items.iter().any(|item| item.int("status") == Some(2)) {
            items.iter_mut().filter(|item| item.int("status") == Some(2)).for_each(|item| item.put("status", status));
            task.put("items", items);
        }
    }
}

/// Returns `true` if a text has the form of the service: a date, the letter T, a time and an offset.
fn is_service_form(text: &str) -> bool {
    text.as_bytes().get(10) == Some(&b'T') && instant_of(text).is_some()
}

fn has_blank(task: &Object, key: &str) -> bool {
    task.word(key).is_some_and(|text| text.contains(' '))
}
