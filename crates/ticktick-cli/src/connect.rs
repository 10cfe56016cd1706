//! Connects to the account that a command uses.

use std::io::ErrorKind;
use std::time::Duration;

use jiff::{Timestamp, ZonedDateTime};
use ticktick::date::{Clock, FixedClock, SystemClock};
use ticktick::{Client, ClientBuilder, Login, Region, Session, raw};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

use crate::args::{Globals, RegionArg};
use crate::config::{self, Kept, Store};
use crate::drift;
use crate::error::Error;
use crate::output::Output;

/// How long a call may take before a note says what the command is waiting for.
const SLOW: Duration = Duration::from_secs(5);

/// Where a session comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Demo,
    Environment,
    File,
    Nowhere,
}

/// A client, with everything that must live as long.
pub(crate) struct Connection {
    pub(crate) client: Client,
    pub(crate) source: Source,
    pub(crate) store: Option<Store>,
    fixed: Option<FixedClock>,
    /// The demo server, which runs until it is dropped.
    _demo: Option<Simulator>,
}

impl Connection {
    /// Connects with the saved session or to the demo.
    pub(crate) async fn open(globals: &Globals) -> Result<Self, Error> {
        let connection = Self::open_signed_out(globals).await?;
        match connection.source {
            Source::Nowhere => Err(Error::not_signed_in(&server(connection.client.region()))),
            _ => Ok(connection),
        }
    }

    /// Connects without requiring a session.
    pub(crate) async fn open_signed_out(globals: &Globals) -> Result<Self, Error> {
        if globals.demo {
            return Self::demo(globals.read_only).await;
        }
        let region = region(globals)?;
        let mut store = Store::open()?;
        for repaired in &store.repaired {
            Output::new(globals).note("warning", repaired);
        }
        let kept = store.session(&region).cloned();
        let builder = builder(globals, &region).device(store.device().clone());
        let (builder, source) = match (token(&region)?, kept) {
            (Some(token), _) => (builder.token(token), Source::Environment),
            (None, Some(kept)) => (builder.session(kept.session), Source::File),
            (None, None) => (builder, Source::Nowhere),
        };
        if !store.path().exists() {
            // If nothing can be saved, as in a container, each command is a new device.
            drop(store.prepare());
        }
        Ok(Self { client: builder.build()?, source, store: Some(store), fixed: None, _demo: None })
    }

    /// Starts a local server and signs on, as with the real service.
    async fn demo(read_only: bool) -> Result<Self, Error> {
        let fixed = demo_clock()?;
        let simulator = start_demo(fixed).await?;
        let builder = drift::watch(Client::builder()).read_only(read_only).base_url(simulator.base_url());
        let client = match fixed {
            Some(clock) => builder.clock(clock).build()?,
            None => builder.build()?,
        };
        match client.login(DEMO_USER, DEMO_PASSWORD).await? {
            Login::Done(_) => {}
            Login::Mfa(_) => return Err(Error::failed("the demo account asked for a second factor")),
        }
        Ok(Self { client, source: Source::Demo, store: None, fixed, _demo: Some(simulator) })
    }

    /// Returns the current time in the account's zone.
    pub(crate) async fn now(&self) -> Result<ZonedDateTime, Error> {
        Ok(self.moment().to_zoned_datetime(self.client.time_zone().await?))
    }

    /// Returns the current time.
    pub(crate) fn moment(&self) -> Timestamp {
        match self.fixed {
            Some(clock) => clock.now(),
            None => SystemClock.now(),
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
            Some(store) => store.keep(self.client.region(), Kept { session, username }),
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
pub(crate) fn builder(globals: &Globals, region: &Region) -> ClientBuilder {
    let (output, server) = (Output::new(globals), server(region));
    let listener =
        move |operation: &raw::Operation| output.note("note", &format!("waiting for {server} ({operation})"));
    drift::watch(Client::builder()).read_only(globals.read_only).region(region.clone()).on_slow(SLOW, listener)
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
    let Ok(text) = std::env::var("TICKTICK_DEMO_NOW") else { return Ok(None) };
    let now =
        text.parse().map_err(|_| Error::usage("TICKTICK_DEMO_NOW is not a timestamp such as 2026-11-23T08:50:00Z"))?;
    Ok(Some(FixedClock(now)))
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
