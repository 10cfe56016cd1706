//! Read-only mode, strict decoding and drift reports.

use std::sync::Arc;

use super::ClientBuilder;
use crate::drift::Drift;

impl ClientBuilder {
    /// Refuses operations that may change the account, without sending them. Disabled by default.
    ///
    /// Such a call returns an error whose [`as_raw`](crate::Error::as_raw) is
    /// [`raw::Error::InvalidInput`](crate::raw::Error::InvalidInput).
    /// [`Operation::reads`](crate::raw::Operation::reads) returns whether an operation is allowed. Signing in and out
    /// is allowed too.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// If enabled, fails a call with a decode error if any value of its response does not match its type.
    ///
    /// Disabled by default: such values are kept as they were received, and [`Client::drift`](crate::Client::drift)
    /// lists them.
    pub fn strict(mut self, strict: bool) -> Self {
        self.drift.strict = strict;
        self
    }

    /// Sets a function that is called once for each kind of value in a response that does not match its type.
    ///
    /// ```
    /// let client = ticktick::Client::builder()
    ///     .on_drift(|drift| eprintln!("{} {}: {}", drift.operation, drift.path, drift.found))
    ///     .build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn on_drift(mut self, listener: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.drift.listener = Some(Arc::new(listener));
        self
    }
}
