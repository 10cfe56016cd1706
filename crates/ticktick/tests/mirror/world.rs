//! A simulated account, a file for its mirror, and a client that keeps the file up to date.

use std::collections::BTreeSet;
use std::path::PathBuf;

use ticktick::date::FixedClock;
use ticktick::mirror::Mirror;
use ticktick::{Account, Client, ClientBuilder, Task};
use ticktick_sim::{DEMO_USER, Fault, Service, Simulator};

pub(crate) const NOW: &str = "2026-03-01T12:30:00Z";

pub(crate) fn clock(at: &str) -> FixedClock {
    FixedClock(at.parse().unwrap())
}

/// A service with the demo account, and a mirror of it.
pub(crate) struct World {
    pub(crate) service: Service,
    pub(crate) mirror: Mirror,
    pub(crate) client: Client,
    pub(crate) directory: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::on(Simulator::builder().demo().clock(clock(NOW)).build())
    }

    pub(crate) fn on(service: Service) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mirror = Mirror::open_at(directory.path().join("mirror.db"), clock(NOW)).unwrap();
        let client = builder(&service).mirror(&mirror).build().unwrap();
        service.forget_requests();
        Self { service, mirror, client, directory }
    }

    pub(crate) async fn refreshed() -> Self {
        let world = Self::new();
        world.mirror.refresh(&world.client).await.unwrap();
        world.service.forget_requests();
        world
    }

    /// A client on another device.
    pub(crate) fn elsewhere(&self) -> Client {
        builder(&self.service).build().unwrap()
    }

    /// The same file, opened by another process at another time.
    pub(crate) fn opened_at(&self, at: &str) -> Mirror {
        Mirror::open_at(self.path(), clock(at)).unwrap()
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.mirror.path().to_owned()
    }

    /// Returns methods, paths and queries since the last time.
    pub(crate) fn lines(&self) -> Vec<String> {
        let lines =
            self.service.requests().into_iter().map(|seen| format!("{} {}", seen.method, seen.target)).collect();
        self.service.forget_requests();
        lines
    }

    /// Asserts that the mirror holds what a fresh full sync returns, to the byte.
    pub(crate) async fn assert_equal(&self) {
        let fresh = self.elsewhere().sync().full().await.unwrap();
        assert_eq!(objects(&self.mirror.account().unwrap()), objects(&fresh));
        self.service.forget_requests();
    }
}

pub(crate) fn builder(service: &Service) -> ClientBuilder {
    let builder = Client::builder().transport(service.signed_on(DEMO_USER)).clock(clock(NOW));
    // Nobody listens there, and nobody is asked.
    builder.base_url("http://127.0.0.1:1")
}

/// Everything that an account holds, with members in order.
pub(crate) fn objects(account: &Account) -> BTreeSet<String> {
    let sorted = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap().to_string();
    let mut objects = BTreeSet::new();
    objects.extend(account.tasks().iter().map(|task| sorted(text(task))));
    objects.extend(account.projects().iter().map(|one| sorted(serde_json::to_string(one).unwrap())));
    objects.extend(account.folders().iter().map(|one| sorted(serde_json::to_string(one).unwrap())));
    objects.extend(account.tags().iter().map(|one| sorted(serde_json::to_string(one).unwrap())));
    objects.extend(account.filters().iter().map(|one| sorted(serde_json::to_string(one).unwrap())));
    objects.insert(format!("{:?} {:?}", account.inbox_id(), account.zone().iana_name()));
    objects
}

fn text(task: &Task) -> String {
    serde_json::to_string(task).unwrap()
}

/// An empty answer with this status, in place of the one that the service would give.
pub(crate) fn status(code: u16) -> Fault {
    Fault::Status { status: code.try_into().unwrap(), headers: Default::default(), body: String::new() }
}
