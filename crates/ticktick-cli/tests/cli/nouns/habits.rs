//! `ticktick habit`.

use super::{Case, compare};
use crate::sessions::Served;
use crate::support::{demo, json, stderr, stdout};

pub(super) const CASES: &[Case] = &[
    ("habit list", "HabitList"),
    ("habit list --archived", "HabitList"),
    ("habit show run", "HabitList"),
    (
        "habit create Walk --goal 5 --unit km --step 0.5 --days mon,wed,fri --remind 07:00 --remind 18:30 \
         --section afternoon --rgb 35D870 --encouragement Go --ask-for-note yes --target-days 30 --start 2026-12-01",
        "HabitList",
    ),
    ("habit create Sing", "HabitList"),
    ("habit edit run --name Jog --goal 6 --repeat FREQ=WEEKLY;TT_TIMES=3 --remind none --section none", "HabitList"),
    ("habit archive run", "HabitList"),
    ("habit move run --before \"drink water\"", "HabitList"),
    ("habit delete run", "HabitList"),
    ("habit check-in read", "CheckInList"),
    ("habit check-in water --amount 6 --date yesterday", "CheckInList"),
    ("habit check-in water run --missed --date -1d", "CheckInList"),
    ("habit check-in water --clear", "CheckInList"),
    ("habit check-ins water --since -2d", "CheckInList"),
    ("habit check-ins --since 2026-11-20 --until yesterday", "CheckInList"),
    ("habit week", "HabitDayCountList"),
    ("habit section list", "HabitSectionList"),
    ("habit section create Weekend", "HabitSectionList"),
    ("habit section rename morning Dawn", "HabitSectionList"),
    ("habit section delete night", "HabitSectionList"),
    ("habit preferences", "ValueList"),
];

#[test]
fn habits_are_managed() {
    compare("habits", CASES);
}

#[test]
fn a_habit_comes_back_from_the_archive() {
    let served = Served::start("nouns-habits");
    served.sign_in("me@example.com");
    served.run(&["habit", "create", "Walk"], "").success();
    served.run(&["habit", "archive", "walk"], "").success();
    assert_eq!(stdout(&served.run(&["habit", "list", "-q"], "").success()), "");
    let back = json(&served.run(&["habit", "unarchive", "walk", "--json"], "").success());
    assert_eq!(back["data"][0]["archived"], false);
    let done = json(&served.run(&["habit", "check-in", "walk", "--json"], "").success());
    assert_eq!(done["data"][0]["status"], "done");
    let shown = json(&served.run(&["habit", "show", "walk", "--json"], "").success());
    assert_eq!(shown["data"][0]["current_streak"], 1);
}

#[test]
fn the_spreadsheet_of_habits_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("habits.xlsx");
    let file = path.to_str().unwrap();
    demo(&["habit", "export", file]).success();
    let refused = demo(&["habit", "export", file]).code(2);
    assert!(stderr(&refused).contains("add --force"), "{}", stderr(&refused));
    demo(&["habit", "export", file, "--force"]).success();
    let piped = demo(&["habit", "export", "-"]).success();
    assert_eq!(piped.get_output().stdout, std::fs::read(path).unwrap());
}
