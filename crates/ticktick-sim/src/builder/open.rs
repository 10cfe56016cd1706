//! Puts a simulator together.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::Builder;
use crate::account::Account;
use crate::accounts::Accounts;
use crate::data::{DataFile, Keeper};
use crate::door::{Door, Kept};
use crate::dump;
use crate::fault::{Faults, Rule};
use crate::log::Log;
use crate::maker::Maker;
use crate::recipe::Recipe;
use crate::server::Server;
use crate::service::Service;
use crate::simulator::Simulator;
use crate::state::State;

impl Builder {
    /// Makes the service without a socket.
    ///
    /// # Errors
    ///
    /// If a file cannot be used, two accounts have one name, or a secret is not in base 32.
    pub fn open(mut self) -> io::Result<Service> {
        self.recipe.check()?;
        if let Some(path) = &self.faults_file {
            self.rules.extend(read_rules(path)?);
        }
        let (seed, clock) = (self.recipe.seed, self.recipe.clock.clone());
        let kept = self.data.as_deref().map(|path| Found::read(path, &self.recipe)).transpose()?;
        let mut door = Door::new(Maker::new(!seed, &clock), clock.clone(), self.lifetime);
        let (accounts, file) = match kept {
            None => (self.recipe.accounts(), None),
            Some(found) => {
                found.door.into_iter().for_each(|kept| door.restore(kept));
                (found.accounts, Some((found.file, found.changed)))
            }
        };
        let (accounts, door) = (Arc::new(Accounts::new(accounts)), Arc::new(Mutex::new(door)));
        let keep = |(file, changed)| keep(file, changed, &accounts, &door);
        let keeper = file.map(keep).transpose()?;
        let state = State {
            accounts,
            door,
            clock,
            log: Log::new(self.observer),
            faults: Faults::new(self.rules, seed),
            captcha: Mutex::new(self.recipe.captcha.clone()),
            recipe: self.recipe,
            keeper,
            latency: self.latency,
            api_token: self.api_token,
            lenient: self.lenient,
        };
        Ok(Service { state: Arc::new(state) })
    }

    /// Starts to listen, on the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// As [`Self::open`]; and if the port is taken, or the host is one that others can reach and nobody
    /// allowed that.
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

/// What is in a data file.
struct Found {
    file: DataFile,
    accounts: Vec<Account>,
    door: Option<Kept>,
    /// Whether the file does not hold all of it.
    changed: bool,
}

impl Found {
    fn read(path: &Path, recipe: &Recipe) -> io::Result<Self> {
        let (file, text) = DataFile::open(path)?;
        let Some(text) = text else {
            return Ok(Self { file, accounts: recipe.accounts(), door: None, changed: true });
        };
        let (mut accounts, door) = dump::read(&text, recipe).map_err(|error| file.damaged(&error))?;
        let changed = recipe.complete(&mut accounts);
        for account in &mut accounts {
            // Syncs after the last save may have answered a later checkpoint.
            account.checkpoint(recipe.clock.now());
        }
        Ok(Self { file, accounts, door, changed })
    }
}

/// Starts to keep accounts; a file that cannot be written shows at once.
fn keep(file: DataFile, changed: bool, accounts: &Arc<Accounts>, door: &Arc<Mutex<Door>>) -> io::Result<Keeper> {
    let keeper = Keeper::start(file, accounts.clone(), door.clone())?;
    if changed {
        keeper.note();
        keeper.flush()?;
    }
    Ok(keeper)
}

fn read_rules(path: &Path) -> io::Result<Vec<Rule>> {
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read(path).map_err(|error| io::Error::new(error.kind(), about(&error)))?;
    serde_json::from_slice(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, about(&error)))
}
