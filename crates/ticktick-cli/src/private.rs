//! Files and folders that only their owner may read.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Creates a folder and its parents for the owner alone. Existing folders are not changed.
pub(crate) fn create(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens a file for writing, and creates it for the owner alone.
pub(crate) fn file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Follows a chain of symbolic links to the file, which need not exist.
pub(crate) fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    // The limit of Linux.
    for _ in 0..40 {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new(".")).join(next),
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::NotFound) => return Ok(path),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links"))
}

/// Restricts a secret file, and the folder that contains it, to the owner.
///
/// Returns messages about what was changed. Fails, without a change, if others may write to the folder or
/// if it contains other files too, because such a folder is not meant for secrets.
#[cfg(unix)]
pub(crate) fn mend(folder: &Path, file: &Path) -> Result<Vec<String>, Error> {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).ok().map(|found| found.permissions().mode() & 0o777);
    let (Some(of_folder), Some(of_file)) = (mode(folder), mode(file)) else { return Ok(Vec::new()) };
    let mut mended = Vec::new();
    let mut take = |path: &Path, mode: u32| -> Result<(), Error> {
        let own = mode & 0o700;
        fs::set_permissions(path, fs::Permissions::from_mode(own)).map_err(|error| {
            Error::failed(format!("others can read {}, and its mode cannot be changed: {error}", path.display()))
                .hint(format!("chmod {own:o} {}", path.display()))
        })?;
        mended.push(format!("others could read {}; its mode is now {own:o} instead of {mode:o}", path.display()));
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
    Ok(mended)
}

#[cfg(not(unix))]
pub(crate) fn mend(_: &Path, _: &Path) -> Result<Vec<String>, Error> {
    // On this system, a user's folders are private by default.
    Ok(Vec::new())
}

/// Returns whether a folder contains only files of this program.
#[cfg(unix)]
fn is_ours(folder: &Path) -> bool {
    let ours =
        |name: &str| ["session.", "demo.", "drift.", "mirror-", ".tmp"].iter().any(|start| name.starts_with(start));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name()).all(|name| name.to_str().is_some_and(ours))
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
        assert!(mend(folder.path(), &session).unwrap_err().hint.unwrap().contains("chmod go-w"));
        assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o777);
    }

    #[test]
    fn a_folder_of_other_things_is_never_changed() {
        let (folder, session) = folder_with_session(0o755);
        fs::write(folder.path().join("index.html"), "").unwrap();
        assert!(mend(folder.path(), &session).is_err());
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
