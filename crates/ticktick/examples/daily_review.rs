//! Shows what is overdue, what is for today and tomorrow, and what was done in the last seven days.
//!
//! Reads only. Runs against a simulated account; with a session's token (the cookie `t` of a browser) in
//! `TICKTICK_TOKEN`, against the real service.
//!
//!     cargo run -p ticktick-client --example daily_review
#![allow(clippy::print_stdout)]

use jiff::ToSpan;
use jiff::civil::Time;
use ticktick::{Account, Client, Task};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?).await
}

pub(crate) async fn run(client: &Client) -> Result<(), support::Failure> {
    let account = client.sync().full().await?;
    show("Overdue", account.overdue(), &account);
    show("Today", account.today(), &account);
    show("Tomorrow", account.tomorrow(), &account);

    println!("\nDone in the last seven days");
    let week_ago = account.date().checked_sub(7.days())?;
    let since = account.zone().to_timestamp(week_ago.to_datetime(Time::midnight()))?;
    let mut history = client.task().history(since..).completed();
    while let Some(task) = history.try_next().await? {
        println!("  [x] {}", task.title);
    }
    Ok(())
}

fn show(heading: &str, tasks: Vec<&Task>, account: &Account) {
    println!("\n{heading}");
    for task in tasks {
        let project = account.project(&task.project_id).map_or("Inbox", |one| one.name.as_deref().unwrap_or_default());
        println!("  [ ] {} ({project})", task.title);
    }
}
