//! Reads the CSV of a Todoist project.

use super::table::{self, Columns, Row};
use super::todoist_row;
use crate::record::Record;
use crate::{Context, Format, FormatError, Plan};

const ALIASES: &[(&str, &str)] = &[("due_date", "date"), ("due_date_lang", "date_lang")];

/// Returns whether the beginning of a text is the header of such a file.
pub(crate) fn is_header_in(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_uppercase();
    first.contains("TYPE") && first.contains("CONTENT") && first.contains("INDENT")
}

/// The position of the next row.
#[derive(Debug, Default)]
struct Place {
    section: Option<String>,
    /// Indexes of the tasks above, one for each level.
    above: Vec<usize>,
    last: Option<usize>,
}

pub(super) fn read(text: &str, source: &str, context: &Context) -> Result<Plan, FormatError> {
    let header_line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let rows = table::rows(text, table::separator(header_line))?;
    let found = rows.iter().enumerate().find_map(|(index, row)| {
        let mut columns = Columns::of(row);
        columns.rename(ALIASES);
        (columns.has("type") && columns.has("content")).then_some((index, columns))
    });
    let Some((header, columns)) = found else {
        return Err(FormatError::new("no header with the columns TYPE and CONTENT was found")
            .hint("export one project from Todoist as CSV; a backup is a ZIP of such files"));
    };
    let mut plan = Plan::new(Format::Todoist, source);
    let mut place = Place::default();
    for row in &rows[header + 1..] {
        add(row, &columns, &mut place, &mut plan, context);
    }
    Ok(plan)
}

fn add(row: &Row, columns: &Columns, place: &mut Place, plan: &mut Plan, context: &Context) {
    let cell = |name: &str| columns.get(row, name).unwrap_or_default().trim();
    let content = table::lines(cell("content"));
    match cell("type").to_lowercase().as_str() {
        // Rows of commas separate groups.
        "" if row.cells.iter().all(|cell| cell.trim().is_empty()) => {}
        "meta" => {}
        "section" => {
            place.section = Some(content).filter(|name| !name.is_empty());
            place.above.clear();
            place.last = None;
        }
        "note" => match place.last {
            Some(last) => plan.records[last].comments.push(content),
            None => plan.skip(row.line, "a comment on the project itself"),
        },
        "task" => {
            let mut record = todoist_row::record(row, columns, &plan.source, context);
            if record.title.is_empty() && record.content.is_empty() {
                plan.skip(row.line, "a task without a title");
                return;
            }
            if !cell("responsible").is_empty() {
                plan.note(row.line, "the assignee was left out");
            }
            record.column.clone_from(&place.section);
            nest(record, cell("indent"), place, plan);
        }
        other => plan.skip(row.line, format!("unknown type `{other}`")),
    }
}

/// Adds a task below the last one of the level above. If a level is skipped, adds it below the last task.
fn nest(mut record: Record, indent: &str, place: &mut Place, plan: &mut Plan) {
    let level = indent.parse::<usize>().unwrap_or(1).max(1) - 1;
    place.above.truncate(level);
    record.parent = place.above.last().copied();
    let index = plan.records.len();
    place.above.push(index);
    place.last = Some(index);
    plan.records.push(record);
}
