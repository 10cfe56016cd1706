//! The inbox, which has a different id in every account, and the word that names it in all of them.

use crate::{FilterField, FilterRule, FilterValue, ProjectId};

/// The word that names the inbox of any account.
const WORD: &str = "inbox";

impl ProjectId {
    /// Returns `true` if this is the inbox: its own id, such as `inbox120000001`, or the word `inbox`.
    ///
    /// ```
    /// use ticktick_models::ProjectId;
    ///
    /// assert!(ProjectId::from("inbox120000001").is_inbox() && ProjectId::from("inbox").is_inbox());
    /// assert!(!ProjectId::from("65f0a1b2c3d4e5f6a7b8c9d0").is_inbox());
    /// ```
    #[must_use]
    pub fn is_inbox(&self) -> bool {
        // Ids of other projects consist of hex digits.
        self.as_str().starts_with(WORD)
    }

    /// Returns `true` if both name the same project. The word `inbox` names the inbox, whatever its id is.
    ///
    /// ```
    /// use ticktick_models::ProjectId;
    ///
    /// let id = ProjectId::from("inbox120000001");
    /// assert!(id.is_same(&ProjectId::from("inbox")) && id.is_same(&id));
    /// assert!(!id.is_same(&ProjectId::from("inbox120000002")));
    /// ```
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self == other || (self.is_inbox() && other.is_inbox() && (*self == *WORD || *other == *WORD))
    }
}

impl FilterRule {
    /// Returns `true` if the inbox is named by the word `inbox`, which neither the service nor its apps
    /// understand in a rule.
    ///
    /// ```
    /// use ticktick_models::FilterRule;
    ///
    /// assert!(FilterRule::normal().projects(["inbox"]).names_inbox());
    /// assert!(!FilterRule::normal().projects(["inbox1"]).tags(["inbox"]).names_inbox());
    /// ```
    #[must_use]
    pub fn names_inbox(&self) -> bool {
        let mut rule = self.clone();
        words(&mut rule).is_some()
    }

    /// Replaces the word `inbox` by the id of the inbox.
    ///
    /// ```
    /// use ticktick_models::FilterRule;
    ///
    /// let mut rule = FilterRule::normal().projects(["inbox"]);
    /// rule.set_inbox(&"inbox1".into());
    /// assert_eq!(rule, FilterRule::normal().projects(["inbox1"]));
    /// ```
    pub fn set_inbox(&mut self, id: &ProjectId) {
        while let Some(word) = words(self) {
            *word = id.as_str().to_owned();
        }
    }
}

/// Returns the first word for the inbox among the projects of a rule.
fn words(rule: &mut FilterRule) -> Option<&mut String> {
    rule.and.iter_mut().chain(rule.or.iter_mut()).find_map(word)
}

fn word(condition: &mut crate::FilterCondition) -> Option<&mut String> {
    let is_project = condition.condition_name == FilterField::List;
    condition.or.iter_mut().find_map(|value| match value {
        FilterValue::Text(text) if is_project && text == WORD => Some(text),
        FilterValue::Condition(inner) => word(inner),
        _ => None,
    })
}
