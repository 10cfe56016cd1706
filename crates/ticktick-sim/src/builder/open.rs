//! Builds a simulator.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::Builder;
use crate::access::Access;
use crate::accounts::Accounts;
use crate::data::{DataFile, Keeper};
use crate::dump::{self, Loaded, Whole};
use crate::fault::{self, Faults, Rule};
use crate::log::Log;
use crate::maker::Maker;
use crate::recipe::Recipe;
use crate::server::Server;
use crate::service::Service;
use crate::simulator::Simulator;
use crate::state::State;

impl Builder {
    /// Builds the service without a socket.
    ///
    /// # Errors
    ///
    /// If a file or a seed cannot be used, two accounts have the same name, or a secret is not base32.
    pub fn open(mut self) -> io::Result<Service> {
        self.plan_pending()?;
        self.recipe.check()?;
        if let Some(path) = &self.faults_file {
            self.rules.extend(read_rules(path)?);
        }
        let (seed, clock) = (self.recipe.seed, self.recipe.clock.clone());
        let mut access = Access::new(Maker::new(!seed, &clock), clock.clone(), self.lifetime);
        let mut open = self.open_access.made_by(Maker::new(seed.rotate_left(32) ^ !1, &clock));
        let (found, file) = match self.data.as_deref() {
            None => (fresh(&self.recipe)?, None),
            Some(path) => read_data(path, &self.recipe).map(|(found, file)| (found, Some(file)))?,
        };
        found.access.into_iter().for_each(|kept| access.restore(kept));
        found.open.into_iter().for_each(|kept| open.restore(kept));
        let accounts = Arc::new(Accounts::new(found.accounts));
        let (access, open) = (Arc::new(Mutex::new(access)), Arc::new(Mutex::new(open)));
        let ties = Arc::new(Mutex::new(found.ties));
        let whole =
            Whole { accounts: accounts.clone(), access: access.clone(), open: open.clone(), ties: ties.clone() };
        let keeper = file.map(|file| Keeper::start(file, whole)).transpose()?;
        let state = State {
            accounts,
            access,
            open,
            ties,
            clock,
            log: Log::new(self.observer),
            faults: Faults::new(self.rules, seed),
            captcha: Mutex::new(self.recipe.captcha.clone()),
            recipe: self.recipe,
            keeper,
            latency: self.latency,
            sign_on: self.sign_on,
            open_to_others: self.open_to_others,
            put: Mutex::default(),
            changing: Mutex::default(),
            forms: self.forms,
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
            let message = format!("{} can be reached by others, which has to be allowed", address.ip());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let service = self.open()?;
        let server = Server::start(service.state.clone(), address).await?;
        Ok(Simulator::new(service, server))
    }
}

/// Creates the state without a data file.
fn fresh(recipe: &Recipe) -> io::Result<Loaded> {
    Ok(Loaded { accounts: recipe.accounts()?, access: None, open: None, ties: Vec::new() })
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

fn read_rules(path: &Path) -> io::Result<Vec<Rule>> {
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read(path).map_err(|error| io::Error::new(error.kind(), about(&error)))?;
    fault::read(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, about(&error)))
}
