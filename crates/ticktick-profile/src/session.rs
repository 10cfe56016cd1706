//! The session file: sessions, tokens of the Open API, lock-outs, and the device identity.

mod contents;
mod held;
#[cfg(test)]
mod tests;

use std::io::ErrorKind as IoKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::Timestamp;
use ticktick::connection::Device;
use ticktick::{Region, Session};

use self::contents::{Contents, key};
pub use self::contents::{SavedSession, SavedToken};
pub use self::held::Saved;
use crate::error::Error;
use crate::folders::Folders;
use crate::name::ProfileName;
use crate::private;
use crate::secrets::Secrets;

const FILE: &str = "session.json";
/// Locked while the session file is read, changed and written. A separate file, because the session file is
/// replaced.
const LOCK: &str = "session.lock";

/// The saved sessions of all profiles.
///
/// The file is readable only by its owner. It contains the sessions, or records that they are in the keyring. Changes are made
/// under a lock: changes of other processes are read first and kept.
///
/// ```
/// use ticktick::{Region, Session};
/// use ticktick_profile::{Folders, ProfileName, SavedSession, Secrets, Sessions};
///
/// # let folder = tempfile::tempdir()?;
/// let (profile, region) = (ProfileName::default(), Region::TickTick);
/// let mut sessions = Sessions::open(&Folders::at(folder.path()), Secrets::File)?;
/// sessions.save(&profile, &region, &Session::new("0123ABCD"), Some("me@example.com"))?;
///
/// let sessions = Sessions::open(&Folders::at(folder.path()), Secrets::File)?;
/// let saved = sessions.find(&profile, &region).unwrap();
/// assert_eq!(sessions.session(&profile, &region)?, Some(Session::new("0123ABCD")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Sessions {
    path: PathBuf,
    contents: Contents,
    secrets: Secrets,
    repaired: Vec<String>,
}

impl Sessions {
    /// Reads the session file, or starts with a new device if there is none.
    ///
    /// # Errors
    ///
    /// If the file cannot be used, or others can change it. The error contains no text of the file.
    pub fn open(folders: &Folders, secrets: Secrets) -> Result<Self, Error> {
        Self::open_in(&folders.config, secrets)
    }

    fn open_in(folder: &Path, secrets: Secrets) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let repaired = private::repair(folder, &path)?;
        let contents = match fs::read(&path) {
            Ok(text) => Contents::read(&text).map_err(|why| unusable(&path, &why))?,
            Err(error) if error.kind() == IoKind::NotFound => Contents::new(),
            Err(error) => return Err(unusable(&path, &error.to_string())),
        };
        Ok(Self { path, contents, secrets, repaired })
    }

    /// Returns the path of the file, which may not exist yet.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the identity of this device, which is created once, because the service may flag unknown devices.
    #[must_use]
    pub fn device(&self) -> &Device {
        &self.contents.device
    }

    /// Returns the permissions that were corrected when the file was opened, as messages.
    #[must_use]
    pub fn repaired(&self) -> &[String] {
        &self.repaired
    }

    /// Returns the data about a saved session, without the session itself.
    #[must_use]
    pub fn find(&self, profile: &ProfileName, region: &Region) -> Option<&SavedSession> {
        self.contents.sessions.get(profile.as_str())?.get(&region.to_string())
    }

    /// Returns the servers for which a profile has a session or a token.
    #[must_use]
    pub fn servers(&self, profile: &ProfileName) -> Vec<String> {
        let sessions = self.contents.sessions.get(profile.as_str()).into_iter().flat_map(|of| of.keys());
        let tokens = self.contents.open.get(profile.as_str()).into_iter().flat_map(|of| of.keys());
        let mut servers: Vec<String> = sessions.chain(tokens).cloned().collect();
        servers.sort();
        servers.dedup();
        servers
    }

    /// Returns when the lock-out of this user name ends, if an earlier sign-in reported one.
    #[must_use]
    pub fn locked_until(&self, region: &Region, username: &str) -> Option<Timestamp> {
        self.contents.locked.get(&region.to_string())?.get(&key(username)).copied()
    }

    /// Returns the lock-outs at a server that have not ended, without the user names.
    #[must_use]
    pub fn locks(&self, region: &Region, now: Timestamp) -> Vec<Timestamp> {
        let locked = self.contents.locked.get(&region.to_string()).into_iter().flat_map(|locked| locked.values());
        locked.copied().filter(|until| *until > now).collect()
    }

    /// Writes the file for the first time.
    ///
    /// # Errors
    ///
    /// If nothing can be saved.
    pub fn prepare(&mut self) -> Result<(), Error> {
        self.change(|_| ())
    }

    /// Replaces a session that the service renewed, unless the user signed in or out in the meantime.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn renew(
        &mut self,
        profile: &ProfileName,
        region: &Region,
        used: &SavedSession,
        now: &Session,
    ) -> Result<(), Error> {
        let (secrets, device) = (self.secrets.clone(), self.contents.device.clone());
        self.try_change(|contents| match contents.session_mut(profile, region).filter(|saved| saved.id == used.id) {
            Some(saved) => held::replace(saved, now, &secrets, &held::entry(&device, profile, region)),
            None => Ok(()),
        })
    }

    /// Records that the mirror contains the account of a session, unless the user signed in again in the meantime.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn set_mirrored(&mut self, profile: &ProfileName, region: &Region, used: &SavedSession) -> Result<(), Error> {
        self.change(|contents| {
            if let Some(saved) = contents.session_mut(profile, region).filter(|saved| saved.id == used.id) {
                saved.mirrored = true;
            }
        })
    }

    /// Saves a lock-out for later commands.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn lock(&mut self, region: &Region, username: &str, until: Timestamp) -> Result<(), Error> {
        self.change(|contents| {
            contents.locked.entry(region.to_string()).or_default().insert(key(username), until);
        })
    }

    fn change(&mut self, change: impl FnOnce(&mut Contents)) -> Result<(), Error> {
        self.try_change(|contents| {
            change(contents);
            Ok(())
        })
    }

    /// Changes the file under its lock: changes of other commands are read first and kept.
    fn try_change(&mut self, change: impl FnOnce(&mut Contents) -> Result<(), Error>) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(Path::new(".")).to_owned();
        let failed = |error: io::Error| Error::cannot_write(&self.path, &error);
        let _lock = private::lock(&folder.join(LOCK)).map_err(failed)?;
        if self.path.exists() {
            self.contents = Self::open_in(&folder, self.secrets.clone())?.contents;
        }
        let mut changed = self.contents.clone();
        change(&mut changed)?;
        let mut text = serde_json::to_vec_pretty(&changed).map_err(|error| failed(error.into()))?;
        text.push(b'\n');
        private::replace(&self.path, &text).map_err(failed)?;
        self.contents = changed;
        Ok(())
    }
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::failed(format!("cannot use {}: {why}", path.display()))
        .hint("repair the file, or remove it and sign in again with `ticktick auth login`")
}
