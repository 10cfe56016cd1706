//! The program `ticktick-mcp` as a process, and its protocol by hand.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::world::NOW;

/// Prepares a run on the demo account at a fixed time, without anything of this machine.
pub(crate) fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ticktick-mcp"));
    command
        .args(args)
        .env("TICKTICK_DEMO_NOW", NOW)
        .env("TICKTICK_CONFIG_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-session"))
        .env_remove("TICKTICK_TOKEN")
        .env_remove("TICKTICK_MCP_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A running server and its standard output.
pub(crate) struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    last: u64,
}

impl Process {
    /// Starts the server without a handshake.
    pub(crate) fn bare(args: &[&str]) -> Self {
        let mut child = program(args).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output, last: 0 }
    }

    /// Starts the server and completes the handshake.
    pub(crate) fn start(args: &[&str]) -> Self {
        let mut process = Self::bare(args);
        let client = json!({"name": "hand", "version": "1"});
        let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client});
        assert_eq!(process.request("initialize", hello)["result"]["serverInfo"]["name"], "ticktick-mcp");
        process.line(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        process
    }

    /// Writes a line unchanged.
    pub(crate) fn line(&mut self, text: &str) {
        writeln!(self.input, "{text}").unwrap();
    }

    /// Sends a request and returns the whole response.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        self.line(&json!({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}).to_string());
        self.answer()
    }

    /// Reads the next line.
    pub(crate) fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// Calls a tool and returns its structured content.
    pub(crate) fn call(&mut self, name: &str, args: Value) -> Value {
        let answer = self.request("tools/call", json!({"name": name, "arguments": args}));
        answer["result"]["structuredContent"].clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
