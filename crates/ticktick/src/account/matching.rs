//! The tasks that match a saved filter.

use ticktick_models::{Filter, RuleContext, Task};

use super::Account;
use crate::Error;

impl Account {
    /// Returns the tasks and notes that match a filter, in the order of the views by day.
    ///
    /// The client evaluates the rule: see [`FilterRule::matches`](ticktick_models::FilterRule::matches). Leaves out
    /// tasks of archived projects, and completed tasks, which a snapshot does not contain.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Unsupported`] if the rule is invalid or has a part that this version does not understand,
    /// because a wrong result would be worse than none.
    ///
    /// # Examples
    ///
    /// ```
    /// # ticktick_tests::demo(async |client| {
    /// # let account = client.sync().full().await?;
    /// let burning = &account.filters()[0];
    /// let tasks = account.matching(burning)?;
    /// assert!(tasks.iter().any(|task| task.title == "Call the dentist"));
    /// # Ok(())
    /// # });
    /// ```
    pub fn matching(&self, filter: &Filter) -> Result<Vec<&Task>, Error> {
        let rule = filter.rule_tree().map_err(|error| unsupported(&error))?;
        let context = RuleContext::new(self.date(), self.days.zone.clone())
            .week_start(self.days.week_start)
            .projects(self.projects())
            .tags(self.tags());
        let archived = self.archived();
        let mut found = Vec::new();
        for task in self.tasks().iter().filter(|task| !archived.contains(&task.project_id)) {
            if rule.matches(task, &context).map_err(|error| unsupported(&error))? {
                found.push(task);
            }
        }
        Ok(self.by_day(found.into_iter()))
    }
}

fn unsupported(error: &impl ToString) -> Error {
    Error::Unsupported {
        what: "finding the tasks of a filter",
        why: format!("its rule cannot be evaluated: {}", error.to_string()),
    }
}
