//! `ticktick attachment`.

use std::fs;

use crate::schemas::fits;
use crate::sessions::Served;
use crate::support::{json, stderr, stdout};

#[test]
fn attachments_are_managed() {
    let served = Served::start("nouns-attachments");
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Report"], "").success();
    let folder = tempfile::tempdir().unwrap();
    let [plan, text, copy] = ["plan.png", "text.txt", "copy.png"].map(|name| folder.path().join(name));
    fs::write(&plan, b"\x89PNG....").unwrap();
    fs::write(&text, "Hello").unwrap();
    let [plan, text, copy] = [&plan, &text, &copy].map(|path| path.to_str().unwrap());
    let run = |args: &[&str]| {
        let document = json(&served.run(&[args, &["--json"]].concat(), "").success());
        fits("cli", "AttachmentList", &document);
        document["data"].clone()
    };
    let uploaded = run(&["attachment", "upload", "report", plan, text]);
    assert_eq!(uploaded.as_array().unwrap().len(), 2);
    let all = run(&["attachment", "list", "report"]);
    assert_eq!(all[0]["name"], "plan.png");
    assert_eq!(all[0]["size"], 8);
    let shown = stdout(&served.run(&["attachment", "list", "report"], "").success());
    assert!(shown.contains("plan.png") && shown.contains("8 B") && shown.ends_with(" 2 files\n"), "{shown}");

    let written = run(&["attachment", "download", "report", "plan", "--to", copy]);
    assert_eq!(written[0]["file"], copy);
    assert_eq!(fs::read(copy).unwrap(), b"\x89PNG....");
    let refused = served.run(&["attachment", "download", "report", "text", "--to", copy], "").code(2);
    assert!(stderr(&refused).contains("exists"), "{}", stderr(&refused));
    run(&["attachment", "download", "report", "text", "--to", copy, "--force"]);
    assert_eq!(fs::read(copy).unwrap(), b"Hello");
    let piped = served.run(&["attachment", "download", "report", "text", "--to", "-"], "").success();
    assert_eq!(stdout(&piped), "Hello");

    run(&["attachment", "show", "report", "plan.png"]);
    let task = json(&served.run(&["task", "list", "--json", "--max-age", "0s"], "").success());
    assert!(task["data"][0]["content"].as_str().unwrap().contains("plan.png"), "{task}");
    let limits = json(&served.run(&["attachment", "limits", "--json"], "").success());
    fits("cli", "ValueList", &limits);
    assert_eq!(limits["data"][1]["name"], "may_upload");
}

#[test]
fn files_that_are_missing_are_named() {
    let served = Served::start("nouns-attachments-wrong");
    served.sign_in("me@example.com");
    served.run(&["task", "add", "Report"], "").success();
    let missing = served.run(&["attachment", "upload", "report", "/nowhere/plan.png"], "").code(3);
    assert!(stderr(&missing).contains("cannot read /nowhere/plan.png"), "{}", stderr(&missing));
    served.run(&["attachment", "upload", "report", "/"], "").code(2);
    served.run(&["attachment", "download", "report", "plan"], "").code(3);
    served.run(&["attachment", "upload", "nothing", "/nowhere"], "").code(3);
}
