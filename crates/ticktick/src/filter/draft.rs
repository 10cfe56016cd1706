//! [`FilterDraft`]: a filter to create.

use ticktick_models::{Field, Filter, FilterId, FilterRule, IdSource, SortKey, Timestamp, ViewMode};

use crate::form::{form, setters};
use crate::{Error, check};

form! {
    /// A filter to create.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::example(async |client| {
    /// use ticktick::filter::{FilterDate, FilterRule};
    /// use ticktick::{Due, FilterDraft, TaskDraft, jiff::civil::date};
    ///
    /// let today = FilterDraft::new("Today", FilterRule::normal().due([FilterDate::Today]));
    /// let today = client.filter().create(today).await?;
    ///
    /// // The day is the first of March 2026.
    /// client.task().create(TaskDraft::new("Rent").due(Due::day(date(2026, 3, 1)))).await?;
    /// assert_eq!(client.task().list_by_filter(&today).await?.len(), 1);
    /// # Ok(())
    /// # });
    /// ```
    #[must_use = "a draft does nothing until it is passed to `create`"]
    pub struct FilterDraft {
        name: String,
        rule: String;
        id: Option<FilterId>,
        view_mode: Option<ViewMode>,
        sort_order: i64,
    }
}

impl FilterDraft {
    /// Creates a draft with a [`FilterRule`], or with the text of a rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick::FilterDraft;
    /// use ticktick::filter::{FilterDate, FilterRule};
    ///
    /// let rule = FilterRule::normal().due([FilterDate::Today]);
    /// let text = r#"{"and":[{"conditionName":"dueDate","conditionType":1,"or":["today"]}],"type":0,"version":1}"#;
    /// assert_eq!(FilterDraft::new("Today", rule), FilterDraft::new("Today", text));
    /// ```
    pub fn new(name: impl Into<String>, rule: impl ToString) -> Self {
        Self { id: None, name: name.into(), rule: rule.to_string(), view_mode: None, sort_order: 0 }
    }

    setters! {
        /// Sets the id under which the filter is stored. By default, each create generates a new one.
        ///
        /// With an id, you can safely repeat a create: if an earlier attempt succeeded, the call returns the stored
        /// filter unchanged. This takes one more read.
        id id: FilterId;
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    setters! {
        /// Sets the view of the matching tasks.
        set view_mode: ViewMode;

        /// Sets the position among the filters; smaller is higher. Defaults to 0.
        set sort_order: i64;
    }

    /// Builds the filter.
    pub(super) fn into_filter(self, ids: &mut IdSource, now: jiff::Timestamp) -> Result<Filter, Error> {
        check::name("filter", &self.name)?;
        check_rule(&self.rule)?;
        let mut filter = Filter::new(self.id.unwrap_or_else(|| FilterId::new_with(ids)));
        filter.name = self.name.into();
        filter.rule = self.rule.into();
        filter.sort_order = self.sort_order.into();
        filter.sort_type = SortKey::Project.into();
        filter.view_mode = Field::or_absent(self.view_mode);
        filter.modified_time = Timestamp::from(now).into();
        Ok(filter)
    }
}

/// Rejects an unreadable rule, which the service would store.
pub(super) fn check_rule(rule: &str) -> Result<(), Error> {
    let read = rule.parse::<FilterRule>();
    read.map(drop)
        .map_err(|error| Error::invalid_input(format!("{error}\nhint: build the rule with `FilterRule::normal`")))
}
