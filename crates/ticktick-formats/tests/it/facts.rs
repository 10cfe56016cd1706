//! Facts about each format, beyond the samples.

use jiff::civil::date;
use ticktick::models::RepeatFrom;
use ticktick::{Priority, TaskStatus};
use ticktick_formats::record::{Alarm, Moment};
use ticktick_formats::{Format, detect, read};

use crate::{context, plan};

const PREAMBLE: &str = "\"Date: 2026-11-20+0000\"\r\n\"Version: 7.1\"\r\n\"Status: \n0 Normal\n1 Completed\"\r\n";

fn titles(format: Format, text: &str) -> Vec<String> {
    plan(format, text).records.into_iter().map(|record| record.title).collect()
}

#[test]
fn old_backups_have_fewer_columns() {
    let old = "List Name,Title,Content,Is Checklist,Due Date,Reminder,Repeat,Priority,Status,Completed Time,Order,\
               Timezone,Is All Day\nWork,Report,▫a\\n▪b,Y,2016-02-12T23:00:00+0000,-PT60M;PT0S,FREQ=DAILY,5,1,\
               2016-02-13T08:00:00+0000,-9223372036854775808,Europe/Berlin,true\n";
    let found = plan(Format::BackupCsv, &format!("{PREAMBLE}{}", old.replace("\\n", " ")));
    let task = &found.records[0];
    assert_eq!((task.status, task.order), (TaskStatus::Completed, Some(i64::MIN)));
    assert_eq!((task.start, task.due), (None, Some(Moment::Day(date(2016, 2, 13)))));
    assert_eq!(task.alarms, ["-PT60M", "PT0S"].map(|text| Alarm::Start(text.to_owned())));
    assert_eq!((task.items.len(), task.folder.as_deref()), (1, None));
}

#[test]
fn backups_have_other_separators_and_names() {
    let text = "清单名称;标题;标签;优先级;状态;是否全天;Extra\n收集箱;买菜;家, 周末;3;-1;WAHR;x\n";
    assert_eq!(detect("x.csv", text.as_bytes()).unwrap(), Format::BackupCsv);
    let found = plan(Format::BackupCsv, text);
    let task = &found.records[0];
    assert_eq!((task.priority, task.status, task.is_inbox()), (Priority::Medium, TaskStatus::WontDo, true));
    assert_eq!(task.tags, ["家", "周末"]);
    assert_eq!(found.notes(), ["unknown column `extra`, ignored"]);
}

#[test]
fn parents_may_be_missing_repeated_or_a_circle() {
    let text = "List Name,Title,taskId,parentId\nA,one,1,2\nA,two,2,1\nA,three,3,3\nA,four,,9\nA,five,1,\nA,six,,1\n";
    let found = plan(Format::BackupCsv, text);
    let parents: Vec<_> = found.records.iter().map(|record| record.parent).collect();
    assert_eq!(parents, [Some(1), None, None, None, None, Some(0)]);
    assert_eq!(found.remarks.len(), 4, "{:?}", found.notes());
}

#[test]
fn a_backup_may_have_milliseconds_tabs_and_two_marks() {
    let text = "\u{feff}\u{feff}list name\t Title \tStart Date\tIs All Day\tOrder\nA\t\"b\rc\"\t2026-12-01T16:30:00.000+0000\tfalse\t1,09951E+12\n";
    let found = read(Format::BackupCsv, text.as_bytes(), "x", &context()).unwrap();
    let task = &found.records[0];
    assert_eq!((task.title.as_str(), task.order), ("b c", None));
    assert_eq!(task.start, Some(Moment::Instant("2026-12-01T16:30:00Z".parse().unwrap())));
    assert_eq!(found.notes(), ["row 2: invalid order `1,09951E+12`; the position is not kept"]);
}

#[test]
fn a_bad_row_does_not_fail_the_others() {
    let text = "List Name,Title,Start Date,Priority,Status,Timezone,Is All Day\nA,one,soon,p1,7,Mars/Base,maybe\nA,two\n,,,\n\
                ,three,2026-03-02 08:15:00,5,0,,false\n";
    let found = plan(Format::BackupCsv, text);
    assert_eq!(titles(Format::BackupCsv, text), ["one", "two", "three"]);
    assert_eq!(found.records[2].start, Some(Moment::Instant("2026-03-02T08:15:00Z".parse().unwrap())));
    assert!(found.records[2].is_inbox());
    assert_eq!(found.remarks.iter().filter(|remark| remark.row == 2).count(), 4);
}

#[test]
fn another_encoding_is_refused_with_a_hint() {
    let gbk = b"\xc7\xe5\xb5\xa5\xc3\xfb\xb3\xc6,\xb1\xea\xcc\xe2\n";
    let broken = "List Name,Title\n\u{fffd}\u{fffd},\u{fffd}\u{fffd}\u{fffd}\n";
    for bytes in [gbk.as_slice(), broken.as_bytes()] {
        let error = read(Format::BackupCsv, bytes, "x", &context()).unwrap_err();
        assert!(error.message().contains("GBK") && error.remedy().unwrap().contains("UTF-8"));
    }
    assert!(read(Format::BackupCsv, b"a,b\n", "x", &context()).unwrap_err().remedy().is_some());
}

#[test]
fn old_todoist_files_are_read() {
    let text = "TYPE,CONTENT,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DUE_DATE,DUE_DATE_LANG\r\n\
                task,One @a_b,1,1,,Ada (1),2027-01-15,de\r\ntask,Three,,4,,,,\r\nnote,n,,,,,,\r\nbad,x,,,,,,\r\n\
                section,S,,,,,,\r\ntask,Four,4,3,,,every 3 hours,en\r\n";
    let found = plan(Format::Todoist, text);
    let [one, three, four] = &found.records[..] else { panic!() };
    assert_eq!((one.due, one.tags.as_slice()), (Some(Moment::Day(date(2027, 1, 15))), &["a_b".to_owned()][..]));
    assert_eq!((three.parent, three.priority, three.comments.len()), (Some(0), Priority::High, 1));
    assert_eq!((four.parent, four.column.as_deref(), four.repeat.as_deref()), (None, Some("S"), None));
    assert_eq!((four.source_date.as_deref(), four.warning.is_some()), (Some("every 3 hours"), true));
    assert_eq!(found.notes().len(), 2, "{:?}", found.notes());
}

#[test]
fn taskwarrior_objects_may_follow_each_other() {
    let text = "{\"description\":\"a\",\"due\":\"2026-03-02\",\"recur\":\"2w\",\"depends\":\"u2\"}\n\
                {\"description\":\"b\",\"status\":\"waiting\",\"uuid\":\"u2\",\"recur\":\"P1M\",\"until\":\"20270101T000000Z\"}\n\
                {\"description\":\"\"}";
    let found = plan(Format::Taskwarrior, text);
    let [a, b] = &found.records[..] else { panic!() };
    assert_eq!(
        (a.due, a.repeat.as_deref()),
        (Some(Moment::Day(date(2026, 3, 2))), Some("RRULE:FREQ=WEEKLY;INTERVAL=2"))
    );
    assert_eq!(a.warning.as_deref(), Some("depends on b"));
    assert_eq!(b.repeat.as_deref(), Some("RRULE:FREQ=MONTHLY;INTERVAL=1;UNTIL=20270101T000000Z"));
    assert_eq!(found.notes(), ["row 3: no description"]);
    let broken = "[\n{\"description\":\"a\"},\n{\"description\":},\n{\"description\":\"c\"}\n]\n";
    assert_eq!(titles(Format::Taskwarrior, broken), ["a", "c"]);
}

#[test]
fn a_finished_series_of_taskwarrior_keeps_its_template() {
    let text = r#"[{"description":"w","uuid":"t","status":"recurring","recur":"weekly","due":"20261201T080000Z"},
        {"description":"w","uuid":"c","status":"completed","parent":"t","recur":"weekly","end":"20261201T080000Z"}]"#;
    let found = plan(Format::Taskwarrior, text);
    assert_eq!(found.records.len(), 2);
    assert!(found.records[0].is_open() && found.records[0].repeat.is_some());
}

#[test]
fn done_lines_of_todo_txt_have_both_orders() {
    let text = "x 2026-11-10 2026-11-01 (B) one\nx (A) 2026-11-10 two pri:C\n\n(Z) three rec:3b due:2026-13-01 p:4\n\
                +a_b four status:wontdo k:v http://x.y\nx2026 five\n";
    let found = plan(Format::TodoTxt, text);
    let [one, two, three, four, five] = &found.records[..] else { panic!() };
    assert_eq!((one.priority, one.completed), (Priority::Medium, Some(Moment::Day(date(2026, 11, 10)))));
    assert_eq!((one.created, two.priority), (Some(Moment::Day(date(2026, 11, 1))), Priority::Low));
    assert_eq!(three.repeat.as_deref(), Some("RRULE:FREQ=DAILY;INTERVAL=3;TT_SKIP=WEEKEND"));
    assert_eq!(three.warning.as_deref(), Some("invalid date 2026-13-01"));
    assert_eq!((four.project.as_str(), four.title.as_str()), ("a b", "four k:v http://x.y"));
    assert_eq!((four.status, five.title.as_str()), (TaskStatus::WontDo, "x2026 five"));
}

#[test]
fn calendars_have_durations_children_and_strange_zones() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n\
        BEGIN:VTODO\r\nUID:1\r\nSUMMARY:a\r\nDTSTART;TZID=W. Europe Standard Time:20261203T143000\r\nDURATION:PT1H\r\nRELATED-TO;RELTYPE=CHILD:2\r\nEND:VTODO\r\n\
        BEGIN:VTODO\r\nUID:2\r\nSUMMARY:b\r\nDUE;TZID=Own:20261203T120000\r\nBEGIN:VALARM\r\nTRIGGER;RELATED=END:-PT15M\r\nEND:VALARM\r\nEND:VTODO\r\n\
        BEGIN:VTODO\r\nUID:3\r\nSUMMARY:c\r\nDTSTART:20261203T120000\r\nDUE;VALUE=DATE:20261204\r\nRELATED-TO;RELTYPE=SIBLING:1\r\nEND:VTODO\r\n\
        BEGIN:VTODO\r\nUID:4\r\nSUMMARY:d\r\nDUE;TZID=Nowhere:20261203T120000\r\nRELATED-TO:9\r\nEND:VTODO\r\n\
        BEGIN:VTODO\r\nUID:1\r\nRECURRENCE-ID:20261203T143000Z\r\nSUMMARY:x\r\nEND:VTODO\r\n\
        BEGIN:VTODO\r\nUID:5\r\nSUMMARY:gap\r\nDUE;TZID=Europe/Berlin:20260329T023000\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
    let found = plan(Format::Ics, text);
    let [a, b, c, d, gap] = &found.records[..] else { panic!("{:?}", found.records) };
    let at = |text: &str| Some(Moment::Instant(text.parse().unwrap()));
    assert_eq!((a.due, a.zone.as_deref()), (at("2026-12-03T14:30:00Z"), Some("Europe/Berlin")));
    assert_eq!((b.due, b.parent), (at("2026-12-03T06:30:00Z"), Some(0)));
    assert_eq!(b.alarms, [Alarm::Start("-PT15M".to_owned())]);
    assert_eq!((c.start, c.due), (Some(Moment::Day(date(2026, 12, 3))), Some(Moment::Day(date(2026, 12, 4)))));
    assert_eq!((c.parent, d.due), (None, at("2026-12-03T11:00:00Z")));
    assert!(d.warning.as_deref().unwrap().contains("Nowhere"));
    assert_eq!(gap.due, at("2026-03-29T01:30:00Z"));
}

#[test]
fn a_zone_that_only_the_file_explains_has_summer_time() {
    let zone = |rules: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Own\r\n{rules}END:VTIMEZONE\r\n\
             BEGIN:VTODO\r\nSUMMARY:a\r\nDTSTART;TZID=Own:20270115T100000\r\nDUE;TZID=Own:20270701T100000\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
        )
    };
    let part = |kind: &str, start: &str, rule: &str, (from, to): (&str, &str)| {
        format!(
            "BEGIN:{kind}\r\nDTSTART:{start}\r\nRRULE:FREQ=YEARLY;{rule}\r\nTZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nEND:{kind}\r\n"
        )
    };
    let berlin = part("STANDARD", "19701025T030000", "BYDAY=-1SU;BYMONTH=10", ("+0200", "+0100"))
        + &part("DAYLIGHT", "19700329T020000", "BYMONTH=3;BYDAY=-1SU", ("+0100", "+0200"));
    // The rules of earlier years end.
    let new_york = part("DAYLIGHT", "20070311T020000", "BYMONTH=3;BYDAY=2SU", ("-0500", "-0400"))
        + &part("DAYLIGHT", "19870405T020000", "BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z", ("-0500", "-0400"))
        + &part("STANDARD", "20071104T020000", "BYMONTH=11;BYDAY=1SU", ("-0400", "-0500"));
    // Without rules, the standard time counts.
    let fixed =
        "BEGIN:STANDARD\r\nTZOFFSETTO:+0530\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nTZOFFSETTO:+0630\r\nEND:DAYLIGHT\r\n";
    let times = |rules: &str| {
        let found = plan(Format::Ics, &zone(rules));
        [found.records[0].start, found.records[0].due].map(|at| at.unwrap().to_string())
    };
    assert_eq!(times(&berlin), ["2027-01-15T09:00:00Z", "2027-07-01T08:00:00Z"]);
    assert_eq!(times(&new_york), ["2027-01-15T15:00:00Z", "2027-07-01T14:00:00Z"]);
    assert_eq!(times(fixed), ["2027-01-15T04:30:00Z", "2027-07-01T04:30:00Z"]);
}

#[test]
fn a_description_of_taskwarrior_becomes_one_line() {
    assert_eq!(titles(Format::Taskwarrior, r#"[{"description":" a\nb "}]"#), ["a b"]);
}

#[test]
fn a_time_of_taskwarrior_without_a_zone_is_not_a_day() {
    let text = r#"[{"description":"a","due":"2026-12-04T17:00:00"},{"description":"b","due":"20261204T170000"},
        {"description":"c","due":"2026-12-04T17:00:00+02:00"},{"description":"d","due":"20261204"}]"#;
    let dates: Vec<_> = plan(Format::Taskwarrior, text).records.iter().map(|task| task.due).collect();
    let local = Some(Moment::Local(date(2026, 12, 4).at(17, 0, 0, 0)));
    let instant = Some(Moment::Instant("2026-12-04T15:00:00Z".parse().unwrap()));
    assert_eq!(dates, [local, local, instant, Some(Moment::Day(date(2026, 12, 4)))]);
}

#[test]
fn of_two_repeaters_of_org_the_first_counts() {
    let text = "* TODO a\nDEADLINE: <2026-12-04 Fri +1w> SCHEDULED: <2026-12-03 Thu .+2d>\n";
    let found = plan(Format::Org, text);
    let task = &found.records[0];
    assert_eq!(task.repeat.as_deref(), Some("RRULE:FREQ=WEEKLY;INTERVAL=1"));
    assert_eq!(task.repeat_from, Some(RepeatFrom::DueDate));
}

#[test]
fn an_invalid_date_of_org_is_reported_and_does_not_hide_the_next() {
    let text = "* TODO a\nDEADLINE: <2026-13-04 Fri> SCHEDULED: <2026-12-03 Thu>\n";
    let found = plan(Format::Org, text);
    let task = &found.records[0];
    assert_eq!((task.start, task.due), (Some(Moment::Day(date(2026, 12, 3))), None));
    assert_eq!(task.warning.as_deref(), Some("invalid date 2026-13-04 Fri"));
}

#[test]
fn org_has_ranges_drawers_and_blocks() {
    let text = "#+TODO: TODO FIXED\n* TODO top\nSCHEDULED: <2026-12-04 Fri 10:00-11:00 +1h>\n:LOGBOOK:\n- note\n:END:\n,* star\n\
        #+BEGIN_SRC\n- [ ] code\n#+END_SRC\n* List\n:PROPERTIES:\n:CATEGORY: Home\n:END:\n** Part\n*** FIXED [#C] deep :a:\n\
        DEADLINE: <2026-12-04 Fri>--<2026-12-06 Sun .+2d/4d>\n";
    let found = plan(Format::Org, text);
    let [top, deep] = &found.records[..] else { panic!() };
    assert_eq!((top.project.as_str(), top.content.lines().next()), ("file", Some("* star")));
    assert!(top.items.is_empty() && top.due.is_some() && top.warning.is_some());
    assert_eq!(
        (deep.project.as_str(), deep.column.as_deref(), deep.folder.as_deref()),
        ("List", Some("Part"), Some("Home"))
    );
    assert_eq!((deep.start, deep.due), (Some(Moment::Day(date(2026, 12, 4))), Some(Moment::Day(date(2026, 12, 6)))));
    assert_eq!(deep.status, TaskStatus::Completed);
}

#[test]
fn obsidian_has_quotes_fences_and_text() {
    let text = "> - [ ] quoted 📅\u{fe0f} 2026-12-01 #a 🔁 every day\n```\n- [ ] code\n```\n- [ ] top [ticktick:: 65f0c0ffee0123456789abcd] 📅 2026-12-01\n  more\n  - point\n    1. [x] inner %%65f0c0ffee0123456789abce%%\n- [ ] hidden 📅 2026-12-01 text\n";
    let found = plan(Format::Markdown, text);
    let [quoted, top, inner, hidden] = &found.records[..] else { panic!("{:?}", found.records) };
    assert_eq!(
        (quoted.tags.as_slice(), quoted.repeat_from.clone()),
        (&["a".to_owned()][..], Some(RepeatFrom::DueDate))
    );
    assert_eq!((top.content.as_str(), top.ticktick_id.as_deref()), ("more\n- point", Some("65f0c0ffee0123456789abcd")));
    assert_eq!((inner.parent, inner.ticktick_id.is_some()), (Some(1), true));
    assert_eq!((hidden.due, hidden.title.as_str()), (None, "hidden 📅 2026-12-01 text"));
}

#[test]
fn formats_are_recognized() {
    for (name, text, format) in [
        ("a.csv", "TYPE,CONTENT,PRIORITY,INDENT\n", Format::Todoist),
        ("a.json", "[{\"id\":1,\"description\":\"x\"}]", Format::Taskwarrior),
        ("a.ndjson", "{\"entity\":\"manifest\",\"format\":\"ticktick-archive\"}\n{}", Format::Ndjson),
        ("a.json", "{\"format\":\"ticktick-archive\"}", Format::Json),
        ("a", "begin:vcalendar\n", Format::Ics),
        ("a.org", "* TODO x", Format::Org),
        ("a.md", "[x](y)", Format::Markdown),
        ("todo.txt", "[x] y", Format::TodoTxt),
    ] {
        assert_eq!(detect(name, text.as_bytes()).unwrap(), format, "{name}");
    }
    assert!(detect("a.zip", b"PK\x03\x04x").unwrap_err().remedy().unwrap().contains("unzip"));
    assert!(detect("a.pdf", b"%PDF").unwrap_err().remedy().unwrap().contains("todotxt"));
}
