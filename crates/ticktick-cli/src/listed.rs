//! [`Listed`]: what lists need from a task, whatever its source, and the order of lists.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt::Display;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use serde::{Serialize, Serializer};
use ticktick_output::rank::{self, Rank};

use crate::answer::Entity;
use crate::args::SortArg;
use crate::cmd::project_view::ProjectView;
use crate::generated::cli;
use crate::ids::{IdMap, IdSet};
use crate::when::{Urgency, When};

/// A task of a list.
pub(crate) trait Listed {
    fn id(&self) -> &str;
    fn title(&self) -> &str;
    /// Returns the id of its project.
    fn project(&self) -> &str;
    fn project_name(&self) -> &str;
    fn parent(&self) -> Option<&str>;
    fn status(&self) -> cli::TaskStatus;
    fn is_note(&self) -> bool;
    fn is_pinned(&self) -> bool;
    fn priority(&self) -> cli::Priority;
    fn repeats(&self) -> bool;
    fn unknown_zone(&self) -> Option<&str>;
    fn tags(&self) -> Vec<&str>;
    /// Returns its text and the titles of its checklist.
    fn texts(&self) -> Vec<&str>;
    /// Returns how many items of the checklist are done, and how many there are.
    fn items(&self) -> (usize, usize);
    fn created(&self) -> Option<Timestamp>;
    fn modified(&self) -> Option<Timestamp>;
    /// Returns when it was closed, unless it is open.
    fn completed(&self) -> Option<Timestamp>;
    fn sort_order(&self) -> i64;
    fn score(&self) -> Option<f64>;
    fn set_score(&mut self, score: f64);
    /// Returns how many parents it has in the same list.
    fn depth(&self) -> usize;
    fn set_depth(&mut self, depth: usize);
    /// Returns when it starts, and its first and last day in the zone of the user.
    fn span(&self) -> Option<(Timestamp, (Date, Date))>;
    fn when(&self) -> Option<Cow<'_, When>>;
    /// Returns the task in the JSON of the command line.
    fn entity(&self) -> TaskJson<'_>;

    /// Returns the index of its project.
    fn place(&self, places: &IdMap<&str, usize>) -> Option<usize> {
        places.get(self.project()).copied()
    }

    fn days(&self) -> Option<(Date, Date)> {
        self.span().map(|(_, days)| days)
    }

    fn urgency(&self, now: &ZonedDateTime) -> Urgency {
        self.days().map_or(Urgency::NoDate, |days| Urgency::of(days, now.date()))
    }
}

/// A task in the JSON of the command line.
#[derive(Serialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "each is dropped as soon as it is written, and a box would take longer")]
pub(crate) enum TaskJson<'a> {
    Whole(&'a cli::Task),
    /// A task that borrows the texts of a row.
    Row(cli::Task<Cow<'a, str>>),
}

/// A task to print. Its JSON is created during printing, so that it never exists for all tasks at once.
pub(crate) struct Shown<'a>(pub(crate) &'a dyn Listed);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.entity().serialize(serializer)
    }
}

impl Entity for Shown<'_> {
    const MEMBERS: &'static [&'static str] = cli::Task::MEMBERS;
    const COLUMNS: &'static [&'static str] = cli::Task::COLUMNS;

    fn id(&self) -> impl Display {
        self.0.id()
    }
}

/// Returns tasks of one type as trait objects.
pub(crate) fn all<T: Listed>(tasks: &[T]) -> Vec<&dyn Listed> {
    tasks.iter().map(|task| task as &dyn Listed).collect()
}

/// Sorts in the selected order. Only the default order puts children below their parents.
pub(crate) fn in_order<T: Listed>(
    mut tasks: Vec<T>,
    sort: SortArg,
    projects: &[ProjectView],
    now: &ZonedDateTime,
) -> Vec<T> {
    let order = order(&all(&tasks), sort, projects, now);
    for &(at, depth) in &order {
        tasks[at].set_depth(depth);
    }
    arrange(&mut tasks, &order);
    tasks
}

/// Returns the indexes of the sorted tasks, each with its depth.
fn order(tasks: &[&dyn Listed], sort: SortArg, projects: &[ProjectView], now: &ZonedDateTime) -> Vec<(usize, usize)> {
    let places: IdMap<&str, usize> = projects.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
    let place = |task: &dyn Listed| task.place(&places);
    let start = |task: &dyn Listed| task.span().map_or(Timestamp::MAX, |(start, _)| start);
    match sort {
        SortArg::Urgency => {
            let ranks: Vec<Rank<'_>> = tasks
                .iter()
                .map(|&task| Rank {
                    group: task.urgency(now) as u8,
                    start: start(task).as_nanosecond(),
                    priority: task.priority() as u8,
                    project: place(task),
                    position: task.sort_order(),
                    id: task.id(),
                })
                .collect();
            depth_first(tasks, &rank::sorted(&ranks))
        }
        SortArg::Due => by(tasks, start),
        SortArg::Priority => by(tasks, |task| (task.priority(), start(task))),
        SortArg::Title => by(tasks, |task| task.title().to_lowercase()),
        SortArg::Created => by(tasks, |task| Reverse(task.created())),
        SortArg::Modified => by(tasks, |task| Reverse(task.modified())),
        SortArg::Project => by(tasks, |task| (place(task), task.sort_order())),
    }
}

/// Returns the indexes of the tasks in the order of a key, then by id, because the mirror and the service return tasks in
/// different orders.
fn by<K: Ord>(tasks: &[&dyn Listed], key: impl Fn(&dyn Listed) -> K) -> Vec<(usize, usize)> {
    let mut keys: Vec<(K, &str, usize)> =
        tasks.iter().enumerate().map(|(at, &task)| (key(task), task.id(), at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, _, at)| (at, 0)).collect()
}

/// Returns the indexes of the sorted tasks with their depth, each parent before its children.
fn depth_first(tasks: &[&dyn Listed], sorted: &[usize]) -> Vec<(usize, usize)> {
    // Few tasks are parents, so few indexes must be found by id.
    let parents: IdSet<&str> = tasks.iter().filter_map(|task| task.parent()).collect();
    let ids = tasks.iter().enumerate().map(|(at, task)| (task.id(), at));
    let places: IdMap<&str, usize> = ids.filter(|(id, _)| !parents.is_empty() && parents.contains(id)).collect();
    let mut children: IdMap<usize, Vec<usize>> = IdMap::default();
    let mut waiting = Vec::with_capacity(tasks.len());
    for &at in sorted.iter().rev() {
        match tasks[at].parent().and_then(|parent| places.get(parent)) {
            Some(&parent) => children.entry(parent).or_default().push(at),
            None => waiting.push((at, 0)),
        }
    }
    let mut ordered = Vec::with_capacity(tasks.len());
    while let Some((at, depth)) = waiting.pop() {
        ordered.push((at, depth));
        waiting.extend(children.remove(&at).unwrap_or_default().into_iter().map(|child| (child, depth + 1)));
    }
    // Tasks that are each other's children have no root, and are still shown.
    if !children.is_empty() {
        let lost: IdSet<usize> = children.into_values().flatten().collect();
        ordered.extend(sorted.iter().filter(|at| lost.contains(at)).map(|&at| (at, 0)));
    }
    ordered
}

/// Reorders the tasks in place, because copying thousands of tasks takes longer than everything else.
fn arrange<T>(tasks: &mut [T], order: &[(usize, usize)]) {
    let mut places = vec![0; order.len()];
    for (place, &(at, _)) in order.iter().enumerate() {
        places[at] = place;
    }
    for at in 0..places.len() {
        while places[at] != at {
            let place = places[at];
            tasks.swap(at, place);
            places.swap(at, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use ticktick::Task;

    use super::*;
    use crate::cmd::task_view::TaskView;

    fn view(id: &str, parent: Option<&str>) -> TaskView {
        let mut task = Task::new(id, "p");
        if let Some(parent) = parent {
            task.parent_id = ticktick::TaskId::from(parent).into();
        }
        let project = ProjectView::named("p", "Home");
        TaskView::new(&task, &project, None)
    }

    fn order(tasks: Vec<TaskView>) -> Vec<(String, usize)> {
        let now = "2026-11-23T08:50[UTC]".parse().unwrap();
        let tasks = in_order(tasks, SortArg::Urgency, &[], &now);
        tasks.into_iter().map(|task| (task.task.id.clone(), task.depth())).collect()
    }

    #[test]
    fn children_stand_below_their_parents() {
        let tasks = vec![view("c", Some("b")), view("a", None), view("b", Some("a")), view("d", Some("gone"))];
        let wanted = [("a", 0), ("b", 1), ("c", 2), ("d", 0)].map(|(id, depth)| (id.to_owned(), depth));
        assert_eq!(order(tasks), wanted);
    }

    #[test]
    fn tasks_with_the_same_key_have_one_order() {
        let now = "2026-11-23T08:50[UTC]".parse().unwrap();
        for sort in
            [SortArg::Due, SortArg::Priority, SortArg::Title, SortArg::Created, SortArg::Modified, SortArg::Project]
        {
            let tasks = in_order(vec![view("b", None), view("c", None), view("a", None)], sort, &[], &now);
            let ids: Vec<_> = tasks.iter().map(|task| task.task.id.as_str()).collect();
            assert_eq!(ids, ["a", "b", "c"], "{sort:?}");
        }
    }

    #[test]
    fn a_long_ring_of_parents_takes_no_longer_than_a_list() {
        let count = 100_000;
        let tasks = (0..count).map(|at| view(&at.to_string(), Some(&((at + 1) % count).to_string()))).collect();
        assert_eq!(order(tasks).len(), count);
    }

    #[test]
    fn tasks_that_are_each_others_children_are_not_lost() {
        let tasks = vec![view("a", Some("b")), view("b", Some("a")), view("c", Some("c"))];
        assert_eq!(order(tasks).len(), 3);
    }
}
