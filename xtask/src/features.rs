//! `cargo xtask features`: builds the client in crates outside the workspace, once for each set of its features.
//!
//! Cargo merges the features that all members of a workspace request, so only a crate outside shows whether
//! a set builds by itself.

use std::path::Path;
use std::process::Command;

use toml::{Table, Value};

use crate::tidy::read_toml;

/// Sets that need more than Rust: OpenSSL, or a second C build.
const NOT_PORTABLE: &[&str] = &["native-tls", "rustls-aws-lc"];

/// A set of features, and the name of its crate, which no package of the registry has.
struct Set {
    name: String,
    features: Vec<String>,
}

/// Returns no feature, each by itself, and all together; portable ones only, unless `all` is set.
fn sets(client: &Table, all: bool) -> Vec<Set> {
    let features = client.get("features").and_then(Value::as_table).into_iter().flat_map(Table::keys).cloned();
    let features: Vec<String> = features.filter(|name| all || !NOT_PORTABLE.contains(&name.as_str())).collect();
    let one = |name: &String| Set { name: format!("with-{name}"), features: vec![name.clone()] };
    let mut sets: Vec<Set> = features.iter().map(one).collect();
    sets.push(Set { name: "with-nothing".to_owned(), features: Vec::new() });
    sets.push(Set { name: "with-everything".to_owned(), features });
    sets
}

/// The program of crates whose features exclude HTTP.
const OWN_TRANSPORT: &str = r#"use ticktick::raw::{Error, Pending, Request, Response, Transport};

struct Canned;

impl Transport for Canned {
    fn send<'a>(&'a self, _: Request) -> Pending<'a, Result<Response, Error>> {
        Box::pin(async { Ok(Response::new(200, "[]")) })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), ticktick::Error> {
    let client = ticktick::Client::builder().transport(Canned).build()?;
    println!("{} tags", client.tag().list().await?.len());
    Ok(())
}
"#;

/// Builds each set of features; those that need a C library or a second compiler only if `all` is set.
pub(crate) fn check(root: &Path, all: bool) -> Result<String, String> {
    let place = root.join("target").join("features");
    let manifest = read_toml(&root.join("Cargo.toml"))?;
    let sets = sets(&read_toml(&root.join("crates/ticktick/Cargo.toml"))?, all);
    lay_out(root, &manifest, &place, &sets)
        .map_err(|error| format!("error: cannot write {}: {error}", place.display()))?;
    for set in &sets {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--package", &set.name])
            .current_dir(&place)
            .env("CARGO_TARGET_DIR", place.join("target"))
            .output()
            .map_err(|error| format!("error: cannot run cargo: {error}"))?;
        let told = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() || told.contains("warning") {
            return Err(format!("error: the client does not build with the features {:?}:\n{told}", set.features));
        }
    }
    Ok(format!("{} sets of features build outside the workspace\n", sets.len()))
}

/// Writes a workspace with one crate for each set.
fn lay_out(root: &Path, manifest: &Table, place: &Path, sets: &[Set]) -> std::io::Result<()> {
    let readme = std::fs::read_to_string(root.join("README.md"))?;
    std::fs::create_dir_all(place)?;
    let names: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
    std::fs::write(place.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n"))?;
    std::fs::copy(root.join("Cargo.lock"), place.join("Cargo.lock"))?;
    for set in sets {
        let source = place.join(&set.name).join("src");
        std::fs::create_dir_all(&source)?;
        std::fs::write(source.with_file_name("Cargo.toml"), member(root, manifest, set))?;
        let has_http =
            set.features.iter().any(|feature| !["totp", "stream", "blocking", "mirror"].contains(&feature.as_str()));
        let program = if has_http { program(&readme) } else { Some(OWN_TRANSPORT) };
        std::fs::write(source.join("main.rs"), program.unwrap_or("compile_error!(\"README.md has no program\");"))?;
    }
    Ok(())
}

/// Generates the manifest of a crate, with the version of Tokio that the workspace requires.
fn member(root: &Path, manifest: &Table, set: &Set) -> String {
    let workspace = &manifest["workspace"];
    let edition = workspace["package"]["edition"].as_str().unwrap_or_default();
    let tokio = workspace["dependencies"]["tokio"]["version"].as_str().unwrap_or_default();
    let client = root.join("crates").join("ticktick");
    format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = {edition:?}\n\n[lints.rust]\nwarnings = \"deny\"\n\n\
         [dependencies]\nticktick = {{ package = \"ticktick-client\", path = {client:?}, default-features = false, \
         features = {:?} }}\ntokio = {{ version = {tokio:?}, features = [\"macros\", \"rt\"] }}\n",
        set.name, set.features
    )
}

/// The first program of the README.
fn program(readme: &str) -> Option<&str> {
    let (_, rest) = readme.split_once("```rust,no_run\n")?;
    rest.split_once("```").map(|(program, _)| program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_begins_with_a_whole_program() {
        let readme = std::fs::read_to_string(crate::root().join("README.md")).unwrap();
        assert!(program(&readme).is_some_and(|program| program.contains("async fn main()")));
        assert_eq!(program("no program"), None);
    }

    #[test]
    fn every_feature_of_the_client_is_in_a_set_and_some_need_more_than_rust() {
        let manifest = read_toml(&crate::root().join("crates/ticktick/Cargo.toml")).unwrap();
        let count = |all: bool| sets(&manifest, all).len();
        assert_eq!(count(true), manifest["features"].as_table().unwrap().len() + 2);
        assert_eq!(count(true) - count(false), NOT_PORTABLE.len());
    }
}
