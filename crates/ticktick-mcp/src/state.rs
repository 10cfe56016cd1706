//! [`State`]: what all connections of a server share.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use ticktick::Task;

use crate::answer::Failure;
use crate::confirm::Confirmations;
use crate::options::Options;
use crate::source::{Account, Source};

/// How many closed tasks keep their codes.
const REMEMBERED: usize = 500;

/// What all connections of a server share.
pub(crate) struct State {
    pub(crate) options: Options,
    pub(crate) confirmations: Confirmations,
    source: Source,
    account: tokio::sync::OnceCell<Account>,
    /// Held by each call that writes, so that the journal knows whose write is whose.
    pub(crate) writing: tokio::sync::Mutex<()>,
    /// Ids of the closed tasks that were listed.
    listed: Mutex<VecDeque<String>>,
}

impl State {
    pub(crate) fn new(source: Source, options: Options) -> Result<Self, String> {
        Ok(Self {
            options,
            confirmations: Confirmations::new()?,
            source,
            account: tokio::sync::OnceCell::new(),
            writing: tokio::sync::Mutex::default(),
            listed: Mutex::default(),
        })
    }

    /// Returns the account, which the first call opens.
    pub(crate) async fn account(&self) -> Result<&Account, Failure> {
        self.account.get_or_try_init(async || self.source.open()).await
    }

    /// Returns the ids of the closed tasks that were listed.
    pub(crate) fn listed(&self) -> Vec<String> {
        self.listed.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Remembers closed tasks, so that their codes stay valid.
    pub(crate) fn remember<'a>(&self, tasks: impl IntoIterator<Item = &'a Task>) {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        for task in tasks {
            if !listed.iter().any(|id| *id == task.id.as_str()) {
                listed.push_back(task.id.to_string());
            }
        }
        while listed.len() > REMEMBERED {
            listed.pop_front();
        }
    }
}
