//! Settings of the built-in HTTP client.

use std::time::Duration;

use super::ClientBuilder;

/// Settings of the built-in HTTP client. They need the feature `http`.
impl ClientBuilder {
    /// Sets how long the service may be silent while a call waits for it. Defaults to 30 seconds.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let client = ticktick::Client::builder().idle_timeout(Duration::from_secs(10)).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn idle_timeout(self, timeout: Duration) -> Self {
        self.http(|http| http.idle_timeout(timeout))
    }

    /// Sets the longest answer in bytes, after unpacking. Defaults to 64 MiB.
    ///
    /// A longer one is an error, and no more of it is read. Downloads have a limit of their own:
    /// [`TaskAttachments::download`](crate::task::TaskAttachments::download).
    ///
    /// ```
    /// let client = ticktick::Client::builder().max_answer(256 << 20).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn max_answer(self, bytes: u64) -> Self {
        self.http(|http| http.max_answer(bytes))
    }

    /// Calls back once for each attempt that has no whole answer after this time. The call goes on.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ticktick::Client;
    ///
    /// let tell = |operation: &ticktick::raw::Operation| eprintln!("still waiting for {operation}");
    /// let client = Client::builder().on_slow(Duration::from_secs(5), tell).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn on_slow(
        self,
        after: Duration,
        tell: impl Fn(&'static ticktick_raw::Operation) + Send + Sync + 'static,
    ) -> Self {
        self.http(|http| http.on_slow(after, tell))
    }

    /// Sets how long it may take to connect. Defaults to 10 seconds.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let client = ticktick::Client::builder().connect_timeout(Duration::from_secs(3)).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.http(|http| http.connect_timeout(timeout))
    }

    /// Sends requests through a proxy. HTTP and HTTPS proxies are supported.
    ///
    /// Defaults to the proxy of the environment (`HTTPS_PROXY`, `ALL_PROXY`) or the system, except for an address on
    /// this machine. A proxy that cannot be used is an error of [`build`](Self::build), never a direct connection.
    ///
    /// ```
    /// let client = ticktick::Client::builder().proxy("http://127.0.0.1:3128").build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn proxy(self, address: impl Into<String>) -> Self {
        self.http(|http| http.proxy(address))
    }
}
