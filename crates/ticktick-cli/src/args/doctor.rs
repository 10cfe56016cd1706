//! The arguments of `ticktick doctor`.

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = "\
The exit status is 1 if a check fails. `ticktick auth doctor` does the same.")]
pub(crate) struct DoctorArgs {
    /// List the responses that did not match the API description: operation, path, kinds and day, never a value
    #[arg(long)]
    pub(crate) drift: bool,
    /// Clear the list
    #[arg(long, requires = "drift")]
    pub(crate) clear: bool,
}
