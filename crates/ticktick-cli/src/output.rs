//! Output: tables and colors for people, one JSON document for scripts.

use std::fmt::{Display, Write as _};
use std::io::{self, IsTerminal, StderrLock, StdoutLock, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use serde_json::Value;
use ticktick_output::json;

use crate::args::{ColorArg, FormatArg, Globals};
use crate::error::Error;
use crate::generated::cli::{ConflictMember, Failure, Fault};
use crate::table::{Cell, Table};
use crate::text::{on_one_line, shown, unbroken};
pub(crate) use crate::ui::style::{BOLD, DIM, GREEN, RED, YELLOW};
pub(crate) use crate::ui::terminal::width;
use crate::ui::{pager, terminal};

/// Version of the JSON documents.
pub(crate) const VERSION: u8 = 1;

/// The selected output format.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    pub(crate) format: FormatArg,
    color: ColorChoice,
}

impl Output {
    pub(crate) fn new(globals: &Globals) -> Self {
        let options = &globals.output;
        let color = match options.color {
            None | Some(ColorArg::Auto) => ColorChoice::Auto,
            Some(ColorArg::Always) => ColorChoice::Always,
            Some(ColorArg::Never) => ColorChoice::Never,
        };
        let format = match options.format {
            _ if options.json || options.jq.is_some() => FormatArg::Json,
            _ if options.quiet => FormatArg::Ids,
            Some(format) => format,
            None if io::stdout().is_terminal() => FormatArg::Table,
            None => FormatArg::Tsv,
        };
        Self { format, color }
    }

    /// For usage errors, which occur before the options are parsed.
    pub(crate) fn before_parsing(json: bool) -> Self {
        let format = if json { FormatArg::Json } else { FormatArg::Table };
        Self { format, color: ColorChoice::Auto }
    }

    /// Returns whether errors are printed as JSON, too.
    pub(crate) fn is_json(self) -> bool {
        matches!(self.format, FormatArg::Json | FormatArg::Ndjson)
    }

    /// Returns whether the output is meant for people.
    pub(crate) fn is_for_people(self) -> bool {
        self.format == FormatArg::Table
    }

    pub(crate) fn stdout(self) -> AutoStream<StdoutLock<'static>> {
        AutoStream::new(io::stdout().lock(), self.color)
    }

    pub(crate) fn stderr(self) -> AutoStream<StderrLock<'static>> {
        AutoStream::new(io::stderr().lock(), self.color)
    }

    /// Prints ids for other programs, one per line, with line breaks escaped.
    pub(crate) fn ids<T: Display>(self, ids: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let out = io::stdout().lock();
        let terminal = out.is_terminal();
        let mut out = io::BufWriter::new(out);
        let mut id = String::new();
        for one in ids {
            id.clear();
            // Writing to a string does not fail.
            let _ = write!(id, "{one}");
            let shown = if terminal { on_one_line(&id) } else { unbroken(&id) };
            out.write_all(shown.as_bytes())?;
            out.write_all(b"\n")?;
        }
        Ok(out.flush()?)
    }

    /// Prints texts for other programs unchanged, or escaped if the output is a terminal.
    #[cfg(feature = "jq")]
    pub(crate) fn texts(self, texts: impl IntoIterator<Item = String>) -> Result<(), Error> {
        let out = io::stdout().lock();
        let is_terminal = out.is_terminal();
        let mut out = io::BufWriter::new(out);
        for text in texts {
            writeln!(out, "{}", if is_terminal { shown(&text) } else { text.as_str().into() })?;
        }
        Ok(out.flush()?)
    }

    /// Prints formatted lines for people, in a pager if they do not fit the terminal.
    pub(crate) fn lines<T: AsRef<str>>(self, lines: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let mut text = String::new();
        for line in lines {
            text.push_str(line.as_ref());
            text.push('\n');
        }
        if self.is_paged(&text)? {
            return Ok(());
        }
        let mut out = self.stdout();
        if out.current_choice() == ColorChoice::Never {
            // Printed as one text, because the stream would write each piece between two colors separately.
            let mut out = out.into_inner();
            out.write_all(uncolored(&text).as_bytes())?;
            return Ok(out.flush()?);
        }
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Shows a long text in the pager. Returns `false` if it must be printed instead.
    fn is_paged(self, text: &str) -> io::Result<bool> {
        let height = terminal::height();
        if height.is_none() || !self.is_for_people() || !terminal::is_smart() {
            return Ok(false);
        }
        let Some(words) = pager::command(|name| std::env::var(name).ok()) else { return Ok(false) };
        if !pager::is_long(text.lines().count(), height) {
            return Ok(false);
        }
        let mut colored = AutoStream::new(Vec::new(), self.stdout().current_choice());
        colored.write_all(text.as_bytes())?;
        pager::show(&words, &String::from_utf8_lossy(&colored.into_inner()))
    }

    /// Prints a note on standard error.
    pub(crate) fn note(self, label: &str, text: &str) {
        let style = if label == "warning" { YELLOW } else { BOLD };
        // If standard error is closed, the note is dropped.
        let text = shown(text).replace('\n', "\n      ");
        drop(writeln!(self.stderr(), "{style}{label}:{style:#} {text}"));
    }

    /// Reports an error: a line for people, and a document for JSON output.
    pub(crate) fn fail(self, error: &Error) {
        if self.is_json() {
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
        for line in table.render(None).into_iter().chain(versions(&error.members)) {
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
        // Bypasses the stream that strips colors, because it would also strip characters of texts.
        let mut out = io::stdout().lock();
        json::write_line(document, &mut out)?;
        Ok(out.flush()?)
    }
}

/// Returns a text without colors. Other escape codes, such as those of links, take longer to find.
fn uncolored(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        plain.push_str(&rest[..at]);
        let code = rest[at + 1..].strip_prefix('[').unwrap_or_default();
        let parameters = code.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
        match code[parameters..].strip_prefix('m') {
            Some(after) => rest = after,
            None => return strip_str(text).to_string(),
        }
    }
    plain.push_str(rest);
    plain
}

/// Formats the versions of members side by side.
fn versions(members: &[ConflictMember]) -> Vec<String> {
    if members.is_empty() {
        return Vec::new();
    }
    let mut table = Table::new().flexible(vec![(3, 12), (2, 12), (1, 12)]);
    table.row(["", "before", "after", "now"].map(|title| Cell::new(title).style(DIM)).into());
    for ConflictMember { name, before, after, now } in members {
        let mut row = vec![Cell::new(name)];
        row.extend([before, after, now].map(|value| match value {
            Value::Null => Cell::new("none").style(DIM),
            Value::String(text) => Cell::new(text),
            other => Cell::new(other.to_string()),
        }));
        table.row(row);
    }
    table.render(width().map(|width| width.saturating_sub(2)))
}

fn failure(error: &Error) -> Failure {
    let Error { kind, message, hint, retryable, candidates, members, done } = error;
    let (message, hint) = (message.clone(), hint.clone());
    let (candidates, members) = (candidates.clone(), members.clone());
    let fault = Fault { code: kind.code(), message, hint, retryable: *retryable, candidates, members };
    Failure { version: VERSION, ok: false, error: fault, data: done.as_deref().cloned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use crate::generated::cli::Candidate;

    #[test]
    fn colors_are_removed() {
        for (text, wanted) in [
            ("", ""),
            ("\x1b[1m\x1b[31m Überfällig\x1b[0m\n  1", " Überfällig\n  1"),
            ("a\x1b[38;5;12mb\x1b[m", "ab"),
            ("\x1b]8;;https://ticktick.com\x1b\\x\x1b]8;;\x1b\\ \x1b[2my", "x y"),
            ("a\x1b[2Kb", "ab"),
            ("a\x1b", "a"),
        ] {
            assert_eq!(uncolored(text), wanted, "{text:?}");
        }
    }

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
