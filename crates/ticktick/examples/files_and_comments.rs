//! Attaches a file to a task, downloads it again, and adds, edits and lists comments.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`;
//! deletes the task in the end.
//!
//!     cargo run -p ticktick-client --example files_and_comments

use std::io::{Write, stdout};

use ticktick::{Client, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, out: &mut impl Write) -> Result<(), support::Failure> {
    let task = client.task().create(TaskDraft::new("Plan the launch")).await?;

    let files = client.task().attachments(&task);
    files.upload("agenda.txt", "1. Pricing\n2. Press kit\n").await?;
    for file in files.list().await? {
        // Any writer will do, such as a `std::fs::File`.
        let mut copy = Vec::new();
        let size = files.download(&file, &mut copy).await?;
        writeln!(out, "{} ({size} bytes)\n{}", file.file_name, String::from_utf8_lossy(&copy).trim_end())?;
    }

    let comments = client.task().comments(&task);
    let first = comments.add("Please review the agenda").await?;
    comments.add("Looks good").await?;
    comments.edit(&first, "Please review the agenda by Friday").await?;
    for comment in comments.list().await? {
        writeln!(out, "- {}", comment.title)?;
    }
    client.task().delete(&task).await?;
    Ok(())
}
