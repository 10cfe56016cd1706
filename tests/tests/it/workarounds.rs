//! Each workaround is for a quirk that the contract knows, and its bytes on the wire are tested.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the files of a folder, with their names.
fn files(folder: &str) -> Vec<(String, String)> {
    let paths = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}

/// Lists the quirks that are worked around.
fn workarounds() -> BTreeSet<String> {
    let names = files("crates/ticktick/src/workaround").into_iter().map(|(name, _)| name.replace('_', "-"));
    names.filter(|name| name != "mod").collect()
}

/// Returns what a comment directly above a test names in backticks.
fn named_above_tests(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let mut above = Vec::new();
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix("///") {
            above.extend(comment.split('`').skip(1).step_by(2).map(str::to_owned));
            continue;
        }
        if ["#[tokio::test]", "#[test]"].contains(&line) {
            named.extend(above.drain(..));
        }
        above.clear();
    }
    named
}

#[test]
fn each_workaround_is_for_a_quirk() {
    let text = fs::read_to_string(root().join("spec/quirks.yaml")).unwrap();
    let ids = text.lines().filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
    let known: BTreeSet<_> = ids.filter(|id| !id.starts_with(' ')).map(str::to_owned).collect();
    let workarounds = workarounds();
    assert!(workarounds.len() > 40, "{workarounds:?}");
    let unknown: Vec<_> = workarounds.difference(&known).collect();
    assert!(unknown.is_empty(), "files in src/workaround/ that no quirk in spec/quirks.yaml explains: {unknown:?}");
}

#[test]
fn each_workaround_is_tested_on_the_wire() {
    let tests = files("crates/ticktick/tests/wire");
    let tested: BTreeSet<_> = tests.iter().flat_map(|(_, text)| named_above_tests(text)).collect();
    let workarounds = workarounds();
    let missing: Vec<_> = workarounds.difference(&tested).collect();
    assert!(missing.is_empty(), "no comment above a test in crates/ticktick/tests/wire/ names {missing:?}");
}

#[test]
fn only_a_comment_directly_above_a_test_counts() {
    let text = "/// `a`, `b`: why\n#[tokio::test]\nasync fn x() {}\n\n/// `c`\nfn helper() {}\n\n/// `d`\n\n#[test]\nfn y() {}\n";
    assert_eq!(named_above_tests(text), BTreeSet::from(["a".to_owned(), "b".to_owned()]));
}
