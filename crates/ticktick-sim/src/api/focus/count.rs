//! Focus totals by day and hour in the account's zone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::api::days::range;
use crate::exchange::call::Call;
use crate::exchange::refusal::Answer;
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::book::focus::{FocusHead, POMODORO};
use crate::world::day::{day_of, key};
use crate::world::store::Row;

/// Sessions longer than this many hours count only for their first day.
const LONGEST: i64 = 24 * 31;

/// Focused seconds in one hour of a day.
pub(super) struct Slice {
    pub(super) day: Date,
    pub(super) hour: i8,
    pub(super) seconds: i64,
}

/// Splits a session at full hours. The focused time is distributed evenly over its duration.
pub(super) fn slices(head: &FocusHead, zone: &TimeZone) -> Vec<Slice> {
    let length = head.end.duration_since(head.start).as_secs();
    if length == 0 || length > LONGEST * 3_600 {
        let local = head.start.to_zoned_datetime(zone.clone());
        return vec![Slice { day: local.date(), hour: local.hour(), seconds: head.seconds }];
    }
    let share = |until: i64| {
        let share = i128::from(head.seconds) * i128::from(until) / i128::from(length);
        i64::try_from(share).unwrap_or(i64::MAX)
    };
    let (mut slices, mut from) = (Vec::new(), 0);
    while from < length {
        let Ok(moment) = Timestamp::from_second(head.start.as_second() + from) else { break };
        let local = moment.to_zoned_datetime(zone.clone());
        let left = 3_600 - i64::from(local.minute()) * 60 - i64::from(local.second());
        let until = (from + left).min(length);
        slices.push(Slice { day: local.date(), hour: local.hour(), seconds: share(until) - share(from) });
        from = until;
    }
    slices
}

/// Pomodoros and focused seconds by day.
#[derive(Default)]
pub(crate) struct Focused {
    days: BTreeMap<Date, (i64, i64)>,
}

impl Focused {
    /// Counts the sessions that match a test: finished pomodoros by their start, and the time of all
    /// sessions.
    pub(crate) fn of(account: &Account, wanted: impl Fn(&Row<FocusHead>) -> bool) -> Self {
        let (mut focused, zone) = (Self::default(), account.tz());
        for row in account.focus.records.live().filter(|row| wanted(row)) {
            if row.head.completed && row.head.kind == POMODORO {
                focused.days.entry(day_of(row.head.start, &zone)).or_default().0 += 1;
            }
            for slice in slices(&row.head, &zone) {
                let seconds = &mut focused.days.entry(slice.day).or_default().1;
                *seconds = seconds.saturating_add(slice.seconds);
            }
        }
        focused
    }

    /// Counts pomodoros and minutes in a range of days that includes both ends.
    pub(crate) fn between(&self, from: Date, to: Date) -> (i64, i64) {
        if from > to {
            return (0, 0);
        }
        let sum = |(count, seconds): (i64, i64), day: &(i64, i64)| (count + day.0, seconds.saturating_add(day.1));
        let (count, seconds) = self.days.range(from..=to).map(|(_, day)| day).fold((0, 0), sum);
        (count, seconds / 60)
    }

    /// Counts pomodoros and minutes of all time.
    pub(crate) fn total(&self) -> (i64, i64) {
        self.between(Date::MIN, Date::MAX)
    }

    /// Counts the days with focus time.
    pub(super) fn day_count(&self) -> usize {
        self.days.values().filter(|(_, seconds)| *seconds > 0).count()
    }
}

/// Returns the focus totals of today and of all time.
pub(super) fn overview(account: &Account, now: Timestamp) -> Reply {
    let focused = Focused::of(account, |_| true);
    let today = account.today(now);
    let ((today_count, today_minutes), (count, minutes)) = (focused.between(today, today), focused.total());
    Reply::json(&json!({
        "todayPomoCount": today_count,
        "todayPomoDuration": today_minutes,
        "totalPomoCount": count,
        "totalPomoDuration": minutes,
    }))
}

/// Returns the focused time of every day in a range.
pub(super) fn heatmap(account: &Account, call: &Call) -> Answer {
    let days = range(call)?;
    let focused = Focused::of(account, |_| true);
    let day = |day: &Date| {
        let (_, minutes) = focused.between(*day, *day);
        json!({ "duration": minutes, "day": key(*day), "timezone": account.zone })
    };
    Ok(Reply::json(&days.iter().map(day).collect::<Vec<_>>()))
}
