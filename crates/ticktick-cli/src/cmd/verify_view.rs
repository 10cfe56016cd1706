//! Output of `ticktick api verify`.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use ticktick::raw::{Level, Operation};
use ticktick_verify::{Effect, Event, Experiment, OperationReport, PREFIX, PROJECT, Report, Seen, Verdict};

use crate::output::{DIM, GREEN, RED, YELLOW};
use crate::table::{Cell, Table};

/// A progress counter on standard error, if that is a terminal.
pub(crate) struct Progress {
    done: usize,
    all: usize,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(all: usize) -> Self {
        Self { done: 0, all, shown: io::stderr().is_terminal() }
    }

    pub(crate) fn step(&mut self, event: &Event<'_>) {
        self.done += 1;
        let what = match event {
            Event::Read { operation, .. } => operation,
            Event::Experiment { experiment, .. } => experiment.id,
            _ => "",
        };
        self.draw(&format!("{}/{} {what}", self.done, self.all));
    }

    pub(crate) fn clear(&self) {
        self.draw("");
    }

    /// Overwrites the current line.
    fn draw(&self, text: &str) {
        if self.shown {
            let mut err = io::stderr().lock();
            drop(write!(err, "\r\x1b[K{text}").and_then(|()| err.flush()));
        }
    }
}

/// Lists what the experiments create.
pub(crate) fn question(experiments: &[&Experiment]) -> Vec<String> {
    let mut lines = vec![format!(
        "The experiments run in a separate project, \"{PROJECT}\", and change nothing else. Objects outside that project have a \
         name that starts with \"{PREFIX}\". All of them are removed at the end. They create:"
    )];
    let creating = experiments.iter().filter_map(|one| Some((one.id, one.creates?)));
    lines.extend(creating.map(|(id, creates)| format!("  {id}: {creates}")));
    lines
}

/// Returns one line per operation that does not match, one per experiment, and a summary.
pub(crate) fn lines(report: &Report) -> Vec<String> {
    let mut table = Table::new();
    for OperationReport { id, seen } in &report.operations {
        let style = match seen {
            Seen::Fits => continue,
            _ if is_unexpected(id, seen) => RED,
            Seen::Differs { .. } => YELLOW,
            _ => DIM,
        };
        table.row(vec![Cell::new(id), Cell::new(word(seen)).style(style), Cell::new(details(seen))]);
    }
    for Verdict { id, verdict, effect, quirk, .. } in &report.experiments {
        let style = match effect {
            Effect::Confirms => GREEN,
            Effect::Settles => YELLOW,
            Effect::Contradicts | Effect::Nothing => RED,
        };
        table.row(vec![Cell::new(id), Cell::new(verdict).style(style), Cell::new(format!("{effect} {quirk}"))]);
    }
    let mut lines = table.render(None);
    lines.push(summary(report));
    lines
}

fn word(seen: &Seen) -> &'static str {
    match seen {
        Seen::Fits => "fits",
        Seen::Differs { .. } => "differs",
        Seen::Refused { .. } => "refused",
        Seen::Failed { .. } => "failed",
        Seen::NotTried { .. } => "not tried",
    }
}

/// Returns whether an outcome is a failure, or a refusal that neither the contract nor the account's plan
/// explains.
pub(crate) fn is_unexpected(operation: &str, seen: &Seen) -> bool {
    match seen {
        Seen::Failed { .. } => true,
        Seen::Refused { code, .. } => {
            let known = Operation::find(operation).is_some_and(|one| one.evidence.level == Level::Refused);
            !known && code.as_deref() != Some("need_pro")
        }
        _ => false,
    }
}

fn details(seen: &Seen) -> String {
    match seen {
        Seen::Fits => String::new(),
        Seen::Differs { unknown, odd } => {
            let unknown = unknown.iter().map(|path| format!("unknown {path}"));
            let odd = odd.iter().map(|one| format!("{} is {}, not {}", one.path, one.found, one.expected));
            unknown.chain(odd).collect::<Vec<_>>().join(", ")
        }
        Seen::Refused { status, code } => match code {
            Some(code) => format!("{status} {code}"),
            None => status.to_string(),
        },
        Seen::Failed { what } => what.to_string(),
        Seen::NotTried { why } => why.clone(),
    }
}

fn summary(report: &Report) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &report.operations {
        *counts.entry(word(&one.seen)).or_default() += 1;
    }
    let told = [
        ("fits", "fit"),
        ("differs", "differ"),
        ("refused", "refused"),
        ("failed", "failed"),
        ("not tried", "not tried"),
    ];
    let parts = told.iter().filter_map(|(word, shown)| Some(format!("{} {shown}", counts.get(word)?)));
    let mut text = Vec::new();
    if !report.operations.is_empty() {
        text.push(format!("operations: {}", parts.collect::<Vec<_>>().join(", ")));
    }
    if !report.experiments.is_empty() {
        let of = |effect: Effect| report.experiments.iter().filter(|one| one.effect == effect).count();
        text.push(format!(
            "experiments: {} confirm, {} settle, {} contradict, {} unclear",
            of(Effect::Confirms),
            of(Effect::Settles),
            of(Effect::Contradicts),
            of(Effect::Nothing),
        ));
    }
    text.join("; ")
}
