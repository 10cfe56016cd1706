//! Signing in and out, the second factor, and sessions that outlive a process.
//!
//! [`Client::login`] signs in once. A client that has [`Credentials`] or another [`CredentialSource`] signs in by itself when
//! its session has expired. Passwords, codes and tokens are [`Secret`]s: `Debug` hides them.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
//! # let me = ticktick::session::Credentials::new("me@example.com", "secret");
//! # let client = ticktick::Client::builder().base_url(sim.base_url()).credentials(me).build()?;
//! use ticktick::Client;
//!
//! client.user().status().await?;
//! let session = client.session().ok_or("not signed in")?;
//!
//! // A later run needs no password.
//! let client = Client::builder().base_url(sim.base_url()).session(session).build()?;
//! assert!(client.task().list().await?.is_empty());
//! # Ok(())
//! # }
//! ```

use ticktick_models::{Answer, Json, UserStatus};
use ticktick_raw as raw;
#[doc(inline)]
pub use ticktick_raw::http::Session;

pub use crate::credentials::{CredentialSource, Credentials, SourceError};
pub use crate::login::Login;
pub use crate::mfa::MfaChallenge;
use crate::{Client, Error};
#[doc(inline)]
pub use ticktick_models::{DeviceInfo, LoginSession, MfaFactors, MfaMethod, Secret};

impl Client {
    /// Returns the session as it is now, or none before a sign-in.
    ///
    /// It can be kept, by serde; that text is as secret as a password. The service renews sessions now
    /// and then, so keep it again after work, and hand it to
    /// [`ClientBuilder::session`](crate::ClientBuilder::session) the next time.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::{Client, Session};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::builder().token("0123ABCD").build()?;
    /// let kept = serde_json::to_string(&client.session())?;
    ///
    /// let session: Option<Session> = serde_json::from_str(&kept)?;
    /// if let Some(session) = session {
    ///     let client = Client::builder().session(session).build()?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        self.http().session()
    }

    /// Goes on with a session that was kept; the one before is not ended.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if its token cannot be one, or it belongs to another region.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::{Client, Session};
    ///
    /// let client = Client::builder().build()?;
    /// client.set_session(Session::new("0123ABCD"))?;
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn set_session(&self, session: Session) -> Result<(), Error> {
        self.http().set_session(session).map_err(Error::setting_up)?;
        self.forget();
        self.relogin().arm();
        Ok(())
    }

    /// Goes on with a session of which only the token is known: the cookie `t` of a browser.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if it cannot be a token.
    ///
    /// # Examples
    ///
    /// ```
    /// let client = ticktick::Client::builder().build()?;
    /// client.set_token("0123ABCD")?;
    /// assert!(client.set_token("t=0123ABCD; other=1").is_err());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn set_token(&self, token: impl Into<Secret>) -> Result<(), Error> {
        self.set_session(Session::new(token))
    }

    /// Checks whether the session holds, by the cheapest call there is.
    ///
    /// `GET /api/v2/user/status`
    ///
    /// # Errors
    ///
    /// [`Error::SessionExpired`] if it does not, and there are no
    /// [credentials](crate::ClientBuilder::credentials) to renew it with.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("user {}", client.check_session().await?.user_id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn check_session(&self) -> Result<UserStatus, Error> {
        let status = raw::user::status(self.wire()).await?;
        self.remember_inbox(Some(&status.inbox_id));
        Ok(status)
    }

    /// Signs out: ends the session, at the service and here.
    ///
    /// No call signs in again by itself after that, until [`login`](Self::login),
    /// [`set_session`](Self::set_session) or [`set_token`](Self::set_token).
    ///
    /// `GET /signout` on the web host
    ///
    /// # Errors
    ///
    /// If the service cannot be reached; the client has forgotten the session even then.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// client.logout().await?;
    /// assert!(client.session().is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn logout(&self) -> Result<(), Error> {
        let answer = self.relogin().sign_out().await;
        self.forget();
        match answer {
            // What has ended already needs no end.
            Err(error) if error.is_session_expired() => Ok(()),
            answer => Ok(answer?),
        }
    }

    /// Lists the devices on which the account is signed in, this one among them.
    ///
    /// `GET /api/v2/user/sessions`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// for session in client.sessions().await? {
    ///     println!("{:?}", session.device_info);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn sessions(&self) -> Result<Answer<Vec<LoginSession>>, Error> {
        let options = raw::auth::ListSessionsOptions::default().lang("en_US");
        Ok(raw::auth::list_sessions(self.wire(), &options).await?)
    }

    /// Returns the settings of the second factor, as JSON: no answer is on record.
    ///
    /// `GET /api/v2/user/mfa`
    ///
    /// # Errors
    ///
    /// [`Error`] tells what was refused, where, and what to do next.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("{}", client.mfa_setting().await?.as_str());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn mfa_setting(&self) -> Result<Json, Error> {
        Ok(raw::auth::mfa_setting(self.wire()).await?)
    }
}
