//! Signing in and out.

use ticktick_models::{MfaMethod, Secret, SignOn, SignOnAnswer, UserStatus, VerifyMfa};
use ticktick_raw as raw;
use ticktick_raw::http::Session;

use crate::workaround::mfa_answer_is_200;
use crate::{Client, Error};

/// How far a sign-in got.
#[derive(Clone, Debug)]
#[must_use = "a sign-in may wait for a second factor"]
pub enum Login {
    /// Signed in. Keep the session and hand it to [`ClientBuilder::session`] the next time.
    ///
    /// [`ClientBuilder::session`]: crate::ClientBuilder::session
    Done(Session),
    /// The account wants a second factor.
    Mfa(MfaChallenge),
}

/// A sign-in that waits for a code of the second factor.
///
/// # Examples
///
/// ```
/// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
/// use ticktick::Login;
///
/// let session = match client.login("me@example.com", &"secret".into()).await? {
///     Login::Done(session) => session,
///     Login::Mfa(challenge) => challenge.verify("123456").await?,
/// };
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a challenge waits for its code"]
pub struct MfaChallenge {
    client: Client,
    id: Secret,
}

impl MfaChallenge {
    /// Completes the sign-in with a code of the authenticator app.
    ///
    /// Clone the challenge first if the code may be mistyped. It is never answered twice, and no
    /// sign-in is begun, by itself.
    ///
    /// # Errors
    ///
    /// [`Error::MfaFailed`] if the code is not accepted.
    pub async fn verify(self, code: &str) -> Result<Session, Error> {
        // People read codes in two groups, and type them so.
        let code: String = code.split_whitespace().collect();
        let body = VerifyMfa::new(code, MfaMethod::App);
        let answer = raw::auth::mfa_verify(self.client.http(), self.id.expose(), &body).await;
        let answer = answer.map_err(|error| self.failed(error))?;
        self.client.signed_in(&answer)
    }

    /// Takes every refusal for a failed factor, because no code for it is on record.
    fn failed(&self, error: raw::Error) -> Error {
        match Error::signing_in(error, self.client.now()) {
            Error::WrongPassword { source, .. } | Error::MfaRequired(source) => Error::MfaFailed(source),
            Error::Raw(source) if source.as_api().is_some() && !source.is_retryable() => Error::MfaFailed(source),
            other => other,
        }
    }
}

impl Client {
    /// Signs in with a password.
    ///
    /// Calls the service once and never by itself again: failed tries lock the account. A session
    /// that the client has is replaced if this one works, and not ended.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPassword`], [`Error::LockedOut`], [`Error::Captcha`] or
    /// [`Error::ClientRefused`], each with its remedy in the text; [`Error::Build`] without a name
    /// or a password.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::{Client, Login};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = ticktick_sim::Simulator::builder().account("me@example.com", "secret").start().await?;
    /// let client = Client::builder().base_url(sim.base_url()).build()?;
    /// match client.login("me@example.com", &"secret".into()).await? {
    ///     Login::Done(session) => println!("keep {session:?}"),
    ///     Login::Mfa(challenge) => drop(challenge.verify("123456").await?),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn login(&self, username: &str, password: &Secret) -> Result<Login, Error> {
        if username.is_empty() || password.expose().is_empty() {
            // It would cost one of the few tries before the account is locked.
            return Err(Error::build("a sign-in needs a user name and a password"));
        }
        let mut body = SignOn::new(password.clone());
        body.username = Secret::from(username).into();
        let mut options = raw::auth::SignOnOptions::default();
        options.wc = Some(true);
        options.remember = Some(true);
        let answer = raw::auth::sign_on(self.http(), &body, &options).await;
        let answer = answer.map_err(|error| Error::signing_in(error, self.now()))?;
        match mfa_answer_is_200::pending(&answer) {
            Some(id) => Ok(Login::Mfa(MfaChallenge { client: self.clone(), id: id.clone() })),
            None => Ok(Login::Done(self.signed_in(&answer)?)),
        }
    }

    /// Signs out: ends the session, at the service and here.
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
        if self.session().is_none() {
            return Ok(());
        }
        let answer = raw::auth::sign_out(self.http()).await;
        self.http().set_session(None)?;
        self.forget();
        match answer {
            // What has ended already needs no end.
            Err(error) if error.is_session_expired() => Ok(()),
            answer => Ok(answer?),
        }
    }

    /// Checks whether the session holds, by the cheapest call there is.
    ///
    /// # Errors
    ///
    /// [`Error::SessionExpired`] if it does not.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
    /// println!("user {}", client.verify().await?.user_id);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify(&self) -> Result<UserStatus, Error> {
        let status = raw::user::status(self.http()).await?;
        self.remember_inbox(Some(&status.inbox_id));
        Ok(status)
    }

    /// Takes over a session that has just begun.
    fn signed_in(&self, answer: &SignOnAnswer) -> Result<Session, Error> {
        self.forget();
        self.remember_inbox(answer.inbox_id.get());
        let held = self.session();
        match (&held, answer.token.get()) {
            // The answer's cookie has come in already, perhaps with more than the token.
            (Some(session), Some(token)) if session.token == *token => Ok(session.clone()),
            (_, Some(token)) => {
                let session = Session::new(token.clone());
                self.http().set_session(session.clone())?;
                Ok(session)
            }
            (_, None) => Err(Error::Unsupported {
                what: "this answer to a sign-in",
                why: "It holds neither a session nor a challenge. Sign in with a browser and hand \
                      over the cookie `t`."
                    .into(),
            }),
        }
    }
}
