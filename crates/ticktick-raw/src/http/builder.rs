//! Configures the transport.

#[cfg(feature = "http")]
mod wire;

use std::fmt;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use ticktick_models::{Clock, Misfit, Secret, SystemClock};

#[cfg(feature = "http")]
use self::wire::WireSettings;
use super::device::Device;
use super::pace::{Pace, Paced};
use super::region::Region;
use super::retry::{RetryPolicy, Retrying};
use super::session::{Credentials, Identity, Session, Signed};
use super::sleep::{Sleep, TokioSleep};
use super::{Http, Judge, Layers};
use crate::error::SETUP;
use crate::{Error, Operation, Transport};

/// Configures and builds an [`Http`] transport.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use ticktick_raw::http::{Device, Http, Pace, Region, RetryPolicy};
///
/// # #[cfg(feature = "rustls")] {
/// let transport = Http::builder()
///     .region(Region::Dida365)
///     .device(Device::with_id("66a1b2c3d4e5f60718293a4b"))
///     .time_zone("Asia/Shanghai")
///     .timeout(Duration::from_secs(20))
///     .connect_timeout(Duration::from_secs(5))
///     .proxy("http://127.0.0.1:3128")
///     .retry(RetryPolicy::never())
///     .pace(Pace::every(Duration::from_secs(1)))
///     .token("0123ABCD")
///     .build()?;
/// assert_eq!(transport.region(), &Region::Dida365);
/// # }
/// # Ok::<(), ticktick_raw::Error>(())
/// ```
#[must_use = "a builder does nothing until it builds"]
pub struct HttpBuilder {
    region: Result<Region, Error>,
    device: Option<Device>,
    user_agent: Option<String>,
    time_zone: Option<String>,
    timeout: Duration,
    #[cfg(feature = "http")]
    wire: WireSettings,
    retry: RetryPolicy,
    pace: Option<Pace>,
    credentials: Credentials,
    clock: Arc<dyn Clock>,
    sleep: Arc<dyn Sleep>,
    judge: Option<Judge>,
    layers: Vec<Layer>,
}

/// Wraps the wire.
type Layer = Box<dyn FnOnce(Box<dyn Transport>) -> Box<dyn Transport> + Send + Sync>;

impl Default for HttpBuilder {
    fn default() -> Self {
        Self {
            region: Ok(Region::default()),
            device: None,
            user_agent: None,
            time_zone: None,
            timeout: Duration::from_secs(60),
            #[cfg(feature = "http")]
            wire: WireSettings::default(),
            retry: RetryPolicy::default(),
            pace: None,
            credentials: Credentials::default(),
            clock: Arc::new(SystemClock),
            sleep: Arc::new(TokioSleep),
            judge: None,
            layers: Vec::new(),
        }
    }
}

impl HttpBuilder {
    /// Sets the service region. Defaults to TickTick.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Ok(region);
        self
    }

    /// Sends all requests to one address, such as that of a simulator.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().base_url("http://127.0.0.1:8080").build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn base_url(mut self, address: impl AsRef<str>) -> Self {
        self.region = address.as_ref().parse().map(Region::Custom);
        self
    }

    /// Sets the device identity sent with each request. By default every transport gets a new one; reuse
    /// one across runs, because the service may flag unknown devices.
    pub fn device(mut self, device: Device) -> Self {
        self.device = Some(device);
        self
    }

    /// Sets the `User-Agent` header. Defaults to one that matches the device.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().user_agent("Mozilla/5.0 (X11; Linux x86_64)").build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets the user's time zone, as an IANA name, and sends it with each request. By default none is sent.
    pub fn time_zone(mut self, zone: impl Into<String>) -> Self {
        self.time_zone = Some(zone.into());
        self
    }

    /// Sets the time limit for a call: all attempts with their complete responses, but not the waits between
    /// attempts, which [`RetryPolicy::max_wait`] limits. Defaults to 60 seconds. Downloads have no such
    /// limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets when calls are retried. Defaults to [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the minimum interval between calls. Defaults to [`Pace::polite`] for the real services, and to
    /// [`Pace::unlimited`] for a custom address or connection.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// Resumes a session.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().session(ticktick_raw::http::Session::new("0123ABCD")).build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn session(mut self, session: Session) -> Self {
        self.credentials.session = Some(session);
        self
    }

    /// Resumes a session from its token, the value of the cookie `t`.
    pub fn token(self, token: impl Into<Secret>) -> Self {
        self.session(Session::new(token))
    }

    /// Sets the access token for the official Open API.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().bearer("0123ABCD").build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        self.credentials.bearer = Some(token.into());
        self
    }

    /// Sets the id and secret of an OAuth client.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().basic("client", "hush").build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn basic(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.credentials.basic = Some((id.into(), secret.into()));
        self
    }

    /// Sets the clock used for pacing and for the expiry of cookies. Defaults to the system clock.
    ///
    /// ```
    /// use ticktick_models::FixedClock;
    ///
    /// let clock = FixedClock("2026-03-01T00:00:00Z".parse()?);
    /// let transport = ticktick_raw::http::Http::builder().clock(clock).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets how the transport waits between attempts. Defaults to [`TokioSleep`].
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().sleep(ticktick_raw::http::TokioSleep).build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Arc::new(sleep);
        self
    }

    /// Sets a function that decides whether a response with values that do not fit their types is accepted.
    /// By default every such response is accepted.
    ///
    /// The function receives the position and kind of each such value, never the value itself.
    ///
    /// ```
    /// let builder = ticktick_raw::http::Http::builder().accept(|operation, misfits| {
    ///     println!("{operation}: {} odd values", misfits.len());
    ///     true
    /// });
    /// let transport = builder.build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn accept(mut self, judge: impl Fn(&Operation, &[Misfit]) -> bool + Send + Sync + 'static) -> Self {
        self.judge = Some(Arc::new(judge));
        self
    }

    /// Wraps the connection to the service, for example to record requests or to serve some of them from a cache.
    ///
    /// The layer receives each attempt of a call as it is sent, with all headers. It runs inside pacing and
    /// retries, so it never doubles them. A layer added later wraps the earlier ones. The headers contain
    /// the session: do not log them.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    /// use ticktick_raw::{Error, Pending, Request, Response, Transport, http::Http};
    ///
    /// struct Counted<T>(T, Arc<AtomicUsize>);
    ///
    /// impl<T: Transport> Transport for Counted<T> {
    ///     fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
    ///         self.1.fetch_add(1, Ordering::Relaxed);
    ///         self.0.send(request)
    ///     }
    /// }
    ///
    /// let count = Arc::new(AtomicUsize::new(0));
    /// let counter = Arc::clone(&count);
    /// # #[cfg(feature = "http")]
    /// let transport = Http::builder().base_url("http://127.0.0.1:1").layer(|wire| Counted(wire, counter)).build()?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn layer<T: Transport + 'static>(
        mut self,
        layer: impl FnOnce(Box<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        self.layers.push(Box::new(|wire| Box::new(layer(wire))));
        self
    }

    /// Builds the transport over a custom connection, which receives requests with all headers.
    ///
    /// The connection gets the address of a request from [`Region::url`] and must not follow redirects.
    /// Calls are not paced unless [`pace`](Self::pace) is set, because the connection may not reach the
    /// service at all.
    ///
    /// # Errors
    ///
    /// As for [`build`](Self::build).
    ///
    /// ```
    /// use ticktick_raw::{Error, Pending, Request, Response, Transport, http::Http};
    ///
    /// struct Canned;
    ///
    /// impl Transport for Canned {
    ///     fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
    ///         assert!(request.header("X-Device").is_some());
    ///         Box::pin(async { Ok(Response::new(200, "[]")) })
    ///     }
    /// }
    ///
    /// let transport = Http::builder().build_over(Canned)?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn build_over(mut self, wire: impl Transport + 'static) -> Result<Http, Error> {
        self.pace = Some(self.pace.unwrap_or_else(Pace::unlimited));
        self.assemble(Box::new(wire))
    }

    /// Wraps the connection in the layers.
    fn assemble(self, wire: Box<dyn Transport>) -> Result<Http, Error> {
        let region = self.region?;
        let device = self.device.unwrap_or_default().checked()?;
        if let Some(session) = &self.credentials.session {
            check_session(session, &region)?;
        }
        let unpaced = if region.is_custom() { Pace::unlimited() } else { Pace::polite() };
        let identity = Arc::new(Identity {
            user_agent: self.user_agent.unwrap_or_else(|| device.user_agent()),
            region,
            device,
            time_zone: self.time_zone,
            clock: Arc::clone(&self.clock),
            credentials: RwLock::new(self.credentials),
        });
        let wire = self.layers.into_iter().fold(wire, |wire, layer| layer(wire));
        let signed = Signed { identity: Arc::clone(&identity), wire };
        let pace = self.pace.unwrap_or(unpaced);
        let paced = Paced::new(pace, Arc::clone(&self.clock), Arc::clone(&self.sleep), signed);
        let layers: Layers =
            Retrying { policy: self.retry, limit: self.timeout, clock: self.clock, sleep: self.sleep, inner: paced };
        Ok(Http { identity, layers: Arc::new(layers), judge: self.judge })
    }
}

/// Rejects a malformed token, and a session of another region, because its token must not be sent to other
/// hosts.
pub(super) fn check_session(session: &Session, region: &Region) -> Result<(), Error> {
    let token = session.token.expose();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic() && !b";,\"\\".contains(&byte)) {
        let hint = "pass only the value of the `t` cookie, without its name or other cookies";
        return Err(Error::invalid_input(SETUP, format!("invalid token\nhint: {hint}")));
    }
    match &session.region {
        Some(other) if *other != region.to_string() => Err(Error::invalid_input(
            SETUP,
            format!("the session belongs to {other}, not to {region}\nhint: sign in to {region}"),
        )),
        _ => Ok(()),
    }
}

impl fmt::Debug for HttpBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpBuilder")
            .field("region", &self.region)
            .field("device", &self.device)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}
