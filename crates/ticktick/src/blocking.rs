//! A client for programs without an async runtime. Requires the `blocking` feature.
//!
//! [`Client`] owns a small runtime. All calls of the async client work with it: pass the future that a call returns to
//! [`Client::wait`].
//!
//! ```
//! use ticktick::{TaskDraft, blocking};
//!
//! # let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build()?;
//! # let sim = runtime.block_on(ticktick_sim::Simulator::builder().account("me@example.com", "secret").start())?;
//! let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
//! let client = blocking::Client::new(client)?;
//! client.wait(client.login("me@example.com", "secret"))?;
//! let task = client.wait(client.task().create(TaskDraft::new("Call Ada")))?;
//! assert_eq!(client.wait(client.task().list())?[0].id, task.id);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::ops::Deref;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::Error;

/// An async client with its own runtime.
///
/// Dereferences to [`crate::Client`], so managers are called as usual. Several threads can share one.
#[derive(Debug)]
pub struct Client {
    /// `None` only while the client is dropped.
    runtime: Option<Runtime>,
    client: crate::Client,
}

impl Client {
    /// Wraps an async client.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the runtime cannot be started.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::invalid_input(format!("cannot start a runtime: {error}")))?;
        Ok(Self { runtime: Some(runtime), client })
    }

    /// Blocks the thread until the call has finished, and returns its result.
    ///
    /// # Errors
    ///
    /// Returns the error of the call, or [`Error::InvalidInput`] inside an async runtime, whose threads must not block.
    /// Use [`crate::Client`] there.
    pub fn wait<T, E: Into<Error>>(&self, call: impl Future<Output = Result<T, E>>) -> Result<T, Error> {
        match &self.runtime {
            Some(runtime) if Handle::try_current().is_err() => runtime.block_on(call).map_err(Into::into),
            _ => Err(Error::invalid_input("cannot block inside an async runtime\nhint: use `ticktick::Client` there")),
        }
    }
}

impl Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Dropping the runtime inside another runtime would panic, so it is shut down in the background.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_inside_a_runtime_is_an_error_and_not_a_panic() {
        let client = Client::new(crate::Client::builder().build().unwrap()).unwrap();
        let outer = Builder::new_current_thread().build().unwrap();
        let error = outer.block_on(async move { client.wait(client.task().list()).unwrap_err() });
        assert!(matches!(error, Error::InvalidInput { .. }) && error.to_string().contains("runtime"), "{error}");
    }
}
