//! Writes Markdown in the style of Obsidian Tasks.

use ticktick::models::{RepeatFrom, TaskKind};
use ticktick::{Priority, TaskStatus};

use super::tree;
use super::{Lost, Written};
use crate::read::PROJECT;
use crate::read::obsidian_fields::protected;
use crate::record::Record;
use crate::words::say;
use crate::{Context, Plan};

pub(super) fn write(plan: &Plan, context: &Context) -> Written {
    let mut lost = Lost::default();
    let mut files = Vec::new();
    for (project, branch) in tree::projects(plan) {
        let mut text = format!("# {} {PROJECT}\n", tree::one_line(&project));
        let mut column: Option<&str> = None;
        for tops in sections(plan, &branch) {
            let own = plan.records[tops[0].0].column.as_deref();
            if own != column {
                text.push_str(&format!("\n## {}\n", heading(own.unwrap_or(""))));
                column = own;
            }
            text.push('\n');
            for (index, depth) in tops {
                let record = &plan.records[index];
                task(record, depth, context, &mut text);
                count(record, &mut lost);
            }
        }
        text.push('\n');
        files.push((project, text));
    }
    Written { files, lost, ..Written::default() }
}

/// Returns the text of a heading. If it ends with signs, which close a heading, one more sign closes it.
fn heading(name: &str) -> String {
    let name = tree::one_line(name);
    let closes = name.split_whitespace().next_back().is_some_and(|word| word.bytes().all(|byte| byte == b'#'));
    if closes { format!("{name} #") } else { name }
}

/// Splits a project into its columns. Each top-level task comes with those below it; those without a column come first.
fn sections(plan: &Plan, branch: &tree::Branch) -> Vec<tree::Branch> {
    let mut families: Vec<tree::Branch> = Vec::new();
    for (index, depth) in branch {
        match families.last_mut().filter(|_| *depth > 0) {
            Some(family) => family.push((*index, *depth)),
            None => families.push(vec![(*index, *depth)]),
        }
    }
    let mut columns: Vec<Option<&str>> = vec![None];
    let mut sections: Vec<tree::Branch> = vec![Vec::new()];
    for family in families {
        let column = plan.records[family[0].0].column.as_deref();
        match columns.iter().position(|known| *known == column) {
            Some(place) => sections[place].extend(family),
            None => {
                columns.push(column);
                sections.push(family);
            }
        }
    }
    sections.retain(|section| !section.is_empty());
    sections
}

fn task(record: &Record, depth: usize, context: &Context, text: &mut String) {
    let indent = "    ".repeat(depth);
    let mark = match record.status {
        TaskStatus::Completed => 'x',
        TaskStatus::WontDo => '-',
        _ => ' ',
    };
    let title = protected(&record.title, context);
    let mut words = vec![if title.is_empty() { "(untitled)".to_owned() } else { title }];
    words.extend(record.tags.iter().map(|tag| format!("#{}", tag.replace(' ', "-"))));
    words.extend(record.ticktick_id.as_ref().map(|id| format!("[ticktick:: {id}]")));
    let priority = match record.priority {
        Priority::High => "⏫",
        Priority::Medium => "🔼",
        Priority::Low => "🔽",
        _ => "",
    };
    words.extend((!priority.is_empty()).then(|| priority.to_owned()));
    words.extend(repeat(record).map(|words| format!("🔁 {words}")));
    let zone = tree::zone(record, context);
    let mut day = |mark: &str, moment| words.push(format!("{mark} {}", tree::day(moment, &zone)));
    record.created.into_iter().for_each(|created| day("➕", created));
    record.start.filter(|start| Some(*start) != record.due).into_iter().for_each(|start| day("🛫", start));
    record.due.into_iter().for_each(|due| day("📅", due));
    let done = if record.status == TaskStatus::WontDo { "❌" } else { "✅" };
    record.completed.filter(|_| !record.is_open()).into_iter().for_each(|completed| day(done, completed));
    text.push_str(&format!("{indent}- [{mark}] {}\n", words.join(" ")));
    for line in record.content.lines() {
        text.push_str(&format!("{indent}  \\{line}\n"));
    }
    for item in &record.items {
        text.push_str(&format!(
            "{indent}    - [{}] {}\n",
            if item.done { 'x' } else { ' ' },
            protected(&item.title, context)
        ));
    }
}

/// Returns a rule in words, if they can express all of it.
fn repeat(record: &Record) -> Option<String> {
    let words = say(record.repeat.as_deref()?)?;
    let when_done = record.repeat_from == Some(RepeatFrom::Completion);
    Some(if when_done { format!("{words} when done") } else { words })
}

fn count(record: &Record, lost: &mut Lost) {
    lost.count("times and time zones", tree::has_time(record.due.or(record.start)));
    lost.count("reminders", !record.alarms.is_empty());
    lost.count("repeat rules", record.repeat.is_some() && repeat(record).is_none());
    let calendar = record.repeat_from == Some(RepeatFrom::Calendar) && repeat(record).is_some();
    lost.count("what repeats count from", calendar);
    lost.count("checklists, written as subtasks", !record.items.is_empty());
    lost.count("notes, written as tasks", record.kind == TaskKind::Note);
    lost.count("folders", record.folder.is_some());
    lost.count("spaces in tags", record.tags.iter().any(|tag| tag.contains(' ')));
    lost.count("comments", !record.comments.is_empty());
}
