//! Opens the account that a server uses: the demo, or that of a profile of the command line.

use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use ticktick::Client;
use ticktick::date::{Clock, FixedClock, SystemClock};
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

/// The variable that fixes the time of the demo, as in the command line.
const NOW: &str = "TICKTICK_DEMO_NOW";

fn demo() -> Result<Account, Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("mirror.db");
    let builder = Simulator::builder();
    let (service, mirror, client, clock): (_, _, _, Arc<dyn Clock>) = match fixed()? {
        Some((clock, zone)) => {
            let builder = match zone {
                Some(zone) => builder.demo_in(zone),
                None => builder.demo(),
            };
            (
                builder.clock(clock).build(),
                Mirror::open_at(file, clock)?,
                Client::builder().clock(clock),
                Arc::new(clock),
            )
        }
        None => (builder.demo().build(), Mirror::open(file)?, Client::builder(), Arc::new(SystemClock)),
    };
    let client = client.transport(service.signed_on(DEMO_USER)).mirror(&mirror).build()?;
    Ok(Account { client, mirror, clock, name: "demo account".to_owned(), _demo: Some(Arc::new((service, folder))) })
}

/// Returns the fixed time of the demo, and the zone of the account if the variable names one.
fn fixed() -> Result<Option<(FixedClock, Option<String>)>, Failure> {
    let Ok(text) = std::env::var(NOW) else { return Ok(None) };
    if let Ok(zoned) = text.parse::<ZonedDateTime>() {
        let zone = zoned.time_zone().iana_name().map(str::to_owned);
        return Ok(Some((FixedClock(zoned.timestamp()), zone)));
    }
    let now =
        text.parse().map_err(|_| Failure::new(format!("Failed: {NOW} is not a time such as 2026-11-23T08:50:00Z")))?;
    Ok(Some((FixedClock(now), None)))
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
