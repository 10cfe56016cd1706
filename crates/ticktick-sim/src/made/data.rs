//! Stores the accounts in a file.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use std::{fs, io};

use crate::made::dump;
use crate::world::lock::lock;
use crate::world::state::World;

/// How long to wait after a write for further writes, so that all of them are saved at once.
const GATHER: Duration = Duration::from_millis(100);

/// How long to wait for a simulator that is about to stop, such as that of the previous command.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the data file is kept open and locked under all its names. On other systems a lock would prevent users from
/// reading it.
const LOCKS_DATA: bool = cfg!(unix);

/// Suffix of incomplete files.
const SUFFIX: &str = ".part";

/// A file used by one simulator exclusively.
pub(crate) struct DataFile {
    path: PathBuf,
    /// Released when dropped. A separate file, because saving replaces the data file.
    _held: File,
    /// The data file as opened and as last saved. Locking both covers other names of the file.
    _found: Option<File>,
    saved: Mutex<Option<File>>,
}

impl DataFile {
    /// Locks the file, and returns its contents if it exists.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, Option<Vec<u8>>)> {
        Self::open_within(path, PATIENCE).map_err(|error| about(path, &error))
    }

    fn open_within(path: &Path, patience: Duration) -> io::Result<(Self, Option<Vec<u8>>)> {
        // A symbolic link is kept; its target is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut lock_file: OsString = path.as_os_str().to_owned();
        lock_file.push(".lock");
        let held = File::options().create(true).append(true).open(lock_file)?;
        let start = Instant::now();
        hold(&held, start, patience)?;
        let found = match File::open(&path) {
            Ok(found) => Some(found),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if let Some(found) = found.as_ref().filter(|_| LOCKS_DATA) {
            match hold(found, start, patience) {
                // Some network file systems can only lock files opened for writing.
                Err(error) if error.kind() != ErrorKind::ResourceBusy => {}
                held => held?,
            }
        }
        let mut text = None;
        if let Some(mut found) = found.as_ref() {
            found.read_to_end(text.insert(Vec::new()))?;
        }
        let file = Self { path, _held: held, _found: found.filter(|_| LOCKS_DATA), saved: Mutex::default() };
        file.tidy();
        Ok((file, text))
    }

    /// Returns an error for a file whose contents cannot be used.
    pub(crate) fn damaged(&self, error: &dyn std::fmt::Display) -> io::Error {
        let message = format!("the file is damaged or not a data file of the simulator; it was not changed: {error}");
        about(&self.path, &io::Error::new(ErrorKind::InvalidData, message))
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Returns the prefix of the temporary files for this one.
    fn prefix(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        format!(".{name}.")
    }

    /// Removes the temporary files of a simulator that was killed while saving.
    fn tidy(&self) {
        let prefix = self.prefix();
        let entries = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&prefix) && name.ends_with(SUFFIX) {
                drop(fs::remove_file(entry.path()));
            }
        }
    }

    /// Replaces the contents of the file atomically.
    fn write(&self, text: &[u8]) -> io::Result<()> {
        let folder = self.folder();
        let mut file = tempfile::Builder::new().prefix(&self.prefix()).suffix(SUFFIX).tempfile_in(folder)?;
        file.write_all(text)?;
        if let Ok(before) = fs::metadata(&self.path) {
            file.as_file().set_permissions(before.permissions())?;
        }
        file.as_file().sync_all()?;
        if LOCKS_DATA {
            // A file that did not exist before cannot be locked by others.
            drop(file.as_file().try_lock());
        }
        let saved = file.persist(&self.path)?;
        // On Windows, the next save cannot replace a file that is open.
        *lock(&self.saved) = Some(saved).filter(|_| LOCKS_DATA);
        // The new name is durable once the folder is synced; not every system can open a folder.
        if let Ok(folder) = File::open(folder) {
            drop(folder.sync_all());
        }
        Ok(())
    }
}

/// Acquires a lock, and waits for it until `patience` has passed since `start`.
fn hold(file: &File, start: Instant, patience: Duration) -> io::Result<()> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(ErrorKind::ResourceBusy, "another simulator uses the file"));
            }
        }
    }
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Saves the accounts soon after a change, and when it is dropped.
pub(crate) struct Keeper {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    file: DataFile,
    world: Arc<World>,
    need: Mutex<Need>,
    news: Condvar,
    /// Locked while saving, so that an older state never overwrites a newer one.
    saving: Mutex<()>,
}

#[derive(Default)]
struct Need {
    /// There are changes that are not in the file.
    unsaved: bool,
    /// There are changes that no save has been attempted for.
    fresh: bool,
    stop: bool,
    /// Why the last save failed.
    failure: Option<String>,
}

impl Keeper {
    pub(crate) fn start(file: DataFile, world: Arc<World>) -> io::Result<Self> {
        let (need, news, saving) = (Mutex::default(), Condvar::new(), Mutex::default());
        let shared = Arc::new(Shared { file, world, need, news, saving });
        let saver = shared.clone();
        let thread = std::thread::Builder::new().name("ticktick-sim-data".into()).spawn(move || saver.run())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Schedules a save.
    pub(crate) fn note(&self) {
        let mut need = lock(&self.shared.need);
        (need.unsaved, need.fresh) = (true, true);
        self.shared.news.notify_one();
    }

    /// Saves pending changes.
    pub(crate) fn flush(&self) -> io::Result<()> {
        self.shared.save()
    }

    /// Returns why the last save failed, if it did.
    pub(crate) fn failure(&self) -> Option<String> {
        lock(&self.shared.need).failure.clone()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        lock(&self.shared.need).stop = true;
        self.shared.news.notify_one();
        if let Some(thread) = self.thread.take() {
            // Fails only after a panic, which has already been reported.
            drop(thread.join());
        }
    }
}

impl Shared {
    /// Waits for changes and saves them until it is stopped.
    fn run(&self) {
        loop {
            let need = lock(&self.need);
            let need = self.news.wait_while(need, |need| !need.fresh && !need.stop);
            let need = need.unwrap_or_else(PoisonError::into_inner);
            let gathered = self.news.wait_timeout_while(need, GATHER, |need| !need.stop);
            let stop = gathered.unwrap_or_else(PoisonError::into_inner).0.stop;
            // A failure is recorded, and the save is tried again with the next change and at the end.
            drop(self.save());
            if stop {
                return;
            }
        }
    }

    fn save(&self) -> io::Result<()> {
        let _alone = lock(&self.saving);
        {
            let mut need = lock(&self.need);
            if !need.unsaved {
                return Ok(());
            }
            (need.unsaved, need.fresh) = (false, false);
        }
        let text = dump::write(&self.world);
        let saved = self.file.write(&text).map_err(|error| about(&self.file.path, &error));
        let mut need = lock(&self.need);
        need.failure = saved.as_ref().err().map(ToString::to_string);
        need.unsaved |= saved.is_err();
        saved
    }
}

#[cfg(test)]
mod tests;
