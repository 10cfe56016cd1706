//! The text of a task, which a checklist keeps under another key than the other kinds.

use ticktick_models::{Field, Task, TaskKind};

/// Turns a task into a checklist and keeps its text.
pub(super) fn make_checklist(task: &mut Task) {
    move_body(&mut task.content, &mut task.desc);
    task.kind = TaskKind::Checklist.into();
}

/// Moves the text to its other key. Hidden text that was already there comes first, unless it is the same.
pub(super) fn move_body(from: &mut Field<String>, to: &mut Field<String>) {
    let Some(body) = from.as_mut().map(std::mem::take).filter(|body| !body.is_empty()) else { return };
    match to.as_mut().filter(|hidden| !hidden.is_empty()) {
        Some(hidden) if *hidden == body => {}
        Some(hidden) => push_line(hidden, &body),
        None => to.set(body),
    }
}

/// Adds a line to the end of a text.
pub(super) fn push_line(body: &mut String, line: &str) {
    if !body.is_empty() && !body.ends_with('\n') {
        body.push('\n');
    }
    body.push_str(line);
}
