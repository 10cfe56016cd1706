//! Calls and experiments as data.

use ticktick_raw::Operation;

use crate::report::Effect;

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Name used by checks; empty if none uses it.
    pub name: &'static str,
    /// The operation to call.
    pub operation: &'static Operation,
    /// Parameters by name; values may contain placeholders.
    pub params: &'static [(&'static str, &'static str)],
    /// JSON body, whose texts may contain placeholders.
    pub body: Option<&'static str>,
    /// Values for later placeholders: name, and path in the response.
    pub learn: &'static [(&'static str, &'static str)],
}

impl Step {
    /// Creates a call without parameters, body and name.
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self { name: "", operation, params: &[], body: None, learn: &[] }
    }

    pub(crate) const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    pub(crate) const fn params(self, params: &'static [(&'static str, &'static str)]) -> Self {
        Self { params, ..self }
    }

    pub(crate) const fn body(self, json: &'static str) -> Self {
        Self { body: Some(json), ..self }
    }

    pub(crate) const fn learn(self, learn: &'static [(&'static str, &'static str)]) -> Self {
        Self { learn, ..self }
    }
}

/// Calls whose responses show how the service behaves on a disputed point.
#[derive(Clone, Copy, Debug)]
pub struct Experiment {
    /// Short name.
    pub id: &'static str,
    /// The question that it answers.
    pub question: &'static str,
    /// Id of the quirk that it tests.
    pub quirk: &'static str,
    /// What it creates; `None` if it only reads.
    pub creates: Option<&'static str>,
    /// The calls, in order.
    pub steps: &'static [Step],
    /// Possible outcomes; the first whose checks all pass applies.
    pub outcomes: &'static [Outcome],
}

/// A possible outcome of an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The verdict in one or two words.
    pub verdict: &'static str,
    /// What the outcome means, in a sentence.
    pub says: &'static str,
    /// The consequence for the quirk.
    pub effect: Effect,
    /// The checks that must all pass.
    pub checks: &'static [Check],
}

/// A check of one value of a response.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Name of the step.
    pub step: &'static str,
    /// Path of the value.
    pub path: &'static str,
    /// The expected value.
    pub wants: Wants,
}

impl Check {
    pub(crate) const fn new(step: &'static str, path: &'static str, wants: Wants) -> Self {
        Self { step, path, wants }
    }
}

/// The expectation of a check. JSON texts may contain placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// The step succeeded, and the value is absent.
    Absent,
    /// The value is null.
    Null,
    /// The value is present and not null.
    Present,
    /// The step succeeded.
    Answered,
    /// The step was refused.
    Refused,
    /// A value that equals this JSON.
    Equals(&'static str),
    /// A value other than this JSON; an absent value also passes.
    Not(&'static str),
    /// A text that contains this one.
    Contains(&'static str),
    /// The step was refused with this error code.
    Code(&'static str),
}
