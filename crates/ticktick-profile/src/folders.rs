//! The folders of the program.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::base_strategy::{BaseStrategy, Xdg};
use ticktick::{Region, Secret};

use crate::environment::Environment;
use crate::error::Error;
use crate::name::ProfileName;
use crate::private;

/// How long a demo lasts, because its dates are relative to its first day.
const DEMO_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// The folders of the program, which may not exist yet.
///
/// `TICKTICK_CONFIG_DIR` names one folder for everything. Otherwise they are `ticktick` below the XDG base folders, on macOS
/// below `~/Library/Application Support`, and on Windows below `%APPDATA%`, with mirrors below `%LOCALAPPDATA%`. A folder
/// below the XDG base folders that already exists is used on all systems.
///
/// ```
/// use ticktick_profile::{Environment, Folders};
///
/// let folders = Folders::find(&Environment::fixed([("TICKTICK_CONFIG_DIR", "/srv/ticktick")]))?;
/// assert!(folders.config_file().ends_with("config.toml"));
/// # Ok::<(), ticktick_profile::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Folders {
    /// The folder of settings and sessions.
    pub config: PathBuf,
    /// The folder of mirrors.
    pub data: PathBuf,
}

impl Folders {
    /// Finds the folders.
    ///
    /// # Errors
    ///
    /// If the user has no home folder.
    pub fn find(environment: &Environment) -> Result<Self, Error> {
        if let Some(folder) = environment.os("TICKTICK_CONFIG_DIR") {
            return Ok(Self::at(folder));
        }
        let nowhere = |_| Error::failed("no home folder to store files in").hint("set TICKTICK_CONFIG_DIR");
        let xdg = Xdg::new().map_err(nowhere)?;
        let xdg = Self { config: below(xdg.config_dir()), data: below(xdg.data_dir()) };
        if xdg.config.exists() {
            return Ok(xdg);
        }
        Ok(native().unwrap_or(xdg))
    }

    /// Uses one folder for everything.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self { data: folder.clone(), config: folder }
    }

    /// Returns the path of the user's configuration file.
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// Returns the path of a profile's mirror of a server.
    ///
    /// A token from the environment has its own mirror, because its account may differ from that of the saved session.
    #[must_use]
    pub fn mirror_file(&self, profile: &ProfileName, region: &Region, token: Option<&Secret>) -> PathBuf {
        let server = region.to_string().replace("://", "-");
        let server = server.replace(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')), "_");
        let profile = if profile.is_default() { String::new() } else { format!("{profile}@") };
        let token = token.map(|token| format!("-{:016x}", fingerprint(token.expose()))).unwrap_or_default();
        self.data.join(format!("mirror-{profile}{server}{token}.db"))
    }

    /// Returns where the demo account is saved between commands, or `None` if nothing can be saved.
    ///
    /// A demo that was not changed for a day is removed together with its mirror, so that the demo starts over.
    #[must_use]
    pub fn demo_file(&self) -> Option<PathBuf> {
        private::create(&self.config).ok()?;
        let path = self.config.join("demo.json");
        let age = fs::metadata(&path).and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > DEMO_LASTS) {
            remove(&path)?;
        }
        if !path.exists() {
            self.remove_demo_mirror()?;
        }
        Some(path)
    }

    /// Returns the path of the demo's mirror, which belongs to the demo's file.
    #[must_use]
    pub fn demo_mirror(&self) -> PathBuf {
        self.config.join("demo.db")
    }

    fn remove_demo_mirror(&self) -> Option<()> {
        ["demo.db", "demo.db-wal", "demo.db-shm"].into_iter().try_for_each(|name| remove(&self.config.join(name)))
    }
}

/// Removes a file that may not exist. Returns `None` if it is still there.
fn remove(path: &Path) -> Option<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => None,
        _ => Some(()),
    }
}

fn below(folder: PathBuf) -> PathBuf {
    folder.join("ticktick")
}

/// Returns the folders that the operating system expects, where they differ from those of XDG.
#[cfg(target_os = "macos")]
fn native() -> Option<Folders> {
    // The other folder of the strategy is for property lists.
    let base = etcetera::base_strategy::Apple::new().ok()?;
    Some(Folders { config: below(base.data_dir()), data: below(base.data_dir()) })
}

/// Returns the folders that the operating system expects, where they differ from those of XDG.
#[cfg(windows)]
fn native() -> Option<Folders> {
    let base = etcetera::base_strategy::Windows::new().ok()?;
    // The other data folder is often on a network drive, where SQLite cannot lock files.
    Some(Folders { config: below(base.config_dir()), data: below(base.cache_dir()) })
}

/// Returns the folders that the operating system expects, where they differ from those of XDG.
#[cfg(not(any(target_os = "macos", windows)))]
const fn native() -> Option<Folders> {
    None
}

/// Returns the FNV-1a hash of a text, which is the same in all versions and does not reveal a random text.
pub(crate) fn fingerprint(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirrors_are_apart() {
        let folders = Folders::at("/x");
        let [default, work] = ["default", "work"].map(|name| name.parse::<ProfileName>().unwrap());
        let local: Region = "http://127.0.0.1:8571".parse().unwrap();
        let name = |profile: &ProfileName, region: &Region, token: Option<&str>| {
            let path = folders.mirror_file(profile, region, token.map(Secret::from).as_ref());
            path.file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(name(&default, &Region::TickTick, None), "mirror-ticktick.db");
        assert_eq!(name(&work, &Region::TickTick, None), "mirror-work@ticktick.db");
        assert_eq!(name(&default, &local, None), "mirror-http-127.0.0.1_8571.db");
        let with_token = name(&default, &local, Some("s3cret"));
        assert!(with_token.starts_with("mirror-http-127.0.0.1_8571-") && !with_token.contains("s3cret"));
    }

    #[test]
    fn one_variable_names_the_folder_of_everything() {
        let folders = Folders::find(&Environment::fixed([("TICKTICK_CONFIG_DIR", "/x")])).unwrap();
        assert_eq!(folders, Folders::at("/x"));
    }

    #[test]
    fn a_demo_that_starts_over_has_a_new_mirror() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::at(folder.path());
        fs::write(folder.path().join("demo.json"), "{}").unwrap();
        fs::write(folders.demo_mirror(), "").unwrap();
        let file = folders.demo_file().unwrap();
        assert!(folders.demo_mirror().exists());

        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        fs::File::options().write(true).open(&file).unwrap().set_modified(long_ago).unwrap();
        assert_eq!(folders.demo_file(), Some(file.clone()));
        assert!(!file.exists() && !folders.demo_mirror().exists());
    }
}
