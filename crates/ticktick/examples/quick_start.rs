//! Adds a task, lists what is open, and completes the task again.
//!
//! Runs against a simulator of its own; with a session's token (the cookie `t` of a browser) in
//! `TICKTICK_TOKEN`, against the real service.
//!
//!     cargo run -p ticktick --example quick_start
#![allow(clippy::print_stdout)]

use ticktick::{Client, Login, Priority, ProjectId, TaskDraft};
use ticktick_sim::{DEMO_PASSWORD, DEMO_USER, Simulator};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim;
    let client = match std::env::var("TICKTICK_TOKEN") {
        Ok(token) => Client::builder().token(token).build()?,
        Err(_) => {
            sim = Simulator::builder().demo().start().await?;
            let client = Client::builder().base_url(sim.base_url()).build()?;
            match client.login(DEMO_USER, &DEMO_PASSWORD.into()).await? {
                Login::Done(_) => client,
                Login::Mfa(challenge) => {
                    challenge.verify("123456").await?;
                    client
                }
            }
        }
    };

    let draft = TaskDraft::new("Try the library").priority(Priority::High).item("Read").item("Run");
    let task = client.task().create(draft).await?;

    let account = client.sync().full().await?;
    for project in account.projects() {
        let tasks = account.tasks().iter().filter(|task| task.project_id == project.id);
        println!("{}: {} tasks", project.name, tasks.count());
    }
    for task in client.task().list_by_project(ProjectId::from("inbox")).await? {
        println!("[ ] {}", task.title.as_deref().unwrap_or_default());
    }

    let done = client.task().complete(&task).await?;
    println!("[x] {}", done.title.as_deref().unwrap_or_default());
    Ok(())
}
