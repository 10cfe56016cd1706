//! The arguments of `ticktick doctor`.

use clap::Args;

#[derive(Args, Debug)]
pub(crate) struct DoctorArgs {
    /// List answers that did not fit the contract: operation, path, kinds and day, never a value
    #[arg(long)]
    pub(crate) drift: bool,
    /// Clear the list
    #[arg(long, requires = "drift")]
    pub(crate) clear: bool,
}
