//! Reads files into plans.

pub(crate) mod archive;
pub(crate) mod backup;
mod backup_values;
mod ics;
mod ics_todo;
mod ics_zone;
mod obsidian;
pub(crate) mod obsidian_fields;
mod org;
pub(crate) mod org_heading;
mod table;
mod taskwarrior;
pub(crate) mod todoist;
pub(crate) mod todoist_row;
pub(crate) mod todotxt;

pub(crate) use self::ics_todo::is_item;
pub(crate) use self::obsidian::PROJECT;
use crate::{Context, Format, FormatError, Plan};

/// Reads a file into a plan. `source` is the name of the file without its extension.
///
/// A row that cannot be read is skipped and reported in the plan; it does not affect the others.
///
/// # Errors
///
/// Fails if the file is not UTF-8 or does not have this format at all.
pub fn read(format: Format, bytes: &[u8], source: &str, context: &Context) -> Result<Plan, FormatError> {
    let text = text(bytes)?;
    let mut plan = match format {
        Format::Json | Format::Ndjson => archive::read(format, &text, source, context),
        Format::BackupCsv => backup::read(&text, source, context),
        Format::Csv => Err(FormatError::new("a CSV for spreadsheets is not read back")
            .hint("export with --format backup-csv or ndjson to import it again")),
        Format::Markdown => Ok(obsidian::read(&text, source, context)),
        Format::Ics => ics::read(&text, source, context),
        Format::Taskwarrior => taskwarrior::read(&text, source),
        Format::TodoTxt => Ok(todotxt::read(&text, source)),
        Format::Org => Ok(org::read(&text, source)),
        Format::Todoist => todoist::read(&text, source, context),
    }?;
    plan.break_cycles();
    Ok(plan)
}

/// Describes how to convert a file in another encoding.
fn conversion(from: &str) -> String {
    if cfg!(windows) {
        return "open it in Notepad and save it with the encoding UTF-8".to_owned();
    }
    format!("convert it first: iconv -f {from} -t UTF-8 OLD > NEW")
}

/// Returns the text of a file. Removes byte order marks; converters write up to two.
///
/// # Errors
///
/// Fails if the file is not UTF-8.
pub fn text(bytes: &[u8]) -> Result<String, FormatError> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0) {
        return Err(FormatError::new("the file is UTF-16 or binary; only UTF-8 text can be read")
            .hint(format!("if it is UTF-16, {}", conversion("UTF-16"))));
    }
    let other = || {
        FormatError::new("the file is not UTF-8; a file in another encoding, such as GBK, cannot be read")
            .hint(conversion("GB18030"))
    };
    let text = std::str::from_utf8(bytes).map_err(|_| other())?;
    let text = text.trim_start_matches('\u{feff}');
    // A wrongly decoded file contains many of these; a single one is part of a text.
    let (bad, all) = (text.matches('\u{fffd}').count(), text.chars().count());
    if bad * 100 > all { Err(other()) } else { Ok(text.to_owned()) }
}
