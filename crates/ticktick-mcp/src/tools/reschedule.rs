//! Moves dates of tasks.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Due, TaskPatch};

use super::report::finish;
use crate::answer::Answer;
use crate::call::{Call, Plan};
use crate::failure::Failure;
use crate::text::clean;
use crate::tool::{Tool, tool};
use crate::when;

pub(super) const RESCHEDULE: Tool = tool!(writes
    "reschedule_tasks",
    "Move dates of tasks. Keeps time, duration, reminders and repeat rule.",
    Args, reschedule);

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    /// New date, with or without time; none clears.
    due: Option<String>,
    /// Instead of due: 1 day, -2 weeks, 3 hours.
    by: Option<String>,
    /// Weekday that the new date must have.
    weekday: Option<String>,
    /// Only preview.
    #[serde(default)]
    dry_run: bool,
    /// Token of a preview.
    confirm: Option<String>,
}

async fn reschedule(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let view = call.view().await?;
    let tasks = call.open_tasks(&args.tasks, &view)?;
    let zone = view.zone();
    let new = match (&args.due, &args.by) {
        (Some(text), None) => when::read(text, &view.quick_add)?,
        (None, Some(_)) => None,
        _ => return Err(Failure::new("Give either due or by. Nothing was changed.")),
    };
    let (mut plan, mut patches) = (Plan::default(), Vec::new());
    for task in tasks {
        let old = task.due(zone);
        let due = match (&args.by, &old, &new) {
            (Some(by), Some(old), _) => Some(when::shifted(old, by, zone)?),
            (Some(_), None, _) => {
                return Err(Failure::new(format!("{} has no date to move. Nothing was changed.", view.name(&task))));
            }
            (None, old, Some(new)) => Some(when::moved(old.as_ref(), new, zone)?),
            (None, _, None) => None,
        };
        check_weekday(args.weekday.as_deref(), due.as_ref().map(|due| when::place(due, zone).0))?;
        let text = |due: Option<&Due>| due.map_or_else(|| "no date".to_owned(), |due| when::due(due, zone));
        plan.lines.push(format!("{}: {} becomes {}", view.name(&task), text(old.as_ref()), text(due.as_ref())));
        let patch = due.map_or_else(|| TaskPatch::new().clear_due(), |due| TaskPatch::new().due(due));
        patches.push((task.id.clone(), patch));
        plan.tasks.push((&task).into());
    }
    if let Some(answer) = call.check(&plan, &view, args.dry_run, args.confirm.as_deref()).await? {
        return Ok(answer);
    }
    let batch = call.client().task().batch();
    let batch = patches.into_iter().fold(batch, |batch, (id, patch)| batch.patch([id], patch));
    let report = batch.send().await?;
    finish(call, "Rescheduled", &report, &plan.tasks).await
}

/// Refuses a date that is not on the weekday that the caller meant.
fn check_weekday(wanted: Option<&str>, date: Option<Date>) -> Result<(), Failure> {
    let (Some(wanted), Some(date)) = (wanted, date) else { return Ok(()) };
    let wanted = wanted.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_wanted = |name: &str| wanted.len() >= 2 && name.starts_with(&wanted);
    if is_wanted(&date.strftime("%A").to_string().to_lowercase()) {
        return Ok(());
    }
    let shown = clean(&wanted);
    Err(Failure::new(if WEEKDAYS.iter().any(|name| is_wanted(name)) {
        format!("{} is not a {shown}. Check the date. Nothing was changed.", when::day(date))
    } else {
        format!("\"{shown}\" is not a weekday. Write it as monday or mon. Nothing was changed.")
    }))
}
