//! `ticktick next`: what to do now, by a score.

use std::cmp::Ordering;

use jiff::ZonedDateTime;

use crate::generated::cli::Priority;
use crate::ids::IdSet;
use crate::listed::Listed;

pub(super) const FORMULA: &str = "\
Lists at most 10 tasks unless --limit is given, the highest score first unless --sort is given. A
table shows the score after the date. It is the sum of:
  due       12.0 if it is overdue by a week or more, 8.8 today, 2.4 in two weeks or later,
            and in proportion in between; 0 without a date
  priority  6.0 high, 3.9 medium, 1.8 low
  pinned    6.0
  running   4.0 if it lasts several days or hours and has begun
  tags      0.8 for one, 0.9 for two, 1.0 for more
  age       2.0 if it is a year old or older, less in proportion
  blocked  -5.0 if it has open subtasks
Notes are not listed. Tasks with the same score are sorted by title.";

/// Weights of the parts.
const DUE: f64 = 12.0;
const PINNED: f64 = 6.0;
const RUNNING: f64 = 4.0;
const AGE: f64 = 2.0;
const BLOCKED: f64 = -5.0;
/// A date has its full weight if it is this many days overdue.
const LATE: f64 = 7.0;
/// The minimum share of the weight, for dates at least `AHEAD` days in the future.
const LEAST: f64 = 0.2;
const AHEAD: f64 = 14.0;

/// Returns the ids of the tasks that have open subtasks.
pub(super) fn open_children<T: Listed>(tasks: &[T]) -> IdSet<String> {
    tasks.iter().filter_map(|task| task.parent().map(str::to_owned)).collect()
}

/// Gives each task its score, and sorts the highest first.
pub(super) fn score<T: Listed>(tasks: &mut [T], parents: &IdSet<String>, now: &ZonedDateTime) {
    for task in tasks.iter_mut() {
        // Two digits are enough, so that equal tasks get equal scores.
        let score = of(task, parents.contains(task.id()), now);
        task.set_score((score * 100.0).round() / 100.0);
    }
    tasks.sort_by(|a, b| {
        let scores = b.score().partial_cmp(&a.score()).unwrap_or(Ordering::Equal);
        scores.then_with(|| (a.title(), a.id()).cmp(&(b.title(), b.id())))
    });
}

fn of(task: &dyn Listed, has_children: bool, now: &ZonedDateTime) -> f64 {
    let priority = match task.priority() {
        Priority::High => 6.0,
        Priority::Medium => 3.9,
        Priority::Low => 1.8,
        Priority::None => 0.0,
    };
    let tags = match task.tags().len() {
        0 => 0.0,
        1 => 0.8,
        2 => 0.9,
        _ => 1.0,
    };
    let age =
        task.created().map_or(0.0, |created| created.duration_until(now.timestamp()).as_secs_f64() / 31_536_000.0);
    due(task, now)
        + priority
        + tags
        + AGE * age.clamp(0.0, 1.0)
        + if task.is_pinned() { PINNED } else { 0.0 }
        + if has_children { BLOCKED } else { 0.0 }
}

fn due(task: &dyn Listed, now: &ZonedDateTime) -> f64 {
    let Some(when) = task.when() else { return 0.0 };
    let days = when.days();
    let over = f64::from((now.date() - *days.end()).get_days());
    let part = LEAST + (1.0 - LEAST) * ((over + AHEAD) / (LATE + AHEAD)).clamp(0.0, 1.0);
    let is_running = when.is_range() && when.start() <= now && over <= 0.0;
    DUE * part + if is_running { RUNNING } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use ticktick::{Due, Task};

    use super::*;
    use crate::cmd::project_view::ProjectView;
    use crate::cmd::task_view::TaskView;

    fn now() -> ZonedDateTime {
        "2026-11-23T08:50[UTC]".parse().unwrap()
    }

    fn task(id: &str, due: Option<&str>) -> TaskView {
        let mut task = Task::new(id, "p");
        if let Some(due) = due {
            task.set_due(&Due::day(due.parse().unwrap()), now().time_zone()).unwrap();
        }
        TaskView::new(&task, &ProjectView::named("p", "Home"), Some(&now()))
    }

    fn scores(mut tasks: Vec<TaskView>, parents: &[&str]) -> Vec<(String, f64)> {
        let parents = parents.iter().map(|&id| id.to_owned()).collect();
        score(&mut tasks, &parents, &now());
        tasks.into_iter().map(|task| (task.task.id, task.task.score.unwrap())).collect()
    }

    #[test]
    fn dates_count_in_proportion() {
        for (due, wanted) in [
            (None, 0.0),
            (Some("2026-10-01"), 12.0),
            (Some("2026-11-16"), 12.0),
            (Some("2026-11-23"), 8.8),
            (Some("2026-12-07"), 2.4),
            (Some("2027-12-07"), 2.4),
        ] {
            assert_eq!(scores(vec![task("a", due)], &[])[0].1, wanted, "{due:?}");
        }
    }

    #[test]
    fn the_highest_score_is_first() {
        let mut pinned = task("pinned", None);
        pinned.task.pinned = true;
        let mut high = task("high", None);
        high.task.priority = Priority::High;
        high.task.tags = vec!["a".into()];
        let tasks = vec![task("blocked", Some("2026-11-23")), pinned, high, task("today", Some("2026-11-23"))];
        let wanted = [("today", 8.8), ("high", 6.8), ("pinned", 6.0), ("blocked", 3.8)];
        assert_eq!(scores(tasks, &["blocked"]), wanted.map(|(id, score)| (id.to_owned(), score)));
    }
}
