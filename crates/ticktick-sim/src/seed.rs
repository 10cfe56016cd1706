//! Accounts that are described in plain JSON.

mod entry;
mod fill;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use ticktick_models::{Json, Object, explain};

use crate::account::Plan;

/// One account: who it is, and lists of what it holds in the shapes of the API.
///
/// An element that is a text stands for an object with that name or title.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Seed {
    pub(crate) username: Option<String>,
    pub(crate) password: Option<String>,
    time_zone: Option<String>,
    plan: Option<Plan>,
    folders: Vec<Json>,
    projects: Vec<Json>,
    columns: Vec<Json>,
    tags: Vec<Json>,
    filters: Vec<Json>,
    tasks: Vec<Json>,
    habits: Vec<Json>,
    checkins: Vec<Json>,
    /// Where it stands in the document.
    #[serde(skip)]
    at: String,
}

/// A document that describes several accounts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Several {
    accounts: Vec<Seed>,
}

/// What is wrong with a seed, and where.
#[derive(Debug)]
pub(crate) struct SeedError(String);

impl SeedError {
    fn at(path: impl fmt::Display, expected: impl fmt::Display) -> Self {
        Self(format!("{path}: {expected}"))
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SeedError {}

impl From<SeedError> for io::Error {
    fn from(error: SeedError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}

impl Seed {
    /// Reads one account.
    pub(crate) fn read(json: &[u8]) -> Result<Self, SeedError> {
        Ok(Self { at: "$".into(), ..read(json)? })
    }

    /// Names the file that it comes from in later errors.
    pub(crate) fn with_file(self, path: &std::path::Path) -> Self {
        Self { at: format!("{}: {}", path.display(), self.at), ..self }
    }
}

/// Reads a document that describes one account, or several under `accounts`.
pub(crate) fn read_all(json: &[u8]) -> Result<Vec<Seed>, SeedError> {
    let whole: Object = read(json)?;
    if whole.get("accounts").is_none() {
        return Ok(vec![Seed::read(json)?]);
    }
    let Several { mut accounts } = read(json)?;
    for (place, seed) in accounts.iter_mut().enumerate() {
        seed.at = format!("$.accounts[{place}]");
        if seed.username.as_deref().is_none_or(str::is_empty) {
            return Err(SeedError::at(format!("{}.username", seed.at), "expected the user name of the account"));
        }
    }
    Ok(accounts)
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, SeedError> {
    serde_json::from_slice(json).map_err(|error| SeedError(explain(json, &error)))
}
