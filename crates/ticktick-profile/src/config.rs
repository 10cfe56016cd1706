//! Configuration files: the user's and a project's.

mod edit;

use std::fs;
use std::io::ErrorKind as IoKind;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, Key, Table, TableLike, Value};

pub use self::edit::ConfigEdit;
use crate::error::{Error, ErrorKind};
use crate::name::ProfileName;
use crate::setting::Setting;

/// Name of a project's file.
const PROJECT_FILE: &str = ".ticktick.toml";
const PROFILES: &str = "profiles";

/// The contents of a configuration file in TOML.
///
/// ```
/// use ticktick_profile::{ConfigEdit, ConfigFile, Setting};
///
/// # let folder = tempfile::tempdir()?;
/// let path = folder.path().join("config.toml");
/// ConfigEdit::change(&path, |config| config.set(None, Setting::find("color")?, "never"))?;
/// assert_eq!(std::fs::read_to_string(&path)?, "color = \"never\"\n");
/// assert_eq!(ConfigFile::read(&path)?.profiles().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ConfigFile {
    path: PathBuf,
    document: Document<String>,
}

/// A value in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) value: String,
    pub(crate) line: usize,
}

impl ConfigFile {
    /// Reads a file. A file that does not exist is empty.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is not TOML. The error contains the position, but no text of the file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let failed = |why: String| {
            Error::failed(format!("cannot use {}: {why}", path.display()))
                .hint("correct the file, for example with `ticktick config edit`; texts need quotes")
        };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == IoKind::NotFound => String::new(),
            Err(error) => return Err(failed(error.to_string())),
        };
        let document = Document::parse(text.clone()).map_err(|error| {
            let (line, column) = position(&text, error.span().map_or(0, |span| span.start));
            // Only the message: the whole error quotes the line.
            failed(format!("line {line}, column {column}: {}", error.message()))
        })?;
        Ok(Self { path: path.to_owned(), document })
    }

    /// Finds the project file of a folder: `.ticktick.toml` in the folder itself or the nearest one above it.
    #[must_use]
    pub fn find_project(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|folder| folder.join(PROJECT_FILE)).find(|path| path.is_file())
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the profiles, with `default` first.
    #[must_use]
    pub fn profiles(&self) -> Vec<ProfileName> {
        profiles(self.document.as_table())
    }

    /// Fails if a profile does not exist.
    ///
    /// # Errors
    ///
    /// If it does not exist. The candidates are all profiles.
    pub fn require(&self, profile: &ProfileName) -> Result<(), Error> {
        require(self.document.as_table(), profile)
    }

    /// Returns a setting of a profile, or of all profiles.
    pub(crate) fn get(&self, profile: Option<&ProfileName>, setting: &Setting) -> Result<Option<Found>, Error> {
        let Some(table) = self.table(profile) else { return Ok(None) };
        let Some((key, item)) = table.get_key_value(setting.name) else { return Ok(None) };
        let line = self.line(key);
        let text = match item.as_value() {
            Some(Value::String(text)) => Some(text.value().clone()),
            Some(Value::Boolean(on)) => Some(on.value().to_string()),
            _ => None,
        };
        // A value of another type is as invalid as an empty text.
        let place = format!("`{}` in {} line {line}", setting.name, self.path.display());
        let value = setting.check_in(&text.unwrap_or_default(), &place)?;
        Ok(Some(Found { value, line }))
    }

    /// Returns messages about unknown keys.
    pub(crate) fn unknown(&self) -> Vec<String> {
        let mut tables: Vec<&dyn TableLike> = self.table(None).into_iter().collect();
        tables.extend(self.profiles().iter().filter_map(|profile| self.table(Some(profile))));
        let keys = tables.iter().flat_map(|table| table.iter().filter_map(|(name, _)| table.key(name)));
        let message = |key: &Key| {
            let error = Setting::find(key.get()).err()?;
            let hint = error.hint.filter(|_| !error.candidates.is_empty()).map(|hint| format!("; {hint}"));
            let (path, line) = (self.path.display(), self.line(key));
            Some(format!("{path} line {line}: {}{}", error.message, hint.unwrap_or_default()))
        };
        keys.filter(|key| key.get() != PROFILES).filter_map(message).collect()
    }

    fn table(&self, profile: Option<&ProfileName>) -> Option<&dyn TableLike> {
        let top = self.document.as_table();
        match profile {
            None => Some(top),
            Some(profile) => top.get(PROFILES)?.as_table_like()?.get(profile.as_str())?.as_table_like(),
        }
    }

    fn line(&self, key: &Key) -> usize {
        position(self.document.raw(), key.span().map_or(0, |span| span.start)).0
    }
}

fn profiles(top: &Table) -> Vec<ProfileName> {
    let named = top.get(PROFILES).and_then(Item::as_table_like);
    let named = named.into_iter().flat_map(TableLike::iter).filter_map(|(name, _)| name.parse().ok());
    let mut names: Vec<ProfileName> = named.filter(|name: &ProfileName| !name.is_default()).collect();
    names.sort();
    names.insert(0, ProfileName::default());
    names
}

fn require(top: &Table, profile: &ProfileName) -> Result<(), Error> {
    let names = profiles(top);
    if names.contains(profile) {
        return Ok(());
    }
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    Err(Error::new(ErrorKind::NotFound, format!("there is no profile `{profile}`"))
        .hint(format!("create it with `ticktick profile add {profile}`"))
        .candidates(names))
}

/// Returns the line and column of a byte, both from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ConfigFile, Error> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, text).unwrap();
        ConfigFile::read(&path)
    }

    #[test]
    fn a_broken_file_is_an_error_with_its_position_and_without_its_text() {
        for (text, place) in [
            ("color = \"never\"\naccount = s3cret\n", "line 2, column 11"),
            ("s3cret", "line 1, column 7"),
            ("account = \"s3cret", "line 1, column"),
            ("a = 1\na = \"s3cret\"", "line 2, column 1"),
            ("account = \"s3cret\\q\"", "line 1, column"),
            ("[profiles.s3cret", "line 1, column"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.message.contains(place), "{error}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
            assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
        }
    }

    #[test]
    fn a_wrong_value_is_an_error_with_its_line_and_without_the_value() {
        for text in ["region = \"s3cret\"", "region = 5", "region = [\"s3cret\"]", "region = { s3cret = 1 }"] {
            let config = read(&format!("# first\n\n{text}\n")).unwrap();
            let error = config.get(None, Setting::find("region").unwrap()).unwrap_err();
            assert!(error.message.contains("`region`") && error.message.ends_with("line 3"), "{error}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn values_of_a_profile_are_apart() {
        let config = read("color = \"never\"\n[profiles.work]\nread-only = true\n[profiles.b]\n").unwrap();
        let work: ProfileName = "work".parse().unwrap();
        let get = |profile, name| config.get(profile, Setting::find(name).unwrap()).unwrap();
        assert_eq!(get(None, "color"), Some(Found { value: "never".into(), line: 1 }));
        assert_eq!(get(Some(&work), "read-only"), Some(Found { value: "true".into(), line: 3 }));
        assert_eq!(get(Some(&work), "color"), None);
        let names: Vec<String> = config.profiles().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["default", "b", "work"]);
        assert_eq!(config.require(&"wrok".parse().unwrap()).unwrap_err().candidates, names);
    }

    #[test]
    fn unknown_keys_are_named_with_their_lines() {
        let config = read("colour = \"s3cret\"\nprofiles.work.xyz = 1\n").unwrap();
        let messages = config.unknown().join("\n");
        assert!(messages.contains("line 1: there is no setting `colour`; did you mean `color`?"), "{messages}");
        assert!(messages.contains("line 2: there is no setting `xyz`") && !messages.contains("s3cret"), "{messages}");
    }

    #[test]
    fn the_nearest_project_file_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        fs::create_dir_all(&inner).unwrap();
        assert_eq!(ConfigFile::find_project(&inner), None);
        fs::write(folder.path().join(PROJECT_FILE), "").unwrap();
        assert_eq!(ConfigFile::find_project(&inner), Some(folder.path().join(PROJECT_FILE)));
        fs::write(folder.path().join("a").join(PROJECT_FILE), "").unwrap();
        assert_eq!(ConfigFile::find_project(&inner), Some(folder.path().join("a").join(PROJECT_FILE)));
    }
}
