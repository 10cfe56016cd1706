//! A report of `ticktick api verify`, and its consequences.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::edit::Source;

const VERSION: u8 = 1;

/// The parts of a report that are needed here; `spec/formats/report.schema.json` describes all of it.
#[derive(Deserialize)]
pub(super) struct Report {
    version: u8,
    region: String,
    pub(super) operations: Vec<Operation>,
    experiments: Vec<Verdict>,
}

#[derive(Deserialize)]
pub(super) struct Operation {
    pub(super) id: String,
    seen: Seen,
}

#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
enum Seen {
    Fits,
    Differs { unknown: Vec<String>, odd: Vec<Odd> },
    Refused { status: u16, code: Option<String> },
    Failed {},
    NotTried {},
}

#[derive(Deserialize)]
struct Odd {
    path: String,
    expected: String,
    found: String,
}

#[derive(Deserialize)]
struct Verdict {
    id: String,
    quirk: String,
    verdict: String,
    effect: String,
}

/// The combined result of all experiments on a quirk.
pub(super) enum Finding {
    /// At least one confirms it, and none contradicts it.
    Confirmed,
    /// A person has to decide: the experiments and their verdicts.
    Open(&'static str, Vec<String>),
}

impl Report {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let report: Self =
            serde_json::from_str(text).map_err(|error| format!("error: the report cannot be read: {error}"))?;
        if report.version != VERSION {
            return Err(format!("error: the report has version {}, and this program reads {VERSION}", report.version));
        }
        if report.region == "other" {
            return Err(
                "error: the report is not from ticktick.com or dida365.com, so it proves nothing of them".to_owned()
            );
        }
        Ok(report)
    }

    pub(super) fn host(&self) -> &'static str {
        if self.region == "dida365" { "dida365.com" } else { "ticktick.com" }
    }

    /// Returns the finding for each quirk.
    pub(super) fn quirks(&self) -> BTreeMap<&str, Finding> {
        let mut found: BTreeMap<&str, Finding> = BTreeMap::new();
        let mut note = |effect: &str, word: &'static str| {
            for one in self.experiments.iter().filter(|one| one.effect == effect) {
                let told = format!("{}: {}", one.id, one.verdict);
                match found.get_mut(one.quirk.as_str()) {
                    Some(Finding::Open(_, all)) => all.push(told),
                    Some(Finding::Confirmed) => {}
                    None => drop(found.insert(&one.quirk, Finding::Open(word, vec![told]))),
                }
            }
        };
        note("contradicts", "contradicted");
        note("settles", "settled in part");
        for one in self.experiments.iter().filter(|one| one.effect == "confirms") {
            found.entry(&one.quirk).or_insert(Finding::Confirmed);
        }
        found
    }
}

impl Operation {
    /// Returns whether it was answered or refused, or `None` if the report does not show which.
    pub(super) fn answered(&self) -> Option<bool> {
        match &self.seen {
            Seen::Fits | Seen::Differs { .. } => Some(true),
            // A refusal because of the account's plan or state is no evidence for or against the operation.
            Seen::Refused { code: Some(_), .. } | Seen::Failed {} | Seen::NotTried {} => None,
            Seen::Refused { status, .. } => matches!(status, 404 | 405).then_some(false),
        }
    }

    /// Describes what a person has to decide.
    pub(super) fn proposals(&self, contradicts: bool) -> String {
        let mut out = String::new();
        let id = &self.id;
        match &self.seen {
            Seen::Refused { status, .. } if contradicts => {
                let _ = writeln!(out, "# {id} was refused with {status}:\n    evidence: {{ level: refused, ... }}");
            }
            _ if contradicts => {
                let _ = writeln!(out, "# {id} was answered:\n    evidence: {{ level: seen, ... }}");
            }
            _ => {}
        }
        if let Seen::Differs { unknown, odd } = &self.seen {
            for path in unknown {
                let name = path.rsplit('.').next().unwrap_or(path);
                let _ = writeln!(out, "# {id} answered the unknown {path}:\n      {name}: {{ description: \"\" }}");
            }
            for Odd { path, expected, found } in odd {
                let name = path.rsplit('.').next().unwrap_or(path);
                let kind =
                    if found == "null" { format!("[{expected}, \"null\"]") } else { format!("[{expected}, {found}]") };
                let _ = writeln!(
                    out,
                    "# {id} answered {found} and not {expected} at {path}:\n      {name}: {{ type: {kind} }}"
                );
            }
        }
        out
    }
}

impl Finding {
    pub(super) fn proposal(&self, quirk: &str, source: &Source) -> String {
        let Self::Open(word, experiments) = self else { return String::new() };
        let list = experiments.join(", ");
        format!(
            "# The quirk {quirk} is {word} ({list}):\n  {quirk}:\n    does: >-\n      ...\n    by: [..., {}]\n",
            source.by
        )
    }
}
