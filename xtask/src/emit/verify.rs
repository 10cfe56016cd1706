//! `ticktick-verify/src/generated`: the reading calls and the experiments as tables.

use std::fmt::Write as _;

use super::rust::{self, literal, option};
use crate::spec::ir::{Experiment, Ir, Outcome, Probe, Step, Wants};
use crate::spec::node::Text;

/// `reads.rs`, `experiments.rs` and `generated.rs`; nothing for a spec that asks the live service nothing.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let Some(reads) = &ir.reads else { return Vec::new() };
    let mut module = rust::header("spec");
    module.push_str("//! What is asked of the live service.\n\nmod experiments;\nmod reads;\n\n");
    module.push_str("pub use experiments::EXPERIMENTS;\npub use reads::{READS, SKIPPED};\n");

    let mut calls = file("spec/reads.yaml", "The calls that only read.", "use crate::Step;");
    calls.push_str("\n/// Every call that `verify` makes to see whether answers fit, in this order.\n");
    let _ = writeln!(calls, "pub static READS: &[Step] = &[{}];", list(&reads.calls, step));
    calls.push_str("\n/// Reading operations that are not called, and why.\n");
    let skipped = list(&reads.skipped, |(id, why)| format!("(&op::{}, {why:?})", constant(id)));
    let _ = writeln!(calls, "pub static SKIPPED: &[(&Operation, &str)] = &[{skipped}];");

    let uses = "use crate::{Check, Effect, Experiment, Outcome, Step, Wants};";
    let mut experiments = file("spec/experiments.yaml", "The experiments.", uses);
    experiments.push_str("\n/// Every experiment.\n");
    let all = list(&ir.experiments, experiment);
    let _ = writeln!(experiments, "pub static EXPERIMENTS: &[Experiment] = &[{all}];");
    let formatted = |text: String| rust::whole(&text);
    vec![
        (super::MODULE.to_owned(), module),
        ("reads.rs".to_owned(), formatted(calls)),
        ("experiments.rs".to_owned(), formatted(experiments)),
    ]
}

fn file(source: &str, about: &str, uses: &str) -> String {
    let operations =
        if source.ends_with("reads.yaml") { "use ticktick_raw::{Operation, op};" } else { "use ticktick_raw::op;" };
    format!("{}//! {about}\n\n{operations}\n\n{uses}\n", rust::header(source))
}

fn list<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    items.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `TASK_GET` for `task.get`.
fn constant(id: &Text) -> String {
    id.text.replace('.', "_").to_uppercase()
}

fn step(step: &Step) -> String {
    let pairs = |pairs: &[(Text, String)]| list(pairs, |(name, value)| format!("({:?}, {value:?})", name.text));
    format!(
        "Step {{ name: {}, operation: &op::{}, params: &[{}], body: {}, learn: &[{}] }}",
        literal(step.name.as_ref().map_or("", |name| &name.text)),
        constant(&step.call),
        pairs(&step.params),
        option(step.body.as_deref()),
        pairs(&step.learn),
    )
}

fn experiment(experiment: &Experiment) -> String {
    format!(
        "Experiment {{ id: {:?}, question: {:?}, quirk: {:?}, creates: {}, steps: &[{}], outcomes: &[{}] }}",
        experiment.id.text,
        experiment.question,
        experiment.quirk.text,
        option(experiment.creates.as_deref()),
        list(&experiment.steps, step),
        list(&experiment.outcomes, outcome),
    )
}

fn outcome(outcome: &Outcome) -> String {
    format!(
        "Outcome {{ verdict: {:?}, says: {:?}, effect: Effect::{}, checks: &[{}] }}",
        outcome.verdict.text,
        outcome.says,
        outcome.effect,
        list(&outcome.probes, check),
    )
}

fn check(probe: &Probe) -> String {
    let wants = match &probe.wants {
        Wants::Is(state) => (*state).to_owned(),
        Wants::Equals(json) => format!("Equals({json:?})"),
        Wants::Not(json) => format!("Not({json:?})"),
        Wants::Contains(part) => format!("Contains({part:?})"),
        Wants::Code(code) => format!("Code({code:?})"),
    };
    format!("Check {{ step: {:?}, path: {:?}, wants: Wants::{wants} }}", probe.step.text, probe.path)
}
