//! Saved filters; their rules are stored as text without validation.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::{Fields, wire};
use crate::world::item::{Item, Refused, Stored, UNKNOWN};
use crate::world::readings::Other;

impl Account {
    /// Adds a filter. Adding a filter again changes the existing one.
    pub(crate) fn add_filter(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut filter = sent.clone();
        filter.put("id", &id);
        if let Some(stored) = self.update_filter(&filter, now) {
            return Ok(stored);
        }
        Ok((id, self.save_filter(filter, now)))
    }

    /// Refuses an invalid rule, if rules are validated.
    pub(crate) fn rule_fits(&self, sent: &Object) -> Result<(), Refused> {
        let is_odd = |rule: String| serde_json::from_str::<Object>(&rule).is_err();
        let is_refused = self.readings.has(Other::FilterRuleIsChecked) && sent.word("rule").is_some_and(is_odd);
        if is_refused { Err((sent.text("id").unwrap_or_default(), UNKNOWN)) } else { Ok(()) }
    }

    /// Changes a filter, if it exists.
    pub(crate) fn update_filter(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.filters.get(&id)?;
        let filter = self.updated(&stored, sent);
        Some((id, self.save_filter(filter, now)))
    }

    fn save_filter(&mut self, mut filter: Object, now: Timestamp) -> String {
        filter.fill("name", "");
        filter.fill("rule", "");
        filter.fill("sortOrder", 0);
        filter.fill("sortType", "project");
        filter.fill("createdTime", wire(now));
        filter.put("modifiedTime", wire(now));
        for key in ["viewMode", "timeline", "sortOption"] {
            if filter.get(key).is_none() {
                filter.put(key, ());
            }
        }
        self.save(|account| &mut account.filters, &mut filter, now)
    }
}
