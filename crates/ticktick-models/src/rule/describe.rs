//! Descriptions of a rule.

use super::date::sides;
use crate::{FilterCondition, FilterDate, FilterField, FilterRule, FilterValue, Priority};

impl FilterRule {
    /// Describes the rule in words. Projects and folders appear by id, and unknown parts verbatim.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterDate, FilterRule, Priority};
    ///
    /// let rule = FilterRule::normal().priorities([Priority::High, Priority::Medium]).tags(["urgent"]);
    /// assert_eq!(rule.describe(), "high or medium priority, and tag urgent");
    /// let rule = FilterRule::normal().due([FilterDate::Today, FilterDate::Overdue]);
    /// assert_eq!(rule.describe(), "due today or overdue");
    /// ```
    #[must_use]
    pub fn describe(&self) -> String {
        self.describe_with(|_, _| None)
    }

    /// Describes the rule in words, with names. `name` returns the name of a project, folder or tag of a field; if it returns
    /// `None`, the value appears as it is in the rule.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{FilterField, FilterRule};
    ///
    /// let rule = FilterRule::normal().projects(["60a1", "60a2"]);
    /// let name = |field: &FilterField, id: &str| (*field == FilterField::List && id == "60a1").then(|| "Home".to_owned());
    /// assert_eq!(rule.describe_with(name), "in project Home or 60a2");
    /// ```
    #[must_use]
    pub fn describe_with(&self, name: impl Fn(&FilterField, &str) -> Option<String>) -> String {
        let name: &Names<'_> = &name;
        let join = |conditions: &[FilterCondition], word| {
            conditions.iter().map(|condition| condition.describe(name)).collect::<Vec<_>>().join(word)
        };
        match (join(&self.and, ", and "), join(&self.or, ", or ")) {
            (all, any) if all.is_empty() && any.is_empty() => "every task".to_owned(),
            (all, any) if all.is_empty() || any.is_empty() => all + &any,
            (all, any) => format!("{all}; {any}"),
        }
    }
}

/// Returns the name of a value of a field.
type Names<'a> = dyn Fn(&FilterField, &str) -> Option<String> + 'a;

impl FilterCondition {
    fn describe(&self, names: &Names<'_>) -> String {
        let name = self.condition_name.get();
        let values: Vec<_> = self.or.iter().map(|value| value.describe(name, names)).collect();
        let values = values.join(" or ");
        match name {
            Some(FilterField::DueDate | FilterField::ListOrGroup | FilterField::Status) => values,
            Some(FilterField::Priority) => format!("{values} priority"),
            Some(FilterField::List) => format!("in project {values}"),
            Some(FilterField::Group) => format!("in folder {values}"),
            Some(FilterField::TaskType) => format!("of type {values}"),
            Some(name) => format!("{name} {values}"),
            None => format!("? {values}"),
        }
    }
}

impl FilterValue {
    fn describe(&self, field: Option<&FilterField>, names: &Names<'_>) -> String {
        match (field, self) {
            (Some(FilterField::Priority), Self::Number(number)) => priority(*number),
            (Some(FilterField::Priority), Self::Text(text)) => text.parse().map_or_else(|_| text.clone(), priority),
            (Some(FilterField::DueDate), Self::Text(word)) => date(word),
            (Some(field), Self::Text(text)) => names(field, text).unwrap_or_else(|| text.clone()),
            (None, Self::Text(text)) => text.clone(),
            (_, Self::Number(number)) => number.to_string(),
            (_, Self::Condition(inner)) => inner.describe(names),
            (_, Self::Other(json)) => json.to_string(),
        }
    }
}

fn priority(number: i64) -> String {
    match Priority::from(number) {
        Priority::None => "no".to_owned(),
        Priority::Low => "low".to_owned(),
        Priority::Medium => "medium".to_owned(),
        Priority::High => "high".to_owned(),
        Priority::Unknown(number) => number.to_string(),
    }
}

fn date(word: &str) -> String {
    match FilterDate::from(word.to_ascii_lowercase()) {
        FilterDate::NoDue | FilterDate::NoDate => "without a date".to_owned(),
        FilterDate::Overdue => "overdue".to_owned(),
        FilterDate::Repeat => "recurring".to_owned(),
        FilterDate::ThisWeek => "due this week".to_owned(),
        FilterDate::NextWeek => "due next week".to_owned(),
        FilterDate::ThisMonth => "due this month".to_owned(),
        FilterDate::NextMonth => "due next month".to_owned(),
        other => span(other.as_str()).unwrap_or_else(|| format!("due {other}")),
    }
}

fn span(word: &str) -> Option<String> {
    let day = |days: i32| match days {
        -1 => "yesterday".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        ..0 => format!("{} days ago", days.unsigned_abs()),
        _ => format!("{days} days ahead"),
    };
    Some(match sides(word)? {
        (Some(first), Some(last)) if first == last => format!("due {}", day(first)),
        (Some(first), Some(last)) => format!("due from {} to {}", day(first), day(last)),
        (Some(first), None) => format!("due from {} on", day(first)),
        (None, Some(last)) => format!("due until {}", day(last)),
        (None, None) => return None,
    })
}
