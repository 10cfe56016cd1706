//! Names from the mirror and of profiles. Sends no requests, because a shell waits for the result.

use std::ffi::OsStr;

use clap::{FromArgMatches, error::Result};
use clap_complete::engine::{CompletionCandidate, ValueCompleter};
use ticktick::mirror::{Mirror, SqlLimits, SqlValue};
use ticktick_profile::ConfigFile;

use super::bash;
use crate::args::{self, Globals};
use crate::connect::{self, Profile};
use crate::settings;

/// The kind of object that an argument names.
#[derive(Clone, Copy)]
pub(super) enum Names {
    /// Selects the names and what distinguishes them in the mirror.
    Mirror(&'static str),
    /// Profiles of the configuration file.
    Profiles,
}

impl Names {
    /// Returns the names for the value of an argument, such as `PROJECT`.
    pub(super) fn of(value: &str) -> Option<Self> {
        let query = match value {
            "PROJECT" => "select name, coalesce(folder, '') from projects order by archived, name",
            "FOLDER" => "select name, '' from folders order by name",
            "COLUMN" => "select name, project from columns order by project, name",
            "TAG" => "select label, '' from tags order by label",
            "FILTER" => "select name, '' from filters order by name",
            "HABIT" => "select name, '' from habits order by name",
            "PROFILE" => return Some(Self::Profiles),
            "TASK" => "select title, project from tasks where title <> '' order by modified_utc desc limit 200",
            _ => return None,
        };
        Some(Self::Mirror(query))
    }

    fn read(self) -> Option<Vec<(String, String)>> {
        match self {
            Self::Mirror(query) => in_mirror(query),
            Self::Profiles => {
                let file = ConfigFile::read(&settings::folders().ok()?.config_file()).ok()?;
                Some(file.profiles().into_iter().map(|name| (name.to_string(), String::new())).collect())
            }
        }
    }
}

fn in_mirror(query: &str) -> Option<Vec<(String, String)>> {
    let globals = globals().ok()?;
    let path = if globals.demo { connect::demo_mirror().ok()?? } else { Profile::open(&globals).ok()?.mirror() };
    if !path.exists() {
        return None;
    }
    let found = Mirror::open(path).ok()?.sql(query, SqlLimits::default()).ok()?;
    let text = |value: Option<SqlValue>| match value {
        Some(SqlValue::Text(text)) => text,
        _ => String::new(),
    };
    let pair = |row: Vec<SqlValue>| {
        let mut row = row.into_iter();
        (text(row.next()), text(row.next()))
    };
    Some(found.rows.into_iter().map(pair).collect())
}

impl ValueCompleter for Names {
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let typed = current.to_string_lossy().to_lowercase();
        let starts = |name: &str| {
            let name = name.to_lowercase();
            name.starts_with(&typed) || name.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(&typed)
        };
        let names = self.read().unwrap_or_default().into_iter().filter(|(name, _)| starts(name));
        let candidate = |(name, about): (String, String)| {
            CompletionCandidate::new(name).help((!about.is_empty()).then(|| about.into()))
        };
        names.map(candidate).collect()
    }
}

/// Returns the global options of the command line that is being completed.
fn globals() -> Result<Globals> {
    let words = bash::words().unwrap_or_else(|| std::env::args_os().skip_while(|word| word != "--").skip(1).collect());
    let program = args::program(String::new(), false).ignore_errors(true).allow_external_subcommands(true);
    let mut globals = Globals::from_arg_matches(&program.try_get_matches_from(words)?)?;
    settings::settle(&mut globals);
    Ok(globals)
}
