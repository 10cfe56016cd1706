//! The server on standard input and output.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;
use ticktick_mcp::{Options, Server};

/// Serves TickTick to assistants over the Model Context Protocol, on standard input and output.
#[derive(Parser)]
#[command(name = "ticktick-mcp", version)]
struct Args {
    /// Use a demo account that lives as long as the server
    #[arg(long)]
    demo: bool,
    /// Profile of the command line whose session is used
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Offer no tool that writes
    #[arg(long)]
    read_only: bool,
    /// Tools to offer: core, or names separated by commas
    #[arg(long, value_name = "core|NAME,..", value_delimiter = ',')]
    tools: Vec<String>,
    /// Project whose tasks are never changed; may be repeated
    #[arg(long, value_name = "PROJECT")]
    protect: Vec<String>,
    /// Folder whose files may be attached; may be repeated
    #[arg(long, value_name = "DIR")]
    attach: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let options = Options {
        read_only: args.read_only,
        tools: args.tools,
        protect: args.protect,
        attach: args.attach,
        ..Options::default()
    };
    let server = if args.demo { Server::demo(options) } else { Server::of_profile(args.profile, options) };
    match server.and_then(serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Serves until the input ends. Standard output carries nothing but the protocol.
fn serve(server: Server) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        match server.serve(rmcp::transport::stdio()).await {
            Ok(running) => running.waiting().await.map(drop).map_err(|error| error.to_string()),
            // The client left before it said anything.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    })
}

#[expect(clippy::print_stderr)]
fn complain(error: &str) {
    eprintln!("error: {error}");
}
