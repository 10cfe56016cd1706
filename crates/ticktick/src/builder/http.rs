//! Settings of the built-in HTTP client.

use std::time::Duration;

use super::ClientBuilder;

/// Settings of the built-in HTTP client. Requires the `http` feature.
impl ClientBuilder {
    /// Sets how long to wait for the next bytes of a response. Defaults to 30 seconds.
    pub fn idle_timeout(self, timeout: Duration) -> Self {
        self.http(|http| http.idle_timeout(timeout))
    }

    /// Sets the maximum size of a decompressed response in bytes. Defaults to 64 MiB.
    ///
    /// A longer response is an error, and the rest of it is not read. Downloads have their own limit: see
    /// [`TaskAttachments::download`](crate::task::TaskAttachments::download).
    pub fn max_answer(self, bytes: u64) -> Self {
        self.http(|http| http.max_answer(bytes))
    }

    /// Sets a function that is called once for each attempt that has no complete response after the given time. The
    /// call continues.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ticktick::Client;
    ///
    /// let warn = |operation: &ticktick::raw::Operation| eprintln!("still waiting for {operation}");
    /// let client = Client::builder().on_slow(Duration::from_secs(5), warn).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn on_slow(
        self,
        after: Duration,
        callback: impl Fn(&'static ticktick_raw::Operation) + Send + Sync + 'static,
    ) -> Self {
        self.http(|http| http.on_slow(after, callback))
    }

    /// Sets the time limit for establishing a connection. Defaults to 10 seconds.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.http(|http| http.connect_timeout(timeout))
    }

    /// Sends requests through a proxy. HTTP and HTTPS proxies are supported.
    ///
    /// Defaults to the proxy of the environment (`HTTPS_PROXY`, `ALL_PROXY`) or the system, except for addresses on
    /// this machine. A proxy that cannot be used is an error of [`build`](Self::build); the client never falls back to
    /// a direct connection.
    pub fn proxy(self, address: impl Into<String>) -> Self {
        self.http(|http| http.proxy(address))
    }
}
