//! Converts the tasks of an archive to records.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use ticktick::models::{Folder, RepeatFrom, TaskKind, Timestamp};
use ticktick::{Due, Project, Task, TaskStatus};

use crate::archive::{Archive, Entity};
use crate::record::{Alarm, INBOX, Item, Moment, Record};
use crate::{Context, Format, Plan};

/// Names of projects, folders and columns, by their ids.
#[derive(Debug, Default)]
struct Names {
    projects: BTreeMap<String, (String, Option<String>)>,
    columns: BTreeMap<String, String>,
    inbox: Option<String>,
}

impl Names {
    fn of(archive: &Archive) -> Self {
        let folders: BTreeMap<String, String> = archive
            .decoded::<Folder>(Entity::Groups)
            .0
            .into_iter()
            .map(|folder| (folder.id.to_string(), folder.name.unwrap_or_default()))
            .collect();
        let project = |project: Project| {
            let folder = project.group_id.as_ref().and_then(|id| folders.get(id.as_str())).cloned();
            (project.id.to_string(), (project.name.unwrap_or_default(), folder))
        };
        let columns = archive.decoded::<ticktick::models::Column>(Entity::Columns).0;
        Self {
            projects: archive.decoded::<Project>(Entity::Projects).0.into_iter().map(project).collect(),
            columns: columns.into_iter().map(|one| (one.id.to_string(), one.name.unwrap_or_default())).collect(),
            inbox: archive.manifest.inbox.clone(),
        }
    }

    fn project(&self, id: &str) -> (String, Option<String>) {
        if self.inbox.as_deref() == Some(id) || id.starts_with("inbox") {
            return (INBOX.to_owned(), None);
        }
        self.projects.get(id).cloned().unwrap_or_else(|| (INBOX.to_owned(), None))
    }
}

impl Plan {
    /// Creates a plan from the tasks of an archive, sorted by project and position.
    #[must_use]
    pub fn of_archive(archive: &Archive, format: Format, source: &str, context: &Context) -> Self {
        let names = Names::of(archive);
        let mut plan = Self::new(format, source);
        let mut tasks = Vec::new();
        for entity in [Entity::Tasks, Entity::Completed] {
            let (read, bad) = archive.decoded::<Task>(entity);
            tasks.extend(read);
            if bad > 0 {
                plan.skip(0, format!("{bad} objects of {}.ndjson cannot be read", entity.name()));
            }
        }
        let place = |task: &Task| {
            (names.project(task.project_id.as_str()), task.sort_order.copied().unwrap_or(0), task.id.clone())
        };
        tasks.sort_by_cached_key(place);
        let zone = archive.manifest.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
        let zone = zone.unwrap_or_else(|| context.zone().clone());
        let index: BTreeMap<String, usize> =
            tasks.iter().enumerate().map(|(index, task)| (task.id.to_string(), index)).collect();
        for (row, task) in tasks.iter().enumerate() {
            let mut record = record(task, format, row + 1, &names, &zone);
            record.parent = task.parent().and_then(|parent| index.get(parent.as_str())).copied();
            plan.records.push(record);
        }
        plan.break_cycles();
        plan
    }
}

fn record(task: &Task, format: Format, row: usize, names: &Names, zone: &TimeZone) -> Record {
    let (project, folder) = names.project(task.project_id.as_str());
    let mut record = Record::new(format, row, task.title(), project);
    record.folder = folder.filter(|name| !name.is_empty());
    record.column = task.column().and_then(|column| names.columns.get(column.as_str())).cloned();
    record.kind = task.kind();
    record.status = match task.status() {
        TaskStatus::LegacyCompleted => TaskStatus::Completed,
        status => status,
    };
    record.priority = task.priority();
    record.content = task.body().unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
    record.tags = task.tags().iter().map(|tag| tag.as_str().to_owned()).collect();
    let item = |item: &ticktick::models::ChecklistItem| Item {
        title: item.title.as_deref().unwrap_or_default().to_owned(),
        done: item.is_done(),
    };
    record.items = task.items().iter().map(item).collect();
    let rule = task.repeat_flag.as_deref().filter(|rule| !rule.is_empty());
    record.repeat = rule.map(str::to_owned);
    record.repeat_from = RepeatFrom::read(&task.repeat_from).filter(|_| rule.is_some());
    let trigger = |text: &str| Alarm::Start(text.strip_prefix("TRIGGER:").unwrap_or(text).to_owned());
    record.alarms = task.reminders.iter().map(|reminder| trigger(reminder.trigger.as_str())).collect();
    dates(task, &mut record, zone);
    let instant = |time: &ticktick::Field<Timestamp>| time.get().and_then(Timestamp::instant);
    record.created = instant(&task.created_time).map(Moment::Instant);
    record.completed = instant(&task.completed_time).map(Moment::Instant).filter(|_| !record.is_open());
    record.modified = instant(&task.modified_time);
    record.etag = task.etag.as_ref().map(ToString::to_string);
    record.order = task.sort_order.copied();
    record.ticktick_id = Some(task.id.to_string());
    if task.kind() != TaskKind::Checklist {
        record.progress =
            task.progress.copied().and_then(|percent| u8::try_from(percent).ok()).filter(|percent| *percent > 0);
    }
    record
}

fn dates(task: &Task, record: &mut Record, zone: &TimeZone) {
    record.zone = task.time_zone.as_deref().filter(|name| !name.is_empty()).map(str::to_owned);
    let (start, due) = match task.due(zone) {
        None => return,
        Some(Due::Day { date, .. }) => (Moment::Day(date), Moment::Day(date)),
        Some(Due::Days { first, last, .. }) => (Moment::Day(first), Moment::Day(last)),
        Some(Due::At(at)) => (Moment::Instant(at.timestamp()), Moment::Instant(at.timestamp())),
        Some(Due::Range { start, end, .. }) => (Moment::Instant(start.timestamp()), Moment::Instant(end.timestamp())),
        Some(Due::Floating { start, end, zone: own, .. }) => {
            record.floating = true;
            let zone = own.as_ref().unwrap_or(zone);
            let place = |at| zone.to_timestamp(at).map_or(Moment::Local(at), Moment::Instant);
            (place(start), place(end))
        }
        Some(_) => return,
    };
    record.start = Some(start);
    record.due = Some(due);
    record.infer_all_day();
}
