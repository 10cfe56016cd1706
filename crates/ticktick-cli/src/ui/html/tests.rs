//! Tests that the page is complete, safe and readable.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::ui::habits::Day;

pub(super) fn busy(days: i32) -> Report {
    let last = date(2026, 11, 26);
    let first = last.checked_sub((days - 1).days()).unwrap();
    let all = || (0..days).map(|day| first.checked_add(day.days()).unwrap());
    let projects =
        ["🏡 Home", "Work", "<script>alert(1)</script>", "日本語の勉強", "A project with a very long name, longer"];
    let tasks = all().enumerate().flat_map(|(at, day)| {
        let count = (at * 7 + 3) % 5;
        (0..count).map(move |one| Completed {
            day,
            title: format!("Task {at}.{one} \" onload='x' & <b>"),
            project: projects[(at + one * one) % 5].into(),
        })
    });
    let habit_day = |at: usize| match at % 9 {
        0 => Some(Day::Part(0.4)),
        3 => None,
        5 => Some(Day::Undone),
        7 => Some(Day::Off),
        _ => Some(Day::Done),
    };
    let habit = |name: &str, goal: Option<&str>| Habit {
        name: name.into(),
        goal: goal.map(str::to_owned),
        days: all().enumerate().filter_map(|(at, day)| Some((day, habit_day(at)?))).collect(),
        streak: 12,
        best: 31,
        rate: Some(0.92),
        week: goal.map(|_| (3, 3)),
    };
    Report {
        first,
        last,
        today: last,
        week_starts_on: Weekday::Monday,
        made: "Thu 26 Nov 2026, 10:00 (Europe/Berlin)".into(),
        tasks: tasks.collect(),
        focus_days: all().enumerate().map(|(at, day)| (day, (at as u64 * 37 % 7) * 1_500)).collect(),
        focus_tasks: (0..15).map(|at| (format!("Task {at} <i>"), 400 * at * at)).collect(),
        habits: vec![habit("Read", None), habit("Run </svg>", Some("5 km"))],
    }
}

#[test]
fn a_page_contains_nothing_that_runs_or_loads() {
    let page = page(&busy(30));
    for refused in ["<script", "javascript:", "<img", "<link", "http://", "https://", "url(", "@import", "<b>", "<i>"] {
        assert!(!page.contains(refused), "{refused}");
    }
    let handlers = page.match_indices(" on").filter(|(at, _)| page[*at..].starts_with(" onload='"));
    assert_eq!(handlers.count(), 0);
    assert_eq!(page.matches("</svg>").count(), page.matches("<svg ").count());
}

#[test]
fn ids_are_unique_and_each_chart_has_a_title_and_a_description() {
    let page = page(&busy(30));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len());
    assert_eq!(page.matches("role=\"img\"").count() * 2, ids.len());
}

#[test]
fn an_empty_account_has_a_page() {
    let empty = Report { tasks: vec![], focus_days: vec![], focus_tasks: vec![], habits: vec![], ..busy(30) };
    let page = page(&empty);
    assert!(page.contains("Nothing in this time.") && page.contains("No habits.") && !page.contains("<svg"));
}

#[test]
fn elements_are_balanced() {
    for days in [1, 8, 62, 400] {
        let page = page(&busy(days));
        let mut open = Vec::new();
        for tag in page.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            let name = tag.split([' ', '\n']).next().unwrap_or_default();
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{days}"),
                None if tag.ends_with('/') || matches!(name, "meta" | "!DOCTYPE") => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

/// Returns the colors of the light and the dark palette.
fn palettes() -> [HashMap<String, [f64; 3]>; 2] {
    let read = |text: &str| {
        let lines = text.lines().take_while(|line| !line.trim().starts_with("* {")).filter_map(|line| {
            let (name, color) = line.trim().strip_prefix("--")?.split_once(": #")?;
            let channel = |at: usize| u8::from_str_radix(&color[at..at + 2], 16).map(f64::from).ok();
            Some((name.to_owned(), [channel(0)?, channel(2)?, channel(4)?]))
        });
        lines.collect()
    };
    let (light, dark) = STYLE.split_once("@media (prefers-color-scheme: dark)").unwrap();
    [read(light), read(dark)]
}

/// Returns the contrast of two colors as WCAG 2 defines it.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |color: [f64; 3]| {
        let linear = color.map(|channel| match channel / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn colors_have_the_contrast_that_wcag_aa_asks_for() {
    for palette in palettes() {
        assert_eq!(palette.len(), 9);
        for ground in ["page", "card"].map(|name| palette[name]) {
            for text in ["text", "muted", "tasks", "focus", "habits", "missed"] {
                assert!(contrast(palette[text], ground) >= 4.5, "{text}");
            }
        }
    }
}
