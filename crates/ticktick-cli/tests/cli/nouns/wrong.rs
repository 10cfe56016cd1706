//! Invalid arguments: each is refused with a hint at valid ones.

use super::run;
use crate::schemas::fits;
use crate::support::{demo, json, stderr, ticktick};

/// Command lines, with the exit status and a part of the message.
const WRONG: &[(&str, i32, &str)] = &[
    ("project create", 2, "<NAME>"),
    ("project create \" \"", 2, "name"),
    ("project create x --rgb red", 2, "write it as RRGGBB"),
    ("project create x --kind songs", 2, "possible values: tasks, notes"),
    ("project create x --view grid", 2, "possible values: list, kanban, timeline"),
    ("project create x --folder moon", 3, "no folder matches \"moon\""),
    ("project create x --muted maybe", 2, "write yes or no"),
    ("project create x --smart-lists maybe", 2, "write yes or no"),
    ("project rename home", 2, "<NEW_NAME>"),
    ("project rename moon x", 3, "no project matches \"moon\""),
    ("project rename wrok x", 3, "did you mean \"💼 Work\"?"),
    ("project edit home", 2, "no changes given"),
    ("project edit home --name \"\"", 2, "name"),
    ("project archive", 2, "<PROJECT>..."),
    ("project move home", 2, "required arguments"),
    ("project move home --before home", 2, "before or after itself"),
    ("project move home --top --bottom", 2, "cannot be used with"),
    ("project move home --before work --after notes", 2, "cannot be used with"),
    ("project move home --folder moon", 3, "no folder matches"),
    ("project rename inbox x", 1, "inbox"),
    ("project delete o", 5, "matches"),
    ("project members moon", 3, "no project matches"),
    ("project invitation moon", 3, "no project matches"),
    ("folder create \"\"", 2, "name"),
    ("folder rename moon x", 3, "no folder matches"),
    ("folder show offise", 3, "did you mean \"Office\"?"),
    ("folder delete moon", 3, "no folder matches"),
    ("tag create errands", 2, "hint: change it with `ticktick tag color` or `ticktick tag nest`"),
    ("tag rename errands money", 2, "hint: `ticktick tag merge` merges two tags"),
    ("project delete work --yes=6", 2, "error: --yes=6 does not confirm this command"),
    ("undo x", 2, "write a whole number"),
    ("task show moon", 3, "no task matches"),
    ("task delete moon", 3, "no task matches"),
    ("column list --project moon", 3, "no project matches"),
    ("column list moon", 3, "no project matches"),
    ("column list work --project home", 2, "cannot be used with"),
    ("column create x --project moon", 3, "no project matches"),
    ("column create x", 2, "--project"),
    ("column rename moon x", 3, "no column matches"),
    ("column move doing", 2, "the new position is missing"),
    ("column move doing --before moon", 3, "no column matches"),
    ("column delete doing --into doing --yes", 2, "into itself"),
    ("column delete o --yes", 5, "matches 2 columns"),
    ("tag show moon", 3, "no tag matches"),
    ("tag create errands", 2, "already exists"),
    ("tag create \"\"", 2, "tag"),
    ("tag create x --parent moon", 3, "no tag matches"),
    ("tag color errands red", 2, "write it as RRGGBB"),
    ("tag nest errands errands", 2, "below it"),
    ("tag nest focus deep", 2, "below it"),
    ("tag merge errands moon", 3, "no tag matches"),
    ("tag completed moon", 3, "no tag matches"),
    ("tag completed focus --limit x", 2, "invalid value"),
    ("tag delete n --yes", 5, "matches 3 tags"),
    ("filter show moon", 3, "no saved filter matches"),
    ("filter run moon", 3, "no saved filter matches"),
    ("filter create x", 2, "a filter needs a rule"),
    ("filter create x --due someday", 2, "days from today"),
    ("filter create x --priority urgent", 2, "possible values"),
    ("filter create x --project moon", 3, "no project matches"),
    ("filter create x --folder moon", 3, "no folder matches"),
    ("filter create x --rule {", 2, "rule"),
    ("filter create x --rule {} --tag a", 2, "cannot be used with"),
    ("filter create x --view grid --tag a", 2, "possible values"),
    ("filter edit burning", 2, "no changes given"),
    ("filter edit burning --view grid", 2, "possible values: list, kanban, timeline, none"),
    ("filter rename burning \"\"", 2, "name"),
    ("habit show moon", 3, "no habit matches"),
    ("habit create x --goal=-1", 2, "from 0 to 1000000000"),
    ("habit create x --goal much", 2, "from 0 to 1000000000"),
    ("habit create x --unit km", 2, "need --goal"),
    ("habit create x --step x", 2, "from 0 to 1000000000"),
    ("habit create x --days someday", 2, "write days such as"),
    ("habit create x --days mon --repeat FREQ=DAILY", 2, "cannot be used with"),
    ("habit create x --repeat daily", 2, "write a rule such as"),
    ("habit create x --repeat FREQ=SOMETIMES", 2, "rule"),
    ("habit create x --remind noon", 2, "write a time such as"),
    ("habit create x --section moon", 3, "no section matches"),
    ("habit create x --rgb red", 2, "write it as RRGGBB"),
    ("habit create x --ask-for-note maybe", 2, "write yes or no"),
    ("habit create x --target-days=-1", 2, "is not in 0..="),
    ("habit create x --start someday", 2, "is not a day"),
    ("habit edit run", 2, "no changes given"),
    ("habit move run", 2, "the new position is missing"),
    ("habit move run --after moon", 3, "no habit matches"),
    ("habit check-in", 2, "<HABIT>..."),
    ("habit check-in moon", 3, "no habit matches"),
    ("habit check-in run --date someday", 2, "is not a day"),
    ("habit check-in run --date +1d", 2, "in the future"),
    ("habit check-in run --amount x", 2, "from 0 to 1000000000"),
    ("habit check-in run --amount=-1", 2, "from 0 to 1000000000"),
    ("habit check-in run --amount NaN", 2, "from 0 to 1000000000"),
    ("habit check-in run --amount 1e300", 2, "from 0 to 1000000000"),
    ("habit create x --goal 1e300", 2, "from 0 to 1000000000"),
    ("habit check-in run --amount 1 --missed", 2, "cannot be used with"),
    ("habit check-in read --amount 2", 2, "has no amounts"),
    ("habit check-ins run --since today --until yesterday", 2, "before it starts"),
    ("habit section rename moon x", 3, "no section matches"),
    ("habit section create \"\"", 2, "name"),
    ("habit export /nowhere/x.xlsx", 1, "cannot be written"),
    ("focus list --since someday", 2, "is not a day"),
    ("focus list --since today --until yesterday", 2, "before it starts"),
    ("focus list --task nothing", 3, "no task matches"),
    ("focus list --task x --all", 2, "cannot be used with"),
    ("focus show moon", 3, "no focus session has the id"),
    ("focus add 9 10:00", 2, "is not a time"),
    ("focus add 08:00 07:00", 2, "must end after it starts"),
    ("focus add 08:00 23:00", 2, "ends in the future"),
    ("focus add 07:00 07:30 --paused 40", 2, "longer than its pauses"),
    ("focus add 07:00 07:30 --task a --habit b", 2, "cannot be used with"),
    ("focus edit last", 2, "required arguments"),
    ("focus edit last --start x", 2, "is not a time"),
    ("focus start --minutes 0", 2, "1..=720"),
    ("focus start --minutes 5 --stopwatch", 2, "cannot be used with"),
    ("focus start --habit moon", 3, "no habit matches"),
    ("focus start --timer moon", 3, "no timer matches"),
    ("focus finish", 3, "no focus session is running"),
    ("focus timer show moon", 3, "no timer matches"),
    ("focus timer create x --minutes 0", 2, "1..=720"),
    ("focus timer create x --mode stopwatch --minutes 5", 2, "a stopwatch has no length"),
    ("focus timer create x --mode sand", 2, "possible values"),
    ("focus timer edit reading", 2, "no changes given"),
    ("countdown create x", 2, "<DAY>"),
    ("countdown create x someday", 2, "is not a day"),
    ("countdown create x today --kind feast", 2, "possible values"),
    ("countdown show moon", 3, "no countdown matches"),
    ("countdown edit moon --yearly", 3, "no countdown matches"),
    ("countdown edit moon --yearly --once", 2, "cannot be used with"),
    ("comment list moonwalk", 3, "no task matches"),
    ("comment add dentist \" \"", 2, "needs a text"),
    ("comment edit dentist last x", 3, "has no comments"),
    ("comment delete dentist", 2, "<COMMENT>..."),
    ("attachment list moonwalk", 3, "no task matches"),
    ("attachment download dentist plan", 3, "no attachment matches"),
    ("attachment upload dentist /nowhere", 3, "cannot read /nowhere"),
    ("user settings get moon", 3, "there is no setting"),
    ("user settings set time_zon x", 3, "did you mean time_zone?"),
    ("user settings set time_zone Moon/Base", 2, "Moon/Base"),
    ("user settings set lunar_enabled maybe", 2, "write yes or no"),
    ("user settings set start_day_of_week Saturday", 2, "write MON, SAT or SUN"),
    ("user settings set id 5", 2, "cannot be changed"),
];

#[test]
fn wrong_arguments_are_refused() {
    let mut wrong = Vec::new();
    for (line, status, part) in WRONG {
        let output = run(line);
        let found = output.get_output().status.code();
        let said = stderr(&output);
        if found != Some(*status) || !said.contains(part) || !output.get_output().stdout.is_empty() {
            wrong.push(format!("{line}: {found:?}, {status} with {part:?} wanted\n{said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn failures_of_nouns_are_documents() {
    for (line, status, _) in WRONG.iter().filter(|(_, status, _)| *status != 2) {
        let failed = run(&format!("{line} --json")).code(*status);
        fits("cli", "Failure", &json(&failed));
    }
}

#[test]
fn candidates_are_named() {
    let fault = json(&demo(&["column", "delete", "o", "--json", "--yes"]).code(5));
    let candidates = fault["error"]["candidates"].as_array().unwrap();
    assert_eq!(candidates[0]["name"], "To do");
    assert_eq!(candidates[0]["details"][0], "🚀 Website launch");
}

#[test]
fn what_the_mirror_does_not_hold_needs_the_service() {
    let offline = ticktick(&["habit", "list", "--offline"]).assert().code(2);
    assert!(stderr(&offline).contains("--offline allows no requests"), "{}", stderr(&offline));
    demo(&["tag", "create", "x", "--read-only"]).failure();
}
