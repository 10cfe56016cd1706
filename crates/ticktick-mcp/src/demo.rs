//! The demo account, which lives as long as the server.

use jiff::ZonedDateTime;
use ticktick::Client;
use ticktick::date::{Clock, FixedClock, SystemClock};
use ticktick::mirror::Mirror;
use ticktick_sim::{DEMO_USER, Simulator};

use crate::account::Account;
use crate::failure::Failure;

/// The variable that fixes the time of the demo, as in the command line.
const NOW: &str = "TICKTICK_DEMO_NOW";

/// Opens the demo account.
pub(crate) fn open() -> Result<Account, Failure> {
    match fixed()? {
        Some((clock, zone)) => of(clock, zone),
        None => of(SystemClock, None),
    }
}

fn of(clock: impl Clock + Copy + 'static, zone: Option<String>) -> Result<Account, Failure> {
    let builder = Simulator::builder();
    let builder = if let Some(zone) = zone { builder.demo_in(zone) } else { builder.demo() };
    let service = builder.clock(clock).build();
    let folder = tempfile::tempdir()?;
    let mirror = Mirror::open_at(folder.path().join("mirror.db"), clock)?;
    let client = Client::builder().clock(clock).transport(service.signed_on(DEMO_USER)).mirror(&mirror).build()?;
    let mut account = Account::new(client, mirror, clock);
    (account.name, account.folder) = ("demo account".to_owned(), Some(folder));
    Ok(account)
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
