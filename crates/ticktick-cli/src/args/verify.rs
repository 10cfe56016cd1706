//! The options of `ticktick api verify`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = "\
A report contains operation ids, JSON paths, kinds, statuses, error codes and the region, but no data of \
your account. CONTRIBUTING.md describes how to submit it.")]
pub(crate) struct VerifyArgs {
    /// Also run the experiments that write, in a separate project
    #[arg(long)]
    pub(crate) write: bool,
    /// Only this operation or experiment; repeatable
    #[arg(long, value_name = "ID")]
    pub(crate) only: Vec<String>,
    /// Write the results to this file as JSON; an existing file is replaced
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// Only remove what earlier experiments have left behind
    #[arg(long, conflicts_with_all = ["write", "only", "report"])]
    pub(crate) clean_up: bool,
}
