//! Saved filters; their rules are stored as text without validation.

use jiff::Timestamp;
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Refused, Stored, UNKNOWN};
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::generated::FilterHandlers;
use crate::readings::Other;
use crate::reply::Reply;
use crate::state::State;

impl FilterHandlers for State {
    fn filter_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut batch = Batch::read(call)?;
            let deleted: Vec<String> = batch.delete()?;
            let mut outcome = Outcome::default();
            for sent in batch.add() {
                let fits = account.rule_fits(&sent);
                outcome.note(fits.and_then(|()| account.add_filter(&sent, call.now)));
            }
            for sent in batch.update() {
                match account.rule_fits(&sent) {
                    Ok(()) => outcome.note_some(account.update_filter(&sent, call.now)),
                    Err(refused) => outcome.note(Err(refused)),
                }
            }
            for id in deleted {
                let stamp = account.stamp(call.now);
                account.filters.remove(&id, stamp);
            }
            Ok(outcome.reply())
        })
    }
}

impl Account {
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
    fn rule_fits(&self, sent: &Object) -> Result<(), Refused> {
        let is_odd = |rule: String| serde_json::from_str::<Object>(&rule).is_err();
        let is_refused = self.readings.has(Other::FilterRuleIsChecked) && sent.word("rule").is_some_and(is_odd);
        if is_refused { Err((sent.text("id").unwrap_or_default(), UNKNOWN)) } else { Ok(()) }
    }

    fn update_filter(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
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
