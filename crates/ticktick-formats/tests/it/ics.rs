//! A strict validator of the iCalendar files that are written.

use ticktick_formats::{Format, WriteOptions, write};

use crate::{context, plan};

/// Properties that each component may have; `!` marks required ones, and `*` those that may be repeated.
const ALLOWED: &[(&str, &[&str])] = &[
    ("VCALENDAR", &["VERSION!", "PRODID!", "CALSCALE", "METHOD"]),
    (
        "VTODO",
        &[
            "UID!",
            "DTSTAMP!",
            "CREATED",
            "LAST-MODIFIED",
            "SUMMARY",
            "DESCRIPTION",
            "CATEGORIES*",
            "RELATED-TO*",
            "DTSTART",
            "DUE",
            "PRIORITY",
            "STATUS",
            "PERCENT-COMPLETE",
            "COMPLETED",
            "RRULE",
            "RDATE*",
            "EXDATE*",
        ],
    ),
    (
        "VJOURNAL",
        &[
            "UID!",
            "DTSTAMP!",
            "CREATED",
            "LAST-MODIFIED",
            "SUMMARY",
            "DESCRIPTION*",
            "CATEGORIES*",
            "RELATED-TO*",
            "DTSTART",
            "STATUS",
            "RRULE",
            "RDATE*",
        ],
    ),
    ("VALARM", &["ACTION!", "DESCRIPTION!", "TRIGGER!"]),
    ("VTIMEZONE", &["TZID!"]),
    ("STANDARD", &["DTSTART!", "TZOFFSETFROM!", "TZOFFSETTO!", "TZNAME", "RRULE"]),
    ("DAYLIGHT", &["DTSTART!", "TZOFFSETFROM!", "TZOFFSETTO!", "TZNAME", "RRULE"]),
];

/// Which components may contain which.
const INSIDE: &[(&str, &[&str])] = &[
    ("VCALENDAR", &["VTODO", "VJOURNAL", "VTIMEZONE"]),
    ("VTODO", &["VALARM"]),
    ("VTIMEZONE", &["STANDARD", "DAYLIGHT"]),
];

#[derive(Default)]
struct Open {
    name: String,
    properties: Vec<(String, String)>,
}

/// Fails on anything that RFC 5545 does not allow in the components that are written.
pub(crate) fn validate(text: &str) {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end with CRLF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded at 75 octets");
    let unfolded = text.replace("\r\n ", "");
    let mut open: Vec<Open> = Vec::new();
    let mut zones = Vec::new();
    let mut used = Vec::new();
    for line in unfolded.split("\r\n").filter(|line| !line.is_empty()) {
        let (head, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line}"));
        let (name, params) = head.split_once(';').unwrap_or((head, ""));
        match name {
            "BEGIN" => {
                if let Some(parent) = open.last() {
                    let allowed =
                        INSIDE.iter().find(|(name, _)| *name == parent.name).map_or(&[][..], |(_, inner)| inner);
                    assert!(allowed.contains(&value), "{value} inside {}", parent.name);
                }
                open.push(Open { name: value.to_owned(), ..Open::default() });
            }
            "END" => {
                let done = open.pop().unwrap();
                assert_eq!(done.name, value);
                check(&done);
                if done.name == "VTIMEZONE" {
                    zones.push(done.properties[0].1.clone());
                }
            }
            _ => {
                used.extend(params.split(';').filter_map(|param| param.strip_prefix("TZID=")).map(str::to_owned));
                open.last_mut().unwrap().properties.push((head.to_owned(), value.to_owned()));
            }
        }
    }
    assert!(open.is_empty());
    assert!(used.iter().all(|zone| zones.contains(zone)), "{used:?} are explained by {zones:?}");
}

fn check(component: &Open) {
    let name = &component.name;
    let (_, allowed) = ALLOWED.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
    let count =
        |wanted: &str| component.properties.iter().filter(|(head, _)| head.split(';').next() == Some(wanted)).count();
    for (head, _) in &component.properties {
        let bare = head.split(';').next().unwrap();
        let is_known = allowed.iter().any(|one| one.trim_end_matches(['!', '*']) == bare);
        assert!(is_known || bare.starts_with("X-"), "{bare} in {name}");
    }
    for one in *allowed {
        let bare = one.trim_end_matches(['!', '*']);
        assert!(!one.ends_with('!') || count(bare) == 1, "{name} needs {bare}");
        assert!(one.ends_with('*') || count(bare) <= 1, "{bare} twice in {name}");
    }
    let get = |wanted: &str| component.properties.iter().find(|(head, _)| head.split(';').next() == Some(wanted));
    if let (Some((start, first)), Some((due, last))) = (get("DTSTART"), get("DUE")) {
        let kind = |head: &str| head.split_once(';').map_or("", |(_, params)| params).to_owned();
        assert_eq!(kind(start), kind(due), "DTSTART and DUE have one type");
        assert!(first < last, "DUE is later than DTSTART: {first} {last}");
    }
    if matches!(name.as_str(), "VTODO" | "VJOURNAL") {
        assert!(get("RRULE").is_none() || get("DTSTART").is_some(), "RRULE needs DTSTART");
        assert!(get("COMPLETED").is_none_or(|(_, value)| value.ends_with('Z')));
        let until = get("RRULE").and_then(|(_, rule)| rule.split(';').find_map(|part| part.strip_prefix("UNTIL=")));
        if let Some(until) = until {
            let is_day = get("DTSTART").unwrap().0.contains("VALUE=DATE");
            assert_eq!(until.len() == 8, is_day, "UNTIL has the type of DTSTART");
        }
    }
}

fn written(text: &str) -> String {
    let plan = plan(Format::BackupCsv, text);
    write(Format::Ics, &plan, &context(), WriteOptions::default()).files[0].1.clone()
}

#[test]
fn samples_are_valid() {
    for language in ["en", "zh"] {
        let path = format!("{}/tests/samples/ticktick-backup-{language}.csv", env!("CARGO_MANIFEST_DIR"));
        let text = written(&std::fs::read_to_string(path).unwrap());
        validate(&text);
        assert!(text.contains("BEGIN:VALARM") && text.contains("RRULE:FREQ="));
    }
}

#[test]
fn long_lines_and_odd_dates_are_valid() {
    let long = "ä;,\\".repeat(60);
    let text = written(&format!(
        "List Name,Title,Content,Start Date,Due Date,Repeat,Timezone,Is All Day,Is Floating,Tags\n\
         A,\"{long}\",\"x\ny\",2026-12-04T10:00:00+0000,2026-12-03T10:00:00+0000,,America/New_York,false,false,\"a b, c;d\"\n\
         A,series,,2026-12-04T10:00:00+0000,2026-12-04T10:00:00+0000,FREQ=DAILY;UNTIL=20270101,Europe/Berlin,false,false,\n\
         A,days,,2026-12-03T23:00:00+0000,2026-12-05T23:00:00+0000,FREQ=WEEKLY;UNTIL=20270101T000000Z,Europe/Berlin,true,false,\n\
         A,floating,,2026-12-04T10:00:00+0000,,FREQ=DAILY;TT_SKIP=WEEKEND,Asia/Tokyo,false,true,\n\
         A,listed,,2026-12-01T23:00:00+0000,,ERULE:NAME=CUSTOM;BYDATE=20261202,Europe/Berlin,true,false,\n"
    ));
    validate(&text);
    assert!(text.contains("TZID:America/New_York") && text.contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"));
    assert!(text.contains("RDATE;VALUE=DATE:20261202"));
}

#[test]
fn zones_without_a_yearly_rule_list_their_changes() {
    // In Gaza, the changes depend on the month of Ramadan.
    let text = written(
        "List Name,Title,Due Date,Timezone,Is All Day\nA,a,2026-02-04T10:00:00+0000,Asia/Gaza,false\n\
         A,b,2026-02-04T10:00:00+0000,Asia/Kolkata,false\n",
    );
    validate(&text);
    assert!(text.matches("TZOFFSETFROM").count() > 10);
    assert!(text.contains("TZOFFSETTO:+0530"));
}
