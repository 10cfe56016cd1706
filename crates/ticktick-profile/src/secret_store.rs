//! Stores for secrets other than a file.

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

    /// Saves a secret, replacing the one with the same name.
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
