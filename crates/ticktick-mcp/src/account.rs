//! [`Account`]: a client with its mirror, and the saved session that both come from.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use ticktick::date::Clock;
use ticktick::mirror::{Mirror, MirrorErrorKind};
use ticktick::{Client, Error, Session};
use ticktick_profile::Profile;

use crate::preferences::Preferences;

/// A client with its mirror, and everything that must live as long as they do.
pub(crate) struct Account {
    pub(crate) client: Client,
    pub(crate) mirror: Mirror,
    clock: Arc<dyn Clock>,
    /// Name of the account, for people.
    pub(crate) name: String,
    pub(crate) preferences: Preferences,
    saved: Option<Mutex<Saved>>,
    /// What happened to the mirror.
    remark: Mutex<Option<String>>,
    /// When TickTick last failed to respond.
    unreachable: Mutex<Option<Timestamp>>,
    /// The folder of a temporary mirror.
    pub(crate) folder: Option<TempDir>,
}

/// A profile of the command line.
struct Saved {
    profile: Profile,
    /// The session at the last save.
    used: Option<Session>,
    /// A hash of the session file.
    file: Option<u64>,
}

impl Account {
    pub(crate) fn new(client: Client, mirror: Mirror, clock: impl Clock + 'static) -> Self {
        Self {
            client,
            mirror,
            clock: Arc::new(clock),
            name: "account".to_owned(),
            preferences: Preferences::default(),
            saved: None,
            remark: Mutex::default(),
            unreachable: Mutex::default(),
            folder: None,
        }
    }

    /// Returns the account of a profile. Its session is saved whenever the service renews it.
    pub(crate) fn of_profile(self, profile: Profile) -> Self {
        let (name, used, file) = (profile.server(), self.client.session(), file(&profile));
        let preferences = Preferences::of(profile.settings());
        Self { name, preferences, saved: Some(Mutex::new(Saved { profile, used, file })), ..self }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns whether the mirror is empty or contains the account of the session.
    pub(crate) fn owns_mirror(&self) -> bool {
        self.saved(|saved| saved.profile.owns_mirror()).unwrap_or(true)
    }

    /// Returns whether another program has changed the saved sessions since, for example by signing in.
    pub(crate) fn is_outdated(&self) -> bool {
        self.saved(|saved| file(&saved.profile) != saved.file).unwrap_or(false)
    }

    /// Brings the mirror up to date. A mirror of another account is moved aside.
    pub(crate) async fn refresh(&self, full: bool) -> Result<(), Error> {
        let before = self.mirror.set_aside();
        match self.refresh_once(full).await {
            Err(Error::Mirror(error)) if error.kind == MirrorErrorKind::OtherAccount => {
                let aside = self.mirror.start_over()?;
                self.remark(format!("the copy was of another account; it was moved to {}", aside.display()));
                self.refresh_once(false).await?;
            }
            refreshed => {
                refreshed?;
                if let Some(aside) = self.mirror.set_aside().filter(|aside| Some(aside) != before.as_ref()) {
                    self.remark(format!("the copy was damaged; it was moved to {}", aside.display()));
                }
            }
        }
        if self.folder.is_none() {
            // If it cannot be saved, the next program checks again whose account the mirror contains.
            self.saved(|saved| drop(saved.save(Profile::trust_mirror)));
        }
        self.keep();
        Ok(())
    }

    async fn refresh_once(&self, full: bool) -> Result<(), Error> {
        let refreshed =
            if full { self.mirror.refresh_full(&self.client).await } else { self.mirror.refresh(&self.client).await };
        refreshed.map(drop)
    }

    /// Saves the session if the service has renewed it.
    pub(crate) fn keep(&self) {
        let Some(now) = self.client.session() else { return };
        self.saved(|saved| {
            if let Some(used) = saved.used.replace(now.clone()).filter(|used| *used != now) {
                // If it cannot be saved, the old session remains valid for some time.
                drop(saved.save(|profile| profile.renew(&used, &now)));
            }
        });
    }

    /// Records whether TickTick responded.
    pub(crate) fn answered(&self, answered: bool) {
        let at = (!answered).then(|| self.now());
        *self.unreachable.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Returns whether TickTick recently failed to respond.
    pub(crate) fn is_unreachable(&self, time: Duration) -> bool {
        let at = *self.unreachable.lock().unwrap_or_else(PoisonError::into_inner);
        at.is_some_and(|at| self.now().duration_since(at).unsigned_abs() < time)
    }

    pub(crate) fn remark(&self, text: String) {
        *self.remark.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }

    /// Returns what happened to the mirror.
    pub(crate) fn remarked(&self) -> Option<String> {
        self.remark.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns until when the service asked the programs of this account to wait.
    pub(crate) fn waits_until(&self) -> Option<Timestamp> {
        self.saved(|saved| saved.profile.limits().waits_until()).flatten()
    }

    fn saved<T>(&self, with: impl FnOnce(&mut Saved) -> T) -> Option<T> {
        let saved = self.saved.as_ref()?;
        Some(with(&mut saved.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Saved {
    fn save<T>(&mut self, save: impl FnOnce(&mut Profile) -> T) -> T {
        let saved = save(&mut self.profile);
        self.file = file(&self.profile);
        saved
    }
}

fn file(profile: &Profile) -> Option<u64> {
    let contents = std::fs::read(profile.sessions().path()).ok()?;
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    Some(hasher.finish())
}

#[cfg(test)]
mod tests {
    use ticktick::date::SystemClock;
    use ticktick_profile::{Environment, Folders, Secrets, Settings};

    use super::*;

    fn profile(folder: &std::path::Path) -> Profile {
        let (folders, environment) = (Folders::at(folder), Environment::fixed([("A", "b")]));
        let settings = Settings::load(&folders, &environment, None, Vec::new()).unwrap();
        Profile::open_with(settings, &folders, &environment, Secrets::File).unwrap()
    }

    #[test]
    fn a_renewed_session_is_saved_and_one_of_another_program_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let mut saved = profile(folder.path());
        saved.save(&Session::new("a"), None).unwrap();
        let mirror = Mirror::open(folder.path().join("mirror.db")).unwrap();
        let client = saved.client().unwrap().mirror(&mirror).build().unwrap();
        let account = Account::new(client, mirror, SystemClock).of_profile(saved);
        let token = || profile(folder.path()).session().unwrap().unwrap().token.expose().to_owned();
        account.keep();
        assert_eq!(token(), "a");
        account.client.set_session(Session::new("b")).unwrap();
        account.keep();
        assert_eq!(token(), "b");
        assert!(!account.is_outdated());
        profile(folder.path()).save(&Session::new("c"), None).unwrap();
        assert!(account.is_outdated());
    }
}
