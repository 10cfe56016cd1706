//! The device identity that the client sends.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Error;
use crate::error::SETUP;

/// The browser that the client presents to the service.
///
/// The service expects the same device every time. Store it (it is serializable) and pass it to
/// [`HttpBuilder::device`](super::HttpBuilder::device).
///
/// # Examples
///
/// ```
/// use ticktick_raw::http::Device;
///
/// let device = Device::new();
/// assert_eq!(device.id.len(), 24);
/// assert!(device.user_agent().starts_with("Mozilla/5.0"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Device {
    /// 24 lower-case hexadecimal digits.
    pub id: String,
    /// Build number of the web application.
    pub version: u32,
    /// Operating system, such as `Windows 10` or `macOS 10.15.7`.
    pub os: String,
    /// Browser and version, such as `Chrome 150.0.0.0`.
    pub browser: String,
}

impl Device {
    /// Creates a new device with a random id.
    #[must_use]
    pub fn new() -> Self {
        // The ids known to be accepted look like those of objects created in 2024.
        Self::with_id(format!("66{:022x}", fastrand::u128(..) & ((1 << 88) - 1)))
    }

    /// Creates a device with this id.
    ///
    /// ```
    /// use ticktick_raw::http::Device;
    ///
    /// assert_eq!(Device::with_id("66a1b2c3d4e5f60718293a4b").version, 8121);
    /// ```
    #[must_use]
    pub fn with_id(id: impl Into<String>) -> Self {
        Self { id: id.into(), version: 8121, os: "Windows 10".into(), browser: "Chrome 150.0.0.0".into() }
    }

    /// Returns a matching `User-Agent`.
    #[must_use]
    pub fn user_agent(&self) -> String {
        let system = match self.os.split_once(' ') {
            Some(("macOS", version)) => {
                format!("Macintosh; Intel Mac OS X {}", version.replace('.', "_"))
            }
            Some(("Windows", _)) => "Windows NT 10.0; Win64; x64".into(),
            _ => "X11; Linux x86_64".into(),
        };
        match self.browser.split_once(' ') {
            Some(("Firefox", version)) => {
                format!("Mozilla/5.0 ({system}; rv:{version}) Gecko/20100101 Firefox/{version}")
            }
            _ => format!(
                "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) {} Safari/537.36",
                self.browser.replace(' ', "/")
            ),
        }
    }

    /// Returns the value of the `X-Device` header.
    pub(super) fn header(&self) -> String {
        json!({
            "platform": "web",
            "os": self.os,
            "device": self.browser,
            "name": "",
            "version": self.version,
            "id": self.id,
            "channel": "website",
            "campaign": "",
            "websocket": "",
        })
        .to_string()
    }

    /// Rejects ids that the service is known to refuse, and text that a header cannot hold.
    pub(super) fn checked(self) -> Result<Self, Error> {
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if self.id.len() != 24 || !self.id.bytes().all(hex) {
            return Err(Error::invalid_input(SETUP, "a device id is 24 lower-case hexadecimal digits"));
        }
        let plain = |text: &str| text.bytes().all(|b| (b' '..=b'~').contains(&b));
        if !plain(&self.os) || !plain(&self.browser) {
            return Err(Error::invalid_input(SETUP, "the names of the operating system and the browser must be ASCII"));
        }
        Ok(self)
    }
}

impl Default for Device {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_devices_are_valid_and_differ() {
        let (one, other) = (Device::new().checked().unwrap(), Device::new().checked().unwrap());
        assert_ne!(one.id, other.id);
    }

    #[test]
    fn odd_ids_are_refused() {
        for id in ["", "web_client", "66A1B2C3D4E5F60718293A4B", "66a1b2c3-d4e5-f607-1829-3a4b"] {
            assert!(Device::with_id(id).checked().is_err(), "{id}");
        }
        let mut device = Device::new();
        device.os = "Win\ndows".into();
        assert!(device.checked().is_err());
    }

    #[test]
    fn the_user_agent_fits_the_device() {
        let mut device = Device::new();
        device.os = "macOS 10.15.7".into();
        assert!(device.user_agent().contains("(Macintosh; Intel Mac OS X 10_15_7)"));
        assert!(device.user_agent().contains(" Chrome/150.0.0.0 "));
        device.os = "Linux".into();
        device.browser = "Firefox 145.0".into();
        assert_eq!(device.user_agent(), "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
    }

    #[test]
    fn devices_can_be_kept() {
        let device = Device::new();
        let text = serde_json::to_string(&device).unwrap();
        assert_eq!(serde_json::from_str::<Device>(&text).unwrap(), device);
    }
}
