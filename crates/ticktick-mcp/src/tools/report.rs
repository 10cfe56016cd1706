//! Shared parts of the tools that write several tasks.

use ticktick::Error;
use ticktick::task::BatchReport;

use crate::answer::Answer;
use crate::call::{Call, Subject, done};
use crate::failure::Failure;
use crate::text::title;

/// How many characters of new content a preview shows.
pub(super) const PREVIEWED: usize = 1_000;
/// Maximum number of tasks in a call that lists each of them.
pub(super) const MOST: usize = 50;

/// Returns the line of a task that was not written.
pub(super) fn failed(name: Option<&str>, error: &Error) -> String {
    format!("failed: {}: {}", title(name.unwrap_or("")), Failure::from(error.clone()).line())
}

/// Returns the answer to a batch with one item per task: the tasks as they are now, and what failed.
pub(super) async fn finish(
    call: &Call<'_>,
    verb: &str,
    report: &BatchReport,
    tasks: &[Subject],
) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let (mut stored, mut failures) = (Vec::new(), Vec::new());
    for (item, task) in report.items().iter().zip(tasks) {
        match &item.result {
            Ok(now) => stored.push(view.current(now)),
            Err(error) => failures.push(failed(Some(task.title()), error)),
        }
    }
    let is_error = !failures.is_empty();
    let mut lines = vec![done(verb, stored.len())];
    lines.extend(stored);
    lines.extend(failures);
    Ok(Answer { is_error, ..Answer::lines(lines) })
}
