//! [`Manifest`]: the contents and the origin of an archive. Its format is `spec/formats/archive.schema.json`.

use jiff::Timestamp;
use ring::digest;

use crate::FormatError;
pub use crate::generated::archive::{FileEntry, Manifest};

/// The name of the format.
pub(super) const FORMAT: &str = "ticktick-archive";

/// The latest supported version, which is also the one that is written.
pub(super) const VERSION: u32 = 1;

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

    /// Reads a manifest. Refuses other formats and newer versions.
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
