//! Prints what a weekly review looks at: overdue tasks, the next seven days, tasks without a date, and what was completed
//! in the last seven days. Reads only.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`.
//!
//!     cargo run -p ticktick-client --example weekly_review

use std::io::{Write, stdout};

use ticktick::jiff::ToSpan;
use ticktick::{Account, Client, Task};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, out: &mut impl Write) -> Result<(), support::Failure> {
    let account = client.sync().full().await?;
    section(out, "Overdue", &account.overdue(), &account)?;
    section(out, "Next seven days", &account.next_7_days(), &account)?;
    section(out, "Without a date", &account.no_date(), &account)?;

    let week_ago = account.date().checked_sub(7.days())?.to_zoned_datetime(account.zone().clone())?;
    let completed = client.task().history(week_ago.timestamp()..).completed().all().await?;
    section(out, "Completed in the last seven days", &completed.iter().collect::<Vec<_>>(), &account)
}

fn section(out: &mut impl Write, heading: &str, tasks: &[&Task], account: &Account) -> Result<(), support::Failure> {
    writeln!(out, "{heading}: {}", tasks.len())?;
    for task in tasks {
        let project = account.project(&task.project_id).map_or("Inbox", |project| project.name());
        match account.day_of(task) {
            Some(day) => writeln!(out, "  {} ({project}, {day})", task.title())?,
            None => writeln!(out, "  {} ({project})", task.title())?,
        }
    }
    Ok(())
}
