//! Past focus sessions.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use ticktick::focus::{FocusKind, FocusRecord as Stored, FocusRecordStatus};
use ticktick::{Client, FocusDraft};

use super::subject::{self, Subject};
use crate::answer::Answer;
use crate::args::{FocusAddArgs, FocusEditArgs, FocusListArgs, Globals, RecordArgs};
use crate::connect::Connection;
use crate::error::{Error, Kind};
use crate::generated::cli::{FocusMode, FocusRecord};
use crate::output::{DIM, Output};
use crate::table::Cell;
use crate::written::{Written, write};
use crate::{ask, noun, past, period};

/// Describes a session.
fn view(record: &Stored) -> FocusRecord {
    let instant = |time: Option<&ticktick::models::Timestamp>| time.and_then(ticktick::models::Timestamp::instant);
    let seconds = record.duration().map_or(0, |length| length.as_secs());
    FocusRecord {
        id: record.id.to_string(),
        mode: mode(record.r#type.get()),
        start: instant(record.start_time.get()),
        end: instant(record.end_time.get()),
        seconds: seconds.try_into().unwrap_or(0),
        paused_seconds: record.pause_duration.copied().and_then(|pause| pause.try_into().ok()).unwrap_or(0),
        subjects: subject::of_record(record),
        note: record.note.as_deref().unwrap_or_default().to_owned(),
        dropped: record.status == FocusRecordStatus::Dropped,
    }
}

pub(super) fn mode(kind: Option<&FocusKind>) -> FocusMode {
    match kind {
        Some(FocusKind::Stopwatch) => FocusMode::Stopwatch,
        _ => FocusMode::Pomodoro,
    }
}

/// Formats a length, such as `1 h 25 min`.
pub(super) fn length(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds} s"),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub(super) async fn list(globals: &Globals, args: &FocusListArgs, output: Output) -> Result<(), Error> {
    let (records, now) = noun::read_of_tasks(globals, output, async |connection| {
        let now = noun::now(connection).await?;
        let records = match &args.task {
            Some(name) => {
                let task = subject::find_task(name, connection, globals, output).await?;
                connection.client.focus().by_task(&task).await?.into_inner()
            }
            None if args.all => everything(&connection.client).await?,
            None => connection.client.focus().records(times(globals, args, &now)?).await?,
        };
        Ok((records, now))
    })
    .await?;
    Answer::new(records.iter().map(view).collect()).print(globals, |records| {
        let total = records.iter().map(|record| record.seconds).sum();
        let mut lines = noun::table(records, "session", 2, |record| row(record, now.time_zone(), now.date()));
        if let Some(last) = lines.last_mut() {
            last.push_str(&format!(" · {}", length(total)));
        }
        lines
    })
}

async fn everything(client: &Client) -> Result<Vec<Stored>, Error> {
    let mut timeline = client.focus().timeline();
    let mut records = Vec::new();
    while let Some(record) = timeline.try_next().await? {
        records.push(record);
    }
    Ok(records)
}

/// Returns the first and the last instant to list.
fn times(globals: &Globals, args: &FocusListArgs, now: &ZonedDateTime) -> Result<RangeInclusive<Timestamp>, Error> {
    let today = now.date();
    let (first, last) = period::recent(globals, args.since.as_deref(), args.until.as_deref(), today)?.into_inner();
    let moment = |day: Date| {
        let start = day.to_zoned_datetime(now.time_zone().clone());
        start.map(|start| start.timestamp()).map_err(|_| Error::usage(format!("{day} is out of range")))
    };
    let end = last.tomorrow().map_err(|_| Error::usage(format!("{last} is out of range")))?;
    Ok(moment(first)?..=moment(end)?)
}

fn row(record: &FocusRecord, zone: &TimeZone, today: Date) -> Vec<Cell> {
    let end = record.end.map(|end| end.to_zoned_datetime(zone.clone()).strftime("-%H:%M").to_string());
    let mode = if record.mode == FocusMode::Stopwatch { "stopwatch" } else { "" };
    vec![
        Cell::new(format!(" {}{}", noun::moment(record.start, zone, today), end.unwrap_or_default())),
        Cell::new(length(record.seconds)),
        Cell::new(subject::names(&record.subjects)),
        Cell::new(&record.note).style(DIM),
        Cell::new(if record.dropped { "dropped" } else { mode }).style(DIM),
    ]
}

/// Finds a session by its id, or the last one.
async fn find(client: &Client, wanted: &str) -> Result<Stored, Error> {
    let mut timeline = client.focus().timeline();
    while let Some(record) = timeline.try_next().await? {
        if wanted == "last" || record.id == *wanted {
            return Ok(record);
        }
    }
    Err(Error::new(Kind::NotFound, format!("no focus session has the id \"{wanted}\""))
        .hint("`ticktick focus list --all -q` lists the ids of all sessions; `last` is the newest one"))
}

pub(super) async fn show(globals: &Globals, args: &RecordArgs) -> Result<(), Error> {
    let (record, now) = noun::read(globals, async |connection| {
        Ok((find(&connection.client, &args.record).await?, noun::now(connection).await?))
    })
    .await?;
    let details = |record: &FocusRecord| {
        let time = |at: Option<Timestamp>| noun::moment(at, now.time_zone(), now.date());
        let paused = record.paused_seconds;
        let rows = [
            ("start", time(record.start)),
            ("end", time(record.end)),
            ("paused", if paused == 0 { String::new() } else { length(paused) }),
            ("about", subject::names(&record.subjects)),
            ("note", record.note.clone()),
            ("id", record.id.clone()),
        ];
        noun::details(&length(record.seconds), &rows)
    };
    Answer::new(vec![view(&record)]).print(globals, |all| all.iter().flat_map(details).collect::<Vec<_>>())
}

pub(super) async fn add(globals: &Globals, args: FocusAddArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let now = noun::now(connection).await?;
        let start = past::parse_moment(globals, &args.start, now.date(), &now)?;
        let end = past::parse_moment(globals, &args.end, start.date(), &now)?;
        if end.timestamp() > now.timestamp() {
            return Err(Error::usage("the session ends in the future").hint("`ticktick focus start` starts one now"));
        }
        let pause = args.paused.checked_mul(60).ok_or_else(|| Error::usage("--paused is too long"))?;
        let mut draft = FocusDraft::new(start.timestamp(), end.timestamp()).paused(pause);
        if args.stopwatch {
            draft = draft.stopwatch();
        }
        if let Some(note) = args.note {
            draft = draft.note(note);
        }
        draft = match Subject::find(&args.subject, connection, globals, output).await? {
            Subject::Task(task) => draft.on_task(&task),
            Subject::Habit(habit) => draft.on_habit(&habit),
            Subject::Timer(timer) => draft.on_timer(&timer),
            Subject::Nothing => draft,
        };
        connection.name("focus add");
        let record = view(&connection.client.focus().create(draft).await?);
        let line = format!("Added a session of {}", length(record.seconds));
        Ok(Written::one(record, line))
    })
    .await
}

pub(super) async fn edit(globals: &Globals, args: FocusEditArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let now = noun::now(connection).await?;
        let mut record = find(&connection.client, &args.record.record).await?;
        let day =
            view(&record).start.map_or(now.date(), |start| start.to_zoned_datetime(now.time_zone().clone()).date());
        if let Some(start) = &args.start {
            record.start_time = at(globals, start, day, &now)?.into();
        }
        if let Some(end) = &args.end {
            record.end_time = at(globals, end, day, &now)?.into();
        }
        if let Some(note) = &args.note {
            record.note = noun::set(note).unwrap_or_default().into();
        }
        name(connection, "focus edit", &record);
        let record = view(&connection.client.focus().update(&record).await?);
        let line = format!("Changed a session of {}", length(record.seconds));
        Ok(Written::one(record, line))
    })
    .await
}

fn at(globals: &Globals, text: &str, day: Date, now: &ZonedDateTime) -> Result<ticktick::models::Timestamp, Error> {
    Ok(past::parse_moment(globals, text, day, now)?.timestamp().into())
}

fn name(connection: &Connection, command: &str, record: &Stored) {
    connection.name(&format!("{command} {}", record.id));
}

pub(super) async fn delete(globals: &Globals, args: &RecordArgs, output: Output) -> Result<(), Error> {
    write(globals, output, async |connection| {
        let stored = find(&connection.client, &args.record).await?;
        let record = view(&stored);
        let what = format!("the focus session of {}", length(record.seconds));
        ask::agree(globals, &format!("delete {what}"))?;
        name(connection, "focus delete", &stored);
        connection.client.focus().delete(&stored).await?;
        Ok(Written::one(record, format!("Deleted {what}")))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_hours_and_minutes() {
        for (seconds, text) in [(0, "0 s"), (59, "59 s"), (1500, "25 min"), (3600, "1 h"), (5100, "1 h 25 min")] {
            assert_eq!(length(seconds), text);
        }
    }
}
