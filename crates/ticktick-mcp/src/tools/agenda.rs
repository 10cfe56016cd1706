//! What is due.

use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::{Answer, Failure};
use crate::call::Call;
use crate::tool::{Tool, tool};
use crate::when;

/// The longest span in days.
const LONGEST: u32 = 31;
/// The most tasks of an answer.
const MOST: usize = 100;

pub(super) const AGENDA: Tool =
    tool!(reads "agenda", "What is due: overdue, today and the days ahead. Start here.", Args, agenda);

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// First day; default today.
    from: Option<String>,
    /// Number of days; default 3.
    days: Option<u32>,
    /// Whether to list overdue tasks; default true.
    overdue: Option<bool>,
}

async fn agenda(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let today = view.now.date();
    let first = match &args.from {
        Some(text) => when::days(text, &view.quick_add(), &view.now)?.0,
        None => today,
    };
    let days = args.days.unwrap_or(3).clamp(1, LONGEST);
    let (mut lines, mut total) = (Vec::new(), 0);
    let mut section = |head: String, tasks: Vec<&ticktick::Task>| {
        total += tasks.len();
        if !tasks.is_empty() {
            lines.push(head);
            lines.extend(tasks.into_iter().map(|task| view.line(task)));
        }
    };
    if args.overdue.unwrap_or(true) {
        section("Overdue:".to_owned(), view.account.overdue());
    }
    for ahead in 0..days {
        let day = first.saturating_add(i64::from(ahead).days());
        let name = if day == today { "Today, " } else { "" };
        section(format!("{name}{}:", when::day(day)), view.account.due_between(day..=day));
    }
    lines.truncate(MOST + LONGEST as usize);
    lines.insert(0, view.head(&format!("{total} due")));
    Ok(Answer { total: Some(total), ..Answer::lines(lines) })
}
