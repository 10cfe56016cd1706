//! A client for programs without an async runtime. Needs the feature `blocking`.
//!
//! [`Client`] owns a small runtime. Every call of the async client works with it: pass what the call returns to
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
//! assert_eq!(client.wait(client.task().list())?, [task]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::ops::Deref;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::Error;

/// The async client, and a runtime on which the calling thread waits.
///
/// Dereferences to [`crate::Client`], so managers are called as usual. Several threads can share one.
#[derive(Debug)]
pub struct Client {
    /// Only `Drop` takes it.
    runtime: Option<Runtime>,
    client: crate::Client,
}

impl Client {
    /// Wraps an async client.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the system refuses what a runtime needs.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::invalid_input(format!("cannot start a runtime: {error}")))?;
        Ok(Self { runtime: Some(runtime), client })
    }

    /// Blocks the thread until a call has ended, and returns its result.
    ///
    /// # Errors
    ///
    /// The error of the call. [`Error::InvalidInput`] inside an async runtime, whose thread must not block: use
    /// [`crate::Client`] there.
    pub fn wait<T, E: Into<Error>>(&self, call: impl Future<Output = Result<T, E>>) -> Result<T, Error> {
        match &self.runtime {
            Some(runtime) if Handle::try_current().is_err() => runtime.block_on(call).map_err(Into::into),
            _ => Err(Error::invalid_input("cannot block inside an async runtime; use `ticktick::Client` there")),
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
        // A plain drop would panic inside another runtime.
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
