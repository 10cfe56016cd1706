//! Files and folders that only their owner can read.
//!
//! ```
//! use ticktick_profile::private;
//!
//! # let parent = tempfile::tempdir()?;
//! let folder = parent.path().join("ticktick");
//! private::create(&folder)?;
//! private::replace(&folder.join("notes.json"), b"[]")?;
//! # Ok::<(), std::io::Error>(())
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use crate::error::Error;

/// Prefixes of the names of this program's own files.
#[cfg(unix)]
const OURS: [&str; 8] = ["config.", "session.", "limits.", "lists", "demo.", "drift.", "mirror-", ".tmp"];

/// How long to wait for a program that reads a file.
const PATIENCE: Duration = Duration::from_secs(1);

/// Creates a folder and its parents that only the owner can access. Existing folders are not changed.
///
/// # Errors
///
/// If a folder cannot be created.
pub fn create(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens a file for writing without truncating it. If it does not exist, creates it so that only the owner can access it.
///
/// # Errors
///
/// If the file cannot be opened.
pub fn file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Replaces the contents of a file atomically. Only the owner can read it. A symbolic link is kept.
///
/// # Errors
///
/// If the file cannot be written.
pub fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    let target = target(path)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Temporary files can only be read by their owner.
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(contents)?;
    file.as_file().sync_all()?;
    rename(file, &target)
}

/// Gives a temporary file its name. On Windows, waits for a program that is reading the file that has the name now.
fn rename(mut file: NamedTempFile, target: &Path) -> io::Result<()> {
    let start = Instant::now();
    loop {
        match file.persist(target) {
            Ok(_) => return Ok(()),
            Err(refused) if cfg!(windows) && is_in_use(&refused.error) && start.elapsed() < PATIENCE => {
                file = refused.file;
                std::thread::sleep(Duration::from_millis(10));
            }
            Err(refused) => return Err(refused.error),
        }
    }
}

/// Returns whether Windows refuses because a file is open.
fn is_in_use(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    error.kind() == ErrorKind::PermissionDenied || error.raw_os_error() == Some(SHARING_VIOLATION)
}

/// Locks a file, which is created if necessary, until the result is dropped. Creates the folder, too.
///
/// # Errors
///
/// If the file cannot be opened or locked.
pub fn lock(path: &Path) -> io::Result<File> {
    create(path.parent().unwrap_or(Path::new(".")))?;
    let lock = file(path)?;
    lock.lock()?;
    Ok(lock)
}

/// Returns the permissions of a file or folder if others can read it.
#[cfg(unix)]
pub(crate) fn readable_by_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
pub(crate) fn readable_by_others(_: &Path) -> Option<u32> {
    // On this system, a user's folders are private by default.
    None
}

/// Follows a chain of symbolic links to the file, which need not exist.
pub(crate) fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    // The limit of Linux.
    for _ in 0..40 {
        // For other files, the kind of the error of `read_link` depends on the system.
        if !path.is_symlink() {
            return Ok(path);
        }
        let next = fs::read_link(&path)?;
        path = path.parent().unwrap_or(Path::new(".")).join(next);
    }
    Err(io::Error::other("too many links"))
}

/// Restricts a secret file, and the folder that contains it, to the owner.
///
/// Returns messages about what was changed. Fails, without a change, if others may write to the folder or
/// if it contains other files too, because such a folder is shared with other programs.
#[cfg(unix)]
pub(crate) fn repair(folder: &Path, file: &Path) -> Result<Vec<String>, Error> {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).ok().map(|found| found.permissions().mode() & 0o777);
    let (Some(of_folder), Some(of_file)) = (mode(folder), mode(file)) else { return Ok(Vec::new()) };
    let mut repaired = Vec::new();
    let mut take = |path: &Path, mode: u32| -> Result<(), Error> {
        let own = mode & 0o700;
        fs::set_permissions(path, fs::Permissions::from_mode(own)).map_err(|error| {
            Error::failed(format!("others can read {}, and its mode cannot be changed: {error}", path.display()))
                .hint(format!("chmod {own:o} {}", path.display()))
        })?;
        repaired.push(format!("others could read {}; its mode is now {own:o} instead of {mode:o}", path.display()));
        Ok(())
    };
    if of_folder & 0o022 != 0 {
        return Err(Error::failed(format!("others can write to {}, which contains your session", folder.display()))
            .hint(format!("chmod go-w {}, or set TICKTICK_CONFIG_DIR to a folder of its own", folder.display())));
    }
    if of_file & 0o077 != 0 {
        take(file, of_file)?;
    }
    if of_folder & 0o077 != 0 {
        if !is_ours(folder) {
            return Err(Error::failed(format!("others can list {}, which contains your session", folder.display()))
                .hint("set TICKTICK_CONFIG_DIR to a folder of its own"));
        }
        take(folder, of_folder)?;
    }
    Ok(repaired)
}

#[cfg(not(unix))]
pub(crate) fn repair(_: &Path, _: &Path) -> Result<Vec<String>, Error> {
    // On this system, a user's folders are private by default.
    Ok(Vec::new())
}

/// Returns whether a folder contains only files of this program.
#[cfg(unix)]
fn is_ours(folder: &Path) -> bool {
    let ours = |name: &str| OURS.iter().any(|start| name.starts_with(start));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).all(|name| name.to_str().is_some_and(ours))
}

// Other systems replace a file whether it is open or not.
#[cfg(all(test, windows))]
mod windows_tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_while_another_program_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("session.json");
        replace(&path, b"1").unwrap();
        let reader = File::open(&path).unwrap();
        let reading = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            drop(reader);
        });
        replace(&path, b"2").unwrap();
        reading.join().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn folder_with_session(mode: u32) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("session.json");
        fs::write(&session, "{}").unwrap();
        fs::set_permissions(&session, fs::Permissions::from_mode(0o600)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        (folder, session)
    }

    #[test]
    fn a_folder_that_others_write_to_is_refused() {
        let (folder, session) = folder_with_session(0o777);
        assert!(repair(folder.path(), &session).unwrap_err().hint.unwrap().contains("chmod go-w"));
        assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o777);
    }

    #[test]
    fn a_folder_of_other_things_is_never_changed() {
        let (folder, session) = folder_with_session(0o755);
        fs::write(folder.path().join("index.html"), "").unwrap();
        assert!(repair(folder.path(), &session).is_err());
        assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn a_ring_of_links_has_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink(&b, &a).unwrap();
        std::os::unix::fs::symlink(&a, &b).unwrap();
        assert!(target(&a).is_err());
        assert_eq!(target(&folder.path().join("c")).unwrap(), folder.path().join("c"));
    }
}
