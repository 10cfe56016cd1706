//! Adds a task, lists what is open, and completes the task again.
//!
//! Runs against a simulated account; with a session's token (the cookie `t` of a browser) in `TICKTICK_TOKEN`, against
//! the real service.
//!
//!     cargo run -p ticktick-client --example quick_start
#![allow(clippy::print_stdout)]

use ticktick::{Client, Due, Priority, ProjectId, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?).await
}

pub(crate) async fn run(client: &Client) -> Result<(), support::Failure> {
    let account = client.sync().full().await?;
    for project in account.projects() {
        println!("{}: {} tasks", project.name, account.by_project(project).len());
    }

    let tomorrow = account.date().tomorrow()?;
    let draft = TaskDraft::new("Try the library").priority(Priority::High).due(Due::day(tomorrow));
    let task = client.task().create(draft.item("Read").item("Run")).await?;
    for task in client.task().list_by_project(ProjectId::from("inbox")).await? {
        println!("[ ] {}", task.title);
    }

    let task = client.task().complete_item(&task, &task.items[0]).await?;
    let done = client.task().complete(&task).await?;
    println!("[x] {}", done.title);
    client.task().delete(&done).await?;
    Ok(())
}
