//! The browser headers that a sign-on requires.

use crate::exchange::call::Call;
use crate::world::maker::is_id;

/// The browser headers that a sign-on requires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SignOnRule {
    /// Requires the device and one of `Origin` and `Referer`; both more and less were reported.
    #[default]
    Usual,
    /// Requires the device, `Origin` and `Referer`.
    Strict,
    /// Requires nothing.
    Lenient,
}

impl SignOnRule {
    /// Lists the missing headers of a request.
    pub(crate) fn missing(self, call: &Call) -> Vec<&'static str> {
        let lacks = |name: &str| call.header(name).is_none_or(str::is_empty);
        let device = call.device();
        let has = |key: &str| device.as_ref().is_some_and(|device| device.contains_key(key));
        let lacks_device = !["platform", "version", "id"].into_iter().all(has);
        let checks = match self {
            Self::Usual => vec![("Origin or Referer", lacks("origin") && lacks("referer")), ("X-Device", lacks_device)],
            Self::Strict => {
                vec![("Origin", lacks("origin")), ("Referer", lacks("referer")), ("X-Device", lacks_device)]
            }
            Self::Lenient => Vec::new(),
        };
        checks.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect()
    }
}

/// Returns `true` if the device id does not have the form that the web app uses.
pub(crate) fn has_odd_device(call: &Call) -> bool {
    let id = call.device().and_then(|device| Some(device.get("id")?.as_str()?.to_owned()));
    !id.is_some_and(|id| is_id(&id))
}
