//! Building a client.

mod caution;
#[cfg(feature = "http")]
mod http;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use ticktick_models::{Clock, IdSource, Secret, SystemClock};
use ticktick_raw::Transport;
use ticktick_raw::http::{Device, Http, HttpBuilder, Pace, Region, RetryPolicy, Session};

use crate::Error;
use crate::client::{Client, Writes};
use crate::credentials::CredentialSource;
use crate::drift::DriftLog;
use crate::relogin::Relogin;
use crate::sign_on::Authenticator;

/// Configures and builds a [`Client`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use ticktick::{Client, Region};
/// use ticktick::connection::Device;
///
/// let client = Client::builder()
///     .region(Region::TickTick)
///     .device(Device::with_id("66a1b2c3d4e5f60718293a4b"))
///     .timeout(Duration::from_secs(20))
///     .build()?;
/// assert!(client.session().is_none());
/// # Ok::<(), ticktick::Error>(())
/// ```
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder {
    http: HttpBuilder,
    wire: Option<Box<dyn Transport>>,
    source: Option<Arc<dyn CredentialSource>>,
    clock: Arc<dyn Clock>,
    writes: Writes,
    read_only: bool,
    drift: DriftLog,
    #[cfg(feature = "mirror")]
    mirror: Option<crate::mirror::Mirror>,
}

impl Client {
    /// Returns a builder with the default settings.
    ///
    /// ```
    /// use ticktick::{Client, Region};
    ///
    /// let client = Client::builder().region(Region::Dida365).token("0123ABCD").build()?;
    /// assert!(client.session().is_some());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

impl Default for ClientBuilder {
    fn default() -> Self {
        let writes = Writes { tries: RetryPolicy::default().tries, verify: false };
        Self {
            http: Http::builder(),
            wire: None,
            source: None,
            clock: Arc::new(SystemClock),
            writes,
            read_only: false,
            drift: DriftLog::default(),
            #[cfg(feature = "mirror")]
            mirror: None,
        }
    }
}

impl ClientBuilder {
    /// Sets the service region. Defaults to [`Region::TickTick`].
    pub fn region(self, region: Region) -> Self {
        self.http(|http| http.region(region))
    }

    /// Sends all requests to this address instead of the region's hosts, for example to a simulator.
    ///
    /// The address must use HTTPS unless it is on this machine.
    ///
    /// ```
    /// let client = ticktick::Client::builder().base_url("http://127.0.0.1:8571").build()?;
    /// assert!(ticktick::Client::builder().base_url("http://example.com").build().is_err());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn base_url(self, address: impl AsRef<str>) -> Self {
        self.http(|http| http.base_url(address))
    }

    /// Reuses a saved session, so that no sign-in is needed.
    pub fn session(self, session: Session) -> Self {
        self.http(|http| http.session(session))
    }

    /// Uses a session token: the value of the `t` cookie of a signed-in browser.
    pub fn token(self, token: impl Into<Secret>) -> Self {
        self.http(|http| http.token(token))
    }

    /// Sets an access token of the official Open API, which the operations of [`raw::open`](crate::raw::open) need.
    ///
    /// The managers of this crate do not use it.
    ///
    /// ```
    /// let client = ticktick::Client::builder().bearer("tp_0123").build()?;
    /// assert!(client.session().is_none());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn bearer(self, token: impl Into<Secret>) -> Self {
        self.http(|http| http.bearer(token))
    }

    /// Sets the id and secret of an OAuth client, which [`raw::open::exchange_code`](crate::raw::open::exchange_code) needs.
    ///
    /// ```
    /// let client = ticktick::Client::builder().basic("client", "hush").build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn basic(self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.http(|http| http.basic(id, secret))
    }

    /// Keeps a mirror up to date with what the client writes and reads, and records its writes in the mirror's journal.
    ///
    /// A write that cannot be recorded is not sent. If storing the response fails, the call still succeeds. See
    /// [`mirror`](crate::mirror).
    #[cfg(feature = "mirror")]
    pub fn mirror(mut self, mirror: &crate::mirror::Mirror) -> Self {
        self.mirror = Some(mirror.clone());
        self
    }

    /// Signs in automatically when a call finds no session or an expired one.
    ///
    /// Only one call signs in, and only once. Other calls wait for it, and then each call is sent once more. If the
    /// sign-in fails, all these calls and every later call that needs a session return its error. The client does not
    /// sign in again until you call [`Client::login`], [`Client::set_session`] or [`Client::set_token`]. The same
    /// applies after [`Client::logout`], and if the service rejects the new session as well.
    /// [`Credentials`](crate::Credentials) implement [`CredentialSource`].
    ///
    /// ```
    /// use ticktick::{Client, Credentials};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// let credentials = Credentials::new("me@example.com", "secret");
    /// let client = Client::builder().base_url(sim.base_url()).credentials(credentials).build()?;
    /// client.task().list().await?;
    /// # sim.end_sessions();
    /// // The client signs in again when the session has ended.
    /// assert!(client.task().list().await.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    pub fn credentials(mut self, source: impl CredentialSource + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Sets the device identity sent with each request.
    ///
    /// By default every client gets a new one. Reuse one across runs, because the service may flag unknown devices.
    pub fn device(self, device: Device) -> Self {
        self.http(|http| http.device(device))
    }

    /// Sets the `User-Agent` header. Defaults to one that matches the device.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.http(|http| http.user_agent(user_agent))
    }

    /// Sets the total time limit of a call. Defaults to 60 seconds.
    ///
    /// The limit covers every attempt including its whole response. It does not cover the waits between attempts, which
    /// [`RetryPolicy::max_wait`] limits. Downloads have no such limit.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.http(|http| http.timeout(timeout))
    }

    /// Sets when failed calls are retried.
    ///
    /// If the service says how long to wait, for example in `Retry-After`, the client waits that long. If that is
    /// longer than the policy's maximum wait (30 seconds by default), the call fails, and the error contains the wait.
    ///
    /// If the response to a write is lost, the client reads what is stored and repeats the write only if it was not
    /// applied. The policy's number of tries applies to writes, too: with [`RetryPolicy::never`], the client neither
    /// reads nor repeats, and the call fails.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.writes.tries = policy.tries;
        self.http(|http| http.retry(policy))
    }

    /// Sets the minimum interval between calls.
    pub fn pace(self, pace: Pace) -> Self {
        self.http(|http| http.pace(pace))
    }

    /// Replaces the built-in HTTP client, for example with one that imitates a browser's TLS.
    ///
    /// The transport receives requests with all their headers, resolves their addresses with [`Region::url`], and must
    /// not follow redirects. This library still manages the session and retries; the transport is responsible for
    /// timeouts and proxies. Calls are not paced unless [`pace`](Self::pace) is set.
    ///
    /// ```
    /// use ticktick::Client;
    /// use ticktick::raw::{Error, Pending, Request, Response, Transport};
    ///
    /// struct Canned;
    ///
    /// impl Transport for Canned {
    ///     fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
    ///         Box::pin(async { Ok(Response::new(200, "[]")) })
    ///     }
    /// }
    ///
    /// let client = Client::builder().transport(Canned).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.wire = Some(Box::new(transport));
        self
    }

    /// Wraps the transport, for example to record requests or to serve some of them from a cache.
    ///
    /// The layer receives each attempt of a call with all its headers, also when you set your own
    /// [`transport`](Self::transport). Pacing and retries happen outside the layer, so a layer never duplicates them. A
    /// layer added later wraps the earlier ones. The headers contain the session: do not log them. The `record` example
    /// of this crate prints all requests.
    ///
    /// ```
    /// use ticktick::Client;
    /// use ticktick::raw::{Error, Pending, Request, Response, Transport};
    ///
    /// struct Printed<T>(T);
    ///
    /// impl<T: Transport> Transport for Printed<T> {
    ///     fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
    ///         println!("{}", request.operation);
    ///         self.0.send(request)
    ///     }
    /// }
    ///
    /// let client = Client::builder().layer(Printed).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn layer<T: Transport + 'static>(
        self,
        layer: impl FnOnce(Box<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        self.http(|http| http.layer(layer))
    }

    /// If enabled, reads each object back after a write and returns [`Error::FieldLost`] if a field was not stored.
    /// Disabled by default.
    ///
    /// This costs one extra read for each single write, and two when an occurrence of a recurring task is completed.
    /// Writes of a [`TaskBatch`](crate::task::TaskBatch) are not read back.
    pub fn verify_writes(mut self, verify: bool) -> Self {
        self.writes.verify = verify;
        self
    }

    /// Sets the clock, which also provides the times in new ids and change stamps. Defaults to the system clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Builds the client. Does not contact the service.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the base address is neither HTTPS nor on this machine, the device id or the
    /// token is invalid, the session belongs to another region, or the proxy cannot be used, whether it was set here or
    /// in the environment.
    ///
    /// ```
    /// let client = ticktick::Client::builder().build()?;
    /// assert!(client.session().is_none());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn build(self) -> Result<Client, Error> {
        let drift = Arc::new(self.drift);
        let log = Arc::clone(&drift);
        let http = self.http.accept(move |operation, misfits| log.accepts(operation, misfits));
        let http = http.clock(Shared(Arc::clone(&self.clock)));
        let http = match self.wire {
            Some(wire) => http.build_over(wire),
            #[cfg(feature = "http")]
            None => http.build(),
            #[cfg(not(feature = "http"))]
            None => {
                return Err(Error::invalid_input(
                    "no transport\nhint: set one with `ClientBuilder::transport`, or enable the crate's `http` feature",
                ));
            }
        };
        let authenticator = Authenticator::new(http.map_err(Error::setting_up)?, Arc::clone(&self.clock));
        let ids = IdSource::new(Shared(Arc::clone(&self.clock)), entropy());
        let relogin = Relogin::new(authenticator, self.source).read_only(self.read_only);
        let relogin = Arc::new(relogin);
        let wire: Arc<dyn Transport> = Arc::clone(&relogin) as _;
        #[cfg(feature = "mirror")]
        let wire = match self.mirror {
            Some(mirror) => Arc::new(crate::mirror::Watched::new(Arc::clone(&relogin), mirror)),
            None => wire,
        };
        Ok(Client::new(relogin, wire, self.clock, ids, self.writes, drift))
    }

    fn http(mut self, set: impl FnOnce(HttpBuilder) -> HttpBuilder) -> Self {
        self.http = set(self.http);
        self
    }
}

/// Shares one clock between the client, its ids and its HTTP client.
struct Shared(Arc<dyn Clock>);

impl Clock for Shared {
    fn now(&self) -> jiff::Timestamp {
        self.0.now()
    }
}

/// Seeds the ids. They must be unique but need not be secret, so the standard hasher's seed is good enough.
fn entropy() -> [u8; 8] {
    RandomState::new().hash_one(()).to_be_bytes()
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("http", &self.http).finish_non_exhaustive()
    }
}
