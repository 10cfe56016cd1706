//! Short descriptions of tasks.

use jiff::{Span, Timestamp, ToSpan, civil};
use serde_json::{Value, json};
use ticktick_models::Object;

use crate::world::day::zone_of;
use crate::world::fields::{Fields, wire};

/// The day around which the demo is built.
pub(super) struct Today {
    now: Timestamp,
    date: civil::Date,
    zone: String,
}

impl Today {
    pub(super) fn new(now: Timestamp, zone: &str) -> Self {
        Self { now, date: now.to_zoned_datetime(zone_of(zone)).date(), zone: zone.into() }
    }

    pub(super) fn date(&self) -> civil::Date {
        self.date
    }

    /// Returns a time in the time zone of the account, on a day relative to today.
    pub(super) fn at(&self, days: i64, hour: i8, minute: i8) -> Timestamp {
        self.moment(&self.zone, days, hour, minute)
    }

    fn moment(&self, zone: &str, days: i64, hour: i8, minute: i8) -> Timestamp {
        let date = self.date.checked_add(Span::new().days(days)).unwrap_or(self.date);
        let local = date.at(hour, minute, 0, 0).to_zoned_datetime(zone_of(zone));
        local.map_or(self.now, |local| local.timestamp())
    }
}

/// A task to add.
#[derive(Default)]
pub(super) struct Sketch {
    /// A word of the name of the project; `None` for the inbox.
    pub(super) project: Option<&'static str>,
    pub(super) task: Object,
    pub(super) column: Option<&'static str>,
    pub(super) parent: Option<&'static str>,
    pub(super) trashed: bool,
}

impl Sketch {
    pub(super) fn inbox(title: &str) -> Self {
        let mut task = Object::new();
        task.put("title", title);
        Self { task, ..Self::default() }
    }

    pub(super) fn new(project: &'static str, title: &str) -> Self {
        Self { project: Some(project), ..Self::inbox(title) }
    }

    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.task.put(key, value.into());
        self
    }

    pub(super) fn low(self) -> Self {
        self.with("priority", 1)
    }

    pub(super) fn medium(self) -> Self {
        self.with("priority", 3)
    }

    pub(super) fn high(self) -> Self {
        self.with("priority", 5)
    }

    pub(super) fn tags(self, tags: &[&str]) -> Self {
        self.with("tags", json!(tags))
    }

    pub(super) fn text(self, content: &str) -> Self {
        self.with("content", content)
    }

    pub(super) fn note(self, content: &str) -> Self {
        self.with("kind", "NOTE").text(content)
    }

    /// Sets a day in the time zone of the account, relative to today.
    pub(super) fn day(self, today: &Today, days: i64) -> Self {
        self.days(today, &today.zone, days, days)
    }

    /// Sets a first and a last day in a time zone.
    pub(super) fn days(self, today: &Today, zone: &str, first: i64, last: i64) -> Self {
        let midnight = |days| wire(today.moment(zone, days, 0, 0));
        self.with("isAllDay", true)
            .with("timeZone", zone)
            .with("startDate", midnight(first))
            .with("dueDate", midnight(last + 1))
    }

    /// Sets a time in the time zone of the account.
    pub(super) fn at(self, today: &Today, days: i64, hour: i8, minute: i8) -> Self {
        self.at_in(today, &today.zone, days, hour, minute)
    }

    pub(super) fn at_in(self, today: &Today, zone: &str, days: i64, hour: i8, minute: i8) -> Self {
        let moment = wire(today.moment(zone, days, hour, minute));
        self.with("isAllDay", false).with("timeZone", zone).with("startDate", moment.clone()).with("dueDate", moment)
    }

    /// Sets the duration of a timed task.
    pub(super) fn lasting(self, minutes: i64) -> Self {
        let start = self.task.instant("startDate").unwrap_or_default();
        let end = start.checked_add(minutes.minutes()).unwrap_or(start);
        self.with("dueDate", wire(end))
    }

    pub(super) fn remind(self, triggers: &[&str]) -> Self {
        let reminders: Vec<Value> = (1..)
            .zip(triggers)
            .map(|(place, trigger)| json!({ "id": format!("{place:024x}"), "trigger": trigger }))
            .collect();
        self.with("reminders", reminders)
    }

    pub(super) fn repeat(self, rule: &str, from: &str) -> Self {
        let first: Value = self.task.text("startDate").into();
        self.with("repeatFlag", rule).with("repeatFrom", from).with("repeatFirstDate", first)
    }

    /// Makes it a checklist; items that start with `x ` are done.
    pub(super) fn items(self, titles: &[&str]) -> Self {
        let items: Vec<Value> = (0..)
            .zip(titles)
            .map(|(place, title): (i64, _)| {
                let done = title.strip_prefix("x ");
                json!({
                    "title": done.unwrap_or(title),
                    "status": i64::from(done.is_some()),
                    "sortOrder": place << 40,
                    "isAllDay": false,
                    "timeZone": "",
                })
            })
            .collect();
        self.with("kind", "CHECKLIST").with("items", items)
    }

    pub(super) fn column(mut self, name: &'static str) -> Self {
        self.column = Some(name);
        self
    }

    /// Sets the parent, which must have been added before.
    pub(super) fn under(mut self, title: &'static str) -> Self {
        self.parent = Some(title);
        self
    }

    pub(super) fn pinned(self, today: &Today) -> Self {
        let now = wire(today.now);
        self.with("pinnedTime", now)
    }

    /// Closes it a number of days ago: status 2 for completed, -1 for abandoned, 1 for the legacy form.
    pub(super) fn closed(self, today: &Today, status: i64, days_ago: i64) -> Self {
        let moment = wire(today.moment(&today.zone, -days_ago, 17, 30));
        self.with("status", status).with("completedTime", moment)
    }

    pub(super) fn trashed(mut self) -> Self {
        self.trashed = true;
        self
    }
}
