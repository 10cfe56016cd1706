//! Imports 500 tasks with subtasks and checklists from CSV in five requests, and prints every row that was not stored.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`.
//! Reads the given file, or makes up 500 rows.
//!
//!     cargo run -p ticktick-client --example import_csv -- [FILE]

use std::collections::HashMap;
use std::io::{Write, stdout};

use ticktick::jiff::tz::TimeZone;
use ticktick::{Client, Due, Project, ProjectDraft, TaskDraft, TaskId};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Done {
    let csv = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(file)?,
        None => support::csv(500),
    };
    let client = support::client()?;
    let project = client.project().create(ProjectDraft::new("Import")).await?;
    run(&client, &project, &csv, &mut stdout()).await
}

type Done = Result<(), support::Failure>;

pub(crate) async fn run(client: &Client, project: &Project, csv: &str, out: &mut impl Write) -> Done {
    // Rows name their parent by its title, so every row that is a parent needs an id.
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|row| row.split(',').collect()).collect();
    let parents = rows.iter().filter_map(|row| row.get(1)).filter(|title| !title.is_empty());
    let ids: HashMap<&str, TaskId> = parents.map(|title| (*title, client.task().new_id())).collect();
    let drafts = rows.iter().map(|row| draft(row, project, &ids)).collect::<Result<Vec<_>, _>>()?;

    let report = client.task().batch().create(drafts).send().await?;
    writeln!(out, "{} tasks imported into {}", report.created().count(), project.name())?;
    for failure in report.failures() {
        // The file has a header, and people count from 1.
        writeln!(out, "line {}: {failure}", failure.index() + 2)?;
    }
    Ok(())
}

/// Reads `title,parent,priority,due,checklist`. Items are separated by `|`. For quoted fields, use a CSV crate.
fn draft(row: &[&str], project: &Project, ids: &HashMap<&str, TaskId>) -> Result<TaskDraft, support::Failure> {
    let &[title, parent, priority, due, items] = row else {
        return Err(format!("expected 5 fields in {row:?}").into());
    };
    let mut draft =
        TaskDraft::new(title).project(project).priority(priority.parse()?).items(items.split_terminator('|'));
    draft = ids.get(title).into_iter().fold(draft, TaskDraft::id);
    draft = ids.get(parent).into_iter().fold(draft, TaskDraft::parent);
    if !due.is_empty() {
        // A date with a zone of its own does not need the account's, which saves a request.
        draft = draft.due(Due::day(due.parse()?).in_zone(TimeZone::UTC));
    }
    Ok(draft)
}
