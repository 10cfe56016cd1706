//! `ticktick list` and `ticktick today`.

use jiff::ZonedDateTime;

use super::open_tasks;
use crate::answer::Answer;
use crate::args::{Globals, ListArgs, Selection, SortArg};
use crate::cmd::project::{self, ProjectView};
use crate::cmd::task_view::{TaskView, tasks_table};
use crate::error::Error;
use crate::generated::cli;
use crate::mirror::{self, Snapshot};
use crate::numbers;
use crate::output::{Output, width};
use crate::runtime::wait;
use crate::select::select;
use crate::text::plural;
use crate::when::Urgency;

pub(super) async fn run(globals: &Globals, args: &ListArgs, output: Output) -> Result<(), Error> {
    let snapshot = mirror::snapshot(globals, output).await?;
    let projects = project::all(&snapshot.account);
    let tasks = open_tasks(&snapshot.account, &projects, &snapshot.now);
    let tasks = select(tasks, &args.selection, &snapshot.account, &projects, &snapshot.now)?;
    let hidden = hidden(&snapshot, &projects, &args.selection);
    let is_grouped = args.selection.sort.unwrap_or_default() == SortArg::Urgency;
    print(globals, &snapshot, tasks, is_grouped, &hidden)
}

/// Lists what is overdue and due today.
pub(crate) fn today(globals: &Globals) -> Result<(), Error> {
    wait(async {
        let snapshot = mirror::snapshot(globals, Output::new(globals)).await?;
        let projects = project::all(&snapshot.account);
        let mut tasks = open_tasks(&snapshot.account, &projects, &snapshot.now);
        tasks.retain(|task| task.urgency(&snapshot.now) <= Urgency::Today);
        let tasks = select(tasks, &Selection::default(), &snapshot.account, &projects, &snapshot.now)?;
        print(globals, &snapshot, tasks, true, "")
    })
}

fn print(
    globals: &Globals,
    snapshot: &Snapshot,
    tasks: Vec<TaskView>,
    is_grouped: bool,
    hidden: &str,
) -> Result<(), Error> {
    let now = &snapshot.now;
    if Output::new(globals).is_for_people() {
        numbers::remember(tasks.iter().map(|task| task.task.id.as_str()));
        let mut lines = tasks_table(&tasks, is_grouped, now).render(width());
        lines.push(summary(&tasks, now) + hidden + &snapshot.age());
        return Answer::<cli::Task>::new(Vec::new()).print(globals, |_| lines);
    }
    let mut answer = Answer::new(tasks.into_iter().map(|view| view.task).collect());
    snapshot.add_age_to(&mut answer.meta);
    answer.meta.now = Some(now.clone());
    answer.print(globals, |_| Vec::<String>::new())
}

/// Says how many tasks are not shown because their projects are archived.
fn hidden(snapshot: &Snapshot, projects: &[ProjectView], selection: &Selection) -> String {
    if selection.archived || !selection.projects.is_empty() {
        return String::new();
    }
    let count: u64 = projects.iter().filter(|project| project.archived).map(|project| project.open_tasks).sum();
    if count > 0 && selection.is_empty() && !snapshot.account.tasks().is_empty() {
        format!(" · {count} more in archived projects")
    } else {
        String::new()
    }
}

fn summary(tasks: &[TaskView], now: &ZonedDateTime) -> String {
    let count = |urgency| tasks.iter().filter(|task| task.urgency(now) == urgency).count();
    let mut text = format!(" {}", plural(tasks.len(), "task"));
    for (count, what) in [(count(Urgency::Overdue), "overdue"), (count(Urgency::Today), "today")] {
        if count > 0 {
            text.push_str(&format!(" · {count} {what}"));
        }
    }
    text
}
