//! All accounts of a simulator.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::world::account::Account;
use crate::world::lock::lock;

/// The accounts, each with its own lock; loading a dump replaces them.
///
/// An account keeps its position, because sessions and shared projects refer to it. A removed account leaves
/// its position empty.
pub(crate) struct Accounts(RwLock<Vec<Slot>>);

#[derive(Clone)]
struct Slot {
    account: Arc<Mutex<Account>>,
    removed: bool,
}

impl Slot {
    fn new(account: Account) -> Self {
        Self { account: Arc::new(Mutex::new(account)), removed: false }
    }
}

impl Accounts {
    pub(crate) fn new(accounts: Vec<Account>) -> Self {
        Self(RwLock::new(accounts.into_iter().map(Slot::new).collect()))
    }

    fn slots(&self) -> Vec<Slot> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change<T>(&self, work: impl FnOnce(&mut Vec<Slot>) -> T) -> T {
        work(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the accounts of all positions. A removed account is an empty one.
    pub(crate) fn all(&self) -> Vec<Arc<Mutex<Account>>> {
        self.slots().into_iter().map(|slot| slot.account).collect()
    }

    /// Returns the existing accounts with their positions.
    pub(crate) fn present(&self) -> Vec<(usize, Arc<Mutex<Account>>)> {
        let slots = self.slots().into_iter().enumerate();
        slots.filter(|(_, slot)| !slot.removed).map(|(place, slot)| (place, slot.account)).collect()
    }

    pub(crate) fn get(&self, place: usize) -> Option<Arc<Mutex<Account>>> {
        let slots = self.0.read().unwrap_or_else(PoisonError::into_inner);
        slots.get(place).filter(|slot| !slot.removed).map(|slot| slot.account.clone())
    }

    /// Returns the position of the first account that matches a test.
    pub(crate) fn position(&self, mut fits: impl FnMut(&Account) -> bool) -> Option<usize> {
        self.present().into_iter().find(|(_, account)| fits(&lock(account))).map(|(place, _)| place)
    }

    /// Returns the position of the account with a user name.
    pub(crate) fn named(&self, user: &str) -> Option<usize> {
        self.position(|account| account.is_named(user))
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.present().into_iter().map(|(_, account)| lock(&account).username.clone()).collect()
    }

    /// Replaces all accounts. Requests in progress finish on the old ones.
    pub(crate) fn replace(&self, accounts: Vec<Account>) {
        self.change(|slots| *slots = accounts.into_iter().map(Slot::new).collect());
    }

    /// Replaces the account at a position, or appends the account if the position does not exist.
    pub(crate) fn put(&self, place: usize, account: Account) {
        self.change(|slots| match slots.get_mut(place) {
            Some(slot) => *slot = Slot::new(account),
            None => slots.push(Slot::new(account)),
        });
    }

    /// Empties a position; the account can no longer be found.
    pub(crate) fn remove(&self, place: usize, nobody: Account) {
        self.change(|slots| {
            if let Some(slot) = slots.get_mut(place) {
                *slot = Slot { removed: true, ..Slot::new(nobody) };
            }
        });
    }
}
