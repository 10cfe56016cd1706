//! Files on this machine.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::file;

/// Reads a file to upload, and also returns its name.
pub(super) fn read(path: &Path) -> Result<(String, Vec<u8>), Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| Error::usage(format!("{} is not a file", path.display())))?;
    Ok((name, file::read(path)?))
}

/// Returns the name under which a downloaded file is stored: never in another folder, and never hidden.
pub(super) fn local_name(name: &str) -> PathBuf {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c)).collect();
    let shown = shown.trim().trim_start_matches('.');
    match shown {
        "" | "-" => PathBuf::from("attachment"),
        device if file::is_device(device) => PathBuf::from(format!("_{device}")),
        name => PathBuf::from(name),
    }
}

/// Refuses to replace an existing file, before anything is read.
pub(crate) fn check(path: &Path, force: bool) -> Result<(), Error> {
    if path.as_os_str() != "-" && !force && path.exists() {
        return Err(exists(path));
    }
    Ok(())
}

/// Writes a file, or standard output for `-`.
pub(crate) fn write(path: &Path, bytes: &[u8], force: bool) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        return Ok(out.flush()?);
    }
    let file = if force { File::create(path) } else { File::create_new(path) };
    let written = file.and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Error::failed(format!("{} cannot be written: {error}", path.display())),
    })
}

fn exists(path: &Path) -> Error {
    Error::usage(format!("{} exists", path.display())).hint("add --force to replace it, or choose another name")
}

/// Formats a size in bytes.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_the_service_stay_in_the_folder() {
        for (name, wanted) in [
            ("plan.png", "plan.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\plan.png", "plan.png"),
            (".bashrc", "bashrc"),
            ("..", "attachment"),
            ("-", "attachment"),
            ("nul.txt", "_nul.txt"),
            ("a\u{1b}b?.txt", "ab.txt"),
            ("", "attachment"),
        ] {
            assert_eq!(local_name(name), PathBuf::from(wanted), "{name:?}");
        }
    }

    #[test]
    fn sizes_are_rounded() {
        for (bytes, text) in [(0, "0 B"), (999, "999 B"), (1_500, "2 kB"), (2_560_000, "2.5 MB")] {
            assert_eq!(size(bytes), text);
        }
    }
}
