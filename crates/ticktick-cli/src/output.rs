//! Where text goes: tables and colours for people, one JSON document for scripts.

use std::io::{self, IsTerminal, StderrLock, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::Serializer;
use ticktick_verify::Report;

use crate::args::{ColorArg, Globals};
use crate::error::Error;
use crate::generated::cli::{
    Drift, DriftList, Failure, Fault, Meta, Operation, OperationList, Project, ProjectList, ReportList, SignIn,
    SignInList, Task, TaskList,
};
use crate::table::{Cell, Table};
use crate::text::{HarmlessJson, on_one_line, shown, unbroken};

/// Version of the JSON documents.
const VERSION: u8 = 1;

/// Overdue, high, wrong.
pub(crate) const RED: Style = AnsiColor::Red.on_default();
/// Today, medium, worth a look.
pub(crate) const YELLOW: Style = AnsiColor::Yellow.on_default();
/// Done.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
/// What is secondary.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Headings.
pub(crate) const BOLD: Style = Style::new().bold();

/// Knows how the answer is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) json: bool,
    color: ColorChoice,
}

impl Output {
    pub(crate) fn new(globals: &Globals) -> Self {
        let color = match globals.color {
            ColorArg::Auto => ColorChoice::Auto,
            ColorArg::Always => ColorChoice::Always,
            ColorArg::Never => ColorChoice::Never,
        };
        Self { json: globals.json, color }
    }

    /// For faults of usage, which are found before the options are known.
    pub(crate) fn before_parsing(json: bool) -> Self {
        Self { json, color: ColorChoice::Auto }
    }

    pub(crate) fn stdout(self) -> AutoStream<StdoutLock<'static>> {
        AutoStream::new(io::stdout().lock(), self.color)
    }

    pub(crate) fn stderr(self) -> AutoStream<StderrLock<'static>> {
        AutoStream::new(io::stderr().lock(), self.color)
    }

    /// Prints ids, one a line, for other programs; whatever an id holds, it stays one line.
    pub(crate) fn ids<T: AsRef<str>>(self, ids: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        let terminal = out.is_terminal();
        for id in ids {
            let id = id.as_ref();
            writeln!(out, "{}", if terminal { on_one_line(id) } else { unbroken(id) })?;
        }
        Ok(out.flush()?)
    }

    /// Prints lines that are laid out for people.
    pub(crate) fn lines<T: AsRef<str>>(self, lines: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let mut out = self.stdout();
        for line in lines {
            writeln!(out, "{}", line.as_ref())?;
        }
        Ok(out.flush()?)
    }

    /// Says that something was done.
    pub(crate) fn done(self, what: &str) -> Result<(), Error> {
        writeln!(self.stdout(), "{GREEN}✓{GREEN:#} {}", shown(what))?;
        Ok(())
    }

    /// Says something beside the answer, on standard error.
    pub(crate) fn note(self, label: &str, text: &str) {
        let style = if label == "warning" { YELLOW } else { BOLD };
        // Where standard error is closed, nobody wants to know.
        let text = shown(text).replace('\n', "\n      ");
        drop(writeln!(self.stderr(), "{style}{label}:{style:#} {text}"));
    }

    /// Reports what went wrong: a line for people, and a document where JSON is wanted.
    pub(crate) fn fail(self, error: &Error) {
        if self.json {
            drop(self.document(&failure(error)));
        }
        drop(self.explain(error));
    }

    fn explain(self, error: &Error) -> io::Result<()> {
        let mut err = self.stderr();
        writeln!(err, "{RED}error:{RED:#} {}", shown(&error.message))?;
        let mut table = Table::new();
        for candidate in &error.candidates {
            let mut row = vec![Cell::new(&candidate.name)];
            row.extend(candidate.details.iter().map(Cell::new));
            if candidate.id != candidate.name {
                row.push(Cell::new(&candidate.id).style(DIM));
            }
            table.row(row);
        }
        for line in table.render(None) {
            writeln!(err, "  {line}")?;
        }
        if let Some(hint) = &error.hint {
            drop(err);
            self.note("hint", hint);
        }
        Ok(())
    }

    /// Prints one document for scripts.
    pub(crate) fn document(self, document: &impl Serialize) -> Result<(), Error> {
        // Not through the stream that takes out colours: it would take out characters of texts, too.
        let mut out = io::stdout().lock();
        document.serialize(&mut Serializer::with_formatter(&mut out, HarmlessJson)).map_err(io::Error::from)?;
        writeln!(out)?;
        Ok(out.flush()?)
    }
}

/// Puts answers into their documents.
macro_rules! documents {
    ($($list:ident of $element:ty;)*) => {
        $(impl From<Vec<$element>> for $list {
            fn from(data: Vec<$element>) -> Self {
                let count = data.len().try_into().unwrap_or(u64::MAX);
                Self { version: VERSION, ok: true, data, meta: Meta { count, now: None } }
            }
        })*
    };
}

documents! {
    TaskList of Task;
    ProjectList of Project;
    SignInList of SignIn;
    DriftList of Drift;
    OperationList of Operation;
    ReportList of Report;
}

fn failure(error: &Error) -> Failure {
    let Error { kind, message, hint, retryable, candidates } = error;
    let (message, hint, candidates) = (message.clone(), hint.clone(), candidates.clone());
    let fault = Fault { code: kind.code(), message, hint, retryable: *retryable, candidates };
    Failure { version: VERSION, ok: false, error: fault }
}

/// Returns how many columns a table may take; none where nobody looks at them.
///
/// `COLUMNS` counts where it is set, as shells do for their users.
pub(crate) fn width() -> Option<usize> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    asked.or_else(|| {
        let size = if io::stdout().is_terminal() { terminal_size::terminal_size() } else { None };
        size.map(|(width, _)| usize::from(width.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::generated::cli::Candidate;

    #[test]
    fn failures_are_documents() {
        let found = Candidate { id: "a".into(), name: "Groceries".into(), details: vec!["Home".into()] };
        let error = Error::new(Kind::Ambiguous, "two").hint("say more").candidates(vec![found]);
        assert_eq!(
            serde_json::to_string(&failure(&error)).unwrap(),
            r#"{"version":1,"ok":false,"error":{"code":"ambiguous","message":"two","hint":"say more","retryable":false,"candidates":[{"id":"a","name":"Groceries","details":["Home"]}]}}"#
        );
    }
}
