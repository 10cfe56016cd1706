//! The arguments of `ticktick focus`.

use clap::Subcommand;

use super::FocusStatsArgs;

#[derive(Subcommand, Debug)]
pub(crate) enum FocusCommand {
    /// Show how long, on what and when
    Stats(FocusStatsArgs),
}
