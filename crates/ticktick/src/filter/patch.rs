//! [`FilterPatch`]: changes to single fields of a filter.

use ticktick_models::{Filter, FilterRule, ViewMode};

use super::draft::check_rule;
use crate::change::Change;
use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// Changes to a filter. Fields that are not set here stay unchanged.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let filter = client.filter().list().await?.remove(0);
    /// use ticktick::Priority;
    /// use ticktick::filter::{FilterPatch, FilterRule};
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High]);
    /// let patch = FilterPatch::new().name("Important").rule(&rule).clear_view_mode();
    /// let filter = client.filter().patch(&filter, patch).await?;
    /// assert_eq!(filter.rule_tree()?, rule);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a patch does nothing until it is passed to `patch`"]
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

    /// Sets the rule, from a [`FilterRule`] or the text of a rule. Unchanged parts keep their text.
    pub fn rule(mut self, rule: impl ToString) -> Self {
        self.rule = Some(rule.to_string());
        self
    }

    setters! {
        /// Sets the view of the matching tasks.
        set view_mode: ViewMode;

        /// Lets the app choose the view of the matching tasks.
        clear clear_view_mode: view_mode;

        /// Sets the position among the filters; smaller is higher.
        set sort_order: i64;
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
