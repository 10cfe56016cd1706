//! Sets up a client.

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

use crate::drift::DriftLog;
use crate::relogin::Relogin;
use crate::session::CredentialSource;
use crate::sign_on::Authenticator;
use crate::{Client, Error};

/// Sets up a [`Client`].
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
}

/// How the client writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writes {
    /// How often a write is sent at most.
    pub(crate) tries: u32,
    /// Whether what is stored is compared with what was sent.
    pub(crate) verify: bool,
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
        }
    }
}

impl ClientBuilder {
    /// Chooses the service; TickTick without.
    ///
    /// ```
    /// let client = ticktick::Client::builder().region(ticktick::Region::Dida365).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn region(self, region: Region) -> Self {
        self.http(|http| http.region(region))
    }

    /// Sends everything to one address instead, such as a simulator's.
    ///
    /// ```
    /// let client = ticktick::Client::builder().base_url("http://127.0.0.1:8571").build()?;
    /// assert!(ticktick::Client::builder().base_url("http://example.com").build().is_err());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn base_url(self, address: impl AsRef<str>) -> Self {
        self.http(|http| http.base_url(address))
    }

    /// Goes on with a session that was kept.
    ///
    /// ```
    /// let kept = ticktick::Session::new("0123ABCD");
    /// let client = ticktick::Client::builder().session(kept).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn session(self, session: Session) -> Self {
        self.http(|http| http.session(session))
    }

    /// Goes on with a session of which only the token is known: the cookie `t` of a browser.
    ///
    /// ```
    /// let client = ticktick::Client::builder().token("0123ABCD").build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn token(self, token: impl Into<Secret>) -> Self {
        self.http(|http| http.token(token))
    }

    /// Has the client sign in again by itself when a call finds the session ended, or finds none.
    ///
    /// One call signs in, once, and the others wait for it; then each is sent once more. If the
    /// sign-in fails, its error is that of the call and of every later one that would need it:
    /// nothing is tried again until [`Client::login`], [`Client::set_session`] or
    /// [`Client::set_token`]. The same holds after [`Client::logout`], and where a new session does
    /// not help. [`Credentials`](crate::Credentials) are a source by themselves.
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
    /// // A month later, when the session has ended:
    /// client.task().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn credentials(mut self, source: impl CredentialSource + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// Says what the client is; without, it is a new device each time, which the service dislikes.
    ///
    /// ```
    /// let device = ticktick::connection::Device::with_id("66a1b2c3d4e5f60718293a4b");
    /// let client = ticktick::Client::builder().device(device).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn device(self, device: Device) -> Self {
        self.http(|http| http.device(device))
    }

    /// Sets the `User-Agent`; without, it is what fits the device.
    ///
    /// ```
    /// let client = ticktick::Client::builder().user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0").build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.http(|http| http.user_agent(user_agent))
    }

    /// Sets how long a call may take in all: every attempt with its whole answer, but not the waits between attempts,
    /// which [`RetryPolicy::max_wait`] limits. Defaults to 60 seconds. A download has no such limit.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let client = ticktick::Client::builder().timeout(Duration::from_secs(20)).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn timeout(self, timeout: Duration) -> Self {
        self.http(|http| http.timeout(timeout))
    }

    /// Sets when calls are repeated.
    ///
    /// If the service names a wait, such as in `Retry-After`, it is kept as named. If it is longer than the policy's
    /// longest wait (30 seconds by default), the call ends with the error that names it.
    ///
    /// If the answer to a write is lost, the client reads what is stored and repeats the write only if it was not
    /// carried out. The policy's number of tries applies to writes, too.
    ///
    /// ```
    /// use ticktick::connection::RetryPolicy;
    ///
    /// let client = ticktick::Client::builder().retry(RetryPolicy::never()).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.writes.tries = policy.tries;
        self.http(|http| http.retry(policy))
    }

    /// Sets how fast calls follow each other.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let client = ticktick::Client::builder().pace(ticktick::connection::Pace::every(Duration::from_secs(1))).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn pace(self, pace: Pace) -> Self {
        self.http(|http| http.pace(pace))
    }

    /// Sends through something else than this library's own HTTP, such as a client that imitates a
    /// browser's TLS.
    ///
    /// It gets requests with all their headers, asks [`Region::url`] where they go, and must not
    /// follow redirects. Session and retries stay with this library; timeouts and proxy are
    /// its own business. Calls are not paced unless [`pace`](Self::pace) is set.
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

    /// Wraps what sends the requests, for example to record them or to answer some from a cache.
    ///
    /// The layer gets each attempt of a call as it goes out, with all its headers, also with an own
    /// [`transport`](Self::transport). Pacing and retries are outside, so a layer never doubles them. A layer that is added
    /// later wraps the earlier ones. The headers hold the session: do not write them to a log. The example `record` of this
    /// crate writes a list of all requests.
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

    /// Reads back what each write stored, and makes [`Error::FieldLost`] of a difference; off without.
    ///
    /// It costs one read for each object that is written by itself, and two where an occurrence of a series is finished.
    /// What a [`TaskBatch`](crate::task::TaskBatch) writes is not read back.
    ///
    /// ```
    /// let client = ticktick::Client::builder().verify_writes(true).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn verify_writes(mut self, verify: bool) -> Self {
        self.writes.verify = verify;
        self
    }

    /// Sets the clock, from which ids and times of changes are taken too.
    ///
    /// ```
    /// let noon = "2026-03-01T12:00:00Z".parse().unwrap();
    /// let client = ticktick::Client::builder().clock(ticktick::date::FixedClock(noon)).build()?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the base address is neither HTTPS nor on this machine, the device id or the token is
    /// invalid, the session belongs to another region, or the proxy cannot be used, whether it was set here or in the
    /// environment.
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
                return Err(Error::invalid_input("no transport: set one, or enable the feature `http` of the crate"));
            }
        };
        let authenticator = Authenticator::new(http.map_err(Error::setting_up)?, Arc::clone(&self.clock));
        let ids = IdSource::new(Shared(Arc::clone(&self.clock)), entropy());
        Ok(Client::new(
            Relogin::new(authenticator, self.source).read_only(self.read_only),
            self.clock,
            ids,
            self.writes,
            drift,
        ))
    }

    fn http(mut self, set: impl FnOnce(HttpBuilder) -> HttpBuilder) -> Self {
        self.http = set(self.http);
        self
    }
}

/// One clock for all that asks for the time.
struct Shared(Arc<dyn Clock>);

impl Clock for Shared {
    fn now(&self) -> jiff::Timestamp {
        self.0.now()
    }
}

/// Ids need to differ, not to be secret: the seed of the standard hasher is good enough.
fn entropy() -> [u8; 8] {
    RandomState::new().hash_one(()).to_be_bytes()
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("http", &self.http).finish_non_exhaustive()
    }
}
