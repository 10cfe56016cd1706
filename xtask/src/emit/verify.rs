//! `ticktick-verify/src/generated`: the reading calls and the experiments as tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::{ident, variant};
use super::rust::{self, Scope, literal};
use crate::spec::ir::{Experiment, Ir, Outcome, Probe, Step, Wants};
use crate::spec::node::Text;

/// `reads.rs`, `experiments.rs` and `generated.rs`; nothing for a spec that asks the live service nothing.
pub(crate) fn emit(ir: &Ir) -> Vec<(String, String)> {
    let Some(reads) = &ir.reads else { return Vec::new() };
    let module = quote! {
        mod experiments;
        mod reads;
        pub use experiments::EXPERIMENTS;
        pub use reads::{READS, SKIPPED};
    };
    let calls = reads.calls.iter().map(step);
    let skipped = reads.skipped.iter().map(|(id, why)| {
        let operation = operation(id);
        quote!((#operation, #why))
    });
    let reads = quote! {
        /// Every call that `verify` makes to see whether answers fit, in this order.
        pub static READS: &[Step] = &[#(#calls),*];
        /// Reading operations that are not called, and why.
        pub static SKIPPED: &[(&Operation, &str)] = &[#(#skipped),*];
    };
    let experiments = ir.experiments.iter().map(experiment);
    let experiments = quote! {
        /// Every experiment.
        pub static EXPERIMENTS: &[Experiment] = &[#(#experiments),*];
    };
    vec![
        file(super::MODULE, "spec", "What is asked of the live service.", module),
        file("reads.rs", "spec/reads.yaml", "The calls that only read.", reads),
        file("experiments.rs", "spec/experiments.yaml", "The experiments.", experiments),
    ]
}

fn file(name: &str, source: &str, about: &str, items: TokenStream) -> (String, String) {
    let scope = Scope::default()
        .with("ticktick_raw", ["Operation", "op"])
        .with("crate", ["Check", "Effect", "Experiment", "Outcome", "Step", "Wants"]);
    (name.to_owned(), rust::file(source, about, &scope, items))
}

/// `&op::TASK_GET` for `task.get`.
fn operation(id: &Text) -> TokenStream {
    let constant = ident(&id.text.replace('.', "_").to_uppercase());
    quote!(&op::#constant)
}

fn step(step: &Step) -> TokenStream {
    let pairs = |setter: &str, pairs: &[(Text, String)]| {
        let (setter, names, values) =
            (ident(setter), pairs.iter().map(|(name, _)| &name.text), pairs.iter().map(|pair| &pair.1));
        (!pairs.is_empty()).then(|| quote!(.#setter(&[#((#names, #values)),*])))
    };
    let operation = operation(&step.call);
    let name = step.name.as_ref().map(|name| &name.text).map(|name| quote!(.named(#name)));
    let body = step.body.as_deref().map(literal).map(|body| quote!(.body(#body)));
    let (params, learn) = (pairs("params", &step.params), pairs("learn", &step.learn));
    quote!(Step::new(#operation) #name #params #body #learn)
}

fn experiment(experiment: &Experiment) -> TokenStream {
    let Experiment { id, question, quirk, .. } = experiment;
    let (id, quirk, creates) = (&id.text, &quirk.text, rust::option(experiment.creates.as_deref()));
    let (steps, outcomes) = (experiment.steps.iter().map(step), experiment.outcomes.iter().map(outcome));
    quote! {
        Experiment {
            id: #id,
            question: #question,
            quirk: #quirk,
            creates: #creates,
            steps: &[#(#steps),*],
            outcomes: &[#(#outcomes),*],
        }
    }
}

fn outcome(outcome: &Outcome) -> TokenStream {
    let (verdict, says, effect) = (&outcome.verdict.text, &outcome.says, variant(outcome.effect));
    let checks = outcome.probes.iter().map(check);
    quote!(Outcome { verdict: #verdict, says: #says, effect: Effect::#effect, checks: &[#(#checks),*] })
}

fn check(probe: &Probe) -> TokenStream {
    let (step, path) = (&probe.step.text, literal(&probe.path));
    let (wants, value) = match &probe.wants {
        Wants::Is(state) => (*state, None),
        Wants::Equals(json) => ("equals", Some(json)),
        Wants::Not(json) => ("not", Some(json)),
        Wants::Contains(part) => ("contains", Some(part)),
        Wants::Code(code) => ("code", Some(code)),
    };
    let wants = variant(wants);
    let value = value.map(|value| literal(value)).map(|value| quote!((#value)));
    quote!(Check::new(#step, #path, Wants::#wants #value))
}
