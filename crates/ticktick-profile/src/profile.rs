//! A profile: the account that a program uses, and its settings.

use std::path::PathBuf;

use jiff::Timestamp;
use ticktick::date::SystemClock;
use ticktick::{Client, ClientBuilder, Region, Secret, Session};

use crate::environment::Environment;
use crate::error::{Error, ErrorKind};
use crate::folders::Folders;
use crate::limits::SharedLimits;
use crate::secrets::Secrets;
use crate::session::{Saved, Sessions};
use crate::settings::Settings;
use crate::token::EnvironmentToken;

/// Where the session of a profile comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// `TICKTICK_TOKEN` or `TICKTICK_TOKEN_FILE`.
    Environment,
    /// The session file.
    File,
    /// The system's keyring.
    Keyring,
    /// The profile has no session.
    Nowhere,
}

/// The account that a program uses, and its settings. Opening it reads files, but uses neither the keyring nor the network.
#[derive(Debug)]
pub struct Profile {
    settings: Settings,
    folders: Folders,
    region: Region,
    sessions: Sessions,
    environment: Option<EnvironmentToken>,
}

impl Profile {
    /// Opens the profile that the settings select.
    ///
    /// # Errors
    ///
    /// If the session file cannot be used, or the token of the environment is invalid.
    pub fn open(settings: Settings, folders: &Folders, environment: &Environment) -> Result<Self, Error> {
        let secrets = Secrets::of_setting(settings.get("session-store"));
        Self::open_with(settings, folders, environment, secrets)
    }

    /// Opens the profile that the settings select, with this store of secrets.
    ///
    /// # Errors
    ///
    /// See [`open`](Self::open).
    pub fn open_with(
        settings: Settings,
        folders: &Folders,
        environment: &Environment,
        secrets: Secrets,
    ) -> Result<Self, Error> {
        let region = settings.region()?;
        let sessions = Sessions::open(folders, secrets)?;
        let environment = EnvironmentToken::find(environment, &region)?;
        Ok(Self { settings, folders: folders.clone(), region, sessions, environment })
    }

    /// Returns the settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the server.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Returns the saved sessions of all profiles.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Returns the saved sessions of all profiles, to change them.
    pub fn sessions_mut(&mut self) -> &mut Sessions {
        &mut self.sessions
    }

    /// Returns the token of the environment, if there is one.
    #[must_use]
    pub fn environment_token(&self) -> Option<&EnvironmentToken> {
        self.environment.as_ref()
    }

    /// Returns where the session comes from.
    #[must_use]
    pub fn source(&self) -> Source {
        match (&self.environment, self.sessions.find(self.settings.profile(), &self.region)) {
            (Some(found), _) if !found.is_of_open_api() => Source::Environment,
            (_, Some(saved)) if saved.is_in_keyring() => Source::Keyring,
            (_, Some(_)) => Source::File,
            (_, None) => Source::Nowhere,
        }
    }

    /// Returns where the token of the Open API comes from.
    #[must_use]
    pub fn open_api_source(&self) -> Source {
        match (&self.environment, self.sessions.find_token(self.settings.profile(), &self.region)) {
            (Some(found), _) if found.is_of_open_api() => Source::Environment,
            (_, Some(saved)) if saved.is_in_keyring() => Source::Keyring,
            (_, Some(_)) => Source::File,
            (_, None) => Source::Nowhere,
        }
    }

    /// Returns the user name of the saved session, as typed.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        match self.source() {
            Source::File | Source::Keyring => {
                self.sessions.find(self.settings.profile(), &self.region)?.username.as_deref()
            }
            Source::Environment | Source::Nowhere => None,
        }
    }

    /// Returns the path of the profile's mirror, which may not exist yet.
    #[must_use]
    pub fn mirror_file(&self) -> PathBuf {
        self.folders.mirror_file(self.settings.profile(), &self.region, self.environment_session())
    }

    /// Returns whether the mirror is empty or contains the account of the session.
    #[must_use]
    pub fn owns_mirror(&self) -> bool {
        match self.source() {
            Source::File | Source::Keyring => {
                self.sessions.find(self.settings.profile(), &self.region).is_some_and(|saved| saved.mirrored)
            }
            // A token has its own file.
            Source::Environment => true,
            Source::Nowhere => false,
        }
    }

    /// Returns the waits that the service asked for, which all processes of this profile share.
    #[must_use]
    pub fn limits(&self) -> SharedLimits {
        let account = format!("{}@{}", self.settings.profile(), self.region);
        SharedLimits::new(&self.folders, account, SystemClock)
    }

    /// Returns a builder of a client with the region, device, session, Open API token and shared limits of the profile. If the
    /// profile is read-only, so is the client. A profile that is not signed in is not an error.
    ///
    /// # Errors
    ///
    /// If the keyring does not return the session.
    pub fn client(&self) -> Result<ClientBuilder, Error> {
        let limits = self.limits();
        let builder = Client::builder().region(self.region.clone()).device(self.sessions.device().clone());
        let mut builder = builder.read_only(self.settings.is_on("read-only")).layer(move |wire| limits.around(wire));
        if let Some(session) = self.session()? {
            builder = builder.session(session);
        }
        if let Some(token) = self.open_api_token()? {
            builder = builder.bearer(token);
        }
        Ok(builder)
    }

    /// Returns the session, or `None` if the profile has none.
    ///
    /// # Errors
    ///
    /// If the keyring does not return it.
    pub fn session(&self) -> Result<Option<Session>, Error> {
        match self.environment_session() {
            Some(token) => Ok(Some(Session::new(token))),
            None => self.sessions.session(self.settings.profile(), &self.region),
        }
    }

    /// Returns the token of the Open API, or `None` if the profile has none.
    ///
    /// # Errors
    ///
    /// If the keyring does not return it.
    pub fn open_api_token(&self) -> Result<Option<Secret>, Error> {
        match self.environment.as_ref().filter(|found| found.is_of_open_api()) {
            Some(found) => Ok(Some(found.token.clone())),
            None => self.sessions.token(self.settings.profile(), &self.region),
        }
    }

    /// Fails if the profile has no session.
    ///
    /// # Errors
    ///
    /// If it has none. A token of the Open API is not enough.
    pub fn require_session(&self) -> Result<(), Error> {
        if self.source() != Source::Nowhere {
            return Ok(());
        }
        let server = self.server();
        if self.open_api_source() == Source::Nowhere {
            return Err(Error::new(ErrorKind::NotSignedIn, format!("not signed in to {server}"))
                .hint("sign in with `ticktick auth login`"));
        }
        Err(Error::new(
            ErrorKind::NotSignedIn,
            format!("this command needs a full session of {server}; a token of the Open API is not enough"),
        )
        .hint("the token serves `ticktick api open.*`; for everything else, sign in with `ticktick auth login`"))
    }

    /// Returns the name of the server for people.
    #[must_use]
    pub fn server(&self) -> String {
        match &self.region {
            Region::TickTick => "ticktick.com".into(),
            Region::Dida365 => "dida365.com".into(),
            other => other.to_string(),
        }
    }

    /// Saves the session of a sign-in and returns where it is stored.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn save(&mut self, session: &Session, username: Option<&str>) -> Result<Saved, Error> {
        self.sessions.save(self.settings.profile(), &self.region, session, username)
    }

    /// Saves a token of the Open API and returns where it is stored.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn save_token(&mut self, token: &Secret, expires: Option<Timestamp>) -> Result<Saved, Error> {
        self.sessions.save_token(self.settings.profile(), &self.region, token, expires)
    }

    /// Deletes the session and the token of the Open API. Returns a warning if one of them remains in the keyring.
    ///
    /// # Errors
    ///
    /// If the session file cannot be written.
    pub fn forget(&mut self) -> Result<Option<String>, Error> {
        self.sessions.forget(self.settings.profile(), &self.region)
    }

    /// Saves the session again if the service has renewed it.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn renew(&mut self, used: &Session, now: &Session) -> Result<(), Error> {
        let profile = self.settings.profile();
        match self.sessions.find(profile, &self.region).cloned() {
            Some(saved) if used != now && self.source() != Source::Environment => {
                self.sessions.renew(profile, &self.region, &saved, now)
            }
            _ => Ok(()),
        }
    }

    /// Records that the mirror contains the account of the session.
    ///
    /// # Errors
    ///
    /// If it cannot be saved.
    pub fn trust_mirror(&mut self) -> Result<(), Error> {
        let profile = self.settings.profile();
        match self.sessions.find(profile, &self.region).cloned() {
            Some(saved) if !saved.mirrored && self.source() != Source::Environment => {
                self.sessions.set_mirrored(profile, &self.region, &saved)
            }
            _ => Ok(()),
        }
    }

    fn environment_session(&self) -> Option<&Secret> {
        self.environment.as_ref().filter(|found| !found.is_of_open_api()).map(|found| &found.token)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn open(folder: &Path, variables: &[(&str, &str)]) -> Result<Profile, Error> {
        let folders = Folders::at(folder);
        let environment = Environment::fixed(variables.iter().copied());
        let settings = Settings::load(&folders, &environment, None, Vec::new())?;
        Profile::open_with(settings, &folders, &environment, Secrets::File)
    }

    #[test]
    fn the_token_of_the_environment_takes_precedence() {
        let folder = tempfile::tempdir().unwrap();
        let mut profile = open(folder.path(), &[]).unwrap();
        assert_eq!(profile.source(), Source::Nowhere);
        assert_eq!(profile.require_session().unwrap_err().kind, ErrorKind::NotSignedIn);
        profile.save(&Session::new("a"), Some("me@example.com")).unwrap();
        assert_eq!((profile.source(), profile.username()), (Source::File, Some("me@example.com")));
        assert!(!profile.owns_mirror());
        profile.trust_mirror().unwrap();
        assert!(profile.owns_mirror());

        let profile = open(folder.path(), &[("TICKTICK_TOKEN", "b")]).unwrap();
        assert_eq!((profile.source(), profile.username()), (Source::Environment, None));
        assert_eq!(profile.session().unwrap(), Some(Session::new("b")));
        assert!(profile.owns_mirror() && profile.mirror_file() != open(folder.path(), &[]).unwrap().mirror_file());
    }

    #[test]
    fn a_token_of_the_open_api_is_not_a_session() {
        let folder = tempfile::tempdir().unwrap();
        let profile = open(folder.path(), &[("TICKTICK_TOKEN", "tp_1")]).unwrap();
        assert_eq!((profile.source(), profile.open_api_source()), (Source::Nowhere, Source::Environment));
        assert_eq!(profile.open_api_token().unwrap(), Some("tp_1".into()));
        let error = profile.require_session().unwrap_err();
        assert!(error.message.contains("a token of the Open API is not enough"), "{error}");
        assert_eq!(profile.mirror_file(), open(folder.path(), &[]).unwrap().mirror_file());
    }

    #[test]
    fn profiles_have_sessions_and_mirrors_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.toml"), "[profiles.work]\nregion = \"dida365\"\nread-only = true\n")
            .unwrap();
        open(folder.path(), &[]).unwrap().save(&Session::new("a"), None).unwrap();
        let mut work = open(folder.path(), &[("TICKTICK_PROFILE", "work")]).unwrap();
        assert_eq!((work.source(), work.region()), (Source::Nowhere, &Region::Dida365));
        work.save(&Session::new("b"), None).unwrap();
        assert!(work.mirror_file().ends_with("mirror-work@dida365.db"));
        assert!(work.settings().is_on("read-only"));
        let default = open(folder.path(), &[]).unwrap();
        assert_eq!(default.session().unwrap(), Some(Session::new("a")));
    }

    #[test]
    fn a_renewed_session_is_saved_unless_it_is_that_of_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        let mut profile = open(folder.path(), &[]).unwrap();
        profile.save(&Session::new("a"), None).unwrap();
        profile.renew(&Session::new("a"), &Session::new("b")).unwrap();
        let mut other = open(folder.path(), &[("TICKTICK_TOKEN", "c")]).unwrap();
        other.renew(&Session::new("c"), &Session::new("d")).unwrap();
        assert_eq!(open(folder.path(), &[]).unwrap().session().unwrap(), Some(Session::new("b")));
    }
}
