//! Shows everything about some tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::Task;
use ticktick::models::RepeatFrom;

use crate::answer::Answer;
use crate::call::{Access, Call};
use crate::failure::Failure;
use crate::forms;
use crate::refs;
use crate::text::{clean, quote, title};
use crate::tool::{Tool, tool};
use crate::view::View;
use crate::when;

/// Maximum number of tasks in a call.
const MOST: usize = 10;
/// Maximum length of the content in characters.
const LONGEST: usize = 6_000;

pub(super) const GET: Tool = tool!(reads
    "get_task",
    "Show up to 10 tasks with content, checklist, subtasks, reminders and comments.",
    Args, get);

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    /// Also return comments; takes a request per task.
    #[serde(default)]
    activity: bool,
}

async fn get(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    if args.tasks.len() > MOST {
        return Err(Failure::new(format!("At most {MOST} tasks per call. Nothing was read.")));
    }
    if args.tasks.is_empty() {
        return Err(Failure::new("No task was named. Nothing was read."));
    }
    let view = call.view().await?;
    let mut lines = vec![view.head("Details; lines that begin with > are quoted")];
    for name in &args.tasks {
        let task = find(call, name, &view).await?;
        describe(&task, &view, &mut lines);
        if call.access != Access::Peek && (args.activity || task.comment_count.copied().unwrap_or(0) > 0) {
            call.step("Reading comments").await?;
            let comments = call.client().task().comments(&task.id).list().await?;
            for comment in comments.iter() {
                let at = comment.created_time.get().and_then(|at| at.instant());
                let at = at.map_or_else(String::new, |at| when::moment(&at.to_zoned_datetime(view.zone().clone())));
                lines.push(format!("comment {} {at}:", comment.id));
                lines.extend(quote(&comment.title, LONGEST));
            }
        }
    }
    Ok(Answer { total: Some(args.tasks.len()), ..Answer::lines(lines) })
}

/// Finds an open task, or any task by its id or its code in a list.
async fn find(call: &Call<'_>, name: &str, view: &View) -> Result<Task, Failure> {
    let lower = name.trim().to_lowercase();
    match (refs::task(name, &view.tasks, view), call.listed(name)) {
        (found, _) if call.access == Access::Peek => call.whole(found?),
        (Err(_), Some(id)) => Ok(call.client().task().get(&id).await?),
        (Err(_), None) if lower.len() == 24 && lower.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            Ok(call.client().task().get(lower.as_str()).await?)
        }
        (found, _) => call.whole(found?),
    }
}

fn describe(task: &Task, view: &View, lines: &mut Vec<String>) {
    lines.push(view.line(task));
    lines.push(format!("id {}", clean(task.id.as_str())));
    if let Some(body) = task.body().filter(|body| !body.trim().is_empty()) {
        lines.push("content:".to_owned());
        lines.extend(quote(body, LONGEST));
    }
    if let Some(count) = task.comment_count.copied().filter(|count| *count > 0) {
        lines.push(format!("comments: {count}"));
    }
    if let Some(rule) = task.repeat_flag.as_deref().filter(|rule| !rule.is_empty()) {
        lines.push(format!("repeat: {}", forms::repeat(rule, RepeatFrom::read(&task.repeat_from).as_ref())));
    }
    if !task.reminders.is_empty() {
        let is_all_day = task.due(view.zone()).is_some_and(|due| forms::is_all_day(&due));
        let reminders: Vec<String> =
            task.reminders.iter().map(|one| forms::reminder(&one.trigger, is_all_day)).collect();
        lines.push(format!("reminders: {}", reminders.join(", ")));
    }
    for item in task.items.iter() {
        let mark = if item.is_done() { 'x' } else { ' ' };
        lines.push(format!("item [{mark}] {}", title(item.title.as_deref().unwrap_or(""))));
    }
    for child in view.children(&task.id) {
        lines.push(format!("subtask {}", view.line_of(child)));
    }
    for file in task.attachments.iter() {
        lines.push(format!("file {}", title(file.file_name.as_deref().unwrap_or(""))));
    }
}
