//! [`FilterDraft`]: a filter to create.

use ticktick_models::{AsId, Field, Filter, FilterId, FilterRule, IdSource, SortKey, Timestamp, ViewMode};

use crate::{Error, check};

/// A filter to create.
///
/// # Examples
///
/// ```
/// use ticktick::{FilterDraft, Priority, ViewMode, build_rule};
///
/// let rule = build_rule(&["6247ee29630c800f064fd145".into()], &[Priority::High, Priority::Medium], &["urgent".into()]);
/// let draft = FilterDraft::new("High priority, urgent", rule).view_mode(ViewMode::Kanban);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft does nothing until it is passed to `create`"]
pub struct FilterDraft {
    id: Option<FilterId>,
    name: String,
    rule: String,
    view_mode: Option<ViewMode>,
    sort_order: i64,
}

impl FilterDraft {
    /// Creates a draft with a [`FilterRule`], or with the text of a rule.
    pub fn new(name: impl Into<String>, rule: impl ToString) -> Self {
        Self { id: None, name: name.into(), rule: rule.to_string(), view_mode: None, sort_order: 0 }
    }

    /// Sets the id under which the filter is stored. By default each create uses a new one.
    ///
    /// With an id, a create can be repeated safely, at the cost of one more read: if an earlier attempt was applied,
    /// the stored filter is returned unchanged.
    pub fn id(mut self, id: impl AsId<FilterId>) -> Self {
        self.id = Some(id.as_id());
        self
    }

    /// Returns whether the caller chose the id.
    pub(super) fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Sets the view of the matching tasks.
    pub fn view_mode(mut self, view_mode: ViewMode) -> Self {
        self.view_mode = Some(view_mode);
        self
    }

    /// Sets the position among the filters; smaller is higher. Defaults to 0.
    pub fn sort_order(mut self, sort_order: i64) -> Self {
        self.sort_order = sort_order;
        self
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
    read.map(drop).map_err(|error| Error::invalid_input(format!("{error}; build the rule with `FilterRule::normal`")))
}
