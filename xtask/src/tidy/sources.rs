//! Rules about Rust files.

use super::{Source, Tree};

/// Crates that may be named in one place only.
const CONFINED: &[(&str, &[&str])] = &[
    ("reqwest", &["crates/ticktick-raw/src/http"]),
    ("rustls", &["crates/ticktick-raw/src/http"]),
    ("rusqlite", &["crates/ticktick/src/mirror"]),
    ("clap", &["crates/ticktick-cli", "crates/ticktick-mcp/src/main.rs"]),
    ("axum", &["crates/ticktick-sim/src/server", "crates/ticktick-mcp/src/http.rs"]),
    ("typify", &["xtask"]),
    ("syn", &["xtask"]),
    ("quote", &["xtask"]),
    ("prettyplease", &["xtask"]),
    ("toml", &["xtask"]),
];

/// What generated files may import.
const GENERATED: &[&str] =
    &["crate::", "std::collections::", "serde::", "serde_json::", "ticktick_models::", "ticktick_raw::"];

const MOST_LINES: usize = 400;

/// A confined crate may be named only in its place.
pub(super) fn confined_crates(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let named = |source: &Source, code: &str| {
        let is_allowed = |places: &[&str]| places.iter().any(|place| source.path.starts_with(place));
        let found = CONFINED.iter().find(|(name, places)| names_crate(code, name) && !is_allowed(places));
        found.map(|(name, places)| format!("{name} is named only in {}", places.join(" and ")))
    };
    Ok(lines(tree, named))
}

/// The command line may use only one library.
pub(super) fn command_line(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let named = |source: &Source, code: &str| {
        let broken = source.path.starts_with("crates/ticktick-cli") && names_crate(code, "ticktick_raw");
        broken.then(|| "the command line reaches raw by `ticktick::raw`".to_owned())
    };
    Ok(lines(tree, named))
}

/// Generated code may import data only, and contains no decisions.
pub(super) fn generated_code(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let decides = |source: &Source, code: &str| {
        if !source.is_generated() {
            return None;
        }
        let import = code.strip_prefix("use ");
        if import.is_some_and(|path| !GENERATED.iter().any(|allowed| path.starts_with(allowed))) {
            return Some("generated files import only crate, collections, serde and the crates below".to_owned());
        }
        code.starts_with("if ").then(|| "generated code decides nothing".to_owned())
    };
    Ok(lines(tree, decides))
}

/// A module `foo` must be the file `foo.rs`.
pub(super) fn module_style(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    // Modules of `examples/` are exempt, because cargo treats every file there as a program.
    let wrong = |source: &&Source| source.path.ends_with("/mod.rs") && !source.path.contains("/examples/");
    let wrong = tree.sources.iter().filter(wrong);
    Ok(wrong.map(|source| format!("{}: a module `foo` is `foo.rs` beside the folder `foo/`", source.path)).collect())
}

/// Hand-written files must stay short.
pub(super) fn sizes(tree: &Tree<'_>) -> Result<Vec<String>, String> {
    let by_hand = tree.sources.iter().filter(|source| !source.is_generated());
    let counted = by_hand.map(|source| (&source.path, source.text.lines().count()));
    Ok(counted
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines; what is it really two of? (at most {MOST_LINES})"))
        .collect())
}

impl Source {
    fn is_generated(&self) -> bool {
        self.path.contains("/generated/") || self.path.ends_with("/generated.rs")
    }
}

/// Applies a rule to each line of code.
fn lines(tree: &Tree<'_>, rule: impl Fn(&Source, &str) -> Option<String>) -> Vec<String> {
    let mut broken = Vec::new();
    for source in &tree.sources {
        for (number, line) in source.text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//")
                && let Some(message) = rule(source, code)
            {
                broken.push(format!("{}:{}: {message}", source.path, number + 1));
            }
        }
    }
    broken
}

/// Returns whether a line of code names a crate: `use clap::...`, `clap::Parser`; texts in quotes do not count.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let quoted = code[..at].matches('"').count() % 2 == 1;
        !quoted && !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn tree(path: &str, text: &str) -> Tree<'static> {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        Tree { root: Path::new(""), sources: vec![source], packages: Vec::new() }
    }

    #[test]
    fn a_crate_is_named_by_its_path_only() {
        assert!(names_crate("use clap::Parser;", "clap"));
        assert!(names_crate("let x = reqwest::Client::new();", "reqwest"));
        assert!(!names_crate("let x = my_clap::Parser;", "clap"));
        assert!(!names_crate("crate::syn::parse()", "syn"));
    }

    #[test]
    fn broken_rules_are_reported_with_file_and_line() {
        let found = confined_crates(&tree("crates/ticktick/src/a.rs", "//! Doc.\nuse reqwest::Client;\n")).unwrap();
        assert_eq!(found, ["crates/ticktick/src/a.rs:2: reqwest is named only in crates/ticktick-raw/src/http"]);
    }

    #[test]
    fn every_rule_finds_what_breaks_it() {
        let generated = |text| generated_code(&tree("crates/ticktick-models/src/generated/a.rs", text)).unwrap().len();
        assert_eq!(generated("use std::fmt;\n    if true {}\n"), 2);
        assert_eq!(generated("use std::collections::BTreeMap;\nuse crate::{Task, list};\npub use task::*;\n"), 0);
        assert_eq!(command_line(&tree("crates/ticktick-cli/src/a.rs", "use ticktick_raw::op;\n")).unwrap().len(), 1);
        assert_eq!(module_style(&tree("crates/ticktick/src/task/mod.rs", "")).unwrap().len(), 1);
        assert_eq!(module_style(&tree("crates/ticktick/examples/task/mod.rs", "")).unwrap().len(), 0);
        assert_eq!(sizes(&tree("crates/ticktick/src/a.rs", &"\n".repeat(401))).unwrap().len(), 1);
        assert_eq!(sizes(&tree("crates/ticktick-raw/src/generated/a.rs", &"\n".repeat(401))).unwrap().len(), 0);
    }
}
