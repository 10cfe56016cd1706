//! [`Columns`]: the values of an object that are also stored as columns.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rusqlite::ToSql;
use ticktick_models::{
    DayStamp, Due, Filter, Folder, Project, Tag, TagName, Task, TaskKind, TaskStatus, Timestamp, decode, decode_lenient,
};

use super::card::{Card, millis};
use super::kind::Kind;
use super::members::Members;

/// Declares the columns that follow from an object: their names in the file, and the members that hold them.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $ty:ty),* $(,)?) => {
        /// The columns of one object. Dates and times are local, as `2026-03-01` or `2026-03-01 09:00`.
        #[derive(Debug, Default, PartialEq)]
        pub(super) struct Columns {
            pub(super) id: String,
            $($(#[$doc])* pub(super) $name: $ty,)*
            /// Whether the object has members that do not fit their types.
            pub(super) odd: bool,
        }

        /// The names of the columns, in the order of [`Columns::values`].
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];

        impl Columns {
            pub(super) fn values(&self) -> [&dyn ToSql; NAMES.len()] {
                [$(&self.$name),*]
            }
        }
    };
}

columns! {
    state: Option<&'static str>,
    card: Option<String>,
    owner: Option<String>,
    title: Option<String>,
    parent: Option<String>,
    lane: Option<String>,
    priority: Option<i64>,
    starts: Option<String>,
    ends: Option<String>,
    day: Option<String>,
    finished: Option<String>,
    sort: Option<i64>,
    form: Option<String>,
    tags: Option<String>,
    modified_at: Option<i64>,
    all_day: Option<bool>,
    pinned: Option<bool>,
    zone: Option<String>,
    items: Option<i64>,
    items_done: Option<i64>,
    repeats: Option<String>,
}

impl Columns {
    /// Reads the columns of an object. Returns `None` if the text is not an object with a key.
    pub(super) fn of(kind: Kind, json: &str, zone: &TimeZone) -> Option<Self> {
        if kind == Kind::Task {
            let read = decode(json.as_bytes()).map(|task| (task, false));
            let (task, odd) = read.or_else(|_| decode_lenient(json.as_bytes()).map(|read| (read.value, true))).ok()?;
            return Some(Self::of_task(task, odd, zone));
        }
        let object = Members::of(json)?;
        let moment = |key| object.text(key).and_then(|text| local(&Timestamp::from(text.as_str()), zone));
        let id = if kind == Kind::Checkin { checkin_key(&object)? } else { object.text(kind.key())? };
        let odd = !fits(kind, json);
        let mut columns = Self { id, sort: object.number("sortOrder"), odd, ..Self::default() };
        columns.title = object.text("name");
        match kind {
            Kind::Project => columns.owner = object.text("groupId").filter(|group| group != "NONE"),
            Kind::Tag => {
                columns.title = object.text("label");
                columns.parent = object.text("parent").filter(|parent| !parent.is_empty());
            }
            Kind::Column => columns.owner = object.text("projectId"),
            Kind::Habit => {
                columns.lane = object.text("sectionId").filter(|section| section != "-1");
                columns.state = Some(if object.number("status").unwrap_or(0) == 0 { "active" } else { "archived" });
            }
            Kind::Checkin => {
                columns.owner = object.text("habitId");
                columns.day = day(object.number("checkinStamp"));
                columns.state = checkin_state(object.number("status"));
            }
            Kind::Focus => {
                (columns.starts, columns.ends) = (moment("startTime"), moment("endTime"));
                columns.day = columns.starts.as_ref().and_then(|start| start.get(..10)).map(str::to_owned);
                columns.title = object.first("tasks", "title");
                columns.state = Some(if object.number("status") == Some(3) { "dropped" } else { "completed" });
            }
            Kind::Countdown => columns.day = day(object.number("date")),
            Kind::Comment => {
                columns.owner = object.text("taskId");
                columns.title = object.text("title");
                columns.starts = moment("createdTime");
            }
            Kind::Task | Kind::Folder | Kind::Filter | Kind::Section => {}
        }
        Some(columns)
    }

    /// Reads the columns of a task. `odd` is whether it has members that do not fit.
    pub(super) fn of_task(task: Task, odd: bool, zone: &TimeZone) -> Self {
        let due = task.due(zone).and_then(|due| LocalDue::of(&due, zone));
        let LocalDue { starts, ends, day } = due.unwrap_or_default();
        let count = |items: usize| i64::try_from(items).ok().filter(|items| *items > 0);
        Self {
            card: Some(Card::of(&task).text()),
            state: Some(state(&task)),
            starts,
            ends,
            day,
            finished: task.completed_time.get().and_then(|time| local(time, zone)),
            parent: task.parent().map(|parent| parent.as_str().to_owned()),
            lane: task.column().map(|column| column.as_str().to_owned()),
            priority: task.priority.get().map(|priority| priority.value()),
            sort: task.sort_order.get().copied(),
            form: task.kind.get().filter(|kind| **kind != TaskKind::Text).map(|kind| kind.as_str().to_owned()),
            tags: lines(task.tags()),
            modified_at: millis(&task.modified_time),
            all_day: task.is_all_day.get().copied().filter(|all_day| *all_day),
            pinned: task.is_pinned().then_some(true),
            items: count(task.items().len()),
            items_done: count(task.items().iter().filter(|item| item.is_done()).count()),
            id: task.id.as_str().to_owned(),
            owner: Some(task.project_id.as_str().to_owned()),
            title: task.title.into_option(),
            zone: task.time_zone.into_option().filter(|zone| !zone.is_empty()),
            repeats: task.repeat_flag.into_option().filter(|rule| !rule.is_empty()),
            odd,
        }
    }
}

/// Returns whether an object that a sync contains fits its type. Calls that read other kinds check this themselves.
fn fits(kind: Kind, json: &str) -> bool {
    let json = json.as_bytes();
    match kind {
        Kind::Project => decode::<Project>(json).is_ok(),
        Kind::Folder => decode::<Folder>(json).is_ok(),
        Kind::Tag => decode::<Tag>(json).is_ok(),
        Kind::Filter => decode::<Filter>(json).is_ok(),
        _ => true,
    }
}

/// Returns the names of tags, each on a line of its own.
fn lines(tags: &[TagName]) -> Option<String> {
    let tags: Vec<&str> = tags.iter().map(TagName::as_str).filter(|tag| !tag.contains(char::is_control)).collect();
    (!tags.is_empty()).then(|| tags.join("\n"))
}

/// Returns the state of a task. Deleted tasks are `trashed`.
fn state(task: &Task) -> &'static str {
    match task.status() {
        _ if task.is_deleted() => "trashed",
        TaskStatus::WontDo => "wont_do",
        _ if task.is_completed() => "completed",
        _ => "open",
    }
}

/// A due date as local texts.
#[derive(Default)]
struct LocalDue {
    starts: Option<String>,
    ends: Option<String>,
    day: Option<String>,
}

impl LocalDue {
    fn of(due: &Due, zone: &TimeZone) -> Option<Self> {
        let here = |moment: &jiff::ZonedDateTime| minute(moment.with_time_zone(zone.clone()).datetime());
        let (starts, ends) = match due {
            Due::Day { date, .. } => (day_text(*date), day_text(*date)),
            Due::Days { first, last, .. } => (day_text(*first), day_text(*last)),
            Due::At(moment) => {
                let at = here(moment);
                (at.clone(), at)
            }
            Due::Range { start, end, .. } => (here(start), here(end)),
            Due::Floating { start, end, .. } => (minute(*start), minute(*end)),
            _ => return None,
        };
        // Only a range can end on another day than its end says.
        let day = if starts == ends {
            ends[..ends.find(' ').unwrap_or(ends.len())].to_owned()
        } else {
            day_text(*due.days_in(zone).end())
        };
        Some(Self { starts: Some(starts), ends: Some(ends), day: Some(day) })
    }
}

fn local(time: &Timestamp, zone: &TimeZone) -> Option<String> {
    Some(minute(time.instant()?.to_zoned_datetime(zone.clone()).datetime()))
}

fn minute(at: DateTime) -> String {
    let mut text = day_text(at.date());
    for (mark, number) in [(' ', at.hour()), (':', at.minute())] {
        text.push(mark);
        push(&mut text, number.unsigned_abs().into(), 10);
    }
    text
}

fn day_text(day: Date) -> String {
    let Ok(year @ 0..=9_999) = u16::try_from(day.year()) else { return day.to_string() };
    let mut text = String::with_capacity("2026-03-01 09:00".len());
    push(&mut text, year, 1_000);
    for number in [day.month(), day.day()] {
        text.push('-');
        push(&mut text, number.unsigned_abs().into(), 10);
    }
    text
}

/// Appends a number with leading zeros; `unit` is that of the first digit. Format strings take several times as long.
fn push(text: &mut String, number: u16, mut unit: u16) {
    while unit > 0 {
        text.extend(char::from_digit(u32::from(number / unit % 10), 10));
        unit /= 10;
    }
}

fn day(stamp: Option<i64>) -> Option<String> {
    DayStamp(stamp?).date().map(|date| date.to_string())
}

fn checkin_state(status: Option<i64>) -> Option<&'static str> {
    match status? {
        0 => Some("in_progress"),
        1 => Some("undone"),
        2 => Some("done"),
        _ => None,
    }
}

/// Returns the id of a check-in in the file: its habit and day, because not every response contains the service's id.
pub(super) fn checkin_key(object: &Members) -> Option<String> {
    Some(format!("{} {}", object.text("habitId")?, object.number("checkinStamp")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Kind, json: &str) -> Columns {
        Columns::of(kind, json, &TimeZone::get("Europe/Berlin").unwrap()).unwrap()
    }

    #[test]
    fn dates_are_those_of_the_account() {
        let task = of(Kind::Task, include_str!("../../tests/samples/dated_task.json"));
        assert_eq!(task.ends.as_deref(), Some("2026-03-01"));
        assert_eq!(task.day.as_deref(), Some("2026-03-01"));
        assert_eq!(task.tags.as_deref(), Some("home"));
        let closed = of(Kind::Task, r#"{"id":"a","projectId":"p","status":2,"completedTime":"2026-07-01T22:30:00Z"}"#);
        assert_eq!(closed.state, Some("completed"));
        assert_eq!(closed.finished.as_deref(), Some("2026-07-02 00:30"));
    }

    #[test]
    fn years_of_any_length_are_read() {
        for (year, text) in [(2026, "2026-03-01"), (33, "0033-03-01"), (-1, "-000001-03-01")] {
            assert_eq!(day_text(jiff::civil::date(year, 3, 1)), text);
            assert_eq!(minute(jiff::civil::date(year, 3, 1).at(9, 5, 7, 0)), format!("{text} 09:05"));
        }
    }

    #[test]
    fn odd_members_leave_a_column_empty() {
        let task = of(Kind::Task, r#"{"id":7,"projectId":"p","startDate":[],"priority":"x"}"#);
        assert_eq!(task.id.as_str(), "7");
        assert_eq!(task.day, None);
        let habit = of(Kind::Habit, r#"{"id":"h","name":3,"status":"0"}"#);
        assert_eq!(habit.title.as_deref(), Some("3"));
        assert_eq!(habit.state, Some("active"));
        assert_eq!(Columns::of(Kind::Tag, "7", &TimeZone::UTC), None);
    }
}
