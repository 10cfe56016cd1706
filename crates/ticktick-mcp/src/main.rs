//! The server on standard input and output, or over HTTP.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use rmcp::ServiceExt;
use rmcp::service::ServerInitializeError;
use ticktick::Secret;
use ticktick_mcp::{HttpServer, Options, Server, mend_lines};
use ticktick_profile::Environment;
use tokio::io::BufReader;

/// The variable that holds the token for HTTP.
const TOKEN: &str = "TICKTICK_MCP_TOKEN";

/// Serves TickTick to assistants over the Model Context Protocol, on standard input and output.
#[derive(Parser)]
#[command(name = "ticktick-mcp", version)]
struct Args {
    /// Serve streamable HTTP on this port of 127.0.0.1 instead; 0 picks a free one
    ///
    /// Prints the address and a new token as a line of JSON on standard error. To choose the token, set TICKTICK_MCP_TOKEN.
    #[arg(long, value_name = "PORT")]
    http: Option<u16>,
    /// Use a demo account, which is discarded on exit
    #[arg(long)]
    demo: bool,
    /// Profile of the command line whose session is used
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Offer only the tools that read
    #[arg(long)]
    read_only: bool,
    /// Tools to offer: core, or names separated by commas
    #[arg(long, value_name = "core|NAME,..", value_delimiter = ',')]
    tools: Vec<String>,
    /// Project whose tasks are never changed; repeatable
    #[arg(long, value_name = "PROJECT")]
    protect: Vec<String>,
    /// Folder whose files may be attached; repeatable
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
    let server = if args.demo {
        Server::demo(options)
    } else {
        Server::of_profile(args.profile, Environment::system(), options)
    };
    match server.and_then(|server| run(server, args.http)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(server: Server, http: Option<u16>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(async {
        server.check().await?;
        match http {
            Some(port) => serve_http(server, port).await,
            None => serve_stdio(server).await,
        }
    })
}

/// Serves until the input ends. Standard output carries only the protocol.
async fn serve_stdio(server: Server) -> Result<(), String> {
    let (input, output) = rmcp::transport::stdio();
    match server.serve((mend_lines(BufReader::new(input)), output)).await {
        Ok(running) => running.waiting().await.map(drop).map_err(|error| error.to_string()),
        // The client disconnected before it sent anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// Serves until the program is interrupted.
async fn serve_http(server: Server, port: u16) -> Result<(), String> {
    let given = std::env::var(TOKEN).ok().map(Secret::from);
    let is_given = given.is_some();
    let http = HttpServer::bind(server, port, given).await?;
    let mut line = serde_json::json!({ "url": http.url() });
    if !is_given {
        line["token"] = http.token().expose().into();
    }
    report(&line.to_string());
    tokio::select! {
        served = http.serve() => served.map_err(|error| error.to_string()),
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

#[expect(clippy::print_stderr)]
fn report(line: &str) {
    eprintln!("{line}");
}
