//! The context of all handlers.

use std::sync::Arc;

use crate::exchange::call::Call;
use crate::exchange::forms::Forms;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::exchange::sign_on::SignOnRule;
use crate::world::account::Account;
use crate::world::lock::lock;
use crate::world::state::World;

/// The accounts, and the settings that shape responses. Handlers are methods of this type.
pub(crate) struct Context {
    pub(crate) world: Arc<World>,
    /// The browser headers that a request needs.
    pub(crate) sign_on: SignOnRule,
    pub(crate) forms: Forms,
}

impl Context {
    /// Runs a handler on the account of the session.
    pub(crate) fn in_session(&self, call: &Call, work: impl FnOnce(&mut Account) -> Answer) -> Reply {
        self.conclude(|| {
            let session = call.session.as_ref().ok_or_else(Refusal::not_signed_on)?;
            self.on_account(session.account, call, work)
        })
    }

    /// Runs a handler on an account, and copies its changes to projects that the account shares.
    pub(crate) fn on_account(&self, place: usize, call: &Call, work: impl FnOnce(&mut Account) -> Answer) -> Answer {
        self.world.together(place, call.now, work).unwrap_or_else(|| Err(Refusal::not_signed_on()))
    }

    /// Turns a refusal into a response.
    pub(crate) fn conclude(&self, work: impl FnOnce() -> Answer) -> Reply {
        work().unwrap_or_else(|refusal| self.refuse(refusal))
    }

    pub(crate) fn refuse(&self, refusal: Refusal) -> Reply {
        let key = lock(&self.world.access).key();
        refusal.reply(&key)
    }
}
