//! Pages of closed tasks continue at the time, in whole seconds, at which the last one ended.

use std::collections::HashSet;

use jiff::Timestamp;
use ticktick_models::{QueryTime, Task, TaskId};

/// Default page size of the service; a shorter page is the last one, whatever size was requested.
const SHORT: usize = 50;

/// A closed task.
#[derive(Debug)]
pub(crate) struct Row {
    /// When the task was closed; the earliest time if it is unknown.
    pub(crate) at: Timestamp,
    pub(crate) task: Task,
}

impl Row {
    fn second(&self) -> Option<i64> {
        Some(self.at).filter(|at| *at > Timestamp::MIN).map(Timestamp::as_second)
    }
}

/// A second of which the service may not have sent all rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gap {
    pub(crate) second: i64,
    /// Number of rows that the service has sent at once.
    pub(crate) rows: usize,
    /// Whether there were earlier rows, which that page left out although it was shorter than requested.
    pub(crate) is_certain: bool,
}

/// The progress of a query, from late to early.
///
/// It is unknown whether `to` includes its second and fractions, so each page starts a second before the last one
/// ended, and repeated rows are dropped by id. It is also unknown how many rows the service sends at most. If more rows
/// belong to one second, there is a [`Gap`].
#[derive(Debug)]
pub(crate) struct Window {
    /// Latest second to request.
    to: Option<i64>,
    limit: usize,
    seen: HashSet<TaskId>,
    /// Earliest second of the last page.
    reached: Option<i64>,
    /// Number of rows of the longest page.
    longest: usize,
    /// A second that a page full of known rows ended in, until it is clear whether others follow.
    doubt: Option<Gap>,
    gap: Option<Gap>,
    is_over: bool,
    is_stuck: bool,
}

impl Window {
    /// Starts at a second, or at the latest row; `limit` is the page size.
    pub(crate) fn new(to: Option<i64>, limit: usize) -> Self {
        let seen = HashSet::new();
        Self { to, limit, seen, reached: None, longest: 0, doubt: None, gap: None, is_over: false, is_stuck: false }
    }

    /// Starts a query for one second, with what is known about the service.
    pub(crate) fn of_second(&self, second: i64) -> Self {
        Self { longest: self.longest, ..Self::new(Some(second + 1), self.limit) }
    }

    pub(crate) fn to(&self) -> Option<QueryTime> {
        self.to.and_then(query_time)
    }

    pub(crate) fn limit(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Ends the query if the service keeps sending rows that are later than requested, and returns whether it does.
    pub(crate) fn end_if_stuck(&mut self) -> bool {
        self.is_over |= self.is_stuck;
        std::mem::take(&mut self.is_stuck)
    }

    /// Returns the second whose rows have to be read in another way, until it is passed to [`fill`](Self::fill).
    pub(crate) fn gap(&self) -> Option<Gap> {
        self.gap
    }

    /// Adds rows that were read in another way, and returns the new ones.
    pub(crate) fn fill(&mut self, rows: Vec<Row>) -> Vec<Row> {
        self.gap = None;
        self.new_of(rows)
    }

    fn new_of(&mut self, rows: Vec<Row>) -> Vec<Row> {
        rows.into_iter().filter(|row| self.seen.insert(row.task.id.clone())).collect()
    }

    /// Returns whether all rows of a time and later have arrived.
    pub(crate) fn has_passed(&self, moment: Timestamp) -> bool {
        self.is_over || self.reached.is_some_and(|second| moment.as_second() > second)
    }

    /// Adds a page and returns its new rows.
    pub(crate) fn take(&mut self, page: Vec<Task>) -> Vec<Row> {
        let rows = page.len();
        let page: Vec<_> = page.into_iter().map(|task| Row { at: closed_at(&task), task }).collect();
        let earliest = page.iter().filter_map(Row::second).min();
        let new = self.new_of(page);
        self.longest = self.longest.max(rows);
        if rows < SHORT.min(self.limit) {
            self.is_over = true;
        } else if !new.is_empty() {
            self.reached = earliest;
            self.to = earliest.map(|second| second + 1);
        } else if rows >= self.limit {
            // More tasks were closed within these seconds than a page contains.
            self.limit = self.limit.saturating_mul(2);
        } else if self.to.zip(earliest).is_some_and(|(to, earliest)| earliest > to) {
            // Going back second by second would never end.
            self.is_stuck = true;
        } else if let Some(to) = self.to.filter(|_| earliest.is_some()) {
            // Either this is the end, or the service sends shorter pages than requested.
            if let Some(second) = earliest.filter(|_| rows == self.longest) {
                self.doubt.get_or_insert(Gap { second, rows, is_certain: false });
            }
            self.to = Some(to - 1);
        } else {
            self.is_over = true;
        }
        self.settle(&new);
        new
    }

    /// Decides whether the second in doubt is a gap.
    fn settle(&mut self, new: &[Row]) {
        let Some(gap) = self.doubt else { return };
        if new.iter().filter_map(Row::second).any(|second| second < gap.second) {
            self.gap = Some(Gap { is_certain: true, ..gap });
        } else if self.is_over && is_likely_limit(gap.rows) {
            self.gap = Some(gap);
        } else if new.is_empty() && !self.is_over {
            return;
        }
        self.doubt = None;
    }
}

/// Returns when a task was completed or abandoned.
fn closed_at(task: &Task) -> Timestamp {
    task.completed_time.get().and_then(ticktick_models::Timestamp::instant).unwrap_or(Timestamp::MIN)
}

/// Returns whether a service may limit its pages to a number of rows. Nobody limits them to 61.
fn is_likely_limit(rows: usize) -> bool {
    rows.is_multiple_of(50) || rows.is_power_of_two()
}

/// Converts a bound of a query; a time out of range is no bound.
pub(crate) fn query_time(second: i64) -> Option<QueryTime> {
    Timestamp::from_second(second).ok().map(QueryTime::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How a service reads `to`, and how many rows it sends at most.
    #[derive(Clone, Copy, Debug)]
    struct Manner {
        is_inclusive: bool,
        is_by_second: bool,
        most: usize,
    }

    /// Answers a query as the service does, latest first.
    fn page(closed: &[i64], window: &Window, manner: Manner) -> Vec<Task> {
        let to = window.to().and_then(|to| to.instant()).map(|to| to.as_millisecond());
        let fits = |at: i64| {
            let at = if manner.is_by_second { at.div_euclid(1_000) * 1_000 } else { at };
            to.is_none_or(|to| at < to || (manner.is_inclusive && at == to))
        };
        let mut rows: Vec<_> = (0..closed.len()).filter(|place| fits(closed[*place])).collect();
        rows.sort_by_key(|place| std::cmp::Reverse(closed[*place]));
        rows.truncate(usize::try_from(window.limit()).unwrap().min(manner.most));
        let task = |place: usize| {
            let mut task = Task::new(format!("{place}"), "p");
            let at = Timestamp::from_millisecond(closed[place]).unwrap();
            task.completed_time = ticktick_models::Timestamp::from(at).into();
            task
        };
        rows.into_iter().map(task).collect()
    }

    fn read(closed: &[i64], limit: usize, manner: Manner) -> Vec<usize> {
        let mut window = Window::new(None, limit);
        let mut found = Vec::new();
        while !window.is_over() {
            let new = window.take(page(closed, &window, manner));
            found.extend(new.iter().map(|row| row.task.id.as_str().parse::<usize>().unwrap()));
        }
        found.sort_unstable();
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_reading_of_the_bounds_hides_a_row(
            closed in prop::collection::vec(1_000_000_i64..1_006_000, 0..40),
            limit in 1_usize..8,
            is_inclusive: bool,
            is_by_second: bool,
        ) {
            let manner = Manner { is_inclusive, is_by_second, most: usize::MAX };
            prop_assert_eq!(read(&closed, limit, manner), Vec::from_iter(0..closed.len()));
        }
    }

    #[test]
    fn a_service_that_does_not_heed_the_bound_is_not_asked_for_ever() {
        let closed: Vec<i64> = (0..60).map(|number| 1_000_000 + number * 1_000).collect();
        let manner = Manner { is_inclusive: true, is_by_second: true, most: 50 };
        let mut window = Window::new(None, 100);
        let first = page(&closed, &window, manner);
        let mut pages = Vec::new();
        while !window.is_over() && !window.is_stuck {
            pages.push(window.take(first.clone()).len());
        }
        assert!(window.end_if_stuck() && window.is_over());
        assert_eq!(pages, [50, 0, 0, 0]);
    }

    #[test]
    fn pages_that_are_shorter_than_asked_for_are_gone_through() {
        // Two rows a second, and the service never sends more than 50.
        let closed: Vec<i64> = (0..400).map(|number| 1_000_000 + number * 500).collect();
        for is_inclusive in [true, false] {
            let manner = Manner { is_inclusive, is_by_second: true, most: 50 };
            assert_eq!(read(&closed, 100, manner).len(), 400);
        }
        // As many in one second as are sent at once: what lies before it is found.
        let closed: Vec<i64> = [vec![9_000_000; 50], vec![1_000_000; 30]].concat();
        let manner = Manner { is_inclusive: true, is_by_second: true, most: 50 };
        assert_eq!(read(&closed, 100, manner).len(), 80);
    }
}
