//! `ticktick done`.

use jiff::ZonedDateTime;
use ticktick::{Account, TaskId};

use super::Wanted;
use crate::args::{DoneArgs, Globals};
use crate::cmd::task_view::TaskView;
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli;
use crate::output::Output;
use crate::when::When;
use crate::written::{Written, write};

pub(super) async fn run(globals: &Globals, args: &DoneArgs, output: Output) -> Result<(), Error> {
    let wanted = Wanted::new(&args.tasks)?;
    write(globals, output, async |connection| done(connection, globals, &wanted, output).await).await
}

async fn done(
    connection: &mut Connection,
    globals: &Globals,
    wanted: &Wanted<'_>,
    output: Output,
) -> Result<Written<cli::Task>, Error> {
    let find = |account: &Account, now: &ZonedDateTime| Ok((wanted.find(account, now)?, now.clone()));
    let (tasks, now) = connection.find(globals, output, find).await?;
    if let Some(note) = tasks.iter().find(|task| task.is_note()) {
        return Err(Error::usage(format!("\"{}\" is a note, which cannot be completed", note.task.title)));
    }
    wanted.confirm(globals, "complete", &tasks)?;
    connection.name_with("done", &tasks);
    let ids = tasks.iter().map(|task| TaskId::from(task.task.id.as_str()));
    let report = connection.client.task().batch().complete(ids).send().await?;
    let mut written = Written::all(Vec::new(), Vec::new());
    for item in report.items() {
        let Some(task) = tasks.iter().find(|task| task.task.id == item.id.as_str()) else { continue };
        match &item.result {
            Ok(_) => {
                let next = item.next().and_then(|next| When::new(next.clone(), now.time_zone()));
                let shown = next.as_ref().map(|next| format!(", next: {}", next.show(&now))).unwrap_or_default();
                written.lines.push(format!("{}{shown}", task.task.title));
                written.data.push(task.completed(next.as_ref()).task);
            }
            Err(error) => written.fail(&task.task.title, error.clone().into(), tasks.len()),
        }
    }
    Ok(written)
}

impl TaskView {
    /// Returns the task as completed; `next` is when a repeating task comes back.
    fn completed(&self, next: Option<&When>) -> Self {
        let mut completed = self.clone();
        completed.task.status = cli::TaskStatus::Completed;
        completed.task.next = next.and_then(When::view);
        completed
    }
}
