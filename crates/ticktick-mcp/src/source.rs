//! Opens the account that a server uses: the demo, or that of a profile of the command line.

use std::sync::Arc;

use jiff::Timestamp;
use tempfile::TempDir;
use ticktick::Client;
use ticktick::date::{Clock, SystemClock};
use ticktick::mirror::Mirror;
use ticktick_profile::{Environment, Folders, Profile, Settings};
use ticktick_sim::{DEMO_USER, Service, Simulator};

use crate::answer::Failure;

/// Where the account comes from.
pub(crate) enum Source {
    Demo,
    Profile(Option<String>),
    Given(Box<Account>),
}

/// A client with its mirror, and everything that must live as long.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) client: Client,
    pub(crate) mirror: Mirror,
    pub(crate) clock: Arc<dyn Clock>,
    /// The account, for people.
    pub(crate) name: String,
    _demo: Option<Arc<(Service, TempDir)>>,
}

impl Account {
    pub(crate) fn new(client: Client, mirror: Mirror, clock: impl Clock + 'static) -> Self {
        Self { client, mirror, clock: Arc::new(clock), name: "account".to_owned(), _demo: None }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

impl Source {
    /// Opens the account. Sends no request.
    pub(crate) fn open(&self) -> Result<Account, Failure> {
        match self {
            Self::Demo => demo(),
            Self::Profile(name) => of_profile(name.as_deref()),
            Self::Given(account) => Ok((**account).clone()),
        }
    }
}

fn demo() -> Result<Account, Failure> {
    let service = Simulator::builder().demo().build();
    let folder = tempfile::tempdir()?;
    let mirror = Mirror::open(folder.path().join("mirror.db"))?;
    let client = Client::builder().transport(service.signed_on(DEMO_USER)).mirror(&mirror).build()?;
    let mut account = Account::new(client, mirror, SystemClock);
    account.name = "demo account".to_owned();
    account._demo = Some(Arc::new((service, folder)));
    Ok(account)
}

/// Uses the session that `ticktick auth login` has saved. Never signs on.
fn of_profile(name: Option<&str>) -> Result<Account, Failure> {
    let environment = Environment::system();
    let folders = Folders::find(&environment)?;
    let flags = name.map(|name| ("profile", name.to_owned())).into_iter().collect();
    let settings = Settings::load(&folders, &environment, None, flags)?;
    let profile = Profile::open(settings, &folders, &environment)?;
    profile.require_session()?;
    let mirror = Mirror::open(profile.mirror_file())?;
    let client = profile.client()?.mirror(&mirror).build()?;
    if profile.owns_mirror() {
        mirror.trust(&client)?;
    }
    let mut account = Account::new(client, mirror, SystemClock);
    account.name = profile.server();
    Ok(account)
}
