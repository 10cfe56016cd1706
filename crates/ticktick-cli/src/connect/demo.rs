//! The demo account: a local server and its mirror.

use std::io::ErrorKind;
use std::path::PathBuf;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use ticktick::date::{Clock, FixedClock, SystemClock};
use ticktick::mirror::Mirror;
use ticktick::{Client, Login};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

use super::{Connection, guarded};
use crate::args::Globals;
use crate::drift;
use crate::dry::Recorded;
use crate::error::Error;
use crate::settings;

const NOW: &str = "TICKTICK_DEMO_NOW";

/// The token of the demo for the Open API.
const TOKEN: &str = "tp_demo";

/// The running demo.
pub(crate) struct Demo {
    simulator: Simulator,
    /// The folder of the account, unless it lasts for one command.
    file: Option<PathBuf>,
    /// The folder of a mirror that lasts for one command.
    folder: Option<TempDir>,
}

/// The fixed time of a demo, for screenshots and tests.
#[derive(Clone, Debug)]
struct Fixed {
    clock: FixedClock,
    /// The time zone of the account, if it is not the default.
    zone: Option<String>,
}

impl Connection {
    /// Starts a local server and signs in, as with the real service.
    pub(crate) async fn demo(globals: &Globals, mirrored: bool) -> Result<Self, Error> {
        let fixed = fixed()?;
        let mut demo = Demo::start(fixed.as_ref()).await?;
        let recorded = Recorded::default();
        let builder = drift::watch(Client::builder()).read_only(globals.write.read_only);
        let mut builder = guarded(builder.base_url(demo.simulator.base_url()).bearer(TOKEN), globals, &recorded);
        let clock = fixed.map(|fixed| fixed.clock);
        let mirror = if mirrored { Some(demo.mirror(clock)?) } else { None };
        if let Some(mirror) = &mirror {
            builder = builder.mirror(mirror);
        }
        if let Some(clock) = clock {
            builder = builder.clock(clock);
        }
        let client = builder.build()?;
        match client.login(DEMO_USER, DEMO_PASSWORD).await? {
            Login::Done(_) => {}
            Login::Mfa(_) => return Err(Error::failed("the demo account asked for a second factor")),
        }
        let (profile, used) = (None, None);
        Ok(Self { client, profile, mirror, recorded, used, fixed: clock, _demo: Some(demo) })
    }
}

/// Returns the path of the demo's mirror, which may not exist yet. A demo at a fixed time has none, because each command
/// starts over.
pub(crate) fn demo_mirror() -> Result<Option<PathBuf>, Error> {
    if fixed()?.is_some() {
        return Ok(None);
    }
    let folders = settings::folders()?;
    // The mirror is removed together with a demo that is too old.
    Ok(folders.demo_file().map(|_| folders.demo_mirror()))
}

/// Returns the current time in the zone of this machine, or of the demo at a fixed time. Needs no connection.
pub(crate) fn here(globals: &Globals) -> Result<ZonedDateTime, Error> {
    let fixed = if globals.demo { fixed()? } else { None };
    let Some(Fixed { clock, zone }) = fixed else { return Ok(SystemClock.now().to_zoned_datetime(TimeZone::system())) };
    let zone = zone.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
    Ok(clock.now().to_zoned_datetime(zone))
}

impl Demo {
    /// Starts the demo account: as the last command left it, or a new one at a fixed time.
    async fn start(fixed: Option<&Fixed>) -> Result<Self, Error> {
        if let Some(Fixed { clock, zone }) = fixed {
            let builder = match zone {
                Some(zone) => with_token(Simulator::builder().demo_in(zone)),
                None => builder(),
            };
            return Ok(Self::lasting(builder.clock(*clock).start().await?, None));
        }
        let file = settings::folders().ok().and_then(|folders| folders.demo_file());
        let Some(path) = file else { return Ok(Self::lasting(builder().start().await?, None)) };
        match builder().data(&path).start().await {
            Ok(simulator) => Ok(Self::lasting(simulator, Some(path))),
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                Err(Error::failed(error.to_string()).hint("remove the file to start a new demo"))
            }
            // If nothing can be saved, or another demo is running, the demo lasts for one command.
            Err(_) => Ok(Self::lasting(builder().start().await?, None)),
        }
    }

    fn lasting(simulator: Simulator, file: Option<PathBuf>) -> Self {
        Self { simulator, file, folder: None }
    }

    /// Opens the mirror, which lasts as long as the account.
    fn mirror(&mut self, clock: Option<FixedClock>) -> Result<Mirror, Error> {
        if self.file.is_some() {
            return Ok(Mirror::open(settings::folders()?.demo_mirror())?);
        }
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("mirror.db");
        self.folder = Some(folder);
        Ok(clock.map_or_else(|| Mirror::open(&path), |clock| Mirror::open_at(&path, clock))?)
    }
}

fn builder() -> ticktick_sim::Builder {
    with_token(Simulator::builder().demo())
}

/// Adds access to the Open API.
fn with_token(builder: ticktick_sim::Builder) -> ticktick_sim::Builder {
    builder.api_token(DEMO_USER, TOKEN)
}

fn fixed() -> Result<Option<Fixed>, Error> {
    std::env::var(NOW).ok().map(|text| parse(&text)).transpose()
}

/// Reads a time with an offset, or with a time zone that becomes that of the account.
fn parse(text: &str) -> Result<Fixed, Error> {
    if let Ok(zoned) = text.parse::<ZonedDateTime>() {
        let zone = zoned.time_zone().iana_name().map(str::to_owned);
        return Ok(Fixed { clock: FixedClock(zoned.timestamp()), zone });
    }
    text.parse::<Timestamp>().map(|now| Fixed { clock: FixedClock(now), zone: None }).map_err(|_| {
        Error::usage(format!("{NOW} is not a time such as 2026-11-23T08:50:00Z or 2026-11-23T09:50[Europe/Berlin]"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_fixes_the_zone_of_the_account() {
        let read = |text| parse(text).map(|fixed| (fixed.clock.0.to_string(), fixed.zone)).ok();
        let berlin = Some("Europe/Berlin".to_owned());
        assert_eq!(read("2026-11-26T10:00[Europe/Berlin]"), Some(("2026-11-26T09:00:00Z".into(), berlin.clone())));
        assert_eq!(read("2026-11-26T10:00+01:00[Europe/Berlin]"), Some(("2026-11-26T09:00:00Z".into(), berlin)));
        assert_eq!(read("2026-11-23T08:50:00Z"), Some(("2026-11-23T08:50:00Z".into(), None)));
        for wrong in ["", "today", "2026-11-26T10:00", "2026-11-26T10:00[Europe/Nowhere]"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
