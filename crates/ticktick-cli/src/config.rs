//! What is kept between two calls: sessions, and the device that the service knows.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use ticktick::{Device, Region, Session};

use crate::error::Error;

const FILE: &str = "session.json";
const VERSION: u8 = 1;

/// A session and whose it is.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) session: Session,
    /// As it was typed, to tell people who is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) username: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Contents {
    version: u8,
    /// Made once: a service that meets a new device at each call grows wary.
    device: Device,
    /// One session a region or address, so that none is ever sent to another.
    #[serde(default)]
    sessions: BTreeMap<String, Kept>,
}

/// The file that keeps sessions. Only its owner may read it.
pub(crate) struct Store {
    path: PathBuf,
    contents: Contents,
}

impl Store {
    /// Reads the file; without one, begins with a new device.
    pub(crate) fn open() -> Result<Self, Error> {
        Self::open_in(&folder()?)
    }

    fn open_in(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let contents = match fs::read(&path) {
            Ok(text) => read(&text).map_err(|why| unusable(&path, &why))?,
            Err(error) if error.kind() == ErrorKind::NotFound => fresh(),
            Err(error) => return Err(unusable(&path, &error.to_string())),
        };
        Ok(Self { path, contents })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn device(&self) -> &Device {
        &self.contents.device
    }

    pub(crate) fn session(&self, region: &Region) -> Option<&Kept> {
        self.contents.sessions.get(&region.to_string())
    }

    /// Keeps the device, if this is the first time.
    pub(crate) fn keep_device(&self) -> Result<(), Error> {
        if self.path.exists() { Ok(()) } else { self.save() }
    }

    pub(crate) fn keep(&mut self, region: &Region, kept: Kept) -> Result<(), Error> {
        self.reload()?;
        self.contents.sessions.insert(region.to_string(), kept);
        self.save()
    }

    pub(crate) fn forget(&mut self, region: &Region) -> Result<(), Error> {
        self.reload()?;
        match self.contents.sessions.remove(&region.to_string()) {
            Some(_) => self.save(),
            None => Ok(()),
        }
    }

    /// Reads it again: another call may have signed in somewhere meanwhile.
    fn reload(&mut self) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let now = Self::open_in(folder)?;
        if now.path.exists() {
            *self = now;
        }
        Ok(())
    }

    /// Replaces the file as a whole, so that nobody ever reads half of it.
    fn save(&self) -> Result<(), Error> {
        let wrong = |error: io::Error| Error::failed(format!("cannot write {}: {error}", self.path.display()));
        let folder = self.path.parent().unwrap_or(Path::new("."));
        private(folder).map_err(wrong)?;
        // Temporary files can be read by their owner only.
        let mut file = NamedTempFile::new_in(folder).map_err(wrong)?;
        serde_json::to_writer_pretty(&mut file, &self.contents).map_err(|error| wrong(error.into()))?;
        file.write_all(b"\n").map_err(wrong)?;
        file.as_file().sync_all().map_err(wrong)?;
        file.persist(&self.path).map_err(|error| wrong(error.error))?;
        Ok(())
    }
}

fn fresh() -> Contents {
    Contents { version: VERSION, device: Device::new(), sessions: BTreeMap::new() }
}

fn read(text: &[u8]) -> Result<Contents, String> {
    let contents: Contents = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    match contents.version {
        VERSION => Ok(contents),
        other => Err(format!("it has version {other}, and this program knows {VERSION}")),
    }
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::failed(format!("cannot use {}: {why}", path.display()))
        .hint("mend the file, or remove it and sign in again with `ticktick auth login`")
}

fn folder() -> Result<PathBuf, Error> {
    if let Some(folder) = std::env::var_os("TICKTICK_CONFIG_DIR").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let base = etcetera::base_strategy::Xdg::new()
        .map_err(|_| Error::failed("there is no home folder to keep a session in").hint("set TICKTICK_CONFIG_DIR"))?;
    Ok(base.config_dir().join("ticktick"))
}

/// How long a demo goes on: its dates are those around its first day.
const DEMO_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// Returns where the demo account is kept between two commands, if there is a folder for it.
///
/// What is older than a day is removed, so that the demo begins anew.
pub(crate) fn demo_file() -> Option<PathBuf> {
    let folder = folder().ok()?;
    private(&folder).ok()?;
    let path = folder.join("demo.json");
    let age = fs::metadata(&path).and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
    if age.is_some_and(|age| age > DEMO_LASTS) {
        fs::remove_file(&path).ok()?;
    }
    Some(path)
}

fn private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(token: &str) -> Kept {
        Kept { session: Session::new(token), username: Some("me@example.com".into()) }
    }

    #[test]
    fn sessions_are_kept_by_region_and_the_device_stays() {
        let folder = tempfile::tempdir().unwrap();
        let other: Region = "http://127.0.0.1:9".parse().unwrap();
        let mut store = Store::open_in(folder.path()).unwrap();
        store.keep(&Region::TickTick, kept("a")).unwrap();
        store.keep(&other, kept("b")).unwrap();

        let mut again = Store::open_in(folder.path()).unwrap();
        assert_eq!(again.device(), store.device());
        assert_eq!(again.session(&other).unwrap().session.token.expose(), "b");
        assert!(again.session(&Region::Dida365).is_none());

        again.forget(&Region::TickTick).unwrap();
        let again = Store::open_in(folder.path()).unwrap();
        assert!(again.session(&Region::TickTick).is_none() && again.session(&other).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("new").join("ticktick");
        Store::open_in(&inner).unwrap().keep_device().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner.join(FILE)), 0o600);
        assert_eq!(mode(&inner), 0o700);
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["{", r#"{"version":2,"device":{"id":"","version":1,"os":"","browser":""}}"#] {
            fs::write(folder.path().join(FILE), text).unwrap();
            assert!(Store::open_in(folder.path()).is_err());
        }
    }
}
