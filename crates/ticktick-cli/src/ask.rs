//! Questions at the terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::args::Globals;
use crate::error::{Error, Kind};
use crate::text::bare;

/// Up to this many objects can be confirmed with yes. For more, the user must type their number.
pub(crate) const FEW: usize = 50;

/// Asks before a command changes several objects that the user did not name one by one.
///
/// `action` is the question without its end, such as `complete 12 tasks`.
pub(crate) fn confirm(globals: &Globals, action: &str, count: usize) -> Result<(), Error> {
    match count {
        0 | 1 => Ok(()),
        2..=FEW => agree(globals, action),
        _ => confirm_by(globals, action, &count.to_string()),
    }
}

/// Asks a yes-or-no question.
pub(crate) fn agree(globals: &Globals, action: &str) -> Result<(), Error> {
    if globals.write.yes.is_some() || globals.write.dry_run {
        return Ok(());
    }
    let answer =
        asked(globals, &format!("{}? [y/N] ", capitalized(action)), || format!("this would {action}; add --yes"))?;
    if matches!(answer.to_lowercase().as_str(), "y" | "yes") { Ok(()) } else { Err(canceled()) }
}

/// Asks before a command changes everything in an object. The user must type its name; scripts can pass `--yes`.
pub(crate) fn confirm_whole(globals: &Globals, action: &str, name: &str) -> Result<(), Error> {
    if globals.write.yes.as_deref() == Some("") { Ok(()) } else { confirm_by(globals, action, name) }
}

/// Refuses `--dry-run` for a command that changes this machine or signs in or out.
pub(crate) fn no_preview(globals: &Globals) -> Result<(), Error> {
    if globals.write.dry_run {
        return Err(Error::usage("this command changes no data of the account, so there is nothing to preview")
            .hint("leave out --dry-run"));
    }
    Ok(())
}

/// Asks for a number or a name, so that nobody confirms out of habit.
pub(crate) fn confirm_by(globals: &Globals, action: &str, word: &str) -> Result<(), Error> {
    let confirms = |answer: &str| bare(answer).to_lowercase() == bare(word).to_lowercase();
    if globals.write.dry_run || globals.write.yes.as_deref().is_some_and(confirms) {
        return Ok(());
    }
    let word = bare(word);
    let hint = || {
        let quoted = shlex::try_quote(word).unwrap_or(word.into());
        format!("this would {action}; add --yes={quoted}")
    };
    if let Some(wrong) = globals.write.yes.as_deref().filter(|given| !given.is_empty()) {
        return Err(Error::usage(format!("--yes={wrong} does not confirm this command")).hint(hint()));
    }
    let answer = asked(globals, &format!("{}? Type {word} to confirm: ", capitalized(action)), hint)?;
    if confirms(&answer) { Ok(()) } else { Err(canceled()) }
}

/// Asks for a line. Without a terminal, or with --no-input, fails with the hint.
pub(crate) fn asked(globals: &Globals, question: &str, hint: impl FnOnce() -> String) -> Result<String, Error> {
    if globals.write.no_input || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Error::usage("this command needs confirmation, but there is no terminal to ask on").hint(hint()));
    }
    let mut err = io::stderr().lock();
    write!(err, "{question}")?;
    err.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(answer.trim().to_owned())
}

fn canceled() -> Error {
    Error::new(Kind::Canceled, "canceled; nothing was changed")
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
