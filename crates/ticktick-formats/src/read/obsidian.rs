//! Reads Markdown with checkboxes in the style of Obsidian Tasks.

use super::obsidian_fields as fields;
use crate::record::Record;
use crate::{Context, Format, Plan};

/// Marks a heading as a project. Obsidian does not show it.
pub(crate) const PROJECT: &str = "%%list%%";

/// A line that starts a list entry.
struct Bullet<'a> {
    indent: usize,
    /// The character between the brackets, if the entry has a checkbox.
    mark: Option<char>,
    text: &'a str,
}

/// The position of the next line.
#[derive(Default)]
struct Place {
    project: Option<String>,
    section: Option<String>,
    /// The indent and the index of each task above.
    above: Vec<(usize, usize)>,
    /// The sign and the length of an open fence.
    fence: Option<(char, usize)>,
}

pub(super) fn read(text: &str, source: &str, context: &Context) -> Plan {
    let mut plan = Plan::new(Format::Markdown, source);
    let mut place = Place::default();
    for (index, line) in text.lines().enumerate().skip(front_matter(text)) {
        let line = unquoted(line);
        match (place.fence, fence(line)) {
            (None, Some((sign, length, _))) => {
                place.fence = Some((sign, length));
                continue;
            }
            (Some((sign, least)), Some((other, length, true))) if sign == other && length >= least => {
                place.fence = None;
                continue;
            }
            (Some(_), _) => continue,
            (None, None) => {}
        }
        if let Some(name) = heading(line) {
            // Our own files mark headings that are projects.
            match name.strip_suffix(PROJECT) {
                Some(project) => (place.project, place.section) = (Some(project.trim().to_owned()), None),
                None => place.section = Some(name.to_owned()).filter(|name| !name.is_empty()),
            }
            place.above.clear();
            continue;
        }
        match bullet(line) {
            Some(Bullet { indent, mark: Some(mark), text }) => {
                let record = fields::record(mark, text, index + 1, place.project.as_deref().unwrap_or(source), context);
                if record.title.is_empty() {
                    plan.skip(index + 1, "a task without a title");
                    continue;
                }
                add(record, indent, &mut place, &mut plan);
            }
            other => keep_text(line, other.as_ref(), &mut place, &mut plan),
        }
    }
    plan
}

fn add(mut record: Record, indent: usize, place: &mut Place, plan: &mut Plan) {
    while place.above.last().is_some_and(|(above, _)| *above >= indent) {
        place.above.pop();
    }
    record.column.clone_from(&place.section);
    record.parent = place.above.last().map(|(_, index)| *index);
    place.above.push((indent, plan.records.len()));
    plan.records.push(record);
}

/// Text that is indented below a task is its content.
fn keep_text(line: &str, bullet: Option<&Bullet<'_>>, place: &mut Place, plan: &mut Plan) {
    let indent = width(line);
    if line.trim().is_empty() {
        return;
    }
    while place.above.last().is_some_and(|(above, _)| *above >= indent) {
        place.above.pop();
    }
    let Some((_, index)) = place.above.last() else { return };
    let content = &mut plan.records[*index].content;
    if !content.is_empty() {
        content.push('\n');
    }
    let text = line.trim();
    content.push_str(match bullet {
        Some(_) => text,
        // A backslash escapes a line that would otherwise be interpreted.
        None => text.strip_prefix('\\').unwrap_or(text),
    });
}

/// Returns the number of lines of the front matter.
fn front_matter(text: &str) -> usize {
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, first)| first.trim_end() != "---") {
        return 0;
    }
    lines.find(|(_, line)| matches!(line.trim_end(), "---" | "...")).map_or(0, |(index, _)| index + 1)
}

/// Removes the marks of a quotation, in which tasks are tasks too.
fn unquoted(line: &str) -> &str {
    let mut rest = line;
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

/// Reads the sign of a fence, its length, and whether nothing follows it, so that it can close another.
fn fence(line: &str) -> Option<(char, usize, bool)> {
    let text = line.trim();
    let sign = text.chars().next().filter(|sign| ['`', '~'].contains(sign))?;
    let rest = text.trim_start_matches(sign);
    let length = text.len() - rest.len();
    (length >= 3).then_some((sign, length, rest.is_empty()))
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let is_heading = (1..=6).contains(&level) && rest.starts_with(' ');
    // Signs at the end close a heading only after a space: `C#` is a name.
    let text = rest.trim();
    let open = text.trim_end_matches('#');
    let is_closed = open.is_empty() || open.ends_with(char::is_whitespace);
    is_heading.then(|| if is_closed { open.trim_end() } else { text })
}

fn width(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn bullet(line: &str) -> Option<Bullet<'_>> {
    let indent = width(line);
    let text = line.trim_start();
    let rest = match text.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => {
            let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
            (digits.len() < text.len()).then(|| digits.strip_prefix(['.', ')'])).flatten()?
        }
    };
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    let mut letters = rest.chars();
    let is_box = letters.next() == Some('[');
    let mark = letters.next().filter(|_| is_box);
    let closes = letters.next() == Some(']') && letters.next().is_none_or(char::is_whitespace);
    Some(match mark.filter(|_| closes) {
        Some(mark) => Bullet { indent, mark: Some(mark), text: rest[rest.find(']')? + 1..].trim() },
        None => Bullet { indent, mark: None, text: rest },
    })
}
