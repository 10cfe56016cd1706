//! `ticktick mcp`: starts the server for assistants, which is a separate program.

mod config;
mod start;

use std::path::Path;

use clap::{ArgMatches, Args, FromArgMatches, Subcommand};

use crate::args::Globals;
use crate::ask;
use crate::entry::{Entry, Section};
use crate::error::Error;
use config::ConfigArgs;
use start::Start;

pub(crate) const MCP: Entry = Entry::leaf(
    Section::Program,
    "mcp",
    "Let AI assistants work with the account (MCP server)",
    McpArgs::augment_args,
    run,
);

#[derive(Args, Debug)]
#[command(after_help = "\
This runs the separate program `ticktick-mcp`; docs/mcp.md describes how to install it, and `ticktick-mcp --help` lists its
options. `ticktick help agents` teaches an assistant to use the command line instead.")]
struct McpArgs {
    #[command(subcommand)]
    command: Option<McpCommand>,
    /// Options of the server
    #[arg(value_name = "OPTION", trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<String>,
}

#[derive(Subcommand, Debug)]
enum McpCommand {
    /// Print the configuration of a client; without CLIENT, list the clients
    Config(ConfigArgs),
}

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = McpArgs::from_arg_matches(matches)?;
    ask::no_preview(globals)?;
    match args.command {
        Some(McpCommand::Config(args)) => config::run(globals, args),
        None => serve(&Start::new(globals, args.options)?),
    }
}

/// Replaces this process by the server.
#[cfg(unix)]
fn serve(start: &Start) -> Result<(), Error> {
    use std::os::unix::process::CommandExt;

    Err(not_started(&start.program, &start.command().exec()))
}

/// Runs the server and exits with its status.
#[cfg(not(unix))]
fn serve(start: &Start) -> Result<(), Error> {
    let status = start.command().status().map_err(|error| not_started(&start.program, &error))?;
    std::process::exit(status.code().unwrap_or(1))
}

fn not_started(program: &Path, error: &std::io::Error) -> Error {
    Error::failed(format!("{} cannot be started: {error}", program.display()))
}
