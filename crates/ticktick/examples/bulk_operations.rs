//! Creates a thousand tasks in five requests, completes half of them, deletes the rest, and tells what failed.
//!
//! Runs against a simulated account; with a session's token (the cookie `t` of a browser) in `TICKTICK_TOKEN`, against
//! the real service: there it makes a project for it, and deletes that in the end.
//!
//!     cargo run -p ticktick-client --example bulk_operations
#![allow(clippy::print_stdout)]

use ticktick::{Client, ProjectDraft, Task, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?).await
}

pub(crate) async fn run(client: &Client) -> Result<(), support::Failure> {
    let project = client.project().create(ProjectDraft::new("Bulk")).await?;

    let drafts = (1..=1000).map(|number| TaskDraft::new(format!("Task {number}")).project(project.id.clone()));
    let report = client.task().batch().create(drafts).send().await?;
    for failure in report.failures().take(3) {
        println!("not created: {}: {}", failure.id, failure.error);
    }
    let tasks: Vec<Task> = report.created().cloned().collect();
    println!("created {}", tasks.len());

    let (done, rest) = tasks.split_at(tasks.len() / 2);
    let report = client.task().batch().complete(done).delete(rest).send().await?;
    println!("{} of {} failed", report.failures().count(), report.items().len());

    client.project().delete(&project).await?;
    Ok(())
}
