//! Faults of `experiments.yaml` and `reads.yaml`.

use std::collections::BTreeSet;

use super::fault::Faults;
use super::ir::{Experiment, Ir, Operation, Step};
use super::lint::known;
use super::node::Text;

/// Checks that calls exist, that placeholders and steps are known, and that every reading operation is accounted for.
pub(super) fn lint(ir: &Ir, faults: &mut Faults) {
    let quirks = ir.quirks.iter().map(|quirk| &*quirk.id.text).collect();
    for experiment in &ir.experiments {
        known(std::slice::from_ref(&experiment.quirk), &quirks, "quirk", "quirks.yaml", faults);
        steps(&experiment.steps, ir, faults);
        only_reads(experiment, ir, faults);
        probes(experiment, faults);
    }
    let Some(reads) = &ir.reads else { return };
    steps(&reads.calls, ir, faults);
    let called: BTreeSet<&str> = reads.calls.iter().map(|step| &*step.call.text).collect();
    let skipped: BTreeSet<&str> = reads.skipped.iter().map(|(id, _)| &*id.text).collect();
    for operation in ir.operations().filter(|operation| reads_only(operation)) {
        let name = operation.name();
        if !called.contains(name.as_str()) && !skipped.contains(name.as_str()) {
            faults.add(
                operation.call,
                format!("`{name}` reads, and spec/reads.yaml does not mention it"),
                "add it below `reads`, or below `skipped` with the reason",
            );
        }
    }
    for (id, _) in &reads.skipped {
        operation(id, ir, faults);
    }
    for step in &reads.calls {
        if let Some(operation) = operation(&step.call, ir, faults).filter(|operation| !reads_only(operation)) {
            faults.add(
                step.call.mark,
                format!("`{}` changes something", operation.name()),
                "only reading calls stand here",
            );
        }
    }
}

/// Returns whether an operation only reads: a GET, or another call that is safe to retry and whose body
/// contains conditions.
fn reads_only(operation: &Operation) -> bool {
    operation.reads && operation.auth == "session"
}

fn operation<'a>(id: &Text, ir: &'a Ir, faults: &mut Faults) -> Option<&'a Operation> {
    let found = ir.operations().find(|operation| operation.name() == id.text);
    if found.is_none() {
        let names: Vec<String> = ir.operations().map(Operation::name).collect();
        let names = names.iter().map(String::as_str).collect();
        known(std::slice::from_ref(id), &names, "operation", "endpoints", faults);
    }
    found
}

fn steps(steps: &[Step], ir: &Ir, faults: &mut Faults) {
    for step in steps {
        let Some(operation) = operation(&step.call, ir, faults) else { continue };
        for (name, _) in &step.params {
            let params = operation.params.iter().map(|param| &*param.name.text).collect();
            known(std::slice::from_ref(name), &params, "parameter", "endpoints", faults);
        }
        for param in operation.params.iter().filter(|param| param.required) {
            if !step.params.iter().any(|(name, _)| name.text == param.name.text) {
                let message = format!("`{}` needs the parameter `{}`", step.call, param.name);
                faults.add(step.call.mark, message, "add it to `params`");
            }
        }
    }
}

fn only_reads(experiment: &Experiment, ir: &Ir, faults: &mut Faults) {
    if experiment.creates.is_some() {
        return;
    }
    for step in &experiment.steps {
        if ir.operations().any(|operation| operation.name() == step.call.text && !operation.reads) {
            faults.add(
                step.call.mark,
                format!("`{}` changes something, and the experiment does not say that it creates anything", step.call),
                "say in `creates` what it creates, so that people can be asked first",
            );
        }
    }
}

fn probes(experiment: &Experiment, faults: &mut Faults) {
    let names: BTreeSet<&str> = experiment.steps.iter().filter_map(|step| Some(&*step.name.as_ref()?.text)).collect();
    for outcome in &experiment.outcomes {
        let steps: Vec<Text> = outcome.probes.iter().map(|probe| probe.step.clone()).collect();
        known(&steps, &names, "step", "experiments.yaml", faults);
    }
}
