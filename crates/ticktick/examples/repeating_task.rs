//! Creates a task that repeats every other day, prints its next dates, completes one occurrence and skips another.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`;
//! deletes its tasks in the end.
//!
//!     cargo run -p ticktick-client --example repeating_task

use std::io::{Write, stdout};

use ticktick::{Client, Due, Recurrence, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, out: &mut impl Write) -> Result<(), support::Failure> {
    let today = client.sync().full().await?.date();
    let rule = Recurrence::daily().every(2)?;
    let dates: Vec<String> = rule.occurrences(today)?.take(4).map(|date| date.to_string()).collect();
    writeln!(out, "{}: {}", rule.describe(), dates.join(", "))?;

    let draft = TaskDraft::new("Water the plants").due(Due::day(today)).repeat(rule);
    let series = client.task().create(draft).await?;

    // The series keeps its id and moves on. The completed occurrence becomes a task of its own.
    let closed = client.task().complete(&series).await?;
    match &closed.next {
        Some(next) => writeln!(out, "completed on {today}, next on {}", next.date())?,
        None => writeln!(out, "completed on {today} for good")?,
    }
    let series = client.task().skip(&series).await?;
    if let Some(due) = series.due(&client.time_zone().await?) {
        writeln!(out, "skipped, next on {}", due.date())?;
    }
    client.task().batch().delete([&series, &closed.task]).send().await?.into_result()?;
    Ok(())
}
