//! Stores sessions and tokens in the keyring or in the file.

use jiff::Timestamp;
use ticktick::connection::Device;
use ticktick::{Region, Secret, Session};

use super::Sessions;
use super::contents::{SavedSession, SavedToken, id_of, key};
use crate::error::{Error, ErrorKind};
use crate::name::ProfileName;
use crate::secrets::Secrets;

/// Where a secret was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Saved {
    /// In the keyring, with its name for people.
    InKeyring(String),
    /// In the session file. If the keyring was tried first, contains the reason why it was not used.
    InFile(Option<String>),
}

impl Sessions {
    /// Saves the session of a sign-in and returns where it is stored. Clears the lock-out of its user.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn save(
        &mut self,
        profile: &ProfileName,
        region: &Region,
        session: &Session,
        username: Option<&str>,
    ) -> Result<Saved, Error> {
        // From here on, the device id is that of the file.
        self.prepare()?;
        let text = Secret::from(serde_json::to_string(session).map_err(|_| unreadable())?);
        let entry = entry(self.device(), profile, region);
        let was_held = self.find(profile, region).is_some_and(SavedSession::is_in_keyring);
        let saved = self.hold(&entry, &text, was_held)?;
        self.change(|contents| {
            if let Some(username) = username {
                contents.locked.entry(region.to_string()).or_default().remove(&key(username));
            }
            let session = SavedSession {
                id: id_of(session),
                session: matches!(saved, Saved::InFile(_)).then(|| session.clone()),
                username: username.map(str::to_owned),
                mirrored: false,
            };
            contents.sessions.entry(profile.to_string()).or_default().insert(region.to_string(), session);
        })?;
        Ok(saved)
    }

    /// Saves a token of the Open API and returns where it is stored.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn save_token(
        &mut self,
        profile: &ProfileName,
        region: &Region,
        token: &Secret,
        expires: Option<Timestamp>,
    ) -> Result<Saved, Error> {
        self.prepare()?;
        let entry = token_entry(self.device(), profile, region);
        let was_held = self.find_token(profile, region).is_some_and(SavedToken::is_in_keyring);
        let saved = self.hold(&entry, token, was_held)?;
        let token = matches!(saved, Saved::InFile(_)).then(|| token.clone());
        self.change(|contents| {
            let token = SavedToken { token, expires };
            contents.open.entry(profile.to_string()).or_default().insert(region.to_string(), token);
        })?;
        Ok(saved)
    }

    /// Returns a saved session, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// If it is in the keyring, and the keyring does not return it.
    pub fn session(&self, profile: &ProfileName, region: &Region) -> Result<Option<Session>, Error> {
        let Some(saved) = self.find(profile, region) else { return Ok(None) };
        match &saved.session {
            Some(session) => Ok(Some(session.clone())),
            None => {
                let text = self.held(&entry(self.device(), profile, region))?;
                serde_json::from_str(text.expose()).map(Some).map_err(|_| unreadable())
            }
        }
    }

    /// Returns the data about a saved token of the Open API, without the token itself.
    #[must_use]
    pub fn find_token(&self, profile: &ProfileName, region: &Region) -> Option<&SavedToken> {
        self.contents.open.get(profile.as_str())?.get(&region.to_string())
    }

    /// Returns a saved token of the Open API, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// If it is in the keyring, and the keyring does not return it.
    pub fn token(&self, profile: &ProfileName, region: &Region) -> Result<Option<Secret>, Error> {
        let Some(saved) = self.find_token(profile, region) else { return Ok(None) };
        match &saved.token {
            Some(token) => Ok(Some(token.clone())),
            None => self.held(&token_entry(self.device(), profile, region)).map(Some),
        }
    }

    /// Deletes the session and the token of a profile at a server. Returns a warning if one of them remains in the keyring.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn forget(&mut self, profile: &ProfileName, region: &Region) -> Result<Option<String>, Error> {
        let mut entries = Vec::new();
        if self.find(profile, region).is_some_and(SavedSession::is_in_keyring) {
            entries.push(entry(self.device(), profile, region));
        }
        if self.find_token(profile, region).is_some_and(SavedToken::is_in_keyring) {
            entries.push(token_entry(self.device(), profile, region));
        }
        self.change(|contents| {
            let server = region.to_string();
            contents.sessions.get_mut(profile.as_str()).map(|of| of.remove(&server));
            contents.open.get_mut(profile.as_str()).map(|of| of.remove(&server));
            contents.sessions.retain(|_, of| !of.is_empty());
            contents.open.retain(|_, of| !of.is_empty());
        })?;
        if entries.is_empty() {
            return Ok(None);
        }
        let removed = self.secrets.open().and_then(|store| entries.iter().try_for_each(|entry| store.remove(entry)));
        Ok(removed.err().map(|why| format!("the session could not be removed from the keyring: {why}")))
    }

    /// Saves a secret in the keyring, unless the file must be used. Removes an older one from the keyring.
    fn hold(&self, entry: &str, secret: &Secret, was_held: bool) -> Result<Saved, Error> {
        let held = match self.secrets {
            Secrets::File => Err(None),
            _ => {
                self.secrets.open().and_then(|store| store.set(entry, secret).map(|()| store.describe())).map_err(Some)
            }
        };
        match held {
            Ok(name) => Ok(Saved::InKeyring(name)),
            Err(Some(why)) if matches!(self.secrets, Secrets::Keyring) => {
                Err(Error::failed(format!("cannot save the session in the keyring: {why}"))
                    .hint("unlock the keyring, or use a file: `ticktick config set session-store file`"))
            }
            Err(why) => {
                if was_held {
                    // If this fails, the old session becomes useless at the next sign-out at the latest.
                    drop(self.secrets.open().and_then(|store| store.remove(entry)));
                }
                Ok(Saved::InFile(why))
            }
        }
    }

    fn held(&self, entry: &str) -> Result<Secret, Error> {
        let answer = self.secrets.open().and_then(|store| store.get(entry));
        let hint = "unlock the keyring, sign in again with `ticktick auth login`, or set TICKTICK_TOKEN";
        match answer {
            Ok(Some(secret)) => Ok(secret),
            Ok(None) => Err(Error::new(ErrorKind::NotSignedIn, "the session is no longer in the keyring")
                .hint("sign in again with `ticktick auth login`")),
            Err(why) => Err(Error::failed(format!("cannot read the session from the keyring: {why}")).hint(hint)),
        }
    }
}

/// Replaces a session in its current store.
pub(super) fn replace(
    saved: &mut SavedSession,
    session: &Session,
    secrets: &Secrets,
    entry: &str,
) -> Result<(), Error> {
    if saved.session.is_some() {
        saved.session = Some(session.clone());
        return Ok(());
    }
    let text = Secret::from(serde_json::to_string(session).map_err(|_| unreadable())?);
    secrets
        .open()
        .and_then(|store| store.set(entry, &text))
        .map_err(|why| Error::failed(format!("cannot save the renewed session in the keyring: {why}")))
}

/// Returns the name of a session in the keyring. The device id distinguishes several folders of one user.
pub(super) fn entry(device: &Device, profile: &ProfileName, region: &Region) -> String {
    format!("{profile}@{region} ({})", device.id)
}

fn token_entry(device: &Device, profile: &ProfileName, region: &Region) -> String {
    format!("{} Open API", entry(device, profile, region))
}

fn unreadable() -> Error {
    Error::failed("the saved session cannot be read").hint("sign in again with `ticktick auth login`")
}
