//! Opens the account that a server uses: the demo account, or that of a profile of the command line.

use std::sync::Arc;

use ticktick::date::SystemClock;
use ticktick::mirror::Mirror;
use ticktick_profile::{Environment, Folders, Profile, Settings};

use crate::account::Account;
use crate::demo;
use crate::failure::Failure;

/// Where the account comes from.
pub(crate) enum Source {
    Demo,
    Profile(Option<String>, Environment),
    Given(Arc<Account>),
}

impl Source {
    /// Opens the account. Sends no request.
    pub(crate) fn open(&self) -> Result<Arc<Account>, Failure> {
        match self {
            Self::Demo => demo::open().map(Arc::new),
            Self::Profile(name, environment) => of_profile(name.as_deref(), environment).map(Arc::new),
            Self::Given(account) => Ok(Arc::clone(account)),
        }
    }

    /// Returns whether the profile allows no writes.
    pub(crate) fn is_read_only(&self) -> bool {
        let Self::Profile(name, environment) = self else { return false };
        // The first call reports what is wrong with a profile.
        profile(name.as_deref(), environment).is_ok_and(|profile| profile.settings().is_on("read-only"))
    }
}

fn profile(name: Option<&str>, environment: &Environment) -> Result<Profile, ticktick_profile::Error> {
    let folders = Folders::find(environment)?;
    let flags = name.map(|name| ("profile", name.to_owned())).into_iter().collect();
    let settings = Settings::load(&folders, environment, None, flags)?;
    Profile::open(settings, &folders, environment)
}

/// Uses the session that `ticktick auth login` has saved. Never signs in.
fn of_profile(name: Option<&str>, environment: &Environment) -> Result<Account, Failure> {
    let mut profile = profile(name, environment)?;
    profile.require_session()?;
    if !profile.sessions().path().exists() {
        // If nothing can be saved, as in a container, each start uses a new device id.
        drop(profile.sessions_mut().prepare());
    }
    let (mirror, folder) = mirror(&profile)?;
    let client = profile.client()?.mirror(&mirror).build()?;
    if profile.owns_mirror() {
        mirror.trust(&client)?;
    }
    let aside = mirror.set_aside().map(|aside| format!("the copy was damaged; it was moved to {}", aside.display()));
    let remark = folder
        .as_ref()
        .map(|_| "no copy of the account can be kept, so undo works only until this server ends".to_owned());
    let mut account = Account::new(client, mirror, SystemClock).of_profile(profile);
    account.folder = folder;
    if let Some(remark) = aside.or(remark) {
        account.remark(remark);
    }
    Ok(account)
}

/// Opens the mirror of a profile, or a temporary one if no file can be kept, as in a container.
fn mirror(profile: &Profile) -> Result<(Mirror, Option<tempfile::TempDir>), Failure> {
    match Mirror::open(profile.mirror_file()) {
        Ok(mirror) => Ok((mirror, None)),
        Err(error) if error.is_about_the_place() => {
            let folder = tempfile::tempdir()?;
            Ok((Mirror::open(folder.path().join("mirror.db"))?, Some(folder)))
        }
        Err(error) => Err(error.into()),
    }
}
