//! Deleting and restoring tasks that have subtasks.

use serde_json::Value;

use crate::sessions::Served;
use crate::support::{json, stderr, stdout};

/// Starts a server whose inbox contains a trip, two subtasks, and a subtask of one of them.
fn with_family(name: &str) -> Served {
    let served = Served::start(name);
    served.sign_in("me@example.com");
    served.run(&["add", "Trip"], "").success();
    served.run(&["add", "Hotel", "--parent", "Trip"], "").success();
    served.run(&["add", "Phone the hotel", "--parent", "Hotel"], "").success();
    served.run(&["add", "Tickets", "--parent", "Trip"], "").success();
    served
}

/// Returns the title and the title of the parent of each open task, sorted.
fn family(served: &Served) -> Vec<(String, String)> {
    let document = json(&served.run(&["list", "--json", "--no-mirror"], "").success());
    let tasks = document["data"].as_array().unwrap();
    let title = |task: &Value| task["title"].as_str().unwrap().to_owned();
    let parent = |task: &Value| tasks.iter().find(|other| other["id"] == task["parent"]).map(title);
    let mut family: Vec<_> = tasks.iter().map(|task| (title(task), parent(task).unwrap_or_default())).collect();
    family.sort();
    family
}

fn whole() -> Vec<(String, String)> {
    [("Hotel", "Trip"), ("Phone the hotel", "Hotel"), ("Tickets", "Trip"), ("Trip", "")]
        .map(|(title, parent)| (title.to_owned(), parent.to_owned()))
        .into()
}

#[test]
fn a_deleted_task_takes_its_subtasks_along() {
    let served = with_family("family");
    let asked = served.run(&["rm", "trip"], "").code(2);
    let wanted = "this would move 4 tasks, including 3 subtasks, to the trash; add --yes";
    assert!(stderr(&asked).contains(wanted), "{}", stderr(&asked));
    let preview = json(&served.run(&["rm", "trip", "--dry-run", "--json"], "").success());
    assert_eq!(preview["data"][0]["body"]["delete"].as_array().unwrap().len(), 4, "{preview}");
    let removed = json(&served.run(&["rm", "tickets", "trip", "--yes", "--json"], "").success());
    let mut titles: Vec<_> =
        removed["data"].as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["Hotel", "Phone the hotel", "Tickets", "Trip"]);
    assert_eq!(family(&served), []);
    served.run(&["undo"], "").success();
    assert_eq!(family(&served), whole());
}

#[test]
fn a_restored_task_brings_its_subtasks_back() {
    let served = with_family("family-restored");
    for mirror in [&[][..], &["--no-mirror"]] {
        let run = |args: &[&str]| stdout(&served.run(&[args, mirror].concat(), "").success());
        let wanted =
            "✓ Trip to the trash\n✓ Hotel to the trash\n✓ Phone the hotel to the trash\n✓ Tickets to the trash\n";
        assert_eq!(run(&["rm", "trip", "--yes"]), wanted);
        assert_eq!(family(&served), []);
        run(&["task", "restore", "--last", "--dry-run"]);
        let restored: Value = serde_json::from_str(&run(&["task", "restore", "--last", "--json"])).unwrap();
        assert_eq!(family(&served), whole());
        let parents = restored["data"].as_array().unwrap().iter().filter(|task| task["parent"].is_string()).count();
        assert_eq!(parents, 3, "{restored}");
        // A subtask returns to its parent, which was not deleted.
        run(&["rm", "tickets"]);
        run(&["task", "restore", "--last"]);
        assert_eq!(family(&served), whole());
    }
}

#[test]
fn a_family_is_restored_to_another_project() {
    let served = with_family("family-moved");
    served.run(&["project", "create", "Travel"], "").success();
    served.run(&["rm", "trip", "--yes"], "").success();
    served.run(&["task", "restore", "--last", "--to", "travel"], "").success();
    assert_eq!(family(&served), whole());
    // The parent stays in its project.
    served.run(&["rm", "tickets"], "").success();
    served.run(&["task", "restore", "--last", "--to", "inbox"], "").success();
    assert_eq!(family(&served)[2], ("Tickets".to_owned(), String::new()));
    assert_eq!(stdout(&served.run(&["list", "--project", "inbox", "-q"], "").success()).lines().count(), 1);
}

#[test]
fn subtasks_count_when_many_tasks_are_confirmed() {
    let served = with_family("family-many");
    let lines: String = (1..=48).map(|number| format!("Task {number} #many\n")).collect();
    served.run(&["add", "-"], &lines).success();
    served.run(&["edit", "trip", "--add-tag", "many"], "").success();
    let asked = served.run(&["rm", "--tag", "many", "--yes"], "").code(2);
    let wanted = "this would move 52 tasks, including 3 subtasks, to the trash; add --yes=52";
    assert!(stderr(&asked).contains(wanted), "{}", stderr(&asked));
    served
        .run(&["rm", "--tag", "many", "--yes=52"], "")
        .success()
        .stdout_eq("✓ 52 tasks, including 3 subtasks, to the trash\n");
    served.run(&["task", "restore", "--last"], "").success().stdout_eq("✓ 52 tasks restored\n");
    assert_eq!(family(&served).len(), 52);
}

#[test]
fn a_closed_task_takes_its_open_subtasks_along() {
    let served = with_family("family-closed");
    served.run(&["done", "hotel"], "").success();
    served.run(&["rm", "--status", "done", "--yes"], "").success();
    assert_eq!(family(&served).len(), 2);
}
