//! What the examples share: a client, of a simulator or of the real service.
// Each example uses a part of it.
#![allow(dead_code)]

use ticktick::date::FixedClock;
use ticktick::{Client, ClientBuilder};
use ticktick_sim::{DEMO_USER, Simulator};

/// Whatever an example fails by.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// Returns a client of the real service where `TICKTICK_TOKEN` holds a session's token (the cookie `t` of a browser),
/// else one of a simulated account.
pub(crate) fn client() -> Result<Client, Failure> {
    Ok(builder()?.build()?)
}

/// Returns a builder of such a client.
pub(crate) fn builder() -> Result<ClientBuilder, Failure> {
    match std::env::var("TICKTICK_TOKEN") {
        Ok(token) => Ok(Client::builder().token(token)),
        Err(_) => simulated_builder(),
    }
}

/// Returns a client of a simulated account, the demo's.
pub(crate) fn simulated() -> Result<Client, Failure> {
    Ok(simulated_builder()?.build()?)
}

/// Returns a builder of a client of the demo's account.
pub(crate) fn simulated_builder() -> Result<ClientBuilder, Failure> {
    let clock = FixedClock("2026-03-02T08:00:00Z".parse()?);
    let service = Simulator::builder().demo().clock(clock).build();
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock);
    // The transport answers in this process; nobody listens at the address.
    Ok(builder.base_url("http://127.0.0.1:1"))
}
