//! The second factor of a sign-in.

use ticktick_models::{MfaFactors, MfaMethod, RequestMfaCode, Secret};
use ticktick_raw as raw;
use ticktick_raw::http::Session;

#[cfg(feature = "totp")]
use crate::totp::Totp;
use crate::{Client, Error};

/// A sign-in that requires a code from a second factor.
///
/// No call is retried. A rejected code counts as a failed attempt, and failed attempts lock the account. Clone the
/// challenge first if the user may mistype a code.
///
/// # Examples
///
/// ```
/// # async fn example(client: ticktick::Client) -> Result<(), ticktick::Error> {
/// use ticktick::Login;
///
/// let session = match client.login("me@example.com", "secret").await? {
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
    username: Secret,
    id: Secret,
}

impl MfaChallenge {
    pub(crate) fn new(client: Client, username: Secret, id: Secret) -> Self {
        Self { client, username, id }
    }

    /// Completes the sign-in with a code of the authenticator app.
    ///
    /// `POST /api/v2/user/sign/mfa/code/verify`
    ///
    /// # Errors
    ///
    /// Returns [`Error::MfaFailed`] if the code is not accepted, [`Error::LockedOut`] after too many rejected codes,
    /// and [`Error::InvalidInput`] if the code is empty.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(challenge: ticktick::session::MfaChallenge) -> Result<(), ticktick::Error> {
    /// let session = challenge.verify("123 456").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify(self, code: &str) -> Result<Session, Error> {
        self.verify_with(code, MfaMethod::App).await
    }

    /// Completes the sign-in with the secret of the authenticator app.
    ///
    /// Accepts base 32 in any spelling or the `otpauth://` address of a QR code. The code is computed from the client's
    /// clock, so the machine's time must be correct to within half a minute.
    ///
    /// `POST /api/v2/user/sign/mfa/code/verify`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`verify`](Self::verify), and [`Error::InvalidInput`] before anything is sent if the
    /// secret is invalid.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::{Client, Login};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let builder = ticktick_sim::Simulator::builder().account("me@example.com", "secret");
    /// # let sim = builder.mfa("me@example.com", "GEZDGNBVGY3TQOJQ").start().await?;
    /// # let client = Client::builder().base_url(sim.base_url()).build()?;
    /// if let Login::Mfa(challenge) = client.login("me@example.com", "secret").await? {
    ///     challenge.verify_totp("gezd gnbv gy3t qojq").await?;
    /// }
    /// assert!(client.session().is_some());
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "totp")]
    pub async fn verify_totp(self, secret: impl Into<Secret>) -> Result<Session, Error> {
        let code = Totp::read(&secret.into())?.code(self.client.now());
        self.verify(&code).await
    }

    /// Completes the sign-in with a code of the given method.
    ///
    /// Codes of authenticator apps are reported by several sources. Codes sent by e-mail or text message are reported
    /// by only one and have not been observed.
    ///
    /// `POST /api/v2/user/sign/mfa/code/verify`
    ///
    /// # Errors
    ///
    /// Returns the errors of [`verify`](Self::verify).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(challenge: ticktick::session::MfaChallenge) -> Result<(), ticktick::Error> {
    /// use ticktick::session::MfaMethod;
    ///
    /// challenge.send_code(MfaMethod::Mail).await?;
    /// let session = challenge.verify_with("123456", MfaMethod::Mail).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn verify_with(self, code: &str, method: MfaMethod) -> Result<Session, Error> {
        let authenticator = self.client.authenticator();
        let answer = authenticator.verify_mfa(self.username.expose(), &self.id, code, method).await?;
        self.client.signed_in(&answer)
    }

    /// Requests a code by e-mail or text message.
    ///
    /// This call is reported by only one source and has not been observed.
    ///
    /// `POST /api/v2/user/sign/mfa/code`
    ///
    /// # Errors
    ///
    /// Returns [`Error::InvalidInput`] for an authenticator app, because it generates its own codes.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::signed_out(async |builder| {
    /// use ticktick::Login;
    /// use ticktick::session::MfaMethod;
    ///
    /// let client = builder.build()?;
    /// let Login::Mfa(challenge) = client.login("ada@example.com", "secret").await? else { panic!("signed in") };
    /// challenge.send_code(MfaMethod::Mail).await?;
    /// assert!(challenge.verify_with("wrong", MfaMethod::Mail).await.is_err());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn send_code(&self, method: MfaMethod) -> Result<(), Error> {
        if method == MfaMethod::App {
            return Err(Error::invalid_input(
                "codes are not sent to an authenticator app\nhint: enter the code that it shows",
            ));
        }
        let body = RequestMfaCode::new(method);
        let answer = raw::auth::mfa_request_code(self.client.http(), self.id.expose(), &body).await;
        answer.map(drop).map_err(|error| Error::signing_in(error, self.client.now()))
    }

    /// Returns the second factors of the account.
    ///
    /// The shape of the response is reported by one source only, so nothing else in the client depends on it.
    ///
    /// `GET /api/v2/user/sign/mfa/setting`
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::signed_out(async |builder| {
    /// use ticktick::Login;
    ///
    /// let client = builder.build()?;
    /// let Login::Mfa(challenge) = client.login("ada@example.com", "secret").await? else { panic!("signed in") };
    /// assert!(challenge.factors().await?.mfa_type.is_some());
    /// # Ok(())
    /// # });
    /// ```
    pub async fn factors(&self) -> Result<MfaFactors, Error> {
        let answer = raw::auth::mfa_factors(self.client.http(), self.id.expose()).await;
        answer.map_err(|error| Error::signing_in(error, self.client.now()))
    }
}
