//! Evaluates rules.

use std::fmt;

use super::context::RuleContext;
use crate::{Field, FilterCondition, FilterDate, FilterField, FilterRule, FilterRuleKind, FilterValue, Priority, Task};

impl FilterRule {
    /// Returns whether a task matches the rule.
    ///
    /// Considers only the rule. Whether completed tasks or those in the trash are shown is up to the
    /// caller.
    ///
    /// * Dates are compared by day: the task's in its own zone, today in the account's. A task of several
    ///   days counts for each of them. It is overdue once its last day has passed; a task of earlier today
    ///   is not overdue.
    /// * A tag includes its child tags. No source says whether it does for the service.
    /// * A completed task has the status `completed`, an open one `uncompleted`, and an abandoned one
    ///   neither.
    /// * A rule without conditions matches every task.
    ///
    /// # Errors
    ///
    /// Fails for every task if the rule has an unknown part, and names it, because no answer is better than
    /// a wrong one. Fails for a task with an unknown time zone if the rule depends on dates.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterRule, NotEvaluable, Priority, RuleContext, Task};
    ///
    /// let context = RuleContext::new(jiff::civil::date(2026, 3, 1), jiff::tz::TimeZone::UTC);
    /// let mut task = Task::new("a", "b");
    /// task.priority.set(Priority::High);
    /// assert!(FilterRule::normal().priorities([Priority::High]).matches(&task, &context)?);
    ///
    /// let rule: FilterRule = r#"{"and":[{"conditionName":"mood","or":["good"]}]}"#.parse()?;
    /// let error = rule.matches(&task, &context).unwrap_err();
    /// assert_eq!(error, NotEvaluable::Condition("mood".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn matches(&self, task: &Task, context: &RuleContext) -> Result<bool, NotEvaluable> {
        if let Some(key) = self.extra.keys().next() {
            return Err(NotEvaluable::Key(key.into()));
        }
        if let Some(version) = self.version.copied().filter(|version| ![1, 3].contains(version)) {
            return Err(NotEvaluable::Version(version));
        }
        let advanced = match self.r#type {
            Field::Value(FilterRuleKind::Advanced) => true,
            Field::Value(FilterRuleKind::Unknown(kind)) => return Err(NotEvaluable::Kind(kind)),
            _ => false,
        };
        // Evaluates all conditions, so that a rule fails for every task or for none.
        let each = |condition: &FilterCondition| condition.is_met(task, context);
        if self.or.is_empty() {
            return self.and.iter().try_fold(true, |all, condition| Ok(all & each(condition)?));
        }
        if !advanced || !self.and.is_empty() {
            return Err(NotEvaluable::Alternatives);
        }
        self.or.iter().try_fold(false, |any, condition| Ok(any | each(condition)?))
    }
}

impl FilterCondition {
    fn is_met(&self, task: &Task, context: &RuleContext) -> Result<bool, NotEvaluable> {
        if let Some(key) = self.extra.keys().next() {
            return Err(NotEvaluable::Key(key.into()));
        }
        if let Some(kind) = self.condition_type.copied().filter(|kind| *kind != 1) {
            return Err(NotEvaluable::ConditionType(kind));
        }
        let field = match self.condition_name.get() {
            Some(FilterField::Unknown(name)) => return Err(NotEvaluable::Condition(name.clone())),
            Some(field) => field,
            None => return Err(NotEvaluable::Condition("".into())),
        };
        if self.or.is_empty() {
            return Err(NotEvaluable::NoValues(field.clone()));
        }
        self.or.iter().try_fold(false, |any, value| match is_value(field, value, task, context)? {
            Some(met) => Ok(any | met),
            None => {
                let value = serde_json::to_string(value).unwrap_or_default().into();
                Err(NotEvaluable::Value { field: field.clone(), value })
            }
        })
    }
}

/// Returns whether a task has a value; `None` for an unknown value.
fn is_value(
    field: &FilterField,
    value: &FilterValue,
    task: &Task,
    context: &RuleContext,
) -> Result<Option<bool>, NotEvaluable> {
    Ok(match (field, value) {
        (FilterField::DueDate, FilterValue::Text(word)) => {
            let due = task.due(&context.zone);
            FilterDate::holds(word, task, due.as_ref(), context)
        }
        (FilterField::ListOrGroup, FilterValue::Condition(inner))
            if matches!(inner.condition_name.get(), Some(FilterField::List | FilterField::Group)) =>
        {
            Some(inner.is_met(task, context)?)
        }
        (FilterField::List, FilterValue::Text(id)) => Some(task.project_id.is_same(&id.as_str().into())),
        (FilterField::Group, FilterValue::Text(id)) => Some(context.is_in_group(task, id)),
        (FilterField::Priority, FilterValue::Number(number)) => is_priority(*number, task),
        (FilterField::Priority, FilterValue::Text(text)) => {
            text.parse().ok().and_then(|number| is_priority(number, task))
        }
        // A name cannot begin with `*`, and with `!` it may be a word of the app, such as one for "without tags".
        (FilterField::Tag, FilterValue::Text(name)) if !name.starts_with(['*', '!']) => {
            Some(context.carries(task, name))
        }
        (FilterField::Status, FilterValue::Text(word)) => match word.as_str() {
            "completed" => Some(task.is_completed()),
            "uncompleted" => Some(task.is_open()),
            _ => None,
        },
        (FilterField::TaskType, FilterValue::Text(word)) => match word.as_str() {
            "note" => Some(task.is_note()),
            "task" => Some(!task.is_note()),
            _ => None,
        },
        _ => None,
    })
}

fn is_priority(number: i64, task: &Task) -> Option<bool> {
    match Priority::from(number) {
        Priority::Unknown(_) => None,
        priority => Some(task.priority.copied().unwrap_or(Priority::None) == priority),
    }
}

/// A rule cannot be evaluated, because a part of it is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotEvaluable {
    /// The rule or one of its conditions has an unknown key.
    Key(Box<str>),
    /// The rule has an unknown version.
    Version(i64),
    /// The rule is of an unknown kind.
    Kind(i64),
    /// The rule has alternatives but is not of the advanced kind, or has conditions beside them.
    Alternatives,
    /// A condition uses an unknown field; empty if it names none.
    Condition(Box<str>),
    /// A condition has an unknown type.
    ConditionType(i64),
    /// A condition has no values.
    NoValues(FilterField),
    /// A condition has an unknown value.
    Value {
        /// The field of the condition.
        field: FilterField,
        /// The value, as JSON.
        value: Box<str>,
    },
}

impl fmt::Display for NotEvaluable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the filter cannot be evaluated: ")?;
        match self {
            Self::Key(key) => write!(f, "its rule has the unknown key `{key}`"),
            Self::Version(version) => write!(f, "its rule is of the unknown version {version}"),
            Self::Kind(kind) => write!(f, "its rule is of the unknown type {kind}"),
            Self::Alternatives => f.write_str("its rule has an `or` where none is known"),
            Self::Condition(name) if name.is_empty() => f.write_str("a condition has no name"),
            Self::Condition(name) => write!(f, "the condition `{name}` is unknown"),
            Self::ConditionType(kind) => write!(f, "a condition is of the unknown type {kind}"),
            Self::NoValues(field) => write!(f, "the condition `{field}` has no values"),
            Self::Value { field, value } => write!(f, "the condition `{field}` has the unknown value {value}"),
        }
    }
}

impl std::error::Error for NotEvaluable {}
