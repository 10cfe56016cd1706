//! [`RuleContext`]: what has to be known of an account to evaluate a rule.

use std::collections::HashMap;
use std::iter;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::{FolderId, Project, ProjectId, Tag, Task};

/// What evaluating a rule requires to know about an account.
///
/// ```
/// use jiff::civil::{Weekday, date};
/// use jiff::tz::TimeZone;
/// use ticktick_models::{FilterDate, FilterRule, RuleContext, Task};
///
/// let context = RuleContext::new(date(2026, 3, 1), TimeZone::get("Europe/Berlin")?).week_start(Weekday::Sunday);
/// let rule = FilterRule::normal().due([FilterDate::NoDue]);
/// assert!(rule.matches(&Task::new("a", "b"), &context)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RuleContext {
    pub(super) today: Date,
    pub(super) zone: TimeZone,
    pub(super) week_start: Weekday,
    groups: HashMap<ProjectId, FolderId>,
    /// Keys of tags in lower case, because the service may keep capital letters.
    parents: HashMap<String, String>,
}

impl RuleContext {
    /// Creates a context from today's date in the account's zone, and that zone, which is used for tasks
    /// without one.
    ///
    /// By default, no project is in a folder, no tag has a parent, and weeks begin on Monday.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::RuleContext;
    ///
    /// let context = RuleContext::new(jiff::civil::date(2026, 3, 1), jiff::tz::TimeZone::UTC);
    /// ```
    #[must_use]
    pub fn new(today: Date, zone: TimeZone) -> Self {
        Self { today, zone, week_start: Weekday::Monday, groups: HashMap::new(), parents: HashMap::new() }
    }

    /// Sets the first day of the week; the account's is [`WeekStart::weekday`](crate::WeekStart::weekday).
    ///
    /// # Examples
    ///
    /// ```
    /// use jiff::civil::Weekday;
    /// use ticktick_models::RuleContext;
    ///
    /// let context = RuleContext::new(jiff::civil::date(2026, 3, 1), jiff::tz::TimeZone::UTC);
    /// let context = context.week_start(Weekday::Saturday);
    /// ```
    #[must_use]
    pub const fn week_start(mut self, day: Weekday) -> Self {
        self.week_start = day;
        self
    }

    /// Adds the folder of each project.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterRule, Project, RuleContext, Task};
    ///
    /// let mut project = Project::new("p");
    /// project.group_id.set("g");
    /// let context = RuleContext::new(jiff::civil::date(2026, 3, 1), jiff::tz::TimeZone::UTC).projects([&project]);
    /// assert!(FilterRule::normal().folders(["g"]).matches(&Task::new("a", "p"), &context)?);
    /// # Ok::<(), ticktick_models::NotEvaluable>(())
    /// ```
    #[must_use]
    pub fn projects<'a>(mut self, projects: impl IntoIterator<Item = &'a Project>) -> Self {
        let in_folder = |project: &'a Project| Some((project.id.clone(), project.group_id.get()?.clone()));
        self.groups.extend(projects.into_iter().filter_map(in_folder));
        self
    }

    /// Adds the parent of each tag.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterRule, RuleContext, Tag, Task};
    ///
    /// let mut tag = Tag::new("urgent");
    /// tag.parent.set("work");
    /// let context = RuleContext::new(jiff::civil::date(2026, 3, 1), jiff::tz::TimeZone::UTC).tags([&tag]);
    /// let mut task = Task::new("a", "p");
    /// task.tags.push("urgent".into());
    /// assert!(FilterRule::normal().tags(["work"]).matches(&task, &context)?);
    /// # Ok::<(), ticktick_models::NotEvaluable>(())
    /// ```
    #[must_use]
    pub fn tags<'a>(mut self, tags: impl IntoIterator<Item = &'a Tag>) -> Self {
        let below = |tag: &'a Tag| {
            let parent = tag.parent.get().filter(|parent| **parent != *"")?;
            Some((tag.name.as_str().to_lowercase(), parent.as_str().to_lowercase()))
        };
        self.parents.extend(tags.into_iter().filter_map(below));
        self
    }

    pub(super) fn is_in_group(&self, task: &Task, group: &str) -> bool {
        self.groups.get(&task.project_id).is_some_and(|known| *known == *group)
    }

    /// Returns whether a task has a tag or one of its children.
    pub(super) fn carries(&self, task: &Task, name: &str) -> bool {
        let name = name.to_lowercase();
        task.tags.iter().any(|tag| {
            let own = tag.as_str().to_lowercase();
            let mut upward = iter::successors(Some(&own), |tag| self.parents.get(*tag));
            // Tags that are each other's parents must not cause an endless loop.
            upward.by_ref().take(self.parents.len() + 1).any(|tag| *tag == name)
        })
    }
}
