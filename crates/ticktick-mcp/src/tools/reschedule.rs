//! Moves dates of tasks.

use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Due, TaskPatch};

use super::report::finish;
use crate::answer::{Answer, Failure};
use crate::call::{Call, Plan};
use crate::text::clean;
use crate::tool::{Tool, tool};
use crate::when;

pub(super) const RESCHEDULE: Tool = tool!(writes
    "reschedule_tasks",
    "Move dates. Keeps time, duration, reminders and repeat rule.",
    Args, reschedule);

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Codes, ids or titles.
    tasks: Vec<String>,
    /// New date, with or without time; none clears.
    due: Option<String>,
    /// Or a step: 1 day, -2 weeks, 3 hours.
    by: Option<String>,
    /// Weekday that the new date must have.
    weekday: Option<String>,
    #[serde(default)]
    dry_run: bool,
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
        check_weekday(args.weekday.as_deref(), due.as_ref())?;
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
    finish(call, "Rescheduled", &report).await
}

/// Refuses a date on another weekday than the caller meant.
fn check_weekday(wanted: Option<&str>, due: Option<&Due>) -> Result<(), Failure> {
    let (Some(wanted), Some(due)) = (wanted.map(|day| day.trim().to_lowercase()), due) else { return Ok(()) };
    let is = due.start_date().strftime("%A").to_string();
    if wanted.len() >= 2 && is.to_lowercase().starts_with(&wanted) {
        return Ok(());
    }
    let (date, wanted) = (when::day(due.start_date()), clean(&wanted));
    Err(Failure::new(format!("{date} is not a {wanted}. Check the date. Nothing was changed.")))
}
