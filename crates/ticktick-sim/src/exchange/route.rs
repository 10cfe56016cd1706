//! Finds the operation of a request, checks the session, and calls the handler.

use std::collections::HashMap;
use std::sync::LazyLock;

use ticktick_raw::{Auth, Host, Method, Operation, op};

use crate::exchange::call::{Call, Incoming};
use crate::exchange::context::Context;
use crate::exchange::refusal::Refusal;
use crate::exchange::reply::Reply;
use crate::exchange::shape;
use crate::exchange::sign_on::SignOnRule;
use crate::generated::{Handler, Handlers, ROUTES};
use crate::world::access::Session;
use crate::world::lock::lock;

/// The handlers by operation id.
static HANDLERS: LazyLock<HashMap<&str, Handler>> =
    LazyLock::new(|| ROUTES.iter().map(|(operation, handler)| (operation.id, *handler)).collect());

impl Context {
    /// Returns the session of a request; `ends` closes it first.
    pub(crate) fn session(&self, incoming: &Incoming, ends: bool) -> Option<Session> {
        let token = incoming.cookie("t")?;
        let mut access = lock(&self.world.access);
        if ends {
            access.close(token);
        }
        let device = incoming.device_id().filter(|_| self.sign_on != SignOnRule::Lenient);
        access.enter(token, device.as_deref())
    }

    /// Calls the handler of an operation, unless the call is refused first.
    pub(crate) fn answer(&self, call: &Call) -> Reply
    where
        Self: Handlers,
    {
        match self.admit(call).and_then(|()| shape::readable(call)) {
            Ok(()) => match HANDLERS.get(call.operation.id) {
                Some(handler) => handler(self, call),
                None => Reply::not_implemented(call.operation),
            },
            Err(refusal) => self.refuse(refusal),
        }
    }

    /// Checks the session and the device.
    fn admit(&self, call: &Call) -> Result<(), Refusal> {
        let operation = call.operation;
        // Web pages do not require a session.
        let wants_session = operation.auth == Auth::Session && operation.host != Host::Web;
        if wants_session && call.session.is_none() {
            return Err(Refusal::not_signed_on());
        }
        if *operation == op::TASK_BATCH && self.sign_on != SignOnRule::Lenient && call.device().is_none() {
            return Err(Refusal::new(403, "access_forbidden").lacking("X-Device"));
        }
        Ok(())
    }
}

/// Collapses repeated slashes, as the service does.
pub(crate) fn one_slash(path: &str) -> String {
    let mut collapsed = String::with_capacity(path.len());
    collapsed.extend(
        path.chars()
            .scan('_', |last, next| Some((std::mem::replace(last, next), next)))
            .filter_map(|(last, next)| (last != '/' || next != '/').then_some(next)),
    );
    collapsed
}

/// Finds an operation, whether its path ends in a slash or not.
pub(crate) fn find(method: Method, path: &str) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    let other = || path.strip_suffix('/').map_or_else(|| format!("{path}/"), str::to_owned);
    Operation::route(method, path).or_else(|| Operation::route(method, &other()))
}

/// Returns the response for a path that no operation has with this method.
pub(crate) fn unknown(path: &str) -> Reply {
    let methods = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    if methods.iter().any(|method| find(*method, path).is_some()) { Reply::wrong_method() } else { Reply::not_found() }
}
