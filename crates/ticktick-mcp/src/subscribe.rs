//! Subscriptions to resources: polls the account while there are any, and waits for changes.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::call::Access;
use crate::resources;
use crate::run;
use crate::state::State;
use crate::watchers::{Contents, digest};

/// How often the account is polled while there are subscriptions.
const PACE: Duration = Duration::from_secs(30);
/// The longest pause after failures.
const LONGEST: Duration = Duration::from_secs(600);

/// A subscription to some resources. It ends when it is dropped.
pub(crate) struct Subscription {
    state: Arc<State>,
    contents: watch::Receiver<Contents>,
    /// What each resource contained when its client was last notified.
    seen: Contents,
}

impl Subscription {
    /// Subscribes to resources.
    pub(crate) async fn new(state: &Arc<State>, addresses: Vec<String>) -> Self {
        let contents = state.watchers.contents.subscribe();
        // Later polls compare with the account as it is now.
        drop(run::view(state).await);
        let mut of = Self { state: Arc::clone(state), contents, seen: Contents::new() };
        for address in addresses {
            let content = content(state, &address).await;
            if of.seen.insert(address.clone(), content).is_none() && state.watchers.add(&address, content) {
                tokio::spawn(poll(Arc::clone(state)));
            }
        }
        of
    }

    /// Returns all addresses.
    pub(crate) fn addresses(&self) -> Vec<String> {
        self.seen.keys().cloned().collect()
    }

    /// Waits until resources change, and returns their addresses.
    pub(crate) async fn changed(&mut self) -> Vec<String> {
        loop {
            let mut changed = Vec::new();
            for (address, now) in self.contents.borrow_and_update().iter() {
                if let Some(seen) = self.seen.get_mut(address).filter(|seen| *seen != now) {
                    *seen = *now;
                    changed.push(address.clone());
                }
            }
            if !changed.is_empty() || self.contents.changed().await.is_err() {
                return changed;
            }
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        for address in self.seen.keys() {
            self.state.watchers.remove(address);
        }
    }
}

/// Polls the resources while there are subscriptions: at a polite pace, and after each change of this server.
async fn poll(state: Arc<State>) {
    let mut pause = PACE;
    while let Some(addresses) = state.watchers.addresses() {
        for address in addresses {
            let content = content(&state, &address).await;
            state.watchers.publish(&address, content);
        }
        let is_due = tokio::select! {
            () = state.watchers.looked() => is_stale(&state).await,
            () = tokio::time::sleep(pause) => true,
        };
        if is_due {
            pause = if refresh(&state).await { PACE } else { LONGEST.min(pause * 2) };
        }
    }
}

/// Returns whether a write of this server may have changed more than the copy shows.
async fn is_stale(state: &State) -> bool {
    state.account().await.is_ok_and(|account| account.mirror.is_stale().unwrap_or(true))
}

/// Requests changes. Returns `false` if TickTick does not respond, or asks to wait.
async fn refresh(state: &State) -> bool {
    match state.account().await {
        Ok(account) => account.refresh(false).await.is_ok(),
        Err(_) => false,
    }
}

async fn content(state: &State, address: &str) -> Option<u64> {
    resources::read(state, address, Access::Peek).await.map(|answer| digest(&answer.text))
}
