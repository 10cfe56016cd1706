//! Where a client gets what it signs in again with.

use ticktick_models::Secret;
use ticktick_raw::Pending;

/// What an account is signed in with.
///
/// `Debug` shows none of it.
///
/// # Examples
///
/// ```
/// use ticktick::{Client, Credentials};
///
/// let credentials = Credentials::new("me@example.com", "secret").totp("GEZD GNBV GY3T QOJQ");
/// assert!(!format!("{credentials:?}").contains("secret\""));
/// let client = Client::builder().credentials(credentials).build()?;
/// # Ok::<(), ticktick::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials {
    /// E-mail address of the account.
    pub username: Secret,
    /// Its password.
    pub password: Secret,
    /// Secret of the authenticator app, where the account has a second factor.
    pub totp: Option<Secret>,
}

impl Credentials {
    /// Takes name and password of an account without a second factor.
    ///
    /// ```
    /// let credentials = ticktick::Credentials::new("me@example.com", "secret");
    /// assert_eq!(credentials.totp, None);
    /// ```
    #[must_use]
    pub fn new(username: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        Self { username: username.into(), password: password.into(), totp: None }
    }

    /// Adds the secret of the authenticator app: base 32 in any spelling, or an `otpauth://` address.
    ///
    /// Whoever holds it together with the password needs nothing else to sign in.
    ///
    /// ```
    /// let credentials = ticktick::Credentials::new("me@example.com", "secret").totp("gezd gnbv gy3t qojq");
    /// assert!(credentials.totp.is_some());
    /// ```
    #[cfg(feature = "totp")]
    #[must_use]
    pub fn totp(mut self, secret: impl Into<Secret>) -> Self {
        self.totp = Some(secret.into());
        self
    }
}

/// Hands out the credentials when a session has ended, such as from a key chain.
///
/// It is asked each time anew, and only while a call waits for it. It must not use the client that it
/// serves: that client waits for it.
///
/// # Examples
///
/// ```
/// use ticktick::raw::Pending;
/// use ticktick::{Client, Credentials};
/// use ticktick::session::{CredentialSource, SourceError};
///
/// struct Environment;
///
/// impl CredentialSource for Environment {
///     fn credentials<'a>(&'a self) -> Pending<'a, Result<Credentials, SourceError>> {
///         Box::pin(async {
///             Ok(Credentials::new(std::env::var("TICKTICK_USER")?, std::env::var("TICKTICK_PASSWORD")?))
///         })
///     }
/// }
///
/// let client = Client::builder().credentials(Environment).build()?;
/// # Ok::<(), ticktick::Error>(())
/// ```
pub trait CredentialSource: Send + Sync {
    /// Returns the credentials of the account that the client works with.
    ///
    /// # Errors
    ///
    /// Whatever keeps them from being had; its text becomes part of an [`Error`](crate::Error), so it
    /// must hold no secret.
    fn credentials<'a>(&'a self) -> Pending<'a, Result<Credentials, SourceError>>;
}

/// Why a [`CredentialSource`] has no credentials.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

impl CredentialSource for Credentials {
    fn credentials<'a>(&'a self) -> Pending<'a, Result<Credentials, SourceError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
