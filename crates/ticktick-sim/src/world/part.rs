//! The parts of an account that a dump carries.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Error;
use serde_json::value::RawValue;

/// A named part of a dump.
pub(crate) trait Part {
    fn write(&self, out: &mut Vec<u8>);

    /// Restores what was written; on an error nothing is changed.
    fn read(&mut self, json: &RawValue) -> Result<(), Error>;
}

impl<T: Serialize + DeserializeOwned> Part for T {
    fn write(&self, out: &mut Vec<u8>) {
        // Writing to memory cannot fail, and every key is a text.
        drop(serde_json::to_writer(out, self));
    }

    fn read(&mut self, json: &RawValue) -> Result<(), Error> {
        *self = serde_json::from_str(json.get())?;
        Ok(())
    }
}
