//! Writes plans in the formats of other programs.

mod backup;
mod ics;
mod ics_zone;
mod lost;
mod markdown;
mod org;
mod sheet;
mod taskwarrior;
mod todoist;
mod todotxt;
mod tree;

pub use self::lost::Lost;

use crate::{Context, Format, Plan};

/// Options of [`write`](fn@write).
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Writes cells of a CSV for spreadsheets unchanged, even if they begin like a formula.
    pub raw: bool,
}

/// The written files, and what the format cannot store.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Files by name without extension. Formats with one project per file have several.
    pub files: Vec<(String, String)>,
    /// What was lost.
    pub lost: Lost,
    /// What the reader of the file needs to know.
    pub hints: Vec<String>,
}

/// Writes a plan in a format.
///
/// [`Format::Json`] and [`Format::Ndjson`] contain raw objects and are written by [`Archive`](crate::Archive); this function
/// returns no file for them.
///
/// ```
/// use ticktick_formats::{Context, Format, WriteOptions, read, write};
///
/// let context = Context::new("2026-11-26T10:00[Europe/Berlin]".parse()?);
/// let plan = read(Format::TodoTxt, b"(A) Book the band +Wedding due:2026-12-04", "todo", &context)?;
/// let written = write(Format::Org, &plan, &context, WriteOptions::default());
/// assert!(written.files[0].1.contains("** TODO [#A] Book the band"));
/// assert!(written.lost.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn write(format: Format, plan: &Plan, context: &Context, options: WriteOptions) -> Written {
    match format {
        Format::BackupCsv => backup::write(plan, context),
        Format::Csv => sheet::write(plan, options.raw),
        Format::Markdown => markdown::write(plan, context),
        Format::Ics => ics::write(plan, context),
        Format::Taskwarrior => taskwarrior::write(plan, context),
        Format::TodoTxt => todotxt::write(plan, context),
        Format::Org => org::write(plan, context),
        Format::Todoist => todoist::write(plan, context),
        Format::Json | Format::Ndjson => Written::default(),
    }
}
