//! `cargo xtask evidence add`: merges a report of `ticktick api verify` into the spec.

mod edit;
mod report;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use self::edit::{Source, diff, endpoint, quirk, source};
use self::report::{Finding, Report};
use crate::spec::load::Loaded;

/// Merges a report into the files below `spec/` and returns the change as a diff, with proposals after it.
///
/// Preserves formatting and comments. Writes nothing if the result would not pass the checks of `codegen`.
pub(crate) fn add(root: &Path, report: &Path, by: &str, on: &str) -> Result<String, String> {
    let source = Source::new(by, on)?;
    let text =
        std::fs::read_to_string(report).map_err(|error| format!("error: cannot read {}: {error}", report.display()))?;
    let report = Report::read(&text)?;
    let spec = root.join("spec");
    let before = texts(&spec)?;
    let (after, proposals) = merged(&before, &report, &source);
    // A report names no model, so no name can be taken.
    Loaded::from_texts(after.clone().into_iter().collect(), BTreeSet::new()).finish().map_err(|faults| {
        format!("{}\n\nthe spec with this report has faults; nothing was written", faults.join("\n\n"))
    })?;
    let mut told = String::new();
    for (name, text) in after.iter().filter(|(name, text)| before.get(*name) != Some(text)) {
        let old = before.get(name).map_or("", String::as_str);
        let _ = write!(told, "{}", diff(&format!("spec/{name}"), old, text));
        std::fs::write(spec.join(name), text).map_err(|error| format!("error: cannot write spec/{name}: {error}"))?;
    }
    if told.is_empty() {
        told.push_str("the spec already contains everything in this report\n");
    }
    Ok(told + &proposals)
}

/// Every YAML file of a spec, by its path below it.
fn texts(spec: &Path) -> Result<BTreeMap<String, String>, String> {
    let loaded = Loaded::from_folder(spec, BTreeSet::new())
        .map_err(|error| format!("error: cannot read {}: {error}", spec.display()))?;
    Ok(loaded
        .files
        .texts()
        .map(|(name, text)| (name.trim_start_matches("spec/").to_owned(), text.to_owned()))
        .collect())
}

/// Returns the files with what the report proves, and what is left for people to decide.
fn merged(before: &BTreeMap<String, String>, report: &Report, by: &Source) -> (BTreeMap<String, String>, String) {
    let mut after = before.clone();
    let mut proposals = String::new();
    for operation in &report.operations {
        let Some((resource, id)) = operation.id.split_once('.') else { continue };
        let Some(text) = after.get_mut(&format!("endpoints/{resource}.yaml")) else { continue };
        let change = endpoint(text, id, operation.answered(), by);
        *text = change.text;
        proposals.push_str(&operation.proposals(change.contradicts));
    }
    for (id, finding) in report.quirks() {
        if let (Finding::Confirmed, Some(text)) = (&finding, after.get_mut("quirks.yaml")) {
            *text = quirk(text, id, by);
        }
        proposals.push_str(&finding.proposal(id, by));
    }
    if after != *before
        && let Some(text) = after.get_mut("sources.yaml")
    {
        *text = source(text, by, report.host());
    }
    if !proposals.is_empty() {
        proposals.insert_str(0, "\n# Proposals, to be judged and pasted by hand:\n");
    }
    (after, proposals)
}
