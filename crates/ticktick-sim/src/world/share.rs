//! Projects that several accounts share.

use jiff::Timestamp;
use ticktick_models::Permission;

use crate::world::account::Account;
use crate::world::lock::lock;
use crate::world::shared_project::SharedProject;
use crate::world::state::World;

impl World {
    /// Changes an account, and copies the changes of shared projects to the other accounts. Returns `None` if
    /// the account does not exist.
    pub(crate) fn together<T>(&self, place: usize, now: Timestamp, work: impl FnOnce(&mut Account) -> T) -> Option<T> {
        let mut shared_projects = lock(&self.shared_projects);
        let here = self.accounts.get(place)?;
        if !shared_projects.iter().any(|shared| shared.accounts.contains(&place)) {
            drop(shared_projects);
            return Some(work(&mut lock(&here)));
        }
        // The lock on the shared projects ensures that no two accounts are locked at once.
        let mut account = lock(&here);
        let before = account.changed();
        let done = work(&mut account);
        let has_changed = account.changed() != before;
        drop(account);
        if has_changed {
            shared_projects.retain_mut(|shared| {
                !shared.accounts.contains(&place) || shared.copy_from(&self.accounts.all(), place, now)
            });
        }
        Some(done)
    }

    /// Removes an account from all shared projects. The other members lose the projects that it owns.
    pub(crate) fn leave_projects(&self, place: usize) {
        let now = self.clock.now();
        let accounts = self.accounts.all();
        lock(&self.shared_projects).retain_mut(|shared| {
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

    /// Shares a project of an account, given by id or name, and returns its id. Creates the project if it does
    /// not exist.
    pub(crate) fn share(&self, owner: usize, project: &str, guest: usize, permission: &Permission) -> String {
        let now = self.clock.now();
        let mut shared_projects = lock(&self.shared_projects);
        let accounts = self.accounts.all();
        let (project, host) = {
            let mut account = lock(&accounts[owner]);
            (account.project_named(project, now), account.as_member(None, now))
        };
        let place = shared_projects.iter().position(|shared| shared.project == project).unwrap_or_else(|| {
            lock(&accounts[owner]).sharing.projects.insert(project.clone(), vec![host]);
            shared_projects.push(SharedProject { project: project.clone(), accounts: vec![owner] });
            shared_projects.len() - 1
        });
        let shared = &mut shared_projects[place];
        if guest != owner && !shared.accounts.contains(&guest) {
            shared.accounts.push(guest);
            shared.add_guest(&accounts, guest, permission, now);
        }
        project
    }
}
