//! Signing in and out, the second factor, and saved sessions.
//!
//! [`Client::login`] signs in once. A client with [`Credentials`] or another [`CredentialSource`] signs in again
//! automatically when its session has expired. Passwords, codes and tokens are [`Secret`]s: `Debug` hides them.
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
    /// Returns the current session, or `None` if the client is not signed in.
    ///
    /// You can save a session with serde; protect the saved text like a password. The service renews sessions from time
    /// to time, so save the session again after use, and pass it to
    /// [`ClientBuilder::session`](crate::ClientBuilder::session) next time.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::signed_out(async |builder| {
    /// use ticktick::Session;
    ///
    /// let client = builder.build()?;
    /// client.login("me@example.com", "secret").await?.into_session()?;
    /// let kept = serde_json::to_string(&client.session())?;
    ///
    /// // The next run starts with the kept session.
    /// let session: Option<Session> = serde_json::from_str(&kept)?;
    /// assert_eq!(session, client.session());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn session(&self) -> Option<Session> {
        self.http().session()
    }

    /// Replaces the session with a saved one. Does not end the previous session on the service.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the token is malformed or the session belongs to another region.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::{Client, Session};
    ///
    /// let client = Client::builder().build()?;
    /// client.set_session(Session::new("0123ABCD"))?;
    /// assert!(client.session().is_some());
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    pub fn set_session(&self, session: Session) -> Result<(), Error> {
        self.http().set_session(session).map_err(Error::setting_up)?;
        self.forget();
        self.relogin().arm();
        Ok(())
    }

    /// Replaces the session with a token: the value of the `t` cookie of a signed-in browser.
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] if the token is malformed.
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

    /// Checks whether the session is valid, with the cheapest call of the service.
    ///
    /// `GET /api/v2/user/status`
    ///
    /// Returns [`Error::SessionExpired`] if the session is invalid and the client has no
    /// [credentials](crate::ClientBuilder::credentials) to renew it.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let status = client.check_session().await?;
    /// assert!(!status.user_id.is_empty());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn check_session(&self) -> Result<UserStatus, Error> {
        let status = raw::user::status(self.wire()).await?;
        self.remember_inbox(Some(&status.inbox_id));
        Ok(status)
    }

    /// Signs out: ends the session on the service and removes it from the client.
    ///
    /// The client does not sign in automatically afterwards until you call [`login`](Self::login),
    /// [`set_session`](Self::set_session) or [`set_token`](Self::set_token).
    ///
    /// `GET /signout` on the web host
    ///
    /// # Errors
    ///
    /// Returns an error if the service cannot be reached. Even then, the client has removed the session.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::signed_out(async |builder| {
    /// # let client = builder.build()?;
    /// # client.login("me@example.com", "secret").await?.into_session()?;
    /// client.logout().await?;
    /// assert!(client.session().is_none());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn logout(&self) -> Result<(), Error> {
        let answer = self.relogin().sign_out().await;
        self.forget();
        match answer {
            // An expired session does not have to be ended.
            Err(error) if error.is_session_expired() => Ok(()),
            answer => Ok(answer?),
        }
    }

    /// Lists the devices on which the account is signed in, including this one.
    ///
    /// `GET /api/v2/user/sessions`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let sessions = client.sessions().await?;
    /// assert_eq!(sessions.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    pub async fn sessions(&self) -> Result<Answer<Vec<LoginSession>>, Error> {
        let options = raw::auth::ListSessionsOptions::default().lang("en_US");
        Ok(raw::auth::list_sessions(self.wire(), &options).await?)
    }

    /// Returns the settings of the second factor as JSON, because their structure has not been observed.
    ///
    /// `GET /api/v2/user/mfa`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// let setting = client.mfa_setting().await?;
    /// assert_eq!(setting.kind(), "object");
    /// # Ok(())
    /// # });
    /// ```
    pub async fn mfa_setting(&self) -> Result<Json, Error> {
        Ok(raw::auth::mfa_setting(self.wire()).await?)
    }
}
