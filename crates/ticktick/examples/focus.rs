//! Adds a finished focus session to a task, prints its length, then starts, pauses and drops a pomodoro on the live timer.
//!
//! Runs against a simulated account, or against yours if `TICKTICK_TOKEN` holds the value of your browser's cookie `t`;
//! deletes its session and task in the end. The timer is the one that your apps show.
//!
//!     cargo run -p ticktick-client --example focus

use std::io::{Write, stdout};

use ticktick::focus::{FocusDraft, FocusRecord, FocusStart};
use ticktick::jiff::ToSpan;
use ticktick::{Client, TaskDraft};

mod support;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), support::Failure> {
    run(&support::client()?, &mut stdout()).await
}

pub(crate) async fn run(client: &Client, out: &mut impl Write) -> Result<(), support::Failure> {
    let account = client.sync().full().await?;
    let start = account.date().yesterday()?.at(9, 0, 0, 0).to_zoned_datetime(account.zone().clone())?.timestamp();
    let task = client.task().create(TaskDraft::new("Write the report")).await?;

    let draft = FocusDraft::new(start, start + 25.minutes()).on_task(&task).note("First draft");
    let record = client.focus().create(draft).await?;
    for session in client.focus().by_task(&task).await? {
        writeln!(out, "{}: {} minutes", session.note, minutes(&session).unwrap_or(0))?;
    }

    let session = client.focus().start(FocusStart::pomodoro(25).on_task(&task)).await?;
    writeln!(out, "started a pomodoro")?;
    let session = client.focus().pause(&session).await?;
    writeln!(out, "paused: {}", session.is_paused())?;
    let session = client.focus().drop(&session).await?;
    writeln!(out, "over: {}", session.is_over())?;

    client.focus().delete(&record).await?;
    client.task().delete(&task).await?;
    Ok(())
}

/// Returns the length of a session without its pauses.
fn minutes(session: &FocusRecord) -> Option<i64> {
    let (start, end) = (session.start_time.get()?.instant()?, session.end_time.get()?.instant()?);
    let paused = session.pause_duration.get().copied().unwrap_or(0);
    Some((end.duration_since(start).as_secs() - paused) / 60)
}
