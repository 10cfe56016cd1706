//! Files on tasks and comments.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ticktick_models::Object;

/// A file on a task or comment.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) task: String,
    /// The description that the service returns.
    pub(crate) about: Object,
    pub(crate) mime: String,
    #[serde(with = "base64_text")]
    pub(crate) bytes: Bytes,
}

/// Encodes bytes as text in dumps.
mod base64_text {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use bytes::Bytes;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(bytes: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Bytes::from).map_err(D::Error::custom)
    }
}

/// The files of an account.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct FileBook {
    pub(crate) files: BTreeMap<String, File>,
    /// The time of each upload, including deleted files.
    pub(crate) uploads: Vec<Timestamp>,
}

impl FileBook {
    /// Returns the description of a file.
    pub(crate) fn describe(&self, id: &str) -> Option<Object> {
        Some(self.files.get(id)?.about.clone())
    }

    /// Returns the files on a task and its comments, by id.
    pub(crate) fn on(&self, task: &str) -> BTreeMap<String, File> {
        let here = self.files.iter().filter(|(_, file)| file.task == task);
        here.map(|(id, file)| (id.clone(), file.clone())).collect()
    }

    /// Adds the files of a shared project.
    pub(crate) fn put_all(&mut self, files: BTreeMap<String, File>) {
        self.files.extend(files);
    }

    /// Deletes the files of a permanently deleted task.
    pub(crate) fn purge(&mut self, task: &str) {
        self.files.retain(|_, file| file.task != task);
    }
}
