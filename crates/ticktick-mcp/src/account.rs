//! [`Account`]: a client with its mirror, and the saved session that both come from.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use jiff::Timestamp;
use tempfile::TempDir;
use ticktick::date::Clock;
use ticktick::mirror::{Mirror, MirrorErrorKind};
use ticktick::{Client, Error, Session};
use ticktick_profile::Profile;

/// A client with its mirror, and everything that must live as long.
pub(crate) struct Account {
    pub(crate) client: Client,
    pub(crate) mirror: Mirror,
    clock: Arc<dyn Clock>,
    /// The account, for people.
    pub(crate) name: String,
    saved: Option<Mutex<Saved>>,
    /// What happened to the mirror.
    remark: Mutex<Option<String>>,
    /// The folder of a mirror that is not kept.
    pub(crate) folder: Option<TempDir>,
}

/// A profile of the command line.
struct Saved {
    profile: Profile,
    /// The session at the last save.
    used: Option<Session>,
    /// When the file of the sessions was last changed.
    changed: Option<SystemTime>,
}

impl Account {
    pub(crate) fn new(client: Client, mirror: Mirror, clock: impl Clock + 'static) -> Self {
        Self {
            client,
            mirror,
            clock: Arc::new(clock),
            name: "account".to_owned(),
            saved: None,
            remark: Mutex::default(),
            folder: None,
        }
    }

    /// Returns the account of a profile. Its session is saved whenever the service renews it.
    pub(crate) fn of_profile(self, profile: Profile) -> Self {
        let (name, used, changed) = (profile.server(), self.client.session(), changed(&profile));
        Self { name, saved: Some(Mutex::new(Saved { profile, used, changed })), ..self }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Returns whether the mirror holds the account of the session, if it holds anything.
    pub(crate) fn owns_mirror(&self) -> bool {
        self.saved(|saved| saved.profile.owns_mirror()).unwrap_or(true)
    }

    /// Returns whether another program has changed the saved sessions since, such as a sign-in.
    pub(crate) fn is_outdated(&self) -> bool {
        self.saved(|saved| changed(&saved.profile) != saved.changed).unwrap_or(false)
    }

    /// Brings the mirror up to date. One of another account is moved aside.
    pub(crate) async fn refresh(&self, full: bool) -> Result<(), Error> {
        let before = self.mirror.set_aside();
        let refreshed = self.refresh_once(full).await;
        match refreshed {
            Err(Error::Mirror(error)) if error.kind == MirrorErrorKind::OtherAccount => {
                let aside = self.mirror.start_over()?;
                self.remark(format!("the copy was of another account; it was moved to {}", aside.display()));
                self.refresh_once(false).await?;
            }
            Err(error) => return Err(error),
            Ok(()) => {}
        }
        if let Some(aside) = self.mirror.set_aside().filter(|aside| Some(aside) != before.as_ref()) {
            self.remark(format!("the copy was damaged; it was moved to {}", aside.display()));
        }
        if self.folder.is_none() {
            // If it cannot be saved, the next program asks again whose account the mirror holds.
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
                // If it cannot be saved, the old one is valid for some time.
                drop(saved.save(|profile| profile.renew(&used, &now)));
            }
        });
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
        self.changed = changed(&self.profile);
        saved
    }
}

fn changed(profile: &Profile) -> Option<SystemTime> {
    let path: PathBuf = profile.sessions().path().to_owned();
    path.metadata().and_then(|meta| meta.modified()).ok()
}
