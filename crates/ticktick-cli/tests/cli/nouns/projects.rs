//! `ticktick project` and `ticktick column`.

use super::{Case, compare, run};
use crate::sessions::Served;
use crate::support::{json, stderr, stdout};

pub(super) const CASES: &[Case] = &[
    ("project list --archived", "ProjectList"),
    ("project create \"Summer trip\" --folder private --view kanban --rgb ff6161 --kind tasks", "ProjectList"),
    ("project create Ideas --kind notes --smart-lists no --muted yes --rgb none", "ProjectList"),
    ("project rename home \"New home\"", "ProjectList"),
    ("project edit notes --rgb 4772FA --view list --folder office --kind notes", "ProjectList"),
    ("project edit launch --name Launch --folder none --smart-lists no --muted yes --rgb none", "ProjectList"),
    ("project archive trip notes", "ProjectList"),
    ("project unarchive \"old flat\"", "ProjectList"),
    ("project move home --folder office", "ProjectList"),
    ("project move home --folder none", "ProjectList"),
    ("project move website --before work", "ProjectList"),
    ("project move work --after website", "ProjectList"),
    ("project move work --bottom", "ProjectList"),
    ("project move website --top", "ProjectList"),
    ("project delete \"old flat\"", "ProjectList"),
    ("project members work", "MemberList"),
    ("project shares work", "MemberList"),
    ("project invitation work", "InvitationList"),
    ("project templates", "TemplateList"),
    ("column list", "ColumnList"),
    ("column list --project website", "ColumnList"),
    ("column list website", "ColumnList"),
    ("column create Done --project website", "ColumnList"),
    ("column rename doing \"In progress\"", "ColumnList"),
    ("column move waiting --before doing", "ColumnList"),
    ("column move doing --project website --after waiting", "ColumnList"),
    ("column delete waiting --into doing", "ColumnList"),
];

#[test]
fn projects_are_managed() {
    compare("projects", CASES);
}

#[test]
fn a_project_with_tasks_is_deleted_by_its_name() {
    let refused = run("project delete website --yes").code(2);
    assert!(stderr(&refused).contains("and its 7 open tasks; add --yes='Website launch'"), "{}", stderr(&refused));
    run("project delete website --yes=website").code(2);
    run("project delete website \"--yes=🚀 Website launch\"").success();
    let deleted = run("project delete website \"--yes=website launch\"").success();
    assert_eq!(stdout(&deleted), "✓ Deleted project \"🚀 Website launch\"\n");
}

#[test]
fn what_is_deleted_is_agreed_to() {
    let refused = run("project delete \"old flat\"").code(2);
    assert!(stderr(&refused).contains("this would delete project \"Old flat\"; add --yes"), "{}", stderr(&refused));
    run("project delete \"old flat\" --no-input").code(2);
}

#[test]
fn names_come_from_standard_input() {
    let served = Served::start("nouns-stdin");
    served.sign_in("me@example.com");
    for name in ["One", "Two", "Three"] {
        served.run(&["project", "create", name], "").success();
    }
    let ids = stdout(&served.run(&["project", "list", "-q"], "").success());
    // The inbox remains.
    let own: String = ids.lines().skip(1).map(|id| format!("{id}\n")).collect();
    let archived = served.run(&["project", "archive", "-", "-q"], &own).success();
    assert_eq!(stdout(&archived), own);
    served.run(&["project", "delete", "-"], &own).code(2);
    served.run(&["project", "delete", "-", "--yes"], &own).success();
    let left = json(&served.run(&["project", "list", "--archived", "--json"], "").success());
    assert_eq!(left["meta"]["count"], 1);
}

#[test]
fn what_fails_for_one_is_done_for_the_others() {
    let served = Served::start("nouns-partly");
    served.sign_in("me@example.com");
    for name in ["One", "Two", "Three"] {
        served.run(&["project", "create", name], "").success();
    }
    served.control("POST", "/_sim/faults", r#"{"operation":"project.batch","skip":1,"times":1,"status":403}"#);
    let partly = served.run(&["project", "archive", "one", "two", "three", "--json"], "").code(6);
    let document = json(&partly);
    assert_eq!(document["error"]["code"], "partial");
    let names: Vec<_> = document["data"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["One", "Three"]);
    assert!(stderr(&partly).contains("\"Two\": "), "{}", stderr(&partly));
}

#[test]
fn a_change_is_undone() {
    let served = Served::start("nouns-undo");
    served.sign_in("me@example.com");
    served.run(&["project", "create", "One"], "").success();
    let renamed = json(&served.run(&["project", "rename", "one", "Two", "--json"], "").success());
    assert!(renamed["meta"]["undo"].is_number(), "{renamed}");
    served.run(&["undo"], "").success();
    let projects = stdout(&served.run(&["project", "list", "-o", "tsv", "--fields", "name"], "").success());
    assert_eq!(projects, "Inbox\nOne\n");
}
