//! Recorded shapes of the service, with invented values, for the tests beside this crate; and what the documented
//! examples of the client run in.
//!
//! Each file in `samples` is a list of `{"of": ..., "about": ..., "json": ...}`, where `of` is `task.get response`,
//! `POST /api/v2/batch/task request` or `model Task`, and `"empty": true` stands for an answer without a body.
//! `misfit` says why a shape that the service takes is not one of ours.

#[cfg(doctest)]
#[doc = include_str!("../../docs/simulator.md")]
struct GuideOfTheSimulator;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../crates/ticktick/README.md")]
struct ReadmeOfTheClient;

#[cfg(doctest)]
#[doc = include_str!("../../crates/ticktick-sim/README.md")]
struct ReadmeOfTheSimulator;

mod example;

pub use example::{ExampleResult, demo, example, mirrored, signed_out};

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::RawValue;
use ticktick_models::{Check, MODELS, check_nothing};
use ticktick_raw::Operation;

/// One recorded shape.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What it is a sample of.
    pub of: String,
    /// What is special about it.
    #[serde(default)]
    pub about: String,
    /// Why the contract does not take it, where that is meant.
    #[serde(default)]
    pub misfit: Option<String>,
    #[serde(default)]
    json: Option<Box<RawValue>>,
    #[serde(default)]
    empty: bool,
}

impl Sample {
    /// Returns every sample, file by file.
    ///
    /// ```
    /// assert!(ticktick_tests::Sample::all().iter().any(|sample| sample.of == "task.batch request"));
    /// ```
    ///
    /// # Panics
    ///
    /// If a file cannot be read.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
        let entries = fs::read_dir(&folder).expect("the samples are beside this crate");
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        files.iter().flat_map(Self::in_file).collect()
    }

    fn in_file(file: impl AsRef<Path>) -> Vec<Self> {
        let file = file.as_ref();
        let text = fs::read_to_string(file).expect("a sample can be read");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Returns the JSON as it stands in the file; nothing for an empty body.
    ///
    /// ```
    /// let samples = ticktick_tests::Sample::all();
    /// assert!(samples.iter().all(|sample| sample.json().is_empty() == sample.is_empty()));
    /// ```
    #[must_use]
    pub fn json(&self) -> &str {
        self.json.as_ref().map_or("", |json| json.get())
    }

    /// Tells whether it stands for an empty body.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Checks it against what it is a sample of, or says why that cannot be done.
    ///
    /// # Errors
    ///
    /// If there is no such model or operation, or if the operation has no such body.
    pub fn check(&self) -> Result<Check, String> {
        self.check_text(self.json().as_bytes())
    }

    /// Checks another text against the same, or says why that cannot be done.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    ///
    /// ```
    /// let samples = ticktick_tests::Sample::all();
    /// let sample = samples.iter().find(|sample| sample.of == "task.get response").unwrap();
    /// assert!(!sample.check_text(b"[]").unwrap().decodes);
    /// ```
    pub fn check_text(&self, json: &[u8]) -> Result<Check, String> {
        let (name, side) = self.of.rsplit_once(' ').ok_or("`of` has two words")?;
        if name == "model" {
            let (_, check) = MODELS.iter().find(|(model, _)| *model == side).ok_or("there is no such model")?;
            return Ok(check(json));
        }
        let operation = Operation::find(name).ok_or("there is no such operation")?;
        match side {
            "response" if self.empty && operation.returns.empty => Ok(check_nothing(b"")),
            "response" => Ok((operation.returns.check)(json)),
            "request" => {
                let body = operation.body.ok_or("it takes no body")?;
                Ok((body.check)(json))
            }
            _ => Err("`of` ends with `request` or `response`".into()),
        }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.of)?;
        if !self.about.is_empty() {
            write!(f, " ({})", self.about)?;
        }
        Ok(())
    }
}
