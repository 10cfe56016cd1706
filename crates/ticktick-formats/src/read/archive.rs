//! Reads our own archive as a plan.

use crate::archive::Archive;
use crate::{Context, Format, FormatError, Plan};

pub(super) fn read(format: Format, text: &str, source: &str, context: &Context) -> Result<Plan, FormatError> {
    if format == Format::Json {
        return Ok(Plan::of_archive(&Archive::from_json(text)?, format, source, context));
    }
    let (archive, bad) = Archive::from_ndjson(text)?;
    let mut plan = Plan::of_archive(&archive, format, source, context);
    bad.into_iter().for_each(|line| plan.skip(line, "not an object of an archive"));
    Ok(plan)
}
