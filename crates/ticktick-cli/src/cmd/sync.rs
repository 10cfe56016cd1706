//! `ticktick sync`.

use std::collections::HashMap;

use clap::{ArgMatches, Args, FromArgMatches};
use jiff::SignedDuration;
use ticktick::mirror::{Mirror, Refresh, SqlLimits, SqlValue, TaskQuery};
use ticktick::{Changes, TaskId};

use crate::answer::Answer;
use crate::args::{FormatArg, Globals, SyncArgs};
use crate::connect::{self, Profile};
use crate::entry::{Entry, Section};
use crate::error::Error;
use crate::generated::cli::{ChangedIds, MirrorStatus, ObjectCount, Sync};
use crate::mirror::{self, ago};
use crate::output::{DIM, GREEN, Output, width};
use crate::runtime::wait;
use crate::table::{Cell, Table};
use crate::text::{on_one_line, plural};

/// How many titles are shown.
const SHOWN: usize = 10;

/// The views that are counted, and the noun for one of their rows.
const COUNTED: [(&str, &str); 12] = [
    ("tasks", "open task"),
    ("closed", "closed task"),
    ("items", "checklist item"),
    ("projects", "project"),
    ("folders", "folder"),
    ("columns", "column"),
    ("tags", "tag"),
    ("filters", "filter"),
    ("habits", "habit"),
    ("checkins", "check-in"),
    ("focus", "focus session"),
    ("countdowns", "countdown"),
];

pub(crate) const SYNC: Entry =
    Entry::leaf(Section::Data, "sync", "Refresh the copy of the account on this machine", SyncArgs::augment_args, run);

fn run(globals: &Globals, matches: &ArgMatches) -> Result<(), Error> {
    let args = SyncArgs::from_arg_matches(matches)?;
    if args.status { status(globals) } else { wait(sync(globals, &args, Output::new(globals))) }
}

async fn sync(globals: &Globals, args: &SyncArgs, output: Output) -> Result<(), Error> {
    let mut connection = mirror::connect_required(globals, output).await?;
    let mirror = connection.mirror.clone();
    // Only people see titles. Those of removed tasks may not be in the mirror afterwards.
    let before = mirror.as_ref().filter(|_| output.is_for_people()).map(titles).transpose()?.unwrap_or_default();
    let refresh = connection.refresh(args.full, output).await?;
    connection.close()?;
    if output.format == FormatArg::Ids {
        let tasks = &refresh.changes.tasks;
        return output.ids(tasks.added.iter().chain(&tasks.changed));
    }
    Answer::new(vec![described(&refresh)]).print(globals, |_| {
        let title = |id: &TaskId| {
            let now = mirror.as_ref().and_then(|mirror| Some(mirror.task(id).ok()??.title().to_owned()));
            now.or_else(|| before.get(id).cloned()).unwrap_or_else(|| id.to_string())
        };
        let mut lines = vec![format!("{GREEN}✓{GREEN:#} {}", summary(&refresh))];
        lines.extend(changed(&refresh.changes, title).render(width()));
        lines
    })
}

/// Returns the titles of the open tasks by id.
fn titles(mirror: &Mirror) -> Result<HashMap<TaskId, String>, Error> {
    Ok(mirror.list(&TaskQuery::new())?.into_iter().map(|row| (row.id, row.title)).collect())
}

fn described(refresh: &Refresh) -> Sync {
    let Changes { tasks, projects, groups, tags, filters, .. } = &refresh.changes;
    Sync {
        full: refresh.full,
        shared: refresh.shared,
        tasks: ids(&tasks.added, &tasks.changed, &tasks.removed),
        projects: ids(&projects.added, &projects.changed, &projects.removed),
        folders: ids(&groups.added, &groups.changed, &groups.removed),
        tags: ids(&tags.added, &tags.changed, &tags.removed),
        filters: ids(&filters.added, &filters.changed, &filters.removed),
    }
}

fn ids<K: ToString>(added: &[K], changed: &[K], removed: &[K]) -> ChangedIds {
    let texts = |keys: &[K]| keys.iter().map(ToString::to_string).collect();
    ChangedIds { added: texts(added), changed: texts(changed), removed: texts(removed) }
}

fn summary(refresh: &Refresh) -> String {
    let Sync { tasks, projects, folders, tags, filters, .. } = described(refresh);
    let kinds = [("task", tasks), ("project", projects), ("folder", folders), ("tag", tags), ("filter", filters)];
    let mut parts = Vec::new();
    for (kind, ChangedIds { added, changed, removed }) in kinds {
        for (ids, what) in [(added, "added"), (changed, "changed"), (removed, "removed")] {
            if !ids.is_empty() {
                parts.push(format!("{} {what}", plural(ids.len(), kind)));
            }
        }
    }
    let how = if refresh.full { "Read the whole account" } else { "Synced" };
    if parts.is_empty() { format!("{how}: nothing changed") } else { format!("{how}: {}", parts.join(", ")) }
}

/// Lists the first tasks that changed.
fn changed(changes: &Changes, title: impl Fn(&TaskId) -> String) -> Table {
    let tasks = &changes.tasks;
    let kinds = [("added", &tasks.added), ("changed", &tasks.changed), ("removed", &tasks.removed)];
    let all = || kinds.into_iter().flat_map(|(what, ids)| ids.iter().map(move |id| (what, id)));
    let mut table = Table::new().flexible([(1, 20)]);
    for (what, id) in all().take(SHOWN) {
        table.row(vec![Cell::new(format!(" {what}")).style(DIM), Cell::new(title(id))]);
    }
    let more = all().count().saturating_sub(SHOWN);
    if more > 0 {
        table.row(vec![Cell::new(format!(" and {more} more")).style(DIM)]);
    }
    table
}

fn status(globals: &Globals) -> Result<(), Error> {
    let status = facts(globals, Output::new(globals))?;
    Answer::new(vec![status]).print(globals, |all| all.iter().flat_map(status_lines).collect::<Vec<_>>())
}

fn status_lines(status: &MirrorStatus) -> [String; 4] {
    let age = match status.age_seconds {
        Some(seconds) => ago(SignedDuration::from_secs(seconds)),
        None => "never; run `ticktick sync`".into(),
    };
    let stale = if status.stale { ", but a write may have changed more; run `ticktick sync`" } else { "" };
    let number = |count| usize::try_from(count).unwrap_or(usize::MAX);
    let words = COUNTED.iter().map(|(_, word)| word);
    let objects = status.objects.iter().zip(words).map(|(one, word)| plural(number(one.count), word));
    [
        format!("Mirror:    {}", on_one_line(&status.path)),
        format!("Refreshed: {age}{stale}"),
        format!("Contains:  {}", objects.collect::<Vec<_>>().join(", ")),
        format!("Journal:   {}", plural(number(status.writes), "write")),
    ]
}

/// Describes the mirror without a request. A file that does not exist is not created.
fn facts(globals: &Globals, output: Output) -> Result<MirrorStatus, Error> {
    let path = if globals.demo {
        connect::demo_mirror()?.ok_or_else(|| Error::usage("a demo at a fixed time keeps no mirror"))?
    } else {
        Profile::open(globals)?.mirror()
    };
    let text = path.display().to_string();
    let count = |kind: &str, count| ObjectCount { kind: kind.to_owned(), count };
    if !path.exists() {
        let objects = COUNTED.map(|(kind, _)| count(kind, 0)).into();
        return Ok(MirrorStatus { path: text, synced_at: None, age_seconds: None, stale: false, objects, writes: 0 });
    }
    let mirror = mirror::open(&path, output)?;
    let age = mirror.age()?;
    let counts = COUNTED.map(|(view, _)| format!("(select count(*) from {view})")).join(", ");
    let query = format!("select {counts}, (select count(distinct entry) from writes)");
    let row = mirror.sql(&query, SqlLimits::default())?.rows.pop().unwrap_or_default();
    let mut numbers = row.into_iter().map(|value| match value {
        SqlValue::Integer(number) => u64::try_from(number).unwrap_or(0),
        _ => 0,
    });
    let objects = COUNTED.into_iter().zip(numbers.by_ref()).map(|((kind, _), number)| count(kind, number)).collect();
    Ok(MirrorStatus {
        path: text,
        synced_at: age.map(|age| mirror::moment() - age),
        age_seconds: age.map(|age| age.as_secs()),
        stale: mirror.is_stale()?,
        objects,
        writes: numbers.next().unwrap_or(0),
    })
}
