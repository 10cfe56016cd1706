//! Builds a simulator.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::{fs, io};

use crate::control::log::Log;
use crate::control::state::State;
use crate::exchange::context::Context;
use crate::fault;
use crate::fault::Rule;
use crate::fault::engine::Faults;
use crate::made::data::{DataFile, Keeper};
use crate::made::dump;
use crate::made::dump::Loaded;
use crate::made::recipe::Recipe;
use crate::server::builder::Builder;
use crate::server::http::Server;
use crate::server::service::Service;
use crate::server::simulator::Simulator;
use crate::world::access::Access;
use crate::world::accounts::Accounts;
use crate::world::maker::Maker;
use crate::world::open_access::OpenAccess;
use crate::world::state::World;

impl Builder {
    /// Builds the service without a socket.
    ///
    /// # Errors
    ///
    /// If a file, a seed or a fault rule cannot be used, two accounts have the same name, or a secret is not base32.
    pub fn open(mut self) -> io::Result<Service> {
        self.plan_pending()?;
        self.recipe.check()?;
        self.rules.iter().try_for_each(Rule::check).map_err(wrong_rule)?;
        if let Some(path) = &self.faults_file {
            self.rules.extend(read_rules(path)?);
        }
        let (seed, clock) = (self.recipe.seed, self.recipe.clock.clone());
        let access = Access::new(Maker::new(!seed, &clock), clock.clone(), self.lifetime);
        let open = self.open_access.made_by(Maker::new(seed.rotate_left(32) ^ !1, &clock));
        let (found, file) = match self.data.as_deref() {
            None => (fresh(&self.recipe)?, None),
            Some(path) => read_data(path, &self.recipe).map(|(found, file)| (found, Some(file)))?,
        };
        let world = Arc::new(world(&self.recipe, found, access, open));
        let keeper = file.map(|file| Keeper::start(file, world.clone())).transpose()?;
        let state = State {
            context: Context { world, sign_on: self.sign_on, forms: self.forms },
            log: Log::new(self.observer),
            faults: Faults::new(self.rules, seed),
            recipe: self.recipe,
            keeper,
            latency: self.latency,
            open_to_others: self.open_to_others,
            put: Mutex::default(),
            changing: Mutex::default(),
        };
        state.share_planned()?;
        if let Some(keeper) = &state.keeper {
            // Reports an unwritable file immediately.
            keeper.note();
            keeper.flush()?;
        }
        Ok(Service { state: Arc::new(state) })
    }

    /// Starts to listen, on the Tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// As for [`Self::open`]; also if the port is in use, or if other machines can reach the address and
    /// [`Self::open_to_others`] was not called.
    pub async fn start(self) -> io::Result<Simulator> {
        let address = self.address;
        if !address.ip().is_loopback() && !self.open_to_others {
            let message = format!("other machines can reach {}; call `open_to_others` to allow this", address.ip());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let service = self.open()?;
        let server = Server::start(service.state.clone(), address).await?;
        Ok(Simulator::new(service, server))
    }
}

/// Creates the accounts, and restores sessions and tokens from a data file.
fn world(recipe: &Recipe, found: Loaded, mut access: Access, mut open: OpenAccess) -> World {
    found.access.into_iter().for_each(|kept| access.restore(kept));
    found.open.into_iter().for_each(|kept| open.restore(kept));
    World {
        accounts: Accounts::new(found.accounts),
        access: Mutex::new(access),
        open: Mutex::new(open),
        shared_projects: Mutex::new(found.shared_projects),
        captcha: Mutex::new(recipe.captcha.clone()),
        clock: recipe.clock.clone(),
    }
}

/// Creates the state without a data file.
fn fresh(recipe: &Recipe) -> io::Result<Loaded> {
    Ok(Loaded { accounts: recipe.accounts()?, access: None, open: None, shared_projects: Vec::new() })
}

/// Opens a data file and reads its contents.
fn read_data(path: &Path, recipe: &Recipe) -> io::Result<(Loaded, DataFile)> {
    let (file, text) = DataFile::open(path)?;
    let Some(text) = text else { return Ok((fresh(recipe)?, file)) };
    let mut found = dump::read(&text, recipe).map_err(|error| file.damaged(&error))?;
    recipe.complete(&mut found.accounts)?;
    for account in &mut found.accounts {
        // Syncs after the last save may have returned a later checkpoint.
        account.checkpoint(recipe.clock.now());
    }
    Ok((found, file))
}

fn wrong_rule(error: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("fault rule: {error}"))
}

fn read_rules(path: &Path) -> io::Result<Vec<Rule>> {
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read(path).map_err(|error| io::Error::new(error.kind(), about(&error)))?;
    fault::read(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, about(&error)))
}
