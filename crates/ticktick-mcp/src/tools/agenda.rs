//! Lists what is due. Reads the columns of the mirror, because decoding every task of a large account would take the most time.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::{ToSpan, ZonedDateTime};
use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::ProjectId;
use ticktick::mirror::{Mirror, SqlLimits, SqlValue, TaskQuery, TaskRow};
use ticktick::models::TaskKind;

use crate::answer::Answer;
use crate::call::Call;
use crate::failure::Failure;
use crate::found::Dated;
use crate::item::Item;
use crate::page::Page;
use crate::tool::{Tool, tool};
use crate::when;

/// Maximum number of days.
const LONGEST: u32 = 31;
/// Maximum number of tasks in an answer.
const MOST: usize = 100;

pub(super) const AGENDA: Tool =
    tool!(reads "agenda", "List what is overdue, due today and due in the days ahead. Start here.", Args, agenda)
        .lists();

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// First day; default today.
    from: Option<String>,
    /// Number of days; default 3.
    days: Option<u32>,
    /// Whether to list overdue tasks; default true.
    overdue: Option<bool>,
    /// Also return typed rows.
    #[serde(default)]
    rows: bool,
}

async fn agenda(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let days = args.days.unwrap_or(3).max(1);
    if days > LONGEST {
        return Err(Failure::new(format!(
            "The agenda has at most {LONGEST} days. Use find_tasks with due FROM..TO for more. Nothing was read."
        )));
    }
    let stale = call.refresh().await?;
    let mirror = &call.account.mirror;
    let now = call.now().to_zoned_datetime(mirror.zone()?);
    let first = first(args.from.as_deref(), call, &now)?;
    let last = first.saturating_add(i64::from(days - 1).days());
    let wants_overdue = args.overdue.unwrap_or(true);
    let rows = rows(mirror, wants_overdue.then(|| now.date()), first, last)?;
    let tasks = Dated::sorted(&rows, now.time_zone());
    let ids = ids(mirror)?;
    let printer = call.printer(now.clone(), stale, ids.iter().map(String::as_str).collect());
    let mut page = Page::new(&printer, MOST, args.rows);
    // A task on several days counts once.
    let (mut shown, mut all) = (HashSet::new(), HashSet::new());
    let mut section = |head: String, is_in: &dyn Fn(&Dated<'_>) -> bool| {
        let mut head = Some(head);
        for task in tasks.iter().filter(|task| is_in(task)) {
            all.insert(&task.row.id);
            head.take().into_iter().for_each(|head| page.say(head));
            if page.add(&Item::of_row(task.row)) {
                shown.insert(&task.row.id);
            }
        }
    };
    if wants_overdue {
        section("Overdue:".to_owned(), &|task| task.last < now.date());
    }
    for day in first.series(1.day()).take_while(|day| *day <= last) {
        let name = if day == now.date() { "Today, " } else { "" };
        section(format!("{name}{}:", when::day(day)), &|task| task.is_within(day, day));
    }
    let (total, hidden) = (all.len(), all.len() - shown.len());
    if hidden > 0 {
        page.say(format!("{hidden} more are due. Ask for fewer days, or use find_tasks."));
    }
    Ok(page.answer(&format!("{total} due"), total))
}

fn first(from: Option<&str>, call: &Call<'_>, now: &ZonedDateTime) -> Result<Date, Failure> {
    let Some(text) = from else { return Ok(now.date()) };
    let quick_add = call.account.preferences.quick_add(now, call.account.mirror.week_start()?);
    Ok(when::days(text, &quick_add, now)?.0)
}

/// Returns the open tasks of some days, and those that were due before today.
fn rows(mirror: &Mirror, today: Option<Date>, first: Date, last: Date) -> Result<Vec<TaskRow>, Failure> {
    let archived: HashSet<ProjectId> =
        mirror.projects()?.into_iter().filter(ticktick::Project::is_archived).map(|project| project.id).collect();
    let mut queries = vec![TaskQuery::new().due(first..=last), TaskQuery::new().running(last)];
    queries.extend(today.map(|today| TaskQuery::new().due(..today)));
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    for query in queries {
        let rows = mirror.list(&query)?.into_iter();
        let rows = rows.filter(|row| row.kind != TaskKind::Note && !archived.contains(&row.project_id));
        all.extend(rows.filter(|row| seen.insert(row.id.clone())));
    }
    Ok(all)
}

/// Returns the ids of all open tasks, which their codes depend on.
fn ids(mirror: &Mirror) -> Result<Vec<String>, Failure> {
    let mut limits = SqlLimits::default();
    limits.rows = usize::MAX;
    let rows = mirror.sql("select id from tasks", limits)?.rows;
    let text = |value| if let SqlValue::Text(id) = value { Some(id) } else { None };
    Ok(rows.into_iter().flatten().filter_map(text).collect())
}
