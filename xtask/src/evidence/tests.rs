//! A report is merged into a copy of the spec.

use std::path::{Path, PathBuf};

use super::add;
use crate::spec::hand_written;
use crate::{codegen, root, run};

/// What the simulator answered, as the command line writes it, with the region of the service.
const REPORT: &str = include_str!("../../tests/evidence/report.json");

/// A copy of the spec, which is removed in the end.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("ticktick-evidence-{name}-{}", std::process::id()));
        for below in ["", "endpoints", "models"] {
            let (from, to) = (root().join("spec").join(below), folder.join("spec").join(below));
            std::fs::create_dir_all(&to).unwrap();
            for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
                if entry.file_name().to_string_lossy().ends_with(".yaml") {
                    std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
                }
            }
        }
        let library = Path::new(hand_written::LIBRARY);
        std::fs::create_dir_all(folder.join(library).parent().unwrap()).unwrap();
        std::fs::copy(root().join(library), folder.join(library)).unwrap();
        Self(folder)
    }

    fn add(&self, report: &str) -> Result<String, String> {
        let path = self.0.join("report.json");
        std::fs::write(&path, report).unwrap();
        add(&self.0, &path, "ZED", "2099-01-02")
    }

    fn read(&self, name: &str) -> String {
        read(&self.0, name)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join("spec").join(name)).unwrap()
}

#[test]
fn a_report_raises_evidence_and_the_spec_still_loads() {
    let copy = Copy::new("raises");
    let before = codegen::load(&root()).unwrap();
    let told = copy.add(REPORT).unwrap();
    let after = codegen::load(&copy.0).unwrap();
    let level = |ir: &crate::spec::ir::Ir, name: &str| {
        let found = ir.operations().find(|one| one.name() == name).unwrap();
        (found.evidence.level, found.evidence.by.iter().any(|by| by.text == "ZED"), found.evidence.on.clone())
    };
    assert_eq!(level(&after, "tag.list"), ("seen", true, "2099-01-02".into()));
    assert_eq!(level(&after, "project.get"), ("refused", true, "2099-01-02".into()), "its refusal is evidence too");
    assert_eq!(level(&after, "project.users"), level(&before, "project.users"), "a failed call says nothing");
    assert!(told.contains("+++ spec/endpoints/tag.yaml") && told.contains("+    evidence: { level: seen"), "{told}");
    assert!(copy.read("sources.yaml").ends_with("ticktick.com\", kind: live, on: 2099-01-02 }\n"));
}

#[test]
fn quirks_are_confirmed_and_contradictions_are_proposed() {
    let copy = Copy::new("quirks");
    let told = copy.add(REPORT).unwrap();
    let find = |name: &str| {
        let ir = codegen::load(&copy.0).unwrap();
        let quirk = ir.quirks.into_iter().find(|quirk| quirk.id.text == name).unwrap();
        (quirk.by.iter().any(|by| by.text == "ZED"), quirk.confidence)
    };
    assert_eq!(find("etag-unchecked"), (true, "medium"), "it was low");
    assert!(!find("checklist-done-is-one").0, "somebody has to read what was found");
    assert!(
        told.contains("# The quirk tag-rename-collision is contradicted (tag-rename-collision: merged):"),
        "{told}"
    );
    assert!(
        told.contains("# sync.check answered the unknown $.syncTaskBean.update[*].newMember:\n      newMember:"),
        "{told}"
    );
}

/// Two lines of a file are alike but for what was added.
#[test]
fn nothing_else_changes_and_a_second_time_changes_nothing() {
    let copy = Copy::new("again");
    copy.add(REPORT).unwrap();
    for name in ["endpoints/task.yaml", "models/task.yaml", "quirks.yaml", "errors.yaml", "sources.yaml", "reads.yaml"]
    {
        let (old, new) = (read(&root(), name), copy.read(name));
        for (old, new) in old.lines().zip(new.lines()).filter(|(old, new)| old != new) {
            let is_meant = new.contains("ZED") || new.starts_with("    confidence: ");
            assert!(is_meant && old.split(": ").next() == new.split(": ").next(), "{name}: {old} -> {new}");
        }
        let added = if name == "sources.yaml" { 1 } else { 0 };
        assert_eq!(new.lines().count(), old.lines().count() + added, "{name}");
    }
    let once = copy.read("quirks.yaml");
    assert!(copy.add(REPORT).unwrap().starts_with("the spec holds all of this already"));
    assert_eq!(copy.read("quirks.yaml"), once);
}

#[test]
fn reports_of_a_simulator_and_bad_names_are_refused() {
    let copy = Copy::new("refused");
    let error = copy.add(&REPORT.replace("\"ticktick\"", "\"other\"")).unwrap_err();
    assert!(error.contains("proves nothing"), "{error}");
    let add =
        |by: &str, on: &str| run(&copy.0, &["evidence", "add", "report.json", "--by", by, "--on", on]).unwrap_err();
    assert!(add("zed", "2026").contains("capitals"));
    assert!(add("ZED", "today").contains("--on 2026-11-26"));
    assert!(add("ZED", "2026").contains("cannot read report.json"));
    assert_eq!(copy.read("quirks.yaml"), read(&root(), "quirks.yaml"));
}
