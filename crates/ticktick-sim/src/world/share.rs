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
        let mut ties = lock(&self.ties);
        let here = self.accounts.get(place)?;
        if !ties.iter().any(|tie| tie.accounts.contains(&place)) {
            drop(ties);
            return Some(work(&mut lock(&here)));
        }
        // The lock on the shared lists ensures that no two accounts are locked at once.
        let mut account = lock(&here);
        let before = account.changed();
        let done = work(&mut account);
        let has_changed = account.changed() != before;
        drop(account);
        if has_changed {
            ties.retain_mut(|tie| !tie.accounts.contains(&place) || tie.spread(&self.accounts.all(), place, now));
        }
        Some(done)
    }

    /// Removes an account from all shared lists. The other members lose the lists that it owns.
    pub(crate) fn leave_lists(&self, place: usize) {
        let now = self.clock.now();
        let accounts = self.accounts.all();
        lock(&self.ties).retain_mut(|tie| {
            if !tie.accounts.contains(&place) {
                return true;
            }
            {
                let mut account = lock(&accounts[place]);
                let stamp = account.stamp(now);
                account.projects.remove(&tie.project, stamp);
            }
            tie.spread(&accounts, place, now)
        });
    }

    /// Shares a list of an account, given by id or name, and returns its id. A list that does not exist is
    /// created.
    pub(crate) fn share(&self, owner: usize, list: &str, guest: usize, permission: &Permission) -> String {
        let now = self.clock.now();
        let mut ties = lock(&self.ties);
        let accounts = self.accounts.all();
        let (project, host) = {
            let mut account = lock(&accounts[owner]);
            (account.list_named(list, now), account.as_member(None, now))
        };
        let place = ties.iter().position(|tie| tie.project == project).unwrap_or_else(|| {
            lock(&accounts[owner]).sharing.lists.insert(project.clone(), vec![host]);
            ties.push(SharedList { project: project.clone(), accounts: vec![owner] });
            ties.len() - 1
        });
        let tie = &mut ties[place];
        if guest != owner && !tie.accounts.contains(&guest) {
            tie.accounts.push(guest);
            tie.welcome(&accounts, guest, permission, now);
        }
        project
    }
}
