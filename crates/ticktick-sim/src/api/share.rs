//! Projects shared by several accounts of the simulator: their members and permissions.

#[cfg(test)]
mod tests;

use serde_json::{Value, json};
use ticktick_models::Permission;

use crate::exchange::call::Call;
use crate::exchange::context::Context;
use crate::exchange::refusal::{Answer, Refusal};
use crate::exchange::reply::Reply;
use crate::world::account::Account;
use crate::world::book::share::Member;
use crate::world::fields::{Fields, wire};
use crate::world::limits::limit;
use crate::world::lock::lock;

fn written(member: &Member) -> Value {
    json!({
        "userId": member.user_id,
        "displayName": member.username.split('@').next(),
        "username": member.username,
        "avatarUrl": null,
        "isOwner": member.permission.is_none(),
        "permission": member.permission.as_ref().map(Permission::as_str),
        "acceptStatus": 1,
        "createdTime": wire(member.since),
        "userCode": member.code,
    })
}

/// Returns the other members of all projects of an account.
fn others(account: &Account) -> Vec<Value> {
    account.sharing.others(account.user_id).into_iter().map(written).collect()
}

/// Returns the id of the project in the path. It may be the inbox, which is never shared.
fn project(account: &Account, call: &Call) -> Result<String, Refusal> {
    let project = account.project_id(call.path("projectId"));
    if account.has_project(&project) { Ok(project) } else { Err(Refusal::no_project()) }
}

/// Returns the members of a project. A project that is not shared has none.
pub(crate) fn users(account: &Account, call: &Call) -> Answer {
    let project = project(account, call)?;
    let members: Vec<Value> = account.sharing.members(&project).iter().map(written).collect();
    Ok(Reply::json(&members))
}

/// Returns the guests of a project.
pub(crate) fn shares(account: &Account, call: &Call) -> Answer {
    let project = project(account, call)?;
    let guests = account.sharing.members(&project).iter().filter(|member| member.permission.is_some());
    Ok(Reply::json(&guests.map(written).collect::<Vec<_>>()))
}

/// Removes a guest from a project of the caller. Anything else is ignored, with the same response.
pub(crate) fn remove_member(context: &Context, call: &Call) -> Answer {
    let session = call.session.as_ref().ok_or_else(Refusal::not_signed_on)?;
    let project = call.path("projectId");
    let guest = call.path("userId").parse::<i64>().ok().filter(|user| {
        let account = context.world.accounts.get(session.account);
        account.is_some_and(|account| lock(&account).may_remove(project, *user))
    });
    let accounts = context.world.accounts.all();
    let place = guest.and_then(|user| accounts.iter().position(|account| lock(account).user_id == user));
    if let Some(place) = place {
        // This has the same effect as if the guest left the project.
        return context.on_account(place, call, |account| {
            account.delete_project(project, call.now);
            Ok(Reply::empty())
        });
    }
    Ok(Reply::empty())
}

/// Returns the number of further guests that the plan allows.
pub(crate) fn quota(account: &Account, call: &Call) -> Answer {
    let project = project(account, call)?;
    let guests = account.sharing.members(&project).len().saturating_sub(1);
    Ok(Reply::json(&limit(account.plan, "shareUserNumber").saturating_sub(guests)))
}

pub(crate) fn invite_url(account: &Account, call: &Call) -> Answer {
    let project = project(account, call)?;
    let none = json!({ "projectId": project, "inviteUrl": null });
    Ok(Reply::json(account.sharing.links.get(&project).unwrap_or(&none)))
}

/// Creates the invitation link of a project, unless it exists.
pub(crate) fn create_invite(account: &mut Account, call: &Call) -> Answer {
    let project = project(account, call)?;
    let is_own = account.projects.get(&project).is_some_and(|project| project.read::<bool>("isOwner") == Some(true));
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
    let project = project(account, call)?;
    account.sharing.links.remove(&project);
    Ok(Reply::empty())
}

pub(crate) fn contacts(account: &Account) -> Answer {
    Ok(Reply::json(&json!({ "contacts": others(account) })))
}

pub(crate) fn recent_users(account: &Account) -> Answer {
    Ok(Reply::json(&others(account)))
}
