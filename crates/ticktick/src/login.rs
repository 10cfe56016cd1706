//! Signing in with a password.

use ticktick_models::{Secret, SignOnAnswer};
use ticktick_raw::http::Session;
use ticktick_raw::{self as raw, op};

use crate::mfa::MfaChallenge;
use crate::workaround::mfa_answer_is_200;
use crate::{Client, Error};

/// The result of a sign-in.
#[derive(Clone, Debug)]
#[must_use = "a sign-in may wait for a second factor"]
pub enum Login {
    /// Signed in. Save the session and pass it to [`ClientBuilder::session`] next time.
    ///
    /// [`ClientBuilder::session`]: crate::ClientBuilder::session
    Done(Session),
    /// The account requires a second factor.
    Mfa(MfaChallenge),
}

impl Login {
    /// Returns the session, or an error if the account requires a second factor.
    ///
    /// # Errors
    ///
    /// Returns [`Error::MfaRequired`] for [`Login::Mfa`]. To answer the challenge, match on the `Login` instead, or
    /// give the client [`Credentials::totp`](crate::Credentials::totp).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// let client = ticktick::Client::builder().base_url(sim.base_url()).build()?;
    /// let session = client.login("me@example.com", "secret").await?.into_session()?;
    /// assert_eq!(client.session(), Some(session));
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_session(self) -> Result<Session, Error> {
        match self {
            Self::Done(session) => Ok(session),
            Self::Mfa(_) => {
                let why = "the account requires a second factor; match on `Login::Mfa` to enter its code";
                Err(Error::MfaRequired(raw::Error::custom(&op::AUTH_SIGN_ON, why)))
            }
        }
    }
}

impl Client {
    /// Signs in with a password.
    ///
    /// Contacts the service once and never retries, because failed attempts lock the account. A successful sign-in
    /// replaces the client's session but does not end the previous one on the service.
    ///
    /// While the account is locked, `login` fails locally without contacting the service. To override this, build a new
    /// client. If the service reports that no attempt is left, the client treats the user name as locked.
    ///
    /// `POST /api/v2/user/signon`
    ///
    /// # Errors
    ///
    /// Returns [`Error::WrongPassword`], [`Error::LockedOut`], [`Error::Captcha`] or [`Error::ClientRefused`], or
    /// [`Error::InvalidInput`] if the user name or the password is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::signed_out(async |builder| {
    /// use ticktick::Login;
    ///
    /// let client = builder.build()?;
    /// match client.login("me@example.com", "secret").await? {
    ///     Login::Done(session) => println!("signed in: {session:?}"),
    ///     Login::Mfa(challenge) => drop(challenge.verify("123456").await?),
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub async fn login(&self, username: impl Into<Secret>, password: impl Into<Secret>) -> Result<Login, Error> {
        let (username, password) = (username.into(), password.into());
        let answer = self.authenticator().sign_on(username.expose(), &password).await?;
        match mfa_answer_is_200::pending(&answer) {
            Some(id) => Ok(Login::Mfa(MfaChallenge::new(self.clone(), username, id.clone()))),
            None => Ok(Login::Done(self.signed_in(&answer)?)),
        }
    }

    /// Returns the time until which [`login`](Self::login) rejects a user name without contacting the service, or
    /// `None` if it is not locked.
    ///
    /// The service locks an account after too many failed sign-ins. A program that exits between two attempts should
    /// save this time and not sign in before it.
    ///
    /// # Examples
    ///
    /// ```
    /// let client = ticktick::Client::builder().build()?;
    /// assert_eq!(client.locked_until("me@example.com"), None);
    /// # Ok::<(), ticktick::Error>(())
    /// ```
    #[must_use]
    pub fn locked_until(&self, username: &str) -> Option<jiff::Timestamp> {
        self.authenticator().locked_until(username)
    }

    /// Installs the session of a successful sign-in.
    pub(crate) fn signed_in(&self, answer: &SignOnAnswer) -> Result<Session, Error> {
        let session = self.authenticator().take_over(answer)?;
        self.forget();
        self.remember_inbox(answer.inbox_id.get());
        self.relogin().arm();
        Ok(session)
    }
}
