//! Finds the format of a file from its content and its name.

use crate::read::{backup, text, todoist};
use crate::{Format, FormatError};

/// Finds the format of a file.
///
/// Looks at the content first, because `.csv`, `.json` and `.txt` each belong to several formats.
///
/// # Errors
///
/// Fails if neither the content nor the name is recognized, or if the file is empty or not UTF-8.
///
/// ```
/// use ticktick_formats::{Format, detect};
///
/// assert_eq!(detect("tasks.ics", b"BEGIN:VCALENDAR\r\n")?, Format::Ics);
/// assert_eq!(detect("done.txt", b"x 2026-11-11 Return the suit")?, Format::TodoTxt);
/// # Ok::<(), ticktick_formats::FormatError>(())
/// ```
pub fn detect(name: &str, bytes: &[u8]) -> Result<Format, FormatError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(FormatError::new("the file is a ZIP archive").hint("unzip it, and import the files in it"));
    }
    let text = text(bytes)?;
    let text = text.trim_start();
    if text.is_empty() {
        return Err(FormatError::new("the file is empty"));
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let by_content = by_content(text, &extension);
    let by_name = || match extension.as_str() {
        "ndjson" | "jsonl" => Some(Format::Ndjson),
        "ics" | "ical" => Some(Format::Ics),
        "md" | "markdown" => Some(Format::Markdown),
        "org" => Some(Format::Org),
        "txt" => Some(Format::TodoTxt),
        // A backup with an unreadable header gets a more specific error.
        "csv" => Some(Format::BackupCsv),
        _ => None,
    };
    by_content.or_else(by_name).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().filter(|format| **format != Format::Csv).map(|f| f.name()).collect();
        FormatError::new("cannot tell the format of the file").hint(format!("use --format: {}", names.join(", ")))
    })
}

fn by_content(text: &str, extension: &str) -> Option<Format> {
    if text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Some(Format::Ics);
    }
    if text.starts_with(['{', '[']) && !matches!(extension, "md" | "org" | "txt") {
        return Some(of_json(text));
    }
    let is_table = !matches!(extension, "md" | "org" | "ics");
    if is_table && backup::is_header_in(text) {
        return Some(Format::BackupCsv);
    }
    if is_table && todoist::is_header_in(text) {
        return Some(Format::Todoist);
    }
    None
}

/// Our documents name their format near the beginning; Taskwarrior writes a list, or objects with a description.
fn of_json(text: &str) -> Format {
    let start: String = text.chars().take(4096).collect();
    let is_ours = start.contains("\"ticktick-archive\"");
    let first = text.lines().next().unwrap_or_default();
    if is_ours || first.contains("\"entity\"") {
        let is_line = first.trim_end().ends_with('}') && first.contains("\"entity\"");
        return if is_line { Format::Ndjson } else { Format::Json };
    }
    if start.starts_with('[') || start.contains("\"description\"") { Format::Taskwarrior } else { Format::Json }
}
