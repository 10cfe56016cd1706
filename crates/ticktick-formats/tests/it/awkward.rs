//! Valid but awkward files, and data that a format cannot express.

use ticktick_formats::Format;
use ticktick_formats::record::Alarm;

use crate::plan;

fn titles(format: Format, text: &str) -> Vec<String> {
    plan(format, text).records.into_iter().map(|record| record.title).collect()
}

#[test]
fn rows_have_the_same_numbers_with_either_line_break() {
    let text = "List Name,Title,Priority\nL,\"two\nlines\",0\nL,bad,p1\nL,worse,p2\n";
    let expected = [
        "row 4: unknown priority `p1`; imported without a priority",
        "row 5: unknown priority `p2`; imported without a priority",
    ];
    assert_eq!(plan(Format::BackupCsv, text).notes(), expected);
    assert_eq!(plan(Format::BackupCsv, &text.replace('\n', "\r\n")).notes(), expected);
}

#[test]
fn a_repeat_that_is_no_rule_is_reported() {
    let found =
        plan(Format::BackupCsv, "List Name,Title,Repeat\nL,a,every day\nL,b,FREQ=HOURLY\nL,c,LUNAR:FREQ=YEARLY\n");
    assert_eq!(found.notes(), ["row 2: repeat not understood: every day"]);
    let rules: Vec<_> = found.records.iter().map(|record| record.repeat.as_deref()).collect();
    assert_eq!(rules, [None, Some("RRULE:FREQ=HOURLY"), Some("LUNAR:FREQ=YEARLY")]);
}

#[test]
fn a_reminder_that_is_written_twice_is_one() {
    let text = "List Name,Title,Due Date,Reminder\nL,a,2026-12-01T16:30:00+0000,\"-PT15M\n-PT15M\nPT0S\"\n";
    let alarms = ["-PT15M", "PT0S"].map(|text| Alarm::Start(text.to_owned()));
    assert_eq!(plan(Format::BackupCsv, text).records[0].alarms, alarms);
}

#[test]
fn rules_of_calendars_are_checked() {
    let todo = |rule: &str| {
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nSUMMARY:a\nDUE;VALUE=DATE:20261204\nRRULE:{rule}\nEND:VTODO\nEND:VCALENDAR\n"
        );
        plan(Format::Ics, &text).records.remove(0)
    };
    assert_eq!(todo("freq=weekly;byday=mo").repeat.as_deref(), Some("RRULE:FREQ=WEEKLY;BYDAY=MO"));
    for wrong in ["WEEKLY", "FREQ=HOURLY;INTERVAL=2"] {
        let record = todo(wrong);
        assert_eq!(record.repeat, None);
        assert_eq!(record.warning, Some(format!("repeat not understood: {wrong}")));
    }
}

#[test]
fn a_duration_that_is_none_is_reported() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nSUMMARY:a\nDTSTART:20261204T120000Z\nDURATION:soon\nEND:VTODO\nEND:VCALENDAR\n";
    assert_eq!(plan(Format::Ics, text).records[0].warning.as_deref(), Some("invalid duration soon"));
}

#[test]
fn a_headline_without_text_is_no_task() {
    let found = plan(Format::Org, "* Work\n** TODO\n*** TODO below\n** DONE [#A]  :tag:\n* TODO\n* \n** TODO last\n");
    let tasks: Vec<_> = found.records.iter().map(|record| (&*record.title, &*record.project, record.parent)).collect();
    assert_eq!(tasks, [("below", "Work", None), ("last", "file", None)]);
    assert_eq!(found.notes(), ["3 rows: a task without a title"]);
}

#[test]
fn only_a_letter_or_a_number_is_a_priority_of_org() {
    assert_eq!(titles(Format::Org, "* TODO [#1234] Fix\n* TODO [#b] two\n"), ["[#1234] Fix", "two"]);
}

#[test]
fn a_fence_ends_with_a_fence_of_its_length() {
    let text = "````\n```\n- [ ] code\n````\n- [ ] task\n~~~ info\n~~~ info\n- [ ] code\n~~~\n- [ ] other\n";
    assert_eq!(titles(Format::Markdown, text), ["task", "other"]);
}

#[test]
fn headings_and_emoji_of_markdown_are_kept() {
    let found = plan(Format::Markdown, "## C#\n- [ ] Love ❤\u{fe0f} 🗓\u{fe0f} 2026-12-01\n## Done ##\n- [ ] b\n");
    let tasks: Vec<_> = found.records.iter().map(|record| (&*record.title, record.column.as_deref())).collect();
    assert_eq!(tasks, [("Love ❤\u{fe0f}", Some("C#")), ("b", Some("Done"))]);
    assert!(found.records[0].due.is_some());
}

#[test]
fn an_unknown_zone_of_todoist_is_reported() {
    let text =
        "TYPE,CONTENT,INDENT,DATE,TIMEZONE\ntask,a,1,Dec 4 2026 10:00,Mars/Base\ntask,b,1,Dec 4 2026,Mars/Base\n";
    let warnings: Vec<_> = plan(Format::Todoist, text).records.into_iter().map(|record| record.warning).collect();
    let expected = "unknown time zone Mars/Base; the zone of the account is used";
    assert_eq!(warnings, [Some(expected.to_owned()), None]);
}

#[test]
fn cycles_of_parents_are_broken_once() {
    let text = "a id:1 p:2\nb id:2 p:3\nc id:3 p:1\nd id:4 p:3\ne id:5 p:4\n";
    let found = plan(Format::TodoTxt, text);
    let parents: Vec<_> = found.records.iter().map(|record| record.parent).collect();
    assert_eq!(parents, [Some(1), Some(2), None, Some(2), Some(3)]);
    assert_eq!(found.notes(), ["row 3: its parents form a cycle, which was broken here"]);
}

#[test]
fn a_long_chain_of_parents_is_read() {
    let lines: String = (0..30_000).map(|index| format!("t id:{index} p:{}\n", index + 1)).collect();
    let found = plan(Format::TodoTxt, &lines);
    assert_eq!(found.records.iter().filter(|record| record.parent.is_some()).count(), 29_999);
}
