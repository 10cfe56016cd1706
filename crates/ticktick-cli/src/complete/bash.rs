//! Completion in bash.
//!
//! bash splits words at colons and equals signs, and passes quotes and backslashes as they were typed. This adapter reads
//! the line itself, so that titles and names with spaces and colons can be completed.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::Command;
use clap_complete::env::EnvCompleter;

use super::candidates;

/// Characters with a special meaning in the shell.
const SPECIAL: &str = " \t\"'\\$`!#&|;<>()*?[]{}~^";

/// The variables in which the script passes the line and the characters at which bash breaks words.
const LINE: &str = "_COMP_LINE";
const BREAKS: &str = "_COMP_BREAKS";

pub(super) struct Bash;

/// Returns the words of the line if bash requests completions.
pub(super) fn words() -> Option<Vec<OsString>> {
    let line = std::env::var(LINE).ok()?;
    Some(Line::read(&line).words.into_iter().map(OsString::from).collect())
}

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        write!(
            buf,
            r#"_{name}_complete() {{
    local IFS=$'\n'
    COMPREPLY=( $( {var}=bash {LINE}="${{COMP_LINE:0:COMP_POINT}}" {BREAKS}="$COMP_WORDBREAKS" \
        "{completer}" -- "${{COMP_LINE:0:COMP_POINT}}" ) )
    if [[ ${{#COMPREPLY[@]}} -eq 1 && ${{COMPREPLY[0]}} == *= ]]; then
        compopt -o nospace
    fi
}}
complete -o bashdefault -F _{name}_complete {bin}
"#
        )
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        _: Vec<OsString>,
        folder: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let line = Line::read(&std::env::var(LINE).unwrap_or_default());
        let breaks = std::env::var(BREAKS).unwrap_or_default();
        let index = line.words.len().saturating_sub(1);
        let words = line.words.iter().map(OsString::from).collect();
        for candidate in candidates(cmd, words, index, folder)? {
            writeln!(buf, "{}", line.completed(&candidate, &breaks))?;
        }
        Ok(())
    }
}

/// A line up to the cursor.
#[derive(Debug, PartialEq)]
struct Line {
    /// The words without quotes and backslashes. The last one is being completed and may be empty.
    words: Vec<String>,
    /// The quotation mark that is open at the end of the line.
    quote: Option<char>,
}

impl Line {
    fn read(line: &str) -> Self {
        let mut words = vec![String::new()];
        let (mut quote, mut escaped, mut is_word) = (None, false, false);
        for letter in line.chars() {
            let Some(word) = words.last_mut() else { break };
            match letter {
                _ if escaped => {
                    word.push(letter);
                    escaped = false;
                }
                '\\' if quote != Some('\'') => (escaped, is_word) = (true, true),
                _ if quote == Some(letter) => quote = None,
                '"' | '\'' if quote.is_none() => (quote, is_word) = (Some(letter), true),
                ' ' | '\t' if quote.is_none() => {
                    if is_word {
                        words.push(String::new());
                    }
                    is_word = false;
                }
                _ => {
                    word.push(letter);
                    is_word = true;
                }
            }
        }
        Self { words, quote }
    }

    /// Returns the text with which bash replaces what it considers the current word.
    fn completed(&self, candidate: &str, breaks: &str) -> String {
        if self.quote.is_some() {
            return candidate.to_owned();
        }
        // bash replaces only what follows the last character at which it breaks words.
        let typed = self.words.last().map_or("", String::as_str);
        let broken = typed.rfind(|c| matches!(c, ':' | '=') && breaks.contains(c)).map_or(0, |at| at + 1);
        let rest = match typed.get(..broken).and_then(|start| candidate.strip_prefix(start)) {
            Some(rest) => rest,
            None => candidate,
        };
        let mut text = String::new();
        for letter in rest.chars() {
            if SPECIAL.contains(letter) {
                text.push('\\');
            }
            text.push(letter);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_as_the_shell_does() {
        for (line, words, quote) in [
            ("ticktick ", &["ticktick", ""][..], None),
            ("ticktick done Call\\ the", &["ticktick", "done", "Call the"], None),
            ("ticktick done \"Call the", &["ticktick", "done", "Call the"], Some('"')),
            ("ticktick done 'it", &["ticktick", "done", "it"], Some('\'')),
            ("ticktick  list --tag=a", &["ticktick", "list", "--tag=a"], None),
            ("ticktick done ''", &["ticktick", "done", ""], None),
        ] {
            let read = Line::read(line);
            assert_eq!(read.words, words, "{line}");
            assert_eq!(read.quote, quote, "{line}");
        }
    }

    #[test]
    fn candidates_are_written_for_the_shell() {
        for (line, candidate, wanted) in [
            ("ticktick done Ca", "Call the dentist", "Call\\ the\\ dentist"),
            ("ticktick done \"Ca", "Call the dentist", "Call the dentist"),
            ("ticktick list --tag=er", "--tag=errand", "errand"),
            ("ticktick done Re:", "Re: Q4 (draft)", "\\ Q4\\ \\(draft\\)"),
        ] {
            assert_eq!(Line::read(line).completed(candidate, " :="), wanted, "{line}");
        }
    }
}
