//! Everything that `docs/coverage.md` claims is true.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every call of the SDK whose feature list is our measure.
const MEASURE: &str = include_str!("../samples/measure.txt");

/// How many features of others the lists hold.
const FEATURES: usize = 123;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the cells of all rows below a heading, those of tables' heads left out.
fn rows(below: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("docs/coverage.md")).unwrap();
    let part = text.split("\n## ").find(|part| part.starts_with(below)).unwrap();
    let lines = part.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---"));
    let cells = lines.map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect());
    cells.filter(|cells: &Vec<String>| cells[0] != "feature" && cells[0] != "its call").collect()
}

/// Reads every Rust file below a folder.
fn sources(folder: &Path) -> Vec<String> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.extension().and_then(|end| end.to_str()) {
                None => folders.push(path),
                Some("rs") => found.push(fs::read_to_string(path).unwrap()),
                Some(_) => {}
            }
        }
    }
    found
}

fn code() -> Vec<String> {
    ["ticktick", "ticktick-models", "ticktick-raw"]
        .iter()
        .flat_map(|name| sources(&root().join("crates").join(name).join("src")))
        .collect()
}

/// Returns whether the sources declare a type, a public function, a public function of a type or a variant.
fn exists(name: &str, code: &[String]) -> bool {
    let (of, name) = name.rsplit_once("::").map_or((None, name), |(of, name)| (Some(of), name));
    code.iter().any(|text| match of {
        None => declares(text, name),
        Some(of) if text.contains(&format!("pub enum {of} ")) => has_variant(text, name),
        Some(of) => {
            [format!(" {of}<"), format!("impl {of} ")].iter().any(|form| text.contains(form)) && declares(text, name)
        }
    })
}

fn has_variant(text: &str, name: &str) -> bool {
    [",", " {", "("].iter().any(|end| text.contains(&format!("    {name}{end}")))
}

fn declares(text: &str, name: &str) -> bool {
    // Managers and setters are declared by macros.
    let types = [format!("pub struct {name} "), format!("pub struct {name}<"), format!("pub enum {name} ")];
    let manager = format!("    {name}\n}}");
    let functions = ["fn", "async fn", "const fn"]
        .into_iter()
        .flat_map(|kind| ['(', '<'].map(|next| format!("pub {kind} {name}{next}")));
    let setters = ["set", "into", "id", "on", "clear"].map(|kind| format!("    {kind} {name}: "));
    functions.chain(types).chain([manager]).chain(setters).any(|form| text.contains(&form))
}

#[test]
fn each_call_of_the_measure_has_a_function_and_a_test() {
    let (rows, code) = (rows("The SDK"), code());
    let calls: BTreeSet<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    let missing: Vec<_> = MEASURE.split_whitespace().filter(|call| !calls.contains(call)).collect();
    assert!(missing.is_empty(), "not in docs/coverage.md: {missing:?}");
    let mut wrong = Vec::new();
    for row in &rows {
        let [_, ours, test] = row.iter().map(|cell| cell.trim_matches('`')).collect::<Vec<_>>()[..] else {
            panic!("{row:?}");
        };
        let (file, test) = test.split_once("::").unwrap();
        let tests = fs::read_to_string(root().join("crates/ticktick/tests").join(file)).unwrap_or_default();
        if !exists(ours, &code) || !tests.contains(&format!("fn {test}(")) {
            wrong.push(row);
        }
    }
    assert!(wrong.is_empty(), "no such function or test: {wrong:#?}");
}

#[test]
fn each_feature_of_others_is_marked_with_a_word_of_why() {
    let (rows, code) = (rows("What others have"), code());
    for row in &rows {
        let [feature, ours, why] = &row[..] else { panic!("{row:?}") };
        assert!(["yes", "later", "no"].contains(&ours.as_str()) && why.len() > 3, "{feature}");
        for name in why.split('`').skip(1).step_by(2).filter(|name| name.contains("::") && !name.starts_with("raw")) {
            assert!(exists(name, &code), "{feature}: there is no `{name}`");
        }
    }
    assert_eq!(rows.len(), FEATURES);
}
