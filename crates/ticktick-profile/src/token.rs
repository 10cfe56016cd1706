//! The session of the environment: `TICKTICK_TOKEN` and `TICKTICK_TOKEN_FILE`.

use std::fs;
use std::path::Path;

use ticktick::{Region, Secret};

use crate::environment::Environment;
use crate::error::Error;
use crate::private;

const TOKEN: &str = "TICKTICK_TOKEN";
const FILE: &str = "TICKTICK_TOKEN_FILE";
const SERVER: &str = "TICKTICK_TOKEN_SERVER";

/// Prefix of personal tokens of the Open API.
const PERSONAL: &str = "tp_";

/// A token from the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvironmentToken {
    /// The token.
    pub token: Secret,
    /// The variable that it comes from.
    pub variable: &'static str,
}

impl EnvironmentToken {
    /// Returns the token of the environment, or `None` if there is none. `TICKTICK_TOKEN` takes precedence over
    /// `TICKTICK_TOKEN_FILE`.
    ///
    /// # Errors
    ///
    /// If both are invalid, the file can be read by others, or the token would be sent to a server that it was not created for:
    /// one at a custom address that is not on this machine and that `TICKTICK_TOKEN_SERVER` does not name.
    pub(crate) fn find(environment: &Environment, region: &Region) -> Result<Option<Self>, Error> {
        let Some(found) = Self::read(environment)? else { return Ok(None) };
        let elsewhere = region.is_custom() && !region.is_loopback();
        if elsewhere && environment.get(SERVER)? != Some(region.to_string()) {
            let variable = found.variable;
            return Err(Error::usage(format!(
                "the token of {variable} is not sent to {region}, because it may belong to ticktick.com"
            ))
            .hint(format!("if it belongs to this server, set {SERVER}={region}")));
        }
        Ok(Some(found))
    }

    fn read(environment: &Environment) -> Result<Option<Self>, Error> {
        if let Some(token) = environment.get(TOKEN)? {
            return Ok(Some(Self { token: token.into(), variable: TOKEN }));
        }
        let Some(path) = environment.os(FILE) else { return Ok(None) };
        Ok(Some(Self { token: read_secret(Path::new(&path), "the file of TICKTICK_TOKEN_FILE")?, variable: FILE }))
    }

    /// Returns whether it is a personal token of the Open API and not a session.
    #[must_use]
    pub fn is_of_open_api(&self) -> bool {
        is_of_open_api(&self.token)
    }
}

/// Returns whether a token is a personal token of the Open API.
#[must_use]
pub fn is_of_open_api(token: &Secret) -> bool {
    token.expose().starts_with(PERSONAL)
}

/// Reads a file that contains one secret and nothing else. `what` names the file in errors, such as `the file of the token`.
///
/// # Errors
///
/// If others can read the file, or it does not contain exactly one line. The error does not contain the text.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("totp");
/// ticktick_profile::private::replace(&path, b"GEZDGNBV\n")?;
/// assert_eq!(ticktick_profile::read_secret(&path, "the file of the secret")?.expose(), "GEZDGNBV");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_secret(path: &Path, what: &str) -> Result<Secret, Error> {
    let shown = path.display();
    if let Some(mode) = private::readable_by_others(path) {
        return Err(Error::usage(format!("others can read {shown}, {what} (its mode is {mode:o})"))
            .hint(format!("chmod 600 {shown}")));
    }
    let failed = |why: &str| {
        Error::usage(format!("cannot use {shown}, {what}: {why}"))
            .hint("write one line, and nothing else, into the file")
    };
    let text = fs::read_to_string(path).map_err(|error| failed(&error.to_string()))?;
    match text.trim() {
        "" => Err(failed("it is empty")),
        secret if secret.lines().count() > 1 => Err(failed("it has several lines")),
        secret => Ok(secret.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(variables: &[(&str, &str)], region: &str) -> Result<Option<EnvironmentToken>, Error> {
        EnvironmentToken::find(&Environment::fixed(variables.iter().copied()), &region.parse().unwrap())
    }

    #[test]
    fn a_token_goes_to_no_other_server() {
        let token = (TOKEN, "s3cret");
        for (variables, region, sent) in [
            (vec![token], "ticktick", true),
            (vec![token], "http://127.0.0.1:1", true),
            (vec![token], "https://ticktick.example.com", false),
            (vec![token, (SERVER, "https://other.example.com")], "https://ticktick.example.com", false),
            (vec![token, (SERVER, "https://ticktick.example.com")], "https://ticktick.example.com", true),
        ] {
            let found = find(&variables, region);
            assert_eq!(found.is_ok(), sent, "{region}");
            assert!(!format!("{found:?}").contains("s3cret"));
        }
        assert_eq!(find(&[], "ticktick").unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_token_file_that_others_can_read_is_refused_with_a_remedy() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, "s3cret\n").unwrap();
        let find = |mode| {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            find(&[(FILE, path.to_str().unwrap())], "ticktick")
        };
        let error = find(0o644).unwrap_err();
        assert!(error.message.contains("others can read") && error.hint.unwrap().starts_with("chmod 600 "));
        let found = find(0o600).unwrap().unwrap();
        assert_eq!((found.token.expose(), found.variable), ("s3cret", FILE));
    }

    #[test]
    fn a_token_file_holds_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        for text in ["", "\n", "s3cret\nmore"] {
            fs::write(&path, text).unwrap();
            #[cfg(unix)]
            fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            let error = find(&[(FILE, path.to_str().unwrap())], "ticktick").unwrap_err();
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
        assert!(find(&[(FILE, "/nowhere/at/all")], "ticktick").is_err());
    }

    #[test]
    fn personal_tokens_are_told_apart() {
        assert!(find(&[(TOKEN, "tp_1")], "ticktick").unwrap().unwrap().is_of_open_api());
        assert!(!find(&[(TOKEN, "0123ABCD")], "ticktick").unwrap().unwrap().is_of_open_api());
    }
}
