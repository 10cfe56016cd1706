//! What the benchmarks share: tasks as the service sends them, and the task that an ordinary decoder would read.

use std::fmt::Write as _;

use serde::Deserialize;
use ticktick_models::{
    Attachment, ChecklistItem, ColumnId, DeletedState, EpochMillis, Etag, Field, FocusSummary, Json, List,
    PomodoroSummary, Priority, ProjectId, Reminder, TagName, TaskId, TaskKind, TaskStatus, TextOrInt, Timestamp,
};

/// Returns a JSON array of tasks with 42 members and about 1.1 KB each; 35 of the members are known, 7 are not.
#[must_use]
pub fn tasks(count: usize) -> String {
    let mut json = String::from("[");
    for number in 0..count {
        if number > 0 {
            json.push(',');
        }
        write_task(&mut json, number);
    }
    json.push(']');
    json
}

fn write_task(json: &mut String, number: usize) {
    let (day, minute, sort) = (number % 28 + 1, number % 60, -1_099_511_627_776i64 * number as i64);
    let time = format!("2026-03-{day:02}T08:{minute:02}:00.000+0000");
    // Writing into a string does not fail.
    let _ = write!(
        json,
        r#"{{"id":"6247ee29630c800f{number:08x}","projectId":"6247ee29630c800f064fd145","sortOrder":{sort},"title":"Task {number}: call about the offer","content":"Ask for the price of part {number}, and when it can be here.","desc":"","startDate":"{time}","dueDate":"{time}","timeZone":"Europe/Istanbul","isFloating":false,"isAllDay":false,"reminder":"","reminders":[{{"id":"6247ee29630c900f{number:08x}","trigger":"TRIGGER:PT0S"}}],"exDate":[],"repeatFirstDate":"{time}","repeatFlag":"RRULE:FREQ=DAILY;INTERVAL=1","repeatFrom":"2","repeatTaskId":null,"priority":3,"status":0,"items":[],"progress":0,"modifiedTime":"{time}","etag":"yooffmml","deleted":0,"createdTime":"{time}","creator":120295392,"kind":"TEXT","imgMode":0,"columnId":"6247ee29630c8a0f064fd145","tags":["work","errands"],"commentCount":0,"focusSummaries":[],"pinnedTime":"-1","attachments":[],"stickyTime":{number},"viewHint":"compact","sourceApp":{{"name":"web","version":6430}},"labels":["a","b"],"lastTouch":1E3,"rank":9007199254740993,"archivedHint":null}}"#
    );
}

/// Declares a struct as serde's derive reads it: known members of the same types, the others dropped.
macro_rules! lossy {
    ($($field:ident: $ty:ty),* $(,)?) => {
        /// A task that loses what it does not know.
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(missing_docs)]
        pub struct LossyTask {
            pub id: TaskId,
            pub project_id: ProjectId,
            $(#[serde(default)] pub $field: $ty,)*
        }
    };
}

lossy! {
    sort_order: Field<i64>,
    title: Field<String>,
    content: Field<String>,
    desc: Field<String>,
    kind: Field<TaskKind>,
    status: Field<TaskStatus>,
    priority: Field<Priority>,
    progress: Field<i64>,
    start_date: Field<Timestamp>,
    due_date: Field<Timestamp>,
    is_all_day: Field<bool>,
    is_floating: Field<bool>,
    time_zone: Field<String>,
    reminder: Field<String>,
    reminders: List<Reminder>,
    repeat_flag: Field<String>,
    repeat_from: Field<TextOrInt>,
    repeat_first_date: Field<Timestamp>,
    repeat_task_id: Field<TaskId>,
    ex_date: List<String>,
    tags: List<TagName>,
    items: List<ChecklistItem>,
    column_id: Field<ColumnId>,
    parent_id: Field<TaskId>,
    child_ids: List<TaskId>,
    assignee: Field<i64>,
    pinned_time: Field<Timestamp>,
    completed_time: Field<Timestamp>,
    completed_user_id: Field<i64>,
    created_time: Field<Timestamp>,
    modified_time: Field<Timestamp>,
    creator: Field<i64>,
    etag: Field<Etag>,
    deleted: Field<DeletedState>,
    deleted_time: Field<EpochMillis>,
    deleted_by: Field<i64>,
    comment_count: Field<i64>,
    attachments: List<Attachment>,
    focus_summaries: List<FocusSummary>,
    pomodoro_summaries: List<PomodoroSummary>,
    img_mode: Field<i64>,
    annoying_alert: Field<i64>,
    remind_time: Field<Timestamp>,
    is_dirty: Field<bool>,
    local: Field<bool>,
    attend_id: Field<Json>,
    notion_block: Field<Json>,
    owner_id: Field<Json>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ticktick_models::{Task, check};

    #[test]
    fn tasks_are_as_they_say() {
        let json = tasks(20);
        let found = check::<Vec<Task>>(json.as_bytes());
        assert!(found.lossless, "{found:?}");
        assert_eq!(found.unknown.len(), 20 * 7);
        assert_eq!(serde_json::from_str::<Vec<LossyTask>>(&json).unwrap().len(), 20);
        let first: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&json).unwrap();
        assert_eq!(first[0].len(), 42);
        assert!((1_000..1_300).contains(&(json.len() / 20)), "{}", json.len() / 20);
    }
}
