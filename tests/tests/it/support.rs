//! What several tests need: a moment, simulators and clients.

use ticktick::connection::Device;
use ticktick::date::FixedClock;
use ticktick::{Client, ClientBuilder, Login, Session};
use ticktick_models::Object;
use ticktick_sim::{Collection, DEMO_PASSWORD, DEMO_USER, Service, Simulator};

/// The moment at which everything happens.
pub(crate) fn clock() -> FixedClock {
    FixedClock("2026-03-01T12:30:00.500Z".parse().unwrap())
}

/// Starts a simulator with the demo account.
pub(crate) async fn demo() -> Simulator {
    Simulator::builder().clock(clock()).demo().start().await.unwrap()
}

/// Begins a client of a simulator.
pub(crate) fn client(sim: &Simulator) -> ClientBuilder {
    device(Client::builder().base_url(sim.base_url()))
}

/// Takes chance out of a client.
pub(crate) fn device(builder: ClientBuilder) -> ClientBuilder {
    builder.clock(clock()).device(Device::with_id("66a1b2c3d4e5f60718293a4b"))
}

/// Makes a client and signs it in as the demo's user.
pub(crate) async fn signed_in(sim: &Simulator) -> Client {
    let client = client(sim).build().unwrap();
    login(&client, DEMO_USER, DEMO_PASSWORD).await;
    client
}

pub(crate) async fn login(client: &Client, user: &str, password: &str) -> Session {
    match client.login(user, password).await.unwrap() {
        Login::Done(session) => session,
        Login::Mfa(_) => panic!("the simulator asks for no second factor here"),
    }
}

/// Returns a task as the service stores it.
pub(crate) fn stored(sim: &Service, user: &str, id: &str) -> Object {
    let id = serde_json::to_string(id).unwrap();
    let mut tasks = sim.objects(user, Collection::Tasks).into_iter();
    tasks.find(|task| task.get("id").unwrap().as_str() == id).unwrap()
}
