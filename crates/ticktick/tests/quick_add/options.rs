//! Flags, options, notes and what was found.

use ticktick::jiff::civil::{date, time};
use ticktick::quick_add::{FoundField, Problem, QuickAdd, QuickReminder, reminders_text};
use ticktick::task::RepeatFrom;
use ticktick::{Due, Priority, TaskDraft, Trigger};

use crate::world::{at, summary};

fn reader() -> QuickAdd {
    at("2026-11-26T10:00[Europe/Berlin]")
}

fn read(reader: &QuickAdd, line: &str) -> String {
    reader.parse(line).map_or_else(|error| format!("ERROR {}", error.reason()), |parsed| summary(&parsed))
}

#[test]
fn a_flag_wins_over_unmarked_words() {
    let due = reader().due("fri");
    assert_eq!(read(&due, "Call Bob tomorrow 9am"), "Call Bob tomorrow 9am 2026-11-27");
    assert_eq!(read(&due, "Call Bob every week"), "Call Bob 2026-11-27 FREQ=WEEKLY;FROM=2");
    assert_eq!(read(&due, "Call Bob -1d"), "Call Bob 2026-11-27 remind=1d 09:00");
    let repeat = reader().repeat("every mon,thu");
    assert_eq!(read(&repeat, "Gym every day"), "Gym every day 2026-11-26 BYDAY=MO,TH;FREQ=WEEKLY;FROM=2");
    assert_eq!(read(&repeat, "Gym mon 9am"), "Gym 2026-11-30T09:00+01:00 BYDAY=MO,TH;FREQ=WEEKLY;FROM=2");
    let remind = reader().reminders("10m");
    assert_eq!(read(&remind, "Call remind 1h fri 9am"), "Call remind 1h 2026-11-27T09:00+01:00 remind=10m");
    assert_eq!(read(&reader().repeat("daily"), "Gym every monday"), "Gym every monday 2026-11-26 FREQ=DAILY;FROM=2");
}

#[test]
fn a_flag_and_a_mark_for_one_field_are_an_error() {
    let cases = [
        (reader().due("fri"), "Call *tomorrow", "date"),
        (reader().due("fri"), "Call due:none", "date"),
        (reader().due("fri"), "Call *9am", "date"),
        (reader().project("Home"), "Call ~Work", "project"),
        (reader().priority(Priority::High), "Call !low", "priority"),
        (reader().repeat("daily"), "Call *every week", "repeat"),
        (reader().reminders("10m"), "Call due:fri 9am remind 1h ok", "reminders"),
    ];
    for (reader, line, field) in cases {
        let error = reader.parse(line).unwrap_err();
        assert_eq!(error.problem(), Problem::Contradiction, "{line}");
        assert_eq!(error.reason(), format!("both a flag and the line give the {field}"), "{line}");
    }
    // A flag for the date and a marked repeat are different fields.
    assert_eq!(read(&reader().due("fri"), "Call *every week"), "Call 2026-11-27 FREQ=WEEKLY;FROM=2");
}

#[test]
fn flags_set_fields_and_tags_add_up() {
    let reader = reader().project("Home").priority(Priority::Low).tag("a").tag("B").due("9am");
    assert_eq!(read(&reader, "Call #b #c"), "Call ~Home #b #c #a !low 2026-11-27T09:00+01:00");
}

#[test]
fn a_wrong_value_of_a_flag_is_an_error() {
    assert_eq!(reader().due("soonish").parse("Call").unwrap_err().problem(), Problem::UnknownValue);
    assert_eq!(reader().repeat("sometimes").parse("Call").unwrap_err().problem(), Problem::UnknownValue);
    assert_eq!(reader().reminders("later").parse("Call fri").unwrap_err().problem(), Problem::UnknownValue);
    assert_eq!(reader().due("fri").repeat("every monday").parse("Call").unwrap_err().problem(), Problem::Contradiction);
    assert_eq!(reader().due("none").repeat("daily").parse("Call").unwrap_err().problem(), Problem::MissingDate);
    assert_eq!(reader().reminders("10m").parse("Call").unwrap_err().problem(), Problem::MissingDate);
    assert_eq!(reader().due("fri").reminders("10m").parse("Call").unwrap_err().problem(), Problem::Contradiction);
}

#[test]
fn a_literal_line_is_the_title() {
    let literal = reader().literal(true);
    assert_eq!(read(&literal, " Pay #home  tomorrow \\friday "), "Pay #home  tomorrow \\friday");
    assert_eq!(read(&literal.due("fri"), "Pay tomorrow"), "Pay tomorrow 2026-11-27");
    assert_eq!(reader().literal(true).parse("  ").unwrap_err().problem(), Problem::EmptyTitle);
}

#[test]
fn keep_text_leaves_the_words() {
    let keep = reader().keep_text(true);
    assert_eq!(read(&keep, "Pay rent,  tomorrow #home"), "Pay rent, tomorrow #home #home 2026-11-27");
    assert_eq!(read(&keep, "Watch \\Friday tomorrow"), "Watch Friday tomorrow 2026-11-27");
    assert_eq!(read(&keep, "tomorrow"), "tomorrow 2026-11-27");
}

#[test]
fn all_day_reminders_ring_at_the_time_of_the_account() {
    let reader = reader().all_day_reminder(time(7, 30, 0, 0));
    assert_eq!(read(&reader, "Call fri remind 1d"), "Call 2026-11-27 remind=1d 07:30");
}

#[test]
fn notes_name_doubtful_words() {
    let notes = |line: &str| {
        let parsed = reader().parse(line).unwrap();
        parsed.notes.iter().map(|note| format!("{}: {}", &line[note.span.clone()], note.text)).collect::<Vec<_>>()
    };
    assert_eq!(notes("Fix !hihg"), ["!hihg: \"!hihg\" stays in the title; did you mean `!high`?"]);
    assert_eq!(notes("Ask @anna"), ["@anna: \"@anna\" stays in the title; to assign the task, use --assign"]);
    assert_eq!(notes("Invoice 2026-10-31").len(), 1);
    assert_eq!(notes("Party 31 feb"), ["31 feb: \"31 feb\" stays in the title: there is no date 31 February"]);
    assert_eq!(notes("Buy monitor 16:10").len(), 1);
    assert_eq!(notes("Prepare for Monday"), ["Monday: \"Monday\" stays in the title, because of the word before it"]);
    for line in ["Fix !important", "Buy milk", "Mail a@b.de", "Watch \\Friday", "Watch \"Friday\""] {
        assert_eq!(notes(line), [""; 0], "{line}");
    }
}

#[test]
fn found_names_the_text_of_each_field() {
    let line = "Pay rent tomorrow 9am !high #home ~Flat every month remind 10m";
    let parsed = reader().parse(line).unwrap();
    let found: Vec<_> = parsed.found.iter().map(|found| (found.text.as_str(), found.field)).collect();
    let expected = [
        ("tomorrow", FoundField::Date),
        ("9am", FoundField::Time),
        ("!high", FoundField::Priority),
        ("#home", FoundField::Tag),
        ("~Flat", FoundField::Project),
        ("every month", FoundField::Repeat),
        ("remind 10m", FoundField::Reminder),
    ];
    assert_eq!(found, expected);
    assert!(parsed.found.iter().all(|found| line[found.span.clone()] == found.text));
}

#[test]
fn a_result_becomes_a_draft() {
    let parsed = reader().parse("Water plants every! 3 days 6pm !high #home remind 1h").unwrap();
    let draft = TaskDraft::new("Water plants")
        .tag("home")
        .priority(Priority::High)
        .due(Due::at("2026-11-26T18:00[Europe/Berlin]".parse().unwrap()))
        .repeat("RRULE:FREQ=DAILY;INTERVAL=3")
        .repeat_from(RepeatFrom::Completion)
        .reminder(Trigger::from("TRIGGER:-PT1H"));
    assert_eq!(parsed.draft(), draft);
    let parsed = reader().parse("Call fri remind 1d 6pm").unwrap();
    let day = TaskDraft::new("Call").due(Due::day(date(2026, 11, 27)));
    assert_eq!(parsed.draft(), day.reminder(Trigger::on_day(1, time(18, 0, 0, 0))));
    assert_eq!(reader().parse("Call due:none").unwrap().draft(), TaskDraft::new("Call"));
}

#[test]
fn repeats_are_read_in_words_and_as_rules() {
    let read = |text: &str| reader().parse_repeat(text).map(|repeat| repeat.to_string());
    assert_eq!(read("every 2 weeks").unwrap(), "RRULE:FREQ=WEEKLY;INTERVAL=2;FROM=2");
    assert_eq!(read("daily from completion").unwrap(), "RRULE:FREQ=DAILY;INTERVAL=1;FROM=1");
    assert_eq!(read("每周一").unwrap(), "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;FROM=2");
    assert_eq!(read("RRULE:FREQ=DAILY;INTERVAL=2").unwrap(), "RRULE:FREQ=DAILY;INTERVAL=2;FROM=2");
    assert_eq!(read("freq=daily;from=1").unwrap(), "RRULE:FREQ=DAILY;FROM=1");
    for wrong in ["", "often", "tomorrow", "every second monday", "RRULE:FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;FROM=7"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn reminders_are_read_for_a_date() {
    let day = Due::day(date(2026, 12, 1));
    let timed = Due::at("2026-12-01T09:00[Europe/Berlin]".parse().unwrap());
    let read = |text: &str, due: &Due| reader().parse_reminders(text, due).map(|found| reminders_text(&found));
    assert_eq!(read("10m", &timed).unwrap(), "10m");
    assert_eq!(read("-10m", &timed).unwrap(), "10m");
    assert_eq!(read("remind me 1 hour before", &timed).unwrap(), "1h");
    assert_eq!(read("1h, 10m", &timed).unwrap(), "1h,10m");
    assert_eq!(read("0m", &timed).unwrap(), "0m");
    assert_eq!(read("提前10分钟", &timed).unwrap(), "10m");
    assert_eq!(read("1d 6pm", &day).unwrap(), "1d 18:00");
    for (wrong, due) in [("9am", &timed), ("10m", &day), ("", &timed), ("soon", &timed), ("fri", &timed)] {
        assert!(read(wrong, due).is_err(), "{wrong}");
    }
    assert_eq!(QuickReminder::Before { days: 0, hours: 0, minutes: 0 }.to_string(), "0m");
}
