//! Reads Org files.

use super::org_heading::{self as heading, Keywords};
use crate::record::{Item, Record};
use crate::{Format, Plan};

/// A heading above the next one.
struct Above {
    level: usize,
    /// Index of the task, if the heading is one.
    task: Option<usize>,
    tags: Vec<String>,
    title: String,
    category: Option<String>,
}

/// The state while a file is read.
struct File<'a> {
    source: &'a str,
    title: Option<String>,
    tags: Vec<String>,
    category: Option<String>,
    keywords: Keywords,
    above: Vec<Above>,
    /// The target of text lines, and the current drawer.
    task: Option<usize>,
    drawer: Option<String>,
    is_block: bool,
    /// Whether a planning line may follow.
    is_fresh: bool,
}

pub(super) fn read(text: &str, source: &str) -> Plan {
    let mut plan = Plan::new(Format::Org, source);
    let mut file = File {
        source,
        title: None,
        tags: Vec::new(),
        category: None,
        keywords: Keywords::default(),
        above: Vec::new(),
        task: None,
        drawer: None,
        is_block: false,
        is_fresh: false,
    };
    // Settings apply to the whole file, wherever they are.
    text.lines().for_each(|line| file.setting(line));
    for (index, line) in text.lines().enumerate() {
        let level = line.len() - line.trim_start_matches('*').len();
        if level > 0 && line[level..].starts_with(' ') {
            file.heading(level, line[level..].trim(), index + 1, &mut plan);
        } else {
            file.line(line, index + 1, &mut plan);
        }
    }
    for record in &mut plan.records {
        record.content = record.content.trim().to_owned();
        record.infer_all_day();
    }
    plan
}

impl File<'_> {
    fn setting(&mut self, line: &str) {
        let Some((name, value)) = line.strip_prefix("#+").and_then(|rest| rest.split_once(':')) else { return };
        let value = value.trim();
        match name.to_uppercase().as_str() {
            "TITLE" => self.title = Some(value.to_owned()).filter(|title| !title.is_empty()),
            "FILETAGS" => self.tags.extend(tags(value)),
            "CATEGORY" => self.category = Some(value.to_owned()),
            "TODO" | "SEQ_TODO" | "TYP_TODO" => self.keywords.add(value),
            _ => {}
        }
    }

    fn heading(&mut self, level: usize, text: &str, row: usize, plan: &mut Plan) {
        self.above.retain(|above| above.level < level);
        self.drawer = None;
        self.is_block = false;
        let (text, own) = split_tags(text);
        let (keyword, rest) = self.keywords.split(text);
        self.task = None;
        self.is_fresh = true;
        let mut task = None;
        if let Some(status) = keyword {
            let mut record = self.record(row);
            record.status = status;
            record.title = heading::bare(heading::priority(rest, &mut record.priority), &self.keywords);
            if record.title.is_empty() {
                return plan.skip(row, "a task without a title");
            }
            let inherited = self.tags.iter().chain(self.above.iter().flat_map(|above| &above.tags));
            let all: Vec<String> = inherited.chain(&own).cloned().collect();
            all.iter().for_each(|tag| record.tag(tag));
            task = Some(plan.records.len());
            plan.records.push(record);
        }
        self.task = task;
        let title = if keyword.is_some() { String::new() } else { heading::bare(text, &self.keywords) };
        self.above.push(Above { level, task, tags: own, title, category: None });
    }

    /// Creates a task below the headings above it. The first heading is its project, and the last one its column.
    fn record(&self, row: usize) -> Record {
        let mut plain = self.above.iter().filter(|above| above.task.is_none());
        let top = plain.next().filter(|above| above.level == 1 && !above.title.is_empty());
        let project = top.map(|above| above.title.clone()).or_else(|| self.title.clone());
        let mut record = Record::new(Format::Org, row, "", project.unwrap_or_else(|| self.source.to_owned()));
        record.column = plain.next_back().map(|above| above.title.clone());
        record.folder = top.and_then(|above| above.category.clone()).or_else(|| self.category.clone());
        record.parent = self.above.iter().rev().find_map(|above| above.task);
        record
    }

    fn line(&mut self, line: &str, row: usize, plan: &mut Plan) {
        let text = line.trim();
        if self.drawer.is_some() {
            self.in_drawer(text, row, plan);
            return;
        }
        let upper = text.to_uppercase();
        self.is_block = (self.is_block || upper.starts_with("#+BEGIN")) && !upper.starts_with("#+END");
        if is_planning(text) && self.is_fresh {
            self.is_fresh = false;
            if let Some(task) = self.task {
                heading::planning(text, &mut plan.records[task]);
            }
            return;
        }
        if text.len() > 2 && text.starts_with(':') && text.ends_with(':') && !text.contains(' ') && !self.is_block {
            self.drawer = Some(text.trim_matches(':').to_uppercase());
            return;
        }
        self.is_fresh = self.is_fresh && text.is_empty();
        let Some(task) = self.task else { return };
        let is_setting = text.starts_with("#+") && !self.is_block && !upper.starts_with("#+END");
        if is_setting || text.starts_with("# ") {
            return;
        }
        let record = &mut plan.records[task];
        match heading::checkbox(text).filter(|_| !self.is_block) {
            Some((title, done)) => record.items.push(Item { title: title.to_owned(), done }),
            None => {
                record.content.push_str(unescaped(line));
                record.content.push('\n');
            }
        }
    }

    fn in_drawer(&mut self, text: &str, row: usize, plan: &mut Plan) {
        if text.eq_ignore_ascii_case(":END:") {
            self.drawer = None;
            return;
        }
        if self.drawer.as_deref() != Some("PROPERTIES") {
            if self.task.is_some() && !text.is_empty() {
                plan.note(row, "a line of a drawer was left out");
            }
            return;
        }
        let Some((name, value)) = text.strip_prefix(':').and_then(|rest| rest.split_once(':')) else { return };
        let (name, value) = (name.to_uppercase(), value.trim());
        if let Some(task) = self.task {
            heading::property(&name, value, &mut plan.records[task]);
        } else if name == "CATEGORY"
            && let Some(above) = self.above.last_mut()
        {
            above.category = Some(value.to_owned()).filter(|name| !name.is_empty());
        }
    }
}

/// Removes the comma that escapes a line.
fn unescaped(line: &str) -> &str {
    let hides = |rest: &&str| {
        rest.starts_with([',', '*'])
            || rest.trim_start().starts_with(['-', '+', ':', '#'])
            || rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
            || is_planning(rest.trim_start())
    };
    line.strip_prefix(',').filter(hides).unwrap_or(line)
}

fn is_planning(text: &str) -> bool {
    ["DEADLINE:", "SCHEDULED:", "CLOSED:"].iter().any(|name| text.starts_with(name))
}

fn tags(text: &str) -> impl Iterator<Item = String> {
    text.split([':', ' ']).filter(|tag| !tag.is_empty()).map(str::to_owned)
}

/// Splits the tags from the end of a heading.
fn split_tags(text: &str) -> (&str, Vec<String>) {
    let Some((title, last)) = text.trim_end().rsplit_once(char::is_whitespace) else { return (text, Vec::new()) };
    if heading::is_tags(last) {
        return (title.trim_end(), tags(last).collect());
    }
    (text, Vec::new())
}
