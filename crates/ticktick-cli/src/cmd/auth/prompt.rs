//! Secrets that people type, or that scripts pass on standard input.

use std::io::{self, BufRead, IsTerminal, Write};

use ticktick::Secret;

use crate::args::Globals;
use crate::error::Error;

/// Reads one line of standard input.
pub(super) fn line(missing: &str) -> Result<String, Error> {
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(Error::usage(missing)),
        line => Ok(line.to_owned()),
    }
}

/// Returns whether questions can be asked.
pub(super) fn can_ask(globals: &Globals) -> bool {
    io::stdin().is_terminal() && !globals.write.no_input
}

/// Asks the user at the terminal.
pub(super) fn asked(globals: &Globals, question: &str) -> Result<String, Error> {
    if !can_ask(globals) {
        return Err(unasked(question).hint("use --username with --password-stdin, or --token-stdin"));
    }
    let mut err = io::stderr().lock();
    write!(err, "{question}")?;
    err.flush()?;
    line("no input").map(|text| text.trim().to_owned())
}

/// Asks for a secret at the terminal, without showing it.
pub(super) fn hidden(globals: &Globals, question: &str, hint: &str) -> Result<Secret, Error> {
    if !can_ask(globals) {
        return Err(unasked(question).hint(hint));
    }
    match rpassword::prompt_password(question)? {
        text if text.is_empty() => Err(Error::usage("no input")),
        text => Ok(text.into()),
    }
}

/// Reads a secret from standard input. At a terminal, shows a guide first and hides what is typed.
pub(super) fn secret(globals: &Globals, guide: &str, question: &str, missing: &str) -> Result<Secret, Error> {
    if !can_ask(globals) {
        return line(missing).map(|text| text.trim().into());
    }
    writeln!(io::stderr().lock(), "{guide}")?;
    hidden(globals, question, missing).map(|secret| secret.expose().trim().into())
}

fn unasked(question: &str) -> Error {
    let what = question.trim_end_matches([':', ' ']);
    Error::usage(format!("cannot ask for \"{what}\" because there is no terminal, or --no-input is given"))
}
