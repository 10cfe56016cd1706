//! What is to change in a filter.

use ticktick_models::{Filter, FilterRule, ViewMode};

use super::draft::check_rule;
use crate::change::Change;
use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// What is to change in a filter; the rest stays.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::Priority;
    /// use ticktick::filter::{FilterPatch, FilterRule};
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High]);
    /// let patch = FilterPatch::new().name("Important").rule(rule).clear_view_mode();
    /// ```
    #[must_use = "a patch does nothing until it is sent"]
    pub struct FilterPatch {
        name: Option<String>,
        rule: Option<String>,
        view_mode: Change<ViewMode>,
        sort_order: Option<i64>,
    }
}

impl FilterPatch {
    setters! {
        /// Sets the name.
        into name: String;
    }

    /// Sets its rule, from a [`FilterRule`] or the text of one; parts that stay keep their text.
    pub fn rule(mut self, rule: impl ToString) -> Self {
        self.rule = Some(rule.to_string());
        self
    }

    setters! {
        /// Sets how the found tasks are shown.
        set view_mode: ViewMode;

        /// Leaves it to the app how the found tasks are shown.
        clear clear_view_mode: view_mode;

        /// Sets its place among the filters; smaller is higher.
        set sort_order: i64;
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
