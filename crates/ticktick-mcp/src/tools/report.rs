//! What tools that write to several tasks share.

use ticktick::task::BatchReport;
use ticktick::{Error, Task};

use crate::answer::{Answer, Failure};
use crate::call::{Call, done};
use crate::text::title;

/// The most tasks of a call that names each.
pub(super) const MOST: usize = 50;

/// Returns the line of a task that was not written.
pub(super) fn failed(name: Option<&str>, error: &Error) -> String {
    format!("failed: {}: {}", title(name.unwrap_or("")), Failure::from(error.clone()).line())
}

/// Returns the answer to a batch: the tasks as they are now, and what failed.
pub(super) async fn finish(call: &Call<'_>, verb: &str, report: &BatchReport) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let stored: Vec<&Task> = report.items().iter().filter_map(|item| item.result.as_ref().ok()).collect();
    let mut lines = vec![done(verb, stored.len())];
    lines.extend(stored.iter().map(|task| view.current(task)));
    let failures: Vec<String> = report.failures().map(|failure| failed(failure.title(), failure.error)).collect();
    let is_error = !failures.is_empty();
    lines.extend(failures);
    Ok(Answer { is_error, ..Answer::lines(lines) })
}
