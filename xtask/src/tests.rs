//! Goldens: a tiny spec with every construct, one spec for each fault, and the fresh tree.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use snapbox::Assert;

use crate::spec::hand_written;
use crate::spec::load::Loaded;
use crate::{codegen, emit, root, run};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn assert() -> Assert {
    Assert::new().action_env("SNAPSHOTS").normalize_paths(false)
}

fn tiny() -> Vec<(String, String)> {
    let names = [
        "endpoints/note.yaml",
        "models/note.yaml",
        "formats/board.schema.json",
        "formats/note.schema.json",
        "quirks.yaml",
        "errors.yaml",
        "sources.yaml",
    ];
    let read = |name: &str| std::fs::read_to_string(here().join("tiny/spec").join(name)).unwrap();
    names.map(|name| (name.to_owned(), read(name))).into()
}

fn types() -> BTreeSet<String> {
    hand_written::types(&root()).unwrap()
}

#[test]
fn the_tiny_spec_gives_the_golden_output() {
    let ir = Loaded::from_texts(tiny(), types()).finish().unwrap_or_else(|faults| panic!("{}", faults.join("\n\n")));
    for (path, text) in emit::emit(&ir) {
        let golden = here().join("tiny/out").join(path);
        assert().eq(text, snapbox::Data::read_from(&golden, None).raw());
    }
}

#[test]
fn the_output_is_the_same_every_time() {
    let emitted = || emit::emit(&Loaded::from_texts(tiny(), types()).finish().unwrap());
    assert_eq!(emitted(), emitted());
}

/// Each file of `tests/faults` names in its first line the file of the tiny spec that it replaces.
#[test]
fn every_fault_has_one_message_with_place_and_help() {
    let mut seen = 0;
    let mut paths: Vec<_> =
        std::fs::read_dir(here().join("faults")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "yaml")) {
        let bad = std::fs::read_to_string(path).unwrap();
        let replaced = bad.lines().next().unwrap().trim_start_matches("# ").to_owned();
        // A fault is looked at alone: the other files are those of the tiny spec.
        let texts = tiny().into_iter().filter(|(name, _)| {
            *name != replaced && !(name.starts_with("endpoints") && replaced.starts_with("models"))
        });
        let loaded = Loaded::from_texts(texts.chain([(replaced.clone(), bad)]).collect(), types());
        let faults = loaded.finish().expect_err(&path.display().to_string());
        assert_eq!(faults.len(), 1, "{}:\n{}", path.display(), faults.join("\n\n"));
        assert!(faults[0].contains("^") && faults[0].contains("help: "), "{}", faults[0]);
        assert().eq(format!("{}\n", faults[0]), snapbox::Data::read_from(&path.with_extension("txt"), None).raw());
        seen += 1;
    }
    assert!(seen >= 15, "only {seen} faults");
}

#[test]
fn a_file_that_cannot_be_read_is_the_only_fault() {
    let texts = tiny().into_iter().map(|(name, text)| {
        let text = if name == "models/note.yaml" { text.replacen("      ", "\t ", 1) } else { text };
        (name, text)
    });
    let faults = Loaded::from_texts(texts.collect(), types()).finish().unwrap_err();
    assert_eq!(faults.len(), 1, "{}", faults.join("\n\n"));
    assert!(faults[0].contains("spec/models/note.yaml:"), "{}", faults[0]);
}

/// Returns the YAML blocks of a page, without the indent of the list that they are in.
fn yaml_blocks(page: &str) -> Vec<String> {
    let blocks = page.split("   ```yaml\n").skip(1).filter_map(|block| block.split("   ```").next());
    blocks.map(|block| block.lines().map(|line| format!("{}\n", line.get(3..).unwrap_or_default())).collect()).collect()
}

#[test]
fn the_operation_of_contributing_is_complete() {
    let page = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let [operation, read] = &yaml_blocks(&page)[..] else { panic!("an operation and a read") };
    let spec = Loaded::from_folder(&root().join("spec"), types()).unwrap();
    let texts = spec.files.texts().map(|(name, text)| {
        let text = match name {
            "spec/endpoints/tag.yaml" => text.replacen("endpoints:\n", &format!("endpoints:\n{operation}"), 1),
            "spec/reads.yaml" => text.replacen("skipped:\n", &format!("{read}skipped:\n"), 1),
            _ => text.to_owned(),
        };
        (name.trim_start_matches("spec/").to_owned(), text)
    });
    let ir =
        Loaded::from_texts(texts.collect(), types()).finish().unwrap_or_else(|faults| panic!("{}", faults.join("\n")));
    assert!(ir.operations().any(|operation| operation.name() == "tag.count_tasks"));
}

/// Changes a format of the tiny spec and returns what is wrong then.
fn broken_format(old: &str, new: &str) -> String {
    let texts = tiny().into_iter().map(|(name, text)| {
        let text = if name == "formats/note.schema.json" { text.replacen(old, new, 1) } else { text };
        (name, text)
    });
    let loaded = Loaded::from_texts(texts.collect(), types()).finish();
    loaded.map_or_else(|faults| faults.join("\n"), |ir| emit::formats::check(&ir).unwrap_err())
}

#[test]
fn a_format_that_cannot_be_compiled_is_refused() {
    let not_json = broken_format("\"title\": \"Notes\"", "\"title\"; \"Notes\"");
    assert!(not_json.contains("spec/formats/note.schema.json:3:") && not_json.contains("help: "), "{not_json}");
    let homeless = broken_format("\"x-crate\": \"ticktick-cli\",", "");
    assert!(homeless.contains("note.schema.json: `x-crate` is missing"), "{homeless}");
    let two = broken_format("\"Mood\": {", "\"Board\": {");
    assert!(two.contains("board.schema.json: definition Board differs"), "{two}");
    let dangling = broken_format("#/definitions/Mood", "#/definitions/Mod");
    assert!(dangling.contains("`#/definitions/Mod` leads nowhere"), "{dangling}");
}

#[test]
fn an_unknown_keyword_of_a_format_is_refused() {
    for (old, new, says) in [
        ("\"additionalProperties\"", "\"aditionalProperties\"", "unknown keyword `aditionalProperties`"),
        ("\"properties\": { \"on\"", "\"propertes\": { \"on\"", "did you mean `properties`?"),
        ("\"derive\"", "\"derives\"", "unknown key `derives`"),
    ] {
        let fault = broken_format(old, new);
        assert!(fault.contains("spec/formats/note.schema.json:") && fault.contains(says), "{fault}");
        assert!(fault.contains("^") && fault.contains("help: "), "{fault}");
    }
}

#[test]
fn generated_files_fit_the_spec() {
    codegen::check(&root()).unwrap_or_else(|stale| panic!("{stale}"));
}

#[test]
fn commands_answer_in_words() {
    assert!(run(&root(), &["--help"]).unwrap().contains("codegen --check"));
    assert!(run(&root(), &["frobnicate"]).unwrap_err().contains("unknown command `frobnicate`"));
    assert!(run(&root(), &["spec", "show", "tag.renam"]).unwrap_err().contains("spec list"));
}
