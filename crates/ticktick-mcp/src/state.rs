//! [`State`]: what all connections of a server share.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use ticktick::TaskId;

use crate::account::Account;
use crate::confirm::Confirmations;
use crate::failure::Failure;
use crate::options::Options;
use crate::source::Source;
use crate::watchers::Watchers;

/// How many closed tasks keep their codes.
const REMEMBERED: usize = 500;

/// What all connections of a server share.
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) confirmations: Confirmations,
    pub(crate) watchers: Watchers,
    source: Source,
    account: tokio::sync::Mutex<Option<Arc<Account>>>,
    /// Held by each call that writes, so that writes do not overlap and the journal can attribute them.
    pub(crate) writing: tokio::sync::Mutex<()>,
    /// Ids of the closed tasks that were listed.
    listed: Mutex<VecDeque<String>>,
}

impl State {
    pub(crate) fn new(source: Source, mut options: Options) -> Result<Self, String> {
        options.read_only |= source.is_read_only();
        Ok(Self {
            options,
            confirmations: Confirmations::new()?,
            watchers: Watchers::default(),
            source,
            account: tokio::sync::Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            listed: Mutex::default(),
        })
    }

    /// Returns the account. The first call opens it, and the first one after a sign-in opens it again.
    pub(crate) async fn account(&self) -> Result<Arc<Account>, Failure> {
        let mut held = self.account.lock().await;
        if let Some(account) = held.as_ref().filter(|account| !account.is_outdated()) {
            return Ok(Arc::clone(account));
        }
        let account = self.source.open()?;
        *held = Some(Arc::clone(&account));
        Ok(account)
    }

    /// Returns the ids of the closed tasks that were listed.
    pub(crate) fn listed(&self) -> Vec<String> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Remembers closed tasks, so that their codes stay valid.
    pub(crate) fn remember<'a>(&self, ids: impl IntoIterator<Item = &'a TaskId>) {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            if !listed.iter().any(|other| *other == id.as_str()) {
                listed.push_back(id.to_string());
            }
        }
        while listed.len() > REMEMBERED {
            listed.pop_front();
        }
    }
}
