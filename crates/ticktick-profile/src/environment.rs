//! The environment variables of the program.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

use crate::error::Error;

/// The environment variables: those of the process, or a fixed set for tests.
///
/// `Debug` prints no values, because one of them may be a token.
///
/// ```
/// use ticktick_profile::Environment;
///
/// let environment = Environment::fixed([("TICKTICK_PROFILE", "work"), ("TICKTICK_REGION", "")]);
/// assert_eq!(environment.get("TICKTICK_PROFILE")?.as_deref(), Some("work"));
/// // An empty variable counts as unset.
/// assert_eq!(environment.get("TICKTICK_REGION")?, None);
/// # Ok::<(), ticktick_profile::Error>(())
/// ```
#[derive(Clone)]
pub struct Environment(Option<BTreeMap<String, OsString>>);

impl Environment {
    /// Returns the variables of this process.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// Returns a fixed set of variables.
    pub fn fixed<K: Into<String>, V: Into<OsString>>(variables: impl IntoIterator<Item = (K, V)>) -> Self {
        Self(Some(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect()))
    }

    /// Returns the value of a variable without surrounding white space, or `None` if it is unset or empty.
    ///
    /// # Errors
    ///
    /// If the value is not valid UTF-8.
    pub fn get(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(value) = self.os(name) else { return Ok(None) };
        let value = value.into_string().map_err(|_| Error::usage(format!("{name} is not valid UTF-8")))?;
        let value = value.trim();
        Ok((!value.is_empty()).then(|| value.to_owned()))
    }

    /// Returns the value of a variable that contains a path, or `None` if it is unset or empty.
    pub(crate) fn os(&self, name: &str) -> Option<OsString> {
        let value = match &self.0 {
            Some(fixed) => fixed.get(name).cloned(),
            None => std::env::var_os(name),
        };
        value.filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("Environment(system)"),
            Some(fixed) => f.debug_tuple("Environment").field(&fixed.keys()).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_shown() {
        let shown = format!("{:?}", Environment::fixed([("TICKTICK_TOKEN", "s3cret")]));
        assert!(shown.contains("TICKTICK_TOKEN") && !shown.contains("s3cret"), "{shown}");
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_text_is_an_error_without_the_value() {
        use std::os::unix::ffi::OsStringExt;

        let environment = Environment::fixed([("TICKTICK_TOKEN", OsString::from_vec(b"s3cret\xff".to_vec()))]);
        let error = environment.get("TICKTICK_TOKEN").unwrap_err().to_string();
        assert!(error.contains("not valid UTF-8") && !error.contains("s3cret"), "{error}");
    }
}
