//! The parts of an account in a dump.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Error;
use serde_json::value::RawValue;

/// A named part of a dump.
pub(crate) trait Part {
    fn write(&self, out: &mut Vec<u8>);

    /// Restores a written part. If that fails, nothing is changed.
    fn read(&mut self, json: &RawValue) -> Result<(), Error>;
}

impl<T: Serialize + DeserializeOwned> Part for T {
    fn write(&self, out: &mut Vec<u8>) {
        // Writing to memory cannot fail, and all keys are texts.
        drop(serde_json::to_writer(out, self));
    }

    fn read(&mut self, json: &RawValue) -> Result<(), Error> {
        *self = serde_json::from_str(json.get())?;
        Ok(())
    }
}
