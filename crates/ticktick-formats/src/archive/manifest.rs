//! [`Manifest`]: what an archive holds and where it comes from.

use jiff::Timestamp;
use ring::digest;
use serde::{Deserialize, Serialize};

use crate::FormatError;

/// The name of the format.
pub(super) const FORMAT: &str = "ticktick-archive";

/// The newest version that is read, and the one that is written.
pub(super) const VERSION: u32 = 1;

/// What an archive holds and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `ticktick-archive`.
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// When the account was read.
    pub time: Timestamp,
    /// Name and version of the program.
    pub program: String,
    /// Region of the service.
    pub region: String,
    /// Id of the account's inbox, which contains the id of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inbox: Option<String>,
    /// Time zone of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Options of the export.
    #[serde(default)]
    pub options: Vec<String>,
    /// Files of the archive.
    #[serde(default)]
    pub files: Vec<FileEntry>,
    /// What could not be read or is not part of archives.
    #[serde(default)]
    pub gaps: Vec<String>,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path inside the archive.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// Number of objects.
    pub records: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

impl Manifest {
    /// Creates a manifest without files.
    #[must_use]
    pub fn new(time: Timestamp, program: impl Into<String>, region: impl Into<String>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            time,
            program: program.into(),
            region: region.into(),
            inbox: None,
            zone: None,
            options: Vec::new(),
            files: Vec::new(),
            gaps: Vec::new(),
        }
    }

    /// Reads a manifest and refuses another format or a newer version.
    pub(super) fn read(json: &[u8]) -> Result<Self, FormatError> {
        let manifest: Self = serde_json::from_slice(json)
            .map_err(|error| FormatError::new(format!("the manifest cannot be read: {error}")))?;
        manifest.check()?;
        Ok(manifest)
    }

    pub(super) fn check(&self) -> Result<(), FormatError> {
        if self.format != FORMAT {
            return Err(FormatError::new(format!("the manifest is not that of an archive but `{}`", self.format)));
        }
        if self.version > VERSION {
            return Err(FormatError::new(format!(
                "the archive has version {}, which is newer than this program",
                self.version
            ))
            .hint("update ticktick and try again"));
        }
        Ok(())
    }
}

/// Returns the SHA-256 of bytes in lower-case hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    digest::digest(&digest::SHA256, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
