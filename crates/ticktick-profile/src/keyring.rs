//! The system's keyring.

use std::sync::Arc;

use crate::secret_store::SecretStore;

/// Connects to the keyring, or returns the reason why there is none.
#[cfg(not(feature = "keyring"))]
pub(crate) fn open() -> Result<Arc<dyn SecretStore>, String> {
    Err("this program was built without support for keyrings".to_owned())
}

#[cfg(feature = "keyring")]
pub(crate) use system::open;

#[cfg(feature = "keyring")]
mod system {
    use std::sync::mpsc::{self, RecvTimeoutError};
    use std::thread;
    use std::time::Duration;

    use keyring_core::{CredentialStore, Entry, Error};
    use ticktick::Secret;

    use super::{Arc, SecretStore};

    /// The name under which users find the entries in their keyring.
    const SERVICE: &str = "ticktick";

    /// Time limit for the keyring. It may ask the user to unlock it, which requires a desktop.
    const PATIENCE: Duration = Duration::from_secs(60);
    const WITHOUT_DESKTOP: Duration = Duration::from_secs(3);

    struct Keyring {
        store: Arc<CredentialStore>,
        name: &'static str,
    }

    pub(crate) fn open() -> Result<Arc<dyn SecretStore>, String> {
        let (store, name) = within_limit(connect)?;
        Ok(Arc::new(Keyring { store, name }))
    }

    #[cfg(target_os = "macos")]
    fn connect() -> Result<(Arc<CredentialStore>, &'static str), Error> {
        Ok((apple_native_keyring_store::keychain::Store::new()?, "the keychain"))
    }

    #[cfg(windows)]
    fn connect() -> Result<(Arc<CredentialStore>, &'static str), Error> {
        Ok((windows_native_keyring_store::Store::new()?, "the Credential Manager"))
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    fn connect() -> Result<(Arc<CredentialStore>, &'static str), Error> {
        Ok((dbus_secret_service_keyring_store::Store::new()?, "the keyring (Secret Service)"))
    }

    #[cfg(not(any(unix, windows)))]
    fn connect() -> Result<(Arc<CredentialStore>, &'static str), Error> {
        Err(Error::NotSupportedByStore("this system has no keyring".to_owned()))
    }

    impl Keyring {
        fn entry<T: Send + 'static>(
            &self,
            name: &str,
            work: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
        ) -> Result<T, String> {
            let entry = self.store.build(SERVICE, name, None).map_err(|error| explain(&error))?;
            within_limit(move || work(&entry))
        }
    }

    impl SecretStore for Keyring {
        fn describe(&self) -> String {
            self.name.to_owned()
        }

        fn get(&self, name: &str) -> Result<Option<Secret>, String> {
            self.entry(name, |entry| match entry.get_password() {
                Ok(secret) => Ok(Some(Secret::from(secret))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            })
        }

        fn set(&self, name: &str, secret: &Secret) -> Result<(), String> {
            let secret = secret.clone();
            self.entry(name, move |entry| entry.set_password(secret.expose()))
        }

        fn remove(&self, name: &str) -> Result<(), String> {
            self.entry(name, |entry| match entry.delete_credential() {
                Err(Error::NoEntry) => Ok(()),
                other => other,
            })
        }
    }

    /// Runs on another thread, because a keyring may wait for a user who does not see its question.
    fn within_limit<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, String> {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || drop(sender.send(work())));
        let limit = if has_desktop() { PATIENCE } else { WITHOUT_DESKTOP };
        match receiver.recv_timeout(limit) {
            Ok(done) => done.map_err(|error| explain(&error)),
            Err(RecvTimeoutError::Timeout) => Err(format!("it did not answer within {} s", limit.as_secs())),
            Err(RecvTimeoutError::Disconnected) => Err("it failed".to_owned()),
        }
    }

    fn has_desktop() -> bool {
        cfg!(any(target_os = "macos", windows))
            || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
    }

    /// Describes an error without its contents, because some errors contain the secret.
    fn explain(error: &Error) -> String {
        match error {
            Error::PlatformFailure(error) => match error.to_string() {
                // libdbus tries to start a bus with the help of a desktop.
                text if text.contains("autolaunch") => "there is no D-Bus session".to_owned(),
                text => text,
            },
            Error::NoStorageAccess(_) => "it is locked, or access was denied".to_owned(),
            Error::NotSupportedByStore(what) => what.clone(),
            Error::TooLong(..) => "the session is too long for it".to_owned(),
            Error::Ambiguous(_) => "it has several entries of this name".to_owned(),
            _ => "it cannot store the session".to_owned(),
        }
    }
    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_machine_without_a_d_bus_session_is_described_in_these_words() {
            let failure = |text: &str| Error::PlatformFailure(text.into());
            let autolaunch = "DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time";
            assert_eq!(explain(&failure(autolaunch)), "there is no D-Bus session");
            assert_eq!(explain(&failure("DBus error: timeout")), "DBus error: timeout");
        }
    }
}
