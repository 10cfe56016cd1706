//! Connects to the account that a command uses.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use ticktick::connection::RetryPolicy;
use ticktick::date::{Clock, FixedClock, SystemClock};
use ticktick::mirror::Mirror;
use ticktick::{Account, Client, ClientBuilder, Login, Region, Session, raw};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

use crate::args::{Globals, RegionArg};
use crate::config::{self, Kept, Store};
use crate::drift;
use crate::dry::Recorded;
use crate::error::Error;
use crate::output::Output;

/// How long a call may take before a note says what the command is waiting for.
const SLOW: Duration = Duration::from_secs(5);

/// How long a call may take if there is an older answer.
const HASTY: Duration = Duration::from_secs(10);

/// Where a session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Demo,
    Environment,
    File,
    Nowhere,
}

/// Whose account a command uses. Known before there is a client, which takes longer to create.
pub(crate) struct Profile {
    pub(crate) region: Region,
    pub(crate) store: Store,
    pub(crate) source: Source,
    token: Option<String>,
}

impl Profile {
    pub(crate) fn open(globals: &Globals) -> Result<Self, Error> {
        let region = region(globals)?;
        let store = Store::open()?;
        for repaired in &store.repaired {
            Output::new(globals).note("warning", repaired);
        }
        let token = token(&region)?;
        let source = match (&token, store.session(&region)) {
            (Some(_), _) => Source::Environment,
            (None, Some(_)) => Source::File,
            (None, None) => Source::Nowhere,
        };
        Ok(Self { region, store, source, token })
    }

    /// Requires a session.
    pub(crate) fn signed_in(globals: &Globals) -> Result<Self, Error> {
        let profile = Self::open(globals)?;
        match profile.source {
            Source::Nowhere => Err(Error::not_signed_in(&server(&profile.region))),
            _ => Ok(profile),
        }
    }

    /// Returns the file of the mirror, which may not exist yet.
    pub(crate) fn mirror(&self) -> Result<PathBuf, Error> {
        config::mirror_file(&self.region, self.token.as_deref())
    }

    /// Returns whether the mirror holds the account of the session, if it holds anything.
    pub(crate) fn owns_mirror(&self) -> bool {
        match self.source {
            Source::File => self.store.session(&self.region).is_some_and(|kept| kept.mirrored),
            // A token has a file of its own.
            Source::Environment => true,
            Source::Demo | Source::Nowhere => false,
        }
    }

    /// Creates a client. A hasty one gives up soon.
    pub(crate) fn connect(
        mut self,
        globals: &Globals,
        mirror: Option<Mirror>,
        hasty: bool,
    ) -> Result<Connection, Error> {
        let owns_mirror = self.owns_mirror();
        let recorded = Recorded::default();
        let mut builder = builder(globals, &self.region, &recorded).device(self.store.device().clone());
        if let Some(mirror) = &mirror {
            builder = builder.mirror(mirror);
        }
        if hasty {
            builder = builder.retry(RetryPolicy::never()).timeout(HASTY);
        }
        builder = match (self.token, self.store.session(&self.region)) {
            (Some(token), _) => builder.token(token),
            (None, Some(kept)) => builder.session(kept.session.clone()),
            (None, None) => builder,
        };
        if !self.store.path().exists() {
            // If nothing can be saved, as in a container, each command is a new device.
            drop(self.store.prepare());
        }
        let client = builder.build()?;
        if let Some(mirror) = mirror.as_ref().filter(|_| owns_mirror) {
            mirror.trust(&client)?;
        }
        let store = Some(self.store);
        Ok(Connection { client, source: self.source, store, mirror, recorded, fixed: None, _demo: None, _folder: None })
    }
}

/// A client, with everything that must live as long.
pub(crate) struct Connection {
    pub(crate) client: Client,
    pub(crate) source: Source,
    pub(crate) store: Option<Store>,
    /// The mirror of the client, if it has one.
    pub(crate) mirror: Option<Mirror>,
    /// The requests that were not sent, with `--dry-run`.
    pub(crate) recorded: Recorded,
    fixed: Option<FixedClock>,
    /// The demo server, which runs until it is dropped.
    _demo: Option<Simulator>,
    /// The folder of the demo's mirror.
    _folder: Option<TempDir>,
}

impl Connection {
    /// Connects with the saved session or to the demo, without a mirror.
    pub(crate) async fn open(globals: &Globals) -> Result<Self, Error> {
        if globals.demo {
            return Self::demo(globals, false).await;
        }
        Profile::signed_in(globals)?.connect(globals, None, false)
    }

    /// Connects without requiring a session.
    pub(crate) async fn open_signed_out(globals: &Globals) -> Result<Self, Error> {
        if globals.demo {
            return Self::demo(globals, false).await;
        }
        Profile::open(globals)?.connect(globals, None, false)
    }

    /// Starts a local server and signs on, as with the real service. A mirror lasts as long as the connection.
    pub(crate) async fn demo(globals: &Globals, mirrored: bool) -> Result<Self, Error> {
        let fixed = demo_clock()?;
        let simulator = start_demo(fixed).await?;
        let recorded = Recorded::default();
        let builder = drift::watch(Client::builder()).read_only(globals.write.read_only).base_url(simulator.base_url());
        let mut builder = guarded(builder, globals, &recorded);
        let mut mirror = None;
        let folder = mirrored.then(tempfile::tempdir).transpose()?;
        if let Some(folder) = &folder {
            let path = folder.path().join("mirror.db");
            let opened = fixed.map_or_else(|| Mirror::open(&path), |clock| Mirror::open_at(&path, clock))?;
            builder = builder.mirror(&opened);
            mirror = Some(opened);
        }
        let client = match fixed {
            Some(clock) => builder.clock(clock).build()?,
            None => builder.build()?,
        };
        match client.login(DEMO_USER, DEMO_PASSWORD).await? {
            Login::Done(_) => {}
            Login::Mfa(_) => return Err(Error::failed("the demo account asked for a second factor")),
        }
        let _demo = Some(simulator);
        Ok(Self { client, source: Source::Demo, store: None, mirror, recorded, fixed, _demo, _folder: folder })
    }

    /// Returns the current time in the account's zone.
    pub(crate) fn now(&self, account: &Account) -> ZonedDateTime {
        self.moment().to_zoned_datetime(account.zone().clone())
    }

    /// Returns the current time.
    pub(crate) fn moment(&self) -> Timestamp {
        match self.fixed {
            Some(clock) => clock.now(),
            None => SystemClock.now(),
        }
    }

    /// Returns whether the mirror holds the account of the session, if it holds anything.
    pub(crate) fn owns_mirror(&self) -> bool {
        match (self.source, &self.store) {
            (Source::File, Some(store)) => store.session(self.client.region()).is_some_and(|kept| kept.mirrored),
            _ => true,
        }
    }

    /// Saves that the mirror holds the account of the session.
    pub(crate) fn trust_mirror(&mut self) {
        let region = self.client.region();
        if let (Source::File, Some(store)) = (self.source, &mut self.store)
            && let Some(used) = store.session(region).filter(|kept| !kept.mirrored).map(|kept| kept.session.clone())
        {
            // If it cannot be saved, the next command asks again.
            drop(store.mirrored(region, &used));
        }
    }

    /// Saves the session if the service has renewed it.
    pub(crate) fn close(mut self) -> Result<(), Error> {
        let (Source::File, Some(store), Some(session)) = (self.source, &mut self.store, self.client.session()) else {
            return Ok(());
        };
        let region = self.client.region();
        match store.session(region).map(|kept| kept.session.clone()) {
            Some(used) if used != session => store.renew(region, &used, session),
            _ => Ok(()),
        }
    }

    pub(crate) fn keep(&mut self, session: Session, username: Option<String>) -> Result<(), Error> {
        match &mut self.store {
            Some(store) => store.keep(self.client.region(), Kept { session, username, mirrored: false }),
            None => Ok(()),
        }
    }
}

/// Returns the token of the environment, unless it would be sent to a server that it was not created for.
fn token(region: &Region) -> Result<Option<String>, Error> {
    let Some(token) = std::env::var_os("TICKTICK_TOKEN") else { return Ok(None) };
    let token = token.into_string().map_err(|_| Error::usage("TICKTICK_TOKEN is not valid UTF-8"))?;
    let token = token.trim();
    if token.is_empty() {
        return Ok(None);
    }
    let elsewhere = region.is_custom() && !region.is_loopback();
    if elsewhere && std::env::var("TICKTICK_TOKEN_SERVER").ok().as_deref() != Some(&region.to_string()) {
        return Err(Error::usage(format!(
            "TICKTICK_TOKEN is not sent to {region}, because it may belong to ticktick.com"
        ))
        .hint(format!("if it belongs to this server, set TICKTICK_TOKEN_SERVER={region}")));
    }
    Ok(Some(token.to_owned()))
}

/// Creates a client that reports slow calls on standard error.
pub(crate) fn builder(globals: &Globals, region: &Region, recorded: &Recorded) -> ClientBuilder {
    let (output, server) = (Output::new(globals), server(region));
    let listener =
        move |operation: &raw::Operation| output.note("note", &format!("waiting for {server} ({operation})"));
    let builder = drift::watch(Client::builder()).read_only(globals.write.read_only).region(region.clone());
    guarded(builder.on_slow(SLOW, listener), globals, recorded)
}

/// Records the writes instead of sending them, if that is asked for.
fn guarded(builder: ClientBuilder, globals: &Globals, recorded: &Recorded) -> ClientBuilder {
    if !globals.write.dry_run {
        return builder;
    }
    let recorded = recorded.clone();
    builder.layer(move |transport| recorded.layer(transport))
}

/// Starts the demo account: as the last command of the day left it, or new at a fixed time.
async fn start_demo(fixed: Option<FixedClock>) -> Result<Simulator, Error> {
    let builder = Simulator::builder().demo();
    if let Some(clock) = fixed {
        return Ok(builder.clock(clock).start().await?);
    }
    let Some(path) = config::demo_file() else { return Ok(builder.start().await?) };
    match builder.data(path).start().await {
        Ok(simulator) => Ok(simulator),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(Error::failed(error.to_string()).hint("remove the file to start a new demo"))
        }
        // If nothing can be saved, or another demo is running, the demo lasts for one command.
        Err(_) => Ok(Simulator::builder().demo().start().await?),
    }
}

/// Returns the clock of a demo that looks the same every day, which pictures and tests need.
fn demo_clock() -> Result<Option<FixedClock>, Error> {
    Ok(demo_time()?.map(|now| FixedClock(now.timestamp())))
}

/// Returns the time of a demo that looks the same every day.
pub(crate) fn demo_time() -> Result<Option<ZonedDateTime>, Error> {
    let Ok(text) = std::env::var("TICKTICK_DEMO_NOW") else { return Ok(None) };
    let instant = |text: &str| Some(text.parse::<Timestamp>().ok()?.to_zoned_datetime(TimeZone::UTC));
    text.parse().ok().or_else(|| instant(&text)).map(Some).ok_or_else(|| {
        Error::usage("TICKTICK_DEMO_NOW is not a time such as 2026-11-23T08:50:00Z or 2026-11-23T09:50[Europe/Berlin]")
    })
}

/// Returns the selected service region.
pub(crate) fn region(globals: &Globals) -> Result<Region, Error> {
    match (&globals.base_url, globals.region) {
        (Some(address), _) if !address.is_empty() => Ok(address.parse()?),
        (_, RegionArg::Ticktick) => Ok(Region::TickTick),
        (_, RegionArg::Dida365) => Ok(Region::Dida365),
    }
}

/// Returns the name of a service for people.
pub(crate) fn server(region: &Region) -> String {
    match region {
        Region::TickTick => "ticktick.com".into(),
        Region::Dida365 => "dida365.com".into(),
        other => other.to_string(),
    }
}
