//! Saved filters; their rules are stored as text without validation.

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::reply::Reply;
use crate::generated::FilterHandlers;

impl FilterHandlers for Context {
    fn filter_batch(&self, call: &Call) -> Reply {
        self.in_session(call, |account| {
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
