//! Connects to the account that a command uses.

mod demo;

use std::path::PathBuf;
use std::time::Duration;

use jiff::{Timestamp, ZonedDateTime};
use ticktick::connection::RetryPolicy;
use ticktick::date::{Clock, FixedClock, SystemClock};
use ticktick::mirror::Mirror;
use ticktick::{Account, Client, ClientBuilder, Session, raw};
use ticktick_profile::{Environment, Profile as Saved, Source};

pub(crate) use self::demo::{Demo, demo_mirror, here};
use crate::args::Globals;
use crate::drift;
use crate::dry::Recorded;
use crate::error::{Error, Kind};
use crate::output::Output;
use crate::settings;

/// How long a call may take before a note tells what the command is waiting for.
const SLOW: Duration = Duration::from_secs(5);

/// How long a call may take if older data is available.
const HASTY: Duration = Duration::from_secs(10);

/// The account that a command uses. Known before there is a client, which takes longer to create.
pub(crate) struct Profile {
    pub(crate) saved: Saved,
}

impl Profile {
    pub(crate) fn open(globals: &Globals) -> Result<Self, Error> {
        let saved = Saved::open(globals.settings()?.clone(), &settings::folders()?, &Environment::system())?;
        for repaired in saved.sessions().repaired() {
            Output::new(globals).note("warning", repaired);
        }
        Ok(Self { saved })
    }

    /// Requires a session.
    pub(crate) fn signed_in(globals: &Globals) -> Result<Self, Error> {
        let profile = Self::open(globals)?;
        if [profile.saved.source(), profile.saved.open_api_source()] == [Source::Nowhere; 2] {
            return Err(Error::not_signed_in(&profile.saved.server()));
        }
        profile.saved.require_session()?;
        Ok(profile)
    }

    /// Returns the file of the mirror, which may not exist yet.
    pub(crate) fn mirror(&self) -> PathBuf {
        self.saved.mirror_file()
    }

    /// Returns whether the mirror is empty or contains the account of the session.
    pub(crate) fn owns_mirror(&self) -> bool {
        self.saved.owns_mirror()
    }

    /// Returns whether the session is a saved one. A token from the environment has its own mirror.
    pub(crate) fn is_saved(&self) -> bool {
        matches!(self.saved.source(), Source::File | Source::Keyring)
    }

    /// Returns a builder of clients that report slow calls on standard error, and their drift.
    pub(crate) fn builder(&self, globals: &Globals, recorded: &Recorded) -> Result<ClientBuilder, Error> {
        let (output, server) = (Output::new(globals), self.saved.server());
        let listener =
            move |operation: &raw::Operation| output.note("note", &format!("waiting for {server} ({operation})"));
        Ok(guarded(drift::watch(self.saved.client()?).on_slow(SLOW, listener), globals, recorded))
    }

    /// Creates a client. A hasty one has short timeouts.
    pub(crate) fn connect(
        mut self,
        globals: &Globals,
        mirror: Option<Mirror>,
        hasty: bool,
    ) -> Result<Connection, Error> {
        online(globals)?;
        if !self.saved.sessions().path().exists() {
            // If nothing can be saved, as in a container, each command uses a new device id.
            drop(self.saved.sessions_mut().prepare());
        }
        let recorded = Recorded::default();
        let mut builder = self.builder(globals, &recorded)?;
        if let Some(mirror) = &mirror {
            builder = builder.mirror(mirror);
        }
        if hasty {
            builder = builder.retry(RetryPolicy::never()).timeout(HASTY);
        }
        let client = builder.build()?;
        if let Some(mirror) = mirror.as_ref().filter(|_| self.owns_mirror()) {
            mirror.trust(&client)?;
        }
        let (profile, used) = (Some(self.saved), client.session());
        Ok(Connection { client, profile, mirror, recorded, used, fixed: None, _demo: None })
    }
}

/// A client, with everything that must live as long as it does.
pub(crate) struct Connection {
    pub(crate) client: Client,
    /// The profile, unless this is the demo.
    pub(crate) profile: Option<Saved>,
    /// The mirror of the client, if it has one.
    pub(crate) mirror: Option<Mirror>,
    /// The requests that were not sent, with `--dry-run`.
    pub(crate) recorded: Recorded,
    /// The session at the start.
    used: Option<Session>,
    fixed: Option<FixedClock>,
    /// The demo server, which runs until it is dropped.
    _demo: Option<Demo>,
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

    /// Connects for operations of the Open API, which need another token.
    pub(crate) async fn open_with_token(globals: &Globals) -> Result<Self, Error> {
        if globals.demo {
            return Self::demo(globals, false).await;
        }
        let profile = Profile::open(globals)?;
        if profile.saved.open_api_source() == Source::Nowhere {
            let message = format!("this operation needs a token of the Open API of {}", profile.saved.server());
            return Err(Error::new(Kind::NotSignedIn, message)
                .hint("save one with `ticktick auth login --openapi`; a session is not enough"));
        }
        profile.connect(globals, None, false)
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

    /// Returns whether the mirror is empty or contains the account of the session.
    pub(crate) fn owns_mirror(&self) -> bool {
        self.profile.as_ref().is_none_or(Saved::owns_mirror)
    }

    /// Records that the mirror contains the account of the session.
    pub(crate) fn trust_mirror(&mut self) {
        if let Some(profile) = &mut self.profile {
            // If this cannot be saved, the next command checks again.
            drop(profile.trust_mirror());
        }
    }

    /// Saves the session if the service has renewed it.
    pub(crate) fn close(mut self) -> Result<(), Error> {
        let (Some(profile), Some(used), Some(now)) = (&mut self.profile, &self.used, self.client.session()) else {
            return Ok(());
        };
        Ok(profile.renew(used, &now)?)
    }
}

/// Refuses a command that sends requests if nothing may be sent.
pub(crate) fn online(globals: &Globals) -> Result<(), Error> {
    if globals.mirror.offline {
        Err(Error::usage("this command needs TickTick, but --offline allows no requests"))
    } else {
        Ok(())
    }
}

/// Records the writes instead of sending them, if requested.
fn guarded(builder: ClientBuilder, globals: &Globals, recorded: &Recorded) -> ClientBuilder {
    if !globals.write.dry_run {
        return builder;
    }
    let recorded = recorded.clone();
    builder.layer(move |transport| recorded.layer(transport))
}
