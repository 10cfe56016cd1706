//! Reads the backup of the app.

use std::collections::{BTreeMap, BTreeSet};

use super::backup_values as values;
use super::table::{self, Columns, Row};
use crate::record::Record;
use crate::{Context, Format, FormatError, Plan};

/// Other names of columns. The first two are from old versions; the Chinese ones have not been verified.
const ALIASES: &[(&str, &str)] = &[
    ("is checklist", "is check list"),
    ("taskid", "task id"),
    ("parentid", "parent id"),
    ("projectkind", "project kind"),
    ("文件夹名称", "folder name"),
    ("文件夹", "folder name"),
    ("清单名称", "list name"),
    ("清单", "list name"),
    ("标题", "title"),
    ("任务标题", "title"),
    ("类型", "kind"),
    ("标签", "tags"),
    ("内容", "content"),
    ("是否清单", "is check list"),
    ("是否检查事项", "is check list"),
    ("开始日期", "start date"),
    ("开始时间", "start date"),
    ("截止日期", "due date"),
    ("截止时间", "due date"),
    ("到期日期", "due date"),
    ("提醒", "reminder"),
    ("重复", "repeat"),
    ("优先级", "priority"),
    ("状态", "status"),
    ("创建时间", "created time"),
    ("完成时间", "completed time"),
    ("排序", "order"),
    ("顺序", "order"),
    ("时区", "timezone"),
    ("是否全天", "is all day"),
    ("全天", "is all day"),
    ("是否浮动", "is floating"),
    ("列名称", "column name"),
    ("分组名称", "column name"),
    ("列排序", "column order"),
    ("视图模式", "view mode"),
    ("任务id", "task id"),
    ("父任务id", "parent id"),
    ("清单类型", "project kind"),
];

const KNOWN: &[&str] = &[
    "folder name",
    "list name",
    "title",
    "kind",
    "tags",
    "content",
    "is check list",
    "start date",
    "due date",
    "reminder",
    "repeat",
    "priority",
    "status",
    "created time",
    "completed time",
    "order",
    "timezone",
    "is all day",
    "is floating",
    "column name",
    "column order",
    "view mode",
    "task id",
    "parent id",
    "project kind",
];

/// Returns whether the beginning of a text has the header of a backup.
pub(crate) fn is_header_in(text: &str) -> bool {
    header_line(text).is_some()
}

fn header_line(text: &str) -> Option<&str> {
    text.lines().take(20).find(|line| {
        let line = line.to_lowercase();
        (line.contains("list name") && line.contains("title")) || (line.contains("清单") && line.contains("标题"))
    })
}

pub(super) fn read(text: &str, source: &str, context: &Context) -> Result<Plan, FormatError> {
    let separator = table::separator(header_line(text).unwrap_or_default());
    let rows = table::rows(text, separator)?;
    let found = rows.iter().enumerate().find_map(|(index, row)| {
        let mut columns = Columns::of(row);
        columns.rename(ALIASES);
        (columns.has("list name") && columns.has("title")).then_some((index, columns))
    });
    let Some((header, columns)) = found else {
        return Err(FormatError::new("no header with the columns `List Name` and `Title` was found")
            .hint("is this a TickTick backup? use --format for another kind of file"));
    };
    let mut plan = Plan::new(Format::BackupCsv, source);
    for name in columns.names().filter(|name| !name.is_empty() && !KNOWN.contains(name)) {
        plan.note(0, format!("unknown column `{name}`, ignored"));
    }
    let mut links = Vec::new();
    for row in &rows[header + 1..] {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            plan.skip(row.line, "empty row");
            continue;
        }
        let record = record(row, &columns, context, &mut plan);
        let cell = |name| columns.get(row, name).unwrap_or_default().trim().to_owned();
        links.push((cell("task id"), cell("parent id")));
        plan.records.push(record);
    }
    link(&mut plan, &links);
    Ok(plan)
}

/// Resolves the numbers of parents, which are valid only within the file.
fn link(plan: &mut Plan, links: &[(String, String)]) {
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    let mut repeated = BTreeSet::new();
    for (index, (id, _)) in links.iter().enumerate().filter(|(_, (id, _))| !id.is_empty()) {
        if ids.contains_key(id.as_str()) {
            repeated.insert(index);
        } else {
            ids.insert(id, index);
        }
    }
    for index in repeated {
        let row = plan.records[index].row;
        plan.note(row, "taskId is used twice in the file; the row was kept");
    }
    for (index, (_, parent)) in links.iter().enumerate().filter(|(_, (_, parent))| !parent.is_empty()) {
        let row = plan.records[index].row;
        match ids.get(parent.as_str()) {
            Some(found) if *found != index => plan.records[index].parent = Some(*found),
            Some(_) => plan.note(row, "the task is its own parent; imported without a parent"),
            None => plan.note(row, format!("the parent {parent} is not in the file; imported without a parent")),
        }
    }
}

fn record(row: &Row, columns: &Columns, context: &Context, plan: &mut Plan) -> Record {
    let cell = |name: &str| columns.get(row, name).unwrap_or_default();
    let text = |name: &str| table::lines(cell(name));
    let project = match cell("list name").trim() {
        "" => crate::record::INBOX,
        name => name,
    };
    let mut record = Record::new(Format::BackupCsv, row.line, text("title").replace('\n', " ").trim(), project);
    record.folder = Some(text("folder name").trim().to_owned()).filter(|name| !name.is_empty());
    record.column = Some(text("column name").trim().to_owned()).filter(|name| !name.is_empty());
    let tags = cell("tags");
    let separators: &[char] = if tags.contains(',') { &[','] } else { &[',', ';'] };
    tags.split(separators).for_each(|tag| record.tag(tag));
    let mut remarks = values::Remarks::default();
    values::state(&mut record, cell("status"), cell("priority"), cell("order"), &mut remarks);
    values::body(&mut record, cell("kind"), cell("is check list"), &text("content"), &mut remarks);
    values::dates(&mut record, &|name| cell(name).trim().to_owned(), context, &mut remarks);
    values::repeat(&mut record, cell("repeat"), &mut remarks);
    values::reminders(&mut record, &text("reminder"), &mut remarks);
    for remark in remarks.0 {
        plan.note(row.line, remark);
    }
    record
}
