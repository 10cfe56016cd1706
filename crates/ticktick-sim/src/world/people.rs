//! Members of shared projects, and what they may do.

use jiff::Timestamp;
use ticktick_models::Permission;

use crate::world::account::Account;
use crate::world::book::share::Member;
use crate::world::book::user::user_code;
use crate::world::denial::Denial;
use crate::world::fields::Fields;
use crate::world::item::{NO_PERMISSION, Refused};

/// A member of a project, to whom its tasks can be assigned.
pub(crate) struct Person {
    pub(crate) user_id: i64,
    pub(crate) username: String,
}

impl Account {
    /// Describes the account as a member of a project. The permission of the owner is `None`.
    pub(crate) fn as_member(&self, permission: Option<Permission>, since: Timestamp) -> Member {
        let (user_id, username) = (self.user_id, self.username.clone());
        Member { user_id, username, code: user_code(self.user_id), permission, since }
    }

    /// Returns the members of a project, the owner first. A project that is not shared has only its owner.
    pub(crate) fn people(&self, project: &str) -> Vec<Person> {
        let members = self.sharing.members(project);
        if members.is_empty() {
            return vec![Person { user_id: self.user_id, username: self.username.clone() }];
        }
        let person = |member: &Member| Person { user_id: member.user_id, username: member.username.clone() };
        members.iter().map(person).collect()
    }

    /// Returns the permission of the account on a project; `None` for all rights.
    fn permission(&self, project: &str) -> Option<String> {
        // Most projects are not shared, so this avoids parsing the project.
        if !self.sharing.is_shared(project) {
            return None;
        }
        self.projects.get(project)?.word("permission")
    }

    /// Returns `true` if a user is a guest on a project that the account owns.
    pub(crate) fn may_remove(&self, project: &str, user: i64) -> bool {
        let stored = self.projects.get(project);
        let is_own = stored.is_some_and(|stored| stored.read("isOwner") == Some(true));
        is_own && user != self.user_id && self.sharing.is_member(project, user)
    }

    /// Refuses a change of tasks in a shared project without the permission to write.
    pub(crate) fn may_write(&self, project: &str, id: &str) -> Result<(), Refused> {
        match self.permission(project).as_deref() {
            None | Some("write") => Ok(()),
            Some(_) => Err((id.to_owned(), NO_PERMISSION)),
        }
    }

    /// Refuses a comment in a shared project without the permission to comment.
    pub(crate) fn may_comment(&self, project: &str) -> Result<(), Denial> {
        match self.permission(project).as_deref() {
            Some("read") => Err(Denial::NoPermission),
            _ => Ok(()),
        }
    }
}
