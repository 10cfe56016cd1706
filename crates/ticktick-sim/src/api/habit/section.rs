//! Sections of the list of habits.

use serde_json::json;
use ticktick_models::HabitSection;

use crate::exchange::batch::{Batch, Outcome};
use crate::exchange::call::Call;
use crate::exchange::refusal::Answer;
use crate::exchange::shape;
use crate::world::account::Account;

pub(super) fn batch(account: &mut Account, call: &Call) -> Answer {
    let mut batch = Batch::read(call)?;
    let required = [("id", json!("")), ("name", json!(""))];
    let times = ["createdTime", "modifiedTime"];
    batch.sent().try_for_each(|sent| shape::check::<HabitSection>(sent, &required, &times))?;
    let deleted: Vec<String> = batch.delete()?;
    let mut outcome = Outcome::default();
    for sent in batch.add() {
        outcome.note(account.add_section(&sent, call.now));
    }
    for sent in batch.update() {
        outcome.note_some(account.update_section(&sent, call.now));
    }
    for id in deleted {
        account.delete_section(&id, call.now);
    }
    Ok(outcome.reply())
}
