//! What the documented examples of the client run in.

use std::error::Error;
use std::pin::{Pin, pin};

use jiff::Timestamp;
use ticktick::date::FixedClock;
use ticktick::mirror::Mirror;
use ticktick::project::Permission;
use ticktick::{Client, ClientBuilder};
use ticktick_sim::{Builder, DEMO_USER, Simulator};

/// When the examples happen: on a Sunday.
const NOW: &str = "2026-03-01T12:30:00Z";

/// Result of an example, so that it can use `?`.
pub type ExampleResult = Result<(), Box<dyn Error>>;

/// Runs an example with a client that is signed in to an empty account.
///
/// ```
/// ticktick_tests::example(async |client| {
///     assert!(client.task().list().await?.is_empty());
///     Ok(())
/// });
/// ```
///
/// # Panics
///
/// If the example fails.
pub fn example(code: impl AsyncFnOnce(Client) -> ExampleResult) {
    let sim = Simulator::builder().account("me@example.com", "secret");
    wait(pin!(code(client(sim, "me@example.com"))));
}

/// Runs an example with a client that is signed in to the demo account, which shares the project "Family".
///
/// ```
/// ticktick_tests::demo(async |client| {
///     assert_eq!(client.task().list().await?.len(), 40);
///     Ok(())
/// });
/// ```
///
/// # Panics
///
/// If the example fails.
pub fn demo(code: impl AsyncFnOnce(Client) -> ExampleResult) {
    let sim = Simulator::builder().demo().account("ada@example.com", "secret");
    let sim = sim.share(DEMO_USER, "Family", "ada@example.com", Permission::Write);
    wait(pin!(code(client(sim, DEMO_USER))));
}

/// Runs an example with a client builder that is not signed in, against `me@example.com` and `ada@example.com`. Both
/// have the password `secret`, and Ada has a second factor.
///
/// ```
/// ticktick_tests::signed_out(async |builder| {
///     let client = builder.build()?;
///     client.login("me@example.com", "secret").await?.into_session()?;
///     Ok(())
/// });
/// ```
///
/// # Panics
///
/// If the example fails.
pub fn signed_out(code: impl AsyncFnOnce(ClientBuilder) -> ExampleResult) {
    let sim = Simulator::builder().account("me@example.com", "secret").account("ada@example.com", "secret");
    let sim = sim.mfa("ada@example.com", "GEZDGNBVGY3TQOJQ").clock(clock()).build();
    wait(pin!(code(Client::builder().transport(sim.transport()).clock(clock()))));
}

/// Runs an example with a mirror that was refreshed, and a client of the demo account that keeps it up to date.
///
/// ```
/// ticktick_tests::mirrored(async |client, mirror| {
///     assert!(!mirror.refresh(&client).await?.full);
///     Ok(())
/// });
/// ```
///
/// # Panics
///
/// If the example fails.
pub fn mirrored(code: impl AsyncFnOnce(Client, Mirror) -> ExampleResult) {
    let directory = tempfile::tempdir().expect("a directory");
    let mirror = Mirror::open_at(directory.path().join("mirror.db"), clock()).expect("a mirror");
    let transport = Simulator::builder().demo().clock(clock()).build().signed_on(DEMO_USER);
    let client = Client::builder().transport(transport).clock(clock()).mirror(&mirror).build().expect("a client");
    wait(pin!(async {
        mirror.refresh(&client).await?;
        code(client, mirror).await
    }));
}

fn client(sim: Builder, user: &str) -> Client {
    let transport = sim.clock(clock()).build().signed_on(user);
    Client::builder().transport(transport).clock(clock()).build().expect("a client")
}

fn clock() -> FixedClock {
    FixedClock(NOW.parse::<Timestamp>().expect("a time"))
}

/// Waits for an example. Takes a trait object, so that the runtime is compiled once and not for each example.
fn wait(example: Pin<&mut dyn Future<Output = ExampleResult>>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(example).expect("the example fails");
}
