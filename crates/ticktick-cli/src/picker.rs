//! The picker, which asks at a terminal what an ambiguous name refers to.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Candidate, Error};

/// Whether the options allow questions. Global, because names are looked up in many places.
static ALLOWED: AtomicBool = AtomicBool::new(false);

/// Allows questions for the rest of the program.
pub(crate) fn allow() {
    ALLOWED.store(true, Ordering::Relaxed);
}

/// Asks which of the candidates is meant and returns its index. Returns `None` if nobody can be asked.
pub(crate) fn choose(question: &str, candidates: &[Candidate]) -> Result<Option<usize>, Error> {
    if !ALLOWED.load(Ordering::Relaxed) || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    ask(question, candidates)
}

#[cfg(feature = "interactive")]
fn ask(question: &str, candidates: &[Candidate]) -> Result<Option<usize>, Error> {
    use inquire::{InquireError, Select};

    use crate::error::Kind;
    use crate::text::on_one_line;

    let line = |candidate: &Candidate| {
        let parts = std::iter::once(&candidate.name).chain(&candidate.details);
        parts.map(|part| on_one_line(part).into_owned()).collect::<Vec<_>>().join("  ·  ")
    };
    let lines = candidates.iter().map(line).collect();
    let answer =
        Select::new(question, lines).with_help_message("type to filter, Enter to choose, Esc to cancel").raw_prompt();
    match answer {
        Ok(chosen) => Ok(Some(chosen.index)),
        Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => {
            Err(Error::new(Kind::Canceled, "canceled; nothing was changed"))
        }
        Err(InquireError::NotTTY) => Ok(None),
        Err(error) => Err(Error::failed(format!("the question could not be asked: {error}"))),
    }
}

#[cfg(not(feature = "interactive"))]
fn ask(_: &str, _: &[Candidate]) -> Result<Option<usize>, Error> {
    Ok(None)
}
