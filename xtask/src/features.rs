//! `cargo xtask features`: builds the client in crates outside the workspace, once for each set of its features.
//!
//! Cargo merges the features that all members of a workspace request, so only a crate outside shows whether
//! a set builds by itself.

use std::path::Path;
use std::process::Command;

use toml::Table;

use crate::tidy::read_toml;

/// Name of the crate, which no package of the registry has; features of the client, and whether the set needs only Rust.
struct Set {
    name: &'static str,
    features: &'static [&'static str],
    portable: bool,
}

const SETS: &[Set] = &[
    Set { name: "with-nothing", features: &[], portable: true },
    Set { name: "with-totp", features: &["totp"], portable: true },
    Set { name: "with-stream", features: &["stream"], portable: true },
    Set { name: "with-blocking", features: &["blocking"], portable: true },
    Set { name: "with-mirror", features: &["mirror"], portable: true },
    Set { name: "with-http", features: &["http"], portable: true },
    Set { name: "with-rustls", features: &["rustls"], portable: true },
    Set { name: "with-default", features: &["default"], portable: true },
    Set { name: "with-usual", features: &["default", "stream", "blocking", "mirror"], portable: true },
    Set { name: "with-native-tls", features: &["native-tls"], portable: false },
    Set { name: "with-rustls-aws-lc", features: &["rustls-aws-lc"], portable: false },
    Set {
        name: "with-everything",
        features: &["default", "stream", "blocking", "mirror", "native-tls", "rustls-aws-lc"],
        portable: false,
    },
];

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
    let sets: Vec<&Set> = SETS.iter().filter(|set| all || set.portable).collect();
    let place = root.join("target").join("features");
    let manifest = read_toml(&root.join("Cargo.toml"))?;
    lay_out(root, &manifest, &place, &sets)
        .map_err(|error| format!("error: cannot write {}: {error}", place.display()))?;
    for set in &sets {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--package", set.name])
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
fn lay_out(root: &Path, manifest: &Table, place: &Path, sets: &[&Set]) -> std::io::Result<()> {
    let readme = std::fs::read_to_string(root.join("README.md"))?;
    std::fs::create_dir_all(place)?;
    let names: Vec<&str> = sets.iter().map(|set| set.name).collect();
    std::fs::write(place.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n"))?;
    std::fs::copy(root.join("Cargo.lock"), place.join("Cargo.lock"))?;
    for set in sets {
        let source = place.join(set.name).join("src");
        std::fs::create_dir_all(&source)?;
        std::fs::write(source.with_file_name("Cargo.toml"), member(root, manifest, set))?;
        let has_http = set.features.iter().any(|feature| !["totp", "stream", "blocking", "mirror"].contains(feature));
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
    fn every_feature_of_the_client_is_in_a_set() {
        let manifest = read_toml(&crate::root().join("crates/ticktick/Cargo.toml")).unwrap();
        for feature in manifest["features"].as_table().unwrap().keys() {
            assert!(SETS.iter().any(|set| set.features.contains(&feature.as_str())), "{feature}");
        }
    }
}
