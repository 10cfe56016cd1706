//! The store in which sessions are saved.

use std::fmt;
use std::sync::Arc;

use crate::secret_store::SecretStore;

/// The store in which new sessions are saved.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Secrets {
    /// The system's keyring if it is available, and the session file otherwise.
    #[default]
    Auto,
    /// The system's keyring only.
    Keyring,
    /// The session file only.
    File,
    /// This store if it is available, and the session file otherwise.
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

    /// Opens the store. Sessions that are already in a store are read from it even if new ones are saved in a file.
    ///
    /// # Errors
    ///
    /// Returns a message for the user if the keyring does not answer.
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
