//! The settings and their possible values.

use std::time::Duration;

use jiff::SignedDuration;
use ticktick::{Region, raw};

use crate::error::{Error, ErrorKind};
use crate::name::ProfileName;

/// A setting, which has the same name in files, on the command line and in variables.
///
/// ```
/// use ticktick_profile::Setting;
///
/// let setting = Setting::find("max-age")?;
/// assert_eq!(setting.variable(), "TICKTICK_MAX_AGE");
/// assert_eq!(setting.default, Some("30s"));
/// assert!(Setting::find("max-ag").unwrap_err().to_string().contains("max-age"));
/// # Ok::<(), ticktick_profile::Error>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Setting {
    /// Name, such as `max-age`.
    pub name: &'static str,
    /// Description in one sentence.
    pub about: &'static str,
    /// The default value, if there is one.
    pub default: Option<&'static str>,
    /// Whether a project file can set it. Settings that determine servers and sessions cannot be set there, because a project
    /// file may come from somebody else.
    pub shared: bool,
    pub(crate) kind: Kind,
}

/// The possible values of a setting.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    Flag,
    Choice(&'static [&'static str]),
    Time,
    Address,
    Profile,
}

const fn setting(name: &'static str, kind: Kind, about: &'static str) -> Setting {
    Setting { name, about, default: None, shared: true, kind }
}

impl Setting {
    const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    const fn private(mut self) -> Self {
        self.shared = false;
        self
    }
}

/// All settings, in the order in which they are listed.
pub const SETTINGS: &[Setting] = &[
    setting("profile", Kind::Profile, "Profile to use").or("default").private(),
    setting("region", Kind::Choice(&["ticktick", "dida365"]), "Service region of the account").or("ticktick").private(),
    setting("base-url", Kind::Address, "Server to use instead of that of the region").private(),
    setting("account", Kind::Text, "User name or e-mail address to sign in with").private(),
    setting("session-store", Kind::Choice(&["auto", "keyring", "file"]), "Where sessions are saved")
        .or("auto")
        .private(),
    setting("read-only", Kind::Flag, "Refuse every operation that may change the account").or("false"),
    setting("project", Kind::Text, "Project of new tasks"),
    setting("max-age", Kind::Time, "Age at which the mirror is refreshed before it is read").or("30s"),
    setting("date-order", Kind::Choice(&["dmy", "mdy"]), "Order of day and month in dates such as 3/4"),
    setting("week-start", Kind::Choice(&["monday", "sunday", "saturday"]), "First day of the week"),
    setting("keep-text", Kind::Flag, "Keep recognized words in the titles of quickly added tasks").or("false"),
    setting("color", Kind::Choice(&["auto", "always", "never"]), "When to use colors").or("auto"),
    setting(
        "output",
        Kind::Choice(&["table", "json", "ndjson", "csv", "tsv", "md", "ids"]),
        "Output format of commands that do not name one",
    ),
];

impl Setting {
    /// Finds a setting by its name.
    ///
    /// # Errors
    ///
    /// If there is no such setting. The candidates are those with a similar name.
    pub fn find(name: &str) -> Result<&'static Self, Error> {
        SETTINGS.iter().find(|setting| setting.name == name).ok_or_else(|| {
            let near = similar(name);
            let hint = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`ticktick config list` lists the settings".to_owned(),
            };
            let name: String = name.chars().take(40).collect();
            Error::new(ErrorKind::NotFound, format!("there is no setting `{name}`")).hint(hint).candidates(near)
        })
    }

    /// Returns the name of its environment variable, such as `TICKTICK_MAX_AGE`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("TICKTICK_{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// Returns the possible values, for messages.
    #[must_use]
    pub fn values(&self) -> String {
        match self.kind {
            Kind::Text => "text".to_owned(),
            Kind::Flag => "true or false".to_owned(),
            Kind::Choice(choices) => {
                let (last, others) = choices.split_last().unwrap_or((&"", &[]));
                format!("{} or {last}", others.join(", "))
            }
            Kind::Time => "a time with its unit, such as 30s, 5m or 1h".to_owned(),
            Kind::Address => "an address such as https://ticktick.example.com".to_owned(),
            Kind::Profile => "the name of a profile".to_owned(),
        }
    }

    /// Returns whether the values are true and false.
    pub(crate) fn is_flag(&self) -> bool {
        matches!(self.kind, Kind::Flag)
    }

    /// Returns the choices, if there is a fixed number of them.
    #[must_use]
    pub fn choices(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Flag => &["true", "false"],
            Kind::Choice(choices) => choices,
            _ => &[],
        }
    }

    /// Returns a value in its usual form.
    ///
    /// # Errors
    ///
    /// If the value is invalid. The error does not contain it.
    pub fn check(&self, value: &str) -> Result<String, Error> {
        self.check_in(value, &format!("`{}`", self.name))
    }

    /// Returns a value in its usual form. `place` is where it was found, for the error.
    pub(crate) fn check_in(&self, value: &str, place: &str) -> Result<String, Error> {
        let value = value.trim();
        let valid = match self.kind {
            Kind::Text => (!value.is_empty()).then(|| value.to_owned()),
            Kind::Flag => flag(value).map(|on| on.to_string()),
            Kind::Choice(choices) => {
                choices.iter().find(|choice| choice.eq_ignore_ascii_case(value)).map(|choice| (*choice).to_owned())
            }
            Kind::Time => duration(value).map(|_| value.to_owned()),
            Kind::Address => match address(value) {
                Ok(address) => Some(address),
                Err((why, hint)) => {
                    return Err(Error::usage(format!("invalid value of {place}: {why}")).hint(hint));
                }
            },
            Kind::Profile => value.parse().ok().map(|name: ProfileName| name.to_string()),
        };
        valid.ok_or_else(|| Error::usage(format!("invalid value of {place}")).hint(format!("use {}", self.values())))
    }
}

/// Reads the address of a server. The error is the reason, with a hint.
fn address(value: &str) -> Result<String, (String, String)> {
    let usual = || "use an address such as https://ticktick.example.com".to_owned();
    match value.parse() {
        Ok(region @ Region::Custom(_)) => Ok(region.to_string()),
        Err(raw::Error::InvalidInput { message, .. }) => Err(match message.split_once("\nhint: ") {
            Some((why, hint)) => (why.to_owned(), hint.to_owned()),
            None => (message, usual()),
        }),
        _ => Err(("it is not an address".to_owned(), usual())),
    }
}

/// Parses a boolean in the forms that are common in environment variables.
pub(crate) fn flag(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Reads a time such as `30s` or `1h 30m`.
pub(crate) fn duration(value: &str) -> Option<Duration> {
    value.parse::<SignedDuration>().ok().and_then(|duration| Duration::try_from(duration).ok())
}

fn similar(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace('_', "-");
    let near = SETTINGS.iter().filter(|setting| strsim::jaro_winkler(setting.name, &name) > 0.8);
    near.map(|setting| setting.name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_checked_and_take_their_usual_form() {
        for (name, value, wanted) in [
            ("read-only", "YES", "true"),
            ("read-only", "0", "false"),
            ("region", " Dida365 ", "dida365"),
            ("base-url", "http://127.0.0.1:1/", "http://127.0.0.1:1"),
            ("max-age", "5m", "5m"),
            ("profile", "work", "work"),
        ] {
            assert_eq!(Setting::find(name).unwrap().check(value).unwrap(), wanted);
        }
        for (name, value) in [
            ("read-only", "s3cret"),
            ("region", "s3cret"),
            ("base-url", "ticktick"),
            ("base-url", "http://s3cret.example.com"),
            ("max-age", "s3cret"),
            ("max-age", "-5s"),
            ("profile", "s3cret!"),
            ("project", " "),
        ] {
            let error = Setting::find(name).unwrap().check(value).unwrap_err();
            assert!(error.message.contains(name) && !error.to_string().contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn every_default_is_valid() {
        for setting in SETTINGS {
            if let Some(default) = setting.default {
                assert_eq!(setting.check(default).unwrap(), default, "{}", setting.name);
            }
        }
    }

    #[test]
    fn names_that_are_nearly_right_are_suggested() {
        for (name, wanted) in [("max_age", "max-age"), ("readonly", "read-only"), ("colour", "color")] {
            let error = Setting::find(name).unwrap_err();
            assert_eq!((error.kind, error.candidates), (ErrorKind::NotFound, vec![wanted.to_owned()]));
        }
        assert!(Setting::find("xyz").unwrap_err().candidates.is_empty());
    }
}
