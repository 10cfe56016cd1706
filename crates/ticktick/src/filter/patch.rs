//! What is to change in a filter.

use ticktick_models::{Filter, FilterRule, ViewMode};

use super::draft::check_rule;
use crate::change::Change;
use crate::{Error, check};

/// What is to change in a filter; the rest stays.
///
/// # Examples
///
/// ```
/// use ticktick::{FilterPatch, FilterRule, Priority};
///
/// let rule = FilterRule::normal().priorities([Priority::High]);
/// let patch = FilterPatch::new().name("Important").rule(rule).clear_view_mode();
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a patch does nothing until it is sent"]
pub struct FilterPatch {
    name: Option<String>,
    rule: Option<String>,
    view_mode: Change<ViewMode>,
    sort_order: Option<i64>,
}

impl FilterPatch {
    /// Makes one that changes nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// let patch = ticktick::FilterPatch::new();
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Renames it.
    ///
    /// # Examples
    ///
    /// ```
    /// let patch = ticktick::FilterPatch::new().name("At home");
    /// ```
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets its rule, from a [`FilterRule`] or the text of one; parts that stay keep their text.
    ///
    /// # Examples
    ///
    /// ```
    /// # use ticktick::{FilterPatch, FilterRule};
    /// let patch = FilterPatch::new().rule(FilterRule::normal().tags(["home"]));
    /// ```
    pub fn rule(mut self, rule: impl ToString) -> Self {
        self.rule = Some(rule.to_string());
        self
    }

    /// Sets how the found tasks are shown.
    ///
    /// # Examples
    ///
    /// ```
    /// let patch = ticktick::FilterPatch::new().view_mode(ticktick::ViewMode::Kanban);
    /// ```
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = Change::Set(view_mode);
        self
    }

    /// Leaves it to the app how the found tasks are shown.
    ///
    /// # Examples
    ///
    /// ```
    /// let patch = ticktick::FilterPatch::new().clear_view_mode();
    /// ```
    pub fn clear_view_mode(mut self) -> Self {
        self.view_mode = Change::Clear;
        self
    }

    /// Sets its place among the filters; smaller is higher.
    ///
    /// # Examples
    ///
    /// ```
    /// let patch = ticktick::FilterPatch::new().sort_order(-(1 << 40));
    /// ```
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Some(sort_order);
        self
    }

    /// Refuses what makes no sense before anything is read.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.name.as_deref().map_or(Ok(()), |name| check::name("filter", name))?;
        self.rule.as_deref().map_or(Ok(()), check_rule)
    }

    pub(super) fn apply(self, filter: &mut Filter) {
        if let Some(name) = self.name {
            filter.name = name.into();
        }
        // `check` has refused what cannot be read.
        if let Some(Ok(rule)) = self.rule.as_deref().map(str::parse::<FilterRule>) {
            filter.set_rule_tree(&rule);
        }
        self.view_mode.apply(&mut filter.view_mode);
        if let Some(sort_order) = self.sort_order {
            filter.sort_order = sort_order.into();
        }
    }
}
