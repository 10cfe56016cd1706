//! `ticktick api`: calls any operation of the contract, or any path.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::{Args, FromArgMatches};
use serde_json::Value;
use ticktick::raw::{Auth, BodyKind, Call, FileUpload, Level, OPERATIONS, Operation, Param, Place, Retry};

use crate::answer::Answer;
use crate::args::{ApiArgs, ApiCommand, Globals};
use crate::cmd::api_target::{Given, Target, lower};
use crate::cmd::{api_check, api_verify};
use crate::connect::{self, Connection};
use crate::entry::{Entry, Section};
use crate::error::Error;
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
                connect::online(globals)?;
                wait(api_verify::run(globals, &args, output))
            }
            None if args.list => list(globals),
            None => {
                connect::online(globals)?;
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

/// Calls an operation and prints the response unchanged.
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

/// Prints a response byte for byte, or escaped if the output is a terminal.
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

/// Reads the value of -d and returns it with the name for an uploaded file.
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
