//! Rows of the samples, and how a result is compared with them.

use ticktick::Priority;
use ticktick::quick_add::{Parsed, QuickAdd, reminders_text};

/// A reader at a time.
pub(crate) fn at(now: &str) -> QuickAdd {
    QuickAdd::new(&now.parse().unwrap())
}

/// Splits a file of the samples into rows, without the header.
pub(crate) fn rows(file: &str) -> Vec<Vec<&str>> {
    file.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split('\t').collect()).collect()
}

/// A result in the columns of the samples: title, project, tags, priority, due, repeat, reminders.
pub(crate) fn columns(parsed: &Parsed) -> [String; 7] {
    let priority = match parsed.priority {
        Some(Priority::High) => "high",
        Some(Priority::Medium) => "medium",
        Some(Priority::Low) => "low",
        Some(_) => "none",
        None => "",
    };
    [
        parsed.title.clone(),
        parsed.project.clone().unwrap_or_default(),
        parsed.tags.join(","),
        priority.to_owned(),
        parsed.due.as_ref().map(ToString::to_string).unwrap_or_default(),
        parsed.repeat.as_ref().map(|repeat| rule(&repeat.to_string())).unwrap_or_default(),
        reminders_text(&parsed.reminders),
    ]
}

/// A rule with its parts sorted and without an interval of 1.
pub(crate) fn rule(text: &str) -> String {
    let Some(parts) = text.strip_prefix("RRULE:") else { return text.to_owned() };
    let mut parts: Vec<&str> = parts.split(';').filter(|part| *part != "INTERVAL=1").collect();
    parts.sort_unstable();
    parts.join(";")
}

/// A result on one line: the title and the fields that are not empty.
pub(crate) fn summary(parsed: &Parsed) -> String {
    let [title, project, tags, priority, due, repeat, reminders] = columns(parsed);
    let marked = |mark: &str, text: String| if text.is_empty() { text } else { format!("{mark}{text}") };
    let tags: Vec<String> = tags.split(',').map(|tag| marked("#", tag.to_owned())).collect();
    let project = marked("~", project);
    let rest = [tags.join(" "), marked("!", priority), without_zone(&due), repeat, marked("remind=", reminders)];
    [title, project].into_iter().chain(rest).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A date without the names of zones.
pub(crate) fn without_zone(due: &str) -> String {
    due.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect()
}
