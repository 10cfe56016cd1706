//! The members of shared projects.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ticktick_models::Permission;

/// A member of a shared project.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) user_id: i64,
    pub(crate) username: String,
    pub(crate) code: String,
    /// `None` for the owner.
    pub(crate) permission: Option<Permission>,
    pub(crate) since: Timestamp,
}

/// The shared projects of an account, and the invitation links to its own projects.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct ShareBook {
    /// The members of each project, the owner first. Older data files call them lists.
    #[serde(alias = "lists")]
    pub(crate) projects: BTreeMap<String, Vec<Member>>,
    pub(crate) links: BTreeMap<String, Value>,
}

impl ShareBook {
    pub(crate) fn is_shared(&self, project: &str) -> bool {
        self.projects.contains_key(project)
    }

    pub(crate) fn is_member(&self, project: &str, user: i64) -> bool {
        self.members(project).iter().any(|member| member.user_id == user)
    }

    pub(crate) fn members(&self, project: &str) -> &[Member] {
        self.projects.get(project).map_or(&[], Vec::as_slice)
    }

    /// Returns the other members of all projects, each once, with the latest to join first.
    pub(crate) fn others(&self, me: i64) -> Vec<&Member> {
        let mut people: BTreeMap<i64, &Member> = BTreeMap::new();
        for member in self.projects.values().flatten().filter(|member| member.user_id != me) {
            let known = people.entry(member.user_id).or_insert(member);
            if known.since < member.since {
                *known = member;
            }
        }
        let mut people: Vec<&Member> = people.into_values().collect();
        people.sort_by_key(|member| std::cmp::Reverse(member.since));
        people
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_that_say_lists_are_read() {
        let book: ShareBook = serde_json::from_str(r#"{"lists":{"p":[]},"links":{}}"#).unwrap();
        assert!(book.is_shared("p"));
        assert_eq!(serde_json::to_string(&book).unwrap(), r#"{"projects":{"p":[]},"links":{}}"#);
    }
}
