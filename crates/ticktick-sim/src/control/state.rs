//! The state that tests control: accounts, faults, the log and the data file.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ticktick_models::Permission;

use crate::control::log::Log;
use crate::exchange::context::Context;
use crate::fault::engine::Faults;
use crate::made::data::Keeper;
use crate::made::dump;
use crate::made::dump::Loaded;
use crate::made::recipe::{Planned, Recipe, Shared};
use crate::world::lock::lock;
use crate::world::state::World;

pub(crate) struct State {
    pub(crate) context: Context,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    /// The initial contents of the accounts, which a reset restores.
    pub(crate) recipe: Recipe,
    /// Saves the accounts in a file.
    pub(crate) keeper: Option<Keeper>,
    /// Delay of every response.
    pub(crate) latency: Duration,
    /// Whether other machines may reach the server.
    pub(crate) open_to_others: bool,
    /// Initial contents of the accounts added at run time, by user name in lower case.
    pub(crate) put: Mutex<BTreeMap<String, Planned>>,
    /// Held while accounts are added, removed or reset.
    pub(crate) changing: Mutex<()>,
}

impl State {
    pub(crate) fn world(&self) -> &Arc<World> {
        &self.context.world
    }

    /// Changes the password of an account, which ends its sessions.
    pub(crate) fn change_password(&self, place: usize, password: String) {
        if let Some(account) = self.world().accounts.get(place) {
            lock(&account).password = password;
        }
        lock(&self.world().access).close_all(Some(place));
        self.note_write();
    }

    /// Ends every session.
    pub(crate) fn end_sessions(&self) {
        lock(&self.world().access).close_all(None);
        self.note_write();
    }

    /// Schedules a save, if the accounts are kept in a file.
    pub(crate) fn note_write(&self) {
        if let Some(keeper) = &self.keeper {
            keeper.note();
        }
    }

    /// Replaces all accounts by those of a dump. If that fails, nothing is changed.
    ///
    /// Sessions are restored from the dump; if it has none, the sessions and tokens of accounts that still
    /// exist stay valid.
    pub(crate) fn load(&self, text: &[u8]) -> io::Result<()> {
        let _alone = lock(&self.changing);
        let Loaded { accounts, access: kept, open, shared_projects } = dump::read(text, &self.recipe)?;
        let world = self.world();
        let mut shared = lock(&world.shared_projects);
        let before: Vec<String> = world.accounts.all().iter().map(|account| lock(account).username.clone()).collect();
        let mut access = lock(&world.access);
        match kept {
            Some(kept) => access.restore(kept),
            None => access.renumber(|place| accounts.iter().position(|account| account.is_named(&before[place]))),
        }
        world.accounts.replace(accounts);
        *shared = shared_projects;
        drop((access, shared));
        if let Some(open) = open {
            lock(&world.open).restore(open);
        }
        self.note_write();
        Ok(())
    }

    /// Shares a project of an account, given by id or name, and returns its id. Creates the project if it does
    /// not exist.
    pub(crate) fn share(&self, owner: usize, project: &str, guest: usize, permission: &Permission) -> String {
        let id = self.world().share(owner, project, guest, permission);
        self.note_write();
        id
    }

    /// Shares the projects configured by the builder.
    pub(crate) fn share_planned(&self) -> io::Result<()> {
        self.recipe.shares.iter().try_for_each(|shared| self.share_one(shared))
    }

    /// Shares the projects that the builder configured for an account again, with accounts that still exist.
    pub(crate) fn share_planned_of(&self, user: &str) -> io::Result<()> {
        let is_user = |name: &str| name.to_lowercase() == user.to_lowercase();
        let exists = |name: &str| self.world().accounts.named(name).is_some();
        let shares = self.recipe.shares.iter().filter(|shared| is_user(&shared.owner) || is_user(&shared.guest));
        shares
            .filter(|shared| exists(&shared.owner) && exists(&shared.guest))
            .try_for_each(|shared| self.share_one(shared))
    }

    fn share_one(&self, Shared { owner, project, guest, permission }: &Shared) -> io::Result<()> {
        let accounts = &self.world().accounts;
        let (Some(owner), Some(guest)) = (accounts.named(owner), accounts.named(guest)) else {
            let message = "a project cannot be shared, because an account does not exist";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        self.share(owner, project, guest, permission);
        Ok(())
    }

    /// Restores the initial state: accounts, clock, captcha, faults and the log. All sessions end.
    pub(crate) fn reset(&self) {
        let _alone = lock(&self.changing);
        let world = self.world();
        world.clock.restart();
        lock(&world.access).forget();
        lock(&world.open).forget();
        {
            let mut shared = lock(&world.shared_projects);
            // Creating them succeeded at the start, so it succeeds again.
            world.accounts.replace(self.recipe.accounts().unwrap_or_default());
            shared.clear();
        }
        lock(&self.put).clear();
        // Sharing succeeded at the start, with the same accounts.
        drop(self.share_planned());
        *lock(&world.captcha) = self.recipe.captcha.clone();
        self.faults.restart();
        self.log.clear();
        self.note_write();
    }
}
