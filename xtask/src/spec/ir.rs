//! The spec as the emitters see it.

use std::collections::BTreeSet;

use super::format::Format;
use super::node::{Mark, Text};

/// The whole contract.
#[derive(Debug, Default)]
pub(crate) struct Ir {
    pub(crate) resources: Vec<Resource>,
    pub(crate) families: Vec<Family>,
    pub(crate) quirks: Vec<Quirk>,
    pub(crate) errors: Vec<ErrorCode>,
    pub(crate) sources: Vec<Source>,
    pub(crate) experiments: Vec<Experiment>,
    pub(crate) reads: Option<Reads>,
    /// Names of the hand-written types that `ticktick-models` exports.
    pub(crate) hand_written: BTreeSet<String>,
    /// The formats that are ours.
    pub(crate) formats: Vec<Format>,
}

impl Ir {
    pub(crate) fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }

    /// The names of all types that `ticktick-models` exports.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        self.hand_written.iter().map(String::as_str).chain(self.models().map(|model| model.name.text.as_str()))
    }

    pub(crate) fn models(&self) -> impl Iterator<Item = &Model> {
        self.families.iter().flat_map(|family| &family.models)
    }
}

/// The operations of one file.
#[derive(Debug)]
pub(crate) struct Resource {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) operations: Vec<Operation>,
}

/// One call of the API.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) resource: String,
    pub(crate) id: Text,
    pub(crate) call: Mark,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) about: String,
    pub(crate) details: Option<String>,
    pub(crate) params: Vec<Param>,
    pub(crate) body: Option<Body>,
    pub(crate) returns: Type,
    pub(crate) empty_body: bool,
    pub(crate) auth: &'static str,
    pub(crate) host: &'static str,
    pub(crate) retry: &'static str,
    /// Whether it changes nothing.
    pub(crate) reads: bool,
    pub(crate) paging: Option<Paging>,
    pub(crate) quirks: Vec<Text>,
    pub(crate) evidence: Evidence,
}

impl Operation {
    /// `tag.rename`.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.resource, self.id)
    }

    /// `TAG_RENAME`.
    pub(crate) fn constant(&self) -> String {
        format!("{}_{}", self.resource, self.id).to_uppercase()
    }
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) name: Text,
    /// `Path`, `Query` or `Header`.
    pub(crate) place: &'static str,
    pub(crate) ty: Type,
    pub(crate) required: bool,
    pub(crate) default: Option<String>,
    pub(crate) about: String,
}

/// What is sent.
#[derive(Debug)]
pub(crate) enum Body {
    Json(Type),
    Form(Type),
    Multipart(String),
}

/// How an operation pages.
#[derive(Debug)]
pub(crate) struct Paging {
    pub(crate) style: &'static str,
    pub(crate) param: Text,
    pub(crate) next: Option<String>,
    pub(crate) about: String,
}

/// Who reports it.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) level: &'static str,
    pub(crate) by: Vec<Text>,
    pub(crate) on: String,
}

/// A type expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A type that the generator knows: its name in the spec.
    Known(&'static str),
    /// A model.
    Model(Text),
    List(Box<Type>),
    Map(Box<Type>),
}

impl Type {
    /// The model that the type is made of, if any.
    pub(crate) fn model(&self) -> Option<&Text> {
        match self {
            Self::Known(_) => None,
            Self::Model(name) => Some(name),
            Self::List(of) | Self::Map(of) => of.model(),
        }
    }

    /// The type in the words of the reference: `[Task]`, `{string}`, `Task`.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Known(name) => (*name).to_owned(),
            Self::Model(name) => name.text.clone(),
            Self::List(of) => format!("[{}]", of.words()),
            Self::Map(of) => format!("{{{}}}", of.words()),
        }
    }
}

/// The models of one file.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) models: Vec<Model>,
}

/// A type of the wire.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: Text,
    pub(crate) about: String,
    pub(crate) kind: Kind,
}

/// What a model is.
#[derive(Debug)]
pub(crate) enum Kind {
    Object(Vec<Field>),
    Enum { integer: bool, values: Vec<EnumValue> },
    Id { made: bool, is_private: bool },
    Shapes(Vec<Shape>),
}

/// A property of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
    pub(crate) required: bool,
    pub(crate) about: String,
    pub(crate) default: Option<serde_json::Value>,
    pub(crate) examples: Vec<serde_json::Value>,
}

/// A value of an open enum.
#[derive(Debug)]
pub(crate) struct EnumValue {
    pub(crate) name: Text,
    pub(crate) value: serde_json::Value,
    pub(crate) about: String,
}

/// A shape of a response whose shape is disputed.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: Text,
    pub(crate) ty: Type,
    pub(crate) about: String,
}

/// What the server really does.
#[derive(Debug)]
pub(crate) struct Quirk {
    pub(crate) id: Text,
    pub(crate) title: String,
    pub(crate) expect: String,
    pub(crate) does: String,
    pub(crate) by: Vec<Text>,
    pub(crate) confidence: &'static str,
    pub(crate) answer: String,
}

/// A code of the error envelope.
#[derive(Debug)]
pub(crate) struct ErrorCode {
    pub(crate) code: Text,
    pub(crate) name: Text,
    pub(crate) aliases: Vec<Text>,
    pub(crate) class: &'static str,
    pub(crate) meaning: String,
    pub(crate) remedy: String,
    pub(crate) retry: &'static str,
    pub(crate) by: Vec<Text>,
}

/// Somebody who saw the service.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) id: Text,
    pub(crate) what: String,
    pub(crate) kind: &'static str,
    pub(crate) on: String,
}

/// What `ticktick api verify` reads, in the order of calling.
#[derive(Debug)]
pub(crate) struct Reads {
    pub(crate) calls: Vec<Step>,
    /// Reading operations that are not called, and why.
    pub(crate) skipped: Vec<(Text, String)>,
}

/// Calls whose answers show how the service behaves on a disputed point.
#[derive(Debug)]
pub(crate) struct Experiment {
    pub(crate) id: Text,
    pub(crate) question: String,
    pub(crate) quirk: Text,
    /// What it creates, for people; an experiment without it only reads.
    pub(crate) creates: Option<String>,
    pub(crate) steps: Vec<Step>,
    pub(crate) outcomes: Vec<Outcome>,
}

/// One call of an operation.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) call: Text,
    pub(crate) name: Option<Text>,
    pub(crate) params: Vec<(Text, String)>,
    /// JSON with placeholders such as `"<task>"`.
    pub(crate) body: Option<String>,
    /// Values that later steps use: name, and path in the response.
    pub(crate) learn: Vec<(Text, String)>,
}

/// What the responses may mean.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Text,
    pub(crate) says: String,
    /// Whether it `confirms`, `contradicts` or `settles` the quirk.
    pub(crate) effect: &'static str,
    pub(crate) probes: Vec<Probe>,
}

/// A check of one value.
#[derive(Debug)]
pub(crate) struct Probe {
    pub(crate) step: Text,
    pub(crate) path: String,
    pub(crate) wants: Wants,
}

/// What a value must be; JSON is kept as text.
#[derive(Debug)]
pub(crate) enum Wants {
    Is(&'static str),
    Equals(String),
    Not(String),
    Contains(String),
    Code(String),
}
