//! From the files of `spec/` to the [`Ir`].

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::endpoints;
use super::experiments;
use super::fault::{Faults, Files};
use super::format::Format;
use super::ir::{ErrorCode, Experiment, Ir, Quirk, Source};
use super::keywords;
use super::models;
use super::node::{self, Mark, Node};
use super::read::{self, Keys};

const CONFIDENCE: &[&str] = &["high", "medium", "low"];
const KINDS: &[&str] = &["traffic", "live", "code", "documentation"];
const RETRY: &[&str] = &["never", "later", "after-login"];
#[rustfmt::skip]
const CLASSES: &[&str] = &[
    "auth", "session-expired", "locked-out", "captcha", "mfa-required", "forbidden", "premium", "not-found", "validation",
    "rate-limited", "transient", "quota", "conflict",
];

/// The files that were read, the contract as far as it could be read, and the faults.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) files: Files,
    pub(crate) ir: Ir,
    pub(crate) faults: Faults,
}

impl Loaded {
    /// Reads and checks a spec folder.
    pub(crate) fn from_folder(root: &Path, hand_written: BTreeSet<String>) -> std::io::Result<Self> {
        let mut paths = files(&root.join("endpoints"), "yaml")?;
        paths.extend(files(&root.join("models"), "yaml")?);
        if root.join("formats").exists() {
            paths.extend(files(&root.join("formats"), "json")?);
        }
        paths.extend(["quirks.yaml", "errors.yaml", "sources.yaml"].map(|name| root.join(name)));
        paths.extend(
            ["experiments.yaml", "reads.yaml"].map(|name| root.join(name)).into_iter().filter(|path| path.exists()),
        );
        let mut texts = Vec::new();
        for path in paths {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            texts.push((name, std::fs::read_to_string(&path)?));
        }
        Ok(Self::from_texts(texts, hand_written))
    }

    /// Reads and checks files given as name and text.
    pub(crate) fn from_texts(texts: Vec<(String, String)>, hand_written: BTreeSet<String>) -> Self {
        let mut loaded = Self::default();
        loaded.ir.hand_written = hand_written;
        for (name, text) in texts {
            let file = loaded.files.add(format!("spec/{name}"), text.clone());
            if let Err(error) = strict_json(&name, &text) {
                let mark = Mark { file, line: error.line(), column: error.column(), length: 1 };
                loaded.faults.add(mark, format!("not valid JSON: {error}"), "fix the JSON syntax");
                continue;
            }
            match node::parse(&text, file) {
                Ok(node) => loaded.add(&name, node),
                Err((mark, message)) => loaded.faults.add(
                    mark,
                    message,
                    "fix the YAML: quote any text that contains `: ` or ` #`, or begins with a special character",
                ),
            }
        }
        // What is missing in a file that cannot be read would be a fault of all files that refer to it.
        if loaded.faults.is_empty() {
            super::lint::lint(&loaded.ir, &mut loaded.faults);
        }
        loaded
    }

    fn add(&mut self, name: &str, schema: Node) {
        let (node, faults) = (&schema, &mut self.faults);
        match name.split_once('/') {
            Some(("formats", name)) => {
                keywords::check(node, faults);
                let name = name.trim_end_matches(".schema.json").to_owned();
                self.ir.formats.push(Format { name, schema });
            }
            Some(("endpoints", _)) => self.ir.resources.extend(endpoints::load(node, faults)),
            Some(_) => self.ir.families.extend(models::load(node, faults)),
            None if name == "quirks.yaml" => self.ir.quirks = quirks(node, faults),
            None if name == "errors.yaml" => self.ir.errors = errors(node, faults),
            None if name == "experiments.yaml" => self.ir.experiments = experiments(node, faults),
            None if name == "reads.yaml" => self.ir.reads = experiments::reads(node, faults),
            None => self.ir.sources = sources(node, faults),
        }
    }

    /// The contract, or every fault as a text to print.
    pub(crate) fn finish(self) -> Result<Ir, Vec<String>> {
        if self.faults.is_empty() {
            return Ok(self.ir);
        }
        Err(self.faults.into_sorted().iter().map(|fault| self.files.render(fault)).collect())
    }
}

/// Fails for a format that is not strict JSON, which a reader of YAML does not notice.
fn strict_json(name: &str, text: &str) -> serde_json::Result<()> {
    if name.ends_with(".json") { serde_json::from_str::<serde::de::IgnoredAny>(text).map(drop) } else { Ok(()) }
}

fn files(folder: &Path, kind: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == kind) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads `key: entry` files such as `quirks.yaml`.
fn entries<T>(
    node: &Node,
    (top, what, allowed): (&str, &'static str, &[&str]),
    faults: &mut Faults,
    read_one: impl Fn(&Keys<'_>, &super::node::Text, &mut Faults) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    let Some(keys) = Keys::new(node, "this file", &[top], faults) else { return found };
    let Some(node) = keys.need(top, "put all entries below this key", faults) else { return found };
    for (id, entry) in read::pairs(node, what, faults).unwrap_or_default() {
        if let Some(keys) = Keys::new(entry, what, allowed, faults) {
            let keys = keys.blaming(id.mark);
            found.extend(read_one(&keys, id, faults));
        }
    }
    found
}

fn quirks(node: &Node, faults: &mut Faults) -> Vec<Quirk> {
    let shape = ("quirks", "a quirk", &["title", "expect", "does", "by", "confidence", "answer"][..]);
    entries(node, shape, faults, |keys, id, faults| {
        Some(Quirk {
            id: id.clone(),
            title: keys.need_text("title", "summarize the quirk in one sentence", faults)?.text,
            expect: keys.need_text("expect", "describe what a developer would expect", faults)?.text,
            does: keys.need_text("does", "describe what the service really does", faults)?.text,
            by: keys.texts("by", faults),
            confidence: keys.word("confidence", CONFIDENCE, faults).unwrap_or("medium"),
            answer: keys.need_text("answer", "describe what this project does about it", faults)?.text,
        })
    })
}

fn errors(node: &Node, faults: &mut Faults) -> Vec<ErrorCode> {
    let allowed = ["name", "class", "meaning", "remedy", "retry", "aliases", "by", "confidence"];
    entries(node, ("errors", "an error code", &allowed), faults, |keys, code, faults| {
        keys.need("class", "write the class of the refusal", faults)?;
        Some(ErrorCode {
            code: code.clone(),
            name: keys.need_text("name", "name the Rust variant", faults)?,
            aliases: keys.texts("aliases", faults),
            class: keys.word("class", CLASSES, faults)?,
            meaning: keys.need_text("meaning", "describe what the code means", faults)?.text,
            remedy: keys.need_text("remedy", "describe what the user can do", faults)?.text,
            retry: keys.word("retry", RETRY, faults).unwrap_or("never"),
            by: keys.texts("by", faults),
        })
    })
}

fn experiments(node: &Node, faults: &mut Faults) -> Vec<Experiment> {
    let allowed = ["question", "quirk", "creates", "steps", "outcomes"];
    entries(node, ("experiments", "an experiment", &allowed), faults, experiments::experiment)
}

fn sources(node: &Node, faults: &mut Faults) -> Vec<Source> {
    entries(node, ("sources", "a source", &["what", "kind", "on"][..]), faults, |keys, id, faults| {
        Some(Source {
            id: id.clone(),
            what: keys.need_text("what", "name the public repository and what it observed", faults)?.text,
            kind: keys.word("kind", KINDS, faults).unwrap_or("code"),
            on: keys.text("on", faults).and_then(|on| read::date(on, faults)).unwrap_or_default(),
        })
    })
}
