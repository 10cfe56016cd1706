//! `ticktick api check`: compares recorded JSON with the contract.

use std::io::Write;
use std::path::{Path, PathBuf};

use ticktick::models::{Check, MODELS};

use crate::args::{CheckArgs, Globals};
use crate::cmd::api_target::Target;
use crate::error::{Error, Kind};
use crate::file::contents;
use crate::output::Output;

/// Maximum number of models suggested for an unknown name.
const SUGGESTED: usize = 6;

/// The type with which the recorded JSON is compared.
struct Contract {
    /// Description for people.
    what: String,
    /// Name of its type: `Task`, `[Task]`, `nothing`, ...
    model: &'static str,
    check: fn(&[u8]) -> Check,
    /// Whether the JSON may be empty although it has a type.
    empty: bool,
    /// The resource whose spec files define it.
    resource: Option<&'static str>,
}

pub(crate) fn run(globals: &Globals, args: &CheckArgs) -> Result<(), Error> {
    let output = Output::new(globals);
    let (contract, file) = contract(args)?;
    let json = contents(&file)?;
    let check = if contract.empty && json.trim_ascii().is_empty() { fitting() } else { (contract.check)(&json) };
    let mut out = output.stdout();
    serde_json::to_writer(&mut out, &check).map_err(std::io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    drop(out);
    teach(&contract, &check, output);
    if check.decodes && check.lossless { Ok(()) } else { Err(Error::new(Kind::Reported, "")) }
}

fn contract(args: &CheckArgs) -> Result<(Contract, PathBuf), Error> {
    if let Some(name) = &args.model {
        let [file] = args.subject.as_slice() else {
            return Err(
                Error::usage("--model takes a file, not an operation").hint("ticktick api check --model Task FILE")
            );
        };
        return Ok((model(name)?, file.into()));
    }
    let target = Target::find(&args.subject)?;
    if !target.listed {
        return Err(Error::new(Kind::NotFound, format!("the contract has no {}", args.subject.join(" ")))
            .hint("add it to a file of spec/endpoints, then run `cargo xtask codegen`"));
    }
    let operation = target.operation;
    let resource = operation.id.split('.').next();
    let (response, request) = (args.response.clone(), args.request.clone());
    match (response, request, operation.body) {
        (Some(file), _, _) => {
            let returns = operation.returns;
            let what = format!("the response of {operation}");
            let (model, check) = (returns.name, returns.check);
            Ok((Contract { what, model, check, empty: returns.empty, resource }, file))
        }
        (None, Some(file), Some(body)) => {
            let what = format!("the body of {operation}");
            Ok((Contract { what, model: body.name, check: body.check, empty: false, resource }, file))
        }
        (None, Some(_), None) => Err(Error::usage(format!("{operation} takes no body"))),
        (None, None, _) => Err(Error::usage("--response or --request is missing")
            .hint("use --response FILE for a response of the service, or --request FILE for a request body")),
    }
}

fn model(name: &str) -> Result<Contract, Error> {
    let found = MODELS.iter().find(|(own, _)| *own == name);
    let (model, check) = *found.ok_or_else(|| {
        let similar = MODELS.iter().map(|(own, _)| *own);
        let mut similar: Vec<&str> = similar.filter(|own| own.to_lowercase().contains(&name.to_lowercase())).collect();
        similar.sort_by_key(|own| own.len());
        similar.truncate(SUGGESTED);
        let error = Error::new(Kind::NotFound, format!("the contract has no model `{name}`"));
        if similar.is_empty() {
            error.hint("models are defined in spec/models")
        } else {
            error.hint(format!("similar models: {}", similar.join(", ")))
        }
    })?;
    Ok(Contract { what: "the JSON".into(), model, check, empty: false, resource: None })
}

fn fitting() -> Check {
    ticktick::models::check_nothing(b"")
}

/// Explains the result, and where to correct the contract.
fn teach(contract: &Contract, check: &Check, output: Output) {
    let Contract { what, model, .. } = contract;
    let hint = |text: &str| output.note("hint", &format!("{text}\n{}", how_to_fix(contract)));
    if let Some(error) = &check.error {
        output.note("does not fit", &format!("{what} is not a `{model}`: {error}"));
        hint("if the service really sends this, correct the contract:");
        return;
    }
    for path in &check.differences {
        output.note("would change", &format!("{path} would change when written back"));
    }
    for path in &check.unknown {
        output.note("unknown", path);
    }
    match (check.differences.is_empty(), check.unknown.is_empty()) {
        (true, true) => output.note("fits", &format!("{what} is `{model}`, without unknown members")),
        (false, _) => hint("the type of this value is too narrow, so a write would change it:"),
        (true, false) if !check.lossless => hint("the contract expects no content here, so it would be dropped:"),
        (true, false) => hint(
            "an unknown path is a key or a value of an enum that the contract does not know. It is kept and written \
             back, but nobody can use it by name. To describe it:",
        ),
    }
}

/// Returns which file to edit and which command to run then.
fn how_to_fix(contract: &Contract) -> String {
    let root = contract.model.trim_matches(['[', ']', '{', '}']);
    let model = match file_of(root) {
        Some(file) => format!("edit `{root}` in {file}"),
        None => format!("edit `{root}` in spec/models (grep -n '^  {root}:' spec/models/*.yaml)"),
    };
    let is_model = MODELS.iter().any(|(name, _)| *name == root);
    let place = match (contract.resource, is_model) {
        (_, true) => format!("{model}, or the model that the path leads to"),
        (Some(resource), false) => format!("edit the operation in spec/endpoints/{resource}.yaml"),
        (None, false) => model,
    };
    format!("{place}, then run `cargo xtask codegen`")
}

/// Finds the file that describes a model, if the current folder is in the project.
fn file_of(model: &str) -> Option<String> {
    let here = std::env::current_dir().ok()?;
    let folder = here.ancestors().map(|folder| folder.join("spec/models")).find(|folder| folder.is_dir())?;
    let begins = format!("  {model}:");
    let describes = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| line == begins || line.strip_prefix(&begins).is_some_and(|rest| rest.starts_with(' ')))
    };
    let files = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let file = files.filter(|path| path.extension().is_some_and(|kind| kind == "yaml")).find(|path| describes(path))?;
    Some(format!("spec/models/{}", file.file_name()?.to_string_lossy()))
}
