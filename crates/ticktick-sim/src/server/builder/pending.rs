//! Contents for accounts that may be added later.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::made::seed;
use crate::made::seed::Seed;

/// Contents for accounts that may be added later.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) seeds: Vec<Source>,
    /// Open tasks by user name.
    pub(super) tasks: Vec<(String, usize)>,
}

pub(super) enum Source {
    Text(String),
    File(PathBuf),
}

impl Source {
    pub(super) fn read(self) -> io::Result<Vec<Seed>> {
        match self {
            Self::Text(text) => Ok(seed::read_all(text.as_bytes())?),
            Self::File(path) => read_file(&path),
        }
    }
}

fn read_file(path: &Path) -> io::Result<Vec<Seed>> {
    let about = |kind, error: &dyn std::fmt::Display| io::Error::new(kind, format!("{}: {error}", path.display()));
    let text = fs::read(path).map_err(|error| about(error.kind(), &error))?;
    let seeds = seed::read_all(&text).map_err(|error| about(io::ErrorKind::InvalidData, &error))?;
    Ok(seeds.into_iter().map(|seed| seed.with_file(path)).collect())
}
