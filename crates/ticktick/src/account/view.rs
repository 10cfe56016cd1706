//! The views of the app: tasks by day, project, tag and parent.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::RangeBounds;

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use ticktick_models::{AsId, Priority, ProjectId, TagName, Task, TaskId};

use super::Account;
use super::days::Span;
use crate::range;
use crate::tag::name;
use crate::workaround::sync_leaves_out_the_inbox;

/// Views by day contain open tasks, but no notes and nothing from archived projects.
///
/// Each call takes the current day from the clock, in the account's zone. All-day tasks fall on the days that they name
/// in their own zone, floating tasks on the day that they name in any zone, and all others on their day in the
/// account's zone. A task of several days falls on each of them, and a recurring task on its current occurrence. If a
/// task has an unknown zone, the account's zone is used.
///
/// Tasks are sorted by first day, then all-day before timed, then by time, by priority from high to none, and by
/// `sortOrder`.
impl Account {
    /// Returns the tasks of today, including those whose time has passed. The app shows the [`overdue`](Self::overdue)
    /// tasks above them.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// let account = client.sync().full().await?;
    /// assert!(account.today().iter().any(|task| task.title == "Buy groceries"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn today(&self) -> Vec<&Task> {
        let today = self.date();
        self.due_between(today..=today)
    }

    /// Returns the tasks of tomorrow.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.tomorrow().iter().any(|task| task.title == "Passport"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn tomorrow(&self) -> Vec<&Task> {
        let tomorrow = self.date().saturating_add(1.day());
        self.due_between(tomorrow..=tomorrow)
    }

    /// Returns the tasks of today and of the following six days.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.next_7_days().len() > account.today().len() + account.tomorrow().len());
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn next_7_days(&self) -> Vec<&Task> {
        let today = self.date();
        self.due_between(today..=today.saturating_add(6.days()))
    }

    /// Returns the tasks whose last day has passed.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.overdue().iter().any(|task| task.title == "Call the dentist"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn overdue(&self) -> Vec<&Task> {
        let today = self.date();
        self.view(|span| span.is_some_and(|span| span.last < today))
    }

    /// Returns the day on which a task is due (the last one if it spans several), or `None` if it has no date.
    ///
    /// [`today`](Self::today) and [`overdue`](Self::overdue) use this day: unlike in `task.due(zone)?.date()`, a time
    /// in another zone counts as a day in the account's zone. To move a task to a day of the account, use
    /// [`Due::moved_to`](ticktick_models::Due::moved_to) with [`zone`](Self::zone).
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let task = account.tomorrow()[0];
    /// assert_eq!(account.day_of(task), Some(account.date().tomorrow()?));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn day_of(&self, task: &Task) -> Option<Date> {
        self.days.span(task).map(|span| span.last)
    }

    /// Returns the tasks without a date.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.no_date().iter().any(|task| task.title == "Learn twenty phrases"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn no_date(&self) -> Vec<&Task> {
        self.view(|span| span.is_none())
    }

    /// Returns the tasks of a range of days.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// use jiff::civil::date;
    ///
    /// let april = account.due_between(date(2026, 4, 1)..=date(2026, 4, 30));
    /// assert!(april.iter().any(|task| task.title == "Flight to Tokyo"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn due_between(&self, range: impl RangeBounds<Date>) -> Vec<&Task> {
        // An empty range contains no tasks.
        let (Ok(first), Ok(last)) = (range::first_day(&range), range::last_day(&range)) else { return Vec::new() };
        let (first, last) = (first.unwrap_or(Date::MIN), last.unwrap_or(Date::MAX));
        self.view(|span| span.is_some_and(|span| span.first <= last && first <= span.last))
    }

    /// Returns the tasks and notes of the inbox, by `sortOrder`.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert_eq!(account.inbox_tasks().len(), 7);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn inbox_tasks(&self) -> Vec<&Task> {
        self.inbox_id().map(|inbox| by_order(self.tasks.of_project(inbox))).unwrap_or_default()
    }

    /// Returns the tasks and notes of a project, archived or not, by `sortOrder`. The id `inbox` names the inbox.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// # let home = account.projects().iter().find(|project| project.name == "🏡 Home").expect("part of the demo");
    /// assert_eq!(account.by_project(home).len(), 8);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn by_project(&self, project: impl AsId<ProjectId>) -> Vec<&Task> {
        let project = project.as_id();
        match &project {
            word if sync_leaves_out_the_inbox::is_word(word) => self.inbox_tasks(),
            id => by_order(self.tasks.of_project(id)),
        }
    }

    /// Returns the tasks and notes with a tag, named in any case, in the order of the views by day.
    ///
    /// Leaves out those of archived projects.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// assert!(account.by_tag("errands").iter().any(|task| task.title == "Buy groceries"));
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn by_tag(&self, tag: impl AsId<TagName>) -> Vec<&Task> {
        let tag = tag.as_id();
        let (archived, tag) = (self.archived(), name::same(tag.as_str()));
        let tasks = self.tasks.of_tag(&tag).filter(|task| !archived.contains(&task.project_id));
        self.by_day(tasks)
    }

    /// Returns the direct subtasks of a task, by `sortOrder`.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// # let flight = account.tasks().iter().find(|task| task.title == "Flight to Tokyo").expect("part of the demo");
    /// assert_eq!(account.children(flight)[0].title, "Passport");
    /// # Ok(())
    /// # });
    /// ```
    #[must_use]
    pub fn children(&self, task: impl AsId<TaskId>) -> Vec<&Task> {
        by_order(self.tasks.of_parent(&task.as_id()))
    }

    fn view(&self, is_shown: impl Fn(Option<Span>) -> bool) -> Vec<&Task> {
        let archived = self.archived();
        let is_task = |task: &&Task| task.is_open() && !task.is_note() && !archived.contains(&task.project_id);
        let spans = self.tasks().iter().filter(is_task).map(|task| (self.days.span(task), task));
        in_order(spans.filter(|(span, _)| is_shown(*span)).collect())
    }

    pub(super) fn by_day<'a>(&self, tasks: impl Iterator<Item = &'a Task>) -> Vec<&'a Task> {
        in_order(tasks.map(|task| (self.days.span(task), task)).collect())
    }

    /// Returns the archived projects.
    pub(super) fn archived(&self) -> HashSet<&ProjectId> {
        self.projects().iter().filter(|project| project.closed == true).map(|project| &project.id).collect()
    }
}

fn in_order(mut tasks: Vec<(Option<Span>, &Task)>) -> Vec<&Task> {
    // Tasks without a date come last.
    let day = |span: Option<Span>| span.map_or((Date::MAX, None::<Time>), |span| (span.first, span.time));
    let priority = |task: &Task| task.priority.copied().unwrap_or(Priority::None);
    tasks.sort_by_key(|(span, task)| (day(*span), Reverse(priority(task)), place(task)));
    tasks.into_iter().map(|(_, task)| task).collect()
}

fn by_order<'a>(tasks: impl Iterator<Item = &'a Task>) -> Vec<&'a Task> {
    let mut tasks: Vec<_> = tasks.collect();
    tasks.sort_by_key(|task| place(task));
    tasks
}

/// Sorts by position, then by id.
fn place(task: &Task) -> (i64, &str) {
    (task.sort_order.copied().unwrap_or_default(), task.id.as_str())
}
