//! [`FilterPatch`]: changes to single fields of a filter.

use ticktick_models::{Filter, FilterRule, ViewMode};

use super::draft::check_rule;
use crate::change::Change;
use crate::{Error, check};

/// Changes to a filter. Fields that are not set here stay unchanged.
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
#[must_use = "a patch does nothing until it is passed to `patch`"]
pub struct FilterPatch {
    name: Option<String>,
    rule: Option<String>,
    view_mode: Change<ViewMode>,
    sort_order: Option<i64>,
}

impl FilterPatch {
    /// Creates an empty patch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the rule, from a [`FilterRule`] or the text of a rule. Unchanged parts keep their text.
    pub fn rule(mut self, rule: impl ToString) -> Self {
        self.rule = Some(rule.to_string());
        self
    }

    /// Sets the view of the matching tasks.
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = Change::Set(view_mode);
        self
    }

    /// Lets the app choose the view of the matching tasks.
    pub fn clear_view_mode(mut self) -> Self {
        self.view_mode = Change::Clear;
        self
    }

    /// Sets the position among the filters; smaller is higher.
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = Some(sort_order);
        self
    }

    /// Rejects invalid names and rules before anything is read.
    pub(super) fn check(&self) -> Result<(), Error> {
        self.name.as_deref().map_or(Ok(()), |name| check::name("filter", name))?;
        self.rule.as_deref().map_or(Ok(()), check_rule)
    }

    pub(super) fn apply(self, filter: &mut Filter) {
        if let Some(name) = self.name {
            filter.name = name.into();
        }
        // `check` has rejected unreadable rules.
        if let Some(Ok(rule)) = self.rule.as_deref().map(str::parse::<FilterRule>) {
            filter.set_rule_tree(&rule);
        }
        self.view_mode.apply(&mut filter.view_mode);
        if let Some(sort_order) = self.sort_order {
            filter.sort_order = sort_order.into();
        }
    }
}
