//! The simulator with its HTTP server.

use std::ops::Deref;

use crate::server::builder::Builder;
use crate::server::http::Server;
use crate::server::service::Service;

/// A simulated service that listens on the loopback interface until it is dropped.
///
/// It dereferences to a [`Service`] and has all of its methods.
///
/// ```no_run
/// use ticktick_sim::Simulator;
///
/// # async fn example() -> std::io::Result<()> {
/// let sim = Simulator::builder().account("me@example.com", "secret").start().await?;
/// println!("{}", sim.base_url());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Simulator {
    service: Service,
    server: Server,
}

impl Simulator {
    /// Returns a builder for a simulator.
    pub fn builder() -> Builder {
        Builder::new()
    }

    pub(crate) fn new(service: Service, server: Server) -> Self {
        Self { service, server }
    }

    /// Returns the address of the server, such as `http://127.0.0.1:41234`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Returns the service behind the server.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// Stops listening and waits until pending requests have finished.
    ///
    /// Accounts in a file are saved. To check whether that succeeds, call [`Service::save`] first.
    pub async fn stop(self) {
        self.server.stop().await;
        // If this fails, the file keeps the last saved state.
        drop(self.service.save());
    }
}

impl Deref for Simulator {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}
