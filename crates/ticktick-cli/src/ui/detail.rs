//! One task or project with all its details.

use anstyle::Style;

use super::Look;
use super::line::{Line, wrapped};
use super::style::{self, BOLD, DIM, GREEN, PLAIN};
use crate::generated::cli::Priority;
use crate::text::width;
use crate::when::Urgency;

/// Maximum width of texts, because long lines are hard to read.
const WIDEST_TEXT: usize = 88;
/// Width of the bar that shows the progress of a checklist.
const PROGRESS: usize = 10;

/// A task, as shown on its page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detail {
    pub(crate) title: String,
    /// How to refer to it, such as "#2 · 5f3a9c0d…".
    pub(crate) reference: String,
    /// Its page in the web app, if links are shown.
    pub(crate) link: Option<String>,
    /// "Completed yesterday", unless it is open.
    pub(crate) closed: Option<String>,
    /// Its folder, project and column.
    pub(crate) place: String,
    pub(crate) priority: Option<Priority>,
    pub(crate) due: Option<(String, Urgency)>,
    pub(crate) zone: Option<String>,
    /// Lines such as "Repeats every month · next: Thu 3 Dec", in their order.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) content: String,
    pub(crate) items: Vec<Step>,
    pub(crate) children: Vec<Step>,
    /// Lines that end the page, such as when it was created.
    pub(crate) footer: Vec<String>,
}

/// A checklist item or a subtask.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) title: String,
    pub(crate) done: bool,
    pub(crate) depth: usize,
    /// Its date in a few words.
    pub(crate) due: Option<(String, Urgency)>,
}

/// Draws the page of a task.
pub(crate) fn detail(task: &Detail, look: Look) -> Vec<Line> {
    let room = look.width.saturating_sub(3).clamp(10, WIDEST_TEXT);
    let mut lines = headline(task, look);
    lines.extend(wrapped_line(summary(task, look), look));
    for (name, value) in &task.facts {
        lines.extend(fact(name, value, room));
    }
    if !task.content.trim().is_empty() {
        lines.push(Line::new());
        lines.extend(text(&task.content, room));
    }
    let done = task.items.iter().filter(|item| item.done).count();
    lines.extend(section("Checklist", progress(done, task.items.len(), look), &task.items, look));
    // The account does not contain completed subtasks, so their number is unknown.
    let open = Line::new().styled(format!("{} open", task.children.len()), DIM);
    lines.extend(section("Subtasks", open, &task.children, look));
    if !task.footer.is_empty() {
        lines.push(Line::new());
        let footer = task.footer.join(" · ");
        lines.extend(wrapped(&footer, room).into_iter().map(|line| Line::new().text("  ").styled(line, DIM)));
    }
    lines.into_iter().map(|line| line.fit(look.width)).collect()
}

/// Formats the title, with the reference at the right if there is room.
fn headline(task: &Detail, look: Look) -> Vec<Line> {
    let title = if task.title.trim().is_empty() { "(no title)" } else { &task.title };
    let reference = Line::new().linked(&task.reference, DIM, task.link.as_deref());
    let titles = wrapped(title, look.width.min(WIDEST_TEXT));
    let mut lines: Vec<Line> = titles.into_iter().map(|line| Line::new().styled(line, BOLD)).collect();
    let end = look.width.min(WIDEST_TEXT);
    match lines.as_mut_slice() {
        [one] if one.width() + 2 + reference.width() <= end => {
            *one = std::mem::take(one).pad(end - reference.width()).then(reference);
        }
        _ => lines.push(Line::new().text("  ").then(reference)),
    }
    lines
}

/// Collects place, priority and date.
fn summary(task: &Detail, look: Look) -> Vec<Line> {
    let mut parts = Vec::new();
    parts.extend(task.closed.as_ref().map(|closed| Line::new().styled(format!("✓ {closed}"), GREEN)));
    parts.push(Line::new().text(&task.place));
    if let Some((words, priority)) = task.priority.and_then(|one| Some((style::priority_words(one)?, one))) {
        parts.push(Line::new().styled(words, style::priority(priority).1));
    }
    if let Some((due, urgency)) = &task.due {
        let zone = task.zone.iter().map(|zone| format!(" ({zone})")).collect::<String>();
        let overdue = if look.accessible && *urgency == Urgency::Overdue { "overdue: " } else { "" };
        parts.push(Line::new().styled(format!("{overdue}{due}{zone}"), style::urgency(*urgency)));
    }
    parts.retain(|part| part.width() > 0);
    parts
}

/// Joins parts with dots, on as many lines as needed.
fn wrapped_line(parts: Vec<Line>, look: Look) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(last) if last.width() + 3 + part.width() <= look.width => {
                *last = std::mem::take(last).styled(" · ", DIM).then(part);
            }
            _ => lines.push(Line::new().text("  ").then(part)),
        }
    }
    lines
}

fn fact(name: &str, value: &str, room: usize) -> Vec<Line> {
    let lead = format!("{name}: ");
    let value = wrapped(value, room.saturating_sub(width(&lead)).max(8));
    let start = |at: usize| {
        let line = Line::new().text("  ");
        if at == 0 { line.styled(&lead, DIM) } else { line.pad(2 + width(&lead)) }
    };
    value.into_iter().enumerate().map(|(at, line)| start(at).text(line)).collect()
}

/// Formats a text of several lines. Indentation and empty lines are kept, as in Markdown.
fn text(content: &str, room: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for line in content.trim_end().lines() {
        let blanks = (line.len() - line.trim_start_matches(' ').len()).min(room / 2);
        let own = wrapped(line, room - blanks);
        if own.is_empty() {
            lines.push(Line::new());
        }
        lines.extend(own.into_iter().map(|line| Line::new().pad(2 + blanks).text(line)));
    }
    lines
}

/// Draws the progress of some steps, such as "███████▌   3 of 4".
fn progress(done: usize, all: usize, look: Look) -> Line {
    let count = format!("{done} of {all} done");
    if look.accessible || all == 0 {
        return Line::new().text(count);
    }
    let full = done * PROGRESS / all;
    let style = if done == all { GREEN } else { PLAIN };
    Line::new().styled("█".repeat(full), style).styled("░".repeat(PROGRESS - full), DIM).text(format!(" {count}"))
}

fn section(name: &str, count: Line, steps: &[Step], look: Look) -> Vec<Line> {
    if steps.is_empty() {
        return Vec::new();
    }
    let heading = Line::new().text("  ").styled(name, BOLD).text("  ").then(count);
    let mut lines = vec![Line::new(), heading];
    for step in steps {
        lines.extend(step_lines(step, look));
    }
    lines
}

fn step_lines(step: &Step, look: Look) -> Vec<Line> {
    let (mark, color, words): (_, Style, _) = match (look.accessible, step.done) {
        (true, true) => ("done:", GREEN, DIM),
        (true, false) => ("open:", PLAIN, PLAIN),
        (false, true) => ("☑", GREEN, DIM),
        (false, false) => ("☐", PLAIN, PLAIN),
    };
    // Deeper steps would leave no room for their titles.
    let lead = 2 + 2 * step.depth.min(look.width / 8);
    let start = lead + width(mark) + 1;
    let titles = wrapped(&step.title, look.width.min(WIDEST_TEXT).saturating_sub(start).max(2));
    let mut lines: Vec<Line> = titles
        .into_iter()
        .enumerate()
        .map(|(at, line)| match at {
            0 => Line::new().pad(lead).styled(mark, color).text(" ").styled(line, words),
            _ => Line::new().pad(start).styled(line, words),
        })
        .collect();
    if let (Some((due, urgency)), Some(last)) = (&step.due, lines.last_mut()) {
        let due = if look.accessible { format!(", due {due}") } else { format!("  ▸ {due}") };
        *last = std::mem::take(last).styled(due, style::urgency(*urgency));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::line::rendered;
    use super::super::tests::golden;
    use super::*;
    use proptest::prelude::*;

    fn dentist() -> Detail {
        let step = |title: &str, done, depth| Step { title: title.into(), done, depth, due: None };
        Detail {
            title: "Call the dentist".into(),
            reference: "#2 · 5f3a9c0d1e2f3a4b5c6d7e8f".into(),
            link: None,
            closed: None,
            place: "Health / Inbox".into(),
            priority: Some(Priority::Medium),
            due: Some(("today 09:30-10:00".into(), Urgency::Today)),
            zone: Some("Europe/Berlin".into()),
            facts: vec![
                ("Repeats".into(), "every 6 months from completion · next: 23 May 2027".into()),
                ("Reminders".into(), "at the time, 1 hour before".into()),
                ("Tags".into(), "health, a-tag-with-a-long-name, another-tag, and-one-more".into()),
            ],
            content: "Ask about the wisdom tooth, the appointment in spring, and the insurance.\n\n* one\n  * two"
                .into(),
            items: vec![step("insurance card", false, 0), step("old X-rays of 👩‍👩‍👧", true, 0)],
            children: vec![
                Step { due: Some(("Fri".into(), Urgency::Later)), ..step("Find the number", false, 0) },
                step("Ask for a number that can be called in the evening and on weekends", false, 1),
            ],
            footer: vec!["Created Mon 2 Nov".into(), "changed 3 days ago".into(), "2 comments".into()],
        }
    }

    fn drawn(task: &Detail, width: usize, accessible: bool) -> String {
        let lines = rendered(&detail(task, Look { width, accessible }));
        anstream::adapter::strip_str(&lines.join("\n")).to_string()
    }

    #[test]
    fn a_task_has_a_page() {
        golden("detail-80", &drawn(&dentist(), 80, false));
        golden("detail-120", &drawn(&dentist(), 120, false));
    }

    #[test]
    fn a_page_fits_a_narrow_terminal() {
        golden("detail-40", &drawn(&dentist(), 40, false));
    }

    #[test]
    fn a_page_can_be_read_aloud() {
        golden("detail-accessible", &drawn(&dentist(), 80, true));
    }

    #[test]
    fn a_closed_task_says_so_first() {
        let closed = Detail { closed: Some("Completed yesterday".into()), place: "Inbox".into(), ..Detail::default() };
        golden("detail-closed", &drawn(&closed, 80, false));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_terminal(text in "(.|\n){0,90}", width in 20_usize..130, depth: u8, accessible: bool) {
            let mut task = dentist();
            task.content.clone_from(&text);
            task.children[1].depth = depth.into();
            task.children[0].title.clone_from(&text);
            task.facts[1].1.clone_from(&text);
            task.place.clone_from(&text);
            task.title = text;
            for line in detail(&task, Look { width, accessible }) {
                prop_assert!(crate::text::width(&anstream::adapter::strip_str(&line.to_string()).to_string()) <= width);
            }
        }
    }
}
