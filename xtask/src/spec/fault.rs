//! Faults of a spec, shown with the place and a fix.

use std::fmt::Write as _;

use super::node::Mark;

/// One fault of the spec.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    pub(crate) mark: Mark,
    pub(crate) message: String,
    pub(crate) cure: String,
}

/// The spec files that were read: a name to print and the text.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: Vec<(String, String)>,
}

impl Files {
    /// Adds a file and returns its number.
    pub(crate) fn add(&mut self, name: String, text: String) -> usize {
        self.files.push((name, text));
        self.files.len() - 1
    }

    pub(crate) fn name(&self, file: usize) -> &str {
        self.files.get(file).map_or("spec", |(name, _)| name)
    }

    /// Returns names and texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Formats a fault with its line and a caret under the faulty text.
    pub(crate) fn render(&self, fault: &Fault) -> String {
        let Mark { file, line, column, length } = fault.mark;
        let mut out = format!("error: {}\n  --> {}", fault.message, self.name(file));
        let text = self.files.get(file).and_then(|(_, text)| text.lines().nth(line.checked_sub(1)?));
        if let Some(text) = text {
            let width = line.to_string().len();
            let rest = text.chars().count().saturating_sub(column.saturating_sub(1));
            let carets = "^".repeat(length.clamp(1, rest.max(1)));
            let indent = " ".repeat(column.saturating_sub(1));
            let _ = write!(out, ":{line}:{column}\n{:width$} |\n{line} | {text}\n{:width$} | {indent}{carets}", "", "");
            let _ = write!(out, "\n{:width$} = cure: {}", "", fault.cure);
        } else {
            let _ = write!(out, "\n  = cure: {}", fault.cure);
        }
        out
    }
}

/// Collects faults, so that one run reports all of them.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    faults: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, mark: Mark, message: impl Into<String>, cure: impl Into<String>) {
        self.faults.push(Fault { mark, message: message.into(), cure: cure.into() });
    }

    /// Returns all faults in the order of the files, without duplicates.
    pub(crate) fn into_sorted(mut self) -> Vec<Fault> {
        self.faults.sort();
        self.faults.dedup();
        self.faults
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Returns the name of `known` that is closest to `word`, for "did you mean".
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&word.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Returns `did you mean ...? ` with the name of `known` that is closest to `word`, or nothing.
pub(crate) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    closest(word, known).map(|name| format!("did you mean `{name}`? ")).unwrap_or_default()
}
