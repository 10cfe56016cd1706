//! Random tasks survive a format that can hold them, and no input makes a reader panic.

use proptest::prelude::*;
use ticktick::{Priority, TaskStatus};
use ticktick_formats::record::{Alarm, Item, Moment, Record};
use ticktick_formats::{Format, Plan, WriteOptions, read, write};

use crate::{context, plan};

/// Any text on one line, without outer spaces.
fn line() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9äß世✈=+@#,;:\"'\\\\<>|*_. -]{1,40}"
        .prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .prop_filter("not empty", |text| !text.is_empty())
}

/// Words without any mark that a format could read as something else.
fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zäß世]{2,8}", 1..4).prop_map(|words| words.join(" "))
}

fn day() -> impl Strategy<Value = jiff::civil::Date> {
    (2020i16..2040, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day))
}

prop_compose! {
    fn record(title: fn() -> BoxedStrategy<String>)(
        title in title(),
        content in proptest::collection::vec(line(), 0..3),
        priority in prop_oneof![Just(Priority::None), Just(Priority::Low), Just(Priority::Medium), Just(Priority::High)],
        status in prop_oneof![Just(TaskStatus::Open), Just(TaskStatus::Completed), Just(TaskStatus::WontDo)],
        date in proptest::option::of((day(), proptest::option::of((0i8..24, 0i8..60)))),
        tags in proptest::collection::btree_set("[a-zä]{1,6}", 0..3),
        items in proptest::collection::vec((words(), any::<bool>()), 0..3),
        alarm in any::<bool>(),
        order in any::<i64>(),
    ) -> Record {
        let mut record = Record::new(Format::BackupCsv, 0, title, "List");
        (record.priority, record.status, record.order) = (priority, status, Some(order));
        record.tags = tags.into_iter().collect();
        record.content = content.join("\n");
        record.items = items.into_iter().map(|(title, done)| Item { title, done }).collect();
        record.zone = Some("America/New_York".to_owned());
        if let Some((day, time)) = date {
            let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
            let instant = |(hour, minute)| zone.to_timestamp(day.at(hour, minute, 0, 0)).unwrap();
            record.start = Some(time.map_or(Moment::Day(day), |time| Moment::Instant(instant(time))));
            record.due = record.start;
            record.all_day = time.is_none();
            record.alarms.extend(alarm.then(|| Alarm::Start(if time.is_some() { "-PT30M" } else { "P0DT9H0M0S" }.to_owned())));
        }
        record
    }
}

fn any_title() -> BoxedStrategy<String> {
    line().boxed()
}

fn plain_title() -> BoxedStrategy<String> {
    words().boxed()
}

/// Writes records and reads them again.
fn through(format: Format, records: Vec<Record>) -> Vec<Record> {
    let mut before = plan(Format::TodoTxt, "");
    before.records = records;
    let written = write(format, &before, &context(), WriteOptions::default());
    let parts =
        written.files.iter().flat_map(|(name, text)| read(format, text.as_bytes(), name, &context()).unwrap().records);
    parts.collect()
}

/// Compares the members that a format holds.
fn same(before: &[Record], after: &[Record], key: impl Fn(&Record) -> String) -> Result<(), TestCaseError> {
    prop_assert_eq!(before.iter().map(&key).collect::<Vec<_>>(), after.iter().map(&key).collect::<Vec<_>>());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn backups_hold_everything(records in proptest::collection::vec(record(any_title), 0..6)) {
        let after = through(Format::BackupCsv, records.clone());
        same(&records, &after, |one| format!(
            "{:?}", (&one.title, &one.content, one.priority, one.status, one.start, one.due, &one.tags, &one.items, &one.alarms, one.order)
        ))?;
    }

    #[test]
    fn calendars_hold_texts_and_dates(records in proptest::collection::vec(record(any_title), 0..6)) {
        let mut before = plan(Format::TodoTxt, "");
        before.records.clone_from(&records);
        crate::ics::validate(&write(Format::Ics, &before, &context(), WriteOptions::default()).files[0].1);
        let after = through(Format::Ics, records.clone());
        same(&records, &after, |one| format!(
            "{:?}", (&one.title, &one.content, one.priority, one.status, one.due, &one.tags, &one.items, &one.alarms)
        ))?;
    }

    #[test]
    fn todo_txt_holds_words_and_days(records in proptest::collection::vec(record(plain_title), 0..6)) {
        let after = through(Format::TodoTxt, records.clone());
        let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
        let day = |one: &Record| one.due.map(|due| match due {
            Moment::Instant(at) => zone.to_datetime(at).date(),
            Moment::Local(at) => at.date(),
            Moment::Day(day) => day,
        });
        same(&records, &after, |one| format!("{:?}", (&one.title, one.priority, one.status, day(one), &one.tags)))?;
    }

    #[test]
    fn nothing_makes_a_reader_panic(text in "(\\PC|\n|\r|\t){0,300}", cut in 0usize..4000) {
        let sample = include_str!("../samples/tasks.ics");
        let cut = (0..=cut.min(sample.len())).rev().find(|at| sample.is_char_boundary(*at)).unwrap();
        for format in Format::ALL {
            let found: Option<Plan> = read(format, text.as_bytes(), "x", &context()).ok();
            for other in Format::ALL {
                let _ = found.as_ref().map(|plan| write(other, plan, &context(), WriteOptions::default()));
            }
            let _ = read(format, &sample.as_bytes()[..cut], "x", &context());
        }
    }
}

/// Titles made of words that are marks of a format.
fn hostile_title() -> BoxedStrategy<String> {
    const WORDS: [&str; 40] = [
        "x",
        "X",
        "(A)",
        "(b)",
        "2026-01-01",
        "+Work",
        "@home",
        "due:2026-01-01",
        "t:x",
        "rec:1w",
        "pri:A",
        "id:1",
        "http://a.b/c:d",
        "17:30",
        "*",
        "**",
        "[x]",
        "[ ]",
        "- [ ]",
        "[#A]",
        "[#123]",
        ":tag:",
        "TODO",
        "DONE",
        "#tag",
        "#1",
        "##",
        "📅",
        "📅 2026-01-01",
        "🔁 every day",
        "⏫",
        "[due:: 2026-01-01]",
        "(a:: b)",
        "%%a%%",
        "%%",
        "\\",
        "\\#tag",
        "\\@home",
        "(untitled)",
        "word",
    ];
    let words = proptest::collection::vec(proptest::sample::select(&WORDS[..]), 1..5);
    words.prop_map(|words| words.join(" ")).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn titles_that_look_like_marks_come_back(records in proptest::collection::vec(record(hostile_title), 1..4)) {
        let texts = [Format::TodoTxt, Format::Org, Format::Markdown, Format::BackupCsv, Format::Ics, Format::Taskwarrior];
        for format in texts {
            let mut before = records.clone();
            // Markdown has checklists as subtasks.
            before.iter_mut().filter(|_| format == Format::Markdown).for_each(|record| record.items.clear());
            let after = through(format, before.clone());
            same(&before, &after, |one| format!("{format} {:?}", (&one.title, one.priority, one.status, &one.tags)))?;
        }
        let open: Vec<Record> = records.iter().filter(|record| record.is_open()).cloned().collect();
        let mut open = open;
        open.iter_mut().for_each(|record| record.items.clear());
        let after = through(Format::Todoist, open.clone());
        same(&open, &after, |one| format!("{:?}", (&one.title, one.priority, &one.tags, one.header)))?;
    }
}

/// Lines of content that are marks of a format.
fn hostile_lines() -> impl Strategy<Value = String> {
    const LINES: [&str; 30] = [
        "* star",
        "** TODO x",
        "- [ ] box",
        "- [x] done",
        "+ [ ] plus",
        "1. [ ] one",
        "- plain",
        "```",
        "~~~",
        "",
        "  indented",
        "    code",
        "> quote",
        ":END:",
        ":PROPERTIES:",
        ":ID: x",
        "#+BEGIN_SRC",
        "#+END_SRC",
        "#+TITLE: x",
        "# comment",
        "## heading",
        "\\line",
        "\\\\two",
        ",comma",
        ",* star",
        "DEADLINE: <2026-01-01>",
        "  CLOSED: x",
        "---",
        "\ttab",
        "text 📅 2026-01-01",
    ];
    proptest::collection::vec(proptest::sample::select(&LINES[..]), 0..5).prop_map(|lines| lines.join("\n"))
}

/// Names of projects and columns that have a meaning in a format.
fn hostile_name() -> impl Strategy<Value = String> {
    const NAMES: [&str; 12] =
        ["C#", "# x", "TODO x", "DONE", "A :b:", ":b:", "* x", "[#A] x", "x ##", "List", "- [ ] x", "Inbox 2"];
    proptest::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn contents_and_names_that_look_like_marks_come_back(
        record in record(hostile_title), content in hostile_lines(), project in hostile_name(), column in hostile_name(),
    ) {
        let mut record = record;
        (record.project, record.column) = (project, Some(column));
        record.content = content.trim_matches('\n').trim_end().to_owned();
        for format in [Format::Org, Format::Markdown, Format::BackupCsv, Format::Ics, Format::Taskwarrior] {
            let mut before = record.clone();
            if format == Format::Markdown {
                before.items.clear();
            }
            let after = through(format, vec![before.clone()]);
            same(&[before], &after, |one| format!("{format} {:?}", (&one.title, one.content.trim(), &one.project, &one.column, &one.items)))?;
        }
    }
}
