//! Programs and command lines of the user: the editor, the browser, the pager, and hooks.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::Command;

use crate::error::{Error, Kind};

/// Prepares a command line for the shell: `sh`, or `cmd` on Windows.
#[cfg(not(windows))]
pub(crate) fn command(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", line]);
    command
}

/// Prepares a command line for the shell: `sh`, or `cmd` on Windows.
#[cfg(windows)]
pub(crate) fn command(line: &str) -> Command {
    use std::os::windows::process::CommandExt;

    let mut command = Command::new("cmd");
    // With /S, cmd removes the outer quotes and changes nothing else. Escapes such as \" would reach the program.
    command.args(["/D", "/S", "/C"]).raw_arg(format!("\"{line}\""));
    command
}

/// Prepares a command line of the user, such as `code --wait`, with a file as its last argument.
#[cfg(not(windows))]
pub(crate) fn with_file(line: &str, file: &Path) -> Command {
    let mut command = command(&format!("{line} \"$@\""));
    command.arg("sh").arg(file);
    command
}

/// Prepares a command line of the user, such as `code --wait`, with a file as its last argument.
#[cfg(windows)]
pub(crate) fn with_file(line: &str, file: &Path) -> Command {
    // People also name programs below `C:\Program Files` without quotes.
    let quote = if Path::new(line).is_file() { "\"" } else { "" };
    command(&format!("{quote}{line}{quote} \"{}\"", file.display()))
}

/// Returns whether a file can be edited: the user has named an editor, or the default one has a terminal.
pub(crate) fn can_edit() -> bool {
    editor().is_some() || (io::stdin().is_terminal() && io::stderr().is_terminal())
}

/// Opens a file in the editor of the user and waits until it is closed. Its name may contain arguments, as for git.
pub(crate) fn edit(file: &Path) -> Result<(), Error> {
    let editor = editor().unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    let status = with_file(&editor, file).status().map_err(|error| {
        Error::failed(format!("the editor `{editor}` could not be started: {error}")).hint("set EDITOR to your editor")
    })?;
    if status.success() {
        return Ok(());
    }
    Err(Error::new(Kind::Canceled, format!("the editor `{editor}` failed ({status})")))
}

fn editor() -> Option<String> {
    let named = |name| std::env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    named("VISUAL").or_else(|| named("EDITOR"))
}

/// Prepares the browser of the user, or that of the system.
pub(crate) fn browser(address: &str) -> Command {
    let own = std::env::var("BROWSER").ok().and_then(|browser| words(&browser)).filter(|words| !words.is_empty());
    let words = own.unwrap_or_else(|| {
        let system: &[&str] = if cfg!(target_os = "macos") {
            &["open"]
        } else if cfg!(windows) {
            // `start` is a command of cmd, which interprets `&`. `explorer` reports a failure even if it succeeds.
            &["rundll32", "url.dll,FileProtocolHandler"]
        } else {
            &["xdg-open"]
        };
        system.iter().map(|&word| word.to_owned()).collect()
    });
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg(address);
    command
}

/// Splits a command into its words, which may be quoted as in a shell. On Windows only `"` quotes, because `\` separates
/// folders. Returns `None` if a quote is not closed.
pub(crate) fn words(command: &str) -> Option<Vec<String>> {
    if !cfg!(windows) {
        return shlex::split(command);
    }
    if Path::new(command).is_file() { Some(vec![command.to_owned()]) } else { windows_words(command) }
}

fn windows_words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), None, false);
    for c in command.chars() {
        match c {
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_with(String::new);
            }
            c if c.is_whitespace() && !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    (!is_quoted).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_windows_keep_their_backslashes() {
        let split = |command: &str| windows_words(command).unwrap();
        assert_eq!(split(r"C:\bin\less.exe -R"), [r"C:\bin\less.exe", "-R"]);
        assert_eq!(split(r#""C:\Program Files\less.exe"  -FRX"#), [r"C:\Program Files\less.exe", "-FRX"]);
        assert_eq!(split(r#" "" "#), [""]);
        assert_eq!(windows_words(r#""less"#), None);
    }

    #[test]
    fn a_command_line_reaches_the_shell_as_it_is() {
        let line = if cfg!(windows) { r#"echo "a b"&& echo c"# } else { r#"echo '"a b"'&& echo c"# };
        let output = command(line).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), ["\"a b\"", "c"]);
    }
}
