//! Folders of lists.

use jiff::Timestamp;
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::account::Account;
use crate::batch::{Batch, Item, Outcome, Stored};
use crate::call::Call;
use crate::fields::Fields;
use crate::generated::ProjectGroupHandlers;
use crate::reply::Reply;
use crate::state::State;

impl ProjectGroupHandlers for State {
    fn project_group_batch(&self, call: &Call) -> Reply {
        self.with(call, |account| {
            let mut batch = Batch::read(call)?;
            let deleted: Vec<String> = batch.delete()?;
            let mut outcome = Outcome::default();
            for sent in batch.add() {
                outcome.note(account.add_group(&sent, call.now));
            }
            for sent in batch.update() {
                outcome.note_some(account.update_group(&sent, call.now));
            }
            // The lists go on naming the folder.
            for id in deleted {
                let stamp = account.stamp(call.now);
                account.groups.remove(&id, stamp);
            }
            Ok(outcome.reply())
        })
    }
}

impl Account {
    pub(crate) fn add_group(&mut self, sent: &Object, now: Timestamp) -> Item {
        let id = self.kept_id(sent);
        let mut group = sent.clone();
        group.put("id", &id);
        if let Some(stored) = self.update_group(&group, now) {
            return Ok(stored);
        }
        Ok((id, self.save_group(group, now)))
    }

    fn update_group(&mut self, sent: &Object, now: Timestamp) -> Option<Stored> {
        let id = sent.text("id")?;
        let stored = self.groups.get(&id)?;
        let group = self.updated(&stored, sent);
        Some((id, self.save_group(group, now)))
    }

    fn save_group(&mut self, mut group: Object, now: Timestamp) -> String {
        // Part of writes alone.
        group.remove("listType");
        let defaults = [
            ("name", json!("")),
            ("showAll", json!(true)),
            ("sortOrder", json!(0)),
            ("viewMode", Value::Null),
            ("deleted", json!(0)),
            ("userId", json!(self.user_id)),
            ("sortType", Value::Null),
            ("sortOption", Value::Null),
            ("teamId", Value::Null),
            ("timeline", Value::Null),
        ];
        for (key, value) in defaults {
            if group.get(key).is_none() {
                group.put(key, value);
            }
        }
        self.save(|account| &mut account.groups, &mut group, now)
    }
}
