//! The line of `ticktick add`.

use ticktick::quick_add::{DateValue, Parsed, QuickAdd};

use super::fields::{self, is_none};
use crate::args::{AddArgs, Fields};
use crate::error::Error;

/// Parses a line, together with the options that set fields.
pub(super) fn read(line: &str, args: &AddArgs, quick: &QuickAdd) -> Result<Parsed, Error> {
    let Fields { project, priority, tags, due, start, repeat, remind, .. } = &args.fields;
    let mut reader = quick.clone().literal(args.literal);
    if args.keep_text {
        reader = reader.keep_text(true);
    }
    if let Some(project) = project {
        reader = reader.project(project);
    }
    if let Some(level) = priority {
        reader = reader.priority(fields::priority(*level));
    }
    for tag in tags.iter().filter(|tag| !is_none(tag)) {
        reader = reader.tag(tag.trim_start_matches('#'));
    }
    if let Some(due) = due {
        reader = reader.due(due);
    }
    if let Some(repeat) = repeat.as_ref().filter(|repeat| !is_none(repeat)) {
        reader = reader.repeat(repeat);
    }
    if let Some(remind) = remind.as_ref().filter(|remind| !is_none(remind)) {
        reader = reader.reminders(remind);
    }
    let mut parsed = reader.parse(line)?;
    if let (Some(start), Some(due)) = (start, due) {
        parsed.due = fields::date(quick, due, Some(start))?.map(DateValue::Due);
    }
    Ok(parsed)
}
