//! Settings of the built-in HTTP client.

use std::time::Duration;

use super::HttpBuilder;
use crate::error::SETUP;
use crate::http::Http;
use crate::http::client::{ENCRYPTS, Settings, Slow, Wire};
use crate::http::proxy::{self, Proxied};
use crate::{Error, Operation};

/// Settings of [`HttpBuilder::build`] other than the time limit of a call.
pub(super) struct WireSettings {
    idle_timeout: Duration,
    connect_timeout: Duration,
    max_answer: u64,
    slow: Option<Slow>,
    proxy: Proxied,
}

impl Default for WireSettings {
    fn default() -> Self {
        Self {
            idle_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_answer: 64 << 20,
            slow: None,
            proxy: Proxied::System,
        }
    }
}

/// Settings of the built-in HTTP client. They require the feature `http`.
impl HttpBuilder {
    /// Sets how long a call waits for the next data from the service. Defaults to 30 seconds.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ticktick_raw::http::Http;
    ///
    /// let transport = Http::builder().idle_timeout(Duration::from_secs(10)).build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.wire.idle_timeout = timeout;
        self
    }

    /// Sets the largest accepted response in bytes, after decompression. Defaults to 64 MiB.
    ///
    /// A longer response fails with [`Error::TooLarge`] and is not read further. Downloads have their own
    /// limit.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().max_answer(8 << 20).build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn max_answer(mut self, bytes: u64) -> Self {
        self.wire.max_answer = bytes;
        self
    }

    /// Sets a function that is called once for each attempt that has no complete response after this time.
    /// The call itself continues.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ticktick_raw::http::Http;
    ///
    /// let listener = |operation: &ticktick_raw::Operation| eprintln!("still waiting for {operation}");
    /// let transport = Http::builder().on_slow(Duration::from_secs(5), listener).build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn on_slow(mut self, after: Duration, listener: impl Fn(&'static Operation) + Send + Sync + 'static) -> Self {
        self.wire.slow = Some(Slow { after, listener: Box::new(listener) });
        self
    }

    /// Sets the time limit for connecting. Defaults to 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.wire.connect_timeout = timeout;
        self
    }

    /// Sends requests through a proxy, such as `http://127.0.0.1:3128`. HTTP and HTTPS proxies are supported.
    ///
    /// Defaults to the proxy of the environment (`HTTPS_PROXY`, `ALL_PROXY`) or of the system, except for
    /// an address on this machine. If the proxy cannot be used, [`build`](Self::build) fails; it never
    /// falls back to a direct connection.
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.wire.proxy = Proxied::By(address.into());
        self
    }

    /// Connects directly, even if the environment or the system names a proxy.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().no_proxy().build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn no_proxy(mut self) -> Self {
        self.wire.proxy = Proxied::Never;
        self
    }

    /// Builds the transport without sending anything.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the base address is neither HTTPS nor on this machine, the device id or the token is
    /// invalid, the session belongs to another region, or the proxy cannot be used, whether it was set here or in the
    /// environment.
    pub fn build(mut self) -> Result<Http, Error> {
        let region = self.region.clone()?;
        if region.is_https() && !ENCRYPTS {
            let help = "enable one of the crate features `rustls`, `rustls-aws-lc` or `native-tls`";
            return Err(Error::invalid_input(SETUP, format!("this build has no TLS support\nhint: {help}")));
        }
        self.wire.proxy.check(&region, &proxy::variable)?;
        let settings = Settings {
            region,
            timeout: self.timeout,
            idle_timeout: self.wire.idle_timeout,
            max_answer: self.wire.max_answer,
            slow: self.wire.slow.take(),
            connect_timeout: self.wire.connect_timeout,
            proxy: self.wire.proxy.clone(),
        };
        self.assemble(Box::new(Wire::new(settings)))
    }
}
