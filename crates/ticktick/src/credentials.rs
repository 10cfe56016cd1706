//! Credentials for signing in again.

use ticktick_models::Secret;
use ticktick_raw::Pending;

/// User name, password and optional TOTP secret of an account.
///
/// `Debug` shows none of them.
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
    /// Password of the account.
    pub password: Secret,
    /// Secret of the authenticator app, if the account has a second factor.
    pub totp: Option<Secret>,
}

impl Credentials {
    /// Creates credentials of an account without a second factor.
    #[must_use]
    pub fn new(username: impl Into<Secret>, password: impl Into<Secret>) -> Self {
        Self { username: username.into(), password: password.into(), totp: None }
    }

    /// Adds the secret of the authenticator app: base 32 in any spelling, or an `otpauth://` address.
    ///
    /// Anyone who has both this secret and the password can sign in.
    #[cfg(feature = "totp")]
    #[must_use]
    pub fn totp(mut self, secret: impl Into<Secret>) -> Self {
        self.totp = Some(secret.into());
        self
    }
}

/// Provides credentials when a session has expired, for example from a key chain.
///
/// The client calls the source each time it needs credentials. The source must not use the same client, because the
/// client waits for the source.
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
    /// Returns the credentials of the client's account.
    ///
    /// # Errors
    ///
    /// Returns why the credentials are unavailable. The text becomes part of an [`Error`](crate::Error), so it must not
    /// contain secrets.
    fn credentials<'a>(&'a self) -> Pending<'a, Result<Credentials, SourceError>>;
}

/// The reason why a [`CredentialSource`] has no credentials.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

impl CredentialSource for Credentials {
    fn credentials<'a>(&'a self) -> Pending<'a, Result<Credentials, SourceError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
