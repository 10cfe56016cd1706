//! Accounts described in JSON, in the format of `spec/formats/seed.schema.json`.

mod entry;
mod fill;
#[cfg(test)]
mod tests;

use std::{fmt, io};

use serde::de::DeserializeOwned;
use ticktick_models::{Object, explain};

use crate::generated::seed::{Account, Accounts};

/// The description of one account, and its place in the document.
#[derive(Clone)]
pub(crate) struct Seed {
    pub(crate) account: Account,
    /// Path in the document.
    at: String,
}

/// An error in a seed, with its path.
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
        Ok(Self { account: read(json)?, at: "$".into() })
    }

    pub(crate) fn password(&self) -> Option<String> {
        self.account.password.as_ref().map(|password| password.expose().to_owned())
    }

    /// Adds the path of the file to later errors.
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
    let Accounts { accounts } = read(json)?;
    let seeds = accounts.into_iter().enumerate();
    let seed = |(place, account): (usize, Account)| match account.username.as_deref() {
        None | Some("") => {
            Err(SeedError::at(format!("$.accounts[{place}].username"), "expected the user name of the account"))
        }
        Some(_) => Ok(Seed { account, at: format!("$.accounts[{place}]") }),
    };
    seeds.map(seed).collect()
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, SeedError> {
    serde_json::from_slice(json).map_err(|error| SeedError(explain(json, &error)))
}
