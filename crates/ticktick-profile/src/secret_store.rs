//! Where secrets can be kept other than in a file.

use std::fmt;
use std::sync::Arc;

use ticktick::Secret;

/// A store of secrets, such as the system's keyring.
///
/// Errors are texts for people, which must not contain secrets.
///
/// ```
/// use std::collections::HashMap;
/// use std::sync::Mutex;
/// use ticktick::Secret;
/// use ticktick_profile::SecretStore;
///
/// #[derive(Default)]
/// struct Memory(Mutex<HashMap<String, Secret>>);
///
/// impl SecretStore for Memory {
///     fn describe(&self) -> String {
///         "memory".to_owned()
///     }
///     fn get(&self, name: &str) -> Result<Option<Secret>, String> {
///         Ok(self.0.lock().unwrap().get(name).cloned())
///     }
///     fn set(&self, name: &str, secret: &Secret) -> Result<(), String> {
///         self.0.lock().unwrap().insert(name.to_owned(), secret.clone());
///         Ok(())
///     }
///     fn remove(&self, name: &str) -> Result<(), String> {
///         self.0.lock().unwrap().remove(name);
///         Ok(())
///     }
/// }
/// ```
pub trait SecretStore: Send + Sync {
    /// Returns the name of the store for people, such as `the keyring (Secret Service)`.
    fn describe(&self) -> String;

    /// Returns a secret, or `None` if there is none of this name.
    ///
    /// # Errors
    ///
    /// If the store does not answer.
    fn get(&self, name: &str) -> Result<Option<Secret>, String>;

    /// Saves a secret, in place of the one that has the same name.
    ///
    /// # Errors
    ///
    /// If the store does not answer, or does not keep it.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), String>;

    /// Removes a secret, which may not exist.
    ///
    /// # Errors
    ///
    /// If the store does not answer.
    fn remove(&self, name: &str) -> Result<(), String>;
}

/// Which store new sessions are saved in.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Secrets {
    /// The system's keyring if it answers, and the session file otherwise.
    #[default]
    Auto,
    /// The system's keyring only.
    Keyring,
    /// The session file only.
    File,
    /// This store if it answers, and the session file otherwise.
    Custom(Arc<dyn SecretStore>),
}

impl Secrets {
    /// Reads the value of the setting `session-store`.
    pub(crate) fn of_setting(value: Option<&str>) -> Self {
        match value {
            Some("keyring") => Self::Keyring,
            Some("file") => Self::File,
            _ => Self::Auto,
        }
    }

    /// Returns the store, or the reason why there is none, for people. Sessions that are in a store already are read from it
    /// even if new ones are saved in a file.
    ///
    /// # Errors
    ///
    /// If the keyring does not answer.
    pub fn open(&self) -> Result<Arc<dyn SecretStore>, String> {
        match self {
            Self::Custom(store) => Ok(Arc::clone(store)),
            _ => crate::keyring::open(),
        }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "Auto",
            Self::Keyring => "Keyring",
            Self::File => "File",
            Self::Custom(_) => "Custom",
        })
    }
}
