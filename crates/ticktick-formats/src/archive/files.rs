//! Archives as folders.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde_json::value::RawValue;

use super::manifest::{self, FileEntry, Manifest};
use super::{Archive, Entity, safe};
use crate::FormatError;

/// Maximum size of a manifest.
const MOST: u64 = 16 << 20;

impl Archive {
    /// Returns the files of the archive, with the manifest last.
    #[must_use]
    pub fn to_files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        let mut entries = Vec::new();
        for (entity, objects) in self.entities() {
            let path = format!("{}.ndjson", entity.name());
            let bytes: Vec<u8> = objects.iter().flat_map(|json| [line(json).as_bytes(), b"\n"].concat()).collect();
            entries.push(entry(&path, &bytes, objects.len()));
            files.push((path, bytes));
        }
        for (path, bytes) in &self.attachments {
            entries.push(entry(path, bytes, 1));
            files.push((path.clone(), bytes.clone()));
        }
        let manifest = Manifest { files: entries, ..self.manifest.clone() };
        let mut json = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        json.push(b'\n');
        files.push(("manifest.json".to_owned(), json));
        files
    }

    /// Writes the archive into a folder. Each file gets its name when it is complete, and the manifest comes last.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be written.
    pub fn write_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for (path, bytes) in self.to_files() {
            let target = folder.join(&path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            write_private(&target, &bytes)?;
        }
        Ok(())
    }

    /// Reads a folder. Verifies all checksums first.
    ///
    /// # Errors
    ///
    /// Fails if a file is missing or was changed, or if the archive is newer than this program.
    pub fn read_folder(folder: &Path) -> Result<Self, FormatError> {
        let path = folder.join("manifest.json");
        let read = |path: &Path| {
            fs::read(path).map_err(|error| FormatError::new(format!("cannot read {}: {error}", path.display())))
        };
        if !path.exists() {
            return Err(FormatError::new("the folder is not an archive: it has no manifest.json")
                .hint("write it with: ticktick export DIR"));
        }
        if fs::metadata(&path).is_ok_and(|data| data.len() > MOST) {
            return Err(FormatError::new("the manifest is too large"));
        }
        let mut archive = Self::new(Manifest::read(&read(&path)?)?);
        for file in archive.manifest.files.clone() {
            let path = folder.join(safe(&file.path)?);
            if fs::symlink_metadata(&path).is_ok_and(|data| data.is_symlink()) {
                return Err(FormatError::new(format!("{} is a link", file.path)));
            }
            archive.take(&file, read(&path)?)?;
        }
        Ok(archive)
    }

    fn take(&mut self, file: &FileEntry, bytes: Vec<u8>) -> Result<(), FormatError> {
        if manifest::sha256(&bytes) != file.sha256 {
            let error = format!("{} does not have the sum in the manifest", file.path);
            return Err(FormatError::new(error).hint("the archive was changed or is not complete; export again"));
        }
        match file.path.strip_suffix(".ndjson").and_then(Entity::of) {
            Some(entity) => {
                let objects: Result<Vec<Box<RawValue>>, _> =
                    serde_json::Deserializer::from_slice(&bytes).into_iter().collect();
                let objects = objects.map_err(|error| FormatError::new(format!("{}: {error}", file.path)))?;
                self.add(entity, objects);
            }
            None => drop(self.attachments.insert(file.path.clone(), bytes)),
        }
        Ok(())
    }
}

/// Returns an object on one line. Line breaks in JSON are always between its parts.
pub(super) fn line(json: &RawValue) -> String {
    json.get().replace(['\n', '\r'], " ")
}

fn entry(path: &str, bytes: &[u8], records: usize) -> FileEntry {
    let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    FileEntry {
        path: path.to_owned(),
        bytes: number(bytes.len()),
        records: number(records),
        sha256: manifest::sha256(bytes),
    }
}

/// Writes a file that only its owner can read, under a temporary name first. Follows links, and writes to devices and pipes
/// directly.
///
/// # Errors
///
/// Fails if the file cannot be written or renamed.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|target| !target.is_file() && !target.is_dir()) {
        return fs::write(path, bytes);
    }
    let linked = fs::canonicalize(path).ok();
    let path = linked.as_deref().unwrap_or(path);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!(".{name}.part"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file: File| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, path)) {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(())
}
