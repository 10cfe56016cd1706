//! Reads the files that are named on the command line.

use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::error::{Error, Kind};

/// Reads a file; `-` is standard input.
pub(crate) fn contents(path: &Path) -> Result<Vec<u8>, Error> {
    if path != Path::new("-") {
        return read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| unread(path, &error))?;
    Ok(bytes)
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| unread(path, &error))
}

/// Returns whether Windows takes a name for a device, such as `NUL` or `com1.txt`.
pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    match stem.as_str() {
        "con" | "prn" | "aux" | "nul" => true,
        stem => ["com", "lpt"].iter().any(|port| {
            stem.strip_prefix(port)
                .is_some_and(|number| number.len() == 1 && number.bytes().all(|n| n.is_ascii_digit()))
        }),
    }
}

fn unread(path: &Path, error: &io::Error) -> Error {
    let kind = match error.kind() {
        ErrorKind::NotFound => Kind::NotFound,
        ErrorKind::IsADirectory => Kind::Usage,
        // On Windows, a folder is refused like this.
        ErrorKind::PermissionDenied if path.is_dir() => Kind::Usage,
        _ => Kind::Failed,
    };
    Error::new(kind, format!("cannot read {}: {error}", path.display()))
}
