//! What rules find.

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;

use crate::{Due, FilterDate, FilterField, FilterRule, NotEvaluable, Priority, Project, RuleContext, Tag, Task};

/// A Wednesday.
const TODAY: Date = date(2026, 3, 25);

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn context() -> RuleContext {
    RuleContext::new(TODAY, berlin())
}

fn task(members: &str) -> Task {
    serde_json::from_str(&format!(r#"{{"id":"a","projectId":"p"{members}}}"#)).unwrap()
}

fn due(due: &Due) -> Task {
    let mut task = Task::new("a", "p");
    task.set_due(due, &berlin()).unwrap();
    task
}

fn rule(conditions: &str) -> FilterRule {
    format!(r#"{{"and":[{conditions}],"type":0,"version":1}}"#).parse().unwrap()
}

fn one(name: &str, values: &str, task: &Task) -> Result<bool, NotEvaluable> {
    rule(&format!(r#"{{"conditionName":"{name}","conditionType":1,"or":[{values}]}}"#)).matches(task, &context())
}

fn on(word: &str, task: &Task) -> bool {
    one("dueDate", &format!("\"{word}\""), task).unwrap()
}

#[test]
fn days_begin_and_end() {
    for (word, first, last) in [
        ("today", TODAY, TODAY),
        ("tomorrow", date(2026, 3, 26), date(2026, 3, 26)),
        ("thisweek", date(2026, 3, 23), date(2026, 3, 29)),
        ("nextweek", date(2026, 3, 30), date(2026, 4, 5)),
        ("thismonth", date(2026, 3, 1), date(2026, 3, 31)),
        ("nextmonth", date(2026, 4, 1), date(2026, 4, 30)),
        ("thisWeek", date(2026, 3, 23), date(2026, 3, 29)),
        ("span(0~2)", TODAY, date(2026, 3, 27)),
        ("span( -2 ~ -1 )", date(2026, 3, 23), date(2026, 3, 24)),
    ] {
        for (day, inside) in
            [(first.yesterday().unwrap(), false), (first, true), (last, true), (last.tomorrow().unwrap(), false)]
        {
            assert_eq!(on(word, &due(&Due::day(day))), inside, "{word} on {day}");
        }
        assert!(!on(word, &task("")), "{word} without a date");
    }
}

#[test]
fn weeks_begin_where_the_account_says() {
    let this_week = FilterRule::normal().due([FilterDate::ThisWeek]);
    for (start, first) in [(Weekday::Sunday, 22), (Weekday::Saturday, 21), (Weekday::Wednesday, 25)] {
        let context = context().week_start(start);
        assert_eq!(this_week.matches(&due(&Due::day(date(2026, 3, first))), &context), Ok(true));
        assert_eq!(this_week.matches(&due(&Due::day(date(2026, 3, first - 1))), &context), Ok(false));
        assert_eq!(this_week.matches(&due(&Due::day(date(2026, 3, first + 6))), &context), Ok(true));
    }
}

#[test]
fn spans_may_be_open() {
    let (early, late) = (due(&Due::day(date(1999, 1, 1))), due(&Due::day(date(2099, 1, 1))));
    assert!(on("span(~0)", &early) && !on("span(~0)", &late));
    assert!(!on("span(1~)", &early) && on("span(1~)", &late));
    assert!(on("span(0~2147483647)", &late));
    for word in ["span(~)", "span(2~1)", "span(a~b)", "span(1)", "span(0~99999999999)", "span", "someday"] {
        let error = one("dueDate", &format!("\"{word}\""), &task("")).unwrap_err();
        assert_eq!(error, NotEvaluable::Value { field: FilterField::DueDate, value: format!("\"{word}\"").into() });
    }
}

#[test]
fn several_days_count_each() {
    let days = due(&Due::days(date(2026, 3, 24)..=date(2026, 3, 26)).unwrap());
    assert!(on("today", &days) && on("tomorrow", &days) && !on("overdue", &days) && !on("nextweek", &days));
    let over = due(&Due::days(date(2026, 3, 22)..=date(2026, 3, 24)).unwrap());
    assert!(on("overdue", &over) && on("thisweek", &over) && !on("today", &over));
    let turned = task(r#","isAllDay":true,"startDate":"2026-03-26T00:00:00Z","dueDate":"2026-03-24T00:00:00Z""#);
    assert!(on("today", &turned));
}

#[test]
fn earlier_today_is_today_and_not_overdue() {
    let early = due(&Due::at("2026-03-25T00:01[Europe/Berlin]".parse().unwrap()));
    assert!(on("today", &early) && !on("overdue", &early));
    let late = due(&Due::at("2026-03-24T23:59[Europe/Berlin]".parse().unwrap()));
    assert!(on("overdue", &late) && !on("today", &late));
}

#[test]
fn a_moment_falls_on_its_day_in_the_account_s_zone() {
    // In Honolulu this is still the day before.
    let honolulu = due(&Due::at("2026-03-24T20:00[Pacific/Honolulu]".parse().unwrap()));
    assert!(on("today", &honolulu) && !on("overdue", &honolulu));
    // Without a zone, the account's holds.
    assert!(on("today", &task(r#","dueDate":"2026-03-24T23:30:00.000+0000""#)));
    let unknown = task(r#","dueDate":"2026-03-24T23:30:00.000+0000","timeZone":"Mars/Base""#);
    assert!(on("today", &unknown), "a zone that is not understood counts as none");
}

#[test]
fn no_date_and_recurrence() {
    for word in ["nodue", "nodate", "noDue"] {
        assert!(on(word, &task(r#","dueDate":null"#)) && !on(word, &due(&Due::day(TODAY))));
    }
    assert!(on("repeat", &task(r#","repeatFlag":"RRULE:FREQ=DAILY""#)));
    assert!(!on("repeat", &task("")) && !on("repeat", &task(r#","repeatFlag":"""#)));
}

#[test]
fn priorities_come_as_numbers_or_text() {
    let high = task(r#","priority":5"#);
    assert_eq!(one("priority", "5", &high), Ok(true));
    assert_eq!(one("priority", "\"5\",\"3\"", &high), Ok(true));
    assert_eq!(one("priority", "0,1,3", &high), Ok(false));
    assert_eq!(one("priority", "0", &task("")), Ok(true));
    for value in ["2", "\"high\"", "null", "5.0", "{}"] {
        let error = NotEvaluable::Value { field: FilterField::Priority, value: value.into() };
        assert_eq!(one("priority", value, &high), Err(error));
    }
}

#[test]
fn tags_stand_for_those_below() {
    let mut tags = [Tag::new("urgent"), Tag::new("work"), Tag::new("ring")];
    tags[0].parent.set("work");
    tags[2].parent.set("ring");
    let context = context().tags(&tags);
    let urgent = task(r#","tags":["urgent"]"#);
    for (name, found) in [("urgent", true), ("Work", true), ("home", false)] {
        assert_eq!(FilterRule::normal().tags([name]).matches(&urgent, &context), Ok(found), "{name}");
    }
    let ring = task(r#","tags":["ring","work"]"#);
    assert_eq!(FilterRule::normal().tags(["urgent"]).matches(&ring, &context), Ok(false));
    assert!(one("tag", "\"*withtags\"", &urgent).is_err() && one("tag", "\"!tag\"", &urgent).is_err());
}

#[test]
fn projects_and_folders() {
    let mut project = Project::new("p");
    project.group_id.set("g");
    let context = context().projects([&project]);
    let found = |rule: FilterRule| rule.matches(&task(""), &context).unwrap();
    assert!(found(FilterRule::normal().projects(["x", "p"])) && !found(FilterRule::normal().projects(["x"])));
    assert!(found(FilterRule::normal().projects(["x"]).folders(["g"])) && !found(FilterRule::normal().folders(["h"])));
    assert!(found(rule(r#"{"conditionName":"list","or":["p"]}"#)));
    for inner in [r#""p""#, r#"{"conditionName":"tag","or":["a"]}"#, r#"{"or":["p"]}"#] {
        assert!(matches!(one("listOrGroup", inner, &task("")), Err(NotEvaluable::Value { .. })));
    }
}

#[test]
fn kinds_and_statuses() {
    let (note, done) = (task(r#","kind":"NOTE""#), task(r#","status":2"#));
    assert_eq!(one("taskType", "\"note\"", &note), Ok(true));
    assert_eq!(one("taskType", "\"task\"", &note), Ok(false));
    assert_eq!(one("taskType", "\"task\"", &done), Ok(true));
    assert_eq!(one("taskType", "\"note\"", &done), Ok(false));
    assert_eq!(one("status", "\"completed\"", &done), Ok(true));
    assert_eq!(one("status", "\"uncompleted\"", &done), Ok(false));
    assert_eq!(one("status", "\"uncompleted\"", &note), Ok(true));
    assert_eq!(one("status", "\"completed\"", &note), Ok(false));
    let given_up = task(r#","status":-1"#);
    assert_eq!(one("status", "\"completed\",\"uncompleted\"", &given_up), Ok(false));
}

#[test]
fn conditions_are_all_met_and_alternatives_one() {
    let (high, tag) = (r#"{"conditionName":"priority","or":[5]}"#, r#"{"conditionName":"tag","or":["a"]}"#);
    let both = rule(&format!("{high},{tag}"));
    let either: FilterRule = format!(r#"{{"or":[{high},{tag}],"type":1,"version":1}}"#).parse().unwrap();
    for (members, all, any) in [
        ("", false, false),
        (r#","priority":5"#, false, true),
        (r#","tags":["a"]"#, false, true),
        (r#","tags":["a"],"priority":5"#, true, true),
    ] {
        assert_eq!(both.matches(&task(members), &context()), Ok(all));
        assert_eq!(either.matches(&task(members), &context()), Ok(any));
    }
    assert_eq!(FilterRule::normal().matches(&task(""), &context()), Ok(true));
    assert_eq!(FilterRule::normal().priorities([Priority::None]).matches(&task(""), &context()), Ok(true));
}

#[test]
fn the_unknown_is_named_for_every_task() {
    for (text, message) in [
        (r#"{"and":[],"not":[]}"#, "its rule has the unknown key `not`"),
        (r#"{"and":[{"conditionName":"tag","or":["a"],"not":1}]}"#, "its rule has the unknown key `not`"),
        (r#"{"version":2}"#, "its rule is of the unknown version 2"),
        (r#"{"type":2}"#, "its rule is of the unknown type 2"),
        (r#"{"or":[{"conditionName":"tag","or":["a"]}],"type":0}"#, "its rule has an `or` where none is known"),
        (r#"{"and":[{}],"or":[{}],"type":1}"#, "its rule has an `or` where none is known"),
        // The first condition is not met; the second is named nevertheless.
        (
            r#"{"and":[{"conditionName":"priority","or":[5]},{"conditionName":"assignee","or":["me"]}]}"#,
            "the condition `assignee` is unknown",
        ),
        (r#"{"and":[{"or":["a"]}]}"#, "a condition has no name"),
        (r#"{"and":[{"conditionName":"tag","conditionType":2,"or":["a"]}]}"#, "a condition is of the unknown type 2"),
        (r#"{"and":[{"conditionName":"tag","or":[]}]}"#, "the condition `tag` has no values"),
        // The first value is met; the second is named nevertheless.
        (
            r#"{"and":[{"conditionName":"status","or":["uncompleted","odd"]}]}"#,
            "the condition `status` has the unknown value \"odd\"",
        ),
    ] {
        let error = text.parse::<FilterRule>().unwrap().matches(&task(""), &context()).unwrap_err();
        assert_eq!(error.to_string(), format!("the filter cannot be evaluated: {message}"));
    }
}

#[test]
fn the_word_inbox_means_the_inbox_in_a_rule() {
    let context = RuleContext::new(date(2026, 3, 1), TimeZone::UTC);
    let rule = crate::build_rule(&["inbox".into()], &[], &[]);
    assert_eq!(rule.matches(&Task::new("a", "inbox120000001"), &context), Ok(true));
    assert_eq!(rule.matches(&Task::new("a", "65f0a1b2c3d4e5f6a7b8c9d0"), &context), Ok(false));
}
