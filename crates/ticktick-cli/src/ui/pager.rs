//! Shows long output in a pager.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crate::shell;

/// The default pager: quits if everything fits, keeps colors, and leaves the text on the screen.
const USUAL: &str = "less -FRX";

/// Returns the words of the pager command; `None` if there is to be none.
///
/// `TICKTICK_PAGER` takes precedence over `PAGER`. If the value is empty, `-` or `cat`, there is no pager.
pub(crate) fn command(variable: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let wanted = variable("TICKTICK_PAGER").or_else(|| variable("PAGER")).unwrap_or_else(|| USUAL.into());
    let words = shell::words(&wanted)?;
    match words.first()?.as_str() {
        "" | "-" | "cat" => None,
        _ => Some(words),
    }
}

/// Returns whether this number of lines needs a pager on a terminal of this height.
pub(crate) fn is_long(lines: usize, height: Option<usize>) -> bool {
    // The prompt needs a line, too.
    height.is_some_and(|height| lines >= height)
}

/// Shows a text in the pager. Returns `false` if it could not be started and nothing was written.
///
/// It is not an error if the user quits the pager before the end.
///
/// # Errors
///
/// Fails if the text cannot be passed to the pager.
pub(crate) fn show(words: &[String], text: &str) -> io::Result<bool> {
    let Some((program, arguments)) = words.split_first() else { return Ok(false) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut pager) = command.spawn() else { return Ok(false) };
    let written = pager.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
    pager.wait()?;
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(true),
        other => other.map(|()| true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(variables: &[(&str, &str)]) -> Option<Vec<String>> {
        command(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn variables_choose_the_pager() {
        assert_eq!(chosen(&[]).unwrap(), ["less", "-FRX"]);
        assert_eq!(chosen(&[("PAGER", "more")]).unwrap(), ["more"]);
        assert_eq!(chosen(&[("PAGER", "more"), ("TICKTICK_PAGER", "most \"-a b\"")]).unwrap(), ["most", "-a b"]);
    }

    #[test]
    fn a_pager_can_be_turned_off() {
        for off in ["", "-", "cat", " ", "\""] {
            assert_eq!(chosen(&[("PAGER", "more"), ("TICKTICK_PAGER", off)]), None, "{off:?}");
        }
        assert_eq!(chosen(&[("PAGER", "")]), None);
    }

    #[test]
    fn only_what_does_not_fit_is_long() {
        assert!(!is_long(1_000, None));
        assert!(!is_long(23, Some(24)));
        assert!(is_long(24, Some(24)));
    }

    // Windows has no `true`.
    #[test]
    #[cfg(unix)]
    fn a_reader_may_leave_before_the_end() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(show(&words("true"), &"line\n".repeat(100_000)).unwrap());
        assert!(!show(&words("/nowhere/less -R"), "line\n").unwrap());
    }
}
