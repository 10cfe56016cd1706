//! `ticktick mcp config`: the configuration of common clients.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::start::Start;
use crate::answer::Answer;
use crate::args::{FormatArg, Globals};
use crate::error::Error;
use crate::generated::cli::{ConfigFormat, McpClient, McpFiles};
use crate::output::{DIM, Output, width};
use crate::table::{Cell, Table};

#[derive(Args, Debug)]
#[command(after_help = "\
The configuration contains the absolute path of the server, but no session.")]
pub(super) struct ConfigArgs {
    /// Client to configure
    #[arg(hide_possible_values = true)]
    client: Option<ClientArg>,
    /// Tools to offer: core, or names separated by commas
    #[arg(long, value_name = "core|NAME,..")]
    tools: Option<String>,
    /// Project whose tasks are never changed; repeatable
    #[arg(long, value_name = "PROJECT")]
    protect: Vec<String>,
    /// Folder whose files may be attached; repeatable
    #[arg(long, value_name = "DIR")]
    attach: Vec<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum ClientArg {
    ClaudeCode,
    ClaudeDesktop,
    Codex,
    Cursor,
    Gemini,
    Goose,
    Vscode,
    Zed,
}

/// What is known about a client.
struct Client {
    name: &'static str,
    /// The file on Linux, macOS and Windows.
    files: [&'static str; 3],
    shape: Shape,
    /// The start of its own command that adds a server.
    adds: Option<&'static str>,
}

/// The format in which a client configures servers.
#[derive(Clone, Copy)]
enum Shape {
    /// JSON with a map of servers, whose entries may state the transport.
    Json {
        key: &'static str,
        stdio: bool,
    },
    Toml,
    Yaml,
}

/// A server in JSON.
#[derive(Serialize)]
struct Server<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    transport: Option<&'static str>,
    command: &'a str,
    args: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    env: BTreeMap<&'a str, &'a str>,
}

pub(super) fn run(globals: &Globals, args: ConfigArgs) -> Result<(), Error> {
    match args.client {
        Some(client) => print(globals, client, &Start::new(globals, args.options()?)?),
        None => list(globals),
    }
}

impl ConfigArgs {
    /// Returns the options of the server.
    fn options(self) -> Result<Vec<String>, Error> {
        let mut options = Vec::new();
        let mut add = |name: &str, value: String| options.extend([name.to_owned(), value]);
        self.tools.into_iter().for_each(|tools| add("--tools", tools));
        self.protect.into_iter().for_each(|project| add("--protect", project));
        for folder in self.attach {
            add("--attach", unicode(&std::path::absolute(folder)?)?.to_owned());
        }
        Ok(options)
    }
}

fn list(globals: &Globals) -> Result<(), Error> {
    let clients = ClientArg::value_variants().iter().map(|client| client.described()).collect();
    Answer::new(clients).print(globals, |clients: &[McpClient]| {
        let mut table = Table::new().flexible([(2, 20)]);
        for McpClient { client, name, files, .. } in clients {
            let file = here([&files.linux, &files.macos, &files.windows]);
            table.row(vec![Cell::new(client), Cell::new(name), Cell::new(file).style(DIM)]);
        }
        table.render(width())
    })
}

/// Prints the configuration, in the same form to terminals and pipes, because it belongs in a file.
fn print(globals: &Globals, client: ClientArg, start: &Start) -> Result<(), Error> {
    let mut globals = globals.clone();
    globals.output.format = globals.output.format.or(Some(FormatArg::Table));
    let start = Written::new(start)?;
    let known = client.known();
    let mut row = client.described();
    let text = start.text(known.shape);
    row.config = Some(text.clone());
    row.command = known.adds.filter(|_| cfg!(unix)).and_then(|command| start.added_by(command));
    if Output::new(&globals).is_for_people() {
        let output = Output::new(&globals);
        output.note("note", &format!("add this to {}", places(&row.files)));
        if let Some(command) = &row.command {
            output.note("note", &format!("or run: {command}"));
        }
    }
    Answer::new(vec![row]).print(&globals, |_: &[McpClient]| vec![text])
}

/// Names the file on each system.
fn places(McpFiles { linux, macos, windows }: &McpFiles) -> String {
    if linux == macos && macos == windows {
        return linux.clone();
    }
    if linux == macos {
        return format!("{linux} (Windows: {windows})");
    }
    format!("{linux} (macOS: {macos}; Windows: {windows})")
}

/// Selects the value for this system.
fn here<T>([linux, macos, windows]: [T; 3]) -> T {
    if cfg!(windows) {
        windows
    } else if cfg!(target_os = "macos") {
        macos
    } else {
        linux
    }
}

impl ClientArg {
    fn known(self) -> Client {
        let everywhere = |file| [file, file, file];
        let servers = |stdio| Shape::Json { key: "mcpServers", stdio };
        match self {
            Self::ClaudeCode => Client {
                name: "Claude Code",
                files: everywhere("~/.claude.json, or .mcp.json in a project"),
                shape: servers(true),
                adds: Some("claude mcp add"),
            },
            Self::ClaudeDesktop => Client {
                name: "Claude Desktop",
                files: [
                    "~/.config/Claude/claude_desktop_config.json",
                    "~/Library/Application Support/Claude/claude_desktop_config.json",
                    "%APPDATA%\\Claude\\claude_desktop_config.json",
                ],
                shape: servers(false),
                adds: None,
            },
            Self::Codex => Client {
                name: "Codex",
                files: everywhere("~/.codex/config.toml"),
                shape: Shape::Toml,
                adds: Some("codex mcp add"),
            },
            Self::Cursor => Client {
                name: "Cursor",
                files: everywhere("~/.cursor/mcp.json, or .cursor/mcp.json in a project"),
                shape: servers(false),
                adds: None,
            },
            Self::Gemini => Client {
                name: "Gemini CLI",
                files: everywhere("~/.gemini/settings.json, or .gemini/settings.json in a project"),
                shape: servers(false),
                adds: None,
            },
            Self::Goose => Client {
                name: "Goose",
                files: [
                    "~/.config/goose/config.yaml",
                    "~/.config/goose/config.yaml",
                    "%APPDATA%\\Block\\goose\\config\\config.yaml",
                ],
                shape: Shape::Yaml,
                adds: None,
            },
            Self::Vscode => Client {
                name: "VS Code",
                files: [
                    "~/.config/Code/User/mcp.json, or .vscode/mcp.json in a project",
                    "~/Library/Application Support/Code/User/mcp.json",
                    "%APPDATA%\\Code\\User\\mcp.json",
                ],
                shape: Shape::Json { key: "servers", stdio: true },
                adds: None,
            },
            Self::Zed => Client {
                name: "Zed",
                files: ["~/.config/zed/settings.json", "~/.config/zed/settings.json", "%APPDATA%\\Zed\\settings.json"],
                shape: Shape::Json { key: "context_servers", stdio: false },
                adds: None,
            },
        }
    }

    fn described(self) -> McpClient {
        let Client { name, files: [linux, macos, windows], shape, .. } = self.known();
        let id = self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let format = match shape {
            Shape::Json { .. } => ConfigFormat::Json,
            Shape::Toml => ConfigFormat::Toml,
            Shape::Yaml => ConfigFormat::Yaml,
        };
        let files = McpFiles { linux: linux.into(), macos: macos.into(), windows: windows.into() };
        McpClient { client: id, name: name.into(), format, files, config: None, command: None }
    }
}

/// The command that starts the server, as text.
struct Written {
    program: String,
    options: Vec<String>,
    variables: Vec<(String, String)>,
}

impl Written {
    fn new(start: &Start) -> Result<Self, Error> {
        let program = unicode(&start.program)?;
        let mut variables = start.variables.clone();
        // Clients start servers with few environment variables.
        let folder = env::var("TICKTICK_CONFIG_DIR").ok().filter(|folder| !folder.is_empty());
        variables.extend(folder.map(|folder| ("TICKTICK_CONFIG_DIR".to_owned(), folder)));
        Ok(Self { program: program.to_owned(), options: start.options.clone(), variables })
    }

    fn text(&self, shape: Shape) -> String {
        match shape {
            Shape::Json { key, stdio } => self.json(key, stdio),
            Shape::Toml => self.toml(),
            Shape::Yaml => self.yaml(),
        }
    }

    fn json(&self, key: &str, stdio: bool) -> String {
        let server = Server {
            transport: stdio.then_some("stdio"),
            command: &self.program,
            args: &self.options,
            env: self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        };
        serde_json::to_string_pretty(&BTreeMap::from([(key, BTreeMap::from([("ticktick", server)]))]))
            .unwrap_or_default()
    }

    fn toml(&self) -> String {
        let mut lines = vec!["[mcp_servers.ticktick]".to_owned(), format!("command = {}", quoted(&self.program))];
        if !self.options.is_empty() {
            lines.push(format!("args = {}", self.list()));
        }
        if !self.variables.is_empty() {
            lines.push(format!("env = {{ {} }}", self.pairs(" = ")));
        }
        lines.join("\n")
    }

    fn yaml(&self) -> String {
        [
            "extensions:".to_owned(),
            "  ticktick:".to_owned(),
            "    type: stdio".to_owned(),
            "    name: ticktick".to_owned(),
            "    enabled: true".to_owned(),
            format!("    cmd: {}", quoted(&self.program)),
            format!("    args: {}", self.list()),
            format!("    envs: {{{}}}", self.pairs(": ")),
            "    timeout: 300".to_owned(),
        ]
        .join("\n")
    }

    /// Formats the options as a list for JSON, TOML and YAML.
    fn list(&self) -> String {
        format!("[{}]", self.options.iter().map(|option| quoted(option)).collect::<Vec<_>>().join(", "))
    }

    fn pairs(&self, between: &str) -> String {
        let pair = |(name, value): &(String, String)| format!("{name}{between}{}", quoted(value));
        self.variables.iter().map(pair).collect::<Vec<_>>().join(", ")
    }

    /// Returns the client's command that adds the server.
    fn added_by(&self, command: &str) -> Option<String> {
        let variables = self.variables.iter().flat_map(|(name, value)| ["--env".to_owned(), format!("{name}={value}")]);
        let scope = command.starts_with("claude").then_some("--scope user").into_iter();
        let mut words: Vec<String> = command.split(' ').map(str::to_owned).collect();
        words.extend(variables);
        words.extend(scope.flat_map(|scope| scope.split(' ')).map(str::to_owned));
        words.extend(["ticktick".to_owned(), "--".to_owned(), self.program.clone()]);
        words.extend(self.options.iter().cloned());
        shlex::try_join(words.iter().map(String::as_str)).ok()
    }
}

/// Quotes a text as in JSON, which TOML and YAML also accept.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn unicode(path: &Path) -> Result<&str, Error> {
    let text = path.to_str();
    text.ok_or_else(|| Error::failed(format!("a configuration cannot contain the path {}", path.display())))
}
