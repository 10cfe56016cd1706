//! A server of the Model Context Protocol for TickTick.
//!
//! [`Server`] handles the protocol, on any transport of `rmcp`; [`Options`] select what it offers. [`HttpServer`] serves it over
//! streamable HTTP. The binary `ticktick-mcp` runs it on standard input and output, or over HTTP. `docs/mcp.md` in the repository
//! describes the tools and the safety rules.
#![cfg_attr(test, allow(clippy::unwrap_used))]

extern crate schemars1 as schemars;

mod account;
mod answer;
mod args;
mod call;
mod caller;
mod catch;
mod confirm;
mod demo;
mod failure;
mod forms;
mod found;
mod http;
mod item;
mod mend;
mod names;
mod options;
mod page;
mod preferences;
mod prompts;
mod protect;
mod refs;
mod resources;
mod run;
mod schema;
mod server;
mod source;
mod state;
mod subscribe;
mod text;
mod tool;
mod tools;
mod view;
mod watchers;
mod when;

pub use self::http::HttpServer;
pub use self::mend::mend_lines;
pub use self::options::Options;
pub use self::server::Server;
