//! Lists shared by several accounts of the simulator: their members and permissions.

mod spread;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ticktick_models::Permission;

use crate::account::Account;
use crate::auth::user_code;
use crate::batch::Refused;
use crate::call::Call;
use crate::fields::{Fields, wire};
use crate::limits::limit;
use crate::refusal::Refusal;
use crate::reply::{Answer, Reply};
use crate::state::{State, lock};

pub(crate) use spread::Tie;

/// Code of an item that the permission does not allow, after the code of single calls.
pub(crate) const NO_PERMISSION: &str = "NO_PROJECT_PERMISSION";

/// Somebody on a list.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Member {
    user_id: i64,
    username: String,
    code: String,
    /// `None` for the owner.
    permission: Option<Permission>,
    since: Timestamp,
}

impl Member {
    pub(crate) fn new(account: &Account, permission: Option<Permission>, since: Timestamp) -> Self {
        let (user_id, username, code) = (account.user_id, account.username.clone(), user_code(account));
        Self { user_id, username, code, permission, since }
    }

    fn written(&self) -> Value {
        json!({
            "userId": self.user_id,
            "displayName": self.username.split('@').next(),
            "username": self.username,
            "avatarUrl": null,
            "isOwner": self.permission.is_none(),
            "permission": self.permission.as_ref().map(Permission::as_str),
            "acceptStatus": 1,
            "createdTime": wire(self.since),
            "userCode": self.code,
        })
    }
}

/// The shared lists that an account is on, and the links that invite to its own.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct ShareBook {
    /// The members of each list, the owner first.
    lists: BTreeMap<String, Vec<Member>>,
    links: BTreeMap<String, Value>,
}

impl ShareBook {
    pub(crate) fn is_shared(&self, project: &str) -> bool {
        self.lists.contains_key(project)
    }

    pub(crate) fn is_member(&self, project: &str, user: i64) -> bool {
        self.members(project).iter().any(|member| member.user_id == user)
    }

    fn members(&self, project: &str) -> &[Member] {
        self.lists.get(project).map_or(&[], Vec::as_slice)
    }

    /// Returns the other people on all lists, each once, who came last first.
    fn others(&self, me: i64) -> Vec<Value> {
        let mut people: BTreeMap<i64, &Member> = BTreeMap::new();
        for member in self.lists.values().flatten().filter(|member| member.user_id != me) {
            let known = people.entry(member.user_id).or_insert(member);
            if known.since < member.since {
                *known = member;
            }
        }
        let mut people: Vec<&Member> = people.into_values().collect();
        people.sort_by_key(|member| std::cmp::Reverse(member.since));
        people.into_iter().map(Member::written).collect()
    }
}

/// Returns the list that a path names; the inbox cannot be shared.
fn list(account: &Account, call: &Call) -> Result<String, Refusal> {
    let project = account.project_id(call.path("projectId"));
    if account.has_project(&project) { Ok(project) } else { Err(Refusal::no_project()) }
}

/// Answers everybody on a list, and nobody where it is not shared.
pub(crate) fn users(account: &Account, call: &Call) -> Answer {
    let project = list(account, call)?;
    let members: Vec<Value> = account.sharing.members(&project).iter().map(Member::written).collect();
    Ok(Reply::json(&members))
}

/// Answers whom the owner shares a list with.
pub(crate) fn shares(account: &Account, call: &Call) -> Answer {
    let project = list(account, call)?;
    let guests = account.sharing.members(&project).iter().filter(|member| member.permission.is_some());
    Ok(Reply::json(&guests.map(Member::written).collect::<Vec<_>>()))
}

/// Takes a guest off a list of the caller's own. Anybody else, and anything unknown, is answered alike.
pub(crate) fn remove_member(state: &State, call: &Call) -> Answer {
    let session = call.session.as_ref().ok_or_else(Refusal::not_signed_on)?;
    let project = call.path("projectId");
    let guest = call.path("userId").parse::<i64>().ok().filter(|user| {
        let account = state.accounts.get(session.account);
        account.is_some_and(|account| lock(&account).may_remove(project, *user))
    });
    let accounts = state.accounts.all();
    let place = guest.and_then(|user| accounts.iter().position(|account| lock(account).user_id == user));
    if let Some(place) = place {
        // It is the same for everybody as if the guest left.
        return state.together(place, call.now, |account| {
            account.delete_project(project, call.now);
            Ok(Reply::empty())
        });
    }
    Ok(Reply::empty())
}

/// Answers how many more people a list may be shared with.
pub(crate) fn quota(account: &Account, call: &Call) -> Answer {
    let project = list(account, call)?;
    let guests = account.sharing.members(&project).len().saturating_sub(1);
    Ok(Reply::json(&limit(account.plan, "shareUserNumber").saturating_sub(guests)))
}

pub(crate) fn invite_url(account: &Account, call: &Call) -> Answer {
    let project = list(account, call)?;
    let none = json!({ "projectId": project, "inviteUrl": null });
    Ok(Reply::json(account.sharing.links.get(&project).unwrap_or(&none)))
}

/// Creates the link of a list, unless there is one.
pub(crate) fn create_invite(account: &mut Account, call: &Call) -> Answer {
    let project = list(account, call)?;
    let is_own = account.projects.get(&project).is_some_and(|list| list.read::<bool>("isOwner") == Some(true));
    if !is_own {
        return Err(Refusal::new(500, "no_project_permission"));
    }
    if !account.sharing.links.contains_key(&project) {
        let link = json!({
            "projectId": project,
            "inviteUrl": format!("https://ticktick.com/invitation/{}", account.make_id()),
            "permission": "write",
            "createdTime": wire(call.now),
        });
        account.sharing.links.insert(project.clone(), link);
    }
    Ok(Reply::json(&account.sharing.links[&project]))
}

pub(crate) fn revoke_invite(account: &mut Account, call: &Call) -> Answer {
    let project = list(account, call)?;
    account.sharing.links.remove(&project);
    Ok(Reply::empty())
}

pub(crate) fn contacts(account: &Account) -> Answer {
    Ok(Reply::json(&json!({ "contacts": account.sharing.others(account.user_id) })))
}

pub(crate) fn recent_users(account: &Account) -> Answer {
    Ok(Reply::json(&account.sharing.others(account.user_id)))
}

/// Somebody who can be given the tasks of a list.
pub(crate) struct Person {
    pub(crate) user_id: i64,
    pub(crate) username: String,
}

impl Account {
    /// Returns the members of a list, the owner first. A list that is not shared has its owner alone.
    pub(crate) fn people(&self, project: &str) -> Vec<Person> {
        let members = self.sharing.members(project);
        if members.is_empty() {
            return vec![Person { user_id: self.user_id, username: self.username.clone() }];
        }
        let person = |member: &Member| Person { user_id: member.user_id, username: member.username.clone() };
        members.iter().map(person).collect()
    }

    /// Returns what the account may do with a list; `None` means everything.
    fn permission(&self, project: &str) -> Option<String> {
        // Most accounts share nothing, and need no look at the list.
        if !self.sharing.is_shared(project) {
            return None;
        }
        self.projects.get(project)?.word("permission")
    }

    /// Returns `true` if somebody is a guest on a list of the account's own.
    fn may_remove(&self, project: &str, user: i64) -> bool {
        let list = self.projects.get(project);
        let is_own = list.is_some_and(|list| list.read("isOwner") == Some(true));
        is_own && user != self.user_id && self.sharing.is_member(project, user)
    }

    /// Refuses a change of tasks in a list of somebody else that may be read alone.
    pub(crate) fn may_write(&self, project: &str, id: &str) -> Result<(), Refused> {
        match self.permission(project).as_deref() {
            None | Some("write") => Ok(()),
            Some(_) => Err((id.to_owned(), NO_PERMISSION)),
        }
    }

    pub(crate) fn may_comment(&self, project: &str) -> Result<(), Refusal> {
        match self.permission(project).as_deref() {
            Some("read") => Err(Refusal::new(500, "no_project_permission")),
            _ => Ok(()),
        }
    }
}
