//! Imports 500 tasks from CSV into a new project in a handful of requests, and prints every row that was not stored.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`.
//! Reads the given file, or makes up 500 rows.
//!
//!     cargo run -p ticktick-client --example import_csv -- [FILE]

use std::io::{Write, stdout};

use ticktick::{Client, Due, ProjectDraft, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    let csv = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(file)?,
        None => support::csv(500),
    };
    run(&support::client()?, &csv, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, csv: &str, out: &mut impl Write) -> Result<(), support::Failure> {
    let mut drafts = csv.lines().skip(1).map(draft).collect::<Result<Vec<_>, _>>()?;
    let project = client.project().create(ProjectDraft::new("Import")).await?;
    drafts = drafts.into_iter().map(|draft| draft.project(&project)).collect();

    let report = client.task().batch().create(drafts).send().await?;
    writeln!(out, "{} tasks imported into {}", report.created().count(), project.name())?;
    // Items are in the order of the rows; the file has a header, and people count from 1.
    for (line, item) in (2..).zip(report.items()) {
        if let Err(error) = &item.result {
            writeln!(out, "line {line}: {error}")?;
        }
    }
    Ok(())
}

/// Reads `title,priority,due,checklist`. The items of a checklist are separated by `|`. For quoted fields, use a CSV crate.
fn draft(row: &str) -> Result<TaskDraft, support::Failure> {
    let &[title, priority, due, checklist] = &row.split(',').collect::<Vec<_>>()[..] else {
        return Err(format!("expected title,priority,due,checklist in `{row}`").into());
    };
    let mut draft = TaskDraft::new(title).priority(priority.parse()?);
    if !due.is_empty() {
        draft = draft.due(Due::day(due.parse()?));
    }
    Ok(checklist.split('|').filter(|item| !item.is_empty()).fold(draft, TaskDraft::item))
}
