//! The rule of a [`Filter`], which travels as JSON inside a string.

use crate::rewrite::rewrite;
use crate::{Filter, FilterRule, RuleError};

impl Filter {
    /// Reads the rule. The text itself stays in [`rule`](Self::rule), whether it can be read or not.
    ///
    /// # Errors
    ///
    /// Fails where the filter has no rule, and where its text is no JSON that fits [`FilterRule`].
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

    /// Sets the rule. What is the same in the present one keeps its bytes: blanks, the order of keys, numbers, and all
    /// that is not known here.
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
