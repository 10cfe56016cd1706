//! Changes configuration files.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{ConfigFile, PROFILES, require};
use crate::error::Error;
use crate::name::ProfileName;
use crate::private;
use crate::setting::Setting;

/// A configuration file that is being changed. Comments and order are kept.
#[derive(Debug)]
pub struct ConfigEdit {
    path: String,
    document: DocumentMut,
}

impl ConfigEdit {
    /// Changes a file under its lock, and creates it if necessary.
    ///
    /// # Errors
    ///
    /// If the file cannot be used or written, or the change fails.
    pub fn change<T>(path: &Path, change: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let failed = |error| Error::cannot_write(path, &error);
        let _lock = private::lock(&path.with_extension("lock")).map_err(failed)?;
        let read = ConfigFile::read(path)?;
        let before = read.document.raw().to_owned();
        let mut edit = Self { path: path.display().to_string(), document: read.document.into_mut() };
        let done = change(&mut edit)?;
        let after = edit.document.to_string();
        if after != before {
            private::replace(path, after.as_bytes()).map_err(failed)?;
        }
        Ok(done)
    }

    /// Sets a setting of a profile, or of all profiles. Returns the value in its usual form.
    ///
    /// # Errors
    ///
    /// If the value is invalid, or the profile does not exist.
    pub fn set(&mut self, profile: Option<&ProfileName>, setting: &Setting, value: &str) -> Result<String, Error> {
        let value = setting.check(value)?;
        let toml = if setting.is_flag() { Value::from(value == "true") } else { Value::from(value.as_str()) };
        let table = self.table(profile)?;
        match table.get_mut(setting.name).and_then(Item::as_value_mut) {
            Some(old) => {
                // A comment after the value is kept.
                let decor = old.decor().clone();
                *old = toml;
                *old.decor_mut() = decor;
            }
            None => drop(table.insert(setting.name, Item::Value(toml))),
        }
        Ok(value)
    }

    /// Removes a setting of a profile, or of all profiles. Returns whether it was set.
    ///
    /// # Errors
    ///
    /// If the profile does not exist.
    pub fn unset(&mut self, profile: Option<&ProfileName>, setting: &Setting) -> Result<bool, Error> {
        Ok(self.table(profile)?.remove(setting.name).is_some())
    }

    /// Adds an empty profile.
    ///
    /// # Errors
    ///
    /// If it already exists.
    pub fn add_profile(&mut self, profile: &ProfileName) -> Result<(), Error> {
        if require(self.document.as_table(), profile).is_ok() {
            return Err(Error::usage(format!("there is already a profile `{profile}`"))
                .hint(format!("change it with `ticktick --profile {profile} config set NAME VALUE`")));
        }
        self.insert(profile).map(drop)
    }

    /// Removes a profile with its settings. If new commands used it, they use `default` now.
    ///
    /// # Errors
    ///
    /// If it does not exist, or is the default one.
    pub fn remove_profile(&mut self, profile: &ProfileName) -> Result<(), Error> {
        require(self.document.as_table(), profile)?;
        if profile.is_default() {
            return Err(Error::usage("the profile `default` cannot be removed")
                .hint("`ticktick auth logout` ends its session, and `ticktick config unset` removes settings"));
        }
        if let Some(profiles) = self.document.get_mut(PROFILES).and_then(Item::as_table_like_mut) {
            profiles.remove(profile.as_str());
        }
        if self.document.get("profile").and_then(Item::as_str) == Some(profile.as_str()) {
            self.document.remove("profile");
        }
        Ok(())
    }

    fn table(&mut self, profile: Option<&ProfileName>) -> Result<&mut dyn TableLike, Error> {
        match profile {
            None => Ok(self.document.as_table_mut()),
            Some(profile) => {
                require(self.document.as_table(), profile)?;
                self.insert(profile)
            }
        }
    }

    /// Returns the table of a profile, which is added if necessary.
    fn insert(&mut self, profile: &ProfileName) -> Result<&mut dyn TableLike, Error> {
        let path = &self.path;
        let wrong =
            || Error::failed(format!("cannot use {path}: `{PROFILES}` is not a table")).hint("correct the file");
        let profiles = self.document.entry(PROFILES).or_insert_with(|| {
            let mut table = Table::new();
            // Only the profiles have headings.
            table.set_implicit(true);
            Item::Table(table)
        });
        let profiles = profiles.as_table_like_mut().ok_or_else(wrong)?;
        let table = profiles.entry(profile.as_str()).or_insert_with(|| Item::Table(Table::new()));
        table.as_table_like_mut().ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn changed(before: &str, change: impl FnOnce(&mut ConfigEdit) -> Result<(), Error>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, before).unwrap();
        ConfigEdit::change(&path, change).unwrap();
        fs::read_to_string(&path).unwrap()
    }

    fn setting(name: &str) -> &'static Setting {
        Setting::find(name).unwrap()
    }

    #[test]
    fn comments_and_order_are_kept() {
        let before = "# mine\ncolor = \"auto\" # always\n\n[profiles.work] # paid\nregion = \"dida365\"\n";
        let after = changed(before, |config| {
            config.set(None, setting("color"), "never")?;
            config.set(Some(&"work".parse()?), setting("read-only"), "yes").map(drop)
        });
        let wanted =
            "# mine\ncolor = \"never\" # always\n\n[profiles.work] # paid\nregion = \"dida365\"\nread-only = true\n";
        assert_eq!(after, wanted);
    }

    #[test]
    fn profiles_come_and_go() {
        let after = changed("profile = \"work\"\n", |config| {
            let work = "work".parse()?;
            config.add_profile(&work)?;
            assert!(config.add_profile(&work).is_err());
            config.set(Some(&work), setting("project"), "Work")?;
            config.add_profile(&"home".parse()?)
        });
        assert_eq!(after, "profile = \"work\"\n\n[profiles.work]\nproject = \"Work\"\n\n[profiles.home]\n");
        let after = changed(&after, |config| {
            assert!(config.remove_profile(&"other".parse()?).is_err());
            assert!(config.remove_profile(&ProfileName::default()).is_err());
            config.remove_profile(&"work".parse()?)
        });
        assert_eq!(after, "\n[profiles.home]\n");
    }

    #[test]
    fn the_default_profile_needs_no_section_before_it_has_settings() {
        let after = changed("", |config| {
            let default = ProfileName::default();
            assert!(!config.unset(Some(&default), setting("project"))?);
            config.set(Some(&default), setting("project"), "Home").map(drop)
        });
        assert_eq!(after, "[profiles.default]\nproject = \"Home\"\n");
    }

    #[test]
    fn a_failed_change_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let failed = ConfigEdit::change(&path, |config| {
            config.set(None, setting("color"), "never")?;
            config.set(Some(&"work".parse()?), setting("color"), "never")
        });
        assert!(failed.is_err() && !path.exists());
    }
}
