//! `ticktick focus`.

use super::{Case, compare};
use crate::sessions::Served;
use crate::support::{json, stderr, stdout};

pub(super) const CASES: &[Case] = &[
    ("focus list", "FocusRecordList"),
    ("focus list --since -3d --until yesterday", "FocusRecordList"),
    ("focus list --all", "FocusRecordList"),
    ("focus list --task \"landing page\"", "FocusRecordList"),
    ("focus show last", "FocusRecordList"),
    ("focus add \"yesterday 07:00\" 07:25 --note Report --task \"landing page\"", "FocusRecordList"),
    ("focus add \"yesterday 09:00\" 10:30 --paused 5 --stopwatch --habit read", "FocusRecordList"),
    ("focus edit last --note Done", "FocusRecordList"),
    ("focus delete last", "FocusRecordList"),
    ("focus current", "FocusSessionList"),
    ("focus start --minutes 50 --note Slides", "FocusSessionList"),
    ("focus start --stopwatch --task \"landing page\"", "FocusSessionList"),
    ("focus timer list", "TimerList"),
    ("focus timer show reading", "TimerList"),
    ("focus timer create Slides --minutes 40 --rgb 4772FA", "TimerList"),
    ("focus timer create Walk --mode stopwatch", "TimerList"),
    ("focus timer edit reading --minutes 50 --name Books", "TimerList"),
    ("focus timer delete reading", "TimerList"),
];

#[test]
fn focus_sessions_are_managed() {
    compare("focus", CASES);
}

#[test]
fn a_session_is_controlled() {
    let served = Served::start("nouns-focus");
    served.sign_in("me@example.com");
    served.run(&["focus", "pause"], "").code(3);
    let phase = |args: &[&str]| {
        let session = json(&served.run(&[args, &["--json"]].concat(), "").success());
        session["data"][0]["phase"].as_str().unwrap_or("none").to_owned()
    };
    assert_eq!(phase(&["focus", "current"]), "none");
    assert_eq!(phase(&["focus", "start"]), "running");
    let refused = served.run(&["focus", "start"], "").code(2);
    assert!(stderr(&refused).contains("ticktick focus finish"), "{}", stderr(&refused));
    assert_eq!(phase(&["focus", "pause"]), "paused");
    assert_eq!(phase(&["focus", "current"]), "paused");
    assert_eq!(phase(&["focus", "resume"]), "running");
    assert_eq!(phase(&["focus", "finish"]), "over");
    assert_eq!(phase(&["focus", "start", "--stopwatch"]), "running");
    assert_eq!(stdout(&served.run(&["focus", "drop"], "").success()), "✓ Abandoned the session\n");
    assert_eq!(stdout(&served.run(&["focus", "current"], "").success()), " No focus session is running.\n");
}

#[test]
fn looking_at_the_running_session_is_no_write() {
    let served = Served::start("nouns-focus-read");
    served.sign_in("me@example.com");
    served.run(&["focus", "current"], "").success();
    served.run(&["--read-only", "focus", "current"], "").success();
    served.run(&["history"], "").success().stdout_eq("Nothing was written from this machine.\n");
    let preview = json(&served.run(&["focus", "start", "--dry-run", "--json"], "").success());
    assert_eq!(preview["data"].as_array().unwrap().len(), 1, "{preview}");
}
