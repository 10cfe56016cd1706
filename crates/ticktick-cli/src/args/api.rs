//! The arguments of `ticktick api`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::VerifyArgs;

#[derive(Args, Debug)]
#[command(after_help = "\
OPERATION is an id, or a method and a path; the path may be a template or a real one. \
Unknown paths are sent unchanged.")]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ApiArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ApiCommand>,
    /// Operation to call: `tag.list`, or `GET /api/v2/tags`
    #[arg(value_name = "OPERATION", num_args = 1..=2, required_unless_present = "list")]
    pub(crate) operation: Vec<String>,
    /// List all operations
    #[arg(long, conflicts_with_all = ["operation", "params", "query", "data"])]
    pub(crate) list: bool,
    /// Set a path, query or header parameter
    #[arg(short = 'p', long = "param", value_name = "NAME=VALUE")]
    pub(crate) params: Vec<String>,
    /// Set a query parameter
    #[arg(long = "query", value_name = "NAME=VALUE")]
    pub(crate) query: Vec<String>,
    /// Request body; `@FILE` reads a file, `-` reads standard input
    #[arg(short = 'd', long = "data", value_name = "JSON|@FILE|-")]
    pub(crate) data: Option<String>,
}

#[derive(Subcommand, Debug)]
pub(crate) enum ApiCommand {
    /// Check recorded JSON against the API description
    ///
    /// Prints {"decodes":BOOL,"lossless":BOOL,"unknown":[PATH,...],"differences":[PATH,...]}. The exit
    /// status is 0 only if the JSON decodes and would be written back without loss.
    Check(CheckArgs),
    /// Check that the live service matches the API description
    ///
    /// Calls every operation that only reads and reports responses that do not match. With --write, also runs
    /// experiments on disputed behavior, in a separate project that is removed at the end.
    ///
    /// The exit status is 0 if every response matches or differs only in unknown or odd members, and 1 if
    /// an operation failed or was refused unexpectedly.
    Verify(VerifyArgs),
}

#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Operation from which the JSON was recorded; with --model, the file
    #[arg(value_name = "OPERATION|FILE", num_args = 1..=2, required = true)]
    pub(crate) subject: Vec<String>,
    /// Check a response; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    pub(crate) response: Option<PathBuf>,
    /// Check a request body; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// Check one object of this model
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["response", "request"])]
    pub(crate) model: Option<String>,
}
