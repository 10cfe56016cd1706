//! `ticktick api`: calls any operation of the contract, or any path.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::{Args, FromArgMatches};
use serde_json::Value;
use ticktick::raw::{Auth, BodyKind, Call, FileUpload, Level, Method, OPERATIONS, Operation, Param, Place, Retry};

use crate::answer::Answer;
use crate::args::{ApiArgs, ApiCommand, Globals};
use crate::cmd::{api_check, api_verify};
use crate::connect::Connection;
use crate::entry::{Entry, Section};
use crate::error::{Candidate, Error, Kind};
use crate::file::contents;
use crate::generated::cli;
use crate::mirror;
use crate::output::{DIM, Output, RED, YELLOW};
use crate::runtime::wait;
use crate::table::{Cell, Table};
use crate::text::shown;
use crate::written;

pub(crate) const API: Entry = Entry::leaf(
    Section::Program,
    "api",
    "Call any operation of the TickTick API, or check its description",
    |command| ApiArgs::augment_args(command).arg_required_else_help(true).subcommand_negates_reqs(true),
    |globals, matches| {
        let args = ApiArgs::from_arg_matches(matches)?;
        let output = Output::new(globals);
        match args.command {
            Some(ApiCommand::Check(args)) => api_check::run(globals, &args),
            Some(ApiCommand::Verify(args)) => {
                mirror::online(globals)?;
                wait(api_verify::run(globals, &args, output))
            }
            None if args.list => list(globals),
            None => {
                mirror::online(globals)?;
                wait(run(globals, args, output))
            }
        }
    },
);

/// Lists the operations of the contract.
fn list(globals: &Globals) -> Result<(), Error> {
    let all: Vec<cli::Operation> = OPERATIONS.iter().map(|operation| described(operation)).collect();
    Answer::new(all).print(globals, |_| table())
}

fn table() -> Vec<String> {
    let mut table = Table::new();
    for operation in OPERATIONS {
        let style = match operation.evidence.level {
            Level::Refused => RED,
            Level::Reported => YELLOW,
            _ => DIM,
        };
        table.row(vec![
            Cell::new(operation.id),
            Cell::new(operation.method.as_str()),
            Cell::new(operation.path),
            Cell::new(level(operation)).style(style),
        ]);
    }
    // Paths are never truncated, because people copy them.
    let mut lines = table.render(None);
    lines.push(format!("{} operations", OPERATIONS.len()));
    lines
}

fn level(operation: &Operation) -> String {
    lower(operation.evidence.level)
}

fn lower(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

fn described(operation: &Operation) -> cli::Operation {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let evidence = cli::Evidence { by: texts(operation.evidence.by), on: operation.evidence.on.to_owned() };
    cli::Operation {
        id: operation.id.to_owned(),
        method: operation.method.as_str().to_owned(),
        path: operation.path.to_owned(),
        level: level(operation),
        about: operation.about.to_owned(),
        auth: lower(operation.auth),
        host: lower(operation.host),
        retry: lower(operation.retry),
        params: operation.params.iter().map(param).collect(),
        body: operation.body.map(|body| body.name.to_owned()),
        returns: operation.returns.name.to_owned(),
        quirks: texts(operation.quirks),
        evidence,
    }
}

fn param(param: &Param) -> cli::Param {
    cli::Param {
        name: param.name.to_owned(),
        in_: lower(param.place),
        type_: param.kind.to_owned(),
        required: param.required,
        default: param.default.map(str::to_owned),
        about: param.about.to_owned(),
    }
}

/// The call to make.
#[derive(Debug, PartialEq)]
pub(crate) struct Target {
    pub(crate) operation: &'static Operation,
    /// The path as typed, if it is not the operation's template.
    path: Option<String>,
    pub(crate) listed: bool,
}

impl Target {
    /// Finds an operation by its id, or by method and path.
    pub(crate) fn find(words: &[String]) -> Result<Self, Error> {
        let name = words.join(" ");
        let name = name.trim();
        let Some((method, path)) = name.split_once(char::is_whitespace) else {
            let operation = Operation::find(name).ok_or_else(|| unknown(name))?;
            return Ok(Self { operation, path: None, listed: true });
        };
        let method: Method = method.parse().map_err(Error::usage)?;
        let path = path.trim();
        if !path.starts_with('/') {
            return Err(
                Error::usage(format!("`{path}` is not a path")).hint("write it without the host: GET /api/v2/tags")
            );
        }
        let template = OPERATIONS.iter().any(|operation| operation.method == method && operation.path == path);
        let found = Operation::find(&format!("{method} {path}"));
        let path = (!template).then(|| path.to_owned());
        match found {
            Some(operation) => Ok(Self { operation, path, listed: true }),
            None => Ok(Self { operation: Operation::unlisted(method), path, listed: false }),
        }
    }

    /// Checks names and values against the operation.
    fn assign(&self, params: &[String], query: &[String]) -> Result<Vec<Given>, Error> {
        let mut given = Vec::new();
        for text in params {
            let (name, value) = pair(text, "-p")?;
            let place = self.place(name, "parameter", |_| true)?;
            if place != Place::Query && given.iter().any(|other: &Given| other.name == name) {
                return Err(Error::usage(format!("`{name}` is given twice")));
            }
            given.push(Given { place, name: name.to_owned(), value: value.to_owned() });
        }
        for text in query {
            let (name, value) = pair(text, "--query")?;
            if self.listed {
                self.place(name, "query parameter", |param| param.place == Place::Query)?;
            }
            given.push(Given { place: Place::Query, name: name.to_owned(), value: value.to_owned() });
        }
        let typed = self.path.as_deref().and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
        let in_path = |name: &str| typed.split('&').any(|pair| pair.split('=').next() == Some(name));
        let missing = self
            .open_params()
            .find(|param| param.required && !in_path(param.name) && !given.iter().any(|one| one.name == param.name));
        match missing {
            Some(param) => Err(Error::usage(format!("{} needs `{}`: {}", self.operation, param.name, param.about))
                .hint(format!("use -p {}=VALUE ({}, {})", param.name, lower(param.place), param.kind))),
            None => Ok(given),
        }
    }

    /// Returns the parameters for which a typed path has no value.
    fn open_params(&self) -> impl Iterator<Item = &'static Param> {
        let typed = self.path.is_some();
        self.operation.params.iter().filter(move |param| !typed || param.place != Place::Path)
    }

    fn place(&self, name: &str, what: &str, fits: fn(&Param) -> bool) -> Result<Place, Error> {
        if let Some(param) = self.open_params().find(|param| param.name == name && fits(param)) {
            return Ok(param.place);
        }
        if !self.listed {
            return Err(Error::usage(format!("the contract does not list this call, so it has no {what} `{name}`"))
                .hint("put path values into the path, and use --query NAME=VALUE for the query"));
        }
        let hints: Vec<String> = self.open_params().filter(|param| fits(param)).map(hint).collect();
        let hint = if hints.is_empty() {
            format!("the operation has no {what}s; to try one, call {} PATH?NAME=VALUE", self.operation.method)
        } else {
            format!("it takes\n{}", hints.join("\n"))
        };
        Err(Error::usage(format!("{} has no {what} `{name}`", self.operation)).hint(hint))
    }
}

/// A parameter with the value that was typed for it.
struct Given {
    place: Place,
    name: String,
    value: String,
}

fn hint(param: &Param) -> String {
    let need = if param.required { ", required" } else { "" };
    format!("{} ({}, {}{need}): {}", param.name, lower(param.place), param.kind, param.about)
}

fn pair<'a>(text: &'a str, flag: &str) -> Result<(&'a str, &'a str), Error> {
    text.split_once('=').ok_or_else(|| Error::usage(format!("{flag} takes NAME=VALUE, not `{text}`")))
}

/// Suggests operations for an unknown id.
fn unknown(name: &str) -> Error {
    let (resource, verb) = name.split_once('.').unwrap_or((name, name));
    let near = |operation: &&&Operation| {
        let (own, does) = operation.id.split_once('.').unwrap_or_default();
        own == resource || does == verb
    };
    let candidate = |operation: &&Operation| Candidate {
        id: operation.id.into(),
        name: operation.id.into(),
        details: vec![operation.about.into()],
    };
    Error::new(Kind::NotFound, format!("the contract has no operation `{name}`"))
        .hint("`ticktick api --list` lists all operations; call an unlisted one as METHOD PATH")
        .candidates(OPERATIONS.iter().filter(near).map(candidate).collect())
}

/// Calls an operation and prints the answer unchanged.
async fn run(globals: &Globals, args: ApiArgs, output: Output) -> Result<(), Error> {
    let target = Target::find(&args.operation)?;
    let given = target.assign(&args.params, &args.query)?;
    let mut call = Call::new(target.operation);
    if let Some(path) = &target.path {
        call = call.at(path.as_str());
    }
    for Given { place, name, value } in &given {
        call = match place {
            Place::Path => call.path(name, value),
            Place::Header => call.header(name, value),
            _ => call.query(name, value),
        };
    }
    let call = body(call, &target, args.data.as_deref())?;
    let connection = match target.operation.auth {
        Auth::Session => mirror::connect_for(globals, target.operation, output).await?,
        Auth::Bearer => Connection::open_with_token(globals).await?,
        _ => Connection::open_signed_out(globals).await?,
    };
    let recorded = connection.recorded.clone();
    let answer = call.bytes(connection.client.transport()).await;
    connection.close()?;
    if globals.write.dry_run && !target.operation.reads {
        return written::preview(globals, recorded.take());
    }
    let printed = print(&answer?);
    match target.operation.retry {
        Retry::Safe => printed,
        _ => printed.map_err(|error| error.after_write(format!("{} was answered", target.operation))),
    }
}

/// Prints an answer byte for byte, or escaped if the output is a terminal.
fn print(answer: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        let text = std::str::from_utf8(answer).map_err(|_| {
            Error::usage("the response is not text").hint("write it to a file: ticktick api ... > FILE")
        })?;
        writeln!(out, "{}", shown(text.strip_suffix('\n').unwrap_or(text)))?;
    } else {
        out.write_all(answer)?;
    }
    Ok(out.flush()?)
}

fn body(call: Call, target: &Target, data: Option<&str>) -> Result<Call, Error> {
    let operation = target.operation;
    let Some(data) = data else {
        return match operation.body {
            Some(body) => Err(Error::usage(format!("{operation} needs a body: {}", body.name))
                .hint("use -d JSON, -d @FILE or -d -; -d '' sends an empty body")),
            None => Ok(call),
        };
    };
    if target.listed && operation.body.is_none() && !data.is_empty() {
        return Err(Error::usage(format!("{operation} takes no body")));
    }
    let (name, bytes) = read(data)?;
    match operation.body.map(|body| body.kind) {
        Some(BodyKind::Multipart(_)) => Ok(call.file(FileUpload::new(name, "application/octet-stream", bytes))),
        _ if bytes.is_empty() => Ok(call),
        Some(BodyKind::Form) => Ok(call.form(&json_of(&bytes)?)),
        _ => {
            json_of(&bytes)?;
            Ok(call.raw_body(bytes))
        }
    }
}

fn json_of(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::usage(format!("the body is not JSON: {error}")))
}

/// Reads the value of -d, and returns it with the name for an uploaded file.
fn read(data: &str) -> Result<(String, Vec<u8>), Error> {
    match (data, data.strip_prefix('@')) {
        ("-", _) => Ok(("file".into(), contents(Path::new("-"))?)),
        (_, Some(path)) => {
            let path = Path::new(path);
            let name = path.file_name().map_or("file".into(), |name| name.to_string_lossy().into_owned());
            Ok((name, contents(path)?))
        }
        (text, None) => Ok(("file".into(), text.into())),
    }
}
