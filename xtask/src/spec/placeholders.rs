//! Placeholders such as `<task>` in the calls of `experiments.yaml` and `reads.yaml`.

use super::fault::{Faults, closest, hint};
use super::node::{Node, Text, Value};

/// Placeholders with a value in every call.
const GIVEN: &[&str] = &["name", "now", "stamp", "millis"];

/// The project of the experiments.
const SANDBOX: &str = "sandbox";

/// Checks an experiment. A placeholder of a step may be new, but it must not be a misspelt one; an outcome has only those of
/// the steps.
pub(super) fn experiment(steps: &Node, outcomes: &Node, faults: &mut Faults) {
    let (used, checked) = (within(steps), within(outcomes));
    let mut known: Vec<&str> = GIVEN.iter().copied().chain([SANDBOX]).chain(learned(steps)).collect();
    let count = |name: &str| used.iter().chain(&checked).filter(|one| one.text == name).count();
    for placeholder in used.iter().filter(|placeholder| !known.contains(&placeholder.text.as_str())) {
        // A new placeholder that occurs once, and resembles one that occurs several times, is probably misspelt.
        let others = used
            .iter()
            .map(|other| other.text.as_str())
            .filter(|other| count(placeholder) == 1 && count(other) > 1 && !differ_in_number(other, placeholder));
        let near: Vec<&str> = known.iter().copied().chain(others).collect();
        if closest(placeholder, near.iter().copied()).is_some() {
            let hint = hint(placeholder, near);
            unknown(placeholder, format!("{hint}if it is new, give it a name that resembles no other"), faults);
        }
    }
    known.extend(used.iter().map(|placeholder| placeholder.text.as_str()));
    for placeholder in checked.iter().filter(|placeholder| !known.contains(&placeholder.text.as_str())) {
        let hint = hint(placeholder, known.iter().copied());
        unknown(placeholder, format!("{hint}use one that a step contains or learns"), faults);
    }
}

/// Checks calls that use only what an earlier one learns.
pub(super) fn reads(calls: &Node, faults: &mut Faults) {
    let mut known = GIVEN.to_vec();
    let Value::List(calls) = &calls.value else { return };
    for call in calls {
        for placeholder in within(call).iter().filter(|placeholder| !known.contains(&placeholder.text.as_str())) {
            let hint = hint(placeholder, known.iter().copied());
            unknown(placeholder, format!("{hint}use one that an earlier call learns"), faults);
        }
        known.extend(call.members("learn").iter().map(|(name, _)| name.text.as_str()));
    }
}

fn unknown(placeholder: &Text, help: String, faults: &mut Faults) {
    faults.add(placeholder.mark, format!("unknown placeholder `<{placeholder}>`"), help);
}

/// Returns `true` for names such as `task` and `task2`.
fn differ_in_number(one: &str, other: &str) -> bool {
    let stem = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    stem(one) == stem(other)
}

fn learned(steps: &Node) -> impl Iterator<Item = &str> {
    let steps = if let Value::List(steps) = &steps.value { steps.as_slice() } else { &[] };
    steps.iter().flat_map(|step| step.members("learn")).map(|(name, _)| name.text.as_str())
}

/// Returns the placeholders in all keys and texts of a value, with the place of the text.
fn within(node: &Node) -> Vec<Text> {
    let mut found = Vec::new();
    match &node.value {
        Value::String(text) => found.extend(named(text).map(|name| Text { text: name.to_owned(), mark: node.mark })),
        Value::List(items) => found.extend(items.iter().flat_map(within)),
        Value::Map(members) => {
            for (key, value) in members {
                found.extend(named(key).map(|name| Text { text: name.to_owned(), mark: key.mark }));
                found.extend(within(value));
            }
        }
        _ => {}
    }
    found
}

/// Returns the names between angle brackets in a text.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    };
    text.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.0)).filter(is_name)
}
