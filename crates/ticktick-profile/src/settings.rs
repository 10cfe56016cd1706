//! The settings of a command, and the source of each.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ticktick::Region;

use crate::config::{ConfigFile, Found};
use crate::environment::Environment;
use crate::error::Error;
use crate::folders::Folders;
use crate::name::ProfileName;
use crate::setting::{self, SETTINGS, Setting};

/// Where a value came from, in the order of precedence.
///
/// `Display` prints it for people, such as `TICKTICK_REGION` or `/home/me/.config/ticktick/config.toml line 3`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// An option of the command line.
    Flag,
    /// An environment variable.
    Environment(String),
    /// A project file, with the line.
    Project(PathBuf, usize),
    /// The profile's section of the user's file, with the line.
    Profile(PathBuf, usize),
    /// The user's file, with the line.
    User(PathBuf, usize),
    /// The default.
    Default,
}

/// A value and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The value in its usual form.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// The settings of a command: options take precedence over the environment, then come the project file, the profile's section of
/// the user's file, the rest of that file, and defaults.
///
/// ```
/// use ticktick_profile::{Environment, Folders, Settings};
///
/// # let folder = tempfile::tempdir()?;
/// let folders = Folders::at(folder.path());
/// let environment = Environment::fixed([("TICKTICK_COLOR", "never"), ("TICKTICK_MAX_AGE", "5m")]);
/// let flags = vec![("color", "always".to_owned())];
/// let settings = Settings::load(&folders, &environment, None, flags)?;
/// assert_eq!(settings.get("color"), Some("always"));
/// assert_eq!(settings.resolved("max-age").unwrap().origin.to_string(), "TICKTICK_MAX_AGE");
/// assert_eq!(settings.resolved("region").unwrap().origin.to_string(), "default");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Settings {
    profile: ProfileName,
    values: BTreeMap<&'static str, Resolved>,
    warnings: Vec<String>,
}

/// The sources of values.
struct Sources<'a> {
    flags: Vec<(&'a str, String)>,
    environment: &'a Environment,
    project: Option<ConfigFile>,
    user: ConfigFile,
}

impl Settings {
    /// Reads the settings. `folder` is where the search for a project file starts; if it is `None`, no project file is used.
    /// `flags` are the values of options, by the name of their setting.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, a value is invalid, or the profile does not exist.
    pub fn load(
        folders: &Folders,
        environment: &Environment,
        folder: Option<&Path>,
        flags: Vec<(&str, String)>,
    ) -> Result<Self, Error> {
        let project = folder.and_then(ConfigFile::find_project);
        let project = project.map(|path| ConfigFile::read(&path)).transpose()?;
        let user = ConfigFile::read(&folders.config_file())?;
        Sources { flags, environment, project, user }.settings()
    }

    /// Returns the selected profile.
    #[must_use]
    pub fn profile(&self) -> &ProfileName {
        &self.profile
    }

    /// Returns a value, or `None` if the setting is not set and has no default.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.resolved(name).map(|resolved| resolved.value.as_str())
    }

    /// Returns a value with its origin, or `None` if the setting is not set and has no default.
    #[must_use]
    pub fn resolved(&self, name: &str) -> Option<&Resolved> {
        self.values.get(name)
    }

    /// Returns whether a setting is `true`.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// Returns the age at which the mirror is refreshed.
    #[must_use]
    pub fn max_age(&self) -> Duration {
        self.get("max-age").and_then(setting::duration).unwrap_or(Duration::from_secs(30))
    }

    /// Returns the server: `base-url` or `region`, whichever has the higher precedence.
    ///
    /// # Errors
    ///
    /// If the address is invalid.
    pub fn region(&self) -> Result<Region, Error> {
        let rank = |name| self.resolved(name).map_or(u8::MAX, |resolved| resolved.origin.rank());
        let name = if rank("base-url") <= rank("region") { "base-url" } else { "region" };
        let text = self.get(name).unwrap_or("ticktick");
        text.parse().map_err(|_| Error::usage(format!("invalid value of `{name}`")))
    }

    /// Returns messages about parts of files that have no effect.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl Sources<'_> {
    fn settings(&self) -> Result<Settings, Error> {
        let selected = self.resolve(Setting::find("profile")?, None)?;
        let profile: ProfileName = selected.as_ref().map_or("default", |selected| selected.value.as_str()).parse()?;
        self.user.require(&profile).map_err(|error| match selected.map(|selected| selected.origin) {
            Some(origin) if origin != Origin::Flag => {
                Error { message: format!("{} ({origin})", error.message), ..error }
            }
            _ => error,
        })?;
        let mut values = BTreeMap::new();
        for setting in SETTINGS {
            if let Some(resolved) = self.resolve(setting, Some(&profile))? {
                values.insert(setting.name, resolved);
            }
        }
        let mut warnings = self.user.unknown();
        if let Some(project) = &self.project {
            warnings.extend(project.unknown());
            warnings.extend(Self::ignored(project));
        }
        Ok(Settings { profile, values, warnings })
    }

    /// Returns the value with the highest precedence. A value that forbids writes has precedence over all that allow them.
    fn resolve(&self, setting: &Setting, profile: Option<&ProfileName>) -> Result<Option<Resolved>, Error> {
        let mut found = Vec::new();
        if let Some((_, value)) = self.flags.iter().find(|(name, _)| *name == setting.name) {
            let value = setting.check_in(value, &format!("--{}", setting.name))?;
            found.push(Resolved { value, origin: Origin::Flag });
        }
        let variable = setting.variable();
        if let Some(value) = self.environment.get(&variable)? {
            let value = setting.check_in(&value, &variable)?;
            found.push(Resolved { value, origin: Origin::Environment(variable) });
        }
        if let Some(project) = self.project.as_ref().filter(|_| setting.shared) {
            let value = project.get(None, setting)?;
            found.extend(value.map(|value| value.of(|line| Origin::Project(project.path().to_owned(), line))));
        }
        let path = || self.user.path().to_owned();
        if let Some(profile) = profile.filter(|_| setting.name != "profile") {
            let value = self.user.get(Some(profile), setting)?;
            found.extend(value.map(|value| value.of(|line| Origin::Profile(path(), line))));
        }
        found.extend(self.user.get(None, setting)?.map(|value| value.of(|line| Origin::User(path(), line))));
        if setting.name == "read-only"
            && let Some(at) = found.iter().position(|resolved| resolved.value == "true")
        {
            return Ok(Some(found.swap_remove(at)));
        }
        let default = setting.default.map(|value| Resolved { value: value.to_owned(), origin: Origin::Default });
        Ok(found.into_iter().next().or(default))
    }

    /// Returns messages about settings that a project file cannot set.
    fn ignored(project: &ConfigFile) -> Vec<String> {
        let mut messages = Vec::new();
        for setting in SETTINGS.iter().filter(|setting| !setting.shared) {
            // An invalid value is ignored, too.
            if let Ok(Some(Found { line, .. })) = project.get(None, setting) {
                let path = project.path().display();
                messages.push(format!(
                    "{path} line {line}: `{}` is ignored, because a project file cannot choose an account or a server",
                    setting.name
                ));
            }
        }
        messages
    }
}

impl Found {
    fn of(self, origin: impl FnOnce(usize) -> Origin) -> Resolved {
        Resolved { value: self.value, origin: origin(self.line) }
    }
}

impl Origin {
    /// Returns the rank in the order of precedence; the lowest comes first.
    fn rank(&self) -> u8 {
        match self {
            Self::Flag => 0,
            Self::Environment(_) => 1,
            Self::Project(..) => 2,
            Self::Profile(..) => 3,
            Self::User(..) => 4,
            Self::Default => 5,
        }
    }

    /// Returns the kind of origin for programs: `flag`, `environment`, `project`, `profile`, `user` or `default`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment(_) => "environment",
            Self::Project(..) => "project",
            Self::Profile(..) => "profile",
            Self::User(..) => "user",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("option"),
            Self::Environment(variable) => f.write_str(variable),
            Self::Project(path, line) | Self::Profile(path, line) | Self::User(path, line) => {
                write!(f, "{} line {line}", path.display())
            }
            Self::Default => f.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A value of one setting in each source, from the highest precedence to the lowest.
    struct Case {
        flag: Option<&'static str>,
        variable: Option<&'static str>,
        project: Option<&'static str>,
        profile: Option<&'static str>,
        user: Option<&'static str>,
    }

    const ALL: Case =
        Case { flag: Some("a"), variable: Some("b"), project: Some("c"), profile: Some("d"), user: Some("e") };

    fn load(name: &'static str, case: &Case) -> Result<Settings, Error> {
        let folder = tempfile::tempdir().unwrap();
        let line = |value: Option<&str>| value.map(|value| format!("{name} = \"{value}\"\n")).unwrap_or_default();
        let user = format!("{}[profiles.work]\n{}", line(case.user), line(case.profile));
        fs::write(folder.path().join("config.toml"), user).unwrap();
        fs::write(folder.path().join(".ticktick.toml"), line(case.project)).unwrap();
        let variable = Setting::find(name)?.variable();
        let variables = case.variable.map(|value| (variable.as_str(), value));
        let environment = Environment::fixed([("TICKTICK_PROFILE", "work")].into_iter().chain(variables));
        let flags = case.flag.map(|value| (name, value.to_owned())).into_iter().collect();
        Settings::load(&Folders::at(folder.path()), &environment, Some(folder.path()), flags)
    }

    fn won(name: &'static str, case: &Case) -> Option<(String, &'static str)> {
        let settings = load(name, case).unwrap();
        settings.resolved(name).map(|resolved| (resolved.value.clone(), resolved.origin.kind()))
    }

    #[test]
    fn each_source_has_its_place_in_the_order() {
        let mut case = ALL;
        let expect = |case: &Case, value: &str, kind| assert_eq!(won("project", case), Some((value.into(), kind)));
        expect(&case, "a", "flag");
        case.flag = None;
        expect(&case, "b", "environment");
        case.variable = None;
        expect(&case, "c", "project");
        case.project = None;
        expect(&case, "d", "profile");
        case.profile = None;
        expect(&case, "e", "user");
        case.user = None;
        assert_eq!(won("project", &case), None);
        assert_eq!(won("color", &case), Some(("auto".into(), "default")));
    }

    #[test]
    fn read_only_is_stronger_than_every_source_that_allows_writes() {
        let none = Case { flag: None, variable: None, project: None, profile: None, user: None };
        let (yes, no) = (Some("true"), Some("false"));
        assert_eq!(won("read-only", &Case { variable: no, profile: yes, ..none }), Some(("true".into(), "profile")));
        assert_eq!(
            won("read-only", &Case { project: no, profile: no, user: yes, ..none }),
            Some(("true".into(), "user"))
        );
        assert_eq!(won("read-only", &Case { flag: yes, user: no, ..none }), Some(("true".into(), "flag")));
        assert_eq!(won("read-only", &Case { profile: no, ..none }), Some(("false".into(), "profile")));
    }

    #[test]
    fn a_project_file_cannot_choose_a_server_or_an_account() {
        let value = |name| match name {
            "base-url" => "https://evil.example.com",
            "region" => "dida365",
            "session-store" => "file",
            _ => "evil",
        };
        for setting in SETTINGS.iter().filter(|setting| !setting.shared) {
            let case =
                Case { flag: None, variable: None, profile: None, user: None, project: Some(value(setting.name)) };
            let settings = load(setting.name, &case).unwrap();
            assert_ne!(settings.get(setting.name), Some(value(setting.name)));
            let [warning] = settings.warnings() else { panic!("{:?}", settings.warnings()) };
            assert!(warning.contains(&format!(".ticktick.toml line 1: `{}` is ignored", setting.name)), "{warning}");
        }
    }

    #[test]
    fn a_server_that_is_named_later_does_not_hide_a_region_that_is_named_first() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.toml"), "base-url = \"http://127.0.0.1:1\"\n").unwrap();
        let region = |flags: Vec<(&str, String)>| {
            let environment = Environment::fixed::<&str, &str>([]);
            let settings = Settings::load(&Folders::at(folder.path()), &environment, None, flags).unwrap();
            settings.region().unwrap().to_string()
        };
        assert_eq!(region(Vec::new()), "http://127.0.0.1:1");
        assert_eq!(region(vec![("region", "dida365".into())]), "dida365");
        let both = vec![("region", "dida365".into()), ("base-url", "http://127.0.0.1:2".into())];
        assert_eq!(region(both), "http://127.0.0.1:2");
    }

    #[test]
    fn an_invalid_value_is_an_error_that_names_its_source() {
        let none = Case { flag: None, variable: None, project: None, profile: None, user: None };
        let bad = Some("s3cret");
        for (case, place) in [
            (Case { flag: bad, ..none }, "--region"),
            (Case { variable: bad, ..none }, "TICKTICK_REGION"),
            (Case { profile: bad, ..none }, "config.toml line 2"),
            (Case { user: bad, ..none }, "config.toml line 1"),
        ] {
            let error = load("region", &case).unwrap_err().to_string();
            assert!(error.contains(place) && !error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn an_unknown_profile_is_an_error_that_names_its_source() {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment::fixed([("TICKTICK_PROFILE", "wrok")]);
        let error = Settings::load(&Folders::at(folder.path()), &environment, None, Vec::new()).unwrap_err();
        assert_eq!(error.message, "there is no profile `wrok` (TICKTICK_PROFILE)");
    }
}
