//! Lists that several accounts share.

use jiff::Timestamp;
use ticktick_models::Permission;

use crate::world::account::Account;
use crate::world::lock::lock;
use crate::world::shared_list::SharedList;
use crate::world::state::World;

impl World {
    /// Changes an account, and copies the changes of shared lists to the other accounts. Returns `None` if
    /// the account does not exist.
    pub(crate) fn together<T>(&self, place: usize, now: Timestamp, work: impl FnOnce(&mut Account) -> T) -> Option<T> {
        let mut shared_lists = lock(&self.shared_lists);
        let here = self.accounts.get(place)?;
        if !shared_lists.iter().any(|shared| shared.accounts.contains(&place)) {
            drop(shared_lists);
            return Some(work(&mut lock(&here)));
        }
        // The lock on the shared lists ensures that no two accounts are locked at once.
        let mut account = lock(&here);
        let before = account.changed();
        let done = work(&mut account);
        let has_changed = account.changed() != before;
        drop(account);
        if has_changed {
            shared_lists.retain_mut(|shared| {
                !shared.accounts.contains(&place) || shared.copy_from(&self.accounts.all(), place, now)
            });
        }
        Some(done)
    }

    /// Removes an account from all shared lists. The other members lose the lists that it owns.
    pub(crate) fn leave_lists(&self, place: usize) {
        let now = self.clock.now();
        let accounts = self.accounts.all();
        lock(&self.shared_lists).retain_mut(|shared| {
            if !shared.accounts.contains(&place) {
                return true;
            }
            {
                let mut account = lock(&accounts[place]);
                let stamp = account.stamp(now);
                account.projects.remove(&shared.project, stamp);
            }
            shared.copy_from(&accounts, place, now)
        });
    }

    /// Shares a list of an account, given by id or name, and returns its id. A list that does not exist is
    /// created.
    pub(crate) fn share(&self, owner: usize, list: &str, guest: usize, permission: &Permission) -> String {
        let now = self.clock.now();
        let mut shared_lists = lock(&self.shared_lists);
        let accounts = self.accounts.all();
        let (project, host) = {
            let mut account = lock(&accounts[owner]);
            (account.list_named(list, now), account.as_member(None, now))
        };
        let place = shared_lists.iter().position(|shared| shared.project == project).unwrap_or_else(|| {
            lock(&accounts[owner]).sharing.lists.insert(project.clone(), vec![host]);
            shared_lists.push(SharedList { project: project.clone(), accounts: vec![owner] });
            shared_lists.len() - 1
        });
        let shared = &mut shared_lists[place];
        if guest != owner && !shared.accounts.contains(&guest) {
            shared.accounts.push(guest);
            shared.add_guest(&accounts, guest, permission, now);
        }
        project
    }
}
