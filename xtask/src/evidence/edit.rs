//! Changes YAML line by line, so that formatting and comments stay.

use std::fmt::Write as _;

/// Who observed it, and when.
pub(super) struct Source {
    pub(super) by: String,
    pub(super) on: String,
}

impl Source {
    pub(super) fn new(by: &str, on: &str) -> Result<Self, String> {
        let is_name = (3..=4).contains(&by.len())
            && by.starts_with(|c: char| c.is_ascii_uppercase())
            && by.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        if !is_name {
            return Err(format!("error: `{by}` is not a source\ncure: use three or four capitals, such as `--by JAN`"));
        }
        let fits = |(place, c): (usize, char)| if place == 4 || place == 7 { c == '-' } else { c.is_ascii_digit() };
        if !matches!(on.len(), 4 | 7 | 10) || !on.chars().enumerate().all(fits) {
            return Err(format!("error: `{on}` is not a date\ncure: write `--on 2026-11-26`"));
        }
        Ok(Self { by: by.to_owned(), on: on.to_owned() })
    }
}

/// A file after a change.
pub(super) struct Change {
    pub(super) text: String,
    /// Whether the spec states the opposite, so that nothing was changed.
    pub(super) contradicts: bool,
}

/// Records in the evidence of an operation whether it answered; returns `None` if nothing follows.
pub(super) fn endpoint(text: &str, id: &str, answered: Option<bool>, source: &Source) -> Change {
    let mut contradicts = false;
    let text = within(
        text,
        |line| line.trim_start() == format!("- id: {id}"),
        |line| line.starts_with("  - id:"),
        |line| {
            let evidence = line.trim_start().strip_prefix("evidence: ")?;
            let is_refused = part(evidence, "level: ", ",") == Some("refused");
            match answered {
                Some(answered) if answered != is_refused => {
                    let level = if is_refused { "refused" } else { "seen" };
                    Some(with_evidence(line, level, source))
                }
                Some(_) => {
                    contradicts = true;
                    None
                }
                None => None,
            }
        },
    );
    Change { text, contradicts }
}

fn with_evidence(line: &str, level: &str, source: &Source) -> String {
    let line = replaced(line, "level: ", ",", level);
    let line = with_source(&line, &source.by);
    match part(&line, "on: ", " }") {
        Some(on) if *on < *source.on && !source.on.starts_with(on) || on.is_empty() => {
            replaced(&line, "on: ", " }", &source.on)
        }
        _ => line,
    }
}

/// Adds a source to a quirk that it confirms, and raises its level of confidence.
pub(super) fn quirk(text: &str, id: &str, source: &Source) -> String {
    let mut is_new = false;
    let begins = |line: &str| line == format!("  {id}:");
    let ends = |line: &str| line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':');
    within(text, begins, ends, |line| {
        if line.starts_with("    by: [") {
            let changed = with_source(line, &source.by);
            is_new = changed != line;
            return Some(changed);
        }
        let sure = line.strip_prefix("    confidence: ").filter(|_| is_new)?;
        Some(format!("    confidence: {}", if sure == "low" { "medium" } else { "high" }))
    })
}

/// Adds a source to `sources.yaml` if it is missing.
pub(super) fn source(text: &str, source: &Source, host: &str) -> String {
    let Source { by, on } = source;
    if text.lines().any(|line| line.starts_with(&format!("  {by}:"))) {
        return text.to_owned();
    }
    format!(
        "{text}  {by}: {{ what: \"A report of `ticktick api verify` on an account of {host}\", kind: live, on: {on} }}\n"
    )
}

/// Changes lines of the block that begins with one line and ends before another.
fn within(
    text: &str,
    begins: impl Fn(&str) -> bool,
    ends: impl Fn(&str) -> bool,
    mut change: impl FnMut(&str) -> Option<String>,
) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (bare, end) = line.strip_suffix('\n').map_or((line, ""), |bare| (bare, "\n"));
        inside = begins(bare) || (inside && !ends(bare));
        out.push_str(&Some(bare).filter(|_| inside).and_then(&mut change).unwrap_or_else(|| bare.to_owned()));
        out.push_str(end);
    }
    out
}

/// Adds a name to `by: [A, B]` if it is missing.
fn with_source(line: &str, by: &str) -> String {
    match part(line, "by: [", "]") {
        Some(names) if !names.split(", ").any(|name| name.trim_matches('"') == by) => {
            let names = if names.is_empty() { by.to_owned() } else { format!("{names}, {by}") };
            replaced(line, "by: [", "]", &names)
        }
        _ => line.to_owned(),
    }
}

/// The text between two marks.
fn part<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(before)?;
    rest.split_once(after).map(|(part, _)| part)
}

fn replaced(line: &str, before: &str, after: &str, with: &str) -> String {
    let Some((head, rest)) = line.split_once(before) else { return line.to_owned() };
    let tail = rest.find(after).map_or("", |at| &rest[at..]);
    format!("{head}{before}{with}{tail}")
}

/// Shows what has changed; lines are only changed in place or added at the end.
pub(super) fn diff(name: &str, before: &str, after: &str) -> String {
    let mut out = format!("--- {name}\n+++ {name}\n");
    let mut old = before.lines();
    for (place, line) in after.lines().enumerate() {
        let was = old.next();
        if was == Some(line) {
            continue;
        }
        let _ = writeln!(out, "@@ line {} @@", place + 1);
        if let Some(was) = was {
            let _ = writeln!(out, "-{was}");
        }
        let _ = writeln!(out, "+{line}");
    }
    out
}
