//! The order and the dates of tasks, for all writers.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use ticktick::models::TaskKind;

use crate::read::is_item;
use crate::record::{Moment, Record};
use crate::{Context, Plan, zones};

/// The tasks of a project, by their indexes in the plan and their depth, parents before children.
pub(super) type Branch = Vec<(usize, usize)>;

/// Returns the projects of a plan in the order of their first task.
pub(super) fn projects(plan: &Plan) -> Vec<(String, Branch)> {
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut projects: Vec<(String, Vec<usize>)> = Vec::new();
    for (index, record) in plan.records.iter().enumerate() {
        match record.parent.filter(|parent| *parent < plan.records.len()) {
            Some(parent) => children.entry(parent).or_default().push(index),
            None => match projects.iter_mut().find(|(name, _)| *name == record.project) {
                Some((_, tops)) => tops.push(index),
                None => projects.push((record.project.clone(), vec![index])),
            },
        }
    }
    projects.into_iter().map(|(name, tops)| (name, flat(tops, &children))).collect()
}

fn flat(tops: Vec<usize>, children: &BTreeMap<usize, Vec<usize>>) -> Branch {
    let mut branch = Vec::new();
    let mut open: Vec<(usize, usize)> = tops.into_iter().rev().map(|index| (index, 0)).collect();
    while let Some((index, depth)) = open.pop() {
        branch.push((index, depth));
        let below = children.get(&index).into_iter().flatten().rev();
        open.extend(below.map(|child| (*child, depth + 1)));
    }
    branch
}

/// Returns the zone of a task, or else that of the account.
pub(super) fn zone(record: &Record, context: &Context) -> TimeZone {
    record.zone.as_deref().and_then(zones::named).unwrap_or_else(|| context.zone().clone())
}

/// Returns a date as an instant; a day begins at midnight of the zone.
pub(super) fn instant(moment: Moment, zone: &TimeZone) -> Option<Timestamp> {
    match moment {
        Moment::Instant(at) => Some(at),
        Moment::Local(at) => zone.to_timestamp(at).ok(),
        Moment::Day(day) => zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok(),
    }
}

/// Returns the clock time of a date in a zone.
pub(super) fn local(moment: Moment, zone: &TimeZone) -> DateTime {
    match moment {
        Moment::Instant(at) => zone.to_datetime(at),
        Moment::Local(at) => at,
        Moment::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
    }
}

/// Returns the day of a date in a zone.
pub(super) fn day(moment: Moment, zone: &TimeZone) -> Date {
    local(moment, zone).date()
}

/// Returns whether a date has a time.
pub(super) fn has_time(moment: Option<Moment>) -> bool {
    matches!(moment, Some(Moment::Instant(_) | Moment::Local(_)))
}

/// Returns a name on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the items and the text of a task as Markdown. In a checklist, a backslash protects text that looks like an item.
pub(super) fn markdown(record: &Record) -> String {
    let is_checklist = !record.items.is_empty() || record.kind == TaskKind::Checklist;
    let sign = |line: &str| if is_checklist && is_item(line) { "\\" } else { "" };
    let mut lines: Vec<String> = record.content.lines().map(|line| format!("{}{line}", sign(line))).collect();
    lines.extend(
        record.items.iter().map(|item| format!("- [{}] {}", if item.done { 'x' } else { ' ' }, one_line(&item.title))),
    );
    lines.join("\n")
}
