//! Searches tasks.

use std::collections::HashSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use ticktick::{Due, Priority, Task, TaskId};

use crate::answer::Answer;
use crate::call::Call;
use crate::failure::Failure;
use crate::found::{Dated, Found};
use crate::page::Page;
use crate::refs;
use crate::text::plural;
use crate::tool::{Tool, tool};
use crate::view::View;
use crate::when;

/// Default and maximum length of a page.
const PAGE: usize = 50;
const LONGEST: usize = 200;
/// Maximum number of closed tasks that a call reads.
const CLOSED: usize = 1_000;

pub(super) const FIND: Tool = tool!(reads
    "find_tasks",
    "Search tasks by words, project, tag, priority, dates, status or a saved filter.",
    Args, find)
.lists();

#[derive(Deserialize, JsonSchema)]
struct Args {
    /// Words in title, content or checklist.
    text: Option<String>,
    project: Option<String>,
    tag: Option<String>,
    priority: Option<Level>,
    /// Day, FROM..TO, this week, overdue or none.
    due: Option<String>,
    /// Default open.
    status: Option<Status>,
    /// Day when it was closed, or FROM..TO; default last 7 days.
    closed: Option<String>,
    /// Name of a saved filter.
    filter: Option<String>,
    /// Default 50.
    limit: Option<u32>,
    /// From next of the previous page.
    cursor: Option<String>,
    /// Also return typed rows.
    #[serde(default)]
    rows: bool,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    None,
    Low,
    Medium,
    High,
}

#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    Done,
    WontDo,
    Trash,
}

impl From<Level> for Priority {
    fn from(level: Level) -> Self {
        match level {
            Level::None => Self::None,
            Level::Low => Self::Low,
            Level::Medium => Self::Medium,
            Level::High => Self::High,
        }
    }
}

async fn find(call: &Call<'_>, args: Args) -> Result<Answer, Failure> {
    let status = args.status.unwrap_or(if args.closed.is_some() { Status::Done } else { Status::Open });
    refuse_unused(&args, status)?;
    if status == Status::Open {
        let view = if args.text.is_some() { call.view_with_texts().await? } else { call.view().await? };
        let tasks = narrowed(call, open(call, &args, &view)?, &args, &view)?;
        return page(&tasks, tasks.len(), &args, &view, status);
    }
    let others = match status {
        Status::Trash => call.client().task().trash().await?,
        _ => closed(call, &args, &call.view().await?, status).await?,
    };
    call.state.remember(others.iter().map(|task| &task.id));
    let view = call.view().await?;
    let mut tasks = narrowed(call, others.iter().map(Found::Other).collect(), &args, &view)?;
    if let Some(due) = &args.due {
        let wanted = Wanted::read(due, &view)?;
        tasks.retain(|task| wanted.fits(task.due(&view).as_ref(), &view));
    }
    page(&tasks, others.len(), &args, &view, status)
}

/// The date condition of a search.
enum Wanted {
    Overdue,
    Undated,
    Within(Date, Date),
}

impl Wanted {
    fn read(due: &str, view: &View) -> Result<Self, Failure> {
        Ok(match due.trim().to_lowercase().as_str() {
            "overdue" => Self::Overdue,
            "none" | "no date" => Self::Undated,
            _ => {
                let (first, last) = when::days(due, &view.quick_add, view.now())?;
                Self::Within(first, last)
            }
        })
    }

    fn fits(&self, due: Option<&Due>, view: &View) -> bool {
        let place = due.map(|due| when::place(due, view.zone()));
        match (self, place) {
            (Self::Undated, place) => place.is_none(),
            (Self::Overdue, Some((_, last, _))) => last < view.now().date(),
            (Self::Within(from, to), Some((first, last, _))) => first <= *to && *from <= last,
            (_, None) => false,
        }
    }
}

/// Refuses arguments that a search with this status would ignore.
fn refuse_unused(args: &Args, status: Status) -> Result<(), Failure> {
    let is_closed = matches!(status, Status::Done | Status::WontDo);
    let text = match (&args.filter, &args.closed) {
        (Some(_), _) if status != Status::Open => "A saved filter finds only open tasks. Leave out filter or status.",
        (_, Some(_)) if !is_closed => "Closed tasks have the status done or wont_do. Leave out closed or status.",
        _ => return Ok(()),
    };
    Err(Failure::new(format!("{text} Nothing was read.")))
}

/// Returns the open tasks that match the filter and the date, sorted by date.
fn open<'a>(call: &Call<'_>, args: &Args, view: &'a View) -> Result<Vec<Found<'a>>, Failure> {
    let mut dated = Dated::all(view);
    if let Some(name) = &args.filter {
        let filters = call.account.mirror.filters()?;
        let filter = refs::named("filter", name, &filters, |one| (one.id.as_str(), one.name.as_deref().unwrap_or("")))?;
        // Only the whole account can evaluate a filter.
        let account = call.account.mirror.account()?;
        let ids: HashSet<TaskId> = account.matching(filter)?.into_iter().map(|task| task.id.clone()).collect();
        dated.retain(|task| ids.contains(&task.row.id));
    }
    if let Some(due) = &args.due {
        let wanted = Wanted::read(due, view)?;
        dated.retain(|task| task.is_shown && wanted.fits(task.row.due.as_ref(), view));
    }
    Ok(dated.into_iter().map(|task| Found::Open(task.row)).collect())
}

/// Reads the tasks that were closed on some days.
async fn closed(call: &Call<'_>, args: &Args, view: &View, status: Status) -> Result<Vec<Task>, Failure> {
    let days = args.closed.as_deref().unwrap_or("last 7 days");
    let (first, last) = when::days(days, &view.quick_add, view.now())?;
    let start = |date: Date| {
        let earliest = view.now().date().saturating_sub(jiff::Span::new().years(20));
        let zoned = date.max(earliest).to_zoned_datetime(view.zone().clone());
        zoned.map(|zoned| zoned.timestamp()).map_err(|error| Failure::new(format!("The days cannot be used: {error}.")))
    };
    let today = view.now().date();
    let after = last.min(today).tomorrow().unwrap_or(Date::MAX);
    let mut history = call.client().task().history(start(first)?..start(after)?);
    let (mut tasks, mut read) = (Vec::new(), 0);
    while let Some(task) = history.try_next().await? {
        if task.is_wont_do() == (status == Status::WontDo) {
            tasks.push(task);
        }
        read += 1;
        if read % PAGE == 0 {
            call.step(format!("{read} closed tasks read")).await?;
        }
        if tasks.len() >= CLOSED {
            break;
        }
    }
    Ok(tasks)
}

fn narrowed<'a>(
    call: &Call<'_>,
    mut tasks: Vec<Found<'a>>,
    args: &Args,
    view: &View,
) -> Result<Vec<Found<'a>>, Failure> {
    if let Some(text) = &args.text {
        let text = text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        tasks.retain(|task| task.contains(&words));
    }
    if let Some(name) = &args.project {
        let (id, _) = call.project(name, view)?;
        tasks.retain(|task| *task.project() == id);
    }
    if let Some(name) = &args.tag {
        let tags = call.account.mirror.tags()?;
        let tag = refs::named("tag", name, &tags, |one| (one.name.as_str(), one.label.as_deref().unwrap_or("")))?;
        tasks.retain(|task| task.has_tag(&tag.name));
    }
    if let Some(level) = args.priority {
        let wanted = Priority::from(level);
        tasks.retain(|task| task.priority() == wanted);
    }
    Ok(tasks)
}

/// Says where a search in closed tasks stopped, if there may be more.
fn incomplete(status: Status, read: usize) -> Option<String> {
    let is_cut = matches!(status, Status::Done | Status::WontDo) && read >= CLOSED;
    is_cut
        .then(|| format!("Only the latest {CLOSED} closed tasks were searched. Give closed a shorter span for others."))
}

fn page(tasks: &[Found<'_>], read: usize, args: &Args, view: &View, status: Status) -> Result<Answer, Failure> {
    let limit = args.limit.map_or(PAGE, |limit| (limit as usize).clamp(1, LONGEST));
    let from = match args.cursor.as_deref().map(str::trim).filter(|cursor| !cursor.is_empty()) {
        Some(cursor) => cursor
            .parse::<usize>()
            .map_err(|_| Failure::new("The cursor is not from this server. Use next of the previous answer."))?,
        None => 0,
    };
    let mut page = Page::new(&view.printer, limit, args.rows);
    incomplete(status, read).into_iter().for_each(|line| page.say(line));
    for task in tasks.iter().skip(from) {
        if !page.add(&task.item(view)) {
            break;
        }
    }
    let what = match status {
        Status::Open => "open task",
        Status::Done => "completed task",
        Status::WontDo => "won't-do task",
        Status::Trash => "task in the trash",
    };
    let (shown, total) = (page.shown, tasks.len());
    let all = if status == Status::Trash { format!("{total} in the trash") } else { plural(total, what) };
    let head = if shown == total { all } else { format!("{shown} of {all}") };
    let end = from.saturating_add(shown);
    let next = (end < total && shown > 0).then(|| end.to_string());
    if let Some(next) = &next {
        page.say(format!("More with cursor {next}."));
    }
    Ok(Answer { next, ..page.answer(&head, total) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_of_many_closed_tasks_says_where_it_ended() {
        assert!(incomplete(Status::Done, CLOSED).unwrap().starts_with("Only the latest 1000 closed tasks"));
        assert_eq!(incomplete(Status::WontDo, CLOSED - 1), None);
        assert_eq!(incomplete(Status::Open, 10_000), None);
    }
}
