//! Authentication of calls to the Open API.

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::lock::lock;

impl Context {
    /// Runs a handler of the Open API on the account of the token.
    pub(crate) fn open(&self, call: &Call, work: impl FnOnce(&mut Account) -> Answer) -> Reply {
        self.conclude(|| {
            let user = {
                let mut access = lock(&self.world.open);
                let user = access.user(credential(call, "bearer"), call.now)?;
                access.count(&user, call.now)?;
                user
            };
            let place = self.world.accounts.named(&user).ok_or_else(Refusal::not_signed_on)?;
            self.on_account(place, call, work)
        })
        .typed()
    }
}

/// Returns the value of the header `Authorization` for a scheme, given in lower case.
pub(crate) fn credential<'a>(call: &'a Call, scheme: &str) -> Option<&'a str> {
    let (named, value) = call.header("authorization")?.trim().split_once(' ')?;
    (named.to_lowercase() == scheme).then_some(value.trim())
}
