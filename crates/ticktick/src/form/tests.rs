use std::fmt::Debug;

use jiff::civil::{date, time};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use ticktick_models::{
    CountdownKind, Due, Habit, Priority, ProjectKind, Recurrence, Task, TaskKind, Trigger, ViewMode,
};

use crate::countdown::{CountdownDraft, CountdownPatch};
use crate::filter::{FilterDraft, FilterPatch};
use crate::focus::{FocusDraft, TimerDraft};
use crate::habit::{HabitDraft, HabitPatch};
use crate::project::{ProjectDraft, ProjectPatch};
use crate::tag::{TagDraft, TagPatch};
use crate::task::{ItemDraft, TaskDraft, TaskPatch};

/// Applies a setter if its bit is set, so that a number chooses any combination of setters.
macro_rules! some_of {
    ($bits:expr, $start:expr; $(|$one:ident| $set:expr),* $(,)?) => {{
        let (mut bits, mut one): (u32, _) = ($bits, $start);
        $(
            if bits & 1 == 1 {
                let $one = one;
                one = $set;
            }
            bits >>= 1;
        )*
        let _ = bits;
        one
    }};
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    let back: T = serde_json::from_str(&json).unwrap();
    assert_eq!(back, *value, "{json}");
    assert_eq!(serde_json::to_string(&back).unwrap(), json);
}

fn due(bits: u32) -> Due {
    let day = date(2026, 3, 1);
    match bits % 3 {
        0 => Due::day(day),
        1 => Due::at("2026-03-01T09:00[Europe/Berlin]".parse().unwrap()),
        _ => Due::floating(day.at(7, 30, 0, 0)),
    }
}

fn task_draft(bits: u32, text: &str) -> TaskDraft {
    some_of!(bits, TaskDraft::new(text);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.project("inbox"),
        |one| one.column("65f0a1b2c3d4e5f6a7b8c9d1"),
        |one| one.kind(TaskKind::Note),
        |one| one.content(text),
        |one| one.priority(Priority::Unknown(4)),
        |one| one.tag(text).tag("work"),
        |one| one.due(due(bits)),
        |one| one.repeat(Recurrence::weekly()),
        |one| one.reminder(Trigger::on_day(1, time(9, 0, 0, 0))),
        |one| one.item(text).item(ItemDraft::new(text).done().due(due(bits))),
        |one| one.pinned(),
        |one| one.at_top(),
        |one| one.at_bottom(),
    )
}

fn task_patch(bits: u32, text: &str) -> TaskPatch {
    some_of!(bits, TaskPatch::new();
        |one| one.title(text),
        |one| one.content(text),
        |one| one.priority(Priority::Low),
        |one| one.due(due(bits)),
        |one| one.clear_due(),
        |one| one.repeat("RRULE:FREQ=DAILY"),
        |one| one.clear_repeat(),
        |one| one.reminders([Trigger::at_start()]),
        |one| one.tags([text]),
        |one| one.column("65f0a1b2c3d4e5f6a7b8c9d1"),
        |one| one.clear_column(),
    )
}

fn project(bits: u32, text: &str) -> (ProjectDraft, ProjectPatch) {
    let draft = some_of!(bits, ProjectDraft::new(text);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.color(text),
        |one| one.view_mode(ViewMode::Unknown("gantt".into())),
        |one| one.kind(ProjectKind::Note),
        |one| one.folder("65f0a1b2c3d4e5f6a7b8c9d1"),
        |one| one.in_all(false),
        |one| one.muted(true),
        |one| one.sort_order(i64::MIN),
    );
    let patch = some_of!(bits, ProjectPatch::new();
        |one| one.name(text),
        |one| one.color(text),
        |one| one.clear_color(),
        |one| one.view_mode(ViewMode::Kanban),
        |one| one.kind(ProjectKind::Task),
        |one| one.folder("65f0a1b2c3d4e5f6a7b8c9d1"),
        |one| one.clear_folder(),
        |one| one.in_all(true),
        |one| one.muted(false),
        |one| one.sort_order(0),
    );
    (draft, patch)
}

fn tag(bits: u32, text: &str) -> (TagDraft, TagPatch) {
    let draft = some_of!(bits, TagDraft::new(text); |one| one.parent("work"), |one| one.color(text));
    let patch = some_of!(bits, TagPatch::new();
        |one| one.color(text),
        |one| one.clear_color(),
        |one| one.parent("work"),
        |one| one.clear_parent(),
        |one| one.sort_order(-1),
    );
    (draft, patch)
}

fn filter(bits: u32, text: &str) -> (FilterDraft, FilterPatch) {
    let draft = some_of!(bits, FilterDraft::new(text, text);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.view_mode(ViewMode::List),
        |one| one.sort_order(7),
    );
    let patch = some_of!(bits, FilterPatch::new();
        |one| one.name(text),
        |one| one.rule(text),
        |one| one.view_mode(ViewMode::List),
        |one| one.clear_view_mode(),
        |one| one.sort_order(0),
    );
    (draft, patch)
}

fn habit(bits: u32, text: &str) -> (HabitDraft, HabitPatch) {
    let day = date(2026, 3, 1);
    let draft = some_of!(bits, HabitDraft::new(text);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.amount(0.1, text),
        |one| one.step(2.5),
        |one| one.color(text),
        |one| one.icon(text),
        |one| one.encouragement(text),
        |one| one.repeat(text),
        |one| one.reminder(time(18, 30, 0, 0)),
        |one| one.asks_for_note(),
        |one| one.target_days(u32::MAX),
        |one| one.target_start(day),
    );
    let patch = some_of!(bits, HabitPatch::new();
        |one| one.name(text),
        |one| one.color(text),
        |one| one.icon(text),
        |one| one.encouragement(text),
        |one| one.clear_encouragement(),
        |one| one.goal(0.1),
        |one| one.step(2.5),
        |one| one.unit(text),
        |one| one.clear_section(),
        |one| one.repeat(text),
        |one| one.reminders([time(18, 30, 0, 0)]),
        |one| one.asks_for_note(false),
        |one| one.target_days(30),
        |one| one.target_start(day),
        |one| one.clear_target_start(),
    );
    (draft, patch)
}

fn countdown(bits: u32, text: &str) -> (CountdownDraft, CountdownPatch) {
    let day = date(1815, 12, 10);
    let draft = some_of!(bits, CountdownDraft::new(text, day);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.kind(CountdownKind::Birthday),
        |one| one.color(text),
        |one| one.icon(text),
        |one| one.remark(text),
        |one| one.yearly(),
        |one| one.count_up(),
    );
    let patch = some_of!(bits, CountdownPatch::new();
        |one| one.name(text),
        |one| one.day(day),
        |one| one.kind(CountdownKind::Holiday),
        |one| one.color(text),
        |one| one.clear_color(),
        |one| one.icon(text),
        |one| one.remark(text),
        |one| one.clear_remark(),
        |one| one.yearly(),
        |one| one.clear_repeat(),
    );
    (draft, patch)
}

fn focus(bits: u32, text: &str) -> (FocusDraft, TimerDraft) {
    let (start, end) = ("2026-03-01T09:00:00Z".parse().unwrap(), "2026-03-01T09:25:00.5Z".parse().unwrap());
    let draft = some_of!(bits, FocusDraft::new(start, end);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.stopwatch(),
        |one| one.note(text),
        |one| one.paused(90),
        |one| one.on_task(&Task::new("a", "b")),
        |one| one.on_habit(&Habit::new("c")),
    );
    let timer = some_of!(bits, TimerDraft::pomodoro(text, 25);
        |one| one.id("65f0a1b2c3d4e5f6a7b8c9d0"),
        |one| one.color(text),
        |one| one.icon(text),
    );
    (draft, timer)
}

proptest! {
    #[test]
    fn every_draft_and_patch_comes_back(bits: u32, text in "\\PC{0,6}") {
        comes_back(&task_draft(bits, &text));
        comes_back(&task_patch(bits, &text));
        let (draft, patch) = project(bits, &text);
        comes_back(&draft);
        comes_back(&patch);
        let (draft, patch) = tag(bits, &text);
        comes_back(&draft);
        comes_back(&patch);
        let (draft, patch) = filter(bits, &text);
        comes_back(&draft);
        comes_back(&patch);
        let (draft, patch) = habit(bits, &text);
        comes_back(&draft);
        comes_back(&patch);
        let (draft, patch) = countdown(bits, &text);
        comes_back(&draft);
        comes_back(&patch);
        let (draft, timer) = focus(bits, &text);
        comes_back(&draft);
        comes_back(&timer);
    }
}

#[test]
fn the_form_of_a_draft_is_closed_and_leaves_out_what_is_not_set() {
    let draft = TaskDraft::from("Milk").tag("errands").due(Due::day(date(2026, 3, 1))).at_top();
    let json = r#"{"title":"Milk","tags":["errands"],"due":{"kind":"day","date":"2026-03-01"},"position":"top"}"#;
    assert_eq!(serde_json::to_string(&draft).unwrap(), json);
    assert_eq!(serde_json::from_str::<TaskDraft>(r#"{"title":"Milk"}"#).unwrap(), TaskDraft::new("Milk"));
    let error = serde_json::from_str::<TaskDraft>(r#"{"title":"Milk","status":0}"#).unwrap_err().to_string();
    assert!(error.contains("unknown field `status`"), "{error}");
    assert!(serde_json::from_str::<TaskDraft>("{}").is_err(), "a task needs a title");
}

#[test]
fn a_patch_keeps_clears_and_sets() {
    let patch = TaskPatch::new().title("Milk").clear_due();
    assert_eq!(serde_json::to_string(&patch).unwrap(), r#"{"title":"Milk","due":null}"#);
    assert_eq!(serde_json::to_string(&TaskPatch::new()).unwrap(), "{}");
}

#[test]
fn changes_come_back() {
    let mut changes = crate::Changes::default();
    comes_back(&changes);
    changes.tasks.added.push("a".into());
    changes.tags.removed.push("work".into());
    comes_back(&changes);
    assert!(
        serde_json::to_string(&changes).unwrap().starts_with(r#"{"tasks":{"added":["a"],"changed":[],"removed":[]}"#)
    );
}
