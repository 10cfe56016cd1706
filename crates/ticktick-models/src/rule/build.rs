//! Builds rules in the form known to work: version 1, with priorities as numbers.

use crate::{
    AsId, Field, FilterCondition, FilterDate, FilterField, FilterRule, FilterRuleKind, FilterValue, FolderId, List,
    Priority, ProjectId, TagName,
};

/// Builds the rule of a filter from projects, priorities and tags. An empty slice sets no condition. The id
/// `inbox` is the inbox of any account, see [`FilterRule::projects`].
///
/// # Examples
///
/// ```
/// use ticktick_models::{Priority, build_rule};
///
/// let rule = build_rule(&["project_id_1".into()], &[Priority::High, Priority::Medium], &["urgent".into()]);
/// assert_eq!(rule.and.len(), 3);
/// ```
#[must_use]
pub fn build_rule(project_ids: &[ProjectId], priority: &[Priority], tag_names: &[TagName]) -> FilterRule {
    FilterRule::normal()
        .projects(project_ids.iter().cloned())
        .priorities(priority.iter().copied())
        .tags(tag_names.iter().cloned())
}

/// Methods that build a rule. A task must match every condition, and one value of each condition is enough.
/// Repeated calls add values. A call without values sets no condition.
impl FilterRule {
    /// Creates a rule without conditions, which matches every task.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterDate, FilterRule, Priority};
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High]).due([FilterDate::Today, FilterDate::span(1, 2)]);
    /// assert_eq!(
    ///     rule.to_string(),
    ///     r#"{"and":[{"conditionName":"priority","conditionType":1,"or":[5]},"#.to_owned()
    ///         + r#"{"conditionName":"dueDate","conditionType":1,"or":["today","span(1~2)"]}],"type":0,"version":1}"#,
    /// );
    /// ```
    #[must_use]
    pub fn normal() -> Self {
        let mut rule = Self::new();
        rule.and = List::from(Vec::new());
        rule.r#type.set(FilterRuleKind::Normal);
        rule.version.set(1);
        rule
    }

    /// Matches tasks in one of these projects, or in one of the [`folders`](Self::folders).
    ///
    /// The id `inbox` is the inbox of any account. The service knows only its real id, so
    /// [`set_inbox`](Self::set_inbox) must replace the word before the rule is stored; the client does that.
    ///
    /// # Examples
    ///
    /// ```
    /// let rule = ticktick_models::FilterRule::normal().projects(["6247ee29630c800f064fd145"]).folders(["g"]);
    /// assert_eq!(rule.and[0].or.len(), 2);
    /// ```
    #[must_use]
    pub fn projects<T: AsId<ProjectId>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.places(FilterField::List, ids.into_iter().map(|id| id.as_id().as_str().into()))
    }

    /// Matches tasks of a project in one of these folders, or in one of the [`projects`](Self::projects).
    ///
    /// # Examples
    ///
    /// ```
    /// let rule = ticktick_models::FilterRule::normal().folders(["6247ee29630c800f064fd146"]);
    /// assert!(rule.to_string().contains(r#""conditionName":"group""#));
    /// ```
    #[must_use]
    pub fn folders<T: AsId<FolderId>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.places(FilterField::Group, ids.into_iter().map(|id| id.as_id().as_str().into()))
    }

    /// Matches tasks with one of these tags.
    ///
    /// # Examples
    ///
    /// ```
    /// let rule = ticktick_models::FilterRule::normal().tags(["urgent", "work"]);
    /// assert!(rule.to_string().contains(r#""or":["urgent","work"]"#));
    /// ```
    #[must_use]
    pub fn tags<T: AsId<TagName>>(self, names: impl IntoIterator<Item = T>) -> Self {
        self.condition(FilterField::Tag, names.into_iter().map(|name| name.as_id().leaf().into()))
    }

    /// Matches tasks with one of these priorities.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterRule, Priority};
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High, Priority::None]);
    /// assert!(rule.to_string().contains(r#""or":[5,0]"#));
    /// ```
    #[must_use]
    pub fn priorities(self, priorities: impl IntoIterator<Item = Priority>) -> Self {
        self.condition(FilterField::Priority, priorities.into_iter().map(|priority| priority.value().into()))
    }

    /// Matches tasks with one of these dates; use [`FilterDate::NoDue`] for none, [`FilterDate::span`] for
    /// days around today.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterDate, FilterRule};
    ///
    /// let rule = FilterRule::normal().due([FilterDate::Overdue, FilterDate::NoDue]);
    /// assert!(rule.to_string().contains(r#""or":["overdue","nodue"]"#));
    /// ```
    #[must_use]
    pub fn due(self, dates: impl IntoIterator<Item = FilterDate>) -> Self {
        self.condition(FilterField::DueDate, dates.into_iter().map(|date| date.as_str().into()))
    }

    /// Adds values to the condition on a field, and creates it if necessary.
    fn condition(mut self, field: FilterField, values: impl Iterator<Item = FilterValue>) -> Self {
        add(&mut self.and, field, Some(1), values);
        self
    }

    /// Adds ids to one of the two conditions inside `listOrGroup`.
    fn places(mut self, field: FilterField, ids: impl Iterator<Item = FilterValue>) -> Self {
        let mut inner = List::default();
        add(&mut inner, field.clone(), None, ids);
        let Some(inner) = inner.into_vec().pop() else { return self };
        let outer = self.and.iter_mut().find(|known| known.condition_name == FilterField::ListOrGroup);
        let twin = outer.and_then(|outer| {
            outer.or.iter_mut().find_map(|value| match value {
                FilterValue::Condition(known) if known.condition_name == field => Some(known),
                _ => None,
            })
        });
        match twin {
            Some(twin) => twin.or.extend(inner.or),
            None => add(&mut self.and, FilterField::ListOrGroup, Some(1), [FilterValue::Condition(inner)].into_iter()),
        }
        self
    }
}

fn add(
    conditions: &mut List<FilterCondition>,
    field: FilterField,
    kind: Option<i64>,
    values: impl Iterator<Item = FilterValue>,
) {
    let mut values = values.peekable();
    if values.peek().is_none() {
        return;
    }
    match conditions.iter_mut().find(|known| known.condition_name == field) {
        Some(known) => known.or.extend(values),
        None => {
            let mut condition = FilterCondition::new();
            condition.condition_name.set(field);
            condition.condition_type = Field::or_absent(kind);
            condition.or = values.collect();
            conditions.push(condition);
        }
    }
}

/// A tag, an id or a word.
impl From<&str> for FilterValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A priority.
impl From<i64> for FilterValue {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
