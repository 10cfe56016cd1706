//! The backup of an account: all tasks except those in the trash, as CSV.

use std::collections::HashMap;

use jiff::Timestamp;
use ticktick_models::Object;

use crate::world::account::Account;
use crate::world::fields::Fields;
use crate::world::store::Table;

const COLUMNS: &[&str] = &[
    "Folder Name",
    "List Name",
    "Title",
    "Kind",
    "Tags",
    "Content",
    "Is Check list",
    "Start Date",
    "Due Date",
    "Reminder",
    "Repeat",
    "Priority",
    "Status",
    "Created Time",
    "Completed Time",
    "Order",
    "Timezone",
    "Is All Day",
    "Is Floating",
    "Column Name",
    "Column Order",
    "View Mode",
    "taskId",
    "parentId",
];

/// Formats the backup.
pub(super) fn csv(account: &Account, now: Timestamp) -> String {
    let mut out = format!("\"Date: {}\"\n\"Version: 7.1\"\n", now.strftime("%Y-%m-%d+0000"));
    out.push_str("\"Status: \n0 Normal\n1 Completed\n2 Archived\"\n");
    out.push_str(&line(COLUMNS.iter().map(|column| (*column).to_owned())));
    let (groups, columns) = (by_id(&account.groups), by_id(&account.columns));
    let projects = by_id(&account.projects);
    for row in account.tasks.live().filter(|row| !row.head.is_trashed()) {
        let task = row.object();
        let project = projects.get(&*row.head.project);
        let group = project.and_then(|project| groups.get(&project.text("groupId")?));
        let column = task.text("columnId").and_then(|id| columns.get(&id));
        out.push_str(&line(cells(&task, project, group, column)));
    }
    out
}

fn by_id(table: &Table) -> HashMap<String, Object> {
    table.live().map(|row| (row.id.to_string(), row.object())).collect()
}

fn cells(
    task: &Object,
    project: Option<&Object>,
    group: Option<&Object>,
    column: Option<&Object>,
) -> impl Iterator<Item = String> {
    let text = |key| task.text(key).unwrap_or_default();
    let number = |key| task.int(key).unwrap_or_default().to_string();
    let flag = |key| task.read::<bool>(key).unwrap_or_default().to_string();
    let of = |object: Option<&Object>, key| object.and_then(|object| object.text(key)).unwrap_or_default();
    let order = column.and_then(|column| column.int("sortOrder"));
    [
        of(group, "name"),
        project.map_or_else(|| "Inbox".to_owned(), |project| of(Some(project), "name")),
        text("title"),
        text("kind"),
        task.texts("tags").join(", "),
        text("content"),
        if text("kind") == "CHECKLIST" { "Y" } else { "N" }.to_owned(),
        text("startDate"),
        text("dueDate"),
        triggers(task),
        text("repeatFlag"),
        number("priority"),
        status(task).to_owned(),
        text("createdTime"),
        text("completedTime"),
        number("sortOrder"),
        text("timeZone"),
        flag("isAllDay"),
        flag("isFloating"),
        of(column, "name"),
        order.map(|order| order.to_string()).unwrap_or_default(),
        of(project, "viewMode"),
        text("id"),
        text("parentId"),
    ]
    .into_iter()
}

fn triggers(task: &Object) -> String {
    let reminders: Vec<Object> = task.read("reminders").unwrap_or_default();
    let triggers: Vec<String> = reminders.iter().filter_map(|reminder| reminder.text("trigger")).collect();
    triggers.join(",")
}

fn status(task: &Object) -> &'static str {
    match task.int("status") {
        Some(1 | 2) => "1",
        Some(-1) => "2",
        _ => "0",
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    format!("{}\n", cells.join(","))
}
