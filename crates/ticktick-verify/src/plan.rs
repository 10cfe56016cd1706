//! Calls and experiments as data.

use ticktick_raw::Operation;

use crate::report::Effect;

/// One call.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What checks call it; empty where none does.
    pub name: &'static str,
    /// What is called.
    pub operation: &'static Operation,
    /// Parameters by name; values may hold placeholders.
    pub params: &'static [(&'static str, &'static str)],
    /// JSON whose texts may hold placeholders.
    pub body: Option<&'static str>,
    /// Values for later placeholders: name, and path in the answer.
    pub learn: &'static [(&'static str, &'static str)],
}

impl Step {
    /// Calls an operation without parameters, body and name.
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

/// Calls whose answers settle how the service behaves.
#[derive(Clone, Copy, Debug)]
pub struct Experiment {
    /// Short name.
    pub id: &'static str,
    /// What it finds out.
    pub question: &'static str,
    /// Id of the quirk that it is about.
    pub quirk: &'static str,
    /// What it creates; one that creates nothing only reads.
    pub creates: Option<&'static str>,
    /// The calls, in their order.
    pub steps: &'static [Step],
    /// What the answers may mean; the first that fits counts.
    pub outcomes: &'static [Outcome],
}

/// What the answers of an experiment may mean.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The outcome in one or two words.
    pub verdict: &'static str,
    /// What it means, in a sentence.
    pub says: &'static str,
    /// What follows for the quirk.
    pub effect: Effect,
    /// What must hold, all of it.
    pub checks: &'static [Check],
}

/// A check of one value of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Name of the step.
    pub step: &'static str,
    /// Path of the value.
    pub path: &'static str,
    /// What it must be.
    pub wants: Wants,
}

impl Check {
    pub(crate) const fn new(step: &'static str, path: &'static str, wants: Wants) -> Self {
        Self { step, path, wants }
    }
}

/// What a value must be. Texts that hold JSON may hold placeholders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// The step was answered, and nothing is there.
    Absent,
    /// Null is there.
    Null,
    /// Something is there, and it is not null.
    Present,
    /// The step was answered with success.
    Answered,
    /// The step was refused.
    Refused,
    /// A value that equals this JSON.
    Equals(&'static str),
    /// A value that does not equal this JSON; nothing at all will do.
    Not(&'static str),
    /// A text that contains this one.
    Contains(&'static str),
    /// The step was refused with this error code.
    Code(&'static str),
}
