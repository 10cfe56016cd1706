//! Runs the asynchronous part of a command.

use crate::error::Error;

/// Runs on the current thread, which is enough for a client and a simulator.
pub(crate) fn wait(work: impl Future<Output = Result<(), Error>>) -> Result<(), Error> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
