//! The subject of a focus session.

use ticktick::focus::{FocusRecord, FocusState, Timer};
use ticktick::{Account, Habit, Task};

use crate::args::{Globals, SubjectArgs};
use crate::cmd::task_view::TaskView;
use crate::cmd::{habit, project_view};
use crate::connect::Connection;
use crate::error::Error;
use crate::generated::cli::{FocusSubject, FocusSubjectKind};
use crate::output::Output;
use crate::refs;

/// Something to focus on.
pub(super) enum Subject {
    Nothing,
    Task(Box<Task>),
    Habit(Box<Habit>),
    Timer(Box<Timer>),
}

impl Subject {
    /// Finds the subject that a command names.
    pub(super) async fn find(
        args: &SubjectArgs,
        connection: &mut Connection,
        globals: &Globals,
        output: Output,
    ) -> Result<Self, Error> {
        Ok(match (&args.task, &args.habit, &args.timer) {
            (Some(name), _, _) => Self::Task(Box::new(find_task(name, connection, globals, output).await?)),
            (_, Some(name), _) => Self::Habit(Box::new(habit::stored(&connection.client, name).await?)),
            (_, _, Some(name)) => Self::Timer(Box::new(super::timer::stored(&connection.client, name).await?)),
            _ => Self::Nothing,
        })
    }
}

/// Finds an open task.
pub(crate) async fn find_task(
    name: &str,
    connection: &mut Connection,
    globals: &Globals,
    output: Output,
) -> Result<Task, Error> {
    let names = [name.to_owned()];
    let find = |account: &Account, now: &jiff::ZonedDateTime| {
        let projects = project_view::all(account);
        let found = refs::find_all(&names, &TaskView::open(account, &projects, now), now)?;
        let id = found.first().map(|view| view.task.id.as_str()).unwrap_or_default();
        account.task(id).cloned().ok_or_else(|| Error::failed("the task no longer exists"))
    };
    connection.find(globals, output, find).await
}

/// Describes the subject of a past session.
pub(super) fn of_record(record: &FocusRecord) -> Vec<FocusSubject> {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let subjects = record.tasks.iter().filter_map(|part| {
        let (kind, id, name) = if let Some(id) = part.task_id.get() {
            (FocusSubjectKind::Task, id.to_string(), text(part.title.get()))
        } else if let Some(id) = part.habit_id.get() {
            (FocusSubjectKind::Habit, id.to_string(), text(part.title.get()))
        } else if let Some(id) = part.timer_id.get() {
            (FocusSubjectKind::Timer, id.to_string(), text(part.timer_name.get()))
        } else {
            return None;
        };
        Some(FocusSubject { kind, id, name })
    });
    let mut subjects: Vec<FocusSubject> = subjects.collect();
    subjects.dedup_by(|one, other| one.id == other.id);
    subjects
}

/// Describes the subject of the running session.
pub(super) fn of_state(state: &FocusState) -> Vec<FocusSubject> {
    let kind = |number: Option<&i64>| match number {
        Some(1) => FocusSubjectKind::Habit,
        Some(2) => FocusSubjectKind::Timer,
        _ => FocusSubjectKind::Task,
    };
    let subject = |part: &ticktick::focus::FocusTask| {
        let id = part.id.get().filter(|id| !id.is_empty())?.clone();
        Some(FocusSubject { kind: kind(part.r#type.get()), id, name: part.title.get().cloned().unwrap_or_default() })
    };
    let mut subjects: Vec<FocusSubject> = state.focus_tasks.iter().filter_map(subject).collect();
    subjects.dedup_by(|one, other| one.id == other.id);
    subjects
}

/// Returns the name of the subject.
pub(super) fn names(subjects: &[FocusSubject]) -> String {
    subjects.iter().map(|subject| subject.name.as_str()).collect::<Vec<_>>().join(", ")
}
