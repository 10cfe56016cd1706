//! The rule of a [`Filter`], which is stored as JSON inside a string.

use crate::rewrite::rewrite;
use crate::{Filter, FilterRule, RuleError};

impl Filter {
    /// Parses the rule. The text in [`rule`](Self::rule) is kept, even if it cannot be parsed.
    ///
    /// # Errors
    ///
    /// Fails if the filter has no rule, or if its text is not JSON that fits [`FilterRule`].
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::{Filter, FilterField};
    ///
    /// let mut filter = Filter::new("6247ee29630c800f064fd145");
    /// filter.rule = r#"{"and":[{"conditionName":"tag","or":["work"]}],"version":1}"#.into();
    /// let rule = filter.rule_tree()?;
    /// assert_eq!(rule.and[0].condition_name, FilterField::Tag);
    /// # Ok::<(), ticktick_models::RuleError>(())
    /// ```
    pub fn rule_tree(&self) -> Result<FilterRule, RuleError> {
        self.rule.as_deref().ok_or(RuleError::Missing)?.parse()
    }

    /// Sets the rule. Unchanged parts of the current one keep their bytes: white space, the order of keys,
    /// numbers, and everything that this version does not know.
    ///
    /// # Examples
    ///
    /// ```
    /// use ticktick_models::Filter;
    ///
    /// let mut filter = Filter::new("6247ee29630c800f064fd145");
    /// filter.rule = r#"{ "version":1, "and":[{"or":["work"], "conditionName":"tag", "x":1E3}] }"#.into();
    /// let mut rule = filter.rule_tree()?;
    /// rule.and[0].or.push("home".into());
    /// filter.set_rule_tree(&rule);
    /// assert_eq!(filter.rule, r#"{ "version":1, "and":[{"or":["work","home"], "conditionName":"tag", "x":1E3}] }"#);
    /// # Ok::<(), ticktick_models::RuleError>(())
    /// ```
    pub fn set_rule_tree(&mut self, rule: &FilterRule) {
        let changed = rule.to_string();
        let text = match (self.rule.as_deref(), self.rule_tree()) {
            (Some(_), Ok(present)) if present.to_string() == changed => return,
            (Some(text), Ok(_)) => rewrite(text, &changed),
            _ => changed,
        };
        self.rule.set(text);
    }
}
