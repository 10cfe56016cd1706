//! The session file: sessions, lock-outs, and the device identity.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::base_strategy::{BaseStrategy, Xdg};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use tempfile::NamedTempFile;
use ticktick::connection::Device;
use ticktick::{Region, Session};

use crate::error::Error;
use crate::private;

const FILE: &str = "session.json";
/// Locked while the session file is read, changed and written. A separate file, because the session file is
/// replaced.
const LOCK: &str = "session.lock";
const VERSION: u8 = 1;

/// A saved session and its user.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) session: Session,
    /// The user name as typed, shown in messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) username: Option<String>,
    /// Whether the mirror was refreshed with this session, and so holds its account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) mirrored: bool,
}

#[derive(Serialize, Deserialize)]
struct Contents {
    version: u8,
    /// Created once, because the service may flag unknown devices.
    device: Device,
    /// One session per region or address, so that a session is never sent to another server.
    #[serde(default)]
    sessions: BTreeMap<String, Kept>,
    /// When each lock-out ends, by region and user name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    locked: BTreeMap<String, BTreeMap<String, Timestamp>>,
}

/// The session file, readable only by its owner.
pub(crate) struct Store {
    path: PathBuf,
    contents: Contents,
    /// Permissions that were corrected when the file was opened, as messages.
    pub(crate) repaired: Vec<String>,
}

impl Store {
    /// Reads the session file, or starts with a new device if there is none.
    pub(crate) fn open() -> Result<Self, Error> {
        Self::open_in(&folder()?)
    }

    fn open_in(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let repaired = private::repair(folder, &path)?;
        let contents = match fs::read(&path) {
            Ok(text) => read(&text).map_err(|why| unusable(&path, &why))?,
            Err(error) if error.kind() == ErrorKind::NotFound => fresh(),
            Err(error) => return Err(unusable(&path, &error.to_string())),
        };
        Ok(Self { path, contents, repaired })
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

    /// Returns when the lock-out of this user name ends, if an earlier sign-in reported one.
    pub(crate) fn locked_until(&self, region: &Region, username: &str) -> Option<Timestamp> {
        self.contents.locked.get(&region.to_string())?.get(&key(username)).copied()
    }

    /// Writes the file for the first time. Fails if it cannot be saved.
    pub(crate) fn prepare(&mut self) -> Result<(), Error> {
        self.change(|_| ())
    }

    pub(crate) fn keep(&mut self, region: &Region, kept: Kept) -> Result<(), Error> {
        self.change(|contents| {
            if let Some(username) = &kept.username {
                contents.locked.entry(region.to_string()).or_default().remove(&key(username));
            }
            contents.sessions.insert(region.to_string(), kept);
        })
    }

    /// Replaces a session that the service renewed, unless the user signed in or out in the meantime.
    pub(crate) fn renew(&mut self, region: &Region, used: &Session, now: Session) -> Result<(), Error> {
        self.change(|contents| {
            if let Some(kept) = contents.sessions.get_mut(&region.to_string()).filter(|kept| kept.session == *used) {
                kept.session = now;
            }
        })
    }

    /// Saves that the mirror holds the account of the session, unless the user signed in again in the meantime.
    pub(crate) fn mirrored(&mut self, region: &Region, used: &Session) -> Result<(), Error> {
        self.change(|contents| {
            if let Some(kept) = contents.sessions.get_mut(&region.to_string()).filter(|kept| kept.session == *used) {
                kept.mirrored = true;
            }
        })
    }

    pub(crate) fn forget(&mut self, region: &Region) -> Result<(), Error> {
        self.change(|contents| drop(contents.sessions.remove(&region.to_string())))
    }

    /// Saves a lock-out for later commands.
    pub(crate) fn lock(&mut self, region: &Region, username: &str, until: Timestamp) -> Result<(), Error> {
        self.change(|contents| {
            contents.locked.entry(region.to_string()).or_default().insert(key(username), until);
        })
    }

    /// Changes the file under its lock: changes of other commands are read first and kept.
    fn change(&mut self, change: impl FnOnce(&mut Contents)) -> Result<(), Error> {
        let folder = self.path.parent().unwrap_or(Path::new(".")).to_owned();
        let failed = |error: io::Error| cannot_write(&self.path, &error);
        private::create(&folder).map_err(failed)?;
        let lock = private::file(&folder.join(LOCK)).map_err(failed)?;
        lock.lock().map_err(failed)?;
        if self.path.exists() {
            self.contents = Self::open_in(&folder)?.contents;
        }
        change(&mut self.contents);
        self.save()
    }

    /// Replaces the file atomically. A symbolic link is kept.
    fn save(&self) -> Result<(), Error> {
        let failed = |error: io::Error| cannot_write(&self.path, &error);
        let target = private::target(&self.path).map_err(failed)?;
        let folder = target.parent().unwrap_or(Path::new("."));
        // Temporary files can only be read by their owner.
        let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
        serde_json::to_writer_pretty(&mut file, &self.contents).map_err(|error| failed(error.into()))?;
        file.write_all(b"\n").map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&target).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// User names are case-insensitive.
fn key(username: &str) -> String {
    username.trim().to_lowercase()
}

fn fresh() -> Contents {
    Contents { version: VERSION, device: Device::new(), sessions: BTreeMap::new(), locked: BTreeMap::new() }
}

fn read(text: &[u8]) -> Result<Contents, String> {
    let contents: Contents = serde_json::from_slice(text).map_err(|error| {
        // The error's own text would quote values, and one of them is the token.
        let why = match error.classify() {
            Category::Data => "a member is missing or has the wrong type",
            _ => "it is not JSON",
        };
        format!("{why} (line {}, column {})", error.line(), error.column())
    })?;
    match contents.version {
        VERSION => Ok(contents),
        other => Err(format!("its version is {other}, but this program supports version {VERSION}")),
    }
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::failed(format!("cannot use {}: {why}", path.display()))
        .hint("repair the file, or remove it and sign in again with `ticktick auth login`")
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    Error::failed(format!("cannot write {}: {error}", path.display()))
        .hint("set TICKTICK_CONFIG_DIR to a folder that you can write to")
}

/// Returns the folder of the saved session, which may not exist yet.
pub(crate) fn folder() -> Result<PathBuf, Error> {
    folder_of("the session", BaseStrategy::config_dir)
}

/// Returns the folder of mirrors, which may not exist yet.
pub(crate) fn data_folder() -> Result<PathBuf, Error> {
    folder_of("the mirror", BaseStrategy::data_dir)
}

fn folder_of(what: &str, base: fn(&Xdg) -> PathBuf) -> Result<PathBuf, Error> {
    if let Some(folder) = std::env::var_os("TICKTICK_CONFIG_DIR").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let home = Xdg::new()
        .map_err(|_| Error::failed(format!("no home folder to save {what} in")).hint("set TICKTICK_CONFIG_DIR"))?;
    Ok(base(&home).join("ticktick"))
}

/// Returns the file of the mirror of a region. A token of the environment has a file of its own, because nobody knows
/// whether its account is that of the session.
pub(crate) fn mirror_file(region: &Region, token: Option<&str>) -> Result<PathBuf, Error> {
    let region: String = region.to_string().replace("://", "-");
    let region = region.replace(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')), "_");
    let token = token.map(|token| format!("-{:016x}", fingerprint(token))).unwrap_or_default();
    Ok(data_folder()?.join(format!("mirror-{region}{token}.db")))
}

/// Returns the FNV-1a hash of a text, which stays the same in all versions and does not reveal a random text.
fn fingerprint(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// How long a demo lasts, because its dates are relative to its first day.
const DEMO_LASTS: Duration = Duration::from_secs(24 * 60 * 60);

/// Returns where the demo account is saved between commands, if there is a folder for it.
///
/// A demo older than a day is removed, so that the demo starts over.
pub(crate) fn demo_file() -> Option<PathBuf> {
    let folder = folder().ok()?;
    private::create(&folder).ok()?;
    let path = folder.join("demo.json");
    let age = fs::metadata(&path).and_then(|file| file.modified()).ok().and_then(|time| time.elapsed().ok());
    if age.is_some_and(|age| age > DEMO_LASTS) {
        fs::remove_file(&path).ok()?;
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(token: &str) -> Kept {
        Kept { session: Session::new(token), username: Some("me@example.com".into()), mirrored: false }
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

    #[test]
    fn two_that_sign_in_at_once_lose_no_session() {
        let folder = tempfile::tempdir().unwrap();
        let stores: Vec<Store> = (0..8).map(|_| Store::open_in(folder.path()).unwrap()).collect();
        std::thread::scope(|scope| {
            for (at, mut store) in stores.into_iter().enumerate() {
                scope.spawn(move || {
                    let region = format!("http://127.0.0.1:{}", at + 1).parse().unwrap();
                    store.keep(&region, kept("a")).unwrap();
                });
            }
        });
        assert_eq!(Store::open_in(folder.path()).unwrap().contents.sessions.len(), 8);
    }

    #[test]
    fn a_renewed_session_does_not_undo_a_sign_out() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open_in(folder.path()).unwrap();
        store.keep(&Region::TickTick, kept("a")).unwrap();
        let mut other = Store::open_in(folder.path()).unwrap();
        other.forget(&Region::TickTick).unwrap();
        store.renew(&Region::TickTick, &Session::new("a"), Session::new("b")).unwrap();
        assert!(Store::open_in(folder.path()).unwrap().session(&Region::TickTick).is_none());
    }

    #[test]
    fn a_new_sign_in_does_not_trust_the_mirror() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open_in(folder.path()).unwrap();
        let mirrored = || Store::open_in(folder.path()).unwrap().session(&Region::TickTick).unwrap().mirrored;
        store.keep(&Region::TickTick, kept("a")).unwrap();
        store.mirrored(&Region::TickTick, &Session::new("a")).unwrap();
        assert!(mirrored());
        store.renew(&Region::TickTick, &Session::new("a"), Session::new("b")).unwrap();
        assert!(mirrored());
        store.keep(&Region::TickTick, kept("c")).unwrap();
        store.mirrored(&Region::TickTick, &Session::new("b")).unwrap();
        assert!(!mirrored());
    }

    #[test]
    fn a_lock_out_is_remembered_until_somebody_signs_in() {
        let folder = tempfile::tempdir().unwrap();
        let until: Timestamp = "2026-03-01T12:30:00Z".parse().unwrap();
        let mut store = Store::open_in(folder.path()).unwrap();
        store.lock(&Region::TickTick, " Me@Example.com", until).unwrap();
        let mut again = Store::open_in(folder.path()).unwrap();
        assert_eq!(again.locked_until(&Region::TickTick, "me@example.com"), Some(until));
        assert_eq!(again.locked_until(&Region::Dida365, "me@example.com"), None);
        again.keep(&Region::TickTick, kept("a")).unwrap();
        assert_eq!(again.locked_until(&Region::TickTick, "me@example.com"), None);
    }

    #[test]
    fn a_file_that_cannot_be_used_is_left_alone_and_never_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let wrong_type = r#"{"version":1,"device":"s3cret","sessions":{}}"#;
        let newer = r#"{"version":2,"device":{"id":"","version":1,"os":"","browser":""},"token":"s3cret"}"#;
        for text in ["{", "s3cret", wrong_type, newer] {
            fs::write(folder.path().join(FILE), text).unwrap();
            let error = Store::open_in(folder.path()).err().unwrap();
            assert!(!error.message.contains("s3cret"), "{}", error.message);
            assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
        }
    }

    #[test]
    fn each_region_and_each_token_has_a_mirror() {
        let name = |region: &Region, token| {
            let path = mirror_file(region, token).unwrap();
            path.file_name().unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(name(&Region::TickTick, None), "mirror-ticktick.db");
        assert_eq!(name(&"http://127.0.0.1:9".parse().unwrap(), None), "mirror-http-127.0.0.1_9.db");
        let of_token = name(&Region::Dida365, Some("s3cret"));
        assert!(of_token.starts_with("mirror-dida365-") && !of_token.contains("s3cret"), "{of_token}");
        assert_ne!(of_token, name(&Region::Dida365, Some("other")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let dotfiles = tempfile::tempdir().unwrap();
        let target = dotfiles.path().join("ticktick.json");
        let link = folder.path().join(FILE);
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let mut store = Store::open_in(folder.path()).unwrap();
        store.keep(&Region::TickTick, kept("a")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::read_to_string(&target).unwrap().contains("sessions"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("new").join("ticktick");
        Store::open_in(&inner).unwrap().prepare().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner.join(FILE)), 0o600);
        assert_eq!(mode(&inner.join(LOCK)), 0o600);
        assert_eq!(mode(&inner), 0o700);

        fs::set_permissions(inner.join(FILE), fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
        let repaired = Store::open_in(&inner).unwrap().repaired;
        assert_eq!(mode(&inner.join(FILE)), 0o600);
        assert_eq!(mode(&inner), 0o700);
        assert_eq!(repaired.len(), 2, "{repaired:?}");
    }
}
