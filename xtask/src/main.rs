//! The tools of this repository: `cargo xtask --help`.

#![allow(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod codegen;
mod emit;
mod evidence;
mod features;
mod release;
mod spec;
#[cfg(test)]
mod tests;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::spec::ir::{Ir, Operation};

const HELP: &str = "\
Tools of this repository.

Usage: cargo xtask <COMMAND>

Commands:
  codegen          Writes types, functions, routes, reference and OpenAPI from spec/
  codegen --check  Fails if generated files are out of date
  tidy             Checks the rules of the repository: imports, manifests, licences, sizes
  features [--all] Builds the client outside the workspace with each set of features; --all includes
                   those that need OpenSSL or a second C build
  package          Packages every crate as for publishing
  release          Packages every crate, and lists what a release still lacks
  evidence add REPORT --by NAME --on DATE
                   Merges a report of `ticktick api verify` into spec/
  spec list        Lists every operation
  spec show NAME   Shows one operation, for example `tag.rename`

Options:
  -h, --help       Prints this text
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&root(), &words) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the folder of the workspace, regardless of the current folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn run(root: &Path, words: &[&str]) -> Result<String, String> {
    match words {
        [] | ["-h" | "--help" | "help"] => Ok(HELP.to_owned()),
        ["codegen"] => codegen::write(root).map(|paths| written(&paths)),
        ["codegen", "--check"] => codegen::check(root).map(|()| "generated files are up to date\n".to_owned()),
        ["evidence", "add", report, "--by", by, "--on", on] => evidence::add(root, Path::new(report), by, on),
        ["features"] => features::check(root, false),
        ["features", "--all"] => features::check(root, true),
        ["package"] => release::pack(root),
        ["release"] => release::check(root),
        ["tidy"] => tidy::tidy(root),
        ["spec", "list"] => codegen::load(root).map(|ir| list(&ir)),
        ["spec", "show", name] => codegen::load(root).and_then(|ir| show(&ir, name)),
        _ => Err(format!("error: unknown command `{}`\n\n{HELP}", words.join(" "))),
    }
}

fn written(paths: &[PathBuf]) -> String {
    let lines: String = paths.iter().map(|path| format!("  {}\n", path.display())).collect();
    match paths.len() {
        0 => "all generated files are up to date\n".to_owned(),
        count => format!("{count} files written:\n{lines}"),
    }
}

fn list(ir: &Ir) -> String {
    let line =
        |one: &Operation| format!("{:<34} {:<6} {:<58} {}\n", one.name(), one.method, one.path, one.evidence.level);
    ir.operations().map(line).collect()
}

/// Returns the entry of an operation in the reference.
fn show(ir: &Ir, name: &str) -> Result<String, String> {
    let found = ir.operations().find(|operation| operation.name() == name);
    let unknown = || format!("error: no operation `{name}`\ncure: `cargo xtask spec list` names them all");
    found.map(emit::docs::operation).ok_or_else(unknown)
}
