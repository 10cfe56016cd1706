//! Tasks and events as entries of the calendar.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, ZonedDateTime};
use ticktick::calendar::{BoundEvent, CalendarEvent};
use ticktick::{Account, Client, Due, Task};

use crate::args::CalendarTasks;
use crate::cmd::project_view::{self, ProjectView};
use crate::cmd::tag;
use crate::cmd::task_view::TaskView;
use crate::error::Error;
use crate::generated::cli;
use crate::ui::agenda;
use crate::web;
use crate::when::When;

/// Days in the reader's zone, both ends included.
pub(super) struct Days {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) zone: TimeZone,
}

impl Days {
    pub(super) fn start(&self) -> Result<Timestamp, Error> {
        moment(self.first, &self.zone)
    }

    pub(super) fn end(&self) -> Result<Timestamp, Error> {
        moment(self.last.checked_add(1.day()).unwrap_or(self.last), &self.zone)
    }

    fn overlap(&self, due: &Due) -> bool {
        let (first, last) = due.days_in(&self.zone).into_inner();
        first <= self.last && last >= self.first
    }
}

fn moment(day: Date, zone: &TimeZone) -> Result<Timestamp, Error> {
    let start = day.to_zoned_datetime(zone.clone()).map(|start| start.timestamp());
    start.map_err(|_| Error::usage(format!("{day} is out of range")))
}

/// A task or an event.
pub(super) struct Item {
    pub(super) entry: cli::CalendarEntry,
    due: Due,
    /// The project of a task.
    project: Option<String>,
}

impl Item {
    fn of_task(task: &TaskView, due: Due, repeated: bool, zone: &TimeZone) -> Option<Self> {
        let entry = cli::CalendarEntry {
            id: task.task.id.clone(),
            kind: cli::CalendarKind::Task,
            title: task.task.title.clone(),
            due: When::new(due.clone(), zone)?.view()?,
            place: task.task.project.name.clone(),
            priority: task.task.priority,
            status: task.task.status,
            repeated,
        };
        Some(Self { entry, due, project: Some(task.task.project.id.clone()) })
    }

    /// Returns an entry for each day. With the address of the web app, tasks become links.
    pub(super) fn by_day(&self, days: &Days, now: &ZonedDateTime, site: Option<&str>) -> Vec<agenda::Entry> {
        let of_due = self.due.days_in(&days.zone);
        let (first, last) = (*of_due.start(), *of_due.end());
        let shown = std::iter::successors(Some(first.max(days.first)), |day| day.tomorrow().ok());
        let entry = |day: Date| agenda::Entry {
            day,
            times: self.times(day, first, last, &days.zone),
            title: self.entry.title.clone(),
            place: self.entry.place.clone(),
            priority: self.entry.priority,
            event: self.entry.kind == cli::CalendarKind::Event,
            done: self.entry.status != cli::TaskStatus::Open,
            overdue: self.is_overdue(now),
            link: site.zip(self.project.as_ref()).map(|(site, project)| web::task_page(site, project, &self.entry.id)),
        };
        shown.take_while(|day| *day <= last.min(days.last)).map(entry).collect()
    }

    /// Returns whether it is an open task whose last day is over.
    pub(super) fn is_overdue(&self, now: &ZonedDateTime) -> bool {
        let is_open = self.entry.kind == cli::CalendarKind::Task && self.entry.status == cli::TaskStatus::Open;
        is_open && *self.due.days_in(now.time_zone()).end() < now.date()
    }

    /// Returns when it starts and ends on a day. Between its first and last day, it lasts the whole day.
    fn times(&self, day: Date, first: Date, last: Date, zone: &TimeZone) -> Option<(Time, Option<Time>)> {
        if self.due.is_all_day() {
            return None;
        }
        let (start, end) = When::new(self.due.clone(), zone)?.clock_times();
        match (day == first, day == last) {
            (true, true) => Some((start.time(), Some(end.time()))),
            (true, false) => Some((start.time(), None)),
            (false, true) => Some((Time::midnight(), Some(end.time()))),
            (false, false) => None,
        }
    }
}

/// Sorts by the displayed time.
pub(super) fn in_order(items: &mut [Item], days: &Days) {
    items.sort_by_cached_key(|item| {
        let day = item.due.days_in(&days.zone).into_inner().0;
        (day, item.times(day, day, day, &days.zone), item.entry.priority, item.entry.title.clone())
    });
}

/// Which tasks are shown.
pub(super) struct Wanted {
    projects: Option<HashSet<String>>,
    tags: Vec<String>,
}

impl Wanted {
    /// `tags` are the names of the tags that are given.
    pub(super) fn new(args: &CalendarTasks, projects: &[ProjectView], tags: Vec<String>) -> Result<Self, Error> {
        let id = |name: &String| Ok(project_view::find(name, projects)?.id.clone());
        let wanted: HashSet<String> = match args.projects.as_slice() {
            [] => projects.iter().filter(|project| !project.archived).map(|project| project.id.clone()).collect(),
            names => names.iter().map(id).collect::<Result<_, Error>>()?,
        };
        Ok(Self { projects: Some(wanted), tags })
    }

    fn has(&self, task: &TaskView) -> bool {
        self.projects.as_ref().is_none_or(|projects| projects.contains(&task.task.project.id))
            && self.tags.iter().all(|tag| task.task.tags.contains(tag))
    }
}

/// Returns the open tasks of some days, with the later occurrences of those that repeat.
pub(super) fn tasks(
    account: &Account,
    now: &ZonedDateTime,
    days: &Days,
    args: &CalendarTasks,
) -> Result<Vec<Item>, Error> {
    let projects = project_view::all(account);
    let (tags, _) = tag::wanted(&args.tags, &tag::known(account, &args.tags))?;
    let wanted = Wanted::new(args, &projects, tags)?;
    let mut items = Vec::new();
    for task in account.tasks().iter().filter(|task| task.is_open()) {
        let Some(due) = task.due(now.time_zone()) else { continue };
        let later = occurrences(task, &due, days);
        let is_shown = days.overlap(&due);
        if !is_shown && later.is_empty() {
            continue;
        }
        let Some(view) = TaskView::all([task], &projects, now).pop().filter(|view| wanted.has(view)) else { continue };
        if is_shown {
            items.extend(Item::of_task(&view, due, false, &days.zone));
        }
        items.extend(later.into_iter().filter_map(|due| Item::of_task(&view, due, true, &days.zone)));
    }
    Ok(items)
}

/// Returns the later occurrences of a repeating task in some days. If the rule is unknown, there are none.
fn occurrences(task: &Task, due: &Due, days: &Days) -> Vec<Due> {
    // The next date depends on the day of completion.
    let by_completion = task.repeat_from.get().is_some_and(|from| from.to_string() == "1");
    let Some(Ok(rule)) = task.recurrence().filter(|_| !by_completion) else { return Vec::new() };
    let Ok(dates) = rule.occurrences(due.start_date()) else { return Vec::new() };
    let skipped =
        |day: &Date| task.ex_date.iter().any(|skipped| skipped.starts_with(&day.strftime("%Y%m%d").to_string()));
    dates
        .skip_while(|day| *day <= due.start_date())
        .take_while(|day| *day <= days.last)
        .filter(|day| !skipped(day))
        .filter_map(|day| due.moved_to(day, &days.zone).ok())
        .filter(|due| days.overlap(due))
        .collect()
}

/// Returns the completed tasks on the day of their completion.
pub(super) fn closed(tasks: Vec<Task>, projects: &[ProjectView], wanted: &Wanted, now: &ZonedDateTime) -> Vec<Item> {
    let zone = now.time_zone();
    let views = TaskView::all(&tasks, projects, now).into_iter().filter(|task| wanted.has(task));
    let item = |task: TaskView| {
        let day = task.task.completed?.to_zoned_datetime(zone.clone()).date();
        Item::of_task(&task, Due::day(day), false, zone)
    };
    views.filter_map(item).collect()
}

/// Returns the names of the linked and subscribed calendars by id.
pub(super) async fn calendar_names(client: &Client) -> Result<HashMap<String, String>, Error> {
    let accounts = client.calendar().accounts().await?;
    let linked = accounts.accounts.iter().flat_map(|account| account.calendars.iter());
    let linked =
        linked.map(|calendar| (calendar.id.to_string(), calendar.name.as_deref().unwrap_or_default().to_owned()));
    let subscribed = client.calendar().subscriptions().await?;
    let subscribed =
        subscribed.iter().map(|one| (one.id.to_string(), one.name.as_deref().unwrap_or_default().to_owned()));
    Ok(linked.chain(subscribed).collect())
}

/// Returns the events of some days. An event that mirrors a task is left out if the task is shown.
pub(super) fn events(bound: &[BoundEvent], names: &HashMap<String, String>, shown: &[Item], days: &Days) -> Vec<Item> {
    let tasks: HashSet<&str> = shown.iter().map(|item| item.entry.id.as_str()).collect();
    let mirrors = |event: &CalendarEvent| {
        let uid = event.uid.as_deref().unwrap_or_default();
        tasks.contains(uid.split('@').next().unwrap_or_default())
    };
    let item = |bound: &BoundEvent| {
        let due = due_of(&bound.event, &days.zone).filter(|due| days.overlap(due))?;
        let calendar = bound.calendar.as_deref().unwrap_or_default();
        let entry = cli::CalendarEntry {
            id: bound.event.id.to_string(),
            kind: cli::CalendarKind::Event,
            title: bound.event.title.as_deref().unwrap_or_default().to_owned(),
            due: When::new(due.clone(), &days.zone)?.view()?,
            place: names.get(calendar).cloned().unwrap_or_default(),
            priority: cli::Priority::None,
            status: cli::TaskStatus::Open,
            repeated: false,
        };
        Some(Item { entry, due, project: None })
    };
    bound.iter().filter(|bound| !mirrors(&bound.event)).filter_map(item).collect()
}

/// Returns when an event takes place. An all-day event ends at the start of the next day.
fn due_of(event: &CalendarEvent, zone: &TimeZone) -> Option<Due> {
    let moment = |time: &ticktick::models::Timestamp| Some(time.instant()?.to_zoned_datetime(zone.clone()));
    let start = moment(event.due_start.get()?)?;
    let end = event.due_end.get().and_then(moment).filter(|end| *end > start);
    if event.is_all_day == true {
        let last = end.map_or(start.date(), |end| end.checked_sub(1.second()).map_or(start.date(), |end| end.date()));
        return if last > start.date() { Due::days(start.date()..=last).ok() } else { Some(Due::day(start.date())) };
    }
    match end {
        Some(end) => Due::range(start, end).ok(),
        None => Some(Due::at(start)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(members: serde_json::Value) -> Option<Due> {
        let event: CalendarEvent = serde_json::from_value(members).unwrap();
        due_of(&event, &TimeZone::get("Europe/Berlin").unwrap())
    }

    #[test]
    fn an_all_day_event_ends_on_the_day_before_its_end() {
        let day = |start: &str, end: Option<&str>| {
            event(json!({"id": "e", "isAllDay": true, "dueStart": start, "dueEnd": end})).unwrap()
        };
        let first: Date = "2026-11-23".parse().unwrap();
        let start = "2026-11-22T23:00:00.000+0000";
        assert_eq!(day(start, Some("2026-11-23T23:00:00.000+0000")), Due::day(first));
        assert_eq!(day(start, Some(start)), Due::day(first));
        assert_eq!(day(start, None), Due::day(first));
        let two = Due::days(first..=first.tomorrow().unwrap()).unwrap();
        assert_eq!(day(start, Some("2026-11-24T23:00:00.000+0000")), two);
        assert_eq!(event(json!({"id": "e", "isAllDay": true})), None);
    }

    #[test]
    fn a_repeating_task_appears_on_its_later_days() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let mut task = Task::new("a", "p");
        let due = Due::at("2026-11-23T09:00[Europe/Berlin]".parse().unwrap());
        task.set_due(&due, &berlin).unwrap();
        task.repeat_flag.set("RRULE:FREQ=DAILY;INTERVAL=2");
        let day = |text: &str| text.parse().unwrap();
        let days = Days { first: day("2026-11-24"), last: day("2026-11-28"), zone: berlin };
        let dates = |task: &Task| occurrences(task, &due, &days).iter().map(Due::date).collect::<Vec<Date>>();
        assert_eq!(dates(&task), [day("2026-11-25"), day("2026-11-27")]);
        task.repeat_from.set("1");
        assert_eq!(dates(&task), [], "nobody knows when it is completed");
        task.repeat_from.set("2");
        task.repeat_flag.set("RRULE:FREQ=HOURLY");
        assert_eq!(dates(&task), []);
    }
}
