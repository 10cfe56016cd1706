//! `ticktick countdown`.

use super::{Case, compare};
use crate::sessions::Served;
use crate::support::{json, stdout};

pub(super) const CASES: &[Case] = &[
    ("countdown list --archived", "CountdownList"),
    (
        "countdown create \"Ada's birthday\" 1815-12-10 --kind birthday --yearly --remark Cake --rgb FF6161",
        "CountdownList",
    ),
    ("countdown create Holiday +30d --kind holiday --icon countdown_holiday", "CountdownList"),
    ("countdown create \"Moved in\" 2020-03-01 --count-up --remark none --rgb none", "CountdownList"),
];

#[test]
fn countdowns_are_created() {
    compare("countdowns", CASES);
}

#[test]
fn countdowns_are_managed() {
    let served = Served::start("nouns-countdowns");
    served.sign_in("me@example.com");
    let run = |args: &[&str]| json(&served.run(&[args, &["--yes", "--json"]].concat(), "").success())["data"].clone();
    run(&["countdown", "create", "Old day", "2020-03-01"]);
    run(&["countdown", "create", "Far day", "2999-12-31"]);
    let names = |args: &[&str]| {
        let all = run(&[&["countdown", "list"], args].concat());
        let names = all.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["Far day", "Old day"]);
    let edited = run(&[
        "countdown",
        "edit",
        "far",
        "--name",
        "Last day",
        "--day",
        "2999-12-30",
        "--yearly",
        "--remark",
        "x",
        "--kind",
        "anniversary",
        "--rgb",
        "4772fa",
    ]);
    assert_eq!(edited[0]["date"], "2999-12-30");
    assert_eq!(edited[0]["kind"], "anniversary");
    assert_eq!(edited[0]["color"], "#4772FA");
    let edited = run(&["countdown", "edit", "last", "--once", "--remark", "none", "--rgb", "none"]);
    assert_eq!(edited[0]["repeats"], serde_json::Value::Null);
    assert_eq!(edited[0]["remark"], "");
    assert_eq!(run(&["countdown", "archive", "old"])[0]["archived"], true);
    assert_eq!(names(&[]), ["Last day"]);
    assert_eq!(names(&["--archived"]), ["Last day", "Old day"]);
    assert_eq!(run(&["countdown", "unarchive", "old"])[0]["archived"], false);
    let shown = stdout(&served.run(&["countdown", "show", "last"], "").success());
    assert!(shown.contains("Monday, 30 December 2999") && shown.contains("in 3"), "{shown}");
    run(&["countdown", "delete", "old", "last"]);
    assert_eq!(names(&["--archived"]), [""; 0]);
}
