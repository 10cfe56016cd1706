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

fn unread(path: &Path, error: &io::Error) -> Error {
    let kind = match error.kind() {
        ErrorKind::NotFound => Kind::NotFound,
        ErrorKind::IsADirectory => Kind::Usage,
        _ => Kind::Failed,
    };
    Error::new(kind, format!("cannot read {}: {error}", path.display()))
}
