//! All accounts of a simulator.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::account::Account;
use crate::state::lock;

/// The accounts, each behind a lock of its own; a load puts others in their place.
pub(crate) struct Accounts(RwLock<Vec<Arc<Mutex<Account>>>>);

impl Accounts {
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        Self(RwLock::new(locked(accounts)))
    }

    pub(crate) fn all(&self) -> Vec<Arc<Mutex<Account>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn get(&self, place: usize) -> Option<Arc<Mutex<Account>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(place).cloned()
    }

    /// Returns where the first account is that a test picks.
    pub(crate) fn position(&self, mut fits: impl FnMut(&Account) -> bool) -> Option<usize> {
        self.all().iter().position(|account| fits(&lock(account)))
    }

    /// Returns where the account of a name is.
    pub(crate) fn named(&self, user: &str) -> Option<usize> {
        self.position(|account| account.is_named(user))
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.all().iter().map(|account| lock(account).username.clone()).collect()
    }

    /// Puts other accounts in the place of all; requests on their way end on the old ones.
    pub(crate) fn replace(&self, accounts: Vec<Account>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = locked(accounts);
    }
}

fn locked(accounts: Vec<Account>) -> Vec<Arc<Mutex<Account>>> {
    accounts.into_iter().map(|account| Arc::new(Mutex::new(account))).collect()
}
