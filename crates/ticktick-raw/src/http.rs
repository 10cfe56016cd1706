//! The transport that talks to the real service.
//!
//! A request passes through these layers, in this order: retries, pacing, authentication, and the HTTP
//! connection.
//!
//! The transport needs a Tokio runtime with I/O and time enabled. Outside one, a call fails with
//! [`Error::InvalidInput`].

mod builder;
#[cfg(feature = "http")]
mod client;
mod cookies;
mod device;
mod pace;
#[cfg(feature = "http")]
mod proxy;
mod region;
mod retry;
mod session;
mod sleep;

use std::fmt;
use std::sync::Arc;

use ticktick_models::{Misfit, Secret};

pub use builder::HttpBuilder;
pub use device::Device;
pub use pace::Pace;
pub use region::{BaseUrl, Region};
pub use retry::{Decision, Outcome, RetryPolicy};
pub use session::Session;
pub use sleep::{Sleep, TokioSleep};

use crate::{Error, Operation, Pending, Request, Response, Transport};
use pace::Paced;
use retry::Retrying;
use session::{Identity, Signed};

/// Decides whether values that do not fit their types are accepted.
type Judge = Arc<dyn Fn(&Operation, &[Misfit]) -> bool + Send + Sync>;

type Layers = Retrying<Paced<Signed<Box<dyn Transport>>>>;

/// Sends requests to the service over HTTPS.
///
/// Clones share their connections and session. The transport updates the session from the service's cookies
/// and sends it only to hosts of its region. It does not follow redirects.
///
/// # Examples
///
/// ```no_run
/// use ticktick_raw::{Call, Method, Operation, http::Http};
///
/// # async fn example() -> Result<(), ticktick_raw::Error> {
/// let transport = Http::builder().token("0123ABCD").build()?;
/// let call = Call::new(Operation::unlisted(Method::Get)).at("/api/v2/user/status");
/// println!("{}", call.text(&transport).await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Http {
    identity: Arc<Identity>,
    layers: Arc<Layers>,
    judge: Option<Judge>,
}

impl Http {
    /// Returns a builder for a transport.
    pub fn builder() -> HttpBuilder {
        HttpBuilder::default()
    }

    /// Returns the service region.
    ///
    /// ```
    /// use ticktick_raw::http::{Http, Region};
    ///
    /// assert_eq!(Http::builder().build()?.region(), &Region::TickTick);
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.identity.region
    }

    /// Returns the device identity. Store it and reuse it across runs.
    ///
    /// ```
    /// use ticktick_raw::http::{Device, Http};
    ///
    /// let device = Device::new();
    /// assert_eq!(Http::builder().device(device.clone()).build()?.device(), &device);
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    #[must_use]
    pub fn device(&self) -> &Device {
        &self.identity.device
    }

    /// Returns the current session. You can store it to stay signed in across runs; treat it like a
    /// password.
    ///
    /// ```
    /// let transport = ticktick_raw::http::Http::builder().token("0123ABCD").build()?;
    /// assert!(transport.session().is_some());
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        let session = self.identity.read(|credentials| credentials.session.clone());
        session.map(|session| Session { region: Some(self.region().to_string()), ..session })
    }

    /// Replaces the session. `None` removes it locally without contacting the service.
    ///
    /// # Errors
    ///
    /// If the token is malformed or the session belongs to another region.
    ///
    /// ```
    /// use ticktick_raw::http::{Http, Session};
    ///
    /// let transport = Http::builder().build()?;
    /// transport.set_session(Session::new("0123ABCD"))?;
    /// assert!(transport.session().is_some());
    /// transport.set_session(None)?;
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn set_session(&self, session: impl Into<Option<Session>>) -> Result<(), Error> {
        let session = session.into();
        if let Some(session) = &session {
            builder::check_session(session, self.region())?;
        }
        self.identity.write(|credentials| credentials.session = session);
        Ok(())
    }

    /// Replaces the access token for the official Open API.
    ///
    /// ```
    /// use ticktick_models::Secret;
    ///
    /// let transport = ticktick_raw::http::Http::builder().build()?;
    /// transport.set_bearer(Secret::new("0123ABCD"));
    /// # Ok::<(), ticktick_raw::Error>(())
    /// ```
    pub fn set_bearer(&self, token: impl Into<Option<Secret>>) {
        let token = token.into();
        self.identity.write(|credentials| credentials.bearer = token);
    }
}

impl Transport for Http {
    fn send<'a>(&'a self, request: Request) -> Pending<'a, Result<Response, Error>> {
        self.layers.send(request)
    }

    fn accepts(&self, operation: &Operation, misfits: &[Misfit]) -> bool {
        self.judge.as_ref().is_none_or(|judge| judge(operation, misfits))
    }

    fn can_stream(&self) -> bool {
        self.layers.can_stream()
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("region", self.region()).field("device", self.device()).finish_non_exhaustive()
    }
}
