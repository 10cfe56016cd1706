//! Names of profiles.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

const DEFAULT: &str = "default";
const LONGEST: usize = 40;

/// The name of a profile: up to 40 ASCII letters, digits, `.`, `-` and `_`, starting with a letter or digit.
///
/// ```
/// use ticktick_profile::ProfileName;
///
/// let name: ProfileName = "work".parse()?;
/// assert!(!name.is_default());
/// assert_eq!(ProfileName::default().as_str(), "default");
/// assert!("../work".parse::<ProfileName>().is_err());
/// # Ok::<(), ticktick_profile::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProfileName(Box<str>);

impl ProfileName {
    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this is the profile that is used if no other is selected.
    #[must_use]
    pub fn is_default(&self) -> bool {
        &*self.0 == DEFAULT
    }
}

impl Default for ProfileName {
    /// Returns the profile `default`, which always exists.
    fn default() -> Self {
        Self(DEFAULT.into())
    }
}

impl FromStr for ProfileName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if starts && text.len() <= LONGEST && text.chars().all(plain) {
            return Ok(Self(text.into()));
        }
        Err(Error::usage("invalid profile name").hint("use up to 40 letters, digits, `.`, `-` and `_`, such as `work`"))
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
