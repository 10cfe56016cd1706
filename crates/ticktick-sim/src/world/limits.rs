//! The plans, and the limits of each.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The plan of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// The free plan, with low limits.
    Free,
    /// The paid plan.
    #[default]
    Pro,
}

/// The names of the limits, each with its values for the free, paid and team plans.
const LIMITS: &[(&str, [u64; 3])] = &[
    ("projectNumber", [9, 299, 499]),
    ("projectTaskNumber", [99, 999, 999]),
    ("subtaskNumber", [19, 199, 199]),
    ("shareUserNumber", [2, 29, 29]),
    ("dailyUploadNumber", [1, 99, 999]),
    ("taskAttachmentNumber", [20, 20, 99]),
    ("reminderNumber", [2, 5, 5]),
    ("dailyReminderNumber", [2, 65_535, 65_535]),
    ("attachmentSize", [10_485_760, 20_971_520, 52_428_800]),
    ("habitNumber", [5, 299, 299]),
    ("habitSectionNumber", [18, 18, 18]),
    ("kanbanNumber", [19, 19, 19]),
    ("teamNumber", [1, 1, 1]),
    ("teamMemberNumber", [999, 999, 999]),
    ("timerNumber", [3, 49, 49]),
    ("visitorNumber", [1, 29, 29]),
];

/// Returns one limit of a plan.
pub(crate) fn limit(plan: Plan, name: &str) -> usize {
    let row = LIMITS.iter().find(|(known, _)| *known == name);
    row.and_then(|(_, numbers)| usize::try_from(numbers[plan as usize]).ok()).unwrap_or(usize::MAX)
}

/// Returns the response to `user.limits`.
pub(crate) fn table() -> Value {
    let plan = |place: usize| -> Value {
        LIMITS.iter().map(|(name, numbers)| ((*name).to_owned(), json!(numbers[place]))).collect()
    };
    json!({ "free": plan(0), "pro": plan(1), "team": plan(2) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_differ() {
        assert_eq!(limit(Plan::Free, "projectNumber"), 9);
        assert_eq!(limit(Plan::Pro, "projectNumber"), 299);
        assert_eq!(table()["team"]["attachmentSize"], 52_428_800);
    }
}
