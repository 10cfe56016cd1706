//! Reads `experiments.yaml` and `reads.yaml`: the calls that `ticktick api verify` makes to the live
//! service.

use super::fault::Faults;
use super::ir::{Experiment, Outcome, Probe, Reads, Step, Wants};
use super::node::{Node, Text};
use super::placeholders;
use super::read::{self, Keys};

const STEP: &[&str] = &["call", "as", "params", "body", "learn"];
const STATES: &[&str] = &["absent", "null", "present", "answered", "refused"];
const EFFECTS: &[&str] = &["confirms", "contradicts", "settles"];

/// Reads `reads.yaml`: reading operations in the order of calling, and those that are left out.
pub(crate) fn reads(node: &Node, faults: &mut Faults) -> Option<Reads> {
    let keys = Keys::new(node, "this file", &["reads", "skipped"], faults)?;
    let list = keys.need("reads", "list the calls in order", faults)?;
    placeholders::reads(list, faults);
    let calls = read::items(list, "reads", faults).iter().filter_map(|item| step(item, faults)).collect();
    let mut skipped = Vec::new();
    if let Some(node) = keys.get("skipped") {
        for (id, why) in read::pairs(node, "skipped operations", faults).unwrap_or_default() {
            skipped.extend(read::text(why, faults).map(|why| (id.clone(), why.text)));
        }
    }
    Some(Reads { calls, skipped })
}

/// Reads one entry of `experiments.yaml`.
pub(crate) fn experiment(keys: &Keys<'_>, id: &Text, faults: &mut Faults) -> Option<Experiment> {
    let steps = keys.need("steps", "list the calls", faults)?;
    let outcomes =
        keys.need("outcomes", "list the possible outcomes; the first that matches is the verdict", faults)?;
    placeholders::experiment(steps, outcomes, faults);
    Some(Experiment {
        id: id.clone(),
        question: keys.need_text("question", "write the question that the experiment answers", faults)?.text,
        quirk: keys.need_text("quirk", "write the id of the quirk", faults)?,
        creates: keys.text("creates", faults).map(|text| text.text),
        steps: read::items(steps, "steps", faults).iter().filter_map(|item| step(item, faults)).collect(),
        outcomes: read::items(outcomes, "outcomes", faults).iter().filter_map(|item| outcome(item, faults)).collect(),
    })
}

fn step(node: &Node, faults: &mut Faults) -> Option<Step> {
    let keys = Keys::new(node, "a call", STEP, faults)?;
    let call = keys.need_text("call", "name the operation, such as `task.batch`", faults)?;
    Some(Step {
        name: keys.text("as", faults),
        params: pairs(&keys, "params", faults),
        body: keys.get("body").map(|body| read::json(body).to_string()),
        learn: pairs(&keys, "learn", faults),
        call,
    })
}

fn pairs(keys: &Keys<'_>, key: &str, faults: &mut Faults) -> Vec<(Text, String)> {
    let Some(node) = keys.get(key) else { return Vec::new() };
    let pairs = read::pairs(node, "these values", faults).unwrap_or_default();
    pairs.iter().filter_map(|(name, value)| Some((name.clone(), read::text(value, faults)?.text))).collect()
}

fn outcome(node: &Node, faults: &mut Faults) -> Option<Outcome> {
    let keys = Keys::new(node, "an outcome", &["verdict", "when", "says", "quirk"], faults)?;
    let when = keys.need("when", "list the checks that must all succeed", faults)?;
    Some(Outcome {
        verdict: keys.need_text("verdict", "name the outcome in one or two words", faults)?,
        says: keys.need_text("says", "describe the meaning in one sentence", faults)?.text,
        effect: keys.word("quirk", EFFECTS, faults).unwrap_or("confirms"),
        probes: read::items(when, "when", faults).iter().filter_map(|item| probe(item, faults)).collect(),
    })
}

/// Reads `{ at: STEP $.path, is: absent }` and its relatives.
fn probe(node: &Node, faults: &mut Faults) -> Option<Probe> {
    let keys = Keys::new(node, "a check", &["at", "is", "equals", "not", "contains", "code"], faults)?;
    let at = keys.need_text("at", "name the step, and the path in its answer: `after $.content`", faults)?;
    let (step, path) = at.text.split_once(' ').unwrap_or((&at.text, "$"));
    let text = |node: &Node| read::json(node).to_string();
    let wants = if let Some(state) = keys.word("is", STATES, faults) {
        Wants::Is(state)
    } else if let Some(node) = keys.get("equals") {
        Wants::Equals(text(node))
    } else if let Some(node) = keys.get("not") {
        Wants::Not(text(node))
    } else if let Some(part) = keys.text("contains", faults) {
        Wants::Contains(part.text)
    } else if let Some(code) = keys.text("code", faults) {
        Wants::Code(code.text)
    } else {
        faults.add(at.mark, "this check has no condition", "add `is`, `equals`, `not`, `contains` or `code`");
        return None;
    };
    Some(Probe { step: Text { text: step.to_owned(), mark: at.mark }, path: path.trim().to_owned(), wants })
}
